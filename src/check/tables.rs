//! A decision table has exactly one row for every case that can occur: no gap, no overlap, no row that never applies.

use std::collections::BTreeSet;

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Severity};
use crate::model::expression::{Expression, ExpressionKind};
use crate::model::norm::cite;
use crate::model::procedure::{Cell, Decision, Row};
use crate::model::{DecisionId, PreconditionId, Procedure, Type};
use crate::rules::boxes::{CellSet, Region, dead, first_uncovered, overlaps, uncovered};
use crate::rules::matching::holds;
use crate::rules::satisfy::{Demand, Space, Term, Witness};
use crate::rules::value::Value;

use super::subject::Subject;
use super::witness;

/// Gaps, overlaps and dead rows of each table, under the preconditions that don't rest on the table themselves.
pub(super) fn every_case_has_exactly_one_row(subject: &Subject<'_>, out: &mut Diagnostics) {
    for (id, decision) in subject.procedure.decisions.iter() {
        if !is_whole(decision) {
            continue;
        }
        match Table::cut(subject, id, decision) {
            Some(table) => {
                table.report_dead_rows(out);
                table.report_overlaps(out);
                table.report_gap(out);
            }
            None => out.push(undecided(decision)),
        }
    }
}

/// Whether nothing of a table is broken, which was reported then.
fn is_whole(decision: &Decision) -> bool {
    let broken = |row: &Row| row.cells.len() != decision.inputs.len() || row.cells.contains(&Cell::Error);
    let known = |input: &Expression| input.typ != Type::Unknown;
    !decision.inputs.is_empty()
        && !decision.rows.is_empty()
        && decision.inputs.iter().all(known)
        && !decision.rows.iter().any(broken)
}

/// A table, its columns cut into cells.
struct Table<'s, 'a> {
    subject: &'s Subject<'a>,
    decision: &'a Decision,
    space: Space<'a>,
    /// One sample a cell, by column.
    samples: Vec<Vec<Value>>,
    rows: Vec<Region>,
    dead: Vec<usize>,
    preconditions: Vec<&'a Expression>,
}

impl<'s, 'a> Table<'s, 'a> {
    /// `None` where a column's type has no domain that can be cut.
    fn cut(subject: &'s Subject<'a>, id: DecisionId, decision: &'a Decision) -> Option<Table<'s, 'a>> {
        let preconditions: Vec<&Expression> = subject
            .procedure
            .preconditions
            .iter()
            .filter(|(precondition, _)| !rests_on(subject.procedure, *precondition, id))
            .map(|(_, precondition)| &precondition.condition)
            .collect();
        let about = decision.inputs.iter().chain(preconditions.iter().copied());
        let mut space = Space::new(subject.library, subject.procedure, subject.context.day, about);
        for cell in decision.rows.iter().flat_map(|row| &row.cells) {
            match cell {
                Cell::OneOf(literals) => literals.iter().for_each(|literal| space.mark(&Value::of(literal))),
                Cell::Interval { from, to } => {
                    from.iter().chain(to).for_each(|(literal, _)| space.mark(&Value::of(literal)));
                }
                Cell::Any | Cell::Error => {}
            }
        }
        let preconditions = touching(&space, &decision.inputs, preconditions);
        let samples: Option<Vec<Vec<Value>>> = decision.inputs.iter().map(|input| space.samples(input)).collect();
        let samples = samples?;
        let region = |row: &Row| Region {
            columns: row
                .cells
                .iter()
                .zip(&samples)
                .map(|(cell, samples)| {
                    CellSet::filled(samples.len(), |at| samples.get(at).is_some_and(|sample| holds(cell, sample) == Some(true)))
                })
                .collect(),
        };
        let rows: Vec<Region> = decision.rows.iter().map(region).collect();
        let dead = dead(&rows);
        Some(Table { subject, decision, space, samples, rows, dead, preconditions })
    }

    /// Choices that lead into a region while all preconditions hold.
    fn reach(&self, region: &Region) -> Option<(Witness, Vec<(&'a Expression, Value)>)> {
        self.reach_under(region, &self.preconditions)
    }

    fn reach_under(&self, region: &Region, conditions: &[&'a Expression]) -> Option<(Witness, Vec<(&'a Expression, Value)>)> {
        let mut demands: Vec<Demand<'_>> = Vec::with_capacity(self.decision.inputs.len() + conditions.len());
        for ((input, cells), samples) in self.decision.inputs.iter().zip(&region.columns).zip(&self.samples) {
            let values = cells.cells().filter_map(|cell| samples.get(cell).cloned()).collect();
            demands.push(Demand::OneOf(input, values));
        }
        demands.extend(conditions.iter().copied().map(Demand::True));
        let witness = self.space.possible(&demands)?;
        let values = self.decision.inputs.iter().zip(&region.columns).zip(&self.samples).map(|((input, cells), samples)| {
            let first = || cells.cells().find_map(|cell| samples.get(cell).cloned()).unwrap_or_default();
            (input, self.space.settled(input, &witness).unwrap_or_else(first))
        });
        let values = values.collect();
        Some((witness, values))
    }

    fn report_gap(&self, out: &mut Diagnostics) {
        let sizes: Vec<usize> = self.samples.iter().map(Vec::len).collect();
        let name = &self.decision.name;
        let (found, further) = match uncovered(Region::whole(&sizes), &self.rows) {
            Ok(gaps) => {
                let mut reached = gaps.iter().filter_map(|gap| self.reach(gap));
                (reached.next(), reached.count())
            }
            Err(_) => {
                let mut found = None;
                let accept = |gap: &Region| {
                    found = self.reach(gap);
                    found.is_some()
                };
                if first_uncovered(Region::whole(&sizes), &self.rows, accept).is_err() {
                    out.push(undecided(self.decision));
                    return;
                }
                (found, 0)
            }
        };
        let Some((witness, values)) = found else { return };
        let example = witness::in_words(self.subject, &values);
        let expected = self.some_result().map_or_else(|| "offen".to_owned(), |result| format!("{name} = {result}"));
        let case = witness::as_case(self.subject, &format!("Lücke in {name}"), &witness, &expected);
        let (and_de, and_en) = match further {
            0 => (String::new(), String::new()),
            1 => (" Es gibt eine weitere Lücke.".to_owned(), " There is one more gap.".to_owned()),
            more => (format!(" Es gibt {more} weitere Lücken."), format!(" There are {more} more gaps.")),
        };
        out.push(
            Diagnostic::new(
                &TABLE_GAP,
                self.decision.span,
                both!(
                    "Die Tabelle „{name}“ hat keine Zeile für {example}.{and_de}",
                    "The table “{name}” has no row for {example}.{and_en}"
                ),
            )
            .norm(cite(&self.decision.norms))
            .help(both!(
                "Ergänzen Sie die fehlende Zeile, oder schließen Sie den Fall durch eine Voraussetzung aus. Als Beispiel:\n{case}",
                "Add the missing row, or exclude the case by a precondition. As an example:\n{case}"
            )),
        );
    }

    fn report_overlaps(&self, out: &mut Diagnostics) {
        let mut reported: Vec<usize> = Vec::new();
        for (earlier, later, shared) in overlaps(&self.rows) {
            if self.dead.contains(&earlier) || self.dead.contains(&later) || reported.contains(&later) {
                continue;
            }
            let (Some(first), Some(second)) = (self.decision.rows.get(earlier), self.decision.rows.get(later)) else { continue };
            let Some((witness, values)) = self.reach(&shared) else { continue };
            reported.push(later);
            let (name, example) = (&self.decision.name, witness::in_words(self.subject, &values));
            let expected = self.some_result().map_or_else(|| "offen".to_owned(), |result| format!("{name} = {result}"));
            let case = witness::as_case(self.subject, &format!("Überschneidung in {name}"), &witness, &expected);
            out.push(
                Diagnostic::new(
                    &TABLE_OVERLAP,
                    second.span,
                    both!(
                        "Für {example} gelten in der Tabelle „{name}“ zwei Zeilen zugleich.",
                        "For {example} two rows of the table “{name}” apply at once."
                    ),
                )
                .here(both!("diese Zeile", "this row"))
                .label(first.span, both!("und diese", "and this one"))
                .norm(cite(&self.decision.norms))
                .help(both!(
                    "Grenzen Sie die Zeilen voneinander ab. Als Beispiel:\n{case}",
                    "Set the rows apart. As an example:\n{case}"
                )),
            );
        }
    }

    fn report_dead_rows(&self, out: &mut Diagnostics) {
        let name = &self.decision.name;
        for (index, row) in self.decision.rows.iter().enumerate() {
            let Some(region) = self.rows.get(index) else { continue };
            if region.is_empty() {
                out.push(
                    Diagnostic::new(
                        &DEAD_ROW,
                        row.span,
                        both!(
                            "Diese Zeile der Tabelle „{name}“ trifft auf keinen Wert zu.",
                            "This row of the table “{name}” fits no value."
                        ),
                    )
                    .norm(cite(&self.decision.norms))
                    .help(both!("Berichtigen oder streichen Sie die Zeile.", "Correct or drop the row.")),
                );
            } else if self.dead.contains(&index) {
                let mut diagnostic = Diagnostic::new(
                    &DEAD_ROW,
                    row.span,
                    both!(
                        "Diese Zeile der Tabelle „{name}“ gilt nie: Die Zeilen davor erfassen schon jeden ihrer Fälle.",
                        "This row of the table “{name}” never applies: the rows before it take every case of it."
                    ),
                )
                .norm(cite(&self.decision.norms))
                .help(both!("Streichen Sie die Zeile, oder grenzen Sie die anderen ab.", "Drop the row, or narrow the others."));
                for (other, before) in self.rows.iter().zip(&self.decision.rows).take(index) {
                    if other.meet(region).is_some() {
                        diagnostic = diagnostic.label(before.span, both!("erfasst sie", "takes it"));
                    }
                }
                out.push(diagnostic);
            } else if self.reach_under(region, &[]).is_none() {
                out.push(
                    Diagnostic::new(
                        &DEAD_ROW,
                        row.span,
                        both!(
                            "Diese Zeile der Tabelle „{name}“ gilt nie: Ihre Werte kommen nicht zusammen vor.",
                            "This row of the table “{name}” never applies: its values don't occur together."
                        ),
                    )
                    .norm(cite(&self.decision.norms))
                    .help(both!("Streichen oder berichtigen Sie die Zeile.", "Drop or correct the row.")),
                );
            }
        }
    }

    /// A result of the table, to write an example with.
    fn some_result(&self) -> Option<String> {
        let result = self.decision.rows.first()?.results.first()?;
        match &result.kind {
            ExpressionKind::Literal(literal) => Some(Value::of(literal).show(&result.typ, self.subject.library)),
            _ => None,
        }
    }
}

/// Nothing is silent: a table that can't be searched to its end is no proved table.
fn undecided(decision: &Decision) -> Diagnostic {
    let name = &decision.name;
    let mut diagnostic = Diagnostic::new(
        &TABLE_GAP,
        decision.span,
        both!(
            "Die Tabelle „{name}“ lässt sich nicht vollständig prüfen; ob sie eine Lücke hat, ist offen.",
            "The table “{name}” can't be searched to its end; whether it has a gap is open."
        ),
    )
    .help(both!(
        "Teilen Sie sie in mehrere Tabellen, oder fragen Sie nach Werten statt nach Zeiträumen.",
        "Split it into several tables, or ask for values instead of periods."
    ));
    diagnostic.severity = Severity::Warning;
    diagnostic
}

/// The preconditions that have something to do with the inputs, directly or through one another. The others exclude nothing here.
fn touching<'a>(space: &Space<'_>, inputs: &[Expression], preconditions: Vec<&'a Expression>) -> Vec<&'a Expression> {
    let mut known: BTreeSet<Term> = inputs.iter().flat_map(|input| space.unknowns(input)).collect();
    let mut open: Vec<(BTreeSet<Term>, &Expression)> =
        preconditions.into_iter().map(|precondition| (space.unknowns(precondition), precondition)).collect();
    let mut touching = Vec::new();
    loop {
        let (near, far): (Vec<_>, Vec<_>) = open.into_iter().partition(|(unknowns, _)| !unknowns.is_disjoint(&known));
        if near.is_empty() {
            return touching;
        }
        for (unknowns, precondition) in near {
            known.extend(unknowns);
            touching.push(precondition);
        }
        open = far;
    }
}

/// Whether a precondition rests on a table, through rules and other tables.
fn rests_on(procedure: &Procedure, precondition: PreconditionId, table: DecisionId) -> bool {
    let mut open: Vec<&Expression> =
        procedure.preconditions.get(precondition).map(|found| &found.condition).into_iter().collect();
    let mut seen: Vec<&Expression> = Vec::new();
    let mut found = false;
    while let Some(expression) = open.pop() {
        if found || seen.iter().any(|known| std::ptr::eq(*known, expression)) {
            continue;
        }
        seen.push(expression);
        expression.walk(&mut |part| match &part.kind {
            ExpressionKind::Decision(id, _) if *id == table => found = true,
            ExpressionKind::Decision(id, _) => {
                open.extend(procedure.decisions.get(*id).into_iter().flat_map(|table| &table.inputs))
            }
            ExpressionKind::Rule(id) => open.extend(procedure.rules.get(*id).map(|rule| &rule.expression)),
            ExpressionKind::Precondition(id) => open.extend(procedure.preconditions.get(*id).map(|other| &other.condition)),
            ExpressionKind::Datum(id) => open.extend(procedure.data.get(*id).and_then(|datum| datum.condition.as_ref())),
            _ => {}
        });
    }
    found
}

/// A case that no row covers.
pub static TABLE_GAP: Code = Code {
    slug: "table-gap",
    severity: Severity::Error,
    title_de: "Lücke in einer Entscheidungstabelle",
    title_en: "Gap in a decision table",
    norm: None,
    explain_de: "Es gibt einen Fall, der die Voraussetzungen erfüllt, für den die Tabelle aber keine Zeile hat. Die Entscheidung bliebe \
        offen. Die Meldung nennt einen solchen Fall; ergänzen Sie die Zeile, oder schließen Sie den Fall durch eine Voraussetzung aus.",
    explain_en: "There is a case that meets the preconditions but for which the table has no row. The decision would stay open. The \
        message names such a case; add the row, or exclude the case by a precondition.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  entscheidung gebühr: Betrag {\n    \
        | hektar         || gebühr |\n    | unter 10       || 20 EUR |\n    | 11 bis 100     || 50 EUR |\n    | mehr als 100   || 90 EUR |\n  }\n}\n",
};

/// A case that two rows cover.
pub static TABLE_OVERLAP: Code = Code {
    slug: "table-overlap",
    severity: Severity::Error,
    title_de: "Überschneidung in einer Entscheidungstabelle",
    title_en: "Overlap in a decision table",
    norm: None,
    explain_de: "Es gibt einen Fall, für den zwei Zeilen der Tabelle zugleich gelten. Welche entscheidet, wäre Zufall der Reihenfolge. \
        Grenzen Sie die Zeilen voneinander ab; die Meldung nennt einen Fall, der beide trifft.",
    explain_en: "There is a case to which two rows of the table apply at once. Which of them decides would be an accident of order. Set \
        the rows apart; the message names a case that hits both.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  entscheidung gebühr: Betrag {\n    \
        | hektar         || gebühr |\n    | bis 10         || 20 EUR |\n    | ab 10          || 50 EUR |\n  }\n}\n",
};

/// A row that never applies.
pub static DEAD_ROW: Code = Code {
    slug: "dead-row",
    severity: Severity::Error,
    title_de: "Zeile ohne Fall",
    title_en: "Row without a case",
    norm: None,
    explain_de: "Eine Zeile einer Entscheidungstabelle gilt nie: Sie trifft auf keinen Wert zu, die Zeilen davor erfassen schon alles, oder \
        ihre Werte kommen nicht zusammen vor. Meist ist eine Grenze verschrieben.",
    explain_en: "A row of a decision table never applies: it fits no value, the rows before it take everything, or its values \
        don't occur together. Mostly a bound is mistyped.",
    example: "modul beispiel\n\ngesetz PflSchG \"Pflanzenschutzgesetz\" ebene Bund\n\nverfahren Antrag \"Antrag stellen\" nach § 1 PflSchG {\n  \
        leistung 99000000000000\n  verfahrensrecht Bundesrecht\n  seite angaben \"Angaben\" {\n    \
        feld hektar \"Wie viele Hektar?\": Ganzzahl von 0 bis 1000\n  }\n  entscheidung gebühr: Betrag {\n    \
        | hektar         || gebühr |\n    | -              || 20 EUR |\n    | ab 10          || 50 EUR |\n  }\n}\n",
};
