//! What stands at the top level of a file.

use crate::source::{Span, Text};

use super::ast::{
    Account, AccountItem, Authority, Choice, ChoiceOption, Citation, Clauses, Connection, ConnectionLine, Constraint,
    ConstraintKind, Declaration, DeclarationKind, Evidence, EvidenceItem, Group, HolidayDay, Land, LandItem, Law, LawItem,
    Municipality, Name, Parameter, ParameterItem, Path, Place, Register, RegisterItem, Repeat, Scalar, Template, TypeUse, Use,
};
use super::grammar::Rule;
use super::pairs::{Builder, Node, first, inner, nameless};

/// What most declarations begin with.
struct Head {
    name: Name,
    label: Option<Template>,
    norms: Option<Citation>,
}

impl Builder<'_> {
    /// One declaration; `None` for what is none.
    pub(super) fn declaration(&mut self, node: Node<'_>) -> Option<Declaration> {
        let span = self.span(&node);
        let unverified = self.marks(&node);
        let kind = match node.as_rule() {
            Rule::law_declaration => DeclarationKind::Law(self.law_declaration(node)),
            Rule::land => DeclarationKind::Land(self.land(node)),
            Rule::authority => {
                let level = first(node.clone().into_inner(), Rule::level).and_then(|level| self.place_in(level));
                let head = self.head(node);
                DeclarationKind::Authority(Authority { name: head.name, label: head.label, level, norms: head.norms })
            }
            Rule::choice => DeclarationKind::Choice(self.choice(node)),
            Rule::scalar => {
                let typ = first(node.clone().into_inner(), Rule::type_use).map(|typ| self.type_use(typ));
                let head = self.head(node);
                let missing = TypeUse { name: head.name.clone(), constraints: Vec::new(), span };
                DeclarationKind::Scalar(Scalar { name: head.name, label: head.label, typ: typ.unwrap_or(missing) })
            }
            Rule::group => self.group(node),
            Rule::account => self.account(node),
            Rule::register => self.register(node),
            Rule::evidence => self.evidence(node),
            Rule::connection => self.connection(node),
            Rule::parameter => DeclarationKind::Parameter(self.parameter(node)),
            Rule::procedure => DeclarationKind::Procedure(Box::new(self.procedure(node))),
            Rule::fee => DeclarationKind::Statement(Box::new(self.statement(node)?)),
            Rule::variant => DeclarationKind::Variant(self.variant(node)),
            Rule::texts => DeclarationKind::Texts(self.texts(node)),
            Rule::case => DeclarationKind::Case(self.case(node)),
            Rule::bad_declaration => {
                self.bad(node, Rule::entry_declaration);
                DeclarationKind::Error
            }
            Rule::stray => {
                self.stray(&node);
                return None;
            }
            _ => return None,
        };
        Some(Declaration { kind, documentation: Vec::new(), unverified, span })
    }

    /// `nutze a.b.C` or `nutze a.b.{C, D}`
    pub(super) fn import(&mut self, node: Node<'_>) -> Option<Use> {
        let span = self.span(&node);
        let mut path: Option<Path> = None;
        let mut members = Vec::new();
        let mut braced = false;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::path => path = Some(self.path(child)),
                Rule::import_members => {
                    braced = true;
                    members.extend(inner(child, Rule::import_member).iter().map(|member| self.name(member)));
                }
                _ => {}
            }
        }
        let mut module = path?;
        if !braced {
            members.extend(module.parts.pop());
            let end = module.parts.last().map_or(module.span.start, |last| last.span.end);
            module.span = Span { end, ..module.span };
        }
        Some(Use { module, members, braced, span })
    }

    fn head(&mut self, node: Node<'_>) -> Head {
        let mut head = Head { name: nameless(self.span(&node)), label: None, norms: None };
        let mut named = false;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name if !named => {
                    head.name = self.name(&child);
                    named = true;
                }
                Rule::string => head.label = Some(self.string(child)),
                Rule::norms => head.norms = self.norms_clause(child),
                _ => {}
            }
        }
        head
    }

    fn place_in(&self, node: Node<'_>) -> Option<Name> {
        first(node.into_inner(), Rule::place_name).map(|place| self.name(&place))
    }

    fn string_in(&mut self, node: Node<'_>) -> Option<Template> {
        first(node.into_inner(), Rule::string).map(|string| self.string(string))
    }

    fn law_declaration(&mut self, node: Node<'_>) -> Law {
        let mut law = Law { land: None, name: nameless(self.span(&node)), title: None, items: Vec::new() };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::law => {
                    let name = self.law(child);
                    law.land = name.land;
                    law.name = name.name;
                }
                Rule::string => law.title = Some(self.string(child)),
                Rule::law_level => law.items.extend(self.place_below(child).map(LawItem::Level)),
                Rule::law_source => law.items.extend(self.string_in(child).map(LawItem::Source)),
                Rule::law_as_of => law.items.extend(self.date_in(child).map(LawItem::AsOf)),
                Rule::law_regime => {
                    let norms = self.norms_below(&child);
                    law.items.extend(self.name_below(Some(child)).map(|name| LawItem::Regime { name, norms }));
                }
                _ => {}
            }
        }
        law
    }

    /// The date somewhere directly below a node.
    pub(super) fn date_in(&mut self, node: Node<'_>) -> Option<jiff::civil::Date> {
        let date = node.into_inner().find(|child| matches!(child.as_rule(), Rule::date | Rule::bad_date))?;
        self.date(&date)
    }

    fn land(&mut self, node: Node<'_>) -> Land {
        let head = self.head(node.clone());
        let mut items = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::land_number => {
                    items.extend(first(child.into_inner(), Rule::digits).map(|digits| LandItem::Key(self.name(&digits))));
                }
                Rule::land_name => items.extend(self.place_in(child).map(LandItem::ShortName)),
                Rule::land_capital => items.extend(self.string_in(child).map(LandItem::Capital)),
                Rule::holiday => items.extend(self.holiday(child)),
                Rule::remedy => items.extend(self.statement(child).map(|remedy| LandItem::Remedy(Box::new(remedy)))),
                rule => self.recover(rule, child),
            }
        }
        Land { key: head.name, label: head.label, items }
    }

    fn holiday(&mut self, node: Node<'_>) -> Option<LandItem> {
        let span = self.span(&node);
        let (mut day, mut name, mut only_in, mut norms) = (None, None, None, None);
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::month_day => {
                    let mut parts = child.as_str().split('-').map(|part| part.parse::<i8>().ok());
                    let (month, of_month) = (parts.next().flatten(), parts.next().flatten());
                    if let (Some(month @ 1..=12), Some(of_month @ 1..=31)) = (month, of_month) {
                        day = Some(HolidayDay::Fixed { month, day: of_month });
                    }
                }
                Rule::easter => {
                    let mut sign = 1;
                    let mut days = 0;
                    for part in child.into_inner() {
                        match part.as_rule() {
                            Rule::sum_operator if part.as_str() == "-" => sign = -1,
                            Rule::digits => days = i16::try_from(self.count(&part)).unwrap_or(i16::MAX),
                            _ => {}
                        }
                    }
                    day = Some(HolidayDay::Easter(sign * days));
                }
                Rule::k_busstag => day = Some(HolidayDay::Repentance),
                Rule::string => name = Some(self.string(child)),
                Rule::only_in => only_in = self.string_in(child),
                Rule::norms => norms = self.norms_clause(child),
                _ => {}
            }
        }
        Some(LandItem::Holiday { day: day?, name, only_in, norms, span })
    }

    fn choice(&mut self, node: Node<'_>) -> Choice {
        let head = self.head(node.clone());
        let mut choice = Choice { name: head.name, label: head.label, list: None, options: Vec::new() };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::choice_list => choice.list = self.string_in(child),
                Rule::option => {
                    let span = self.span(&child);
                    let code = first(child.clone().into_inner(), Rule::option_code).and_then(|code| self.string_in(code));
                    let head = self.head(child);
                    choice.options.push(ChoiceOption { name: head.name, label: head.label, code, span });
                }
                rule => self.recover(rule, child),
            }
        }
        choice
    }

    fn group(&mut self, node: Node<'_>) -> DeclarationKind {
        let head = self.head(node.clone());
        let mut group = Group { name: head.name, label: head.label, fim: None, norms: head.norms, attributes: Vec::new() };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::fim => group.fim = self.string_in(child),
                Rule::field => group.attributes.extend(self.statement(child)),
                rule => self.recover(rule, child),
            }
        }
        DeclarationKind::Group(group)
    }

    fn account(&mut self, node: Node<'_>) -> DeclarationKind {
        let head = self.head(node.clone());
        let mut account = Account { name: head.name, label: head.label, norms: head.norms, from: None, items: Vec::new() };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::valid_from => account.from = self.date_in(child),
                Rule::delivers => {
                    let span = self.span(&child);
                    let (group, attributes) = self.group_and_names(child.clone());
                    let trust = first(child.into_inner(), Rule::from_trust)
                        .and_then(|trust| first(trust.into_inner(), Rule::name))
                        .map(|trust| self.name(&trust));
                    account.items.extend(group.map(|group| AccountItem { group, attributes, trust, span }));
                }
                rule => self.recover(rule, child),
            }
        }
        DeclarationKind::Account(account)
    }

    /// `NatürlichePerson: vornamen, familienname`
    fn group_and_names(&self, node: Node<'_>) -> (Option<Name>, Vec<Name>) {
        let group = first(node.clone().into_inner(), Rule::name).map(|name| self.name(&name));
        let names = first(node.into_inner(), Rule::names).map_or_else(Vec::new, |names| self.names(names));
        (group, names)
    }

    fn register(&mut self, node: Node<'_>) -> DeclarationKind {
        let head = self.head(node.clone());
        let mut register = Register { name: head.name, label: head.label, norms: head.norms, items: Vec::new() };
        for child in node.into_inner() {
            let span = self.span(&child);
            let norms = self.norms_below(&child);
            match child.as_rule() {
                Rule::holds => {
                    let repeat = first(child.clone().into_inner(), Rule::repeat).map(|repeat| self.repeat(repeat));
                    let (before, mut attributes) = self.group_and_names(child);
                    let Some(before) = before else { continue };
                    // `führt kinder: NatürlichePerson mehrfach` names a group behind the colon.
                    let is_group = repeat.is_some() && attributes.len() == 1;
                    let (alias, group) = match attributes.pop() {
                        Some(group) if is_group => (Some(before), group),
                        Some(last) => {
                            attributes.push(last);
                            (None, before)
                        }
                        None => (None, before),
                    };
                    register.items.push(RegisterItem::Holds { alias, group, attributes, repeat, norms, span });
                }
                Rule::keeper => {
                    let level = first(child.clone().into_inner(), Rule::level).and_then(|level| self.place_in(level));
                    let place = first(child.clone().into_inner(), Rule::located)
                        .and_then(|located| first(located.into_inner(), Rule::reference))
                        .map(|place| self.name(&place));
                    if let Some(authority) = first(child.into_inner(), Rule::name).map(|name| self.name(&name)) {
                        register.items.push(RegisterItem::Keeper { authority, level, place, span });
                    }
                }
                Rule::idnr => register.items.extend(norms.map(RegisterItem::Idnr)),
                Rule::identifies => {
                    let group = self.name_below(Some(child));
                    register.items.extend(group.map(|group| RegisterItem::Identifies { group, norms }));
                }
                Rule::search => {
                    let attributes = inner(child, Rule::path).iter().map(|path| self.name(path)).collect();
                    register.items.push(RegisterItem::Search { attributes, norms, span });
                }
                Rule::standard => {
                    let name = self.place_in(child);
                    register.items.extend(name.map(|name| RegisterItem::Standard { name, norms, span }));
                }
                rule => self.recover(rule, child),
            }
        }
        DeclarationKind::Register(register)
    }

    fn evidence(&mut self, node: Node<'_>) -> DeclarationKind {
        let head = self.head(node.clone());
        let mut evidence = Evidence { name: head.name, label: head.label, about: None, norms: head.norms, items: Vec::new() };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::about => evidence.about = first(child.into_inner(), Rule::name).map(|name| self.name(&name)),
                Rule::proves | Rule::out_of => {
                    let proves = child.as_rule() == Rule::proves;
                    let names = first(child.into_inner(), Rule::names).map_or_else(Vec::new, |names| self.names(names));
                    evidence.items.push(if proves { EvidenceItem::Proves(names) } else { EvidenceItem::From(names) });
                }
                Rule::only_retrieval => {
                    let (norms, span) = (self.norms_below(&child), self.span(&child));
                    evidence.items.push(EvidenceItem::OnlyRetrieval { norms, span });
                }
                Rule::oots => evidence.items.extend(self.string_in(child).map(EvidenceItem::Oots)),
                Rule::help => evidence.items.extend(self.string_in(child).map(EvidenceItem::Help)),
                rule => self.recover(rule, child),
            }
        }
        DeclarationKind::Evidence(evidence)
    }

    fn connection(&mut self, node: Node<'_>) -> DeclarationKind {
        let mut place = Place::Named(nameless(self.span(&node)));
        let mut lines = Vec::new();
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::place_name | Rule::municipality => place = self.place(child),
                Rule::connection_line => {
                    let span = self.span(&child);
                    let (mut register, mut via, mut immediate) = (None, None, false);
                    let (from, norms) = (self.date_in(child.clone()), self.norms_below(&child));
                    for part in child.into_inner() {
                        match part.as_rule() {
                            Rule::name => register = Some(self.name(&part)),
                            Rule::via => via = first(part.into_inner(), Rule::name).map(|name| self.name(&name)),
                            Rule::immediate => immediate = true,
                            _ => {}
                        }
                    }
                    lines.extend(register.map(|register| ConnectionLine { register, via, immediate, from, norms, span }));
                }
                rule => self.recover(rule, child),
            }
        }
        DeclarationKind::Connection(Connection { place, lines })
    }

    /// The place directly below a node.
    pub(super) fn place_below(&mut self, node: Node<'_>) -> Option<Place> {
        let place = node.into_inner().find(|part| matches!(part.as_rule(), Rule::place_name | Rule::municipality))?;
        Some(self.place(place))
    }

    /// A Land, a town or a municipality by its key.
    pub(super) fn place(&mut self, node: Node<'_>) -> Place {
        if node.as_rule() != Rule::municipality {
            return Place::Named(self.name(&node));
        }
        let mut municipality = Municipality { key: nameless(self.span(&node)), label: None };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::digits => municipality.key = self.name(&child),
                Rule::string => municipality.label = Some(self.string(child)),
                _ => {}
            }
        }
        Place::Municipality(municipality)
    }

    pub(super) fn parameter(&mut self, node: Node<'_>) -> Parameter {
        let head = self.head(node.clone());
        let span = self.span(&node);
        let missing = TypeUse { name: head.name.clone(), constraints: Vec::new(), span };
        let mut clauses = Clauses::default();
        let mut parameter = Parameter {
            name: head.name,
            label: head.label,
            each: None,
            typ: missing,
            norms: head.norms,
            openness: None,
            items: Vec::new(),
        };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::each => parameter.each = first(child.into_inner(), Rule::name).map(|name| self.name(&name)),
                Rule::type_use => parameter.typ = self.type_use(child),
                Rule::checked_until => {
                    let span = self.span(&child);
                    parameter.items.extend(self.date_in(child).map(|day| ParameterItem::CheckedUntil(day, span)));
                }
                Rule::parameter_row => parameter.items.extend(self.parameter_row(child)),
                Rule::openness => self.clause(child, &mut clauses),
                rule => self.recover(rule, child),
            }
        }
        parameter.openness = clauses.openness;
        parameter
    }

    fn parameter_row(&mut self, node: Node<'_>) -> Option<ParameterItem> {
        let span = self.span(&node);
        let from = self.date_in(node.clone());
        let mut values = Vec::new();
        let mut norms = None;
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::keyed_value => {
                    let (mut name, mut value) = (None, None);
                    for part in child.into_inner() {
                        match part.as_rule() {
                            Rule::name => name = Some(self.name(&part)),
                            _ => value = Some(self.expression(part)),
                        }
                    }
                    values.extend(value.map(|value| (name, value)));
                }
                Rule::sum => values.push((None, self.expression(child))),
                Rule::norms => norms = self.norms_clause(child),
                _ => {}
            }
        }
        Some(ParameterItem::From { from: from?, values, norms, span })
    }

    /// A type with its constraints.
    pub(super) fn type_use(&mut self, node: Node<'_>) -> TypeUse {
        let span = self.span(&node);
        let mut usage = TypeUse { name: nameless(span), constraints: Vec::new(), span };
        for child in node.into_inner() {
            match child.as_rule() {
                Rule::name => usage.name = self.name(&child),
                _ => usage.constraints.extend(self.constraint(child)),
            }
        }
        usage.constraints.shrink_to_fit();
        usage
    }

    /// One constraint; `None` for another node.
    pub(super) fn constraint(&mut self, node: Node<'_>) -> Option<Constraint> {
        let span = self.span(&node);
        let kind = match node.as_rule() {
            Rule::pattern => {
                let regex = first(node.into_inner(), Rule::regex)?;
                let pattern = regex.as_str().strip_prefix('/')?.strip_suffix('/')?;
                ConstraintKind::Pattern(Text::from(pattern))
            }
            Rule::length => {
                let mut bounds = inner(node, Rule::digits).into_iter();
                let least = bounds.next().map(|digits| self.count(&digits))?;
                let most = bounds.next().map_or(least, |digits| self.count(&digits));
                ConstraintKind::Length(least, most)
            }
            Rule::check_digit => ConstraintKind::CheckDigit(first(node.into_inner(), Rule::name).map(|name| self.name(&name))?),
            Rule::fim => ConstraintKind::Fim(self.string_in(node)?),
            Rule::between => {
                let only_upper = node.clone().into_inner().next().is_some_and(|first| first.as_rule() == Rule::k_bis);
                let mut bounds = inner(node, Rule::sum).into_iter().map(|bound| self.expression(bound)).collect::<Vec<_>>();
                let second = if bounds.len() > 1 || only_upper { bounds.pop() } else { None };
                ConstraintKind::Between(bounds.pop(), second)
            }
            _ => return None,
        };
        Some(Constraint { kind, span })
    }

    /// `mehrfach 1 bis 10`
    pub(super) fn repeat(&mut self, node: Node<'_>) -> Repeat {
        let span = self.span(&node);
        let mut bounds = inner(node, Rule::digits).into_iter().map(|digits| self.count(&digits)).collect::<Vec<_>>().into_iter();
        Repeat { minimum: bounds.next(), maximum: bounds.next(), span }
    }
}
