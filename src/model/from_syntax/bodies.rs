//! One procedure: first the names of all its parts, then the conditions under which data exist, then everything that uses them.

use std::collections::BTreeMap;

use crate::both;
use crate::diagnostic::Diagnostics;
use crate::model::expression::{BinaryOperator, Expression, ExpressionKind};
use crate::model::ids::{
    DatumId, DeadlineId, DecisionId, GroupId, NoticeId, PageId, ParameterId, ParticipantId, PreconditionId, RuleId,
};
use crate::model::norm::Norm;
use crate::model::person::Constraints;
use crate::model::procedure::{Datum, Participant, Procedure, Repeat, Role};
use crate::model::text::{Label, Template, TemplatePart};
use crate::model::{Library, Type};
use crate::source::{FileId, Span, Text};
use crate::syntax::ast;

use super::WrittenCase;
use super::expressions::Missing;
use super::marks;
use super::names::{Entity, Kind, Names, duplicate, unknown};
use super::norms::norms;
use super::several::AtHand;
use super::tables::Exceptions;
use super::texts::Texts;

/// What a name stands for within one procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Local {
    Participant(ParticipantId),
    Datum(DatumId),
    Rule(RuleId),
    Decision(DecisionId, u32),
    Precondition(PreconditionId),
    Deadline(DeadlineId),
    Notice(NoticeId),
    Page(PageId),
    /// A task, a declaration: an address, but no value.
    Address,
}

/// A procedure while it is built.
pub(super) struct Body<'a> {
    pub(super) names: &'a Names,
    pub(super) texts: &'a Texts,
    pub(super) library: &'a Library,
    pub(super) file: FileId,
    /// The parameters of which the Land has values of its own.
    parameters: Option<&'a BTreeMap<Text, ParameterId>>,
    pub(super) locals: BTreeMap<Text, Local>,
    places: BTreeMap<Text, Span>,
    data_of: BTreeMap<(ParticipantId, u32), DatumId>,
    pub(super) at_hand: AtHand,
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
    pub(super) parameters: Option<&'a BTreeMap<Text, ParameterId>>,
}

/// Lowers one procedure; `tables` are those of which a Land says some cases itself, the widest level first.
pub(super) fn lower(
    source: Source<'_>,
    tables: &[ast::Statement],
    (names, texts, library): (&Names, &Texts, &Library),
    out: &mut Diagnostics,
) -> (Procedure, Vec<Exceptions>) {
    let tree = source.tree;
    let procedure = Procedure {
        name: tree.name.text.clone(),
        title: texts.label(&tree.name.text, "titel", tree.title.as_ref()),
        module: source.module.clone(),
        frame: tree.frame,
        norms: norms(tree.clauses.norms.as_ref(), names, out),
        unverified: marks::of_procedure(tree, source.span, out),
        span: source.span,
        ..Procedure::default()
    };
    let mut body = Body {
        names,
        texts,
        library,
        file: source.file,
        parameters: source.parameters,
        locals: BTreeMap::new(),
        places: BTreeMap::new(),
        data_of: BTreeMap::new(),
        at_hand: AtHand::default(),
        procedure,
        out,
    };
    body.participants(tree);
    body.names(tree);
    body.conditions(tree);
    body.deadlines(tree);
    body.untyped_rules(tree);
    body.statements(tree);
    body.openings(tree);
    body.cases(source.cases);
    let exceptions = tables.iter().filter_map(|table| body.exceptions(table)).collect();
    body.procedure.data.shrink_to_fit();
    (body.procedure, exceptions)
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
        if let Some(own) = self.parameters.and_then(|parameters| parameters.get(&name.text)) {
            return Some(Entity::Parameter(*own));
        }
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
            repeat: None,
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
            example: field.example.as_deref().map(ast::Template::plain),
            typ: if field.repeat.is_some() { Type::List(Box::new(typ)) } else { typ },
            constraints,
            optional: field.optional,
            condition: None,
            norms: self.norms(statement.clauses.norms.as_ref()),
            collected_under: self.norms(statement.clauses.collected_under.as_deref()),
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
