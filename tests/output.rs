//! The output folder: whole files, nothing foreign touched, nothing rewritten, nothing left behind.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use blaupause::cli::writer::ledger::{Entry, Ledger, Record};
use blaupause::cli::writer::{Tally, Writer};
use blaupause::diagnostic::Diagnostics;

use super::bad_input::tree;
use super::cli::{folder, write};

type Files<'a> = &'a [(&'a str, &'a str)];

/// Builds these files of one procedure of one Land.
fn build(out: &Path, files: Files<'_>) -> Result<(Tally, Diagnostics), Vec<&'static str>> {
    let writer = Writer::open(out).map_err(|refusal| vec![refusal.code.slug])?;
    let ledger = hand_in(&writer, files);
    writer.commit(&ledger).map_err(|refusals| refusals.iter().map(|refusal| refusal.code.slug).collect())
}

fn hand_in(writer: &Writer, files: Files<'_>) -> Ledger {
    let mut entry = Entry::default();
    for (path, text) in files {
        let bytes: Arc<[u8]> = text.as_bytes().into();
        let hash = writer.put(&format!("th/probe/{path}"), &bytes);
        entry.files.insert((*path).to_owned(), Record::new(&hash, bytes.len(), "probe"));
    }
    let lands = BTreeMap::from([("th".to_owned(), BTreeMap::from([("probe".to_owned(), entry)]))]);
    Ledger { tool: "blaupause 0".to_owned(), day: "2026-06-01".to_owned(), lands, ..Ledger::default() }
}

fn names(folder: &Path) -> Vec<String> {
    tree(folder).into_iter().map(|(path, _)| path).collect()
}

fn tally(written: usize, unchanged: usize, removed: usize) -> Tally {
    Tally { written, unchanged, removed }
}

#[test]
fn a_new_folder_appears_whole_and_an_unchanged_one_is_left_alone() {
    let here = folder(&[]);
    let out = here.path().join("tief/aus");
    let files: Files<'_> = &[("a/eins.txt", "1"), ("zwei.txt", "2")];
    assert_eq!(build(&out, files).unwrap().0, tally(3, 0, 0));
    assert_eq!(names(here.path()), ["tief/aus/manifest.json", "tief/aus/th/probe/a/eins.txt", "tief/aus/th/probe/zwei.txt"]);
    let before = fs::metadata(out.join("th/probe/zwei.txt")).unwrap().modified().unwrap();
    assert_eq!(build(&out, files).unwrap().0, tally(0, 3, 0));
    assert_eq!(fs::metadata(out.join("th/probe/zwei.txt")).unwrap().modified().unwrap(), before);
    assert_eq!(build(&out, &[("a/eins.txt", "1"), ("zwei.txt", "zwei")]).unwrap().0, tally(2, 1, 0));
}

#[test]
fn stale_files_go_and_leave_no_empty_folder() {
    let here = folder(&[]);
    let out = here.path().join("aus");
    build(&out, &[("a/tief/eins.txt", "1"), ("zwei.txt", "2")]).unwrap();
    assert_eq!(build(&out, &[("zwei.txt", "2")]).unwrap().0, tally(1, 1, 1));
    assert_eq!(names(&out), ["manifest.json", "th/probe/zwei.txt"]);
    assert!(!out.join("th/probe/a").exists());
}

#[test]
fn what_we_did_not_write_is_never_touched() {
    let here = folder(&[("aus/notiz.txt", "meins"), ("aus/th/probe/eins.txt", "meins")]);
    let out = here.path().join("aus");
    let before = tree(&out);
    assert_eq!(build(&out, &[("eins.txt", "1"), ("zwei.txt", "2")]).unwrap_err(), ["output-foreign"]);
    assert_eq!(tree(&out), before, "not even the other file was written");
    fs::remove_file(out.join("th/probe/eins.txt")).unwrap();
    build(&out, &[("eins.txt", "1")]).unwrap();
    build(&out, &[]).unwrap();
    assert_eq!(fs::read_to_string(out.join("notiz.txt")).unwrap(), "meins");
}

#[test]
fn a_manifest_that_is_not_ours_is_in_the_way() {
    let here = folder(&[("aus/manifest.json", "{\"name\": \"eine andere App\"}")]);
    assert_eq!(build(&here.path().join("aus"), &[("eins.txt", "1")]).unwrap_err(), ["output-foreign"]);
    assert_eq!(names(here.path()), ["aus/manifest.json"]);
}

#[test]
fn work_done_by_hand_is_never_lost() {
    let here = folder(&[]);
    let out = here.path().join("aus");
    build(&out, &[("eins.txt", "1"), ("zwei.txt", "2")]).unwrap();
    write(&out, "th/probe/eins.txt", b"von Hand");
    assert_eq!(build(&out, &[("eins.txt", "neu"), ("zwei.txt", "2")]).unwrap_err(), ["output-edited"]);
    assert_eq!(build(&out, &[("eins.txt", "1"), ("zwei.txt", "2")]).unwrap_err(), ["output-edited"]);
    let (done, remarks) = build(&out, &[("zwei.txt", "2")]).unwrap();
    assert_eq!(done.removed, 0);
    assert_eq!(remarks.iter().map(|remark| remark.code.slug).collect::<Vec<_>>(), ["output-kept"]);
    assert_eq!(fs::read_to_string(out.join("th/probe/eins.txt")).unwrap(), "von Hand");
}

#[test]
fn two_outputs_of_one_name_are_told() {
    let here = folder(&[]);
    let out = here.path().join("aus");
    assert_eq!(build(&out, &[("eins.txt", "1"), ("Eins.txt", "2")]).unwrap_err(), ["output-collision"]);
    assert_eq!(build(&out, &[("../../../oben.txt", "1")]).unwrap_err(), ["output-unwritable"]);
    assert!(names(here.path()).is_empty());
}

#[test]
fn only_one_build_at_a_time() {
    let here = folder(&[]);
    let out = here.path().join("aus");
    let first = Writer::open(&out).unwrap();
    assert_eq!(build(&out, &[]).unwrap_err(), ["output-busy"]);
    first.abandon();
    build(&out, &[("eins.txt", "1")]).unwrap();
}

#[test]
fn a_build_that_dies_early_leaves_the_tree_as_it_was() {
    let here = folder(&[]);
    let out = here.path().join("aus");
    let writer = Writer::open(&out).unwrap();
    hand_in(&writer, &[("eins.txt", "1")]);
    drop(writer);
    assert!(!out.exists());
    build(&out, &[("eins.txt", "1")]).unwrap();
    let before: Vec<_> = tree(&out);
    let writer = Writer::open(&out).unwrap();
    hand_in(&writer, &[("eins.txt", "anders")]);
    drop(writer);
    let left: Vec<_> = tree(&out).into_iter().filter(|(path, _)| !path.starts_with(".blaupause-bau/")).collect();
    assert_eq!(left, before);
    build(&out, &[("eins.txt", "1")]).unwrap();
    assert_eq!(tree(&out), before, "the next build tidies up");
}

#[test]
fn a_build_that_dies_while_it_moves_files_is_taken_up_by_the_next() {
    let here = folder(&[]);
    let out = here.path().join("aus");
    build(&out, &[("eins.txt", "1"), ("zwei.txt", "2")]).unwrap();
    // What is on the disk after a death between two moves: a complete stage, and one of its files in place already.
    let writer = Writer::open(&out).unwrap();
    let ledger = hand_in(&writer, &[("eins.txt", "eins"), ("zwei.txt", "zwei")]);
    writer.put("manifest.json", &ledger.to_bytes().into());
    drop(writer);
    let stage = out.join(".blaupause-bau/baum/th/probe/eins.txt");
    fs::rename(stage, out.join("th/probe/eins.txt")).unwrap();
    // A build that is refused in between does not lose what is known.
    fs::write(out.join("th/probe/drei.txt"), "fremd").unwrap();
    assert_eq!(build(&out, &[("drei.txt", "3")]).unwrap_err(), ["output-foreign"]);
    assert_eq!(build(&out, &[("eins.txt", "I"), ("zwei.txt", "II")]).unwrap().0.written, 3);
    assert_eq!(names(&out), ["manifest.json", "th/probe/drei.txt", "th/probe/eins.txt", "th/probe/zwei.txt"]);
}

#[cfg(unix)]
#[test]
fn a_linked_folder_in_the_output_is_foreign() {
    let here = folder(&[("anderswo/eins.txt", "meins"), ("aus/notiz.txt", "")]);
    let out = here.path().join("aus");
    std::os::unix::fs::symlink(here.path().join("anderswo"), out.join("th")).unwrap();
    assert_eq!(build(&out, &[("eins.txt", "1")]).unwrap_err(), ["output-foreign"]);
    assert_eq!(names(&here.path().join("anderswo")), ["eins.txt"]);
}
