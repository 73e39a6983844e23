//! The comparison of two versions for people, as text.

use std::fmt::Write as _;

use crate::both;
use crate::diagnostic::{Bilingual, Language};

use super::base::{Difference, Kind};
use super::comparison::{Compared, Comparison, Effect, Offer, Outputs};

/// All procedures that differ, one after the other.
pub fn report(comparison: &Comparison, language: Language) -> String {
    let say = |german: &'static str, english: &'static str| if language == Language::De { german } else { english };
    let mut out = String::new();
    // INVARIANT: writing to a String never fails.
    let _ =
        writeln!(out, "{} {} ({} {})", say("Gegenüber", "Against"), comparison.against, say("Stichtag", "day"), comparison.day);
    if !comparison.shared.is_empty() {
        let _ = writeln!(out, "\n{}", say("Gemeinsame Angaben:", "Shared declarations:"));
        differences(&comparison.shared, language, &mut out);
    }
    for procedure in &comparison.procedures {
        one(procedure, language, &mut out);
    }
    if comparison.procedures.is_empty() {
        let _ = writeln!(out, "\n{}", say("Für kein Land ändert sich etwas.", "Nothing changes for any Land."));
    }
    out
}

fn differences(all: &[Difference], language: Language, out: &mut String) {
    for difference in all {
        let kind = kind(difference.kind);
        let place = difference.now.as_ref().or(difference.before.as_ref()).map_or("", String::as_str);
        let _ = writeln!(out, "    {:<10} {} ({place})", kind.get(language), difference.what);
    }
}

/// The word for a kind of difference.
pub fn kind(kind: Kind) -> Bilingual {
    match kind {
        Kind::Added => both!("neu", "new"),
        Kind::Changed => both!("geändert", "changed"),
        Kind::Removed => both!("entfallen", "gone"),
        Kind::Reordered => both!("umgestellt", "reordered"),
    }
}

fn one(procedure: &Compared, language: Language, out: &mut String) {
    let say = |german: &'static str, english: &'static str| if language == Language::De { german } else { english };
    let title = if language == Language::De { &procedure.title.de } else { &procedure.title.en };
    let _ = writeln!(out, "\n{} ({title})", procedure.name);
    let _ = writeln!(out, "  {}", say("Im Grundverfahren:", "In the base:"));
    if procedure.base.is_empty() {
        let _ = writeln!(out, "    {}", say("nichts", "nothing"));
    }
    differences(&procedure.base, language, out);
    for (places, effect) in alike(&procedure.effects) {
        let _ = writeln!(out, "  {}: {}", places.join(" "), summary(effect, language));
        for own in &effect.overrides {
            let part = if own.in_part { say(" (in Teilen)", " (in part)") } else { "" };
            let _ = writeln!(out, "    {} {}{part} ({})", say("überschreibt", "overrides"), own.what, own.written);
        }
        for problem in &effect.broken {
            let what = if language == Language::De { &problem.what.de } else { &problem.what.en };
            let _ = writeln!(out, "    {} {what} ({})", say("Variante scheitert:", "variant fails:"), problem.place);
        }
        for problem in &effect.failing {
            let what = if language == Language::De { &problem.what.de } else { &problem.what.en };
            let _ = writeln!(out, "    {} {what} ({})", say("Fall scheitert:", "case fails:"), problem.place);
        }
        let Outputs { changed, added, removed } = &effect.outputs;
        for (paths, word) in
            [(changed, say("ändert sich:", "changes:")), (added, say("neu:", "new:")), (removed, say("entfällt:", "goes:"))]
        {
            for path in paths {
                let _ = writeln!(out, "    {word} {path}");
            }
        }
    }
}

/// What a version does to a place, in a sentence.
pub fn summary(effect: &Effect, language: Language) -> String {
    let mut parts: Vec<Bilingual> = Vec::new();
    match effect.offer {
        Offer::New => parts.push(both!("Verfahren neu", "procedure new")),
        Offer::Gone => parts.push(both!("Verfahren entfällt", "procedure goes")),
        Offer::AsBefore => {}
    }
    match effect.inherits.len() {
        0 => {}
        1 => parts.push(both!("eine Änderung übernommen", "one change inherited")),
        more => parts.push(both!("{more} Änderungen übernommen", "{more} changes inherited")),
    }
    match effect.overrides.len() {
        0 => {}
        1 => parts.push(both!("eine überschrieben", "one overridden")),
        more => parts.push(both!("{more} überschrieben", "{more} overridden")),
    }
    match (effect.builds, effect.outputs.count()) {
        (false, _) => parts.push(both!("nicht baubar", "not buildable")),
        (true, 0) => {}
        (true, 1) => parts.push(both!("eine Ausgabe anders", "one output different")),
        (true, more) => parts.push(both!("{more} Ausgaben anders", "{more} outputs different")),
    }
    if parts.is_empty() {
        parts.push(both!("unverändert", "unchanged"));
    }
    parts.iter().map(|part| part.get(language)).collect::<Vec<_>>().join(", ")
}

/// Places to which the same happens, with what happens to the first of them.
pub fn alike(effects: &[Effect]) -> Vec<(Vec<String>, &Effect)> {
    let mut groups: Vec<(Vec<String>, &Effect, Effect)> = Vec::new();
    for effect in effects {
        let name = match &effect.municipality {
            Some(place) => format!("{} {place}", effect.land),
            None => effect.land.clone(),
        };
        let placeless = placeless(effect);
        match groups.iter_mut().find(|(_, _, known)| *known == placeless) {
            Some((names, ..)) => names.push(name),
            None => groups.push((vec![name], effect, placeless)),
        }
    }
    groups.into_iter().map(|(names, effect, _)| (names, effect)).collect()
}

/// What happens, without where.
fn placeless(effect: &Effect) -> Effect {
    let tail = |paths: &[String]| {
        let of_land = |path: &String| path.split_once('/').map_or_else(|| path.clone(), |(_, rest)| rest.to_owned());
        paths.iter().map(of_land).collect()
    };
    let Outputs { changed, added, removed } = &effect.outputs;
    let outputs = Outputs { changed: tail(changed), added: tail(added), removed: tail(removed) };
    Effect { land: String::new(), municipality: None, outputs, ..effect.clone() }
}
