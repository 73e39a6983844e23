//! Which evidence can lawfully be fetched, in which ways, and what stands in the way of the rest.
//!
//! § 5 EGovG (federal law, on application) and § 67f SGB X (social law) leave the choice to the person concerned; both demand that
//! the evidence is necessary and could be collected from the person by another provision as well. Pure Land law needs a provision
//! of its own. Social data are only fetched without delay.

use crate::land::connections::Answering;
use crate::model::evidence::{IDNR, NOOTS, Register, Trust, whole_attribute};
use crate::model::procedure::{ChannelKind, NeededEvidence, Participant, Regime, Role};
use crate::model::{DatumId, EvidenceId, EvidenceType, GroupId, Library, ParticipantId, Procedure, RegisterId};
use crate::rules::foundations;
use crate::source::Text;

/// An evidence that a procedure needs about somebody, and how it can be fetched.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    /// Its kind.
    pub evidence: EvidenceId,
    /// About whom.
    pub of: Option<ParticipantId>,
    /// The number of the need in the procedure.
    pub needed: usize,
    /// Which of the alternatives of that need.
    pub way: usize,
    /// The data on which it rests whether it is needed: a retrieval runs only once that is known to be so.
    pub awaits: Vec<DatumId>,
    /// Whether and how it can be fetched.
    pub access: Access,
}

/// Whether an evidence can be fetched.
#[derive(Debug, Clone, PartialEq)]
pub enum Access {
    /// In these ways, the first declared first.
    Open(Vec<Search>),
    /// Not, and why.
    Closed(Obstacle),
}

/// One way to fetch an evidence: a register and what it is searched by.
#[derive(Debug, Clone, PartialEq)]
pub struct Search {
    /// Where it is fetched from.
    pub register: RegisterId,
    /// Which of the register's searches.
    pub search: usize,
    /// What is sent to the register: the datum, and the path of the part that is sent (`anschrift.plz`).
    pub sent: Vec<(DatumId, Text)>,
    /// Where the identification number comes from, if the register is searched by it.
    pub identification: Option<Identification>,
    /// The datum of place that says which office is asked.
    pub located: Option<DatumId>,
    /// What of the procedure's data it delivers.
    pub delivers: Vec<DatumId>,
    /// Whether it answers at once.
    pub immediate: bool,
}

impl Search {
    /// The data that must be known before.
    pub fn requires(&self) -> impl Iterator<Item = DatumId> {
        let identification = self.identification.iter().flat_map(|identification| &identification.sent);
        self.sent.iter().chain(identification).map(|(datum, _)| *datum).chain(self.located)
    }

    /// How many attributes are sent.
    pub fn attributes(&self) -> usize {
        self.sent.len() + self.identification.as_ref().map_or(0, |identification| identification.sent.len() + 1)
    }
}

/// How the identification number is had: it is never asked of people (§ 6 Abs. 2, 3 IDNrG).
#[derive(Debug, Clone, PartialEq)]
pub struct Identification {
    /// The service that gives it out.
    pub service: RegisterId,
    /// Which of its searches.
    pub search: usize,
    /// What is sent to it.
    pub sent: Vec<(DatumId, Text)>,
}

/// Why an evidence is not fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// No register delivers it.
    NoRegister,
    /// Registers deliver it, but none of them answers here.
    NotConnected(Vec<RegisterId>),
    /// It is about somebody who neither applies nor is represented by whoever applies.
    OtherPerson(Vec<RegisterId>),
    /// It is about several persons, whose choices a form can't tell apart yet.
    SeveralPersons(Vec<RegisterId>),
    /// A mere notice is no application: § 5 EGovG does not speak of it.
    NoticeOnly(Vec<RegisterId>),
    /// There is no way to apply online, so that nobody could look at it before.
    NoPreview(Vec<RegisterId>),
    /// Whoever is logged in is not identified well enough.
    TrustTooLow(Vec<RegisterId>),
    /// Social law, and the register answers only with delay.
    OnlyDelayed(Vec<RegisterId>),
    /// No provision allows the retrieval: none says why the evidence is needed, or no law of the Land allows to fetch it.
    NoGround(Vec<RegisterId>),
    /// The registers can't be searched by what can be known of the person.
    NoSearch(Vec<RegisterId>),
    /// Another alternative is offered instead.
    OtherAlternative,
}

/// What each needed evidence can be fetched by, where these registers answer.
pub fn offers(library: &Library, procedure: &Procedure, answering: &[Answering]) -> Vec<Offer> {
    let desk = Desk { library, procedure, answering };
    let mut offers: Vec<Offer> = Vec::new();
    for (needed, need) in procedure.evidence.iter().enumerate() {
        let conditions = need.condition.iter();
        for (way, kinds) in need.alternatives.ways.iter().enumerate() {
            for (evidence, kind) in kinds.iter().filter_map(|id| Some((*id, library.evidence.get(*id)?))) {
                let whom: Vec<Option<ParticipantId>> =
                    if need.of.is_empty() { vec![None] } else { need.of.iter().copied().map(Some).collect() };
                for of in whom {
                    let person = of.and_then(|of| procedure.participants.get(of));
                    let of_person = person.and_then(|person| person.condition.as_ref());
                    let awaits = foundations::data(procedure, conditions.clone().chain(of_person)).into_iter().collect();
                    let access = match desk.searches(need, kind, of.zip(person)) {
                        Ok(searches) => Access::Open(searches),
                        Err(obstacle) => Access::Closed(obstacle),
                    };
                    offers.push(Offer { evidence, of, needed, way, awaits, access });
                }
            }
        }
    }
    one_alternative(procedure, &mut offers);
    offers
}

/// Of several alternatives, the one of which most can be fetched is offered, the first declared first.
fn one_alternative(procedure: &Procedure, offers: &mut [Offer]) {
    for (needed, need) in procedure.evidence.iter().enumerate() {
        let open = |way: usize| {
            let of_way = offers.iter().filter(|offer| offer.needed == needed && offer.way == way);
            of_way.filter(|offer| matches!(offer.access, Access::Open(_))).count()
        };
        let ways = need.alternatives.ways.len();
        let Some(best) = (0..ways).max_by_key(|way| (open(*way), std::cmp::Reverse(*way))).filter(|_| ways > 1) else { continue };
        for offer in offers.iter_mut().filter(|offer| offer.needed == needed && offer.way != best) {
            if matches!(offer.access, Access::Open(_)) {
                offer.access = Access::Closed(Obstacle::OtherAlternative);
            }
        }
    }
}

/// Where it is decided what may be fetched.
struct Desk<'a> {
    library: &'a Library,
    procedure: &'a Procedure,
    answering: &'a [Answering],
}

impl Desk<'_> {
    fn searches(
        &self,
        need: &NeededEvidence,
        kind: &EvidenceType,
        of: Option<(ParticipantId, &Participant)>,
    ) -> Result<Vec<Search>, Obstacle> {
        let registers = kind.registers.clone();
        if registers.is_empty() {
            return Err(Obstacle::NoRegister);
        }
        let mut answering: Vec<&Answering> = self.answering.iter().filter(|line| registers.contains(&line.register)).collect();
        if answering.is_empty() {
            return Err(Obstacle::NotConnected(registers));
        }
        let registers: Vec<RegisterId> = answering.iter().map(|line| line.register).collect();
        if let Some((_, person)) = of {
            if person.repeat.is_some() {
                return Err(Obstacle::SeveralPersons(registers));
            }
            if !self.may_choose(person) {
                return Err(Obstacle::OtherPerson(registers));
            }
        }
        let channel = self.procedure.channels.iter().find(|channel| channel.kind == ChannelKind::Online);
        let Some(channel) = channel else { return Err(Obstacle::NoPreview(registers)) };
        if channel.trust.is_none_or(|trust| trust < Trust::Substantial) {
            return Err(Obstacle::TrustTooLow(registers));
        }
        let notice_only = self.procedure.participants.values().any(|participant| participant.role == Role::Notifier);
        match self.procedure.regime {
            Some(Regime::Federal) if notice_only => return Err(Obstacle::NoticeOnly(registers)),
            Some(Regime::Social) => answering.retain(|line| line.immediate),
            Some(Regime::Federal) => {}
            Some(Regime::Land) | None => answering.retain(|line| !line.grounds.is_empty()),
        }
        if need.norms.is_empty() || answering.is_empty() && self.procedure.regime != Some(Regime::Social) {
            return Err(Obstacle::NoGround(registers));
        }
        if answering.is_empty() {
            return Err(Obstacle::OnlyDelayed(registers));
        }
        let person = of.map(|(id, _)| id);
        let ways: Vec<Search> = answering.iter().flat_map(|line| self.ways(need, kind, person, line)).collect();
        if ways.is_empty() { Err(Obstacle::NoSearch(registers)) } else { Ok(ways) }
    }

    /// Whether whoever is logged in chooses for somebody: for oneself, for those one represents, for things.
    fn may_choose(&self, person: &Participant) -> bool {
        match person.role {
            Role::Applicant | Role::Notifier => true,
            Role::RepresentedBy(by) => self.procedure.participants.get(by).is_some_and(|by| by.role.is_logged_in()),
            Role::CoApplicant | Role::Proxy | Role::Consenting => false,
            Role::Other => !person.groups.iter().any(|group| self.is_person(*group)),
        }
    }

    /// Whether a group is a kind of persons: whoever can have an account.
    fn is_person(&self, group: GroupId) -> bool {
        let delivered = self.library.accounts.values().flat_map(|account| &account.delivers);
        delivered.into_iter().any(|(of, ..)| *of == group)
    }

    fn ways(&self, need: &NeededEvidence, kind: &EvidenceType, of: Option<ParticipantId>, line: &Answering) -> Vec<Search> {
        let Some(register) = self.library.registers.get(line.register) else { return Vec::new() };
        let located = register.located.as_ref().filter(|_| !self.is_of_the_bund(register));
        let located = located.map(|attribute| self.datum(of, attribute));
        let Some(located) = located.map_or(Some(None), |datum| datum.map(Some)) else { return Vec::new() };
        let delivers = self.delivers(need, kind, of, register);
        let mut ways = Vec::new();
        for (search, (attributes, _)) in register.searches.iter().enumerate() {
            let by_number = attributes.iter().any(|attribute| attribute.as_ref() == IDNR);
            let others = attributes.iter().filter(|attribute| attribute.as_ref() != IDNR);
            let Some(sent) = self.sent(of, others) else { continue };
            let identifications: Vec<Option<Identification>> = if !by_number {
                vec![None]
            } else if register.idnr.is_some() && line.via.as_ref() == NOOTS {
                self.identifications(of).into_iter().map(Some).collect()
            } else {
                Vec::new()
            };
            ways.extend(identifications.into_iter().map(|identification| Search {
                register: line.register,
                search,
                sent: sent.clone(),
                identification,
                located,
                delivers: delivers.clone(),
                immediate: line.immediate,
            }));
        }
        ways
    }

    fn is_of_the_bund(&self, register: &Register) -> bool {
        register.keeper.is_some_and(|(_, level)| level == crate::model::Level::Bund)
    }

    /// The ways to have somebody's identification number.
    fn identifications(&self, of: Option<ParticipantId>) -> Vec<Identification> {
        let groups = of.and_then(|of| self.procedure.participants.get(of)).map_or(&[][..], |person| &person.groups);
        let mut found = Vec::new();
        for line in self.answering.iter().filter(|line| line.immediate) {
            let Some(service) = self.library.registers.get(line.register) else { continue };
            if !service.identifies.as_ref().is_some_and(|(group, _)| groups.contains(group)) {
                continue;
            }
            // A later search is only lawful where the data of the one before can't be had (§ 6 Abs. 3 Nr. 2 IDNrG).
            let mut searches = service.searches.iter().enumerate();
            found.extend(searches.find_map(|(search, (attributes, _))| {
                let sent = self.sent(of, attributes.iter())?;
                Some(Identification { service: line.register, search, sent })
            }));
        }
        found
    }

    fn sent<'t>(&self, of: Option<ParticipantId>, attributes: impl Iterator<Item = &'t Text>) -> Option<Vec<(DatumId, Text)>> {
        attributes.map(|attribute| Some((self.datum(of, attribute)?, attribute.clone()))).collect()
    }

    /// The datum of an attribute of the person, or a field of that name.
    fn datum(&self, of: Option<ParticipantId>, attribute: &str) -> Option<DatumId> {
        let name = whole_attribute(attribute);
        match of {
            Some(of) => self.procedure.datum_of(of, name),
            None => self.procedure.data.iter().find(|(_, datum)| datum.name.as_ref() == name).map(|(id, _)| id),
        }
    }

    /// What an evidence delivers from a register: what it proves and the register holds of the person.
    fn delivers(
        &self,
        need: &NeededEvidence,
        kind: &EvidenceType,
        of: Option<ParticipantId>,
        register: &Register,
    ) -> Vec<DatumId> {
        let groups = of.and_then(|of| self.procedure.participants.get(of)).map(|person| &person.groups);
        let holds = |attribute: &Text| {
            let mut held = register.holds.iter().filter(|(group, _)| groups.is_none_or(|groups| groups.contains(group)));
            held.any(|(_, held)| held.contains(attribute))
        };
        let held = kind.proves.iter().filter(|attribute| holds(attribute));
        let own = |datum: &DatumId| {
            let whose = self.procedure.data.get(*datum).and_then(|datum| datum.of).map(|(of, _)| of);
            of.is_none() || whose == of
        };
        held.flat_map(|attribute| super::needs::proved(self.procedure, need, attribute)).filter(own).collect()
    }
}
