//! What is marked `ungeprüft "…"`.

use super::ast::{MarkedPart, Part, Unverified};
use super::grammar::Rule;
use super::pairs::{Builder, Node, first};

impl Builder<'_> {
    /// The mark of a `ungeprüft` clause.
    pub(super) fn unverified(&mut self, node: Node<'_>) -> Option<Unverified> {
        let span = self.span(&node);
        let reason = first(node.into_inner(), Rule::string).map(|reason| self.string(reason))?;
        Some(Unverified { reason, span })
    }

    /// The marks within a declaration. Those of procedures, and of the fields of a group, stand in the clauses of their statements.
    pub(super) fn marks(&mut self, declaration: &Node<'_>) -> Vec<MarkedPart> {
        let mut marks = Vec::new();
        if matches!(declaration.as_rule(), Rule::procedure | Rule::fee | Rule::variant | Rule::texts | Rule::case) {
            return marks;
        }
        self.marks_below(declaration, &mut marks);
        for item in declaration.clone().into_inner().filter(|item| item.as_rule() != Rule::field) {
            self.marks_below(&item, &mut marks);
        }
        marks.shrink_to_fit();
        marks
    }

    /// The marks directly below a node.
    fn marks_below(&mut self, node: &Node<'_>, marks: &mut Vec<MarkedPart>) {
        for child in node.clone().into_inner().filter(|child| child.as_rule() == Rule::unverified) {
            let Some(mark) = self.unverified(child) else { continue };
            let part = part(node.as_rule());
            let of_one = (part == Part::Connection).then(|| first(node.clone().into_inner(), Rule::name)).flatten();
            let name = of_one.map(|name| self.name(&name));
            marks.push(MarkedPart { part, name, span: self.span(node), mark });
        }
    }
}

fn part(rule: Rule) -> Part {
    match rule {
        Rule::holds => Part::Holds,
        Rule::keeper => Part::Keeper,
        Rule::idnr => Part::Idnr,
        Rule::search => Part::Search,
        Rule::standard => Part::Standard,
        Rule::delivers => Part::Delivers,
        Rule::proves => Part::Proves,
        Rule::out_of => Part::From,
        Rule::oots => Part::Oots,
        Rule::connection_line => Part::Connection,
        Rule::parameter_row => Part::Values,
        Rule::holiday => Part::Holiday,
        Rule::remedy => Part::Remedy,
        _ => Part::Whole,
    }
}
