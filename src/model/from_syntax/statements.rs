//! Third pass over a procedure: all that uses names and data.

use crate::both;
use crate::model::Type;
use crate::model::evidence::{self, Alternatives, Register};
use crate::model::expression::{Expression, ExpressionKind, Function};
use crate::model::ids::{DatumId, EvidenceId, ParticipantId};
use crate::model::person::Fee;
use crate::model::procedure::{Attachment, Channel, ChannelKind, Competence, Investigation, NeededEvidence, SetOff};
use crate::source::{Span, Text};
use crate::syntax::ast::{self, StatementKind};

use super::bodies::{Body, Local};
use super::expressions::Missing;
use super::names::{Entity, Kind, REGIMES, unknown, word};
use super::remedies::remedy;

impl Body<'_> {
    /// Between the passes: the types of rules that don't say theirs.
    pub(super) fn untyped_rules(&mut self, tree: &ast::Procedure) {
        for _ in 0..2 {
            for statement in &tree.statements {
                let StatementKind::Rule { name, typ: None, expression, .. } = &statement.kind else { continue };
                let Some(Local::Rule(id)) = self.locals.get(&name.text).copied() else { continue };
                let mut unheard = crate::diagnostic::Diagnostics::default();
                std::mem::swap(self.out, &mut unheard);
                let found = self.expression(expression, &Type::Unknown, Missing::Allowed).typ;
                std::mem::swap(self.out, &mut unheard);
                if let Some(rule) = self.procedure.rules.get_mut(id) {
                    rule.typ = found;
                }
            }
        }
    }

    /// Third pass: everything else.
    pub(super) fn statements(&mut self, tree: &ast::Procedure) {
        for statement in &tree.statements {
            self.statement(statement);
        }
    }

    fn statement(&mut self, statement: &ast::Statement) {
        let (span, clauses) = (statement.span, &statement.clauses);
        match &statement.kind {
            StatementKind::ServiceKey(key) => self.procedure.service_key = Some(key.text.clone()),
            StatementKind::Regime(name) => {
                self.procedure.regime = word(name, REGIMES, &both!("als Verfahrensrecht", "as procedural law"), self.out);
            }
            StatementKind::Version { number, from } => {
                self.procedure.version = Some((number.text.clone(), from.unwrap_or(jiff::civil::Date::MIN)));
            }
            StatementKind::Channel { kind, trust } => {
                let known = &[
                    ("online", ChannelKind::Online),
                    ("amt", ChannelKind::Office),
                    ("office", ChannelKind::Office),
                    ("papier", ChannelKind::Paper),
                    ("paper", ChannelKind::Paper),
                ];
                let trust = trust.as_ref().map(|trust| super::types::trust(trust, self.out));
                let norms = self.norms(clauses.norms.as_ref());
                if let Some(kind) = word(kind, known, &both!("als Kanal", "as a channel"), self.out) {
                    self.procedure.channels.push(Channel { kind, trust, norms, span });
                }
            }
            StatementKind::Competence { authority, place } => {
                let kind = Kind { de: "Die Stelle", en: "The authority" };
                let authority = self.resolve(authority, kind, |entity| match entity {
                    Entity::Authority(id) => Some(id),
                    _ => None,
                });
                let place = place.as_ref().and_then(|place| self.datum_at(place, true)).map(|(id, ..)| id);
                let norms = self.norms(clauses.norms.as_ref());
                self.procedure.authority = Some(Competence { authority, place, norms, span });
            }
            StatementKind::Remedy { kinds, within } => {
                self.procedure.remedy = Some(remedy(kinds, within.as_ref(), clauses, span, self.names, self.out));
            }
            StatementKind::Need { alternatives, of, each, .. } => self.need(alternatives, of, each.as_ref(), clauses, span),
            StatementKind::Attachment { name, label, formats, author } => {
                let attachment = Attachment {
                    name: name.text.clone(),
                    label: self.label(&name.text, label.as_ref()),
                    formats: formats.iter().map(|format| format.text.clone()).collect(),
                    author: author.as_ref().map(|author| author.text.clone()),
                    condition: self.clause_condition(clauses),
                    norms: self.norms(clauses.norms.as_ref()),
                    span,
                };
                self.procedure.attachments.push(attachment);
                self.out.push(super::not_yet(span, &both!("Eine Anlage des Antragstellers", "An attachment of the applicant")));
            }
            StatementKind::Investigate { attributes, of } => {
                let mut data = Vec::new();
                for name in attributes {
                    match of {
                        Some(of) => {
                            if let Some(of) = self.participant(of) {
                                data.extend(self.attribute(of, name));
                            }
                        }
                        None => data.extend(self.own_datum(name)),
                    }
                }
                let norms = self.norms(clauses.norms.as_ref());
                self.procedure.investigations.push(Investigation { data, norms, span });
            }
            StatementKind::Ask(reference) => {
                if let Some((id, ..)) = self.datum_at(reference, true) {
                    let reason = clauses.because.as_deref().map_or_else(|| "".into(), ast::Template::plain);
                    self.procedure.asked.push((id, reason));
                }
            }
            StatementKind::Declaration { .. } => {
                let condition = self.clause_condition(clauses);
                self.declaration(statement, condition);
            }
            StatementKind::Rule { name, typ, each, expression } => {
                if let Some(each) = each {
                    self.out.push(super::not_yet(each.span, &both!("Eine Regel je Zeitraum", "A rule for each period")));
                }
                let Some(Local::Rule(id)) = self.locals.get(&name.text).copied() else { return };
                let expected = match typ {
                    Some(_) => self.procedure.rules.get(id).map_or(Type::Unknown, |rule| rule.typ.clone()),
                    None => Type::Unknown,
                };
                let expression = self.expression(expression, &expected, Missing::Reported);
                let norms = self.norms(clauses.norms.as_ref());
                if let Some(rule) = self.procedure.rules.get_mut(id) {
                    rule.expression = expression;
                    rule.norms = norms;
                }
            }
            StatementKind::Decision { name, table, .. } => self.decision(name, table, clauses),
            StatementKind::Precondition { name, condition, abort, .. } => {
                let Some(Local::Precondition(id)) = self.locals.get(&name.text).copied() else { return };
                let condition = self.condition(condition, Missing::Reported);
                let norms = self.norms(clauses.norms.as_ref());
                let abort = self.norms(abort.as_ref());
                if let Some(precondition) = self.procedure.preconditions.get_mut(id) {
                    precondition.condition = condition;
                    precondition.norms = norms;
                    precondition.abort = abort;
                }
            }
            StatementKind::Fee { .. } => self.fee(statement),
            StatementKind::Workflow(block) => {
                let steps = self.steps(&block.steps);
                self.procedure.workflow.extend(steps);
            }
            StatementKind::Notice { name, statements, .. } => self.notice(name, statements, clauses),
            StatementKind::Transition => {
                self.out.push(super::not_yet(span, &both!("Ein Übergang für laufende Fälle", "A transition for pending cases")));
            }
            StatementKind::Tolerate { slug, until } => {
                let reason = clauses.because.as_deref().map_or_else(|| "".into(), ast::Template::plain);
                let until = until.unwrap_or(jiff::civil::Date::MIN);
                self.procedure.tolerated.push((slug.text.clone(), until, reason, span));
            }
            StatementKind::Participant(_)
            | StatementKind::Page { .. }
            | StatementKind::Field(_)
            | StatementKind::Opening { .. }
            | StatementKind::Deadline { .. }
            | StatementKind::Error => {}
            StatementKind::Attributes { .. }
            | StatementKind::Hint { .. }
            | StatementKind::NoticeText { .. }
            | StatementKind::SetOff(_)
            | StatementKind::Reasons
            | StatementKind::Clause { .. } => self.misplaced(span),
        }
    }

    fn need(
        &mut self,
        alternatives: &[Vec<ast::Name>],
        of: &[ast::Name],
        each: Option<&ast::Name>,
        clauses: &ast::Clauses,
        span: Span,
    ) {
        let mut ways: Vec<Vec<EvidenceId>> = Vec::with_capacity(alternatives.len());
        for way in alternatives {
            let mut kinds = Vec::with_capacity(way.len());
            for name in way {
                let kind = Kind { de: "Der Nachweis", en: "The evidence" };
                kinds.extend(self.resolve(name, kind, |entity| match entity {
                    Entity::Evidence(id) => Some(id),
                    _ => None,
                }));
            }
            ways.push(kinds);
        }
        let of: Vec<ParticipantId> = of.iter().chain(each).filter_map(|name| self.participant(name)).collect();
        self.search_data(ways.iter().flatten(), &of, span);
        let condition = self.clause_condition(clauses);
        let norms = self.norms(clauses.norms.as_ref());
        self.procedure.evidence.push(NeededEvidence { alternatives: Alternatives { ways }, of, condition, norms, span });
    }

    /// The data by which registers find what an evidence says: nobody speaks of them, but somebody may be asked for them.
    fn search_data<'e>(&mut self, kinds: impl Iterator<Item = &'e EvidenceId>, of: &[ParticipantId], span: Span) {
        let library = self.library;
        let registers = kinds.filter_map(|kind| library.evidence.get(*kind)).flat_map(|kind| &kind.registers);
        let registers = registers.filter_map(|register| library.registers.get(*register));
        let identifying = library.registers.values().filter(|register| register.identifies.is_some());
        let registers: Vec<&Register> = registers.collect();
        if registers.is_empty() {
            return;
        }
        for register in registers.into_iter().chain(identifying) {
            let searched = register.searches.iter().flat_map(|(attributes, _)| attributes);
            for attribute in searched.chain(&register.located) {
                let attribute = Text::from(evidence::whole_attribute(attribute));
                for person in of {
                    self.attribute_named(*person, &attribute, span);
                }
            }
        }
    }

    fn notice(&mut self, name: &ast::Name, statements: &[ast::Statement], clauses: &ast::Clauses) {
        let Some(Local::Notice(id)) = self.locals.get(&name.text).copied() else { return };
        let Some(mut notice) = self.procedure.notices.get(id).cloned() else { return };
        notice.norms = self.norms(clauses.norms.as_ref());
        for statement in statements {
            match &statement.kind {
                StatementKind::NoticeText { text, .. } => {
                    let text = self.template(text);
                    notice.texts.push(text);
                }
                StatementKind::SetOff(names) => {
                    for name in names {
                        notice.set_off.extend(self.set_off(name));
                    }
                }
                StatementKind::Reasons => notice.gives_reasons = true,
                StatementKind::Remedy { kinds, within } => {
                    notice.remedy =
                        Some(remedy(kinds, within.as_ref(), &statement.clauses, statement.span, self.names, self.out));
                }
                StatementKind::Clause { name, wording } => {
                    let wording = wording.as_ref().map(|wording| self.template(wording)).unwrap_or_default();
                    let norms = self.norms(statement.clauses.norms.as_ref());
                    notice.clauses.push((name.text.clone(), wording, norms));
                }
                StatementKind::Error => {}
                _ => self.misplaced(statement.span),
            }
        }
        if let Some(slot) = self.procedure.notices.get_mut(id) {
            *slot = notice;
        }
    }

    fn set_off(&mut self, name: &ast::Name) -> Option<SetOff> {
        match self.locals.get(&name.text).copied() {
            Some(Local::Datum(id)) => return Some(SetOff::Datum(id)),
            Some(Local::Rule(id)) => return Some(SetOff::Rule(id)),
            _ => {}
        }
        if let Some(Entity::Parameter(id)) = self.entity(name) {
            return Some(SetOff::Parameter(id));
        }
        let known: Vec<&str> = self.locals.keys().map(AsRef::as_ref).collect();
        let diagnostic = unknown(name, known, &both!("als Betrag", "as an amount"));
        self.out.push(diagnostic);
        None
    }

    fn fee(&mut self, statement: &ast::Statement) {
        let StatementKind::Fee { name, table, formula, minimum, maximum, before_filing, .. } = &statement.kind else { return };
        if *before_filing {
            let what = both!("Eine Gebühr, die vor der Einreichung fällig ist", "A fee that is due before filing");
            self.out.push(super::not_yet(statement.span, &what));
        }
        let norms = self.norms(statement.clauses.norms.as_ref());
        if let Some(table) = table {
            self.decision(name, table, &statement.clauses);
        }
        let mut result = None;
        if let (Some(formula), Some(Local::Rule(id))) = (formula, self.locals.get(&name.text).copied()) {
            let mut value = self.expression(formula, &Type::Amount, Missing::Reported);
            for (bound, function) in [(minimum, Function::AtLeast), (maximum, Function::AtMost)] {
                let Some(bound) = bound else { continue };
                let bound = self.expression(bound, &Type::Amount, Missing::Reported);
                let (span, maybe_missing) = (value.span, value.maybe_missing);
                let kind = ExpressionKind::Call(function, vec![value, bound]);
                value = Expression { kind, typ: Type::Amount, maybe_missing, span };
            }
            if let Some(rule) = self.procedure.rules.get_mut(id) {
                rule.expression = value.clone();
                rule.norms = norms.clone();
            }
            result = Some(value);
        }
        self.procedure.fees.push(Fee {
            name: name.text.clone(),
            formula: result,
            bounds: (None, None),
            norms,
            span: statement.span,
        });
    }

    /// A field of the procedure's own by name, reported where there is none.
    pub(super) fn own_datum(&mut self, name: &ast::Name) -> Option<DatumId> {
        if let Some(Local::Datum(id)) = self.locals.get(&name.text) {
            return Some(*id);
        }
        let known = self.procedure.data.values().map(|datum| datum.name.as_ref());
        self.out.push(unknown(name, known, &both!("unter den Angaben", "among the data")));
        None
    }
}
