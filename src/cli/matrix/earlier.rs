//! Another version of the project: a folder, or a commit of the repository in which it lies.

use std::collections::BTreeMap;
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::both;
use crate::diagnostic::Bilingual;
use crate::source::loader::{LARGEST, is_definition};
use crate::source::{DiskLoader, LoadError, Loader, Text};

/// The texts of another version.
pub fn open(against: &str, project: &DiskLoader) -> Result<Box<dyn Loader>, Bilingual> {
    let folder = Path::new(against);
    if folder.is_dir() {
        let loader = DiskLoader::open(folder)
            .map_err(|error| both!("„{against}“ lässt sich nicht lesen: {error}.", "“{against}” can't be read: {error}."))?;
        return Ok(Box::new(loader));
    }
    Ok(Box::new(Commit::open(against, project)?))
}

/// The definitions of a commit, below the root of the project.
struct Commit {
    files: BTreeMap<String, Vec<u8>>,
    /// What is compiled, as of the project.
    start: String,
}

impl Commit {
    fn open(revision: &str, project: &DiskLoader) -> Result<Commit, Bilingual> {
        let root = project.root();
        let unknown = |said: &str| {
            both!(
                "„{revision}“ ist weder ein Ordner noch ein Stand in diesem Git-Archiv.{said}",
                "“{revision}” is neither a folder nor a revision of this Git repository.{said}"
            )
        };
        let commit = format!("{revision}^{{commit}}");
        let id = git(root, &["rev-parse", "--verify", "--quiet", "--end-of-options", &commit], b"")
            .map_err(|failure| failure.explain(&unknown))?;
        let id = String::from_utf8_lossy(&id).trim().to_owned();
        let listed = git(root, &["ls-tree", "-r", "-l", "-z", &id], b"").map_err(|failure| failure.explain(&unknown))?;
        let entries: Vec<(String, String)> = listed.split(|byte| *byte == 0).filter_map(entry).collect();
        let asked: String = entries.iter().map(|(object, _)| format!("{object}\n")).collect();
        let contents = git(root, &["cat-file", "--batch"], asked.as_bytes()).map_err(|failure| failure.explain(&unknown))?;
        let contents = batch(&contents);
        if contents.len() != entries.len() {
            return Err(unknown(""));
        }
        let files = entries.into_iter().map(|(_, path)| path).zip(contents).collect();
        Ok(Commit { files, start: project.start().to_owned() })
    }

    fn inside(&self, folder: &str) -> Vec<Text> {
        let below = |path: &&String| {
            folder.is_empty() || path.as_str() == folder || path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
        };
        self.files.keys().filter(below).map(|path| Text::from(path.as_str())).collect()
    }
}

impl Loader for Commit {
    fn files(&self) -> Result<Vec<Text>, LoadError> {
        let mut found = self.inside(&self.start);
        // The manifests on the way down from the root govern as well.
        let governs = |path: &&String| {
            let folder = path.strip_suffix(crate::source::manifest::FILE_NAME).map(|folder| folder.trim_end_matches('/'));
            folder.is_some_and(|folder| folder.is_empty() || self.start.starts_with(&format!("{folder}/")))
        };
        found.extend(self.files.keys().filter(governs).map(|path| Text::from(path.as_str())));
        found.sort();
        found.dedup();
        Ok(found)
    }

    fn below(&self, path: &str) -> Result<Vec<Text>, LoadError> {
        let found = self.inside(path);
        if found.is_empty() { Err(LoadError::NotFound { path: path.to_owned() }) } else { Ok(found) }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, LoadError> {
        self.files.get(path).cloned().ok_or_else(|| LoadError::NotFound { path: path.to_owned() })
    }
}

/// A line of `git ls-tree -l`: the object and the path of a definition.
fn entry(line: &[u8]) -> Option<(String, String)> {
    let line = std::str::from_utf8(line).ok()?;
    let (facts, path) = line.split_once('\t')?;
    let mut facts = facts.split_whitespace();
    let (mode, kind, object, size) = (facts.next()?, facts.next()?, facts.next()?, facts.next()?);
    let is_file = matches!(mode, "100644" | "100755") && kind == "blob" && size.parse::<u64>().is_ok_and(|size| size <= LARGEST);
    (is_file && is_definition(path)).then(|| (object.to_owned(), path.to_owned()))
}

/// The contents that `git cat-file --batch` gives, in the order asked for.
fn batch(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut contents = Vec::new();
    while let Some(end) = bytes.iter().position(|byte| *byte == b'\n') {
        let head = bytes.get(..end).unwrap_or_default();
        let size = std::str::from_utf8(head).ok().and_then(|head| head.rsplit(' ').next()?.parse::<usize>().ok());
        let Some(size) = size else { break };
        let start = end + 1;
        contents.push(bytes.get(start..start + size).unwrap_or_default().to_vec());
        bytes = bytes.get(start + size + 1..).unwrap_or_default();
    }
    contents
}

/// Why git gave nothing.
enum Failure {
    /// It is not installed, or can't be started.
    NoGit(std::io::Error),
    /// It refused.
    Refused(String),
}

impl Failure {
    fn explain(self, refused: &impl Fn(&str) -> Bilingual) -> Bilingual {
        match self {
            Failure::NoGit(error) if error.kind() == ErrorKind::NotFound => both!(
                "Das Programm „git“ ist nicht da. Installieren Sie es, oder nennen Sie mit --gegen einen Ordner.",
                "The program “git” is not there. Install it, or name a folder with --gegen."
            ),
            Failure::NoGit(error) => both!("„git“ lässt sich nicht starten: {error}.", "“git” can't be started: {error}."),
            Failure::Refused(said) if said.is_empty() => refused(""),
            Failure::Refused(said) => refused(&format!(" ({said})")),
        }
    }
}

/// Runs git in a folder, without a shell: each argument is one argument, whatever it holds.
fn git(folder: &Path, arguments: &[&str], input: &[u8]) -> Result<Vec<u8>, Failure> {
    let mut child = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(arguments)
        .env("LC_ALL", "C")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(Failure::NoGit)?;
    let mut stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        // Written beside the reading, so that neither side waits for the other.
        scope.spawn(move || {
            if let Some(stdin) = &mut stdin {
                let _ = stdin.write_all(input);
            }
            drop(stdin);
        });
        child.wait_with_output()
    });
    let output = output.map_err(Failure::NoGit)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(Failure::Refused(said.lines().next().unwrap_or_default().trim().to_owned()))
}
