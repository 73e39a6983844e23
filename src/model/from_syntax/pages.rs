//! First and second pass over a procedure: the names of its parts, its pages, and when participants and data exist at all.

use crate::both;
use crate::model::Type;
use crate::model::expression::Expression;
use crate::model::ids::{DatumId, PageId, ParticipantId};
use crate::model::procedure::{Declaration, Notice, Page, PageEntry, Precondition, Rule};
use crate::source::Span;
use crate::syntax::ast::{self, StatementKind};

use super::bodies::{Body, Local, both_conditions};
use super::expressions::Missing;

impl Body<'_> {
    /// First pass: the names, and the data in the order of the pages.
    pub(super) fn name_statement(&mut self, statement: &ast::Statement) {
        let span = statement.span;
        match &statement.kind {
            StatementKind::Page { name, title, statements } => {
                let page = Page {
                    name: name.text.clone(),
                    title: self.label(&name.text, title.as_ref()),
                    condition: None,
                    entries: Vec::new(),
                    span,
                };
                let id = self.procedure.pages.add(page);
                self.name(name, Local::Page(id));
                for inner in statements {
                    self.name_on_page(inner, id);
                }
            }
            StatementKind::Field(field) => {
                self.field(statement, field, None);
            }
            StatementKind::Declaration { name, .. } | StatementKind::Attachment { name, .. } => self.name(name, Local::Address),
            StatementKind::Deadline { name, .. } => self.name_deadline(name, statement),
            StatementKind::Rule { name, typ, .. } => {
                let typ = typ.as_ref().map_or(Type::Unknown, |typ| self.type_of(typ));
                self.rule(name, typ, span);
            }
            StatementKind::Decision { name, typ, table } => {
                let typ = typ.as_ref().map_or(Type::Unknown, |typ| self.type_of(typ));
                self.name_decision(name, typ, table, span);
            }
            StatementKind::Fee { name, table, .. } => match table {
                Some(table) => self.name_decision(name, Type::Amount, table, span),
                None => self.rule(name, Type::Amount, span),
            },
            StatementKind::Precondition { name, otherwise, .. } => {
                let otherwise = self.label(&name.text, otherwise.as_ref());
                let id = self.procedure.preconditions.add(Precondition {
                    name: name.text.clone(),
                    condition: Expression::error(span),
                    otherwise,
                    abort: Vec::new(),
                    norms: Vec::new(),
                    span,
                });
                self.name(name, Local::Precondition(id));
            }
            StatementKind::Notice { name, title, statements } => {
                let notice = Notice {
                    name: name.text.clone(),
                    title: self.label(&name.text, title.as_ref()),
                    norms: Vec::new(),
                    texts: Vec::new(),
                    set_off: Vec::new(),
                    gives_reasons: false,
                    remedy: None,
                    clauses: Vec::new(),
                    span,
                };
                let id = self.procedure.notices.add(notice);
                self.name(name, Local::Notice(id));
                for statement in statements {
                    if let StatementKind::NoticeText { name: Some(name), .. } = &statement.kind {
                        self.name(name, Local::Address);
                    }
                }
            }
            StatementKind::Workflow(block) => self.name_steps(&block.steps),
            _ => {}
        }
    }

    fn type_of(&mut self, usage: &ast::TypeUse) -> Type {
        super::types::type_use(usage, self.names, self.library, self.out).0
    }

    fn rule(&mut self, name: &ast::Name, typ: Type, span: Span) {
        let rule = Rule { name: name.text.clone(), typ, expression: Expression::error(span), norms: Vec::new(), span };
        let id = self.procedure.rules.add(rule);
        self.name(name, Local::Rule(id));
    }

    fn name_on_page(&mut self, statement: &ast::Statement, page: PageId) {
        match &statement.kind {
            StatementKind::Field(field) => {
                self.field(statement, field, Some(page));
            }
            StatementKind::Attributes { participant, attributes, optional } => {
                let Some(of) = self.participant(participant) else { return };
                let norms = self.norms(statement.clauses.norms.as_ref());
                let collected = self.norms(statement.clauses.collected_under.as_deref());
                for name in attributes {
                    let Some(id) = self.attribute(of, name) else { continue };
                    if let Some(datum) = self.procedure.data.get_mut(id) {
                        datum.page = Some(page);
                        datum.optional |= optional;
                        datum.norms.extend(norms.iter().cloned());
                        datum.collected_under.extend(collected.iter().cloned());
                    }
                }
            }
            StatementKind::Declaration { name, .. } | StatementKind::Hint { name: Some(name), .. } => {
                self.name(name, Local::Address);
            }
            _ => {}
        }
    }

    /// Second pass: when participants, pages and data exist at all.
    pub(super) fn conditions(&mut self, tree: &ast::Procedure) {
        for statement in &tree.statements {
            match &statement.kind {
                StatementKind::Participant(written) => {
                    let Some(condition) = self.clause_condition(&statement.clauses) else { continue };
                    let Some(Local::Participant(id)) = self.locals.get(&written.name.text).copied() else { continue };
                    let of_person: Vec<DatumId> = self
                        .procedure
                        .data
                        .iter()
                        .filter(|(_, datum)| datum.of.is_some_and(|(of, _)| of == id))
                        .map(|(id, _)| id)
                        .collect();
                    for datum in of_person {
                        self.restrict(datum, Some(condition.clone()));
                    }
                    if let Some(participant) = self.procedure.participants.get_mut(id) {
                        participant.condition = Some(condition);
                    }
                }
                StatementKind::Page { name, statements, .. } => {
                    let Some(Local::Page(page)) = self.locals.get(&name.text).copied() else { continue };
                    let condition = self.clause_condition(&statement.clauses);
                    let entries = self.page_entries(&name.text, statements, condition.as_ref());
                    if let Some(page) = self.procedure.pages.get_mut(page) {
                        page.condition = condition;
                        page.entries = entries;
                    }
                }
                StatementKind::Field(field) => {
                    let condition = self.clause_condition(&statement.clauses);
                    if let Some(Local::Datum(id)) = self.locals.get(&field.name.text).copied() {
                        self.restrict(id, condition);
                    }
                }
                _ => {}
            }
        }
    }

    fn page_entries(&mut self, name: &str, statements: &[ast::Statement], page: Option<&Expression>) -> Vec<PageEntry> {
        let mut entries = Vec::new();
        let mut hints = 0;
        for statement in statements {
            let own = match self.person_of(statement) {
                Some(person) => self.of_each(person, |body| body.clause_condition(&statement.clauses)),
                None => self.clause_condition(&statement.clauses),
            };
            match &statement.kind {
                StatementKind::Field(field) => {
                    if let Some(Local::Datum(id)) = self.locals.get(&field.name.text).copied() {
                        self.restrict(id, both_conditions(page.cloned(), own));
                        entries.push(PageEntry::Datum(id));
                    }
                }
                StatementKind::Attributes { attributes, .. } => {
                    let Some(of) = self.person_of(statement) else { continue };
                    for name in attributes {
                        let known = self.procedure.participants.get(of).into_iter().flat_map(|participant| &participant.groups);
                        let exists = known
                            .filter_map(|group| self.library.groups.get(*group))
                            .any(|group| group.attribute(&name.text).is_some());
                        if !exists {
                            continue; // reported when the names were given
                        }
                        let Some(id) = self.attribute(of, name) else { continue };
                        self.restrict(id, both_conditions(page.cloned(), own.clone()));
                        entries.push(PageEntry::Datum(id));
                    }
                }
                StatementKind::Hint { name: own_name, text } => {
                    // A hint without a name has the address of its place on the page: `situation.hinweis.1`.
                    hints += 1;
                    let address = match own_name {
                        Some(own_name) => own_name.text.to_string(),
                        None => format!("{name}.hinweis.{hints}"),
                    };
                    entries.push(PageEntry::Hint(self.label(&address, Some(text)), own));
                }
                StatementKind::Declaration { .. } => {
                    entries.push(PageEntry::Declaration(self.declaration(statement, own)));
                }
                StatementKind::Error => {}
                _ => self.misplaced(statement.span),
            }
        }
        entries
    }

    /// The person whose attributes a statement asks for.
    fn person_of(&self, statement: &ast::Statement) -> Option<ParticipantId> {
        let StatementKind::Attributes { participant, .. } = &statement.kind else { return None };
        match self.locals.get(&participant.text) {
            Some(Local::Participant(id)) => Some(*id),
            _ => None,
        }
    }

    pub(super) fn misplaced(&mut self, span: Span) {
        self.out.push(super::not_yet(span, &both!("Diese Angabe an dieser Stelle", "This statement in this place")));
    }

    pub(super) fn declaration(&mut self, statement: &ast::Statement, condition: Option<Expression>) -> usize {
        let StatementKind::Declaration { name, wording } = &statement.kind else { return usize::MAX };
        let wording = self.label(&name.text, wording.as_ref());
        self.procedure.declarations.push(Declaration {
            name: name.text.clone(),
            wording,
            condition,
            norms: super::norms::norms(statement.clauses.norms.as_ref(), self.names, self.out),
            span: statement.span,
        });
        self.procedure.declarations.len() - 1
    }

    pub(super) fn clause_condition(&mut self, clauses: &ast::Clauses) -> Option<Expression> {
        clauses.condition.as_ref().map(|condition| self.condition(condition, Missing::Allowed))
    }

    pub(super) fn restrict(&mut self, id: DatumId, condition: Option<Expression>) {
        if let Some(datum) = self.procedure.data.get_mut(id) {
            datum.condition = both_conditions(datum.condition.take(), condition);
        }
    }
}
