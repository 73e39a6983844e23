//! What a world of definitions means: names resolved, types inferred, norms resolved.
//!
//! Takes all [`ast::File`](crate::syntax::ast::File)s, gives one [`Model`]. It is partial where the text is broken (error nodes are
//! [`Type::Unknown`] and [`ExpressionKind::Error`]), and every fact carries its place.
//! It is not serialisable on purpose: what leaves the compiler is a target's document.
//!
//! A [`Model`] is cheap to copy: the [`Library`] and each [`Procedure`] are shared. A Land's model differs from the base only in the
//! procedures that a variant touches; all others are the same `Arc`, and later stages share their work by that identity.

pub mod case;
pub mod data_type;
pub mod deadline;
pub mod decision;
pub mod evidence;
pub mod expression;
pub mod from_syntax;
pub mod ids;
pub mod municipality;
pub mod norm;
pub mod overlay;
pub mod participant;
pub mod person;
pub mod places;
pub mod procedure;
pub mod text;
pub mod unverified;
pub mod workflow;

use std::sync::Arc;

use jiff::civil::Date;

pub use data_type::Type;
pub use evidence::{Account, Connection, EvidenceType, Register};
pub use expression::{Expression, ExpressionKind, Literal};
pub use ids::{
    AccountId, Arena, AuthorityId, ChoiceId, DatumId, DeadlineId, DecisionId, EvidenceId, GroupId, LandId, LawId, MunicipalityId,
    NoticeId, PageId, ParameterId, ParticipantId, PreconditionId, RegisterId, RuleId, ScalarId,
};
pub use municipality::Municipality;
pub use norm::{Law, Level, Norm};
pub use person::{Authority, Choice, Group, Land, Parameter, ScalarType};
pub use procedure::Procedure;
pub use text::{Label, machine_key, machine_name};
pub use unverified::Unverified;

/// One world of definitions, as seen from the base or from one Land.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// Everything that procedures share.
    pub library: Arc<Library>,
    /// The procedures, in the order of their files.
    pub procedures: Vec<Arc<Procedure>>,
    /// The Land whose law this is; `None` for the federal base.
    pub land: Option<LandId>,
}

/// What procedures share: the standard library and the project's own declarations.
#[derive(Debug, Clone, Default)]
pub struct Library {
    /// Laws, by declaration.
    pub laws: Arena<LawId, Law>,
    /// The Länder.
    pub lands: Arena<LandId, Land>,
    /// Counties and municipalities with law of their own.
    pub municipalities: Arena<MunicipalityId, Municipality>,
    /// Authorities (`stelle`).
    pub authorities: Arena<AuthorityId, Authority>,
    /// Closed lists of options (`auswahl`).
    pub choices: Arena<ChoiceId, Choice>,
    /// Constrained simple types (`typ`).
    pub scalars: Arena<ScalarId, ScalarType>,
    /// Compound types (`gruppe`), among them kinds of persons.
    pub groups: Arena<GroupId, Group>,
    /// Dated amounts and numbers (`parameter`).
    pub parameters: Arena<ParameterId, Parameter>,
    /// Registers and what they hold.
    pub registers: Arena<RegisterId, Register>,
    /// Kinds of evidence and what they prove.
    pub evidence: Arena<EvidenceId, EvidenceType>,
    /// User accounts and what they deliver.
    pub accounts: Arena<AccountId, Account>,
    /// Which register answers where, from when.
    pub connections: Vec<Connection>,
    /// What of all this nobody has verified, in the order of the files.
    pub unverified: Vec<Unverified>,
    /// The days nobody works anywhere in Germany, as (month, day) or days after Easter Sunday.
    pub national_holidays: Vec<person::Holiday>,
    /// What one can do against a decision in every Land that says nothing else.
    pub national_remedy: Option<procedure::Remedy>,
}

impl Library {
    /// The Land with this two-letter key (`TH`), if declared.
    pub fn land(&self, key: &str) -> Option<LandId> {
        self.lands.iter().find(|(_, land)| land.key.eq_ignore_ascii_case(key)).map(|(id, _)| id)
    }
}

/// Settings that decide what the law is: the day of the compilation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day(pub Date);
