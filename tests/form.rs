//! The form, from a small model built by hand: hostile words stay words, bytes are the same each time, the page stays small.

use blaupause::check::offers::Obstacle;
use blaupause::formats::html::script_is_closed;
use blaupause::model::evidence::{Alternatives, EvidenceType};
use blaupause::model::expression::{BinaryOperator, Context, Function};
use blaupause::model::ids::{DatumId, ParticipantId, RuleId};
use blaupause::model::norm::{Level, Norm};
use blaupause::model::person::{Attribute, Choice, ChoiceOption, Constraints, Group, ScalarType};
use blaupause::model::procedure::{
    Competence, Datum, Declaration, NeededEvidence, Participant, Precondition, Regime, Role, Rule,
};
use blaupause::model::{Authority, Expression, ExpressionKind, Label, Land, Library, Literal, Procedure, Type};
use blaupause::plan::{Plan, PlannedEntry, PlannedEvidence, PlannedPage};
use blaupause::source::Span;
use blaupause::targets::form;
use rust_decimal::Decimal;

/// One question: its address, of whom, its words, its type, when it is asked, by which norm.
struct Ask<'a>(&'a str, Option<(u32, u32)>, (&'a str, &'a str), Type, Option<Expression>, &'a str);

fn span() -> Span {
    Span::DETACHED
}

fn label((de, en): (&str, &str)) -> Label {
    Label { de: de.into(), en: (!en.is_empty()).then(|| en.into()) }
}

fn norms(citation: &str) -> Vec<Norm> {
    if citation.is_empty() {
        Vec::new()
    } else {
        vec![Norm { citation: citation.into(), law: None, section: None, span: span() }]
    }
}

fn expression(kind: ExpressionKind, typ: Type) -> Expression {
    Expression { kind, typ, maybe_missing: true, span: span() }
}

fn datum(index: u32, typ: Type) -> Expression {
    expression(ExpressionKind::Datum(DatumId(index)), typ)
}

fn literal(literal: Literal, typ: Type) -> Expression {
    expression(ExpressionKind::Literal(literal), typ)
}

fn binary(operator: BinaryOperator, left: Expression, right: Expression) -> Expression {
    expression(ExpressionKind::Binary(operator, Box::new(left), Box::new(right)), Type::Truth)
}

fn not(inner: Expression) -> Expression {
    expression(ExpressionKind::Not(Box::new(inner)), Type::Truth)
}

fn attribute(name: &str, text: (&str, &str), typ: Type) -> Attribute {
    Attribute {
        name: name.into(),
        label: label(text),
        hint: None,
        example: None,
        typ,
        constraints: Constraints::default(),
        optional: name == "zusatz",
        span: span(),
    }
}

fn choice(name: &str, options: &[(&str, &str, &str)]) -> Choice {
    let options = options
        .iter()
        .map(|(name, de, en)| ChoiceOption { name: (*name).into(), label: label((de, en)), code: None, span: span() })
        .collect();
    Choice { name: name.into(), label: Label::default(), options, span: span() }
}

fn group(name: &str, attributes: Vec<Attribute>) -> Group {
    Group { name: name.into(), label: Label::german(name), attributes, fim: None, norms: Vec::new(), span: span() }
}

pub(crate) fn library() -> Library {
    let mut library = Library::default();
    let constraints = Constraints { pattern: Some("[0-9]{5}".into()), length: Some((5, 5)), ..Constraints::default() };
    let postcode = library.scalars.add(ScalarType { name: "Postleitzahl".into(), base: Type::Text, constraints, span: span() });
    let constraints = Constraints { check_digit: Some("iban".into()), ..Constraints::default() };
    let iban = library.scalars.add(ScalarType { name: "IBAN".into(), base: Type::Text, constraints, span: span() });
    let status = library.choices.add(choice(
        "Familienstand",
        &[
            ("ledig", "ledig", "single"),
            ("verheiratet", "verheiratet", "married"),
            ("geschieden", "geschieden", "divorced"),
            ("verwitwet", "verwitwet", "widowed"),
        ],
    ));
    let address = library.groups.add(group(
        "Anschrift",
        vec![
            attribute("straße", ("Straße", "Street"), Type::Text),
            attribute("hausnummer", ("Hausnummer", "House number"), Type::Text),
            attribute("zusatz", ("Zusatz", "Addition"), Type::Text),
            attribute("plz", ("Postleitzahl", "Postcode"), Type::Scalar(postcode)),
            attribute("ort", ("Ort", "Town"), Type::Text),
        ],
    ));
    let account = library.groups.add(group(
        "Bankverbindung",
        vec![
            attribute("inhaber", ("Wem gehört das Konto?", "Account holder"), Type::Text),
            attribute("iban", ("IBAN", "IBAN"), Type::Scalar(iban)),
        ],
    ));
    library.groups.add(group(
        "NatürlichePerson",
        vec![
            attribute("vornamen", ("Vornamen", "Given names"), Type::Text),
            attribute("familienname", ("Familienname", "Family name"), Type::Text),
            attribute("geburtsdatum", ("Geburtsdatum", "Date of birth"), Type::Date),
            attribute("anschrift", ("Anschrift", "Address"), Type::Group(address)),
            attribute("familienstand", ("Familienstand", "Marital status"), Type::Choice(status)),
        ],
    ));
    let _ = account;
    for (name, text) in [
        ("Geburtsurkunde", ("Geburtsurkunde", "Birth certificate")),
        ("Meldedatensatz", ("Auskunft aus dem Melderegister", "")),
        ("Unterhaltstitel", ("Urteil oder Urkunde über den Unterhalt", "Maintenance order")),
    ] {
        library.evidence.add(EvidenceType {
            name: name.into(),
            label: label(text),
            about: None,
            norms: Vec::new(),
            proves: Vec::new(),
            registers: Vec::new(),
            only_retrieval: None,
            hint: None,
            oots: Vec::new(),
            span: span(),
        });
    }
    library.authorities.add(Authority {
        name: "Unterhaltsvorschussstelle".into(),
        label: label(("Unterhaltsvorschussstelle", "Maintenance Advance Office")),
        level: Level::Kommune,
        span: span(),
    });
    library
}

fn questions() -> Vec<Ask<'static>> {
    let (groups, choices) = (|id| Type::Group(blaupause::model::GroupId(id)), |id| Type::Choice(blaupause::model::ChoiceId(id)));
    let age = || expression(ExpressionKind::Rule(RuleId(0)), Type::Integer);
    let twelve = literal(Literal::Integer(12), Type::Integer);
    let married = literal(Literal::Option(blaupause::model::ChoiceId(0), 1), choices(0));
    vec![
        Ask("kind.vornamen", Some((1, 0)), ("Vornamen", "Given names"), Type::Text, None, "§ 9 Abs. 1 UhVorschG"),
        Ask("kind.familienname", Some((1, 1)), ("Familienname", "Family name"), Type::Text, None, "§ 9 Abs. 1 UhVorschG"),
        Ask("kind.geburtsdatum", Some((1, 2)), ("Geburtsdatum", "Date of birth"), Type::Date, None, "§ 1 Abs. 1 Nr. 1 UhVorschG"),
        Ask("kind.anschrift", Some((1, 3)), ("Anschrift", "Address"), groups(0), None, "§ 9 Abs. 1 UhVorschG"),
        Ask(
            "lebt_bei_ihnen",
            None,
            ("Lebt das Kind bei Ihnen?", "Does the child live with you?"),
            Type::Truth,
            None,
            "§ 1 Abs. 1 Nr. 2 UhVorschG",
        ),
        Ask(
            "sgb2",
            None,
            ("Bekommt das Kind Bürgergeld?", ""),
            Type::Truth,
            Some(binary(BinaryOperator::GreaterOrEqual, age(), twelve)),
            "§ 1 Abs. 1a UhVorschG",
        ),
        Ask("elternteil.vornamen", Some((0, 0)), ("Vornamen", "Given names"), Type::Text, None, ""),
        Ask("elternteil.familienname", Some((0, 1)), ("Familienname", "Family name"), Type::Text, None, ""),
        Ask("elternteil.anschrift", Some((0, 3)), ("Anschrift", "Address"), groups(0), None, ""),
        Ask(
            "elternteil.familienstand",
            Some((0, 4)),
            ("Familienstand", "Marital status"),
            choices(0),
            None,
            "§ 1 Abs. 1 Nr. 2 UhVorschG",
        ),
        Ask(
            "getrennt",
            None,
            ("Leben Sie dauernd getrennt?", "Are you permanently separated?"),
            Type::Truth,
            Some(binary(BinaryOperator::Equal, datum(9, choices(0)), married)),
            "§ 1 Abs. 2 UhVorschG",
        ),
        Ask(
            "zusammen",
            None,
            ("Wohnen Sie mit dem anderen Elternteil zusammen?", "Do you live with the other parent?"),
            Type::Truth,
            None,
            "§ 1 Abs. 3 UhVorschG",
        ),
        Ask(
            "einkommen",
            None,
            ("Wie hoch ist Ihr Bruttoeinkommen im Monat?", "What is your gross monthly income?"),
            Type::Amount,
            Some(datum(5, Type::Truth)),
            "§ 1 Abs. 1a UhVorschG",
        ),
        Ask("konto", None, ("Wohin sollen wir überweisen?", "Where should we pay to?"), groups(1), None, "§ 9 Abs. 3 UhVorschG"),
        Ask(
            "zahlt",
            None,
            ("Zahlt der andere Elternteil Unterhalt?", "Does the other parent pay maintenance?"),
            Type::Truth,
            None,
            "§ 1 Abs. 1 Nr. 3 UhVorschG",
        ),
        Ask(
            "gezahlt",
            None,
            ("Wie viel zahlt er im Monat?", "How much a month?"),
            Type::Amount,
            Some(datum(14, Type::Truth)),
            "§ 2 Abs. 3 UhVorschG",
        ),
    ]
}

pub(crate) fn procedure(title: &str) -> Procedure {
    let person = |name: &str, text, role| Participant {
        name: name.into(),
        label: label(text),
        groups: vec![blaupause::model::GroupId(2)],
        role,
        repeat: None,
        condition: None,
        span: span(),
    };
    let age = || expression(ExpressionKind::Rule(RuleId(0)), Type::Integer);
    let mut procedure = Procedure {
        name: "Unterhaltsvorschuss".into(),
        title: label((title, "Apply for maintenance advance")),
        module: "familie".into(),
        norms: norms("§ 1 UhVorschG"),
        regime: Some(Regime::Social),
        version: Some(("1.0.0".into(), jiff::civil::date(2026, 1, 1))),
        authority: Some(Competence {
            authority: Some(blaupause::model::AuthorityId(0)),
            place: None,
            norms: Vec::new(),
            span: span(),
        }),
        span: span(),
        ..Procedure::default()
    };
    procedure.participants.add(person("elternteil", ("Sie", "You"), Role::Applicant));
    procedure.participants.add(person("kind", ("Ihr Kind", "Your child"), Role::RepresentedBy(ParticipantId(0))));
    for Ask(name, of, text, typ, condition, norm) in questions() {
        procedure.data.add(Datum {
            name: name.into(),
            of: of.map(|(person, attribute)| (ParticipantId(person), attribute)),
            label: label(text),
            hint: None,
            example: None,
            typ,
            constraints: Constraints::default(),
            optional: false,
            condition,
            norms: norms(norm),
            collected_under: Vec::new(),
            repeat: None,
            secret: false,
            page: None,
            span: span(),
        });
    }
    procedure.rules.add(Rule {
        name: "alter_kind".into(),
        typ: Type::Integer,
        expression: expression(
            ExpressionKind::Call(
                Function::CompletedYears,
                vec![datum(2, Type::Date), expression(ExpressionKind::Context(Context::ApplicationDate), Type::Date)],
            ),
            Type::Integer,
        ),
        norms: Vec::new(),
        span: span(),
    });
    let below = |years| binary(BinaryOperator::Less, age(), literal(Literal::Integer(years), Type::Integer));
    let enough = binary(
        BinaryOperator::GreaterOrEqual,
        datum(12, Type::Amount),
        literal(Literal::Amount(Decimal::from(600)), Type::Amount),
    );
    let or = |left, right| binary(BinaryOperator::Or, left, right);
    let precondition = |name: &str, condition, text, norm| Precondition {
        name: name.into(),
        condition,
        otherwise: label((text, "")),
        abort: Vec::new(),
        norms: norms(norm),
        span: span(),
    };
    procedure.preconditions.add(precondition(
        "im_alter",
        or(below(12), binary(BinaryOperator::And, below(18), or(not(datum(5, Type::Truth)), enough))),
        "Ab 12 Jahren gibt es Unterhaltsvorschuss nur, wenn das Kind kein Bürgergeld braucht.",
        "§ 1 Abs. 1 Nr. 1, Abs. 1a UhVorschG",
    ));
    procedure.preconditions.add(precondition(
        "alleinerziehend",
        binary(BinaryOperator::And, datum(4, Type::Truth), not(datum(11, Type::Truth))),
        "Unterhaltsvorschuss gibt es nur für Kinder, die bei einem alleinerziehenden Elternteil leben.",
        "§ 1 Abs. 1 Nr. 2, Abs. 3 UhVorschG",
    ));
    let need = |kind: u32, of: Vec<u32>, condition, norm| NeededEvidence {
        alternatives: Alternatives { ways: vec![vec![blaupause::model::EvidenceId(kind)]] },
        of: of.into_iter().map(ParticipantId).collect(),
        condition,
        norms: norms(norm),
        span: span(),
    };
    procedure.evidence.push(need(0, vec![1], None, "§ 1 Abs. 1 Nr. 1 UhVorschG"));
    procedure.evidence.push(need(1, vec![0], None, "§ 1 Abs. 1 Nr. 2 UhVorschG"));
    procedure.evidence.push(need(2, vec![], Some(datum(14, Type::Truth)), "§ 2 Abs. 3 UhVorschG"));
    procedure.declarations.push(Declaration {
        name: "wahrheit".into(),
        wording: label(("Meine Angaben sind vollständig und richtig. Änderungen teile ich unverzüglich mit.", "")),
        condition: None,
        norms: norms("§ 60 Abs. 1 SGB I"),
        span: span(),
    });
    procedure
}

pub(crate) fn plan() -> Plan {
    let page = |name: &str, title, entries| PlannedPage { name: name.into(), title: label(title), condition: None, entries };
    let ask = |range: std::ops::Range<u32>| {
        range
            .map(|index| PlannedEntry::Question { datum: DatumId(index), from_account: (6..9).contains(&index) })
            .collect::<Vec<_>>()
    };
    let evidence = |key: &str, kind, of: Option<u32>, needed| PlannedEvidence {
        key: key.into(),
        evidence: blaupause::model::EvidenceId(kind),
        of: of.map(ParticipantId),
        needed,
        way: 0,
        retrieval: None,
        obstacle: Some(Obstacle::NoRegister),
        hand_in: true,
        awaits: Vec::new(),
    };
    Plan {
        from: jiff::civil::Date::MIN,
        until: None,
        proved: true,
        data: Vec::new(),
        pages: vec![
            page("ihr_kind", ("Ihr Kind", "Your child"), ask(0..6)),
            page("situation", ("Ihre Situation", "Your situation"), ask(6..14)),
            page("anderer_elternteil", ("Der andere Elternteil", "The other parent"), ask(14..16)),
            page("nachweise", ("Nachweise", "Evidence"), (0..3).map(PlannedEntry::Evidence).collect()),
            page("erklaerungen", ("Erklärungen", "Declarations"), vec![PlannedEntry::Declaration(0)]),
        ],
        evidence: vec![
            evidence("Geburtsurkunde_kind", 0, Some(1), 0),
            evidence("Meldedatensatz_elternteil", 1, Some(0), 1),
            evidence("Unterhaltstitel", 2, None, 2),
        ],
    }
}

fn html(title: &str) -> String {
    let land = Land {
        remedy: None,
        key: "TH".into(),
        name: "Freistaat Thüringen".into(),
        short: "Thüringen".into(),
        ars: "16".into(),
        capital: None,
        holidays: Vec::new(),
        span: span(),
    };
    let output = form::page(&library(), &procedure(title), &plan(), Some(&land), "0123abcd");
    let artifact = output.artifacts.first().expect("the form gives its page");
    String::from_utf8(artifact.bytes.to_vec()).expect("the page is UTF-8")
}

#[test]
fn the_page_is_small_closed_and_the_same_each_time() {
    let page = html("Unterhaltsvorschuss beantragen");
    if let Ok(path) = std::env::var("FORM_OUT") {
        std::fs::write(path, &page).expect("FORM_OUT is writable");
    }
    assert_eq!(page, html("Unterhaltsvorschuss beantragen"));
    assert!(page.len() < 150_000, "{} bytes", page.len());
    for foreign in ["http://", "https://", "src=\"", "<link"] {
        let outside = page.replace("http://www.w3.org/2000/svg", "");
        assert!(!outside.contains(foreign), "the page reaches out: {foreign}");
    }
}

#[test]
fn hostile_words_stay_words() {
    let hostile = "</script><script>alert(1)</script> ]]> {{x}} \u{2028}\" ' <!--";
    let page = html(hostile);
    assert_eq!(page.matches("<script").count(), 6);
    assert_eq!(page.matches("</script>").count(), 6);
    assert!(!page.contains("<!--") && !page.contains('\u{2028}'));
    let programs = page.split("<script>").skip(1).filter_map(|rest| rest.split("</script>").next());
    assert!(programs.into_iter().all(script_is_closed));
}
