//! First pass over the files: every declaration gets its id and its name.

use std::sync::Arc;

use crate::diagnostic::Diagnostics;
use crate::model::evidence::{Account, EvidenceType, Register};
use crate::model::norm::{Law, Level};
use crate::model::person::{Authority, Choice, Constraints, Group, Land, Parameter, ScalarType};
use crate::model::text::Label;
use crate::model::{Library, Type};
use crate::source::Span;
use crate::syntax::ast::{self, DeclarationKind, Payload};

use super::names::{Entity, Names, module_of};
use super::norms::law_key;

/// Gives every declaration its id and its name; the procedures get the indices of their order.
pub(super) fn declare(files: &[Arc<ast::File>], names: &mut Names, out: &mut Diagnostics) -> Library {
    let mut library = Library::default();
    let mut procedures = 0;
    for file in files {
        let module = module_of(file);
        for declaration in &file.declarations {
            let span = declaration.span;
            let (name, key, entity) = match &declaration.kind {
                DeclarationKind::Law(law) => {
                    let key = law_key(law.land.as_ref(), &law.name);
                    let title = "".into();
                    let unread = Law { name: key.clone(), title, level: Level::Bund, regime: None, url: None, as_of: None, span };
                    let id = library.laws.add(unread);
                    (&law.name, key, Entity::Law(id))
                }
                DeclarationKind::Land(land) if land.key.text.as_ref() == "DE" => continue,
                DeclarationKind::Land(land) => {
                    let key = land.key.text.clone();
                    let id = library.lands.add(Land {
                        key: key.clone(),
                        name: key.clone(),
                        short: key.clone(),
                        ars: super::places::number(land),
                        capital: None,
                        holidays: Vec::new(),
                        remedy: None,
                        span,
                    });
                    (&land.key, key, Entity::Land(id))
                }
                DeclarationKind::Authority(item) => {
                    let authority =
                        Authority { name: item.name.text.clone(), label: Label::default(), level: Level::Kommune, span };
                    (&item.name, item.name.text.clone(), Entity::Authority(library.authorities.add(authority)))
                }
                DeclarationKind::Choice(item) => {
                    let choice = Choice { name: item.name.text.clone(), label: Label::default(), options: Vec::new(), span };
                    (&item.name, item.name.text.clone(), Entity::Choice(library.choices.add(choice)))
                }
                DeclarationKind::Scalar(item) => {
                    let name = item.name.text.clone();
                    let scalar = ScalarType { name, base: Type::Unknown, constraints: Constraints::default(), span };
                    (&item.name, item.name.text.clone(), Entity::Scalar(library.scalars.add(scalar)))
                }
                DeclarationKind::Group(item) => {
                    let group = Group {
                        name: item.name.text.clone(),
                        label: Label::default(),
                        attributes: Vec::new(),
                        fim: None,
                        norms: Vec::new(),
                        span,
                    };
                    (&item.name, item.name.text.clone(), Entity::Group(library.groups.add(group)))
                }
                DeclarationKind::Account(item) => {
                    let name = item.name.text.clone();
                    let account =
                        Account { name, label: Label::default(), delivers: Vec::new(), norms: Vec::new(), from: None, span };
                    (&item.name, item.name.text.clone(), Entity::Account(library.accounts.add(account)))
                }
                DeclarationKind::Register(item) => {
                    let register = Register {
                        name: item.name.text.clone(),
                        label: Label::default(),
                        norms: Vec::new(),
                        holds: Vec::new(),
                        keeper: None,
                        located: None,
                        idnr: None,
                        identifies: None,
                        searches: Vec::new(),
                        standard: None,
                        span,
                    };
                    (&item.name, item.name.text.clone(), Entity::Register(library.registers.add(register)))
                }
                DeclarationKind::Evidence(item) => {
                    let evidence = EvidenceType {
                        name: item.name.text.clone(),
                        label: Label::default(),
                        about: None,
                        norms: Vec::new(),
                        proves: Vec::new(),
                        registers: Vec::new(),
                        only_retrieval: None,
                        hint: None,
                        oots: Vec::new(),
                        span,
                    };
                    (&item.name, item.name.text.clone(), Entity::Evidence(library.evidence.add(evidence)))
                }
                DeclarationKind::Parameter(item) => {
                    let id = library.parameters.add(parameter(item, span));
                    (&item.name, item.name.text.clone(), Entity::Parameter(id))
                }
                DeclarationKind::Procedure(item) => {
                    procedures += 1;
                    (&item.name, item.name.text.clone(), Entity::Procedure(procedures - 1))
                }
                // A Land's own values have no name of their own: its variants read them under the name of the base.
                DeclarationKind::Variant(variant) => {
                    for operation in &variant.operations {
                        if let Payload::Parameter(item) = &operation.payload {
                            library.parameters.add(parameter(item, operation.span));
                        }
                    }
                    continue;
                }
                DeclarationKind::Connection(_)
                | DeclarationKind::Statement(_)
                | DeclarationKind::Texts(_)
                | DeclarationKind::Case(_)
                | DeclarationKind::Error => continue,
            };
            names.declare(&module, name, &key, entity, out);
        }
    }
    library
}

fn parameter(item: &ast::Parameter, span: Span) -> Parameter {
    Parameter {
        name: item.name.text.clone(),
        by: None,
        typ: Type::Unknown,
        norms: Vec::new(),
        opening: None,
        periods: Vec::new(),
        checked_until: None,
        span,
    }
}
