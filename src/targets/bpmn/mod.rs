//! The workflow as BPMN 2.0: one process, one diagram, a file for each family of engines, and the decisions they call.

mod build;
mod dialect;
mod document;
mod encode;
mod layout;
mod question;
mod route;
mod steps;
mod text;

use crate::both;
use crate::diagnostic::Bilingual;
use crate::model::Procedure;

use super::{Artifact, Degree, Input, Loss, Output, Target, dmn};

use build::Imprecision;
use dialect::Dialect;

/// The target `ablauf`.
pub struct Bpmn;

impl Target for Bpmn {
    fn name(&self) -> &'static str {
        "ablauf"
    }

    fn names_land(&self) -> bool {
        false
    }

    fn emit(&self, input: Input<'_>) -> Output {
        let (library, procedure) = (input.checked.library(), input.checked.procedure());
        if procedure.workflow.is_empty() {
            return Output::default();
        }
        let (process, mut imprecise) = build::build(library, procedure);
        imprecise.extend(unsaid(procedure));
        let diagram = layout::lay_out(&process);
        let authority = procedure.authority.as_ref().and_then(|competence| library.authorities.get(competence.authority?));
        let authority = authority.map_or("Zuständige Stelle", |authority| &authority.label.de);
        let mut output = Output::default();
        for dialect in Dialect::ALL {
            let path = format!("ablauf/prozess.{}.bpmn", dialect.name());
            let text = encode::encode(&process, authority, &diagram, dialect);
            output.losses.extend(imprecise.iter().map(|imprecise| Loss {
                path: path.clone(),
                degree: if imprecise.dropped { Degree::Dropped } else { Degree::Approximated },
                what: imprecise.what.clone(),
                why: imprecise.why.clone(),
            }));
            output.artifacts.push(Artifact { path, bytes: text.into_bytes().into() });
        }
        let decisions = dmn::artifacts(input);
        output.artifacts.extend(decisions.artifacts);
        output.losses.extend(decisions.losses);
        output
    }
}

/// What the procedure says about the authority's work and no process carries.
fn unsaid(procedure: &Procedure) -> Vec<Imprecision> {
    let mut unsaid = Vec::new();
    let mut say = |what: &str, why: Bilingual| unsaid.push(Imprecision { what: what.to_owned(), why, dropped: true });
    for deadline in procedure.deadlines.values() {
        say(
            &deadline.name,
            both!(
                "Diese Frist überwacht der Ablauf nicht, auch nicht, was gilt, wenn sie verstreicht. Die Behörde behält sie selbst im Blick.",
                "The process does not watch this deadline, nor what follows when it passes. The authority keeps an eye on it."
            ),
        );
    }
    for fee in &procedure.fees {
        say(
            &fee.name,
            both!("Die Gebühr wird berechnet, aber in keinem Schritt erhoben.", "The fee is computed, but no step collects it."),
        );
    }
    for notice in procedure.notices.values() {
        say(
            &notice.name,
            both!(
                "Der Ablauf nennt den Bescheid; seinen Wortlaut setzt der Dienst, der ihn bekannt gibt.",
                "The process names the notice; its wording is set by the service that issues it."
            ),
        );
    }
    unsaid
}
