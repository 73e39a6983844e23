//! The report for people at a terminal.

use crate::diagnostic::Language;

use super::super::writer::ledger::Words;
use super::gather::{Load, OfDatum, OfEvidence, OfProcedure, Report};

/// The whole report.
pub fn report(report: &Report, language: Language) -> String {
    let say = Say(language);
    let mut out = String::new();
    for procedure in &report.procedures {
        out.push_str(&of_procedure(procedure, say));
    }
    out.push_str(&registers(report, say));
    out
}

/// The language of a report.
#[derive(Clone, Copy)]
pub(super) struct Say(pub Language);

impl Say {
    pub(super) fn one(self, german: &'static str, english: &'static str) -> &'static str {
        if self.0 == Language::De { german } else { english }
    }

    pub(super) fn words(self, words: &Words) -> &str {
        if self.0 == Language::De { &words.de } else { &words.en }
    }

    /// `34 Fragen, 9 Nachweise`.
    pub(super) fn load(self, load: Load) -> String {
        let questions = if load.questions == 1 { self.one("Frage", "question") } else { self.one("Fragen", "questions") };
        let documents = if load.documents == 1 { self.one("Nachweis", "document") } else { self.one("Nachweise", "documents") };
        format!("{} {questions}, {} {documents}", load.questions, load.documents)
    }

    /// The span of time for which a plan holds.
    pub(super) fn time(self, procedure: &OfProcedure) -> String {
        let from = procedure.from.as_ref().map(|day| format!("{} {day}", self.one("ab", "from")));
        let until = procedure.until.as_ref().map(|day| format!("{} {day}", self.one("bis", "until")));
        from.into_iter().chain(until).collect::<Vec<_>>().join(" ")
    }
}

fn of_procedure(procedure: &OfProcedure, say: Say) -> String {
    let title = say.words(&procedure.title);
    let lands = procedure.lands.join(", ").to_uppercase();
    let mut out = format!("{title} ({lands})\n{}\n", "═".repeat(title.chars().count() + lands.len() + 3));
    let time = say.time(procedure);
    if !time.is_empty() {
        out.push_str(&format!("{}: {time}\n", say.one("Gilt", "Holds")));
    }
    out.push_str(&format!("{}: {}\n", say.one("Heute", "Today"), say.load(procedure.today)));
    out.push_str(&format!("{}: {}\n", say.one("Mit allen Registern", "With all registers"), say.load(procedure.everything)));
    if !procedure.proved {
        out.push_str(
            say.one("Ob es mit weniger Fragen ginge, ist nicht bewiesen.\n", "Whether less could be asked is not proved.\n"),
        );
    }
    let (asked, had): (Vec<&OfDatum>, Vec<&OfDatum>) = procedure.data.iter().partition(|datum| datum.asked);
    out.push_str(&section(say.one("Gefragt", "Asked"), asked.into_iter().map(|datum| of_datum(datum, say))));
    out.push_str(&section(say.one("Nicht gefragt", "Not asked"), had.into_iter().map(|datum| of_datum(datum, say))));
    out.push_str(&section(say.one("Nachweise", "Evidence"), procedure.evidence.iter().map(|one| of_evidence(one, say))));
    out.push('\n');
    out
}

fn section(title: &str, lines: impl Iterator<Item = String>) -> String {
    let lines: String = lines.collect();
    if lines.is_empty() { String::new() } else { format!("\n{title}\n{lines}") }
}

fn of_datum(datum: &OfDatum, say: Say) -> String {
    let text = say.words(&datum.text);
    let roads: Vec<&str> = datum.roads.iter().map(|road| say.words(&road.text)).collect();
    let mut why: Vec<&str> = datum.reasons.iter().map(|reason| say.words(reason)).collect();
    if !datum.norms.is_empty() {
        why.insert(0, &datum.norms);
    }
    let mut out = format!("  {text}\n");
    out.push_str(&format!("    {}\n", roads.join(say.one("; sonst: ", "; otherwise: "))));
    out.push_str(&format!("    {}: {}\n", say.one("nötig für", "needed for"), why.join("; ")));
    out
}

fn of_evidence(evidence: &OfEvidence, say: Say) -> String {
    let text = say.words(&evidence.text);
    let how = match (&evidence.register, &evidence.obstacle) {
        (Some(register), _) => {
            let stage = evidence.stage.unwrap_or_default();
            let when = match evidence.immediate {
                Some(true) => format!("{} {stage}", say.one("sofort, Stufe", "at once, stage")),
                _ => say.one("nach dem Einreichen", "after filing").to_owned(),
            };
            let number =
                if evidence.by_number { say.one(" und der Identifikationsnummer", " and the identification number") } else { "" };
            let (from, by) = (say.one("abrufbar aus", "can be fetched from"), say.one("Suche mit", "search by"));
            format!("{from} „{register}“ ({when}); {by} {}{number}", evidence.sent.join(", "))
        }
        (None, Some(obstacle)) => format!("{}: {}", say.one("einzureichen", "to be handed in"), say.words(obstacle)),
        (None, None) => say.one("einzureichen", "to be handed in").to_owned(),
    };
    format!("  {text} ({})\n    {how}\n", evidence.norms)
}

fn registers(report: &Report, say: Say) -> String {
    if report.registers.is_empty() {
        return say
            .one("Kein weiterer Anschluss spart eine Frage oder einen Nachweis.\n", "No further connection saves anything.\n")
            .to_owned();
    }
    let title = say.one("Welcher Anschluss am meisten spart", "Which connection saves most");
    let mut out = format!("{title}\n{}\n", "═".repeat(title.chars().count()));
    for register in &report.registers {
        let scope = format!(
            "{} {}, {} {}",
            register.procedures,
            if register.procedures == 1 { say.one("Verfahren", "procedure") } else { say.one("Verfahren", "procedures") },
            register.lands,
            if register.lands == 1 { say.one("Land", "Land") } else { say.one("Länder", "Länder") },
        );
        out.push_str(&format!("  {}: {} ({scope})\n", say.words(&register.text), say.load(register.saves)));
    }
    out
}
