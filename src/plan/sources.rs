//! The roads of each datum: what the account delivers is not asked, what the authority finds out is not asked, all else is.

use std::collections::BTreeSet;

use crate::check::Checked;
use crate::model::evidence::Trust;
use crate::model::ids::DatumId;
use crate::model::procedure::{ChannelKind, Datum, Procedure, Role};

use super::{PlannedDatum, Road};

/// The roads of all data that are arranged or used, in the order of their declaration.
pub(super) fn roads(checked: &Checked) -> Vec<PlannedDatum> {
    let procedure = checked.procedure();
    let investigated: BTreeSet<DatumId> =
        procedure.investigations.iter().flat_map(|investigation| investigation.data.iter().copied()).collect();
    let data = procedure.data.iter().map(|(id, datum)| {
        let mut roads = Vec::with_capacity(2);
        if investigated.contains(&id) {
            roads.push(Road::Investigated);
        } else {
            if account_delivers(checked, datum) {
                roads.push(Road::Account);
            }
            roads.push(Road::Asked);
        }
        PlannedDatum { datum: id, roads }
    });
    data.collect()
}

/// Whether an account delivers this datum: for the person logged in, at a trust level that the procedure asks for.
fn account_delivers(checked: &Checked, datum: &Datum) -> bool {
    let procedure = checked.procedure();
    let (Some((participant, attribute)), Some(trust)) = (datum.of, online_trust(procedure)) else { return false };
    let Some(participant) = procedure.participants.get(participant) else { return false };
    if participant.role != Role::Applicant || participant.repeat.is_some() {
        return false;
    }
    let library = checked.library();
    participant.groups.iter().any(|group| {
        let Some(name) = library.groups.get(*group).and_then(|group| group.attributes.get(attribute as usize)) else {
            return false;
        };
        library.accounts.values().any(|account| {
            account.delivers.iter().any(|(of, attributes, from)| of == group && *from <= trust && attributes.contains(&name.name))
        })
    })
}

/// The trust level of the online channel; `None` where there is no account.
fn online_trust(procedure: &Procedure) -> Option<Trust> {
    procedure.channels.iter().find(|channel| channel.kind == ChannelKind::Online).and_then(|channel| channel.trust)
}
