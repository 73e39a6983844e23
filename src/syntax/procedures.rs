//! Procedures, pages, notices and their statements.

use super::ast::{
    Clauses, Consequence, ConsequenceKind, Expression, ExpressionKind, Field, Name, Openness, Participant, Procedure, Role,
    Statement, StatementKind, Table, Template, TypeUse, Verb, Who, Within,
};
use super::grammar::Rule;
use super::pairs::{Builder, Node, first, inner, nameless};
use crate::source::Span;

/// What statements have in common, gathered in one walk over a node's children.
#[derive(Default)]
struct Parts {
    names: Vec<Name>,
    string: Option<Template>,
    clauses: Clauses,
    typ: Option<TypeUse>,
    expression: Option<Expression>,
    table: Option<Table>,
    statements: Vec<Statement>,
}

impl Builder<'_> {
    pub(super) fn procedure(&mut self, node: Node<'_>) -> Procedure {
        let span = self.span(&node);
        let frame = first(node.clone().into_inner(), Rule::k_rahmen).is_some();
        let parts = self.parts(node);
        Procedure {
            frame,
            name: parts.names.into_iter().next().unwrap_or_else(|| nameless(span)),
            title: parts.string,
            clauses: parts.clauses,
            statements: parts.statements,
        }
    }

    /// One statement of a procedure, page, notice or group; `None` where it was broken (reported).
    pub(super) fn statement(&mut self, node: Node<'_>) -> Option<Statement> {
        let span = self.span(&node);
        let rule = node.as_rule();
        let mut clauses = Clauses::default();
        let kind = match rule {
            Rule::bad_item | Rule::bad_page_item | Rule::bad_notice_item | Rule::bad_field | Rule::bad_row => {
                self.recover(rule, node);
                StatementKind::Error
            }
            Rule::missing_close | Rule::missing_close_inner | Rule::stray => {
                self.recover(rule, node);
                return None;
            }
            Rule::workflow => {
                StatementKind::Workflow(first(node.into_inner(), Rule::whole_block).map(|block| self.block(block))?)
            }
            Rule::participant => StatementKind::Participant(self.participant(node, &mut clauses)?),
            Rule::need => self.need(node, &mut clauses),
            Rule::field => StatementKind::Field(self.field(node, &mut clauses)?),
            Rule::fee => self.fee(node, &mut clauses)?,
            Rule::precondition => self.precondition(node, &mut clauses)?,
            Rule::opening => self.opening(node, &mut clauses),
            _ => {
                let kind = self.plain(rule, node, &mut clauses, span)?;
                return Some(Statement { kind, clauses, documentation: Vec::new(), span });
            }
        };
        Some(Statement { kind, clauses, documentation: Vec::new(), span })
    }

    /// The statements that consist of common parts only.
    fn plain(&mut self, rule: Rule, node: Node<'_>, clauses: &mut Clauses, span: Span) -> Option<StatementKind> {
        let children = node.clone().into_inner();
        let parts = self.parts(node);
        *clauses = parts.clauses;
        let mut names = parts.names.into_iter();
        let below = |rule: Rule| first(children.clone(), rule);
        Some(match rule {
            Rule::service_key => StatementKind::ServiceKey(self.name(&below(Rule::digits)?)),
            Rule::regime => StatementKind::Regime(names.next()?),
            Rule::version => StatementKind::Version {
                number: self.name(&below(Rule::version_number)?),
                from: children
                    .clone()
                    .find(|child| matches!(child.as_rule(), Rule::date | Rule::bad_date))
                    .and_then(|date| self.date(&date)),
            },
            Rule::channel => StatementKind::Channel { kind: names.next()?, trust: self.name_below(below(Rule::trust)) },
            Rule::competence => StatementKind::Competence {
                authority: names.next()?,
                place: below(Rule::located)
                    .and_then(|located| first(located.into_inner(), Rule::reference))
                    .map(|place| self.reference(place)),
            },
            Rule::remedy => StatementKind::Remedy {
                kinds: names.collect(),
                within: below(Rule::remedy_within)
                    .and_then(|within| first(within.into_inner(), Rule::duration))
                    .map(|duration| self.duration(duration)),
            },
            Rule::attachment => StatementKind::Attachment {
                name: names.next()?,
                label: parts.string,
                formats: below(Rule::formats)
                    .and_then(|formats| first(formats.into_inner(), Rule::names))
                    .map_or_else(Vec::new, |formats| self.names(formats)),
                author: self.name_below(below(Rule::author)),
            },
            Rule::investigate => StatementKind::Investigate {
                attributes: below(Rule::names).map_or_else(Vec::new, |names| self.names(names)),
                of: self.name_below(below(Rule::of_name)),
            },
            Rule::ask => StatementKind::Ask(below(Rule::reference).map(|reference| self.reference(reference))?),
            Rule::page => StatementKind::Page { name: names.next()?, title: parts.string, statements: parts.statements },
            Rule::attributes => StatementKind::Attributes {
                participant: names.next()?,
                attributes: below(Rule::names).map_or_else(Vec::new, |names| self.names(names)),
                optional: below(Rule::optional).is_some(),
            },
            Rule::hint => StatementKind::Hint { name: names.next(), text: parts.string? },
            Rule::declaration_of => StatementKind::Declaration { name: names.next()?, wording: parts.string },
            Rule::rule_of => StatementKind::Rule {
                name: names.next()?,
                typ: parts.typ,
                each: self.name_below(below(Rule::each)),
                expression: parts.expression.unwrap_or(Expression { kind: ExpressionKind::Error, span }),
            },
            Rule::decision => StatementKind::Decision { name: names.next()?, typ: parts.typ, table: parts.table? },
            rule @ (Rule::deadline | Rule::period) => StatementKind::Deadline {
                name: names.next()?,
                period: rule == Rule::period,
                within: self.within_parts(children.clone().collect(), span)?,
            },
            Rule::notice => StatementKind::Notice { name: names.next()?, title: parts.string, statements: parts.statements },
            Rule::notice_text => StatementKind::NoticeText { name: names.next(), text: parts.string? },
            Rule::set_off => StatementKind::SetOff(below(Rule::names).map_or_else(Vec::new, |names| self.names(names))),
            Rule::reasons => StatementKind::Reasons,
            Rule::clause_of => StatementKind::Clause { name: names.next()?, wording: parts.string },
            Rule::transition => StatementKind::Transition,
            Rule::tolerate => StatementKind::Tolerate {
                slug: self.name(&below(Rule::slug)?),
                until: children
                    .clone()
                    .find(|child| matches!(child.as_rule(), Rule::date | Rule::bad_date))
                    .and_then(|date| self.date(&date)),
            },
            _ => return None,
        })
    }

    pub(super) fn name_below(&self, node: Option<Node<'_>>) -> Option<Name> {
        node.and_then(|node| first(node.into_inner(), Rule::name)).map(|name| self.name(&name))
    }

    fn parts(&mut self, node: Node<'_>) -> Parts {
        let mut parts = Parts::default();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => parts.names.push(self.name(&child)),
                Rule::string => parts.string = Some(self.string(child)),
                Rule::type_use => parts.typ = Some(self.type_use(child)),
                Rule::expression => parts.expression = Some(self.expression(child)),
                Rule::table => parts.table = Some(self.table(child)),
                rule if is_clause(rule) => self.clause(child, &mut parts.clauses),
                rule if is_statement(rule) => parts.statements.extend(self.statement(child)),
                _ => {}
            }
        }
        parts.statements.shrink_to_fit();
        parts
    }

    /// Adds a clause to those of its statement.
    pub(super) fn clause(&mut self, node: Node<'_>, clauses: &mut Clauses) {
        let span = self.span(&node);
        match node.as_rule() {
            Rule::when => {
                clauses.condition =
                    first(node.into_inner(), Rule::expression).map(|condition| Box::new(self.expression(condition)));
            }
            Rule::norms => clauses.norms = self.norms_clause(node),
            Rule::collected => clauses.collected_under = self.norms_clause(node).map(Box::new),
            Rule::openness => {
                let open = first(node.clone().into_inner(), Rule::k_offen).is_some();
                let norms = first(node.into_inner(), Rule::norms).and_then(|norms| self.norms_clause(norms));
                clauses.openness = Some(Box::new(Openness { open, norms, span }));
            }
            Rule::because => clauses.because = first(node.into_inner(), Rule::string).map(|reason| Box::new(self.string(reason))),
            Rule::valid_from => clauses.from = self.date_in(node),
            Rule::unverified => clauses.unverified = self.unverified(node).map(Box::new),
            _ => {}
        }
    }

    fn participant(&mut self, node: Node<'_>, clauses: &mut Clauses) -> Option<Participant> {
        let role = first(node.clone().into_inner(), Rule::role).and_then(|role| role.into_inner().next());
        let repeat = first(node.clone().into_inner(), Rule::repeat).map(|repeat| self.repeat(repeat));
        let parts = self.parts(node);
        *clauses = parts.clauses;
        let mut names = parts.names.into_iter();
        let name = names.next()?;
        let role = role.and_then(|role| {
            let span = self.span(&role);
            Some(match role.as_rule() {
                Rule::applicant => Role::Applicant(span),
                Rule::notifier => Role::Notifier(span),
                Rule::co_applicant => Role::CoApplicant(span),
                Rule::proxy => Role::Proxy(span),
                Rule::consenting => Role::Consenting(span),
                _ => Role::RepresentedBy(self.name_below(Some(role))?),
            })
        });
        Some(Participant { name, label: parts.string, groups: names.collect(), role, repeat })
    }

    fn need(&mut self, node: Node<'_>, clauses: &mut Clauses) -> StatementKind {
        let (mut alternatives, mut of, mut each, mut repeat) = (Vec::new(), Vec::new(), None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::all_of => alternatives.push(self.names(child)),
                Rule::of_names => {
                    of = first(child.into_inner(), Rule::names).map_or_else(Vec::new, |names| self.names(names));
                }
                Rule::each => each = self.name_below(Some(child)),
                Rule::repeat => repeat = Some(self.repeat(child)),
                _ => self.clause(child, clauses),
            }
        }
        StatementKind::Need { alternatives, of, each, repeat }
    }

    fn field(&mut self, node: Node<'_>, clauses: &mut Clauses) -> Option<Field> {
        let (mut name, mut label, mut typ, mut help, mut example, mut repeat) = (None, None, None, None, None, None);
        let (mut optional, mut secret) = (false, false);
        let mut constraints = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => name = Some(self.name(&child)),
                Rule::string => label = Some(self.string(child)),
                Rule::type_use => typ = Some(self.type_use(child)),
                Rule::optional => optional = true,
                Rule::secret => secret = true,
                Rule::repeat => repeat = Some(self.repeat(child)),
                Rule::help => help = first(child.into_inner(), Rule::string).map(|help| Box::new(self.string(help))),
                Rule::example => example = first(child.into_inner(), Rule::string).map(|example| Box::new(self.string(example))),
                Rule::pattern | Rule::length | Rule::check_digit | Rule::fim | Rule::between => {
                    constraints.extend(self.constraint(child));
                }
                _ => self.clause(child, clauses),
            }
        }
        constraints.shrink_to_fit();
        Some(Field { name: name?, label, typ: typ?, optional, secret, repeat, help, example, constraints })
    }

    fn fee(&mut self, node: Node<'_>, clauses: &mut Clauses) -> Option<StatementKind> {
        let (mut minimum, mut maximum) = (None, None);
        for bound in inner(node.clone(), Rule::fee_bound) {
            let least = first(bound.clone().into_inner(), Rule::k_mindestens).is_some();
            let value = first(bound.into_inner(), Rule::sum).map(|value| Box::new(self.expression(value)));
            if least {
                minimum = value;
            } else {
                maximum = value;
            }
        }
        let before_filing = first(node.clone().into_inner(), Rule::due_before).is_some();
        let parts = self.parts(node);
        *clauses = parts.clauses;
        let name = parts.names.into_iter().next()?;
        let (table, formula) = (parts.table.map(Box::new), parts.expression.map(Box::new));
        Some(StatementKind::Fee { name, label: parts.string, table, formula, minimum, maximum, before_filing })
    }

    fn precondition(&mut self, node: Node<'_>, clauses: &mut Clauses) -> Option<StatementKind> {
        let otherwise = first(node.clone().into_inner(), Rule::otherwise)
            .and_then(|otherwise| first(otherwise.into_inner(), Rule::string))
            .map(|text| self.string(text));
        let abort = first(node.clone().into_inner(), Rule::abort).and_then(|abort| self.norms_clause(abort));
        let parts = self.parts(node);
        *clauses = parts.clauses;
        let name = parts.names.into_iter().next()?;
        Some(StatementKind::Precondition { name, condition: parts.expression?, otherwise, abort })
    }

    fn opening(&mut self, node: Node<'_>, clauses: &mut Clauses) -> StatementKind {
        let (mut what, mut verbs) = (Vec::new(), Vec::new());
        let (mut who, mut must) = (Who::Lands, false);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::k_gemeinden => who = Who::Municipalities,
                Rule::any_word => what.push(self.name(&child)),
                Rule::k_muessen => must = true,
                Rule::k_setzen => verbs.push(Verb::Set),
                Rule::k_ergaenzen => verbs.push(Verb::Add),
                Rule::k_streichen => verbs.push(Verb::Remove),
                _ => self.clause(child, clauses),
            }
        }
        StatementKind::Opening { who, must, what, verbs }
    }

    /// `binnen 3 Wochen ab … danach …`
    pub(super) fn within(&mut self, node: Node<'_>) -> Option<Within> {
        let span = self.span(&node);
        self.within_parts(node.into_inner().collect(), span)
    }

    fn within_parts(&mut self, nodes: Vec<Node<'_>>, span: Span) -> Option<Within> {
        let (mut duration, mut from, mut extension, mut consequence) = (None, None, None, None);
        for child in nodes {
            match child.as_rule() {
                Rule::duration => duration = Some(self.duration(child)),
                Rule::from_event => from = first(child.into_inner(), Rule::path).map(|path| self.path(path)),
                Rule::extension => {
                    extension = first(child.into_inner(), Rule::duration).map(|duration| self.duration(duration));
                }
                Rule::consequence => consequence = self.consequence(child),
                _ => {}
            }
        }
        Some(Within { duration: duration?, from, extension, consequence, span })
    }

    /// `danach …`
    pub(super) fn consequence(&mut self, node: Node<'_>) -> Option<Consequence> {
        let span = self.span(&node);
        let what = node.into_inner().find(|child| child.as_rule() != Rule::k_danach)?;
        let kind = match what.as_rule() {
            Rule::refuse => ConsequenceKind::Refuse,
            Rule::go_on => ConsequenceKind::Continue,
            Rule::deemed => ConsequenceKind::Deemed(first(what.into_inner(), Rule::any_word).map(|name| self.name(&name))?),
            _ => ConsequenceKind::Named(self.name(&what)),
        };
        Some(Consequence { kind, span })
    }
}

/// Whether a rule is that of a clause.
pub(super) fn is_clause(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::when | Rule::norms | Rule::collected | Rule::openness | Rule::because | Rule::valid_from | Rule::unverified
    )
}

/// Whether a rule is that of a statement.
pub(super) fn is_statement(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::service_key
            | Rule::regime
            | Rule::version
            | Rule::channel
            | Rule::competence
            | Rule::remedy
            | Rule::participant
            | Rule::need
            | Rule::attachment
            | Rule::investigate
            | Rule::ask
            | Rule::page
            | Rule::attributes
            | Rule::field
            | Rule::hint
            | Rule::declaration_of
            | Rule::rule_of
            | Rule::decision
            | Rule::precondition
            | Rule::fee
            | Rule::deadline
            | Rule::period
            | Rule::workflow
            | Rule::notice
            | Rule::notice_text
            | Rule::set_off
            | Rule::reasons
            | Rule::clause_of
            | Rule::opening
            | Rule::transition
            | Rule::tolerate
            | Rule::bad_item
            | Rule::bad_page_item
            | Rule::bad_notice_item
            | Rule::stray
            | Rule::missing_close
            | Rule::missing_close_inner
    )
}
