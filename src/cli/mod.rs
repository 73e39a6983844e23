//! Arguments to an exit code; the only writer to disk.
