//! The folder beside the output in which a build is prepared. Whoever holds its lock is the only build into that output.
//!
//! For a new output it lies next to it and becomes it by one rename; for an existing one it lies inside, on the same disk, and
//! files move over one by one. Its ledger is written last, so a stage with a ledger is complete.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::LEDGER;
use super::codes::{self, Refusal};
use super::ledger::Ledger;

/// The name of the stage inside an existing output.
const NAME: &str = ".blaupause-bau";
const LOCK: &str = "sperre";
const TREE: &str = "baum";
/// Ledgers of builds that died while they moved files, numbered.
const INTERRUPTED: &str = "unterbrochen";

/// A prepared build.
pub struct Stage {
    folder: PathBuf,
    tree: PathBuf,
    interrupted: Vec<Ledger>,
    /// The folders that were made, by their path in the tree.
    folders: Mutex<BTreeSet<String>>,
    /// Held until the stage goes: the system lets go of it also when the process dies.
    _lock: File,
}

impl Stage {
    /// Takes the stage for an output, unless another build holds it.
    pub fn open(out: &Path, fresh: bool) -> Result<Stage, Refusal> {
        let folder = if fresh {
            let name = out.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            out.parent().unwrap_or(Path::new("")).join(format!(".{name}{NAME}"))
        } else {
            out.join(NAME)
        };
        let refused = |error: io::Error| codes::unwritable(out, &error);
        fs::create_dir_all(&folder).map_err(refused)?;
        let lock = File::options().create(true).truncate(false).write(true).open(folder.join(LOCK)).map_err(refused)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(codes::busy(out)),
            Err(TryLockError::Error(error)) => return Err(refused(error)),
        }
        let tree = folder.join(TREE);
        let interrupted = collect_interrupted(&folder, &tree).map_err(refused)?;
        Ok(Stage { folder, tree, interrupted, folders: Mutex::default(), _lock: lock })
    }

    /// What interrupted builds were about to move into the tree.
    pub fn interrupted(&self) -> &[Ledger] {
        &self.interrupted
    }

    /// Clears what an interrupted build left.
    pub fn begin(&self) -> io::Result<()> {
        match fs::remove_dir_all(&self.tree) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => fs::create_dir_all(&self.tree),
        }
    }

    /// Prepares one file.
    pub fn write(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some((folder, _)) = path.rsplit_once('/') {
            let known = self.folders.lock().unwrap_or_else(PoisonError::into_inner).contains(folder);
            if !known {
                fs::create_dir_all(self.tree.join(folder))?;
                self.folders.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned());
            }
        }
        fs::write(self.tree.join(path), bytes)
    }

    /// Moves one prepared file to its place.
    pub fn deliver(&self, path: &str, out: &Path) -> io::Result<()> {
        let (from, to) = (self.tree.join(path), out.join(path));
        match fs::rename(&from, &to) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Some(folder) = to.parent() {
                    fs::create_dir_all(folder)?;
                }
                fs::rename(from, to)
            }
            other => other,
        }
    }

    /// Moves the whole prepared tree to the place of an output that did not exist.
    pub fn become_tree(&self, out: &Path) -> io::Result<()> {
        fs::rename(&self.tree, out)
    }

    /// Gives up; what is known of interrupted builds stays.
    pub fn give_up(&self) {
        let _ = if self.interrupted.is_empty() { fs::remove_dir_all(&self.folder) } else { fs::remove_dir_all(&self.tree) };
    }

    /// Leaves no trace.
    pub fn discard(&self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A complete stage is that of a build which died while it moved files: its ledger is put by, and read with all others.
fn collect_interrupted(folder: &Path, tree: &Path) -> io::Result<Vec<Ledger>> {
    let mut ledgers = Vec::new();
    for number in 0.. {
        let path = folder.join(format!("{INTERRUPTED}-{number}.json"));
        match fs::read(&path) {
            Ok(bytes) => ledgers.extend(Ledger::read(&bytes)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                if let Some(ledger) = fs::read(tree.join(LEDGER)).ok().and_then(|bytes| Ledger::read(&bytes)) {
                    fs::rename(tree.join(LEDGER), path)?;
                    ledgers.push(ledger);
                }
                break;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(ledgers)
}
