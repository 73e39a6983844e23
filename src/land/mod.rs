//! A `Model` and a Land to a whole `Model` again. Nothing downstream knows that Länder exist.
