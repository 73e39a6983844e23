//! What one can do against a decision, where the procedure leaves it to the law of the Land (`rechtsbehelf Landesrecht`).

use crate::model::overlay::Change;
use crate::model::procedure::Remedy;
use crate::model::{LandId, Library, Procedure};
use crate::syntax::ast::{Verb, Who};

/// Whether a procedure leaves it to the Land anywhere.
pub(super) fn is_left_to_land(procedure: &Procedure) -> bool {
    remedies(procedure).any(|remedy| remedy.of_land && remedy.kinds.is_empty())
}

fn remedies(procedure: &Procedure) -> impl Iterator<Item = &Remedy> {
    procedure.remedy.iter().chain(procedure.notices.values().filter_map(|notice| notice.remedy.as_ref()))
}

/// The Land whose own remedy holds, or `None` where it is that of all Länder.
pub(super) fn source(library: &Library, land: LandId) -> Option<LandId> {
    library.lands.get(land).filter(|found| found.remedy.is_some()).map(|_| land)
}

/// The procedure with the remedy of the Land.
pub(super) fn fill(library: &Library, mut procedure: Procedure, land: LandId) -> Procedure {
    let own = library.lands.get(land).and_then(|land| land.remedy.as_ref());
    let Some(remedy) = own.or(library.national_remedy.as_ref()) else { return procedure };
    let mut filled = Vec::new();
    let mut complete = |left: &mut Remedy| {
        if !left.of_land || !left.kinds.is_empty() {
            return;
        }
        left.kinds.clone_from(&remedy.kinds);
        left.within = left.within.or(remedy.within);
        let further = remedy.norms.iter().filter(|norm| !left.norms.iter().any(|known| known.citation == norm.citation));
        let further: Vec<_> = further.cloned().collect();
        left.norms.extend(further);
        filled.push(left.span);
    };
    procedure.remedy.iter_mut().for_each(&mut complete);
    let ids: Vec<_> = procedure.notices.iter().map(|(id, _)| id).collect();
    for id in ids {
        if let Some(remedy) = procedure.notices.get_mut(id).and_then(|notice| notice.remedy.as_mut()) {
            complete(remedy);
        }
    }
    if own.is_some() {
        for applied in filled {
            let clause = procedure
                .openings
                .iter()
                .map(|opening| opening.span)
                .find(|clause| clause.file == applied.file && applied.start <= clause.start && clause.end <= applied.end);
            procedure.changes.push(Change {
                verb: Verb::Set,
                target: "rechtsbehelf".into(),
                by: Who::Lands,
                written: remedy.span,
                applied,
                norms: remedy.norms.clone(),
                clause,
            });
        }
    }
    procedure
}
