//! What a Land may change: substance only where a norm opens it, authority and procedure unless a norm closes it (Art. 84 GG). What a
//! municipality may change: only what a clause leaves to municipalities.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::overlay::{Leave, speaks_of_kind};
use crate::model::person::Parameter;
use crate::source::{Span, Text};
use crate::syntax::ast::address::{self, Address, Item, What};
use crate::syntax::ast::{Operation, Procedure, Statement, StatementKind, Verb, Who};

use super::targets::{Place, Target, parts};

/// Whether something may be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Permission {
    /// It is theirs: authority and procedure, or a frame.
    Theirs,
    /// A clause leaves it to them.
    By(Span),
    /// It is closed, perhaps by a clause.
    Closed(Option<Span>),
}

/// The clauses of a procedure.
pub(super) struct Openings<'s> {
    pub(super) tree: &'s Procedure,
    pub(super) items: &'s [Item<'s>],
    /// Who wants to change something.
    pub(super) who: Who,
    /// Where the Land wrote clauses of its own: it can only leave to its municipalities what is its own.
    pub(super) written_by_land: &'s [Span],
}

impl Openings<'_> {
    /// Whether an operation may be done at its place.
    pub(super) fn permission(&self, operation: &Operation, place: &Place, parameter: Option<&Parameter>) -> Permission {
        match (place.target, place.item) {
            (Target::Item(_), Some(item)) => {
                let below = (item..self.items.len()).filter(|other| self.stands_in(*other, item));
                strictest(below.map(|item| self.existing(item, operation.verb, self.who)))
            }
            (Target::Attribute(..) | Target::Rows(_), Some(item)) => self.existing(item, operation.verb, self.who),
            (Target::Parameter(_), _) => self.of_parameter(parameter),
            (_, container) => {
                let added = address::items_of(&operation.payload);
                let own = added.iter().map(|item| self.added(item, container, operation.verb));
                // A remedy of a notice takes the place of the procedure's.
                let remedies = |item: &usize| {
                    let is_remedy = |item: &Item<'_>| item.address().kind.as_ref() == "rechtsbehelf";
                    added.iter().any(is_remedy) && self.items.get(*item).is_some_and(is_remedy)
                };
                let of_procedure = (0..self.items.len()).filter(remedies);
                strictest(own.chain(of_procedure.map(|item| self.existing(item, Verb::Set, self.who))))
            }
        }
    }

    fn stands_in(&self, item: usize, container: usize) -> bool {
        item == container
            || self.items.get(item).and_then(|item| item.within).is_some_and(|within| self.stands_in(within, container))
    }

    /// Whether a statement or step of the base may be changed or struck.
    fn existing(&self, at: usize, verb: Verb, who: Who) -> Permission {
        let Some(item) = self.items.get(at) else { return Permission::Closed(None) };
        if is_clause(item) {
            return Permission::Closed(None);
        }
        let said = self.said(Some(at));
        let clause = self.clause(&item.address(), &parts(item), verb, who);
        match (who, said, clause) {
            (_, Some(closed @ Permission::Closed(_)), _) => closed,
            (Who::Municipalities, _, Some(clause)) => self.beneath_land(clause, || self.existing(at, verb, Who::Lands)),
            (Who::Municipalities, _, None) => Permission::Closed(None),
            (Who::Lands, Some(open), _) => open,
            (Who::Lands, None, Some(clause)) => Permission::By(clause),
            (Who::Lands, None, None) => self.otherwise(is_substance(item)),
        }
    }

    /// Whether something may be added.
    fn added(&self, item: &Item<'_>, container: Option<usize>, verb: Verb) -> Permission {
        if let What::Statement(statement) = item.what
            && let StatementKind::Opening { who, .. } = &statement.kind
        {
            // Nobody opens anything for themselves.
            return if *who == self.who || self.who == Who::Municipalities {
                Permission::Closed(None)
            } else {
                Permission::Theirs
            };
        }
        let said = self.said(container);
        let clause = self.clause(&item.address(), &parts(item), verb, self.who);
        match (self.who, said, clause) {
            (_, Some(closed @ Permission::Closed(_)), _) => closed,
            (Who::Municipalities, _, Some(clause)) => {
                let of_land = self.clause(&item.address(), &parts(item), verb, Who::Lands).map(Permission::By);
                self.beneath_land(clause, || of_land.unwrap_or_else(|| self.otherwise(is_substance(item))))
            }
            (Who::Municipalities, _, None) => Permission::Closed(None),
            (Who::Lands, Some(open), _) => open,
            (Who::Lands, None, Some(clause)) => Permission::By(clause),
            (Who::Lands, None, None) => self.otherwise(is_substance(item)),
        }
    }

    fn of_parameter(&self, parameter: Option<&Parameter>) -> Permission {
        let Some(parameter) = parameter else { return Permission::Closed(None) };
        let address = Address { kind: "parameter".into(), name: Some(parameter.name.clone()) };
        let said = parameter.opening.as_ref().map(|opening| match opening.leave {
            Leave::Closed => Permission::Closed(Some(opening.span)),
            Leave::May | Leave::Must => Permission::By(opening.span),
        });
        let clause = |who: Who| self.clause(&address, &[], Verb::Set, who);
        match (self.who, said, clause(self.who)) {
            (_, Some(closed @ Permission::Closed(_)), _) => closed,
            (Who::Lands, Some(open), _) => open,
            (Who::Lands, None, Some(clause)) => Permission::By(clause),
            (Who::Municipalities, said, Some(clause)) => self.beneath_land(clause, || said.unwrap_or(Permission::Closed(None))),
            (_, _, None) => Permission::Closed(None),
        }
    }

    /// A clause that the Land wrote for its municipalities can't give more than the Land has.
    fn beneath_land(&self, clause: Span, of_land: impl FnOnce() -> Permission) -> Permission {
        let by_land = self
            .written_by_land
            .iter()
            .any(|written| written.file == clause.file && written.start <= clause.start && clause.end <= written.end);
        match by_land.then(of_land) {
            Some(closed @ Permission::Closed(_)) => closed,
            _ => Permission::By(clause),
        }
    }

    /// What `offen` and `geschlossen` say: at the item itself, at what it stands in, at the procedure.
    fn said(&self, mut item: Option<usize>) -> Option<Permission> {
        let permission = |open: bool, span: Span| if open { Permission::By(span) } else { Permission::Closed(Some(span)) };
        while let Some(at) = item.and_then(|item| self.items.get(item)) {
            if let Some(openness) = &at.clauses().openness {
                return Some(permission(openness.open, openness.span));
            }
            item = at.within;
        }
        self.tree.clauses.openness.as_ref().map(|openness| permission(openness.open, openness.span))
    }

    /// The clause `länder dürfen …`, `gemeinden dürfen …` that speaks of something.
    fn clause(&self, address: &Address, parts: &[Text], verb: Verb, who: Who) -> Option<Span> {
        let speaks_of = |word: &Text| speaks_of_kind(word, &address.kind) || address.word() == word || parts.contains(word);
        self.items.iter().find_map(|item| {
            let What::Statement(statement) = item.what else { return None };
            let StatementKind::Opening { who: of, what, verbs, .. } = &statement.kind else { return None };
            let fits = *of == who && verbs.contains(&verb) && what.iter().any(|name| speaks_of(&name.text));
            fits.then_some(statement.span)
        })
    }

    /// Where nothing is said: a frame is for the Länder to fill, of other procedures only authority and procedure.
    fn otherwise(&self, is_substance: bool) -> Permission {
        if self.tree.frame || !is_substance { Permission::Theirs } else { Permission::Closed(None) }
    }
}

fn strictest(all: impl Iterator<Item = Permission>) -> Permission {
    let rank = |permission: &Permission| match permission {
        Permission::Theirs => 0,
        Permission::By(_) => 1,
        Permission::Closed(None) => 2,
        Permission::Closed(Some(_)) => 3,
    };
    all.max_by_key(rank).unwrap_or(Permission::Theirs)
}

/// Whether it says itself what others may change: nobody changes that for themselves.
fn is_clause(item: &Item<'_>) -> bool {
    matches!(item.what, What::Statement(Statement { kind: StatementKind::Opening { .. }, .. }))
}

/// Substance: who is entitled to what, data, evidence, amounts.
fn is_substance(item: &Item<'_>) -> bool {
    let What::Statement(statement) = item.what else { return false };
    matches!(
        statement.kind,
        StatementKind::Participant(_)
            | StatementKind::Need { .. }
            | StatementKind::Attributes { .. }
            | StatementKind::Field(_)
            | StatementKind::Rule { .. }
            | StatementKind::Decision { .. }
            | StatementKind::Precondition { .. }
            | StatementKind::Fee { .. }
            | StatementKind::Declaration { .. }
            | StatementKind::Investigate { .. }
            | StatementKind::Ask(_)
            | StatementKind::ServiceKey(_)
            | StatementKind::Regime(_)
            | StatementKind::Attachment { .. }
    )
}

/// "This is not for you to say."
pub(super) fn closed(who: Who, operation: &Operation, applied: Span, clause: Option<Span>) -> Diagnostic {
    let what = address::title(operation);
    let message = match who {
        Who::Lands => both!("„{what}“ steht den Ländern nicht zu.", "“{what}” is not for the Länder to say."),
        Who::Municipalities => both!("„{what}“ steht den Gemeinden nicht zu.", "“{what}” is not for municipalities to say."),
    };
    let diagnostic = Diagnostic::new(&CLOSED_TO_LAND, operation.span, message)
        .label(applied, both!("im Grundverfahren abschließend geregelt", "settled in the base"));
    let diagnostic = match clause {
        Some(clause) => diagnostic.label(clause, both!("hier geschlossen", "closed here")),
        None => diagnostic,
    };
    diagnostic.help(match who {
        Who::Lands => both!(
            "Das Grundverfahren muss es öffnen, mit „offen nach <Norm>“ oder „länder dürfen … nach <Norm>“.",
            "The base must open it, with “offen nach <norm>” or “länder dürfen … nach <norm>”."
        ),
        Who::Municipalities => both!(
            "Das Grundverfahren oder die Variante des Landes muss es öffnen, mit „gemeinden dürfen … nach <Norm>“.",
            "The base or the variant of the Land must open it, with “gemeinden dürfen … nach <norm>”."
        ),
    })
}

/// A change that the base does not leave to Länder.
pub static CLOSED_TO_LAND: Code = Code {
    slug: "closed-to-land",
    severity: Severity::Error,
    title_de: "Den Ländern verschlossen",
    title_en: "Closed to the Länder",
    norm: Some("Art. 72 Abs. 1, Art. 84 Abs. 1 GG"),
    explain_de: "Wer Anspruch worauf hat, welche Daten und Nachweise nötig sind und welche Beträge gelten, bestimmt das Bundesrecht \
        abschließend, solange das Grundverfahren es nicht öffnet („offen nach …“, „länder dürfen …“). Behörden und Verfahren regeln die \
        Länder selbst, solange keine Norm es schließt.",
    explain_en: "Who is entitled to what, which data and evidence are needed and which amounts hold is settled by federal law, unless \
        the base opens it (“offen nach …”, “länder dürfen …”). Authorities and procedure are for the Länder unless a norm closes it.",
    example: "modul beispiel\n\ngesetz BY.BeispielG \"Bayerisches Beispielgesetz\" ebene BY\n\nverfahren Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n}\n\nvariante Antrag für Bayern {\n  \
        ergänze feld beruf \"Was arbeiten Sie?\": Text nach Art. 1 BY.BeispielG\n}\n",
};
