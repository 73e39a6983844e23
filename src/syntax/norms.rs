//! Citations: `§ 1 Abs. 1 Nr. 1, Abs. 1a UhVorschG`.

use crate::source::Text;

use super::ast::{Citation, Joiner, LawName, Norm, Provision, Unit};
use super::grammar::Rule;
use super::pairs::{Builder, Node, nameless};

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
        let children = node.into_inner();
        let mut norms = Vec::with_capacity(children.len().div_ceil(2));
        for child in children {
            match child.as_rule() {
                Rule::norm_joint => joiner = joiner_of(&child),
                Rule::norm => norms.push(self.norm(child, joiner)),
                _ => {}
            }
        }
        Citation { norms, span }
    }

    fn norm(&self, node: Node<'_>, joiner: Joiner) -> Norm {
        let span = self.span(&node);
        let text = self.words.line(self.text.get(span.range()).unwrap_or_else(|| node.as_str()));
        let children = node.into_inner();
        let mut provisions = Vec::with_capacity(children.len().saturating_sub(1));
        let mut law = None;
        for child in children {
            match child.as_rule() {
                Rule::provision | Rule::plain_provision => self.provision(child, &mut provisions),
                Rule::law => law = Some(self.law(child)),
                _ => {}
            }
        }
        let law = law.unwrap_or_else(|| LawName { land: None, name: nameless(span) });
        Norm { text, joiner, provisions, law, span }
    }

    fn provision(&self, node: Node<'_>, found: &mut Vec<Provision>) {
        let children = node.into_inner();
        let mut parts: Vec<(Unit, Text)> = Vec::with_capacity(children.len());
        let mut sign: Option<Unit> = None;
        for child in children {
            match child.as_rule() {
                Rule::to_provision => found.push(Provision { parts: std::mem::take(&mut parts) }),
                Rule::provision_sign => sign = Some(unit(child.as_str())),
                Rule::numbers => parts.push((sign.take().unwrap_or(Unit::Other), self.words.word(child.as_str().trim()))),
                Rule::part => {
                    let mut kind = Unit::Other;
                    for piece in child.into_inner() {
                        match piece.as_rule() {
                            Rule::part_kind => kind = unit(piece.as_str()),
                            Rule::numbers => parts.push((kind, self.words.word(piece.as_str().trim()))),
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
        let whole = node.clone();
        let (mut land, mut name) = (None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::land_key => land = Some(self.name(&child)),
                Rule::law_name => name = Some(self.name(&child)),
                _ => {}
            }
        }
        LawName { land, name: name.unwrap_or_else(|| self.name(&whole)) }
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
