//! One procedure: first the names of all its parts, then the conditions under which data exist, then everything that uses them.

use std::collections::BTreeMap;

use crate::both;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::model::expression::{BinaryOperator, Expression, ExpressionKind};
use crate::model::ids::{DatumId, DecisionId, GroupId, NoticeId, PageId, ParticipantId, PreconditionId, RuleId};
use crate::model::norm::Norm;
use crate::model::person::Constraints;
use crate::model::procedure::{Change, Datum, Participant, Procedure, Repeat, Role};
use crate::model::text::{Label, Template, TemplatePart};
use crate::model::{Library, Type};
use crate::source::{FileId, Span, Text};
use crate::syntax::ast;

use super::WrittenCase;
use super::expressions::Missing;
use super::literals::TYPE_MISMATCH;
use super::marks;
use super::names::{Entity, Kind, Names, duplicate, unknown};
use super::narrowing::Facts;
use super::norms::norms;
use super::texts::Texts;

/// What a name stands for within one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Local {
    Participant(ParticipantId),
    Datum(DatumId),
    Rule(RuleId),
    Decision(DecisionId, u32),
    Precondition(PreconditionId),
    Notice(NoticeId),
    Page(PageId),
    /// A task, declaration, deadline: an address, but no value.
    Address,
}

/// A procedure while it is built.
pub(super) struct Body<'a> {
    pub(super) names: &'a Names,
    pub(super) texts: &'a Texts,
    pub(super) library: &'a Library,
    pub(super) file: FileId,
    pub(super) locals: BTreeMap<Text, Local>,
    places: BTreeMap<Text, Span>,
    data_of: BTreeMap<(ParticipantId, u32), DatumId>,
    pub(super) procedure: Procedure,
    pub(super) out: &'a mut Diagnostics,
}

/// What a procedure is lowered from: its tree (as a Land may have changed it) and its cases.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) tree: &'a ast::Procedure,
    pub(super) file: FileId,
    pub(super) module: &'a Text,
    pub(super) span: Span,
    pub(super) cases: &'a [WrittenCase<'a>],
}

/// Lowers one procedure.
pub(super) fn lower(
    source: Source<'_>,
    changes: Vec<Change>,
    (names, texts, library): (&Names, &Texts, &Library),
    out: &mut Diagnostics,
) -> Procedure {
    let tree = source.tree;
    let procedure = Procedure {
        name: tree.name.text.clone(),
        title: texts.label(&tree.name.text, "titel", tree.title.as_ref()),
        module: source.module.clone(),
        frame: tree.frame,
        norms: norms(tree.clauses.norms.as_ref(), names, out),
        unverified: marks::of_procedure(tree, source.span, out),
        changes,
        span: source.span,
        ..Procedure::default()
    };
    let mut body = Body {
        names,
        texts,
        library,
        file: source.file,
        locals: BTreeMap::new(),
        places: BTreeMap::new(),
        data_of: BTreeMap::new(),
        procedure,
        out,
    };
    body.participants(tree);
    body.names(tree);
    body.conditions(tree);
    body.untyped_rules(tree);
    body.statements(tree);
    body.cases(source.cases);
    body.procedure.data.shrink_to_fit();
    body.procedure
}

impl<'a> Body<'a> {
    /// Gives a name to a part; a second one of the same name is reported.
    pub(super) fn name(&mut self, name: &ast::Name, local: Local) {
        if let Some(first) = self.places.get(&name.text) {
            self.out.push(duplicate(&name.text, name.span, *first));
            return;
        }
        self.places.insert(name.text.clone(), name.span);
        self.locals.insert(name.text.clone(), local);
    }

    /// What a name means outside of the procedure: where it was written, or in the base's own file.
    pub(super) fn entity(&self, name: &ast::Name) -> Option<Entity> {
        self.names.find(name.span.file, &name.text).or_else(|| self.names.find(self.file, &name.text))
    }

    /// An entity of a kind by name, reported where there is none.
    pub(super) fn resolve<T>(&mut self, name: &ast::Name, kind: Kind, pick: impl Fn(Entity) -> Option<T>) -> Option<T> {
        match self.entity(name).and_then(&pick) {
            Some(found) => Some(found),
            None => self.names.resolve(name, &kind, pick, self.out),
        }
    }

    pub(super) fn norms(&mut self, citation: Option<&ast::Citation>) -> Vec<Norm> {
        norms(citation, self.names, self.out)
    }

    pub(super) fn label(&mut self, address: &str, template: Option<&ast::Template>) -> Label {
        if let Some(template) = template {
            super::texts::without_holes(template, self.out);
        }
        self.texts.label(&self.procedure.name, address, template)
    }

    pub(super) fn template(&mut self, template: &ast::Template) -> Template {
        let parts = template.parts.iter().map(|part| match part {
            ast::TemplatePart::Words(words) => TemplatePart::Words(words.clone()),
            ast::TemplatePart::Hole(hole) => TemplatePart::Value(self.expression(hole, &Type::Unknown, Missing::Allowed)),
        });
        Template { parts: parts.collect() }
    }

    fn participants(&mut self, tree: &ast::Procedure) {
        for statement in &tree.statements {
            let ast::StatementKind::Participant(written) = &statement.kind else { continue };
            let kind = Kind { de: "Die Gruppe", en: "The group" };
            let groups: Vec<GroupId> = written
                .groups
                .iter()
                .filter_map(|name| {
                    self.resolve(name, kind, |entity| match entity {
                        Entity::Group(id) => Some(id),
                        _ => None,
                    })
                })
                .collect();
            let label = self.label(&written.name.text, written.label.as_ref());
            let id = self.procedure.participants.add(Participant {
                name: written.name.text.clone(),
                label,
                groups,
                role: Role::Other,
                repeat: written.repeat.map(repeat),
                condition: None,
                span: statement.span,
            });
            self.name(&written.name, Local::Participant(id));
        }
        for statement in &tree.statements {
            let ast::StatementKind::Participant(written) = &statement.kind else { continue };
            let role = match &written.role {
                None => Role::Other,
                Some(ast::Role::Applicant(_)) => Role::Applicant,
                Some(ast::Role::Notifier(_)) => Role::Notifier,
                Some(ast::Role::CoApplicant(_)) => Role::CoApplicant,
                Some(ast::Role::Proxy(_)) => Role::Proxy,
                Some(ast::Role::Consenting(_)) => Role::Consenting,
                Some(ast::Role::RepresentedBy(by)) => match self.participant(by) {
                    Some(by) => Role::RepresentedBy(by),
                    None => Role::Other,
                },
            };
            if let Some(Local::Participant(id)) = self.locals.get(&written.name.text).copied()
                && let Some(participant) = self.procedure.participants.get_mut(id)
            {
                participant.role = role;
            }
        }
    }

    /// A participant by name, reported where there is none.
    pub(super) fn participant(&mut self, name: &ast::Name) -> Option<ParticipantId> {
        if let Some(Local::Participant(id)) = self.locals.get(&name.text) {
            return Some(*id);
        }
        let known = self.procedure.participants.values().map(|participant| participant.name.as_ref());
        self.out.push(unknown(name, known, &both!("unter den Beteiligten", "among the participants")));
        None
    }

    /// The datum of an attribute, made where it was not yet spoken of; reported where there is no such attribute.
    pub(super) fn attribute(&mut self, of: ParticipantId, name: &ast::Name) -> Option<DatumId> {
        if let Some(known) = self.attribute_named(of, &name.text, name.span) {
            return Some(known);
        }
        let participant = self.procedure.participants.get(of)?;
        if !participant.groups.is_empty() {
            let of = if participant.label.de.is_empty() { &participant.name } else { &participant.label.de };
            let known = participant.attributes(self.library).map(|(_, _, attribute)| attribute.name.as_ref());
            let diagnostic = unknown(name, known, &both!("als Angabe über „{of}“", "as an attribute of “{of}”"));
            self.out.push(diagnostic);
        }
        None
    }

    /// The same without a report.
    pub(super) fn attribute_named(&mut self, of: ParticipantId, name: &Text, span: Span) -> Option<DatumId> {
        let participant = self.procedure.participants.get(of)?;
        let (number, _, attribute) = participant.attributes(self.library).find(|(_, _, attribute)| attribute.name == *name)?;
        if let Some(known) = self.data_of.get(&(of, number)) {
            return Some(*known);
        }
        let datum = Datum {
            name: format!("{}.{name}", participant.name).into(),
            of: Some((of, number)),
            label: attribute.label.clone(),
            hint: attribute.hint.clone(),
            example: attribute.example.clone(),
            typ: attribute.typ.clone(),
            constraints: attribute.constraints.clone(),
            optional: attribute.optional,
            condition: participant.condition.clone(),
            norms: Vec::new(),
            collected_under: Vec::new(),
            repeat: participant.repeat,
            secret: false,
            page: None,
            span,
        };
        let id = self.procedure.data.add(datum);
        self.data_of.insert((of, number), id);
        Some(id)
    }

    /// Gives a name to everything that the procedure declares.
    fn names(&mut self, tree: &ast::Procedure) {
        for statement in &tree.statements {
            self.name_statement(statement);
        }
    }

    /// What a name means as a part of an expression.
    pub(super) fn local(&mut self, local: Local, reference: &ast::Reference, facts: &Facts) -> Expression {
        let span = reference.span;
        let Some((first, rest)) = reference.segments.split_first() else { return Expression::error(span) };
        if let Some(index) = reference.segments.iter().find_map(|segment| segment.index.as_ref()) {
            let what = both!("Der Zugriff auf eine von mehreren Angaben", "Access to one of several values");
            self.out.push(super::not_yet(index.span, &what));
            return Expression::error(span);
        }
        match local {
            Local::Datum(id) => self.datum(id, rest, facts, span),
            Local::Participant(id) => self.person(id, rest, facts, span),
            Local::Rule(id) => {
                let typ = self.procedure.rules.get(id).map_or(Type::Unknown, |rule| rule.typ.clone());
                let value = Expression { kind: ExpressionKind::Rule(id), typ, maybe_missing: false, span };
                self.components(value, rest)
            }
            Local::Decision(id, output) => {
                let decision = self.procedure.decisions.get(id);
                let output_of = |name: &str| {
                    let outputs = &decision?.outputs;
                    outputs.iter().position(|output| output.name.as_ref() == name)
                };
                let (output, rest) = match rest.split_first() {
                    Some((column, rest)) => match output_of(&column.name.text) {
                        Some(index) => (u32::try_from(index).unwrap_or(u32::MAX), rest),
                        None => {
                            let known = decision.into_iter().flat_map(|decision| decision.outputs.iter());
                            let known: Vec<&str> = known.map(|output| output.name.as_ref()).collect();
                            let diagnostic =
                                unknown(&column.name, known, &both!("als Ergebnis der Tabelle", "as a result of the table"));
                            self.out.push(diagnostic);
                            return Expression::error(span);
                        }
                    },
                    None => (output, rest),
                };
                let typ = decision
                    .and_then(|decision| decision.outputs.get(output as usize))
                    .map_or(Type::Unknown, |output| output.typ.clone());
                let value = Expression { kind: ExpressionKind::Decision(id, output), typ, maybe_missing: false, span };
                self.components(value, rest)
            }
            Local::Precondition(id) => {
                let kind = ExpressionKind::Precondition(id);
                self.components(Expression { kind, typ: Type::Truth, maybe_missing: false, span }, rest)
            }
            Local::Notice(_) | Local::Page(_) | Local::Address => {
                let name = &first.name.text;
                self.out.push(Diagnostic::new(
                    &TYPE_MISMATCH,
                    span,
                    both!("„{name}“ hat keinen Wert, mit dem man rechnen kann.", "“{name}” has no value to compute with."),
                ));
                Expression::error(span)
            }
        }
    }

    fn datum(&mut self, id: DatumId, rest: &[ast::Segment], facts: &Facts, span: Span) -> Expression {
        let Some(datum) = self.procedure.data.get(id) else { return Expression::error(span) };
        let maybe_missing = !facts.present(id, datum);
        let value = Expression { kind: ExpressionKind::Datum(id), typ: datum.typ.clone(), maybe_missing, span };
        self.components(value, rest)
    }

    fn person(&mut self, id: ParticipantId, rest: &[ast::Segment], facts: &Facts, span: Span) -> Expression {
        let Some(participant) = self.procedure.participants.get(id) else { return Expression::error(span) };
        let (several, name) = (participant.repeat.is_some(), participant.name.clone());
        let group = participant.groups.first().map_or(Type::Unknown, |group| Type::Group(*group));
        match rest.split_first() {
            Some((attribute, rest)) => {
                let Some(datum) = self.attribute(id, &attribute.name) else { return Expression::error(span) };
                if !several {
                    return self.datum(datum, rest, facts, span);
                }
                let data = self.procedure.data.get(datum);
                let typ = data.map_or(Type::Unknown, |datum| datum.typ.clone());
                let index = data.and_then(|datum| datum.of).map(|(_, index)| index);
                Expression { kind: ExpressionKind::Each(id, index), typ: Type::List(Box::new(typ)), maybe_missing: false, span }
            }
            None if several => {
                let kind = ExpressionKind::Each(id, None);
                Expression { kind, typ: Type::List(Box::new(group)), maybe_missing: false, span }
            }
            None => {
                self.out.push(
                    Diagnostic::new(
                        &TYPE_MISMATCH,
                        span,
                        both!("„{name}“ ist eine Person und kein Wert.", "“{name}” is a person and no value."),
                    )
                    .help(both!("Nennen Sie die Angabe: {name}.geburtsdatum", "Name the attribute: {name}.geburtsdatum")),
                );
                Expression::error(span)
            }
        }
    }

    /// `anschrift.plz`: the parts of a compound value.
    fn components(&mut self, mut value: Expression, rest: &[ast::Segment]) -> Expression {
        for segment in rest {
            let group = match value.typ.base(self.library) {
                Type::Group(id) => self.library.groups.get(*id),
                Type::Unknown => return Expression::error(value.span),
                _ => None,
            };
            let Some(group) = group else {
                self.out.push(unknown(&segment.name, [], &both!("an diesem Wert", "on this value")));
                return Expression::error(value.span);
            };
            let Some((index, attribute)) = group.attribute(&segment.name.text) else {
                let known = group.attributes.iter().map(|attribute| attribute.name.as_ref());
                let of = &group.name;
                self.out.push(unknown(&segment.name, known, &both!("als Teil von {of}", "as a part of {of}")));
                return Expression::error(value.span);
            };
            let (span, maybe_missing) = (value.span, value.maybe_missing || attribute.optional);
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let kind = ExpressionKind::Component(Box::new(value), index);
            value = Expression { kind, typ: attribute.typ.clone(), maybe_missing, span };
        }
        value
    }

    /// A datum by a reference such as `kind.anschrift` or `zahlt`; its index of several and its component path.
    pub(super) fn datum_at(&mut self, reference: &ast::Reference, make: bool) -> Option<(DatumId, Vec<u32>, Option<u32>, Type)> {
        let (first, mut rest) = reference.segments.split_first()?;
        let mut index = first.index.as_deref().and_then(position);
        let id = match self.locals.get(&first.name.text).copied() {
            Some(Local::Datum(id)) => id,
            Some(Local::Participant(participant)) => {
                let (attribute, after) = rest.split_first()?;
                rest = after;
                index = index.or_else(|| attribute.index.as_deref().and_then(position));
                let before = self.procedure.data.len();
                let id = self.attribute(participant, &attribute.name)?;
                if !make && self.procedure.data.len() > before {
                    let name = self.procedure.data.get(id).map_or_else(|| "".into(), |datum| datum.name.clone());
                    self.out.push(Diagnostic::new(
                        &super::names::UNKNOWN_NAME,
                        reference.span,
                        both!("Die Angabe „{name}“ braucht dieses Verfahren nicht.", "This procedure does not need “{name}”."),
                    ));
                }
                id
            }
            _ => {
                let known: Vec<&str> = self.locals.keys().map(AsRef::as_ref).collect();
                let diagnostic = unknown(&first.name, known, &both!("als Angabe", "as a datum"));
                self.out.push(diagnostic);
                return None;
            }
        };
        let mut typ = self.procedure.data.get(id)?.typ.clone();
        let mut path = Vec::new();
        for segment in rest {
            let Type::Group(group) = typ.base(self.library) else { return None };
            let group = self.library.groups.get(*group)?;
            let Some((at, attribute)) = group.attribute(&segment.name.text) else {
                let known = group.attributes.iter().map(|attribute| attribute.name.as_ref());
                let of = &group.name;
                self.out.push(unknown(&segment.name, known, &both!("als Teil von {of}", "as a part of {of}")));
                return None;
            };
            path.push(u32::try_from(at).ok()?);
            typ = attribute.typ.clone();
        }
        Some((id, path, index, typ))
    }

    /// Adds a field of the procedure's own.
    pub(super) fn field(&mut self, statement: &ast::Statement, field: &ast::Field, page: Option<PageId>) -> DatumId {
        let (typ, mut constraints): (Type, Constraints) = super::types::type_use(&field.typ, self.names, self.library, self.out);
        super::types::constrain(&field.constraints, &typ, self.library, &mut constraints, self.out);
        let name = &field.name.text;
        let hint = field.help.as_ref().map(|help| self.label(&format!("{name}.hilfe"), Some(help)));
        let datum = Datum {
            name: name.clone(),
            of: None,
            label: self.label(name, field.label.as_ref()),
            hint,
            example: field.example.as_ref().map(ast::Template::plain),
            typ: if field.repeat.is_some() { Type::List(Box::new(typ)) } else { typ },
            constraints,
            optional: field.optional,
            condition: None,
            norms: self.norms(statement.clauses.norms.as_ref()),
            collected_under: self.norms(statement.clauses.collected_under.as_ref()),
            repeat: field.repeat.map(repeat),
            secret: field.secret,
            page,
            span: statement.span,
        };
        let id = self.procedure.data.add(datum);
        self.name(&field.name, Local::Datum(id));
        id
    }
}

/// The number in brackets, where it is one.
fn position(index: &ast::Expression) -> Option<u32> {
    match &index.kind {
        ast::ExpressionKind::Literal(ast::Literal::Integer(at)) => u32::try_from(*at).ok(),
        _ => None,
    }
}

/// How often something repeats.
pub(super) fn repeat(written: ast::Repeat) -> Repeat {
    Repeat { minimum: written.minimum.unwrap_or(0), maximum: written.maximum }
}

/// Both conditions at once.
pub(super) fn both_conditions(first: Option<Expression>, second: Option<Expression>) -> Option<Expression> {
    match (first, second) {
        (Some(first), Some(second)) => {
            let (span, maybe_missing) = (second.span, first.maybe_missing || second.maybe_missing);
            let kind = ExpressionKind::Binary(BinaryOperator::And, Box::new(first), Box::new(second));
            Some(Expression { kind, typ: Type::Truth, maybe_missing, span })
        }
        (first, second) => first.or(second),
    }
}
