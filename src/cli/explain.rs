//! `blaupause explain`: what a rule means, why there is one, what to do; without a slug, all rules.

use crate::both;
use crate::diagnostic::render::severity;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Language};

use super::surroundings::Surroundings;
use super::{Outcome, codes, complain, say};

/// Runs the command.
pub fn run(slug: Option<&str>, surroundings: &Surroundings, language: Language) -> Outcome {
    let codes = codes();
    let Some(slug) = slug else {
        say(&list(codes, language));
        return Outcome::Clean;
    };
    match codes.iter().find(|code| code.slug == slug) {
        Some(code) => {
            say(&explanation(code, language, surroundings.width));
            Outcome::Clean
        }
        None => {
            let message = match nearest(slug, codes.iter().map(|code| code.slug)) {
                Some(meant) => both!(
                    "Eine Regel „{slug}“ gibt es nicht. Meinten Sie „{meant}“?",
                    "There is no rule “{slug}”. Did you mean “{meant}”?"
                ),
                None => both!(
                    "Eine Regel „{slug}“ gibt es nicht. Alle Regeln: blaupause explain",
                    "There is no rule “{slug}”. All rules: blaupause explain"
                ),
            };
            complain(&format!("{}\n", message.get(language)));
            Outcome::Unusable
        }
    }
}

fn list(mut codes: Vec<&'static Code>, language: Language) -> String {
    codes.sort_by_key(|code| code.slug);
    let width = codes.iter().map(|code| code.slug.len()).max().unwrap_or_default();
    let mut text = String::new();
    for code in codes {
        let word = severity(code.severity);
        text.push_str(&format!("{:width$}  {:8} {}\n", code.slug, word.get(language), title(code, language)));
    }
    text
}

fn explanation(code: &Code, language: Language, width: usize) -> String {
    let (body, norm, example) = match language {
        Language::De => (code.explain_de, "Norm", "Beispiel, das die Regel verletzt"),
        Language::En => (code.explain_en, "Norm", "An example that breaks the rule"),
    };
    let word = severity(code.severity);
    let mut text = format!("{} ({})\n{}\n", code.slug, word.get(language), title(code, language));
    for paragraph in body.split('\n') {
        text.push('\n');
        text.push_str(&wrap(paragraph.trim(), width.min(88)));
    }
    if let Some(cited) = code.norm {
        text.push_str(&format!("\n{norm}: {cited}\n"));
    }
    if !code.example.is_empty() {
        text.push_str(&format!("\n{example}:\n\n"));
        for line in code.example.trim_end().lines() {
            text.push_str(&if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") });
        }
    }
    text
}

fn title(code: &Code, language: Language) -> &'static str {
    match language {
        Language::De => code.title_de,
        Language::En => code.title_en,
    }
}

/// Breaks a paragraph into lines between words.
fn wrap(paragraph: &str, width: usize) -> String {
    let mut text = String::new();
    let mut column = 0;
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if column > 0 && column + 1 + length > width {
            text.push('\n');
            column = 0;
        } else if column > 0 {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += length;
    }
    text.push('\n');
    text
}
