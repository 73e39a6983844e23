//! `manifest.json`: what was built, from which texts, with which hash, and what could not be carried.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Hash, hex};
use crate::compiler::municipal_folder;

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

/// One procedure in one Land or municipality.
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
    /// The municipality, if it is the version of one alone.
    #[serde(rename = "ort", default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// What the Land, or the municipality, regulates itself.
    #[serde(rename = "abweichungen", default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Deviation>,
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
    /// Its versions of single municipalities, by their keys.
    #[serde(rename = "gemeinden", default, skip_serializing_if = "BTreeMap::is_empty")]
    pub municipalities: BTreeMap<String, Entry>,
}

/// Something that a Land or municipality regulates itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deviation {
    /// What: `setze rechtsbehelf`.
    #[serde(rename = "was")]
    pub what: String,
    /// Whether a municipality does, not the Land.
    #[serde(rename = "durch_gemeinde", default, skip_serializing_if = "std::ops::Not::not")]
    pub by_municipality: bool,
    /// By which norm of theirs.
    #[serde(rename = "nach")]
    pub norms: String,
    /// Where it is written: file and line.
    #[serde(rename = "geschrieben")]
    pub written: String,
    /// Which place of the base it changes.
    #[serde(rename = "angewandt")]
    pub applied: String,
    /// The clause of the base that leaves it to them, if it needs one.
    #[serde(rename = "erlaubt", default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
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
    /// The Länder where it is so; `th/16051000` is one municipality.
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
                entry.all_files().into_iter().map(move |(path, record)| (format!("{land}/{procedure}/{path}"), record))
            })
        });
        let of_the_whole = self.files.iter().map(|(path, record)| (path.clone(), record));
        of_procedures.chain(of_the_whole).filter_map(|(path, record)| Some((path, parse_hex(&record.sha256)?)))
    }
}

impl Entry {
    /// Its files and those of its municipalities, by their paths below the procedure's folder.
    pub fn all_files(&self) -> Vec<(String, &Record)> {
        let own = self.files.iter().map(|(path, record)| (path.clone(), record));
        let of_municipalities = self.municipalities.iter().flat_map(|(key, entry)| {
            entry.files.iter().map(move |(path, record)| (format!("{}{path}", municipal_folder(key)), record))
        });
        own.chain(of_municipalities).collect()
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
