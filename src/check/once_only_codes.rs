//! The rules of the once-only family: slug, norm, explanation, an example that breaks each.

use crate::diagnostic::{Code, Severity};

/// Wrong procedural law.
pub static WRONG_REGIME: Code = Code {
    slug: "wrong-regime",
    severity: Severity::Error,
    title_de: "Falsches Verfahrensrecht",
    title_en: "Wrong procedural law",
    norm: Some("§ 68 SGB I"),
    explain_de: "Das Verfahrensrecht passt nicht zu dem Gesetz, auf dem das Verfahren beruht. Davon hängt ab, wie Nachweise abgerufen werden dürfen: im Sozialrecht nach § 67f SGB X, bei der Ausführung von Bundesrecht nach § 5 EGovG (nie für das SGB II, § 1 Abs. 5 Nr. 3 EGovG), im reinen Landesrecht nur nach dem Recht des Landes.",
    explain_en: "The procedural law does not fit the act on which the procedure rests. It decides how evidence may be fetched: in social law under § 67f SGB X, where federal law is carried out under § 5 EGovG (never for the SGB II, § 1 Abs. 5 Nr. 3 EGovG), in pure Land law only under the law of the Land.",
    example: r#"modul beispiel

nutze std.recht.UhVorschG

verfahren Antrag "Antrag stellen" nach § 1 UhVorschG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
}
"#,
};

/// Evidence about somebody else.
pub static THIRD_PERSON_FETCH: Code = Code {
    slug: "third-person-fetch",
    severity: Severity::Note,
    title_de: "Nachweis über andere",
    title_en: "Evidence about somebody else",
    norm: Some("§ 5 Abs. 1 Satz 1 EGovG, § 67f Abs. 1 Satz 1 SGB X"),
    explain_de: "Ob ein Nachweis abgerufen wird, entscheidet, um wen es geht, oder wer diese Person vertritt. Über alle anderen wird gefragt, oder die Behörde ermittelt selbst, wenn eine Vorschrift es ihr erlaubt (ermittle … nach …).",
    explain_en: "Whether evidence is fetched is decided by whoever it is about, or their representative. About all others one asks, or the authority finds out itself where a provision allows it (ermittle … nach …).",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.nachweis.Geburtsurkunde
nutze std.register.Personenstandsregister

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal online vertrauen substanziell nach § 3 PflSchG
  beteiligt person "Sie": NatürlichePerson antragstellend
  beteiligt nachbar "Ihr Nachbar": NatürlichePerson
  benötigt Geburtsurkunde von nachbar nach § 2 PflSchG
  seite angaben "Angaben" {
    nachbar: familienname, vornamen nach § 2 PflSchG
  }
}

anschluss Bund {
  Personenstandsregister per NOOTS sofort ab 2025-01-01
}
"#,
};

/// Retrieval without a legal ground.
pub static NO_GROUND_FOR_RETRIEVAL: Code = Code {
    slug: "no-ground-for-retrieval",
    severity: Severity::Warning,
    title_de: "Abruf ohne Rechtsgrundlage",
    title_en: "Retrieval without a legal ground",
    norm: Some("§ 5 Abs. 3 EGovG, § 67f Abs. 2 SGB X"),
    explain_de: "Ein Nachweis darf nur abgerufen werden, wenn er zur Aufgabe erforderlich ist und die Behörde ihn auch nach einer anderen Vorschrift bei der Person erheben dürfte. Deshalb nennt „benötigt“ eine Norm. Eine bloße Anzeige ist kein Antrag; für sie gilt § 5 EGovG nicht. Im reinen Landesrecht braucht der Abruf eine Norm des Landes; sie steht beim Anschluss.",
    explain_en: "Evidence may only be fetched if it is necessary for the task and the authority could collect it from the person under another provision as well. So “benötigt” names a norm. A mere notice is no application; § 5 EGovG does not hold for it. In pure Land law the retrieval needs a norm of the Land; it stands with the connection.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.nachweis.Geburtsurkunde
nutze std.register.Personenstandsregister

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal online vertrauen substanziell nach § 3 PflSchG
  beteiligt person "Sie": NatürlichePerson antragstellend
  benötigt Geburtsurkunde von person
  seite angaben "Angaben" {
    person: familienname, vornamen, geburtsdatum
  }
}

anschluss Bund {
  Personenstandsregister per NOOTS sofort ab 2025-01-01
}
"#,
};

/// Retrieval without preview.
pub static PREVIEW_MISSING: Code = Code {
    slug: "preview-missing",
    severity: Severity::Warning,
    title_de: "Abruf ohne Vorschau",
    title_en: "Retrieval without preview",
    norm: Some("§ 5 Abs. 5 EGovG"),
    explain_de: "Bevor ein abgerufener Nachweis verwendet wird, kann die Person ihn ansehen und ablehnen. Das geht nur in einem Formular. Ohne „kanal online“ wird deshalb nichts abgerufen.",
    explain_en: "Before fetched evidence is used, the person can look at it and refuse it. That takes a form. So without “kanal online” nothing is fetched.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.nachweis.Geburtsurkunde
nutze std.register.Personenstandsregister

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal papier nach § 3 PflSchG
  beteiligt person "Sie": NatürlichePerson antragstellend
  benötigt Geburtsurkunde von person nach § 2 PflSchG
  seite angaben "Angaben" {
    person: familienname, vornamen, geburtsdatum
  }
}

anschluss Bund {
  Personenstandsregister per NOOTS sofort ab 2025-01-01
}
"#,
};

/// Social data only at once.
pub static FETCH_WITHOUT_DELAY_NEEDED: Code = Code {
    slug: "fetch-without-delay-needed",
    severity: Severity::Warning,
    title_de: "Sozialdaten nur sofort",
    title_en: "Social data only at once",
    norm: Some("§ 67f Abs. 1 Satz 1 Nr. 1 SGB X"),
    explain_de: "Sozialdaten dürfen nur abgerufen werden, wenn das Register ohne zeitlichen Verzug antwortet, denn vor der Verwendung steht immer die Vorschau. Ein Anschluss „verzögert“ nützt hier nichts.",
    explain_en: "Social data may only be fetched where the register answers without delay, for the preview always comes before use. A delayed connection is of no use here.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.nachweis.Geburtsurkunde
nutze std.register.Personenstandsregister

gesetz HilfeG "Hilfegesetz" ebene Bund verfahrensrecht Sozialrecht

verfahren Antrag "Antrag stellen" nach § 1 HilfeG {
  leistung 99000000000000
  verfahrensrecht Sozialrecht
  kanal online vertrauen substanziell nach § 3 HilfeG
  beteiligt person "Sie": NatürlichePerson antragstellend
  benötigt Geburtsurkunde von person nach § 2 HilfeG
  seite angaben "Angaben" {
    person: familienname, vornamen, geburtsdatum
  }
}

anschluss Bund {
  Personenstandsregister per NOOTS verzögert ab 2025-01-01
}
"#,
};

/// Search data missing.
pub static SEARCH_DATA_MISSING: Code = Code {
    slug: "search-data-missing",
    severity: Severity::Warning,
    title_de: "Suchdaten fehlen",
    title_en: "Search data missing",
    norm: Some("§ 6 Abs. 3 IDNrG, § 38 Abs. 1 BMG"),
    explain_de: "Ein Register antwortet nur auf eine Suche, die sein Gesetz erlaubt. Hier lässt sich keine davon stellen, etwa weil sie nach etwas sucht, das es von dieser Person nicht gibt, oder weil die Identifikationsnummer nötig, aber der Identitätsdatenabruf nicht angeschlossen ist. Der Nachweis wird eingereicht.",
    explain_en: "A register only answers a search that its law allows. None of them can be made here, for instance because it looks for something that this person does not have, or because the identification number is needed but the identity data service is not connected. The evidence is handed in.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.stelle.Standesamt

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

register Pflanzenregister "Pflanzenregister" nach § 4 PflSchG {
  führt  NatürlichePerson: familienname, vornamen, idnr, geburtsdatum
  stelle Standesamt ebene bund
  idnr   nach Anlage Nr. 1 IDNrG
  suche  idnr, geburtsdatum nach § 4 PflSchG
}

nachweis Sachkunde "Sachkundenachweis" über NatürlichePerson nach § 9 PflSchG {
  belegt familienname
  aus    Pflanzenregister
}

gesetz IDNrG "Identifikationsnummerngesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal online vertrauen substanziell nach § 3 PflSchG
  beteiligt person "Sie": NatürlichePerson antragstellend
  benötigt Sachkunde von person nach § 9 PflSchG
  seite angaben "Angaben" {
    person: familienname, vornamen, geburtsdatum
  }
}

anschluss Bund {
  Pflanzenregister per NOOTS sofort ab 2025-01-01
}
"#,
};

/// Asked though a register knows it.
pub static ASKED_THOUGH_HELD: Code = Code {
    slug: "asked-though-held",
    severity: Severity::Note,
    title_de: "Gefragt, obwohl ein Register es weiß",
    title_en: "Asked though a register knows it",
    norm: Some("§ 65 Abs. 1 Nr. 3 SGB I, Art. 5 Abs. 1 Buchst. c DSGVO"),
    explain_de: "Ein Register, aus dem hier ohnehin ein Nachweis abgerufen wird, führt auch diese Angabe. Sie wird trotzdem gefragt, weil kein benötigter Nachweis sie belegt. Abgerufen wird nur, was benötigt ist, nie bloß, um eine Frage zu sparen.",
    explain_en: "A register from which evidence is fetched here anyway holds this datum too. It is asked nevertheless, because no needed evidence proves it. Only what is needed is fetched, never merely to save a question.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.nachweis.Geburtsurkunde
nutze std.register.Personenstandsregister


gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal online vertrauen substanziell nach § 3 PflSchG
  beteiligt person "Sie": NatürlichePerson antragstellend
  beteiligt kind "Ihr Kind": NatürlichePerson vertreten durch person
  benötigt Geburtsurkunde von kind nach § 2 PflSchG
  seite angaben "Angaben" {
    kind: familienname, vornamen, geburtsdatum, geburtsort, geschlecht nach § 2 PflSchG
  }
}

anschluss Bund {
  Personenstandsregister per NOOTS sofort ab 2025-01-01
}
"#,
};

/// Can’t be had.
pub static UNOBTAINABLE_DATUM: Code = Code {
    slug: "unobtainable-datum",
    severity: Severity::Error,
    title_de: "Nicht zu bekommen",
    title_en: "Can’t be had",
    norm: None,
    explain_de: "Eine Angabe oder ein Nachweis ist nötig, aber auf keinem Weg zu bekommen: Die Identifikationsnummer wird nie gefragt; ein Nachweis, der nur abgerufen werden darf, braucht ein Register.",
    explain_en: "A datum or an evidence is needed but can’t be had in any way: the identification number is never asked; an evidence that may only be fetched needs a register.",
    example: r#"modul beispiel

gesetz BZRG "Bundeszentralregistergesetz" ebene Bund

nachweis Auskunft "Unbeschränkte Auskunft" nach § 41 BZRG {
  nur abruf nach § 41 BZRG
}

verfahren Antrag "Antrag stellen" nach § 1 BZRG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  benötigt Auskunft nach § 41 BZRG
}
"#,
};

/// Choice excluded.
pub static CHOICE_EXCLUDED: Code = Code {
    slug: "choice-excluded",
    severity: Severity::Error,
    title_de: "Wahl ausgeschlossen",
    title_en: "Choice excluded",
    norm: Some("§ 5 Abs. 1 Satz 1 Nr. 2 EGovG, § 67f Abs. 1 Satz 1 Nr. 2 SGB X"),
    explain_de: "Jeden Nachweis darf man selbst einreichen, statt ihn abrufen zu lassen. Nur eine Vorschrift kann das ausschließen; „nur abruf“ nennt sie.",
    explain_en: "One may hand in any evidence oneself instead of having it fetched. Only a provision can exclude that; “nur abruf” names it.",
    example: r#"modul beispiel

nutze std.register.Melderegister

gesetz BZRG "Bundeszentralregistergesetz" ebene Bund

nachweis Auskunft "Auskunft" nach § 41 BZRG {
  aus Melderegister
  nur abruf
}

verfahren Antrag "Antrag stellen" nach § 1 BZRG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  benötigt Auskunft nach § 41 BZRG
}
"#,
};

/// Identification number not allowed.
pub static IDNR_NOT_ALLOWED: Code = Code {
    slug: "idnr-not-allowed",
    severity: Severity::Error,
    title_de: "Identifikationsnummer nicht erlaubt",
    title_en: "Identification number not allowed",
    norm: Some("§ 5 Abs. 4 EGovG, § 67f Abs. 3 SGB X, Anlage IDNrG"),
    explain_de: "Mit der Identifikationsnummer dürfen nur Register durchsucht werden, die in der Anlage zum IDNrG stehen. Deren Nummer nennt „idnr nach Anlage Nr. …“.",
    explain_en: "Only registers in the annex of the IDNrG may be searched by the identification number. “idnr nach Anlage Nr. …” names their number.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson

gesetz GBO "Grundbuchordnung" ebene Bund

register Grundbuch "Grundbuch" nach § 1 GBO {
  führt NatürlichePerson: familienname, vornamen, geburtsdatum, idnr
  suche idnr, geburtsdatum nach § 12 GBO
}
"#,
};

/// Unlogged retrieval.
pub static UNLOGGED_RETRIEVAL: Code = Code {
    slug: "unlogged-retrieval",
    severity: Severity::Warning,
    title_de: "Abruf ohne Protokoll",
    title_en: "Unlogged retrieval",
    norm: Some("§ 5 Abs. 3 Satz 3 EGovG, § 67f Abs. 2 Satz 3 SGB X, § 9 IDNrG"),
    explain_de: "Abrufe werden so protokolliert, dass sich prüfen lässt, ob sie zulässig waren. Wer das tut, hängt davon ab, worüber das Register antwortet; der Anschluss nennt es mit „per …“.",
    explain_en: "Retrievals are logged so that one can check whether they were lawful. Who does so depends on over what the register answers; the connection names it with “per …”.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.nachweis.Geburtsurkunde
nutze std.register.Personenstandsregister

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal online vertrauen substanziell nach § 3 PflSchG
  beteiligt person "Sie": NatürlichePerson antragstellend
  benötigt Geburtsurkunde von person nach § 2 PflSchG
  seite angaben "Angaben" {
    person: familienname, vornamen, geburtsdatum
  }
}

anschluss Bund {
  Personenstandsregister sofort ab 2025-01-01
}
"#,
};

/// Connection without need.
pub static CONNECTION_WITHOUT_NEED: Code = Code {
    slug: "connection-without-need",
    severity: Severity::Note,
    title_de: "Anschluss ohne Bedarf",
    title_en: "Connection without need",
    norm: None,
    explain_de: "Ein Register ist angeschlossen, aber kein Verfahren dieses Projekts benötigt einen Nachweis daraus. Das schadet nicht; vielleicht fehlt ein „benötigt“.",
    explain_en: "A register is connected, but no procedure of this project needs evidence from it. That does no harm; perhaps a “benötigt” is missing.",
    example: r#"modul beispiel

nutze std.person.NatürlichePerson
nutze std.register.Personenstandsregister

gesetz PflSchG "Pflanzenschutzgesetz" ebene Bund

verfahren Antrag "Antrag stellen" nach § 1 PflSchG {
  leistung 99000000000000
  verfahrensrecht Bundesrecht
  kanal online vertrauen substanziell nach § 3 PflSchG
  beteiligt person "Sie": NatürlichePerson antragstellend
  seite angaben "Angaben" {
    person: familienname, vornamen, geburtsdatum
  }
}

anschluss Bund {
  Personenstandsregister per NOOTS sofort ab 2025-01-01
}
"#,
};
