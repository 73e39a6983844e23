//! Writes the output folder: whole files only, never anything that is not ours, nothing that has not changed.
//!
//! New content is first written into a folder beside its place (`stage`); only when all of it is there do files move into the
//! tree. `manifest.json` ([`ledger`]) remembers the hash of each file, and that is how the next run knows its own.

mod codes;
pub mod ledger;
mod stage;

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use crate::diagnostic::Diagnostics;

pub use codes::{CODES, Refusal, is_refusal};
use ledger::Ledger;
use stage::Stage;

/// The name of the ledger in the output folder.
pub const LEDGER: &str = "manifest.json";

/// The SHA-256 of a content.
pub type Hash = [u8; 32];

/// A hash as people and machines read it.
pub fn hex(hash: &Hash) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// What became of the files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Written, because new or changed.
    pub written: usize,
    /// Left alone.
    pub unchanged: usize,
    /// Removed, because nothing makes them any more.
    pub removed: usize,
}

/// One build into one folder.
pub struct Writer {
    out: PathBuf,
    stage: Stage,
    previous: Ledger,
    /// The hashes under which a path may stand in the folder and still be ours.
    known: BTreeMap<String, Vec<Hash>>,
    /// Whether the folder is new, so that nothing can be in the way.
    fresh: bool,
    work: Mutex<Work>,
}

/// What has been handed in so far.
#[derive(Default)]
struct Work {
    /// Every path, folded to lower case: two that differ only in case are one file on some disks.
    seen: BTreeMap<String, String>,
    /// To be moved into the tree.
    staged: Vec<String>,
    unchanged: usize,
    problems: Diagnostics,
    /// Real folders of the output, by their path in it.
    sound_folders: BTreeSet<String>,
}

impl Writer {
    /// Opens a folder for a build; refuses what is no folder of ours to write into.
    pub fn open(out: &Path) -> Result<Writer, Refusal> {
        let fresh = match fs::metadata(out) {
            Ok(known) if known.is_dir() => false,
            Ok(_) => return Err(codes::not_a_folder(out)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => true,
            Err(error) => return Err(codes::unwritable(out, &error)),
        };
        let stage = Stage::open(out, fresh)?;
        let prepared = read_previous(out).and_then(|previous| match stage.begin() {
            Ok(()) => Ok(previous),
            Err(error) => Err(codes::unwritable(out, &error)),
        });
        let (previous, own) = match prepared {
            Ok(found) => found,
            Err(refusal) => {
                stage.give_up();
                return Err(refusal);
            }
        };
        let mut known: BTreeMap<String, Vec<Hash>> = BTreeMap::new();
        known.insert(LEDGER.to_owned(), own.into_iter().collect());
        // A build that was interrupted while it moved files has left its ledger on the stage: those files are ours as well.
        for ledger in std::iter::once(&previous).chain(stage.interrupted()) {
            for (path, hash) in ledger.hashes() {
                known.entry(path).or_default().push(hash);
            }
        }
        Ok(Writer { out: out.to_owned(), stage, previous, known, fresh, work: Mutex::default() })
    }

    /// The ledger of the build before this one.
    pub fn previous(&self) -> &Ledger {
        &self.previous
    }

    /// Takes one file. May be called from several threads; what can't be written is told by [`commit`](Writer::commit).
    pub fn put(&self, path: &str, bytes: &Arc<[u8]>) -> Hash {
        let hash = shared_hash(bytes);
        if let Err(problem) = self.take(path, bytes, &hash) {
            self.work().problems.push(*problem);
        }
        hash
    }

    fn take(&self, path: &str, bytes: &[u8], hash: &Hash) -> Result<(), Refusal> {
        if !is_sound(path) {
            return Err(codes::unsound_path(path));
        }
        if let Some(other) = self.work().seen.insert(path.to_lowercase(), path.to_owned()) {
            return Err(codes::collision(&other, path));
        }
        if !self.fresh && self.stands(path, bytes, hash)? {
            self.work().unchanged += 1;
            return Ok(());
        }
        self.stage.write(path, bytes).map_err(|error| codes::unwritable(&self.out.join(path), &error))?;
        self.work().staged.push(path.to_owned());
        Ok(())
    }

    /// Whether exactly this content stands at the path already. What stands there and is not ours is refused.
    fn stands(&self, path: &str, bytes: &[u8], hash: &Hash) -> Result<bool, Refusal> {
        let full = self.out.join(path);
        self.refuse_foreign_folders(path)?;
        let there = match fs::symlink_metadata(&full) {
            Ok(there) => there,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(codes::unwritable(&full, &error)),
        };
        if !there.is_file() {
            return Err(codes::foreign(&full));
        }
        let present = fs::read(&full).map_err(|error| codes::unwritable(&full, &error))?;
        if present == bytes {
            return Ok(true);
        }
        let known = self.known.get(path).map(Vec::as_slice).unwrap_or_default();
        let found = hash_of(&present);
        if known.contains(&found) || found == *hash {
            return Ok(false);
        }
        Err(if known.is_empty() { codes::foreign(&full) } else { codes::edited(&full) })
    }

    /// On the way to a file only real folders may lie: a link would lead out of the output.
    fn refuse_foreign_folders(&self, path: &str) -> Result<(), Refusal> {
        let Some((folder, _)) = path.rsplit_once('/') else { return Ok(()) };
        if self.work().sound_folders.contains(folder) {
            return Ok(());
        }
        for (end, _) in path.match_indices('/') {
            let Some(folder) = path.get(..end) else { continue };
            let full = self.out.join(folder);
            match fs::symlink_metadata(&full) {
                Ok(there) if there.is_dir() => {
                    self.work().sound_folders.insert(folder.to_owned());
                }
                Ok(_) => return Err(codes::foreign(&full)),
                Err(_) => return Ok(()),
            }
        }
        Ok(())
    }

    /// Moves everything into the tree, removes what is stale, writes the ledger last; or changes nothing and says why.
    pub fn commit(self, ledger: &Ledger) -> Result<(Tally, Diagnostics), Diagnostics> {
        let bytes: Arc<[u8]> = ledger.to_bytes().into();
        self.put(LEDGER, &bytes);
        let work = self.work.into_inner().unwrap_or_else(PoisonError::into_inner);
        if work.problems.has_errors() {
            self.stage.give_up();
            return Err(work.problems.sorted());
        }
        let staged: Vec<&str> = work.staged.iter().map(String::as_str).filter(|path| *path != LEDGER).collect();
        let is_new = staged.len() < work.staged.len();
        let mut remarks = Diagnostics::default();
        let removed = match self.fresh {
            true => self.stage.become_tree(&self.out).map(|()| 0),
            false => {
                let moved = staged.par_iter().try_for_each(|path| self.stage.deliver(path, &self.out));
                moved.map(|()| remove_stale(&self.out, &self.previous, ledger, &mut remarks)).and_then(|removed| {
                    if is_new { self.stage.deliver(LEDGER, &self.out).map(|()| removed) } else { Ok(removed) }
                })
            }
        };
        match removed {
            Ok(removed) => {
                self.stage.discard();
                Ok((Tally { written: work.staged.len(), unchanged: work.unchanged, removed }, remarks))
            }
            Err(error) => {
                // The stage stays: its ledger tells the next build which files are ours.
                remarks.push(*codes::unwritable(&self.out, &error));
                Err(remarks)
            }
        }
    }

    /// Gives up without a trace.
    pub fn abandon(self) {
        self.stage.give_up();
    }

    fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The ledger of the last build and its own hash; what stands in its place and is no ledger is refused.
fn read_previous(out: &Path) -> Result<(Ledger, Option<Hash>), Refusal> {
    let path = out.join(LEDGER);
    match fs::read(&path) {
        Ok(bytes) => {
            let ledger = Ledger::read(&bytes).ok_or_else(|| codes::foreign(&path))?;
            Ok((ledger, Some(hash_of(&bytes))))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok((Ledger::default(), None)),
        Err(error) => Err(codes::unwritable(&path, &error)),
    }
}

/// Removes files of the last build that this one no longer makes, and the folders this leaves empty.
fn remove_stale(out: &Path, previous: &Ledger, current: &Ledger, remarks: &mut Diagnostics) -> usize {
    let kept: BTreeSet<String> = current.hashes().map(|(path, _)| path.to_lowercase()).collect();
    let mut removed = 0;
    for (path, hash) in previous.hashes() {
        if kept.contains(&path.to_lowercase()) || !is_sound(&path) {
            continue;
        }
        let full = out.join(&path);
        match fs::read(&full) {
            Ok(bytes) if hash_of(&bytes) == hash => {
                if fs::remove_file(&full).is_ok() {
                    removed += 1;
                    let mut folder = full.parent();
                    while let Some(empty) = folder.filter(|folder| *folder != out && fs::remove_dir(folder).is_ok()) {
                        folder = empty.parent();
                    }
                }
            }
            Ok(_) => remarks.push(codes::kept(&full)),
            Err(_) => {}
        }
    }
    removed
}

/// A path that stays within the output folder on every system.
fn is_sound(path: &str) -> bool {
    path.split('/').all(|part| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':', '\0']))
}

fn hash_of(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Länder that share a content hand in the same allocation one after the other: it is hashed once.
fn shared_hash(bytes: &Arc<[u8]>) -> Hash {
    const REMEMBERED: usize = 16;
    thread_local! {
        static RECENT: RefCell<Vec<(Arc<[u8]>, Hash)>> = const { RefCell::new(Vec::new()) };
    }
    RECENT.with_borrow_mut(|recent| {
        if let Some((_, hash)) = recent.iter().find(|(other, _)| Arc::ptr_eq(other, bytes)) {
            return *hash;
        }
        let hash = hash_of(bytes);
        if Arc::strong_count(bytes) > 1 {
            if recent.len() >= REMEMBERED {
                recent.remove(0);
            }
            recent.push((bytes.clone(), hash));
        }
        hash
    })
}
