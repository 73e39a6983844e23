//! What the authority does: blocks and steps.

use super::ast::{Block, Check, Clauses, DecideWhat, Request, Step, StepKind};
use super::grammar::Rule;
use super::pairs::{Builder, Node, first};
use super::procedures::is_clause;

impl Builder<'_> {
    /// A block of steps.
    pub(super) fn block(&mut self, node: Node<'_>) -> Block {
        let span = self.span(&node);
        let mut steps = Vec::new();
        if !self.deeper(&node) {
            return Block { steps, span };
        }
        for child in node.into_inner() {
            steps.extend(self.step(child));
        }
        self.back();
        Block { steps, span }
    }

    /// One step; `None` for what is none.
    pub(super) fn step(&mut self, node: Node<'_>) -> Option<Step> {
        let span = self.span(&node);
        let rule = node.as_rule();
        let mut clauses = Clauses::default();
        let (mut name, mut label, mut within, mut duration) = (None, None, None, None);
        let children: Vec<Node<'_>> = node.clone().into_inner().collect();
        if rule != Rule::branch {
            for child in node.clone().into_inner() {
                match child.as_rule() {
                    Rule::name if name.is_none() => name = Some(self.name(&child)),
                    Rule::string => label = Some(self.string(child)),
                    Rule::within => within = self.within(child).map(Box::new),
                    Rule::duration => duration = Some(self.duration(child)),
                    rule if is_clause(rule) => self.clause(child, &mut clauses),
                    _ => {}
                }
            }
        }
        let has = |rule: Rule| children.iter().any(|child| child.as_rule() == rule);
        let below = |rule: Rule| children.iter().find(|child| child.as_rule() == rule).cloned();
        let name_below = |builder: &Self, rule: Rule| {
            below(rule).and_then(|node| first(node.into_inner(), Rule::name)).map(|name| builder.name(&name))
        };
        let kind = match rule {
            Rule::receipt => StepKind::Receipt,
            Rule::check_complete => {
                let missing = below(Rule::missing_block)
                    .and_then(|block| first(block.into_inner(), Rule::missing))
                    .map(|missing| Box::new(self.request(missing)));
                StepKind::Check { what: Check::Complete, within, missing }
            }
            Rule::check_external => {
                let body = name_below(self, Rule::external_body);
                StepKind::Check { what: Check::External { name: name?, label, body }, within, missing: None }
            }
            Rule::task => StepKind::Task {
                name: name?,
                label,
                role: name_below(self, Rule::by_role),
                four_eyes: has(Rule::four_eyes),
                within,
                establishes: below(Rule::establishes)
                    .and_then(|establishes| first(establishes.into_inner(), Rule::names))
                    .map_or_else(Vec::new, |names| self.names(names)),
            },
            Rule::decide => StepKind::Decide {
                what: match name {
                    Some(name) if !has(Rule::decide_conditions) => DecideWhat::Named(name),
                    _ => DecideWhat::Preconditions,
                },
                automatic: below(Rule::automatic)
                    .and_then(|automatic| first(automatic.into_inner(), Rule::citation))
                    .map(|citation| self.citation(citation)),
                discretion: has(Rule::discretion),
                within,
            },
            Rule::branch => self.branch(children)?,
            Rule::parallel => StepKind::Parallel(below(Rule::block).map(|block| self.block(block))?),
            Rule::consult => StepKind::Consult { body: name?, label, within },
            Rule::hear => StepKind::Hear { who: name?, label, within },
            Rule::issue => StepKind::Issue(name?),
            Rule::follow_up => StepKind::FollowUp(duration?),
            Rule::appointment => StepKind::Appointment { name: name?, label },
            Rule::collect => StepKind::Collect(name?),
            Rule::hand_over => StepKind::HandOver(name?),
            Rule::end_step => StepKind::End,
            Rule::bad_step => {
                self.bad(node, Rule::entry_step);
                StepKind::Error
            }
            Rule::missing_close_inner | Rule::stray => {
                self.recover(rule, node);
                return None;
            }
            _ => return None,
        };
        Some(Step { kind, clauses, documentation: Vec::new(), span })
    }

    fn branch(&mut self, children: Vec<Node<'_>>) -> Option<StepKind> {
        let (mut condition, mut then, mut otherwise) = (None, None, None);
        for child in children {
            match child.as_rule() {
                Rule::expression => condition = Some(self.expression(child)),
                Rule::block if then.is_none() => then = Some(self.block(child)),
                Rule::block => otherwise = Some(self.block(child)),
                Rule::branch => {
                    let span = self.span(&child);
                    if !self.deeper(&child) {
                        continue;
                    }
                    let step = self.step(child);
                    self.back();
                    otherwise = Some(Block { steps: step.into_iter().collect(), span });
                }
                _ => {}
            }
        }
        Some(StepKind::Branch { condition: condition?, then: then?, otherwise })
    }

    fn request(&mut self, node: Node<'_>) -> Request {
        let span = self.span(&node);
        let mut request = Request { within: None, attempts: None, consequence: None, norms: None, span };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::request_within => {
                    request.within = first(child.into_inner(), Rule::duration).map(|duration| self.duration(duration));
                }
                Rule::attempts => {
                    request.attempts = first(child.into_inner(), Rule::digits).map(|digits| self.count(&digits));
                }
                Rule::consequence => request.consequence = self.consequence(child),
                Rule::norms => request.norms = self.norms_clause(child),
                _ => {}
            }
        }
        request
    }
}
