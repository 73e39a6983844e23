//! Data by their addresses: as values in expressions, as what a case gives a value to; one of several, parts of compounds.

use crate::both;
use crate::diagnostic::Diagnostic;
use crate::model::Type;
use crate::model::expression::{Expression, ExpressionKind, Several};
use crate::model::ids::{DatumId, ParticipantId};
use crate::source::Span;
use crate::syntax::ast;

use super::bodies::{Body, Local};
use super::literals::TYPE_MISMATCH;
use super::names::unknown;
use super::narrowing::Facts;

impl Body<'_> {
    /// What a name means as a part of an expression.
    pub(super) fn local(&mut self, local: Local, reference: &ast::Reference, facts: &Facts) -> Expression {
        let span = reference.span;
        let Some((first, rest)) = reference.segments.split_first() else { return Expression::error(span) };
        if !matches!(local, Local::Datum(_) | Local::Participant(_))
            && let Some(index) = &first.index
        {
            let name = &first.name.text;
            self.out.push(Diagnostic::new(
                &TYPE_MISMATCH,
                index.span,
                both!("„{name}“ hat nur einen Wert.", "“{name}” has only one value."),
            ));
            return Expression::error(span);
        }
        match local {
            Local::Datum(id) => self.datum(id, first, rest, facts, span),
            Local::Participant(id) => self.person(id, first, rest, facts, span),
            Local::Rule(id) => {
                let typ = self.procedure.rules.get(id).map_or(Type::Unknown, |rule| rule.typ.clone());
                let value = Expression { kind: ExpressionKind::Rule(id), typ, maybe_missing: false, span };
                self.components(value, rest, facts)
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
                self.components(value, rest, facts)
            }
            Local::Precondition(id) => {
                let kind = ExpressionKind::Precondition(id);
                self.components(Expression { kind, typ: Type::Truth, maybe_missing: false, span }, rest, facts)
            }
            Local::Deadline(id) => self.day_of(id, rest, facts, span),
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

    /// A datum, or the one of its values that `named` picks, and its parts.
    fn datum(&mut self, id: DatumId, named: &ast::Segment, rest: &[ast::Segment], facts: &Facts, span: Span) -> Expression {
        let Some(datum) = self.procedure.data.get(id) else { return Expression::error(span) };
        let maybe_missing = !facts.present(id, datum);
        let value = Expression { kind: ExpressionKind::Datum(id), typ: datum.typ.clone(), maybe_missing, span };
        let value = match &named.index {
            Some(index) => self.item(value, index, datum.repeat.map_or(0, |repeat| repeat.minimum), facts),
            None => self.one_at_hand(Several::Values(id), value),
        };
        self.components(value, rest, facts)
    }

    /// An attribute of a person, of one of several persons, or of the one at hand; otherwise that of each of them.
    fn person(
        &mut self,
        id: ParticipantId,
        named: &ast::Segment,
        rest: &[ast::Segment],
        facts: &Facts,
        span: Span,
    ) -> Expression {
        let Some(participant) = self.procedure.participants.get(id) else { return Expression::error(span) };
        let (repeat, name) = (participant.repeat, participant.name.clone());
        let group = participant.groups.first().map_or(Type::Unknown, |group| Type::Group(*group));
        let several = Several::Persons(id);
        if let (None, Some(index)) = (repeat, &named.index) {
            self.out.push(Diagnostic::new(
                &TYPE_MISMATCH,
                index.span,
                both!("„{name}“ ist nur eine Person.", "“{name}” is only one person."),
            ));
            return Expression::error(span);
        }
        match rest.split_first() {
            Some((attribute, rest)) => {
                let Some(datum) = self.attribute(id, &attribute.name) else { return Expression::error(span) };
                let listed = repeat.filter(|_| named.index.is_some() || !self.is_at_hand(several));
                let Some(repeat) = listed else { return self.datum(datum, attribute, rest, facts, span) };
                let one = self.of_each(id, |body| body.datum(datum, attribute, &[], facts, span));
                let typ = Type::List(Box::new(one.typ.clone()));
                let maybe_missing = one.maybe_missing;
                let kind = ExpressionKind::Each(several, Some(Box::new(one)));
                let each = Expression { kind, typ, maybe_missing, span };
                match &named.index {
                    Some(index) => {
                        let one = self.item(each, index, repeat.minimum, facts);
                        self.components(one, rest, facts)
                    }
                    None => self.components(each, rest, facts),
                }
            }
            None if repeat.is_some() && named.index.is_none() => {
                let kind = ExpressionKind::Each(several, None);
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

    /// One of several values, counted from 1. So many are always there.
    fn item(&mut self, several: Expression, index: &ast::Expression, always: u32, facts: &Facts) -> Expression {
        let span = several.span;
        let item = match several.typ.base(self.library) {
            Type::List(item) => (**item).clone(),
            Type::Unknown => return Expression::error(span),
            _ => {
                self.out.push(Diagnostic::new(
                    &TYPE_MISMATCH,
                    index.span,
                    both!("Davon gibt es nur einen Wert.", "There is only one value of this."),
                ));
                return Expression::error(span);
            }
        };
        let Some(index) = self.position(index) else { return Expression::error(span) };
        let there = !several.maybe_missing && index <= always;
        let mut value =
            Expression { kind: ExpressionKind::Item(Box::new(several), index), typ: item, maybe_missing: false, span };
        value.maybe_missing = !there && !facts.known(&value);
        value
    }

    /// The number in brackets, reported where it is none.
    fn position(&mut self, index: &ast::Expression) -> Option<u32> {
        let position = match &index.kind {
            ast::ExpressionKind::Literal(ast::Literal::Integer(at)) => u32::try_from(*at).ok().filter(|at| *at > 0),
            _ => None,
        };
        if position.is_none() {
            self.out.push(Diagnostic::new(
                &TYPE_MISMATCH,
                index.span,
                both!(
                    "In die Klammer gehört die Nummer des Werts, von 1 an gezählt.",
                    "The brackets take the number of the value, counted from 1."
                ),
            ));
        }
        position
    }

    /// `anschrift.plz`: the parts of a compound value, or of each of several.
    fn components(&mut self, mut value: Expression, rest: &[ast::Segment], facts: &Facts) -> Expression {
        for segment in rest {
            let (whole, several) = match value.typ.base(self.library) {
                Type::List(item) => (item.base(self.library), true),
                whole => (whole, false),
            };
            let group = match whole {
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
            let (span, certain) = (value.span, !value.maybe_missing && !attribute.optional);
            let index = u32::try_from(index).unwrap_or(u32::MAX);
            let kind = ExpressionKind::Component(Box::new(value), index);
            let typ = if several { Type::List(Box::new(attribute.typ.clone())) } else { attribute.typ.clone() };
            value = Expression { kind, typ, maybe_missing: false, span };
            value.maybe_missing = !certain && !facts.known(&value);
            if let Some(index) = &segment.index {
                value = self.item(value, index, 0, facts);
            }
        }
        value
    }

    /// A datum by a reference such as `kind.anschrift` or `zahlt`; its index of several and its component path.
    pub(super) fn datum_at(&mut self, reference: &ast::Reference, make: bool) -> Option<(DatumId, Vec<u32>, Option<u32>, Type)> {
        let (first, mut rest) = reference.segments.split_first()?;
        let mut index = first.index.clone();
        let id = match self.locals.get(&first.name.text).copied() {
            Some(Local::Datum(id)) => id,
            Some(Local::Participant(participant)) => {
                let (attribute, after) = rest.split_first()?;
                rest = after;
                if let (Some(_), Some(second)) = (&index, &attribute.index) {
                    let what = both!(
                        "Ein Wert von mehreren bei einer von mehreren Personen",
                        "One of several values of one of several persons"
                    );
                    self.out.push(super::not_yet(second.span, &what));
                    return None;
                }
                index = index.or_else(|| attribute.index.clone());
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
        let index = match index {
            Some(index) => Some(self.position(&index)?),
            None => None,
        };
        let mut typ = self.procedure.data.get(id)?.typ.clone();
        if let (Type::List(item), Some(_)) = (&typ, index) {
            typ = (**item).clone();
        }
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
}
