//! Who takes part in a procedure, and in which role.

use crate::source::{Span, Text};

use super::Library;
use super::expression::Expression;
use super::ids::{GroupId, ParticipantId};
use super::person::Attribute;
use super::text::Label;

/// Somebody who takes part.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// Its name.
    pub name: Text,
    /// How the form speaks of it: "Ihr Kind".
    pub label: Label,
    /// The groups it may be (`NatürlichePerson oder Unternehmen`).
    pub groups: Vec<GroupId>,
    /// Its role.
    pub role: Role,
    /// How many there may be, if several.
    pub repeat: Option<Repeat>,
    /// When it takes part at all.
    pub condition: Option<Expression>,
    /// Where it stands.
    pub span: Span,
}

impl Participant {
    /// The attributes of all its groups, one after the other: the number of a datum's attribute counts through them.
    pub fn attributes<'a>(&self, library: &'a Library) -> impl Iterator<Item = (u32, GroupId, &'a Attribute)> {
        let groups = self.groups.iter().filter_map(|id| Some((*id, library.groups.get(*id)?)));
        let all = groups.flat_map(|(id, group)| group.attributes.iter().map(move |attribute| (id, attribute)));
        (0..).zip(all).map(|(number, (group, attribute))| (number, group, attribute))
    }
}

/// The role of a [`Participant`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// `antragstellend`: the account speaks for it.
    Applicant,
    /// `anzeigend`: gives notice of something without applying for anything; the account speaks for it.
    Notifier,
    /// `mitantragstellend`
    CoApplicant,
    /// `vertreten durch` another participant.
    RepresentedBy(ParticipantId),
    /// `bevollmächtigt`
    Proxy,
    /// `zustimmend`
    Consenting,
    /// Somebody else.
    Other,
}

impl Role {
    /// Whether it is the one who is logged in.
    pub fn is_logged_in(self) -> bool {
        matches!(self, Role::Applicant | Role::Notifier)
    }
}

/// How often something repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repeat {
    /// At least.
    pub minimum: u32,
    /// At most, if bounded.
    pub maximum: Option<u32>,
}
