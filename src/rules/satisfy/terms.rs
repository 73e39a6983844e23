//! The unknowns of a search: which they are, which values they can take, which values matter.

use std::collections::BTreeSet;

use crate::model::expression::{Context, Expression, ExpressionKind, Function};
use crate::model::procedure::{Procedure, Rule};
use crate::model::{DatumId, DecisionId, Library, PreconditionId, RuleId, Type};
use crate::rules::domain::{self, Grain};
use crate::rules::number::Number;
use crate::rules::value::Value;

use super::Space;

/// Something whose value a search may choose.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Term {
    /// A datum, or a component of it.
    Datum(DatumId, Vec<u32>),
    /// A computed value that is not looked into.
    Rule(RuleId),
    /// An output of a table.
    Output(DecisionId, u32),
    /// The day of the application.
    ApplicationDate,
    /// The day of the decision.
    DecisionDate,
    /// Whether all preconditions hold.
    AllFulfilled,
}

impl<'a> Space<'a> {
    /// The value of an expression that rests on no unknown.
    pub(super) fn constant(&self, expression: &Expression) -> Option<Value> {
        let mut constant = true;
        expression.walk(&mut |part| {
            constant &= matches!(
                part.kind,
                ExpressionKind::Literal(_)
                    | ExpressionKind::Parameter(_, None)
                    | ExpressionKind::Negate(_)
                    | ExpressionKind::Binary(..)
                    | ExpressionKind::List(_)
                    | ExpressionKind::Call(..)
            );
        });
        constant.then(|| self.constants.value(expression))
    }

    /// The unknown that an expression is, if it is one.
    pub fn term(&self, expression: &Expression) -> Option<Term> {
        match &expression.kind {
            ExpressionKind::Datum(id) => Some(Term::Datum(*id, Vec::new())),
            ExpressionKind::Component(inner, index) => match self.term(inner)? {
                Term::Datum(id, mut path) => {
                    path.push(*index);
                    Some(Term::Datum(id, path))
                }
                _ => None,
            },
            ExpressionKind::Rule(id) => {
                let rule = self.procedure.rules.get(*id)?;
                (!looked_into(rule, self.library)).then_some(Term::Rule(*id))
            }
            ExpressionKind::Decision(id, output) => Some(Term::Output(*id, *output)),
            ExpressionKind::Context(Context::ApplicationDate) => Some(Term::ApplicationDate),
            ExpressionKind::Context(Context::DecisionDate) => Some(Term::DecisionDate),
            ExpressionKind::Context(Context::AllFulfilled) => Some(Term::AllFulfilled),
            _ => None,
        }
    }

    fn type_of(&self, term: &Term) -> Type {
        match term {
            Term::Datum(id, path) => {
                let Some(datum) = self.procedure.data.get(*id) else { return Type::Unknown };
                if datum.repeat.is_some() {
                    return Type::Unknown;
                }
                let mut typ = datum.typ.clone();
                for step in path {
                    let Type::Group(group) = typ.base(self.library) else { return Type::Unknown };
                    let group = self.library.groups.get(*group);
                    typ = group
                        .and_then(|group| group.attributes.get(*step as usize))
                        .map_or(Type::Unknown, |attribute| attribute.typ.clone());
                }
                typ
            }
            Term::Rule(id) => self.procedure.rules.get(*id).map_or(Type::Unknown, |rule| rule.typ.clone()),
            Term::Output(id, output) => {
                let table = self.procedure.decisions.get(*id);
                table.and_then(|table| table.outputs.get(*output as usize)).map_or(Type::Unknown, |output| output.typ.clone())
            }
            Term::ApplicationDate | Term::DecisionDate => Type::Date,
            Term::AllFulfilled => Type::Truth,
        }
    }

    pub(super) fn has_domain(&self, term: &Term, typ: &Type) -> bool {
        let typ = if let Term::Datum(..) = term { &self.type_of(term) } else { typ };
        !matches!(typ.base(self.library), Type::Unknown | Type::Group(_) | Type::List(_) | Type::File | Type::Duration)
    }

    pub(super) fn domain(&self, term: &Term) -> Vec<Value> {
        let typ = self.type_of(term);
        let mut samples = domain::samples(&typ, self.grain(term, &typ), &self.landmarks, self.library).unwrap_or_default();
        if self.is_optional(term) {
            samples.push(Value::Missing);
        }
        samples
    }

    /// Whether it may be left out even where it exists.
    pub(super) fn is_optional(&self, term: &Term) -> bool {
        let Term::Datum(id, path) = term else { return false };
        let Some(datum) = self.procedure.data.get(*id) else { return false };
        datum.optional || self.leads_through_optional(&datum.typ, path)
    }

    fn leads_through_optional(&self, typ: &Type, path: &[u32]) -> bool {
        let mut typ = typ;
        for step in path {
            let Type::Group(group) = typ.base(self.library) else { return false };
            let group = self.library.groups.get(*group);
            let Some(attribute) = group.and_then(|group| group.attributes.get(*step as usize)) else { return false };
            if attribute.optional {
                return true;
            }
            typ = &attribute.typ;
        }
        false
    }

    /// Answers in euro have cents; computed amounts may be finer. Ages and counts are never negative.
    pub(super) fn grain(&self, term: &Term, typ: &Type) -> Grain {
        let grain = self.grain_of_type(typ, matches!(term, Term::Datum(..)));
        match term {
            Term::Datum(id, path) if path.is_empty() => match self.procedure.data.get(*id) {
                Some(datum) => grain.within(&datum.constraints),
                None => grain,
            },
            Term::Rule(id) => match self.procedure.rules.get(*id).map(|rule| &rule.expression.kind) {
                Some(ExpressionKind::Call(Function::CompletedYears | Function::CompletedMonths | Function::Count, _)) => {
                    Grain { least: Some(Number::ZERO), ..grain }
                }
                _ => grain,
            },
            _ => grain,
        }
    }

    pub(super) fn grain_of_type(&self, typ: &Type, answered: bool) -> Grain {
        let grain = match typ.base(self.library) {
            Type::Integer => Grain::whole(),
            Type::Amount if answered => Grain { step: Some(Number::HUNDREDTH), ..Grain::default() },
            _ => Grain::default(),
        };
        let mut grain = grain;
        let mut typ = typ;
        while let Type::Scalar(id) = typ {
            let Some(scalar) = self.library.scalars.get(*id) else { break };
            grain = grain.within(&scalar.constraints);
            typ = &scalar.base;
            if typ == &Type::Scalar(*id) {
                break;
            }
        }
        grain
    }

    /// Collects the values that an expression, and all that it rests on, compares with.
    pub(super) fn learn(&mut self, expression: &Expression) {
        for part in self.parts(expression) {
            match &part.kind {
                ExpressionKind::Literal(literal) => self.landmarks.add(&Value::of(literal)),
                ExpressionKind::Parameter(_, None) => self.landmarks.add(&self.constants.value(part)),
                ExpressionKind::Binary(..) | ExpressionKind::Call(..) | ExpressionKind::Negate(_) => {
                    if let Some(value) = self.constant(part) {
                        self.landmarks.add(&value);
                    }
                }
                _ => {}
            }
        }
    }

    /// The unknowns that an expression rests on.
    pub fn unknowns(&self, expression: &Expression) -> BTreeSet<Term> {
        self.parts(expression).into_iter().filter_map(|part| self.term(part)).collect()
    }

    /// An expression, its parts, and all that they rest on as far as a search looks. Without recursion: chains of rules may be long.
    fn parts<'e>(&self, expression: &'e Expression) -> Vec<&'e Expression>
    where
        'a: 'e,
    {
        let procedure: &'e Procedure = self.procedure;
        let mut seen: BTreeSet<Seen> = BTreeSet::new();
        let mut open: Vec<&'e Expression> = vec![expression];
        let mut parts: Vec<&'e Expression> = Vec::new();
        while let Some(expression) = open.pop() {
            expression.walk(&mut |part| {
                parts.push(part);
                match &part.kind {
                    ExpressionKind::Datum(id) if seen.insert(Seen::Datum(*id)) => {
                        open.extend(procedure.data.get(*id).and_then(|datum| datum.condition.as_ref()));
                    }
                    ExpressionKind::Rule(id) if seen.insert(Seen::Rule(*id)) => {
                        let rule = procedure.rules.get(*id).filter(|rule| looked_into(rule, self.library));
                        open.extend(rule.map(|rule| &rule.expression));
                    }
                    ExpressionKind::Precondition(id) if seen.insert(Seen::Precondition(*id)) => {
                        open.extend(procedure.preconditions.get(*id).map(|precondition| &precondition.condition));
                    }
                    _ => {}
                }
            });
        }
        parts
    }
}

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Seen {
    Datum(DatumId),
    Rule(RuleId),
    Precondition(PreconditionId),
}

/// Whether a rule is a condition or a mere choice between values, so that a search looks through it.
fn looked_into(rule: &Rule, library: &Library) -> bool {
    use ExpressionKind::{Component, Datum, Decision, Default, If, Literal, Parameter, Rule};
    *rule.typ.base(library) == Type::Truth
        || matches!(
            rule.expression.kind,
            If(..) | Default(..) | Literal(_) | Datum(_) | Component(..) | Rule(_) | Decision(..) | Parameter(_, None)
        )
}
