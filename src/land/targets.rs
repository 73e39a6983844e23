//! What each operation of a variant speaks of: exactly one place of the procedure that it changes, found by kind and name.
//!
//! Places are found in the tree as the wider level left it, never in what other operations of the same level make of it. So the
//! order of operations can't matter.

use crate::both;
use crate::diagnostic::{Code, Diagnostic, Severity, suggest};
use crate::model::ParameterId;
use crate::model::from_syntax::World;
use crate::model::overlay::Change;
use crate::source::{Span, Text};
use crate::syntax::ast::address::{self, Item, What};
use crate::syntax::ast::{self, Operation, Payload, Procedure, Statement, StatementKind, Step, Verb};

/// What an operation does where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Target {
    /// A statement or step is replaced or struck.
    Item(Span),
    /// One attribute of a line is struck: the line, the attribute.
    Attribute(Span, Span),
    /// Some cases of a table are decided otherwise.
    Rows(Span),
    /// Something comes behind a statement or step.
    Behind(Span),
    /// Something comes last: in this page, notice or workflow, or in the procedure.
    Last(Option<Span>),
    /// A parameter gets values of the Land's own.
    Parameter(ParameterId),
}

/// The place of an operation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) target: Target,
    /// The item that is changed, or in which something is added; `None`: the procedure itself.
    pub(super) item: Option<usize>,
    /// The place in the base, to show.
    pub(super) applied: Span,
}

/// A procedure in which operations look for their places.
pub(super) struct Search<'s, 't> {
    pub(super) world: &'s World<'t>,
    /// The index of the procedure in the world.
    pub(super) procedure: usize,
    pub(super) tree: &'s Procedure,
    pub(super) items: Vec<Item<'s>>,
    /// All operations of this level.
    pub(super) fellows: &'s [&'t Operation],
    /// What wider levels changed.
    pub(super) before: &'s [Change],
}

type Found = Result<Place, Box<Diagnostic>>;

impl Search<'_, '_> {
    /// The one place that an operation speaks of.
    pub(super) fn place(&self, operation: &Operation) -> Found {
        match (&operation.verb, &operation.payload) {
            (Verb::Set, Payload::Statement(statement)) => self.set(operation, statement),
            (Verb::Set, Payload::Step(step)) => {
                let word = address::of_step(step).word().clone();
                self.one(operation, &word, self.steps_like(step)).map(|item| self.whole(item))
            }
            (Verb::Add, Payload::Statement(_) | Payload::Step(_)) => self.add(operation, 0),
            (Verb::Set, Payload::Parameter(parameter)) => match self.world.parameter(self.procedure, &parameter.name) {
                Some(base) => {
                    let applied = self.world.model.library.parameters.get(base).map_or(self.tree.name.span, |base| base.span);
                    Ok(Place { target: Target::Parameter(base), item: None, applied })
                }
                None => {
                    let seen = self.world.parameters_seen(self.procedure);
                    Err(self.nothing(parameter.name.span, &parameter.name.text, &seen))
                }
            },
            (_, Payload::Parameter(parameter)) => {
                let name = &parameter.name.text;
                let diagnostic = Diagnostic::new(
                    &VARIANT_MATCHES_NOTHING,
                    operation.span,
                    both!("Ein neuer Parameter „{name}“ ist keine Änderung.", "A new parameter “{name}” is no change."),
                )
                .label(self.tree.name.span, both!("das Grundverfahren", "the base"))
                .help(both!(
                    "Schreiben Sie ihn vor die Variante; mit „setze parameter“ gibt ein Land einem vorhandenen eigene Werte.",
                    "Write it before the variant; with “setze parameter” a Land gives values of its own to one that exists."
                ));
                Err(Box::new(diagnostic))
            }
            (_, Payload::Target(target)) => self.strike(operation, target),
            // The grammar gives `streiche` nothing but a target.
            (Verb::Remove, Payload::Statement(_) | Payload::Step(_)) => {
                let address = address::of_payload(&operation.payload);
                Err(self.nothing(operation.span, address.word(), &[]))
            }
        }
    }

    fn set(&self, operation: &Operation, statement: &Statement) -> Found {
        let address = address::of_statement(statement);
        let scope = self.scope(operation)?;
        let found = self.statements_like(statement, scope);
        if found.is_empty() {
            // A notice has the remedy of its procedure until it gets one of its own.
            let notice = scope.filter(|_| matches!(statement.kind, StatementKind::Remedy { .. }));
            if let Some((notice, item)) = notice.and_then(|scope| Some((scope, self.items.get(scope)?))) {
                return Ok(Place { target: Target::Last(Some(item.span())), item: Some(notice), applied: item.span() });
            }
            if let Some(clause) = self.demanded(address.word()) {
                return Ok(Place { target: Target::Last(None), item: None, applied: clause });
            }
        }
        let item = self.one(operation, address.word(), found)?;
        let table = |statement: &Statement| match &statement.kind {
            StatementKind::Decision { .. } => true,
            StatementKind::Fee { table, .. } => table.is_some(),
            _ => false,
        };
        let place = self.whole(item);
        match self.items.get(item).map(|item| item.what) {
            Some(What::Statement(base)) if table(base) && table(statement) => {
                Ok(Place { target: Target::Rows(base.span), ..place })
            }
            _ => Ok(place),
        }
    }

    /// Where something is added. Chains of additions end at a place of the base; their length is bounded.
    fn add(&self, operation: &Operation, links: usize) -> Found {
        let scope = self.scope(operation)?;
        let Some(behind) = &operation.behind else { return self.last(operation, scope) };
        let steps = matches!(operation.payload, Payload::Step(_));
        let anchors = self.matching(|item| {
            let alike = matches!(item.what, What::Step(_)) == steps && self.is_in(item, scope);
            alike && item.address().word() == &behind.text
        });
        let anchors = self.nearest_in_kind(anchors, operation);
        let fellow = self.fellows.iter().copied().find(|fellow| {
            let same_sort = matches!(fellow.payload, Payload::Step(_)) == steps;
            fellow.verb == Verb::Add && same_sort && address::of_payload(&fellow.payload).word() == &behind.text
        });
        if let (Some(fellow), true) = (fellow, anchors.is_empty()) {
            if links > self.fellows.len() {
                return Err(self.nothing(behind.span, &behind.text, &self.words()));
            }
            let place = self.add(fellow, links + 1)?;
            return Ok(Place { target: Target::Behind(span_of(&fellow.payload)), ..place });
        }
        let anchor = match anchors.as_slice() {
            [] => return Err(self.nothing(behind.span, &behind.text, &self.words())),
            [only] => *only,
            several => return Err(self.several(behind.span, &behind.text, several)),
        };
        let Some(item) = self.items.get(anchor) else { return Err(self.nothing(behind.span, &behind.text, &[])) };
        Ok(Place { target: Target::Behind(item.span()), item: item.within, applied: item.span() })
    }

    /// The end of what an addition belongs to.
    fn last(&self, operation: &Operation, scope: Option<usize>) -> Found {
        let in_procedure = Place { target: Target::Last(None), item: None, applied: self.tree.name.span };
        let within = |item: usize| {
            let applied = self.items.get(item).map_or(self.tree.name.span, Item::span);
            Place { target: Target::Last(Some(applied)), item: Some(item), applied }
        };
        match (&operation.payload, scope) {
            (Payload::Step(_), _) => {
                let is_workflow = |item: &Item<'_>| match item.what {
                    What::Statement(statement) => matches!(statement.kind, StatementKind::Workflow(_)),
                    What::Step(_) => false,
                };
                match self.matching(is_workflow).as_slice() {
                    [only] => Ok(within(*only)),
                    _ => Err(self.nothing(operation.span, "ablauf", &[])),
                }
            }
            (_, Some(scope)) => Ok(within(scope)),
            (Payload::Statement(statement), None) if lives_inside(statement) => {
                let what = address::title(operation);
                let diagnostic = Diagnostic::new(
                    &VARIANT_MATCHES_NOTHING,
                    operation.span,
                    both!("„{what}“ sagt nicht, wo.", "“{what}” does not say where."),
                )
                .label(self.tree.name.span, both!("das Grundverfahren", "the base"))
                .help(both!(
                    "Nennen Sie die Seite oder den Bescheid, etwa „ergänze in Bewilligung …“, oder die Angabe davor mit „hinter“.",
                    "Name the page or notice, such as “ergänze in Bewilligung …”, or what stands before it with “hinter”."
                ));
                Err(Box::new(diagnostic))
            }
            _ => Ok(in_procedure),
        }
    }

    fn strike(&self, operation: &Operation, target: &ast::Target) -> Found {
        let scope = self.scope(operation)?;
        let word = address::of_payload(&operation.payload);
        let kind = target.kind.as_ref().map(|kind| &kind.text);
        if let ([participant, attribute], None) = (target.name.as_slice(), kind) {
            let lines = self.matching(|item| self.is_in(item, scope) && attribute_in(item, participant, attribute).is_some());
            if let [only] = lines.as_slice()
                && let Some(item) = self.items.get(*only)
                && let Some(span) = attribute_in(item, participant, attribute)
            {
                return Ok(Place { target: Target::Attribute(item.span(), span), item: Some(*only), applied: span });
            }
        }
        let name: Option<Text> = match target.name.as_slice() {
            [] => None,
            names => Some(names.iter().map(|name| name.text.as_ref()).collect::<Vec<_>>().join(".").into()),
        };
        let found = self.matching(|item| {
            if !self.is_in(item, scope) {
                return false;
            }
            let address = item.address();
            match (kind, &name) {
                (Some(kind), Some(name)) => address.kind == *kind && is_called(item, &address, name),
                (Some(kind), None) => address.kind == *kind || address.word() == kind,
                (None, Some(name)) => is_called(item, &address, name),
                (None, None) => false,
            }
        });
        let of: Vec<&Text> = target.of.iter().map(|name| &name.text).collect();
        let found = prefer(found, |item| of.is_empty() || self.items.get(*item).is_some_and(|item| people(item) == of));
        self.one(operation, word.word(), found).map(|item| self.whole(item))
    }

    /// The page or notice after `in`.
    fn scope(&self, operation: &Operation) -> Result<Option<usize>, Box<Diagnostic>> {
        let Some(wanted) = &operation.scope else { return Ok(None) };
        let holds = |item: &Item<'_>| match item.what {
            What::Statement(statement) => match &statement.kind {
                StatementKind::Page { name, .. } | StatementKind::Notice { name, .. } => name.text == wanted.text,
                _ => false,
            },
            What::Step(_) => false,
        };
        match self.matching(holds).first() {
            Some(found) => Ok(Some(*found)),
            None => Err(self.nothing(wanted.span, &wanted.text, &self.words())),
        }
    }

    fn is_in(&self, item: &Item<'_>, scope: Option<usize>) -> bool {
        scope.is_none() || item.within == scope
    }

    fn matching(&self, fits: impl Fn(&Item<'_>) -> bool) -> Vec<usize> {
        self.items.iter().enumerate().filter(|(_, item)| fits(item)).map(|(at, _)| at).collect()
    }

    /// The statements that a new one would take the place of.
    fn statements_like(&self, wanted: &Statement, scope: Option<usize>) -> Vec<usize> {
        let address = address::of_statement(wanted);
        let wanted_item = Item { what: What::Statement(wanted), within: None };
        let found = self.matching(|item| {
            let What::Statement(_) = item.what else { return false };
            let other = item.address();
            let same_name = match &address.name {
                Some(name) => {
                    other.name.as_ref() == Some(name) || parts(&wanted_item).iter().any(|part| parts(item).contains(part))
                }
                None => other.name.is_none(),
            };
            self.is_in(item, scope) && other.kind == address.kind && same_name
        });
        let found = prefer(found, |item| self.items.get(*item).is_some_and(|item| people(item) == people(&wanted_item)));
        prefer(found, |item| {
            self.items.get(*item).is_some_and(|item| attributes(item).iter().any(|name| attributes(&wanted_item).contains(name)))
        })
    }

    fn steps_like(&self, wanted: &Step) -> Vec<usize> {
        let address = address::of_step(wanted);
        let found = self.matching(|item| matches!(item.what, What::Step(_)) && item.address().word() == address.word());
        prefer(found, |item| self.items.get(*item).is_some_and(|item| item.address().kind == address.kind))
    }

    /// Of several anchors, those among which the addition is at home: a field on a page, a text in a notice.
    fn nearest_in_kind(&self, anchors: Vec<usize>, operation: &Operation) -> Vec<usize> {
        let inside = match &operation.payload {
            Payload::Statement(statement) => lives_inside(statement) || matches!(statement.kind, StatementKind::Field(_)),
            _ => return anchors,
        };
        prefer(anchors, |item| self.items.get(*item).is_some_and(|item| item.within.is_some() == inside))
    }

    fn one(&self, operation: &Operation, word: &str, found: Vec<usize>) -> Result<usize, Box<Diagnostic>> {
        match found.as_slice() {
            [] => Err(self.nothing(operation.span, word, &self.words())),
            [only] => Ok(*only),
            several => Err(self.several(operation.span, word, several)),
        }
    }

    fn whole(&self, item: usize) -> Place {
        let span = self.items.get(item).map_or(self.tree.name.span, Item::span);
        Place { target: Target::Item(span), item: Some(item), applied: span }
    }

    /// The clause by which a frame demands something of this name that it does not say itself.
    fn demanded(&self, word: &Text) -> Option<Span> {
        let clauses = self.items.iter().filter_map(|item| match item.what {
            What::Statement(statement) => match &statement.kind {
                StatementKind::Opening { must: true, what, .. } => Some((what, statement.span)),
                _ => None,
            },
            What::Step(_) => None,
        });
        let mut clauses = clauses.filter(|_| self.tree.frame);
        clauses.find(|(what, _)| what.iter().any(|name| name.text == *word)).map(|(_, span)| span)
    }

    fn words(&self) -> Vec<Text> {
        self.items.iter().map(|item| item.address().word().clone()).collect()
    }

    /// "The base has nothing of this name."
    fn nothing(&self, span: Span, name: &str, known: &[Text]) -> Box<Diagnostic> {
        let of = &self.tree.name.text;
        let mut diagnostic = Diagnostic::new(
            &VARIANT_MATCHES_NOTHING,
            span,
            both!("Im Verfahren „{of}“ gibt es „{name}“ nicht.", "The procedure “{of}” has no “{name}”."),
        )
        .label(self.tree.name.span, both!("das Grundverfahren", "the base"));
        let struck = self.before.iter().find(|change| change.verb == Verb::Remove && change.target.ends_with(name));
        if let Some(struck) = struck {
            diagnostic = diagnostic.label(struck.written, both!("hier schon gestrichen", "struck already here"));
        }
        let help = match suggest::nearest(name, known.iter().map(AsRef::as_ref)) {
            Some(near) => both!("Gemeint ist vielleicht „{near}“.", "Perhaps “{near}” is meant."),
            None => both!(
                "Nennen Sie eine Angabe des Grundverfahrens, oder ergänzen Sie eine neue mit „ergänze“.",
                "Name a statement of the base, or add a new one with “ergänze”."
            ),
        };
        Box::new(diagnostic.help(help))
    }

    /// "The base has several of this name."
    fn several(&self, span: Span, name: &str, found: &[usize]) -> Box<Diagnostic> {
        let of = &self.tree.name.text;
        let mut diagnostic = Diagnostic::new(
            &VARIANT_MATCHES_SEVERAL,
            span,
            both!(
                "Im Verfahren „{of}“ kann „{name}“ Verschiedenes sein.",
                "In the procedure “{of}”, “{name}” may be different things."
            ),
        );
        for item in found.iter().filter_map(|item| self.items.get(*item)) {
            diagnostic = diagnostic.label(item.span(), both!("dies", "this"));
        }
        Box::new(diagnostic.help(both!(
            "Nennen Sie die Art dazu („streiche feld …“), die Seite oder den Bescheid („in …“) oder die Person („von …“), oder geben \
             Sie der Stelle im Grundverfahren einen Namen („text anrede \"…\"“).",
            "Add the kind (“streiche feld …”), the page or notice (“in …”), or the person (“von …”), or give the place in the base a \
             name (“text anrede \"…\"”)."
        )))
    }
}

/// The place of what an operation brings along.
pub(super) fn span_of(payload: &Payload) -> Span {
    match payload {
        Payload::Statement(statement) => statement.span,
        Payload::Step(step) => step.span,
        Payload::Parameter(parameter) => parameter.name.span,
        Payload::Target(target) => target.name.first().or(target.kind.as_ref()).map_or(Span::DETACHED, |name| name.span),
    }
}

/// Whether a statement can stand only on a page or in a notice.
fn lives_inside(statement: &Statement) -> bool {
    matches!(
        statement.kind,
        StatementKind::Hint { .. }
            | StatementKind::Attributes { .. }
            | StatementKind::NoticeText { .. }
            | StatementKind::SetOff(_)
            | StatementKind::Reasons
            | StatementKind::Clause { .. }
    )
}

/// Those that fit best, if any do.
fn prefer(found: Vec<usize>, better: impl Fn(&usize) -> bool) -> Vec<usize> {
    if found.len() < 2 || !found.iter().any(&better) { found } else { found.into_iter().filter(better).collect() }
}

/// Whether an item is called so: by its name, or by one of the things it lists.
fn is_called(item: &Item<'_>, address: &address::Address, name: &Text) -> bool {
    address.word() == name || parts(item).contains(name)
}

/// The single things that a statement lists: kinds of evidence, investigated attributes.
pub(super) fn parts(item: &Item<'_>) -> Vec<Text> {
    let What::Statement(statement) = item.what else { return Vec::new() };
    match &statement.kind {
        StatementKind::Need { alternatives, .. } => alternatives.iter().flatten().map(|name| name.text.clone()).collect(),
        StatementKind::Investigate { attributes, of } => {
            let of = of.as_ref().map(|of| format!("{}.", of.text)).unwrap_or_default();
            attributes.iter().map(|name| format!("{of}{}", name.text).into()).collect()
        }
        _ => Vec::new(),
    }
}

/// The people that a statement is about.
fn people<'t>(item: &Item<'t>) -> Vec<&'t Text> {
    match item.what {
        What::Statement(Statement { kind: StatementKind::Need { of, each, .. }, .. }) => {
            of.iter().chain(each).map(|name| &name.text).collect()
        }
        _ => Vec::new(),
    }
}

fn attributes<'t>(item: &Item<'t>) -> Vec<&'t Text> {
    match item.what {
        What::Statement(Statement { kind: StatementKind::Attributes { attributes, .. }, .. }) => {
            attributes.iter().map(|name| &name.text).collect()
        }
        _ => Vec::new(),
    }
}

/// Where a line on a page names this attribute of a participant.
fn attribute_in(item: &Item<'_>, participant: &ast::Name, attribute: &ast::Name) -> Option<Span> {
    match item.what {
        What::Statement(Statement { kind: StatementKind::Attributes { participant: of, attributes, .. }, .. })
            if of.text == participant.text =>
        {
            attributes.iter().find(|name| name.text == attribute.text).map(|name| name.span)
        }
        _ => None,
    }
}

/// A change of what does not exist.
pub static VARIANT_MATCHES_NOTHING: Code = Code {
    slug: "variant-matches-nothing",
    severity: Severity::Error,
    title_de: "Variante trifft nichts",
    title_en: "Variant matches nothing",
    norm: None,
    explain_de: "Eine Variante ändert etwas, das es im Grundverfahren nicht gibt, etwa weil es dort umbenannt wurde. Sie würde \
        sonst still wirkungslos.",
    explain_en: "A variant changes something that the base does not have, for instance because it was renamed there. It would silently \
        do nothing otherwise.",
    example: "modul beispiel\n\ngesetz BY.BeispielG \"Bayerisches Beispielgesetz\" ebene BY\n\nverfahren Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n}\n\nvariante Antrag für Bayern {\n  streiche termin nach Art. 1 BY.BeispielG\n}\n",
};

/// A change that may mean different things.
pub static VARIANT_MATCHES_SEVERAL: Code = Code {
    slug: "variant-matches-several",
    severity: Severity::Error,
    title_de: "Variante trifft mehreres",
    title_en: "Variant matches several things",
    norm: None,
    explain_de: "Was die Variante nennt, gibt es im Grundverfahren mehrmals. Der Übersetzer rät nicht, was gemeint ist. Nennen Sie die Art \
        dazu, die Seite oder den Bescheid mit „in“, oder geben Sie der Stelle im Grundverfahren einen Namen („hinweis kosten \"…\"“).",
    explain_en: "What the variant names stands in the base several times. The compiler does not guess which is meant. Add the kind, the \
        page or notice with “in”, or give the place a name in the base (“hinweis kosten \"…\"”).",
    example: "modul beispiel\n\ngesetz BY.BeispielG \"Bayerisches Beispielgesetz\" ebene BY\n\nverfahren Antrag \"Antrag stellen\" {\n  \
        leistung 99000000000000\n  bescheid Ja \"Ja\" nach § 41 VwVfG {\n    text \"Ja.\"\n    text \"Bald.\"\n  }\n}\n\n\
        variante Antrag für Bayern {\n  setze in Ja text \"Sofort.\" nach Art. 1 BY.BeispielG\n}\n",
};
