//! Expressions and decision tables.

use crate::both;
use crate::diagnostic::Diagnostic;

use super::ast::{
    BinaryOperator, Cell, CellKind, Expression, ExpressionKind, Literal, Name, Reference, ResultCell, Row, Segment, SetMember,
    Table,
};
use super::findings::NUMBER_FORM;
use super::grammar::Rule;
use super::pairs::{Builder, Node};
use crate::source::Span;

impl Builder<'_> {
    /// Any node of the expression part of the grammar.
    pub(super) fn expression(&mut self, node: Node<'_>) -> Expression {
        let (node, nests) = innermost(node);
        let span = self.span(&node);
        if nests && !self.deeper(&node) {
            return Expression { kind: ExpressionKind::Error, span };
        }
        let found = self.expression_below(node, span);
        if nests {
            self.back();
        }
        found
    }

    fn expression_below(&mut self, node: Node<'_>, span: Span) -> Expression {
        match node.as_rule() {
            Rule::expression | Rule::conjunction | Rule::sum | Rule::product => self.chain(node, span),
            Rule::negation => self.prefixed(node, span, ExpressionKind::Not),
            Rule::factor => self.prefixed(node, span, ExpressionKind::Negate),
            Rule::comparison => self.comparison(node, span),
            Rule::defaulted => {
                let mut operands = self.operands(node);
                match (operands.pop(), operands.pop()) {
                    (Some(otherwise), Some(value)) => {
                        Expression { kind: ExpressionKind::Default(Box::new(value), Box::new(otherwise)), span }
                    }
                    (Some(value), None) => value,
                    _ => Expression { kind: ExpressionKind::Error, span },
                }
            }
            Rule::literal | Rule::bare_figure => {
                let literal = node.into_inner().next().and_then(|literal| self.literal(literal));
                Expression { kind: literal.map_or(ExpressionKind::Error, ExpressionKind::Literal), span }
            }
            Rule::share => {
                let mut share = None;
                let mut of = None;
                for child in node.into_inner() {
                    match child.as_rule() {
                        Rule::percent => {
                            let place = self.span(&child);
                            share = self
                                .literal(child)
                                .map(|literal| Expression { kind: ExpressionKind::Literal(literal), span: place });
                        }
                        Rule::factor => of = Some(self.expression(child)),
                        _ => {}
                    }
                }
                let kind = match (share, of) {
                    (Some(share), Some(of)) => ExpressionKind::ShareOf(Box::new(share), Box::new(of)),
                    _ => ExpressionKind::Error,
                };
                Expression { kind, span }
            }
            Rule::if_expression => {
                let mut operands = self.operands(node).into_iter();
                let kind = match (operands.next(), operands.next(), operands.next()) {
                    (Some(condition), Some(then), Some(otherwise)) => {
                        ExpressionKind::If(Box::new(condition), Box::new(then), Box::new(otherwise))
                    }
                    _ => ExpressionKind::Error,
                };
                Expression { kind, span }
            }
            Rule::list => Expression { kind: ExpressionKind::List(self.operands(node)), span },
            Rule::call => {
                let mut name: Option<Name> = None;
                let mut arguments = Vec::new();
                for child in node.into_inner() {
                    match child.as_rule() {
                        Rule::name => name = Some(self.name(&child)),
                        _ => arguments.push(self.expression(child)),
                    }
                }
                let kind = name.map_or(ExpressionKind::Error, |name| ExpressionKind::Call(name, arguments));
                Expression { kind, span }
            }
            Rule::reference | Rule::bare_reference => Expression { kind: ExpressionKind::Reference(self.reference(node)), span },
            Rule::parenthesised => {
                let inner = self.operands(node).pop();
                let kind = inner.map_or(ExpressionKind::Error, |inner| ExpressionKind::Parenthesised(Box::new(inner)));
                Expression { kind, span }
            }
            _ => Expression { kind: ExpressionKind::Error, span },
        }
    }

    /// The expressions directly below a node; keywords are passed over.
    fn operands(&mut self, node: Node<'_>) -> Vec<Expression> {
        let operands = node.into_inner().filter(|child| is_operand(child.as_rule())).collect::<Vec<_>>();
        operands.into_iter().map(|child| self.expression(child)).collect()
    }

    /// `nicht nicht a`, `--a`
    fn prefixed(&mut self, node: Node<'_>, span: Span, wrap: impl Fn(Box<Expression>) -> ExpressionKind) -> Expression {
        let mut children: Vec<Node<'_>> = node.into_inner().collect();
        let error = Expression { kind: ExpressionKind::Error, span };
        let Some(operand) = children.pop() else { return error };
        let count = children.len();
        if !self.higher(count, span) {
            return error;
        }
        let mut value = self.expression(operand);
        self.lower(count);
        for _ in 0..count {
            value = Expression { kind: wrap(Box::new(value)), span };
        }
        value
    }

    /// `a und b und c`, `a + b - c`, perhaps with `je … von …` behind it.
    fn chain(&mut self, node: Node<'_>, span: Span) -> Expression {
        let logic = match node.as_rule() {
            Rule::expression => Some(BinaryOperator::Or),
            Rule::conjunction => Some(BinaryOperator::And),
            _ => None,
        };
        let mut result: Option<Expression> = None;
        let mut operator = logic;
        // The first operand lies the deepest: all operators stand above it.
        let mut above = node.clone().into_inner().filter(|child| is_operand(child.as_rule())).count().saturating_sub(1);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::sum_operator => {
                    operator = Some(if child.as_str() == "+" { BinaryOperator::Add } else { BinaryOperator::Subtract });
                }
                Rule::product_operator => {
                    operator = Some(if child.as_str() == "*" { BinaryOperator::Multiply } else { BinaryOperator::Divide });
                }
                Rule::per_step => result = Some(self.per_step(child, result.take(), span)),
                rule if is_operand(rule) => {
                    if !self.higher(above, span) {
                        return Expression { kind: ExpressionKind::Error, span };
                    }
                    let operand = self.expression(child);
                    self.lower(above);
                    above = above.saturating_sub(1);
                    result = Some(match (result.take(), operator) {
                        (Some(left), Some(operator)) => {
                            let whole = left.span.to(operand.span);
                            Expression { kind: ExpressionKind::Binary(operator, Box::new(left), Box::new(operand)), span: whole }
                        }
                        _ => operand,
                    });
                }
                _ => {}
            }
        }
        result.unwrap_or(Expression { kind: ExpressionKind::Error, span })
    }

    fn per_step(&mut self, node: Node<'_>, amount: Option<Expression>, span: Span) -> Expression {
        let mut begun = false;
        let mut operands = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::k_angefangene => begun = true,
                Rule::product => operands.push(self.expression(child)),
                _ => {}
            }
        }
        let mut operands = operands.into_iter();
        let kind = match (amount, operands.next(), operands.next()) {
            (Some(amount), Some(step), Some(of)) => {
                ExpressionKind::PerStep { amount: Box::new(amount), begun, step: Box::new(step), of: Box::new(of) }
            }
            _ => ExpressionKind::Error,
        };
        Expression { kind, span }
    }

    fn comparison(&mut self, node: Node<'_>, span: Span) -> Expression {
        let mut left: Option<Expression> = None;
        let mut operator = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::comparator => operator = comparator(child.as_str()),
                Rule::set => {
                    let members = self.set(child);
                    let Some(value) = left.take() else { break };
                    return Expression { kind: ExpressionKind::In(Box::new(value), members), span };
                }
                Rule::defaulted => {
                    let operand = self.expression(child);
                    left = Some(match (left.take(), operator) {
                        (Some(left), Some(operator)) => {
                            Expression { kind: ExpressionKind::Binary(operator, Box::new(left), Box::new(operand)), span }
                        }
                        _ => operand,
                    });
                }
                _ => {}
            }
        }
        left.unwrap_or(Expression { kind: ExpressionKind::Error, span })
    }

    fn set(&mut self, node: Node<'_>) -> Vec<SetMember> {
        let mut members = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::range => members.extend(self.range(child)),
                Rule::member => {
                    for member in child.into_inner() {
                        match member.as_rule() {
                            Rule::range => members.extend(self.range(member)),
                            _ => members.push(SetMember::Value(self.expression(member))),
                        }
                    }
                }
                _ => {}
            }
        }
        members
    }

    fn range(&mut self, node: Node<'_>) -> Option<SetMember> {
        let (from, to, below) = self.bounds(node);
        Some(SetMember::Range { from: from?, to: to?, below })
    }

    fn bounds(&mut self, node: Node<'_>) -> (Option<Expression>, Option<Expression>, bool) {
        let mut below = false;
        let mut values = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::k_unter => below = true,
                Rule::sum => values.push(self.expression(child)),
                _ => {}
            }
        }
        let mut values = values.into_iter();
        (values.next(), values.next(), below)
    }

    /// A value written down.
    fn literal(&mut self, node: Node<'_>) -> Option<Literal> {
        match node.as_rule() {
            Rule::k_ja => Some(Literal::Truth(true)),
            Rule::k_nein => Some(Literal::Truth(false)),
            Rule::integer => match node.as_str().trim().parse() {
                Ok(value) => Some(Literal::Integer(value)),
                Err(_) => {
                    self.too_great(&node);
                    None
                }
            },
            Rule::date | Rule::bad_date => self.date(&node).map(Literal::Date),
            Rule::duration => Some(Literal::Duration(self.duration(node))),
            Rule::string => Some(Literal::Text(self.string(node))),
            Rule::percent => {
                let number = node.into_inner().next()?;
                Some(Literal::Quantity(self.decimal(&number), "%".into()))
            }
            Rule::amount => {
                let number = node.into_inner().next()?;
                Some(Literal::Amount(self.decimal(&number)))
            }
            Rule::quantity => {
                let mut parts = node.into_inner();
                let (number, unit) = (parts.next()?, parts.next()?);
                Some(Literal::Quantity(self.decimal(&number), unit.as_str().trim().into()))
            }
            Rule::bad_number => Some(Literal::Decimal(self.decimal(&node))),
            Rule::bad_decimal => {
                let written = node.as_str();
                let spaced = written.replace(',', ", ");
                self.out.push(
                    Diagnostic::new(
                        &NUMBER_FORM,
                        self.span(&node),
                        both!("„{written}“ kann eine Zahl oder eine Liste sein.", "“{written}” may be a number or a list."),
                    )
                    .help(both!(
                        "Eine Zahl mit Komma trägt ihre Einheit ({written} EUR, {written} %); in einer Liste steht ein Leerzeichen: {spaced}",
                        "A number with a comma bears its unit ({written} EUR, {written} %); a list has a space: {spaced}"
                    )),
                );
                None
            }
            _ => None,
        }
    }

    /// A name with dots and indices.
    pub(super) fn reference(&mut self, node: Node<'_>) -> Reference {
        let span = self.span(&node);
        let children = node.into_inner();
        let mut segments: Vec<Segment> = Vec::with_capacity(children.len());
        for child in children {
            match child.as_rule() {
                Rule::name | Rule::any_word => segments.push(Segment { name: self.name(&child), index: None }),
                Rule::index => {
                    let index = child.into_inner().next().map(|index| Box::new(self.expression(index)));
                    if let Some(last) = segments.last_mut() {
                        last.index = index;
                    }
                }
                _ => {}
            }
        }
        Reference { segments, span }
    }

    /// A decision table.
    pub(super) fn table(&mut self, node: Node<'_>) -> Table {
        let span = self.span(&node);
        let mut table = Table { inputs: Vec::new(), outputs: Vec::new(), rows: Vec::new(), span };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::header => {
                    for column in child.into_inner() {
                        match column.as_rule() {
                            Rule::output => table.outputs.push(self.name(&column)),
                            _ => table.inputs.push(self.expression(column)),
                        }
                    }
                }
                Rule::row => {
                    let row = self.row(child);
                    table.rows.push(row);
                }
                Rule::bad_row => self.bad(child, Rule::entry_row),
                Rule::missing_close_inner => self.missing_close(&child),
                _ => {}
            }
        }
        table
    }

    fn row(&mut self, node: Node<'_>) -> Row {
        let span = self.span(&node);
        let mut row = Row { cells: Vec::new(), results: Vec::new(), span };
        for child in node.into_inner() {
            let place = self.span(&child);
            match child.as_rule() {
                Rule::cell => {
                    let kind = child.into_inner().next().map_or(CellKind::Error, |cell| self.cell(cell));
                    row.cells.push(Cell { kind, span: place });
                }
                Rule::result => {
                    let result = match child.into_inner().next() {
                        Some(citation) if citation.as_rule() == Rule::citation => ResultCell::Norms(self.citation(citation)),
                        Some(value) if value.as_rule() == Rule::expression => ResultCell::Value(self.expression(value)),
                        _ => ResultCell::Error(place),
                    };
                    row.results.push(result);
                }
                _ => {}
            }
        }
        row
    }

    fn cell(&mut self, node: Node<'_>) -> CellKind {
        let rule = node.as_rule();
        if rule == Rule::cell_any {
            return CellKind::Any;
        }
        if rule == Rule::cell_range {
            return match self.bounds(node) {
                (Some(from), Some(to), below) => CellKind::Range { from, to, below },
                _ => CellKind::Error,
            };
        }
        let mut values = self.operands(node);
        match (rule, values.pop()) {
            (Rule::cell_values, Some(last)) => {
                values.push(last);
                CellKind::Values(values)
            }
            (Rule::cell_below, Some(value)) => CellKind::Below(value),
            (Rule::cell_more, Some(value)) => CellKind::MoreThan(value),
            (Rule::cell_from, Some(value)) => CellKind::From(value),
            (Rule::cell_up_to, Some(value)) => CellKind::UpTo(value),
            _ => CellKind::Error,
        }
    }
}

/// Whether a rule is that of an expression.
/// The node that a row of nodes with a single child stands for, and whether one of them begins a nesting: the rules between only
/// order the operators.
fn innermost(mut node: Node<'_>) -> (Node<'_>, bool) {
    let mut nests = false;
    loop {
        nests |= matches!(node.as_rule(), Rule::expression | Rule::share);
        let mut children = node.clone().into_inner();
        match (children.next(), children.next()) {
            (Some(only), None) if is_order(node.as_rule()) => node = only,
            _ => return (node, nests),
        }
    }
}

/// The rules that order the operators.
fn is_order(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::expression
            | Rule::conjunction
            | Rule::negation
            | Rule::comparison
            | Rule::defaulted
            | Rule::sum
            | Rule::product
            | Rule::factor
    )
}

fn is_operand(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::expression
            | Rule::conjunction
            | Rule::negation
            | Rule::comparison
            | Rule::defaulted
            | Rule::sum
            | Rule::product
            | Rule::factor
            | Rule::literal
            | Rule::bare_figure
            | Rule::share
            | Rule::if_expression
            | Rule::list
            | Rule::call
            | Rule::reference
            | Rule::bare_reference
            | Rule::parenthesised
    )
}

fn comparator(sign: &str) -> Option<BinaryOperator> {
    Some(match sign {
        "=" => BinaryOperator::Equal,
        "!=" | "≠" => BinaryOperator::NotEqual,
        "<" => BinaryOperator::Less,
        "<=" | "≤" => BinaryOperator::LessOrEqual,
        ">" => BinaryOperator::Greater,
        ">=" | "≥" => BinaryOperator::GreaterOrEqual,
        _ => return None,
    })
}
