//! `manifest.json`: what was built, from which texts, with which hash, and what could not be carried.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Hash, hex};

/// The whole output folder, by Land and procedure.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ledger {
    /// What built it: `blaupause 0.1.0`.
    #[serde(rename = "werkzeug")]
    pub tool: String,
    /// For which day.
    #[serde(rename = "stichtag")]
    pub day: String,
    /// By the Land's two letters in lower case, then by the procedure's folder.
    #[serde(rename = "laender")]
    pub lands: BTreeMap<String, BTreeMap<String, Entry>>,
    /// By the procedure's folder: what was not carried exactly, each loss once with its Länder.
    #[serde(rename = "verluste")]
    pub losses: BTreeMap<String, BTreeSet<Lost>>,
    /// Files that belong to no procedure.
    #[serde(rename = "dateien")]
    pub files: BTreeMap<String, Record>,
}

/// One procedure in one Land.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its name in the definition.
    pub name: String,
    /// Its title.
    #[serde(rename = "titel")]
    pub title: Words,
    /// Its version, if it names one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// Whether the Land regulates something itself: a variant for it was applied.
    #[serde(rename = "eigene_fassung")]
    pub own: bool,
    /// The hash of the texts that define it.
    pub definition: String,
    /// The paths of these texts.
    #[serde(rename = "herkunft")]
    pub origin: Vec<String>,
    /// By target: whether all was carried.
    #[serde(rename = "ziele")]
    pub targets: BTreeMap<String, Carried>,
    /// By path below the procedure's folder.
    #[serde(rename = "dateien")]
    pub files: BTreeMap<String, Record>,
}

/// How far a target carries a definition: the worst of its losses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Carried {
    /// All of it, exactly.
    #[serde(rename = "getragen")]
    Whole,
    /// Something is said less precisely.
    #[serde(rename = "angenähert")]
    Approximated,
    /// Something is not said.
    #[serde(rename = "entfallen")]
    Dropped,
}

/// One file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The hash of its content, in hex.
    pub sha256: String,
    /// Its length.
    pub bytes: u64,
    /// Which target made it.
    #[serde(rename = "ziel", default, skip_serializing_if = "String::is_empty")]
    pub target: String,
}

/// Something that a file does not say as the definition does.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lost {
    /// The file.
    #[serde(rename = "datei")]
    pub path: String,
    /// How far it is carried.
    #[serde(rename = "grad")]
    pub degree: Carried,
    /// What of the definition.
    #[serde(rename = "was")]
    pub what: String,
    /// Why, and what to do about it.
    #[serde(rename = "warum")]
    pub why: Words,
    /// The Länder where it is so.
    #[serde(rename = "laender")]
    pub lands: Vec<String>,
}

/// A text in both languages.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    /// German.
    pub de: String,
    /// English.
    pub en: String,
}

impl Ledger {
    /// Reads a ledger; `None` if it is not one of ours.
    pub fn read(bytes: &[u8]) -> Option<Ledger> {
        let ledger: Ledger = serde_json::from_slice(bytes).ok()?;
        ledger.tool.starts_with("blaupause ").then_some(ledger)
    }

    /// Its text.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Every file with its hash.
    pub fn hashes(&self) -> impl Iterator<Item = (String, Hash)> {
        let of_procedures = self.lands.iter().flat_map(|(land, procedures)| {
            procedures.iter().flat_map(move |(procedure, entry)| {
                entry.files.iter().map(move |(path, record)| (format!("{land}/{procedure}/{path}"), record))
            })
        });
        let of_the_whole = self.files.iter().map(|(path, record)| (path.clone(), record));
        of_procedures.chain(of_the_whole).filter_map(|(path, record)| Some((path, parse_hex(&record.sha256)?)))
    }
}

impl Record {
    /// A file of this content.
    pub fn new(hash: &Hash, bytes: usize, target: &str) -> Record {
        Record { sha256: hex(hash), bytes: bytes as u64, target: target.to_owned() }
    }
}

fn parse_hex(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (index, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(hash)
}
