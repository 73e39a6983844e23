//! The clauses that leave something to Länder and municipalities, or keep it from them.

use crate::both;
use crate::model::overlay::{KINDS, Leave, Opening};
use crate::source::Text;
use crate::syntax::ast::address::{self, What};
use crate::syntax::ast::{self, StatementKind, Who};

use super::bodies::Body;
use super::names::{Entity, unknown};

impl Body<'_> {
    /// All clauses of a procedure, in their order.
    pub(super) fn openings(&mut self, tree: &ast::Procedure) {
        self.openness(&tree.clauses, || tree.name.text.clone());
        for item in address::items(tree) {
            self.openness(item.clauses(), || item.address().to_string().into());
            let What::Statement(statement) = item.what else { continue };
            let StatementKind::Opening { who, must, what, verbs } = &statement.kind else { continue };
            what.iter().for_each(|word| self.known_to_clauses(word, *must, tree));
            let norms = self.norms(statement.clauses.norms.as_ref());
            self.procedure.openings.push(Opening {
                who: *who,
                leave: if *must { Leave::Must } else { Leave::May },
                what: what.iter().map(|word| word.text.clone()).collect(),
                verbs: verbs.clone(),
                norms,
                span: statement.span,
            });
        }
    }

    /// `offen nach …`, `geschlossen nach …` behind a statement.
    fn openness(&mut self, clauses: &ast::Clauses, what: impl FnOnce() -> Text) {
        let Some(openness) = &clauses.openness else { return };
        let norms = self.norms(openness.norms.as_ref().or(clauses.norms.as_ref()));
        self.procedure.openings.push(Opening {
            who: Who::Lands,
            leave: if openness.open { Leave::May } else { Leave::Closed },
            what: vec![what()],
            verbs: Vec::new(),
            norms,
            span: openness.span,
        });
    }

    /// A clause that speaks of nothing would open nothing, without a word.
    fn known_to_clauses(&mut self, word: &ast::Name, must: bool, tree: &ast::Procedure) {
        let kinds = || KINDS.iter().flat_map(|(german, english, _)| [*german, *english]);
        let is_parameter = matches!(self.entity(word), Some(Entity::Parameter(_)));
        // What a frame leaves out altogether, it can only name.
        if kinds().any(|kind| kind == word.text.as_ref()) || is_parameter || (tree.frame && must) {
            return;
        }
        let is_clause = |item: &address::Item<'_>| {
            matches!(item.what, What::Statement(ast::Statement { kind: StatementKind::Opening { .. }, .. }))
        };
        let items = address::items(tree).into_iter().filter(|item| !is_clause(item));
        let names: Vec<Text> = items.map(|item| item.address().word().clone()).collect();
        if !names.contains(&word.text) {
            let known = kinds().chain(names.iter().map(AsRef::as_ref));
            self.out.push(unknown(
                word,
                known,
                &both!("unter den Angaben des Verfahrens", "among the statements of the procedure"),
            ));
        }
    }
}
