//! Whether a condition can be met: the search against trying every answer.

use blaupause::model::data_type::Type;
use blaupause::model::expression::{BinaryOperator, Expression, ExpressionKind, Literal, SetMember};
use blaupause::model::person::Constraints;
use blaupause::model::procedure::Datum;
use blaupause::model::{DatumId, Label, Library, Procedure};
use blaupause::rules::satisfy::{Demand, Space};
use blaupause::rules::{Answers, Situation, Value};
use blaupause::source::Span;
use jiff::civil::date;
use proptest::prelude::*;

fn of(kind: ExpressionKind, typ: Type) -> Expression {
    Expression { kind, typ, maybe_missing: false, span: Span::DETACHED }
}

fn datum(typ: Type, condition: Option<Expression>, optional: bool) -> Datum {
    Datum {
        name: "x".into(),
        of: None,
        label: Label::default(),
        hint: None,
        example: None,
        typ,
        constraints: Constraints::default(),
        optional,
        condition,
        norms: Vec::new(),
        collected_under: Vec::new(),
        repeat: None,
        secret: false,
        page: None,
        span: Span::DETACHED,
    }
}

fn types() -> [Type; 4] {
    [Type::Truth, Type::Integer, Type::Integer, Type::Truth]
}

fn ask(index: usize) -> Expression {
    of(ExpressionKind::Datum(DatumId(index as u32)), types()[index].clone())
}

fn compare(operator: BinaryOperator, index: usize, number: i64) -> Expression {
    let constant = of(ExpressionKind::Literal(Literal::Integer(number)), Type::Integer);
    of(ExpressionKind::Binary(operator, Box::new(ask(index)), Box::new(constant)), Type::Truth)
}

/// `wahr`, `zahl`, `mehr wenn zahl >= 2`, `auch wenn wahr optional`.
fn procedure() -> Procedure {
    let mut procedure = Procedure::default();
    procedure.data.add(datum(Type::Truth, None, false));
    procedure.data.add(datum(Type::Integer, None, false));
    procedure.data.add(datum(Type::Integer, Some(compare(BinaryOperator::GreaterOrEqual, 1, 2)), false));
    procedure.data.add(datum(Type::Truth, Some(ask(0)), true));
    procedure
}

fn conditions() -> impl Strategy<Value = Expression> {
    use BinaryOperator::{And, Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual, Or};
    let operators = prop::sample::select(vec![Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual]);
    let leaf = prop_oneof![
        Just(ask(0)),
        Just(ask(3)),
        (operators, 1usize..3, 0i64..4).prop_map(|(operator, index, number)| compare(operator, index, number)),
        (1usize..3, 0i64..3, any::<bool>()).prop_map(|(index, from, below)| {
            let number = |number| of(ExpressionKind::Literal(Literal::Integer(number)), Type::Integer);
            let range = SetMember::Range { from: number(from), to: number(from + 1), below };
            of(ExpressionKind::In(Box::new(ask(index)), vec![range]), Type::Truth)
        }),
        (0usize..4).prop_map(|index| of(ExpressionKind::Known(Box::new(ask(index))), Type::Truth)),
    ];
    leaf.prop_recursive(4, 24, 3, |inner| {
        prop_oneof![
            (prop::sample::select(vec![And, Or]), inner.clone(), inner.clone()).prop_map(|(operator, left, right)| of(
                ExpressionKind::Binary(operator, Box::new(left), Box::new(right)),
                Type::Truth
            )),
            inner.clone().prop_map(|inner| of(ExpressionKind::Not(Box::new(inner)), Type::Truth)),
            (inner.clone(), inner.clone())
                .prop_map(|(value, instead)| of(ExpressionKind::Default(Box::new(value), Box::new(instead)), Type::Truth)),
            (inner.clone(), inner.clone(), inner).prop_map(|(condition, then, otherwise)| {
                of(ExpressionKind::If(Box::new(condition), Box::new(then), Box::new(otherwise)), Type::Truth)
            }),
        ]
    })
}

/// Every application that differs: all answered but the optional one, which may be left out.
fn applications() -> Vec<Answers> {
    let mut all = Vec::new();
    for truth in [true, false] {
        for number in -1i64..5 {
            for more in -1i64..5 {
                for also in [Value::Truth(true), Value::Truth(false), Value::Missing] {
                    let mut answers = Answers::default();
                    answers.give(DatumId(0), Value::Truth(truth));
                    answers.give(DatumId(1), Value::Number(number.into()));
                    answers.give(DatumId(2), Value::Number(more.into()));
                    answers.give(DatumId(3), also);
                    all.push(answers);
                }
            }
        }
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Nothing is called impossible that happens, and nothing possible that never does.
    #[test]
    fn the_search_agrees_with_trying_everything(condition in conditions()) {
        let (library, procedure, day) = (Library::default(), procedure(), date(2026, 6, 1));
        let values: Vec<Value> = applications()
            .into_iter()
            .map(|answers| Situation::new(&library, &procedure, answers, day, None).value(&condition))
            .collect();
        let space = Space::new(&library, &procedure, day, [&condition]);
        for (demand, wanted) in [
            (Demand::True(&condition), Value::Truth(true)),
            (Demand::False(&condition), Value::Truth(false)),
            (Demand::Missing(&condition), Value::Missing),
        ] {
            prop_assert_eq!(space.possible(&[demand]).is_some(), values.contains(&wanted), "{:?} {:?}", wanted, condition);
        }
    }
}
