//! All files to one `Model`: names resolved, types inferred, norms resolved.
