//! A condition as the question at a gateway, with the answers on its ways.

use crate::model::expression::{BinaryOperator, Context, ExpressionKind, Literal};
use crate::model::norm::cite;
use crate::model::text::in_words;
use crate::model::{DatumId, Expression, Library, Procedure};
use crate::targets::expression::prose;

/// How many letters a question may have beside a gateway.
const LONGEST: usize = 72;

/// A question and its answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What is asked.
    pub question: String,
    /// The answer where the condition holds.
    pub yes: String,
    /// The other answer.
    pub no: String,
    /// The whole condition in words, with its norm.
    pub documentation: String,
}

/// The question of a condition: in the words of the form where the condition asks for one datum.
pub fn question(library: &Library, procedure: &Procedure, condition: &Expression) -> Question {
    let documentation = prose::condition(library, procedure, condition).de;
    let of = |datum: DatumId| {
        procedure.data.get(datum).map(|datum| {
            let norms = cite(&datum.norms);
            let words = if norms.is_empty() { documentation.clone() } else { format!("{documentation} ({norms})") };
            (datum.label.de.to_string(), words)
        })
    };
    let answer = |question: (String, String), yes: &str, no: &str| Question {
        question: shorten(&question.0),
        yes: yes.to_owned(),
        no: no.to_owned(),
        documentation: question.1,
    };
    let (inner, negated) = match &condition.kind {
        ExpressionKind::Not(inner) => (inner.as_ref(), true),
        _ => (condition, false),
    };
    let (yes, no) = if negated { ("nein", "ja") } else { ("ja", "nein") };
    match &inner.kind {
        ExpressionKind::Context(Context::AllFulfilled) => answer(("Voraussetzungen erfüllt?".to_owned(), documentation), yes, no),
        ExpressionKind::Datum(datum) if let Some(asked) = of(*datum) => answer(asked, yes, no),
        ExpressionKind::Binary(BinaryOperator::Equal, left, right) => match (&left.kind, &right.kind) {
            (ExpressionKind::Datum(datum), ExpressionKind::Literal(Literal::Option(choice, option)))
                if !negated && let Some(asked) = of(*datum) =>
            {
                let option = library.choices.get(*choice).and_then(|choice| choice.options.get(*option as usize));
                let yes = option.map_or_else(
                    || "ja".to_owned(),
                    // A long label has a short name beside it.
                    |option| {
                        if option.label.de.chars().count() > 24 {
                            option.name.replace('_', " ")
                        } else {
                            option.label.de.to_string()
                        }
                    },
                );
                answer(asked, &yes, "anderes")
            }
            _ => whole(documentation),
        },
        ExpressionKind::Rule(rule) if let Some(rule) = procedure.rules.get(*rule) => {
            answer((format!("{}?", in_words(&rule.name)), documentation), yes, no)
        }
        ExpressionKind::Decision(decision, output)
            if let Some(output) = procedure.decisions.get(*decision).and_then(|table| table.outputs.get(*output as usize)) =>
        {
            answer((format!("{}?", in_words(&output.name)), documentation), yes, no)
        }
        _ => whole(documentation),
    }
}

fn whole(documentation: String) -> Question {
    Question { question: shorten(&format!("Gilt: {documentation}?")), yes: "ja".to_owned(), no: "nein".to_owned(), documentation }
}

/// At most [`LONGEST`] letters, cut between words; a question keeps its mark.
fn shorten(text: &str) -> String {
    if text.chars().count() <= LONGEST {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut length = 0;
    for word in text.split_whitespace() {
        length += word.chars().count() + 1;
        if length > LONGEST && !short.is_empty() {
            break;
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.extend(word.chars().take(LONGEST));
    }
    let short = short.trim_end_matches([',', ';', ':', '?', ' ']);
    if text.ends_with('?') { format!("{short} …?") } else { format!("{short} …") }
}
