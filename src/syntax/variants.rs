//! What Länder change, translations and cases.

use super::ast::{
    Case, CaseStatement, Expectation, ExpectationKind, Handing, Known, Milestone, Name, Occurrence, Operation, Path, Payload,
    Proof, Target, TextEntry, Texts, Variant, Verb,
};
use super::grammar::Rule;
use super::keywords;
use super::pairs::{Builder, Node, first, inner, nameless};
use super::procedures::is_statement;

impl Builder<'_> {
    /// `variante X für Bayern { … }`
    pub(super) fn variant(&mut self, node: Node<'_>) -> Variant {
        let mut variant =
            Variant { procedure: nameless(self.span(&node)), places: Vec::new(), norms: None, operations: Vec::new() };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => variant.procedure = self.name(&child),
                Rule::place_name | Rule::municipality => variant.places.push(self.place(child)),
                Rule::norms => variant.norms = self.norms_clause(child),
                Rule::operation => variant.operations.extend(self.operation(child)),
                rule => self.recover(rule, child),
            }
        }
        variant
    }

    fn operation(&mut self, node: Node<'_>) -> Option<Operation> {
        let span = self.span(&node);
        let node = node.into_inner().next()?;
        let verb = match node.as_rule() {
            Rule::set_operation => Verb::Set,
            Rule::add_operation => Verb::Add,
            _ => Verb::Remove,
        };
        let (mut scope, mut payload, mut behind, mut norms) = (None, None, None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::scope => scope = first(child.into_inner(), Rule::name).map(|name| self.name(&name)),
                Rule::behind => behind = first(child.into_inner(), Rule::any_word).map(|name| self.name(&name)),
                Rule::norms => norms = self.norms_clause(child),
                Rule::remove_statement | Rule::remove_target => payload = Some(Payload::Target(self.target(child))),
                Rule::parameter => payload = Some(Payload::Parameter(Box::new(self.parameter(child)))),
                rule if is_statement(rule) => {
                    payload = self.statement(child).map(|statement| Payload::Statement(Box::new(statement)));
                }
                rule if rule == Rule::k_in || rule == Rule::k_setze || rule == Rule::k_ergaenze || rule == Rule::k_streiche => {}
                _ => payload = payload.or(self.step(child).map(|step| Payload::Step(Box::new(step)))),
            }
        }
        let mut payload = payload?;
        if let Some(norms) = norms {
            let slot = match &mut payload {
                Payload::Statement(statement) => &mut statement.clauses.norms,
                Payload::Step(step) => &mut step.clauses.norms,
                Payload::Parameter(parameter) => &mut parameter.norms,
                Payload::Target(target) => &mut target.norms,
            };
            slot.get_or_insert(norms);
        }
        Some(Operation { verb, scope, payload, behind, span })
    }

    fn target(&mut self, node: Node<'_>) -> Target {
        let mut target = Target { kind: None, name: Vec::new(), of: Vec::new(), norms: None };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::remove_kind => target.kind = self.kind(child),
                Rule::reference => {
                    let segments = self.reference(child).segments;
                    target.name = segments.into_iter().map(|segment| segment.name).collect();
                }
                Rule::struck_path => target.name = child.into_inner().map(|part| self.name(&part)).collect(),
                Rule::of_names => {
                    target.of = first(child.into_inner(), Rule::names).map_or_else(Vec::new, |names| self.names(names));
                }
                Rule::norms => target.norms = self.norms_clause(child),
                _ => {}
            }
        }
        target
    }

    /// A kind of statement by its German keyword, in whichever spelling it is written.
    fn kind(&self, node: Node<'_>) -> Option<Name> {
        let span = self.span(&node);
        let rule = format!("{:?}", node.into_inner().next()?.as_rule());
        keywords::of_rule(&rule).map(|keyword| Name { text: keyword.de.into(), span })
    }

    /// `texte en für X { … }`
    pub(super) fn texts(&mut self, node: Node<'_>) -> Texts {
        let span = self.span(&node);
        let mut names = Vec::new();
        let mut entries = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => names.push(self.name(&child)),
                Rule::text_entry => {
                    let span = self.span(&child);
                    let (mut address, mut text) = (None, None);
                    for part in child.into_inner() {
                        match part.as_rule() {
                            Rule::text_path => {
                                let span = self.span(&part);
                                let parts: Vec<Name> = part.into_inner().map(|piece| self.name(&piece)).collect();
                                address = Some(Path { parts, span });
                            }
                            Rule::string => text = Some(self.string(part)),
                            _ => {}
                        }
                    }
                    if let (Some(address), Some(text)) = (address, text) {
                        entries.push(TextEntry { address, text, span });
                    }
                }
                rule => self.recover(rule, child),
            }
        }
        let mut names = names.into_iter();
        let mut name = || names.next().unwrap_or_else(|| nameless(span));
        Texts { language: name(), of: name(), entries }
    }

    /// `fall "…" für … am … { … }`
    pub(super) fn case(&mut self, node: Node<'_>) -> Case {
        let span = self.span(&node);
        let empty = super::ast::Template { parts: Vec::new(), span };
        let mut case = Case { title: empty, procedure: None, place: None, day: None, statements: Vec::new() };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::string => case.title = self.string(child),
                Rule::of_name => case.procedure = first(child.into_inner(), Rule::name).map(|name| self.name(&name)),
                Rule::for_place => case.place = self.place_below(child),
                Rule::on_day => case.day = self.date_in(child),
                Rule::given => {
                    let known = child.clone().into_inner().find_map(|part| match part.as_rule() {
                        Rule::k_belegt => Some(Known::Proved),
                        Rule::k_festgestellt => Some(Known::Established),
                        _ => None,
                    });
                    let mut values = Vec::new();
                    for assignment in inner(child, Rule::assignment) {
                        let (mut target, mut value) = (None, None);
                        for part in assignment.into_inner() {
                            match part.as_rule() {
                                Rule::reference => target = Some(self.reference(part)),
                                _ => value = Some(self.expression(part)),
                            }
                        }
                        values.extend(target.zip(value));
                    }
                    values.shrink_to_fit();
                    case.statements.push(CaseStatement::Given(known.unwrap_or(Known::Stated), values));
                }
                Rule::handed_in => {
                    let how = child.clone().into_inner().find_map(|part| match part.as_rule() {
                        Rule::k_eingereicht => Some(Handing::HandedIn),
                        Rule::k_abgerufen => Some(Handing::Fetched),
                        Rule::k_nachgereicht => Some(Handing::Later),
                        _ => None,
                    });
                    let proofs = self.proofs(child);
                    case.statements.extend(how.map(|how| CaseStatement::With(how, proofs)));
                }
                Rule::lacking => case.statements.push(CaseStatement::With(Handing::Never, self.proofs(child))),
                Rule::extended => case.statements.push(CaseStatement::Extended(self.names(child))),
                Rule::day_of => {
                    let milestone = child.clone().into_inner().find_map(|part| match part.as_rule() {
                        Rule::k_vollstaendig => Some(Milestone::Complete),
                        Rule::k_entscheidung => Some(Milestone::Decision),
                        Rule::k_bekanntgabe => Some(Milestone::Notification),
                        _ => None,
                    });
                    let day = self.date_in(child);
                    case.statements.extend(milestone.zip(day).map(|(milestone, day)| CaseStatement::DayOf(milestone, day)));
                }
                Rule::missed => case.statements.push(CaseStatement::Missed(self.names(child))),
                Rule::expect => {
                    let expectations =
                        inner(child, Rule::expectation).into_iter().filter_map(|item| self.expectation(item)).collect();
                    case.statements.push(CaseStatement::Expect(expectations));
                }
                rule => self.recover(rule, child),
            }
        }
        case
    }

    fn expectation(&mut self, node: Node<'_>) -> Option<Expectation> {
        let span = self.span(&node);
        let node = node.into_inner().next()?;
        let name = first(node.clone().into_inner(), Rule::name).map(|name| self.name(&name));
        let kind = match node.as_rule() {
            Rule::expect_deadline => ExpectationKind::Deadline(name?, self.date_in(node)?),
            Rule::expect_not_fulfilled => ExpectationKind::NotFulfilled(name),
            Rule::expect_open => ExpectationKind::Open(name),
            Rule::expect_fulfilled => ExpectationKind::Fulfilled(name),
            Rule::expect_source => ExpectationKind::Source(self.reference(first(node.into_inner(), Rule::reference)?), name),
            Rule::expect_never => {
                let denied = node.into_inner().find(|part| part.as_rule() != Rule::k_nicht)?;
                ExpectationKind::Never(self.occurrence(denied)?)
            }
            Rule::expression => ExpectationKind::True(self.expression(node)),
            _ => ExpectationKind::Occurs(self.occurrence(node)?),
        };
        Some(Expectation { kind, span })
    }

    fn occurrence(&mut self, node: Node<'_>) -> Option<Occurrence> {
        let references = |lowering: &mut Self, node: Node<'_>| {
            inner(node, Rule::reference).into_iter().map(|reference| lowering.reference(reference)).collect()
        };
        Some(match node.as_rule() {
            Rule::expect_notice => Occurrence::Notice(self.names(node).into_iter().next()?),
            Rule::expect_asked => Occurrence::Asked(references(self, node)),
            Rule::expect_found_out => Occurrence::FoundOut(references(self, node)),
            Rule::expect_fetched => Occurrence::Fetched(self.proofs(node)),
            Rule::expect_needed => Occurrence::Needed(self.proofs(node)),
            Rule::expect_path => Occurrence::Path(self.names(node)),
            _ => return None,
        })
    }

    /// The evidence that a statement or an expectation names.
    fn proofs(&mut self, node: Node<'_>) -> Vec<Proof> {
        let proofs = inner(node, Rule::proof).into_iter().filter_map(|proof| {
            let mut names = self.names(proof).into_iter();
            Some(Proof { evidence: names.next()?, of: names.next() })
        });
        proofs.collect()
    }
}
