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

use super::{Artifact, Degree, Input, Loss, Output, Target, dmn};

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
        let (process, imprecise) = build::build(library, procedure);
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
