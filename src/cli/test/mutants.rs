//! Small changes of the definitions, and which of them no case notices.

use std::fmt::Write;

use crate::both;
use crate::compiler::{Compilation, Service};
use crate::diagnostic::Bilingual;
use crate::diagnostic::render::{Style, place};
use crate::rules::mutation::{Examination, Group, Mutant, Piece, Wording, examine};
use crate::source::{FileId, Sources};

use super::coverage::{quote, shorten};
use super::text::{bold, plural};
use super::trial::Tried;

/// More changes than these are not tried; evenly chosen ones are.
const MOST: usize = 5_000;

/// What came of the changes of one procedure; `None` where its cases fail already, so that they can notice nothing.
pub fn try_all(compilation: &Compilation, procedure: &Tried<'_>) -> Option<Examination> {
    let day = compilation.day?;
    if procedure.failing_cases() > 0 || procedure.cases.is_empty() {
        return None;
    }
    let mut groups: Vec<(*const Service, Group<'_>)> = Vec::new();
    for in_land in &procedure.lands {
        let own = std::iter::once((None, in_land.service));
        let municipal = in_land.municipal.iter().map(|(municipality, service)| (Some(*municipality), *service));
        for (municipality, service) in own.chain(municipal) {
            let identity = std::ptr::from_ref(service);
            match groups.iter_mut().find(|(known, group)| *known == identity && group.municipality == municipality) {
                Some((_, group)) => group.lands.push(in_land.land),
                None => {
                    let setting = service.setting(in_land.land, day);
                    groups.push((identity, Group { setting, lands: vec![in_land.land], municipality }));
                }
            }
        }
    }
    let groups: Vec<Group<'_>> = groups.into_iter().map(|(_, group)| group).collect();
    let own = |file: FileId| compilation.sources.get(file).is_some_and(|source| !source.built_in);
    Some(examine(&groups, &own, MOST))
}

/// Whether no change went unnoticed, as far as that was asked.
pub fn are_noticed(procedure: &Tried<'_>) -> bool {
    procedure.mutants.as_ref().is_none_or(|asked| asked.as_ref().is_some_and(|examination| examination.unnoticed.is_empty()))
}

/// A change in words: `aus „alter_kind < 12“ wurde „alter_kind <= 12“`.
pub fn words(mutant: &Mutant, sources: &Sources) -> Bilingual {
    let (was, is) = (spell(&mutant.was, sources), spell(&mutant.is, sources));
    if is.is_empty() {
        both!("„{was}“ gestrichen", "“{was}” dropped")
    } else {
        both!("aus „{was}“ wurde „{is}“", "“{was}” became “{is}”")
    }
}

fn spell(wording: &Wording, sources: &Sources) -> String {
    let pieces = wording.iter().map(|piece| match piece {
        Piece::Quote(span) => quote(sources, *span),
        Piece::Words(words) => words.clone(),
    });
    shorten(&pieces.collect::<String>())
}

/// The score and the list for a person; empty if nobody asked.
pub fn text(compilation: &Compilation, procedure: &Tried<'_>, style: &Style) -> String {
    let mut out = String::new();
    // INVARIANT: writing to a String never fails.
    let Some(asked) = &procedure.mutants else { return out };
    let Some(examination) = asked else {
        let sentence =
            both!("  Keine Mutationen: Erst müssen alle Fälle zutreffen.\n", "  No mutations: first all cases must come true.\n");
        let _ = writeln!(out, "{}", sentence.get(style.language));
        return out;
    };
    let Examination { possible, tried, noticed, without_effect, unnoticed } = examination;
    let (tried_de, tried_en) = plural(*tried, ("Änderung", "Änderungen"), ("change", "changes"));
    let (left, score) = (unnoticed.len(), examination.score().map(|score| format!(" ({score} %)")).unwrap_or_default());
    let sentence = both!(
        "  Mutationen: {tried_de} der Definition versucht, {noticed} bemerkt{score}, {without_effect} nachweislich ohne Wirkung, {left} unbemerkt.",
        "  Mutations: {tried_en} of the definition tried, {noticed} noticed{score}, {without_effect} provably without effect, {left} unnoticed."
    );
    let _ = writeln!(out, "{}", bold(sentence.get(style.language), style));
    if tried < possible {
        let sentence = both!(
            "  Möglich wären {possible}; versucht wurde ein gleichmäßiger Teil davon.",
            "  {possible} would be possible; an even part of them was tried."
        );
        let _ = writeln!(out, "{}", sentence.get(style.language));
    }
    let mut path_before = String::new();
    for mutant in unnoticed {
        let Some((path, line, column)) = place(mutant.span, &compilation.sources, style) else { continue };
        if path != path_before {
            let _ = writeln!(out, "  {path}");
            path_before = path;
        }
        let words = words(mutant, &compilation.sources);
        let _ = writeln!(out, "    {:>8}  {}", format!("{line}:{column}"), words.get(style.language));
    }
    out.push('\n');
    out
}

/// Tries the changes of all procedures.
pub fn add(compilation: &Compilation, tried: &mut [Tried<'_>]) {
    for procedure in tried {
        procedure.mutants = Some(try_all(compilation, procedure));
    }
}
