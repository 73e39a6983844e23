//! Which registers answer in a Land on a day: the `anschluss` of the Bund, of the Land, and of the profiles asked for by name.

use jiff::civil::Date;

use crate::model::evidence::NOOTS;
use crate::model::{LandId, Library, MunicipalityId, Norm, RegisterId};
use crate::source::{Span, Text};

/// A Land, or one of its municipalities.
pub type Place = (LandId, Option<MunicipalityId>);

/// Which connections count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Profile {
    /// What the Bund and the Land state, and what these other places (towns, scenarios) state.
    Stated(Vec<Text>),
    /// Every register answers at once: what would be if.
    Everything,
    /// No register answers.
    Nothing,
}

impl Default for Profile {
    fn default() -> Profile {
        Profile::Stated(Vec::new())
    }
}

/// The word for [`Profile::Everything`], and its twin.
pub const EVERYTHING: [&str; 2] = ["alle", "all"];
/// The word for [`Profile::Nothing`], and its twin.
pub const NOTHING: [&str; 2] = ["keine", "none"];
/// The place that speaks for all Länder.
const BUND: &str = "Bund";

/// A register that answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// Which.
    pub register: RegisterId,
    /// Whether at once; otherwise only after the application is filed.
    pub immediate: bool,
    /// Over what (`NOOTS`); empty where the connection does not say.
    pub via: Text,
    /// The place whose registers answer: `Bund`, a Land, a town.
    pub place: Text,
    /// What allows the retrieval besides federal and social law, as cited.
    pub grounds: Vec<Text>,
    /// Where it is stated; detached for what would be if.
    pub span: Span,
}

/// What is connected, and between which days that stays so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Connections {
    /// The registers that answer.
    pub answering: Vec<Answering>,
    /// The first day of this state.
    pub from: Date,
    /// Its last day, if one is known.
    pub until: Option<Date>,
}

/// The registers that answer in a Land on a day, by their declaration; each once, at once if it can.
pub fn answering(library: &Library, place: Place, day: Date, profile: &Profile) -> Vec<Answering> {
    library.registers.iter().filter_map(|(register, _)| answers(library, place, day, profile, register)).collect()
}

fn answers(library: &Library, place: Place, day: Date, profile: &Profile, register: RegisterId) -> Option<Answering> {
    let places = match profile {
        Profile::Nothing => return None,
        Profile::Everything => return Some(at_once(register)),
        Profile::Stated(places) => places,
    };
    let counts = |name: &str| name == BUND || is_of(library, place, name) || places.iter().any(|named| named.as_ref() == name);
    let lines = library.connections.iter().filter(|line| line.register == register && line.from <= day && counts(&line.place));
    let line = lines.min_by_key(|line| !line.immediate)?;
    let cited = |norm: &Norm| norm.citation.clone();
    Some(Answering {
        register,
        immediate: line.immediate,
        via: line.via.clone(),
        place: line.place.clone(),
        grounds: line.norms.iter().map(cited).collect(),
        span: line.span,
    })
}

/// Every register answers at once.
pub fn everything(library: &Library) -> Vec<Answering> {
    library.registers.iter().map(|(register, _)| at_once(register)).collect()
}

/// A register that answers everywhere at once, as nobody has stated.
fn at_once(register: RegisterId) -> Answering {
    let (via, place) = (NOOTS.into(), BUND.into());
    Answering { register, immediate: true, via, place, grounds: Vec::new(), span: Span::DETACHED }
}

/// Whether a connection that names a place speaks of this one: of the municipality, or of its Land.
fn is_of(library: &Library, (land, municipality): Place, name: &str) -> bool {
    let municipality = municipality.and_then(|own| library.municipalities.get(own)).map(|own| [&own.key, &own.name]);
    let land = library.lands.get(land).map(|land| [&land.short, &land.name, &land.key]);
    municipality.into_iter().flatten().chain(land.into_iter().flatten()).any(|known| known.as_ref() == name)
}

/// What is connected in a place on a day.
pub fn in_force(library: &Library, place: Place, day: Date, profile: &Profile) -> Connections {
    let (from, until) = unchanged(library, place, day, profile);
    Connections { answering: answering(library, place, day, profile), from, until }
}

/// The days around `day` between which nothing changes in what answers in a Land: the first and, if one is known, the last.
fn unchanged(library: &Library, place: Place, day: Date, profile: &Profile) -> (Date, Option<Date>) {
    let changes = library.connections.iter().map(|line| line.from).filter(|from| {
        let before = from.yesterday().unwrap_or(*from);
        answering(library, place, *from, profile) != answering(library, place, before, profile)
    });
    let (mut first, mut last) = (Date::MIN, None);
    for change in changes {
        if change <= day {
            first = first.max(change);
        } else {
            let before = change.yesterday().ok();
            last = [last, before].into_iter().flatten().min();
        }
    }
    (first, last)
}

/// The places that some connection names, for suggestions.
pub fn places(library: &Library) -> Vec<Text> {
    let mut places: Vec<Text> = library.connections.iter().map(|line| line.place.clone()).collect();
    places.sort_unstable();
    places.dedup();
    places
}
