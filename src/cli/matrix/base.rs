//! What differs between two versions of the base: statement by statement, by kind and name, whatever the layout.

use indexmap::IndexMap;
use serde::Serialize;

use crate::compiler::Compilation;
use crate::source::Span;
use crate::syntax::ast::address::{Item, What, items};
use crate::syntax::ast::{DeclarationKind, Procedure, StatementKind, StepKind};

use super::super::record::place;

/// A difference between two versions.
#[derive(Debug, Clone, Serialize)]
pub struct Difference {
    /// Of which kind.
    #[serde(rename = "art")]
    pub kind: Kind,
    /// What: `regel höhe`.
    #[serde(rename = "was")]
    pub what: String,
    /// Where it stood.
    #[serde(rename = "vorher", skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// Where it stands.
    #[serde(rename = "jetzt", skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// The place in the new version.
    #[serde(skip)]
    pub span: Option<Span>,
}

/// The kinds of [`Difference`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Kind {
    /// It is new.
    #[serde(rename = "neu")]
    Added,
    /// It says something else.
    #[serde(rename = "geändert")]
    Changed,
    /// It is gone.
    #[serde(rename = "entfallen")]
    Removed,
    /// What stands in it has another order.
    #[serde(rename = "umgestellt")]
    Reordered,
}

/// A statement, step or declaration of one version.
struct Piece {
    what: String,
    /// Its own words, without what stands in it.
    text: String,
    /// The keys of what stands in it, in order.
    inside: Vec<String>,
    span: Span,
}

/// What differs in a procedure; `None` on a side where it does not exist.
pub fn of_procedure(before: (&Compilation, Option<Span>), now: (&Compilation, Option<Span>)) -> Vec<Difference> {
    differences(&procedure(before.0, before.1), before.0, &procedure(now.0, now.1), now.0)
}

/// What differs in what procedures share: parameters, choices, registers, evidence of the project itself.
pub fn of_shared(before: &Compilation, now: &Compilation) -> Vec<Difference> {
    differences(&shared(before), before, &shared(now), now)
}

fn differences(
    before: &IndexMap<String, Piece>,
    in_before: &Compilation,
    now: &IndexMap<String, Piece>,
    in_now: &Compilation,
) -> Vec<Difference> {
    let mut found = Vec::new();
    let old_place = |piece: &Piece| Some(place(piece.span, &in_before.sources));
    let new_place = |piece: &Piece| Some(place(piece.span, &in_now.sources));
    for (key, piece) in now {
        let of_kind = |kind: Kind, old: Option<&Piece>| Difference {
            kind,
            what: piece.what.clone(),
            before: old.and_then(old_place),
            now: new_place(piece),
            span: Some(piece.span),
        };
        match before.get(key) {
            None => found.push(of_kind(Kind::Added, None)),
            Some(old) if old.text != piece.text => found.push(of_kind(Kind::Changed, Some(old))),
            Some(old) => {
                let in_both = |inside: &[String], other: &[String]| -> Vec<String> {
                    inside.iter().filter(|key| other.contains(key)).cloned().collect()
                };
                if in_both(&old.inside, &piece.inside) != in_both(&piece.inside, &old.inside) {
                    found.push(of_kind(Kind::Reordered, Some(old)));
                }
            }
        }
    }
    for (_, piece) in before.iter().filter(|(key, _)| !now.contains_key(*key)) {
        found.push(Difference { kind: Kind::Removed, what: piece.what.clone(), before: old_place(piece), now: None, span: None });
    }
    found
}

fn procedure(compilation: &Compilation, at: Option<Span>) -> IndexMap<String, Piece> {
    let mut pieces: IndexMap<String, Piece> = IndexMap::new();
    let Some((span, tree)) = at.and_then(|at| Some((at, tree_at(compilation, at)?))) else { return pieces };
    let name = tree.name.text.to_string();
    pieces.insert(name.clone(), piece(compilation, name.clone(), span, true));
    let items = items(tree);
    let mut keys: Vec<String> = Vec::with_capacity(items.len());
    for item in &items {
        let above = item.within.and_then(|within| keys.get(within)).unwrap_or(&name).clone();
        let address = item.address().to_string();
        // Things without a name of their own are told apart by their place among their like.
        let like = format!("{above} / {address}");
        let number = keys.iter().filter(|key| **key == like || key.starts_with(&format!("{like} #"))).count();
        let key = if number == 0 { like } else { format!("{like} #{}", number + 1) };
        if let Some(container) = pieces.get_mut(&above) {
            container.inside.push(key.clone());
        }
        pieces.insert(key.clone(), piece(compilation, address, item.span(), has_block(item)));
        keys.push(key);
    }
    pieces
}

fn tree_at(compilation: &Compilation, at: Span) -> Option<&Procedure> {
    let declarations = compilation.files.iter().filter(|file| file.id == at.file).flat_map(|file| &file.declarations);
    let mut trees = declarations.filter(|declaration| declaration.span == at);
    trees.find_map(|declaration| match &declaration.kind {
        DeclarationKind::Procedure(tree) => Some(tree.as_ref()),
        _ => None,
    })
}

/// Whether other items stand inside an item.
fn has_block(item: &Item<'_>) -> bool {
    match item.what {
        What::Statement(statement) => {
            matches!(statement.kind, StatementKind::Page { .. } | StatementKind::Notice { .. } | StatementKind::Workflow(_))
        }
        What::Step(step) => matches!(step.kind, StepKind::Branch { .. } | StepKind::Parallel(_)),
    }
}

fn shared(compilation: &Compilation) -> IndexMap<String, Piece> {
    let mut pieces: IndexMap<String, Piece> = IndexMap::new();
    let own = compilation.files.iter().filter(|file| compilation.sources.get(file.id).is_some_and(|source| !source.built_in));
    for declaration in own.flat_map(|file| &file.declarations) {
        let Some(what) = shared_name(&declaration.kind) else { continue };
        pieces.insert(what.clone(), piece(compilation, what, declaration.span, false));
    }
    pieces
}

/// The kind and name of a declaration that procedures share.
fn shared_name(kind: &DeclarationKind) -> Option<String> {
    let (word, name) = match kind {
        DeclarationKind::Law(item) => ("gesetz", &item.name),
        DeclarationKind::Land(item) => ("land", &item.key),
        DeclarationKind::Authority(item) => ("stelle", &item.name),
        DeclarationKind::Choice(item) => ("auswahl", &item.name),
        DeclarationKind::Scalar(item) => ("typ", &item.name),
        DeclarationKind::Group(item) => ("gruppe", &item.name),
        DeclarationKind::Account(item) => ("konto", &item.name),
        DeclarationKind::Register(item) => ("register", &item.name),
        DeclarationKind::Evidence(item) => ("nachweis", &item.name),
        DeclarationKind::Parameter(item) => ("parameter", &item.name),
        DeclarationKind::Connection(_)
        | DeclarationKind::Procedure(_)
        | DeclarationKind::Statement(_)
        | DeclarationKind::Variant(_)
        | DeclarationKind::Texts(_)
        | DeclarationKind::Case(_)
        | DeclarationKind::Error => return None,
    };
    Some(format!("{word} {}", name.text))
}

fn piece(compilation: &Compilation, what: String, span: Span, only_head: bool) -> Piece {
    let source = compilation.sources.get(span.file);
    let text = source.and_then(|source| source.text.get(span.range())).unwrap_or_default();
    Piece { what, text: words(text, only_head), inside: Vec::new(), span }
}

/// A text without its layout and comments; with `only_head` only up to its block.
fn words(text: &str, only_head: bool) -> String {
    let mut result = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    let mut in_string = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' if in_string => {
                result.push(letter);
                result.extend(letters.next());
                continue;
            }
            '"' => in_string = !in_string,
            '{' if !in_string && only_head => break,
            '/' if !in_string && letters.peek() == Some(&'/') => {
                while letters.next_if(|letter| *letter != '\n').is_some() {}
                continue;
            }
            space if !in_string && space.is_whitespace() => {
                if !result.ends_with(' ') {
                    result.push(' ');
                }
                continue;
            }
            _ => {}
        }
        result.push(letter);
    }
    result.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn layout_and_comments_do_not_count() {
        assert_eq!(words("regel  x =\n    1 // eins\n  + 2", false), "regel x = 1 + 2");
        assert_eq!(words("text \"a  // b \\\" c\"", false), "text \"a  // b \\\" c\"");
        assert_eq!(words("seite a \"{b}\" { feld c }", true), "seite a \"{b}\"");
    }
}
