//! Second pass over the files: what each declaration outside of procedures says.

use std::sync::Arc;

use jiff::civil::Date;

use crate::both;
use crate::diagnostic::Diagnostics;
use crate::model::evidence::{Connection, Trust, whole_attribute};
use crate::model::norm::Level;
use crate::model::overlay::{Leave, Opening};
use crate::model::person::{Attribute, ChoiceOption, Constraints, Holiday, HolidayRule, ParameterPeriod};
use crate::model::{GroupId, Library, Register, Type};
use crate::source::{Span, Text};
use crate::syntax::ast::{self, DeclarationKind};

use super::literals::constant;
use super::names::{Entity, Kind, Names, REGIMES, duplicate, unknown, word};
use super::norms::norms;
use super::places::municipality;
use super::texts::Texts;
use super::types::{constrain, trust, type_use};

const GROUP: Kind = Kind { de: "Die Gruppe", en: "The group" };
const AUTHORITY: Kind = Kind { de: "Die Stelle", en: "The authority" };
const REGISTER: Kind = Kind { de: "Das Register", en: "The register" };
const CHOICE: Kind = Kind { de: "Die Auswahl", en: "The choice" };

/// Says of each declaration what it says. Types come first, then groups, because others use them.
pub(super) fn define(files: &[Arc<ast::File>], names: &Names, texts: &Texts, library: &mut Library, out: &mut Diagnostics) {
    let mut definer = Definer { names, texts, library, out };
    let pass_of = |kind: &DeclarationKind| match kind {
        DeclarationKind::Scalar(_) | DeclarationKind::Choice(_) => 0,
        DeclarationKind::Group(_) => 1,
        _ => 2,
    };
    for pass in 0..3 {
        for declaration in files.iter().flat_map(|file| &file.declarations) {
            if pass_of(&declaration.kind) == pass {
                definer.declaration(declaration);
            }
        }
    }
}

struct Definer<'a> {
    names: &'a Names,
    texts: &'a Texts,
    library: &'a mut Library,
    out: &'a mut Diagnostics,
}

impl Definer<'_> {
    fn declaration(&mut self, declaration: &ast::Declaration) {
        let span = declaration.span;
        match &declaration.kind {
            DeclarationKind::Law(item) => self.law(item, span),
            DeclarationKind::Land(item) => self.land(item, span),
            DeclarationKind::Authority(item) => {
                let label = self.texts.label(&item.name.text, "titel", item.label.as_ref());
                let level = item.level.as_ref().map_or(Level::Kommune, |level| self.level(level));
                if let Some(authority) = self.library.authorities.find_mut(|item| item.span == span) {
                    authority.label = label;
                    authority.level = level;
                }
            }
            DeclarationKind::Choice(item) => self.choice(item, span),
            DeclarationKind::Scalar(item) => {
                let (typ, constraints) = self.type_use(&item.typ);
                if let Some(scalar) = self.library.scalars.find_mut(|item| item.span == span) {
                    scalar.base = typ;
                    scalar.constraints = constraints;
                }
            }
            DeclarationKind::Group(item) => self.group(item, span),
            DeclarationKind::Account(item) => self.account(item, span),
            DeclarationKind::Register(item) => self.register(item, span),
            DeclarationKind::Evidence(item) => self.evidence(item, span),
            DeclarationKind::Connection(item) => self.connection(item),
            DeclarationKind::Parameter(item) => self.parameter(item, span),
            DeclarationKind::Statement(statement) => self.out.push(super::not_yet(
                statement.span,
                &both!("Eine Gebühr außerhalb eines Verfahrens", "A fee outside of a procedure"),
            )),
            DeclarationKind::Variant(variant) => {
                for operation in &variant.operations {
                    if let ast::Payload::Parameter(item) = &operation.payload {
                        self.parameter(item, operation.span);
                    }
                }
            }
            DeclarationKind::Procedure(_) | DeclarationKind::Texts(_) | DeclarationKind::Case(_) | DeclarationKind::Error => {}
        }
    }

    fn law(&mut self, item: &ast::Law, span: Span) {
        let mut level = item.land.as_ref().map_or(Level::Bund, |land| self.level(land));
        let (mut url, mut as_of, mut regime) = (None, None, None);
        for detail in &item.items {
            match detail {
                ast::LawItem::Level(ast::Place::Named(name)) => level = self.level(name),
                ast::LawItem::Level(ast::Place::Municipality(place)) => {
                    let known = municipality(self.library, &place.key.text);
                    level = known.map_or(Level::Kommune, Level::Municipality);
                }
                ast::LawItem::Source(text) => url = Some(text.plain()),
                ast::LawItem::AsOf(day) => as_of = Some(*day),
                ast::LawItem::Regime { name, norms: citation } => {
                    let norms = norms(citation.as_ref(), self.names, self.out);
                    regime = word(name, REGIMES, &both!("als Verfahrensrecht", "as procedural law"), self.out)
                        .map(|regime| (regime, norms));
                }
            }
        }
        if let Some(law) = self.library.laws.find_mut(|item| item.span == span) {
            law.level = level;
            law.url = url;
            law.as_of = as_of;
            law.regime = regime;
            law.title = item.title.as_ref().map_or_else(|| law.name.clone(), ast::Template::plain);
        }
    }

    fn level(&mut self, name: &ast::Name) -> Level {
        match name.text.as_ref() {
            "Bund" | "bund" => Level::Bund,
            "EU" | "eu" => Level::Union,
            "Länder" | "länder" | "Land" | "land" => Level::EachLand,
            "Kommune" | "kommune" | "kreis" | "gemeinde" => Level::Kommune,
            "Selbstverwaltung" | "selbstverwaltung" => Level::SelfGovernment,
            key => match self.library.land(key) {
                Some(land) => Level::Land(land),
                None => {
                    let keys: Vec<&str> = self.library.lands.values().map(|land| land.key.as_ref()).collect();
                    let known = ["Bund", "EU", "Länder", "Kommune", "Selbstverwaltung"].into_iter().chain(keys);
                    self.out.push(unknown(name, known, &both!("als Ebene", "as a level")));
                    Level::Bund
                }
            },
        }
    }

    fn land(&mut self, item: &ast::Land, span: Span) {
        let mut holidays = Vec::new();
        let (mut capital, mut short, mut remedy) = (None, None, None);
        for detail in &item.items {
            match detail {
                ast::LandItem::Key(_) => {} // read when the Land got its name
                ast::LandItem::Remedy(statement) => {
                    remedy = super::remedies::of_land(statement, self.names, self.out);
                }
                ast::LandItem::ShortName(name) => short = Some(name.text.clone()),
                ast::LandItem::Capital(text) => capital = Some(text.plain()),
                ast::LandItem::Holiday { day, name, only_in, .. } => holidays.push(Holiday {
                    day: match day {
                        ast::HolidayDay::Fixed { month, day } => HolidayRule::Fixed { month: *month, day: *day },
                        ast::HolidayDay::Easter(days) => HolidayRule::AfterEaster(*days),
                        ast::HolidayDay::Repentance => HolidayRule::RepentanceDay,
                    },
                    name: name.as_ref().map_or_else(|| "".into(), ast::Template::plain),
                    only_partly: only_in.is_some(),
                }),
            }
        }
        if item.key.text.as_ref() == "DE" {
            self.library.national_holidays = holidays;
            self.library.national_remedy = remedy;
            return;
        }
        if let Some(land) = self.library.lands.find_mut(|item| item.span == span) {
            land.remedy = remedy;
            land.capital = capital;
            land.holidays = holidays;
            if let Some(label) = &item.label {
                land.name = label.plain();
            }
            land.short = short.unwrap_or_else(|| short_name(&land.name));
        }
    }

    fn choice(&mut self, item: &ast::Choice, span: Span) {
        let mut options: Vec<ChoiceOption> = Vec::with_capacity(item.options.len());
        for option in &item.options {
            if let Some(first) = options.iter().find(|first| first.name == option.name.text) {
                self.out.push(duplicate(&option.name.text, option.name.span, first.span));
                continue;
            }
            options.push(ChoiceOption {
                name: option.name.text.clone(),
                label: self.texts.label(&item.name.text, &option.name.text, option.label.as_ref()),
                code: option.code.as_ref().map(ast::Template::plain),
                span: option.name.span,
            });
        }
        let label = self.texts.label(&item.name.text, "titel", item.label.as_ref());
        if let Some(choice) = self.library.choices.find_mut(|item| item.span == span) {
            choice.label = label;
            choice.options = options;
        }
    }

    fn group(&mut self, item: &ast::Group, span: Span) {
        let mut attributes: Vec<Attribute> = Vec::new();
        for statement in &item.attributes {
            let ast::StatementKind::Field(field) = &statement.kind else { continue };
            if let Some(first) = attributes.iter().find(|first| first.name == field.name.text) {
                self.out.push(duplicate(&field.name.text, field.name.span, first.span));
                continue;
            }
            let (typ, mut constraints) = self.type_use(&field.typ);
            self.constraints(&field.constraints, &typ, &mut constraints);
            let typ = if field.repeat.is_some() { Type::List(Box::new(typ)) } else { typ };
            let owner = &item.name.text;
            attributes.push(Attribute {
                name: field.name.text.clone(),
                label: self.texts.label(owner, &field.name.text, field.label.as_ref()),
                hint: field.help.as_ref().map(|help| self.texts.label(owner, &format!("{}.hilfe", field.name.text), Some(help))),
                example: field.example.as_deref().map(ast::Template::plain),
                typ,
                constraints,
                optional: field.optional,
                span: statement.span,
            });
        }
        let norms = norms(item.norms.as_ref(), self.names, self.out);
        let label = self.texts.label(&item.name.text, "titel", item.label.as_ref());
        if let Some(group) = self.library.groups.find_mut(|item| item.span == span) {
            group.label = label;
            group.fim = item.fim.as_ref().map(ast::Template::plain);
            group.norms = norms;
            group.attributes = attributes;
        }
    }

    fn account(&mut self, item: &ast::Account, span: Span) {
        let mut delivers = Vec::new();
        for line in &item.items {
            let Some(group) = self.group_named(&line.group) else { continue };
            self.known_attributes(group, &line.attributes);
            let trust = line.trust.as_ref().map_or(Trust::Low, |name| trust(name, self.out));
            delivers.push((group, line.attributes.iter().map(|name| name.text.clone()).collect(), trust));
        }
        let norms = norms(item.norms.as_ref(), self.names, self.out);
        let label = self.texts.label(&item.name.text, "titel", item.label.as_ref());
        if let Some(account) = self.library.accounts.find_mut(|item| item.span == span) {
            account.label = label;
            account.norms = norms;
            account.from = item.from;
            account.delivers = delivers;
        }
    }

    fn register(&mut self, item: &ast::Register, span: Span) {
        let Some((id, mut register)) =
            self.library.registers.iter().find(|(_, item)| item.span == span).map(|(id, item)| (id, item.clone()))
        else {
            return;
        };
        register.label = self.texts.label(&item.name.text, "titel", item.label.as_ref());
        register.norms = norms(item.norms.as_ref(), self.names, self.out);
        for detail in &item.items {
            match detail {
                ast::RegisterItem::Holds { alias, group, attributes, .. } => {
                    let Some(group) = self.group_named(group) else { continue };
                    if alias.is_none() {
                        self.known_attributes(group, attributes);
                    }
                    let names = match alias {
                        Some(alias) => vec![alias.text.clone()],
                        None => attributes.iter().map(|name| name.text.clone()).collect(),
                    };
                    register.holds.push((group, names));
                }
                ast::RegisterItem::Keeper { authority, level, place, .. } => {
                    register.located = place.as_ref().map(|place| place.text.clone());
                    let level = level.as_ref().map_or(Level::Kommune, |level| self.level(level));
                    let authority = self.names.resolve(
                        authority,
                        &AUTHORITY,
                        |entity| match entity {
                            Entity::Authority(id) => Some(id),
                            _ => None,
                        },
                        self.out,
                    );
                    register.keeper = authority.map(|authority| (authority, level));
                }
                ast::RegisterItem::Idnr(citation) => {
                    register.idnr = norms(Some(citation), self.names, self.out).into_iter().next();
                }
                ast::RegisterItem::Identifies { group, norms: citation } => {
                    let norms = norms(citation.as_ref(), self.names, self.out);
                    register.identifies = self.group_named(group).map(|group| (group, norms));
                }
                ast::RegisterItem::Search { attributes, norms: citation, .. } => {
                    self.held_attributes(&register, attributes);
                    register.searches.push((
                        attributes.iter().map(|name| name.text.clone()).collect(),
                        norms(citation.as_ref(), self.names, self.out),
                    ));
                }
                ast::RegisterItem::Standard { name, norms: citation, .. } => {
                    register.standard = Some((name.text.clone(), norms(citation.as_ref(), self.names, self.out)));
                }
            }
        }
        if let Some(slot) = self.library.registers.get_mut(id) {
            *slot = register;
        }
    }

    fn evidence(&mut self, item: &ast::Evidence, span: Span) {
        let Some((id, mut evidence)) =
            self.library.evidence.iter().find(|(_, item)| item.span == span).map(|(id, item)| (id, item.clone()))
        else {
            return;
        };
        evidence.label = self.texts.label(&item.name.text, "titel", item.label.as_ref());
        evidence.norms = norms(item.norms.as_ref(), self.names, self.out);
        evidence.about = item.about.as_ref().and_then(|about| self.group_named(about));
        for detail in &item.items {
            match detail {
                ast::EvidenceItem::Proves(attributes) => {
                    if let Some(about) = evidence.about {
                        self.known_attributes(about, attributes);
                    }
                    evidence.proves.extend(attributes.iter().map(|name| name.text.clone()));
                }
                ast::EvidenceItem::From(registers) => {
                    for name in registers {
                        evidence.registers.extend(self.register_named(name));
                    }
                }
                ast::EvidenceItem::OnlyRetrieval { norms: citation, span } => {
                    evidence.only_retrieval = Some((norms(citation.as_ref(), self.names, self.out), *span));
                }
                ast::EvidenceItem::Oots(text) => evidence.oots.push(text.plain()),
                ast::EvidenceItem::Help(text) => {
                    evidence.hint = Some(self.texts.label(&item.name.text, "hilfe", Some(text)));
                }
            }
        }
        if let Some(slot) = self.library.evidence.get_mut(id) {
            *slot = evidence;
        }
    }

    fn connection(&mut self, item: &ast::Connection) {
        let place = match &item.place {
            ast::Place::Named(name) => name.text.clone(),
            ast::Place::Municipality(municipality) => municipality.key.text.clone(),
        };
        for line in &item.lines {
            let Some(register) = self.register_named(&line.register) else { continue };
            self.library.connections.push(Connection {
                place: place.clone(),
                register,
                via: line.via.as_ref().map_or_else(|| "".into(), |via| via.text.clone()),
                immediate: line.immediate,
                from: line.from.unwrap_or(Date::MIN),
                norms: norms(line.norms.as_ref(), self.names, self.out),
                span: line.span,
            });
        }
    }

    fn parameter(&mut self, item: &ast::Parameter, span: Span) {
        let by = item.each.as_ref().and_then(|each| {
            self.names.resolve(
                each,
                &CHOICE,
                |entity| match entity {
                    Entity::Choice(id) => Some(id),
                    _ => None,
                },
                self.out,
            )
        });
        let (typ, _) = self.type_use(&item.typ);
        let options = by.and_then(|by| self.library.choices.get(by)).map(|choice| choice.options.clone());
        let mut periods: Vec<ParameterPeriod> = Vec::new();
        let mut checked_until = None;
        for detail in &item.items {
            match detail {
                ast::ParameterItem::CheckedUntil(day, span) => checked_until = Some((*day, *span)),
                ast::ParameterItem::From { from, values, span, .. } => {
                    let mut row = vec![None; options.as_ref().map_or(1, Vec::len)];
                    for (name, value) in values {
                        let literal = constant(value, &typ, self.library, self.out);
                        let at = match (name, &options) {
                            (None, None) => Some(0),
                            (Some(name), Some(options)) => {
                                let at = options.iter().position(|option| option.name == name.text);
                                if at.is_none() {
                                    let known = options.iter().map(|option| option.name.as_ref());
                                    self.out.push(unknown(name, known, &both!("in der Auswahl", "in the choice")));
                                }
                                at
                            }
                            (Some(name), None) => {
                                self.out.push(unknown(name, [], &both!("(der Parameter hat kein „je“)", "(no “je” here)")));
                                None
                            }
                            (None, Some(_)) => None,
                        };
                        if let Some(slot) = at.and_then(|at| row.get_mut(at)) {
                            *slot = literal;
                        }
                    }
                    periods.push(ParameterPeriod { from: *from, values: row, span: *span });
                }
            }
        }
        periods.sort_by_key(|period| period.from);
        let cited = norms(item.norms.as_ref(), self.names, self.out);
        let opening = item.openness.as_ref().map(|openness| Opening {
            who: ast::Who::Lands,
            leave: if openness.open { Leave::May } else { Leave::Closed },
            what: vec![format!("parameter {}", item.name.text).into()],
            verbs: Vec::new(),
            norms: norms(openness.norms.as_ref().or(item.norms.as_ref()), self.names, self.out),
            span: openness.span,
        });
        if let Some(parameter) = self.library.parameters.find_mut(|item| item.span == span) {
            parameter.by = by;
            parameter.typ = typ;
            parameter.norms = cited;
            parameter.opening = opening;
            parameter.periods = periods;
            parameter.checked_until = checked_until;
        }
    }

    fn group_named(&mut self, name: &ast::Name) -> Option<GroupId> {
        self.names.resolve(
            name,
            &GROUP,
            |entity| match entity {
                Entity::Group(id) => Some(id),
                _ => None,
            },
            self.out,
        )
    }

    fn register_named(&mut self, name: &ast::Name) -> Option<crate::model::RegisterId> {
        self.names.resolve(
            name,
            &REGISTER,
            |entity| match entity {
                Entity::Register(id) => Some(id),
                _ => None,
            },
            self.out,
        )
    }

    /// Reports attributes by which nobody can search a register: they must be those of one kind of thing that it holds.
    fn held_attributes(&mut self, register: &Register, attributes: &[ast::Name]) {
        let has_all = |group: GroupId| {
            let group = self.library.groups.get(group);
            group.is_some_and(|group| attributes.iter().all(|name| group.attribute(whole_attribute(&name.text)).is_some()))
        };
        let mut groups = register.holds.iter().map(|(group, _)| *group);
        let first = groups.clone().next();
        if let (Some(first), false) = (first, groups.any(has_all)) {
            self.known_attributes(first, attributes);
        }
    }

    /// Reports attributes that a group does not have.
    fn known_attributes(&mut self, group: GroupId, attributes: &[ast::Name]) {
        let Some(group) = self.library.groups.get(group) else { return };
        for name in attributes {
            if group.attribute(whole_attribute(&name.text)).is_none() {
                let known = group.attributes.iter().map(|attribute| attribute.name.as_ref());
                let of = &group.name;
                self.out.push(unknown(name, known, &both!("als Angabe von {of}", "as an attribute of {of}")));
            }
        }
    }

    fn type_use(&mut self, usage: &ast::TypeUse) -> (Type, Constraints) {
        type_use(usage, self.names, self.library, self.out)
    }

    fn constraints(&mut self, written: &[ast::Constraint], typ: &Type, constraints: &mut Constraints) {
        constrain(written, typ, self.library, constraints, self.out);
    }
}

/// `Freistaat Bayern` is called `Bayern`.
fn short_name(official: &Text) -> Text {
    const TITLES: &[&str] = &["Freistaat ", "Land ", "Freie und Hansestadt ", "Freie Hansestadt ", "Hansestadt "];
    TITLES.iter().find_map(|title| official.strip_prefix(title)).map_or_else(|| official.clone(), Text::from)
}
