//! `Checked`, connections and a day to a `Plan`: the source of each datum.
