//! Citations: `§ 1 Abs. 1 Nr. 1, Abs. 1a UhVorschG`.

use crate::source::Text;

use super::ast::{Citation, Joiner, LawName, Name, Norm, Provision, Unit};
use super::grammar::Rule;
use super::pairs::{Builder, Node};

impl Builder<'_> {
    /// The citation of a `nach` clause.
    pub(super) fn norms_clause(&self, node: Node<'_>) -> Option<Citation> {
        super::pairs::first(node.into_inner(), Rule::citation).map(|citation| self.citation(citation))
    }

    /// The norms directly below a node.
    pub(super) fn norms_below(&self, node: &Node<'_>) -> Option<Citation> {
        super::pairs::first(node.clone().into_inner(), Rule::norms).and_then(|norms| self.norms_clause(norms))
    }

    pub(super) fn citation(&self, node: Node<'_>) -> Citation {
        let span = self.span(&node);
        let mut joiner = Joiner::First;
        let mut norms = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::norm_joint => joiner = joiner_of(&child),
                Rule::norm => norms.push(self.norm(child, joiner)),
                _ => {}
            }
        }
        norms.shrink_to_fit();
        Citation { norms, span }
    }

    fn norm(&self, node: Node<'_>, joiner: Joiner) -> Norm {
        let span = self.span(&node);
        let text: Text =
            self.text.get(span.range()).unwrap_or_else(|| node.as_str()).split_whitespace().collect::<Vec<_>>().join(" ").into();
        let mut provisions = Vec::new();
        let mut law = LawName { land: None, name: Name { text: "".into(), span } };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::provision => self.provision(child, &mut provisions),
                Rule::law => law = self.law(child),
                _ => {}
            }
        }
        provisions.shrink_to_fit();
        Norm { text, joiner, provisions, law, span }
    }

    fn provision(&self, node: Node<'_>, found: &mut Vec<Provision>) {
        let mut parts: Vec<(Unit, Text)> = Vec::new();
        let mut sign: Option<Unit> = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::to_provision => found.push(Provision { parts: std::mem::take(&mut parts) }),
                Rule::provision_sign => sign = Some(unit(child.as_str())),
                Rule::numbers => parts.push((sign.take().unwrap_or(Unit::Other), child.as_str().trim().into())),
                Rule::part => {
                    let mut kind = Unit::Other;
                    for piece in child.into_inner() {
                        match piece.as_rule() {
                            Rule::part_kind => kind = unit(piece.as_str()),
                            Rule::numbers => parts.push((kind, piece.as_str().trim().into())),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        parts.shrink_to_fit();
        found.push(Provision { parts });
    }

    /// The name of a law with its Land.
    pub(super) fn law(&self, node: Node<'_>) -> LawName {
        let mut law = LawName { land: None, name: self.name(&node) };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::land_key => law.land = Some(self.name(&child)),
                Rule::law_name => law.name = self.name(&child),
                _ => {}
            }
        }
        law
    }
}

fn joiner_of(node: &Node<'_>) -> Joiner {
    match node.as_str().trim() {
        "," => Joiner::Comma,
        word if word.starts_with("i.") => Joiner::InConjunction,
        _ => Joiner::And,
    }
}

fn unit(word: &str) -> Unit {
    match word.trim() {
        "§" | "§§" => Unit::Section,
        "Art." | "Artt." | "Artikel" => Unit::Article,
        "Anlage" | "Anhang" => Unit::Annex,
        "Abs." | "Absatz" | "Absätze" => Unit::Paragraph,
        "Satz" | "Sätze" => Unit::Sentence,
        "Hs." | "Halbsatz" => Unit::HalfSentence,
        "Nr." | "Nrn." | "Nummer" | "Nummern" | "lfd. Nr." => Unit::Number,
        "Buchst." | "Buchstabe" | "lit." | "Doppelbuchst." => Unit::Letter,
        _ => Unit::Other,
    }
}
