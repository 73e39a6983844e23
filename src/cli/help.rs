//! What `--help` teaches, in both languages. A test keeps every page complete.

use crate::diagnostic::Language;

/// The page about a command, or about all of them.
pub fn page(topic: Option<&str>, language: Language) -> &'static str {
    match (topic, language) {
        (Some("build"), Language::De) => BUILD_DE,
        (Some("build"), Language::En) => BUILD_EN,
        (Some("check"), Language::De) => CHECK_DE,
        (Some("check"), Language::En) => CHECK_EN,
        (Some("test"), Language::De) => TEST_DE,
        (Some("test"), Language::En) => TEST_EN,
        (Some("matrix"), Language::De) => MATRIX_DE,
        (Some("matrix"), Language::En) => MATRIX_EN,
        (Some("bericht"), Language::De) => REPORT_DE,
        (Some("bericht"), Language::En) => REPORT_EN,
        (Some("fmt"), Language::De) => FMT_DE,
        (Some("fmt"), Language::En) => FMT_EN,
        (Some("explain"), Language::De) => EXPLAIN_DE,
        (Some("explain"), Language::En) => EXPLAIN_EN,
        (_, Language::De) => ALL_DE,
        (_, Language::En) => ALL_EN,
    }
}

const ALL_DE: &str = "\
Blaupause macht aus der Beschreibung eines Verwaltungsverfahrens Formulare, Schnittstellen
und Abläufe für alle sechzehn Länder.

Aufruf: blaupause BEFEHL [Angaben]

Befehle:
  build PFAD -o ORDNER   prüft die Definitionen und schreibt alle Ausgaben
  check PFAD             prüft nur und schreibt nichts
  test PFAD              lässt die Fälle laufen und sagt, was sie zeigen
  matrix PFAD            sagt, welches Land wovon abweicht und was eine Änderung für jedes Land bedeutet
  bericht PFAD           sagt, woher jede Angabe kommt und was ein weiterer Anschluss sparte
  fmt PFAD…              bringt Definitionen in die übliche Form
  explain [REGEL]        erklärt eine Regel, ohne Angabe: nennt alle

Angaben zu jedem Befehl:
  --sprache de|en        Sprache der Meldungen (sonst: blaupause.yaml, dann die des Systems, dann Deutsch)
  -h, --help             zeigt die Hilfe, auch zu einem Befehl: blaupause build --help
  --version              nennt die Version

So fangen Sie an:
  blaupause build examples -o out     baut die Beispiele; öffnen Sie danach out/index.html
  blaupause check mein-verfahren      prüft einen eigenen Ordner
  blaupause test mein-verfahren       lässt seine Fälle laufen
  blaupause explain                   nennt alles, was geprüft wird

Ein Projekt ist ein Ordner mit Dateien der Endung .blau und einer blaupause.yaml:
  stichtag: 2026-06-01    für welchen Tag gebaut wird; nach der Uhr richtet sich nichts
  sprache: de             Sprache der Meldungen
  einbinden: [../recht]   weitere Ordner desselben Projekts

Rückgabe: 0 alles in Ordnung; 1 Befunde; 2 falscher Aufruf oder unlesbare Eingabe.
Warnungen zählen nur mit --streng.
";

const ALL_EN: &str = "\
Blaupause turns the description of an administrative procedure into forms, interfaces and
workflows for all sixteen Länder.

Usage: blaupause COMMAND [arguments]

Commands:
  build PATH -o FOLDER   checks the definitions and writes all outputs
  check PATH             only checks, writes nothing
  test PATH              runs the cases and tells what they show
  matrix PATH            tells which Land differs in what, and what a change means for each Land
  bericht PATH           tells where each datum comes from and what another connection would save
  fmt PATH…              brings definitions into the usual form
  explain [RULE]         explains a rule; without one, lists all

Arguments of every command:
  --sprache de|en        language of messages (--language; else blaupause.yaml, the system's, German)
  -h, --help             shows help, also for a command: blaupause build --help
  --version              tells the version

How to start:
  blaupause build examples -o out     builds the examples; then open out/index.html
  blaupause check my-procedure        checks a folder of your own
  blaupause test my-procedure         runs its cases
  blaupause explain                   lists everything that is checked

A project is a folder with files ending in .blau and a blaupause.yaml:
  stichtag: 2026-06-01    (day) for which day is built; the clock never counts
  sprache: en             (language) language of messages
  einbinden: [../law]     (include) further folders of the same project

Exit code: 0 all is well; 1 findings; 2 wrong call or unreadable input.
Warnings only count with --streng.
";

const BUILD_DE: &str = "\
Prüft die Definitionen und schreibt für jedes Land und jedes Verfahren alle Ausgaben.

Aufruf: blaupause build [PFAD] [-o ORDNER] [Angaben]

  PFAD                   Ordner des Projekts oder eine Datei (sonst: der aktuelle Ordner)
  -o, --out ORDNER       wohin geschrieben wird (sonst: out)
  --land th,by           nur diese Länder
  --ziel formular,api    nur diese Ausgaben
  --stichtag 2026-06-01  für diesen Tag (sonst: der aus blaupause.yaml)
  --anschluss alle|keine|Erfurt   welche Register antworten (sonst: was Bund und Land in „anschluss“ angeben)
  --veraltet-erlauben    ein Betrag, der nur bis vor dem Stichtag geprüft ist, ist nur eine Warnung
  --streng               auch Warnungen verhindern den Bau
  --format text|zeile|json   Befunde für Menschen, einer je Zeile, oder als JSON
  --sprache de|en        Sprache der Meldungen
  -h, --help             zeigt diese Hilfe

Bei einem Fehler wird nichts geschrieben. Was Blaupause nicht selbst geschrieben hat oder was seither von
Hand geändert wurde, überschreibt und löscht es nie: Es hält an und nennt die Datei. Unveränderte Dateien
bleiben unberührt. Wird der Bau unterbrochen, bleibt keine halbe Datei zurück.

Beispiele:
  blaupause build examples -o out
  blaupause build examples -o out --land th --ziel formular
  blaupause build examples -o out --stichtag 2027-01-01 --veraltet-erlauben
";

const BUILD_EN: &str = "\
Checks the definitions and writes all outputs for each Land and each procedure.

Usage: blaupause build [PATH] [-o FOLDER] [arguments]

  PATH                   folder of the project, or a file (else: the current folder)
  -o, --out FOLDER       where to write (else: out)
  --land th,by           only these Länder
  --ziel formular,api    only these outputs (--target)
  --stichtag 2026-06-01  for this day (--day; else: that of blaupause.yaml)
  --anschluss alle|keine|Erfurt   which registers answer (--connections; else: what Bund and Land state in “anschluss”)
  --veraltet-erlauben    an amount verified only up to before that day is a warning (--allow-outdated)
  --streng               warnings prevent the build as well (--strict)
  --format text|zeile|json   findings for people, one a line, or as JSON
  --sprache de|en        language of messages (--language)
  -h, --help             shows this help

With an error nothing is written. What Blaupause did not write itself, or what has been changed by hand since,
it never overwrites or deletes: it stops and names the file. Unchanged files are left alone. An interrupted
build leaves no half-written file.

Examples:
  blaupause build examples -o out
  blaupause build examples -o out --land th --ziel formular
  blaupause build examples -o out --stichtag 2027-01-01 --veraltet-erlauben
";

const CHECK_DE: &str = "\
Prüft die Definitionen für alle sechzehn Länder und schreibt nichts.

Aufruf: blaupause check [PFAD] [Angaben]

  PFAD                   Ordner des Projekts oder eine Datei (sonst: der aktuelle Ordner)
  --land th,by           nur diese Länder
  --stichtag 2026-06-01  für diesen Tag (sonst: der aus blaupause.yaml)
  --anschluss alle|keine|Erfurt   welche Register antworten (sonst: was Bund und Land in „anschluss“ angeben)
  --veraltet-erlauben    ein Betrag, der nur bis vor dem Stichtag geprüft ist, ist nur eine Warnung
  --streng               auch Warnungen führen zur Rückgabe 1
  --format text|zeile|json   Befunde für Menschen, einer je Zeile, oder als JSON
  --sprache de|en        Sprache der Meldungen
  -h, --help             zeigt diese Hilfe

Beispiele:
  blaupause check examples
  blaupause check examples --streng --format json > befunde.json
";

const CHECK_EN: &str = "\
Checks the definitions for all sixteen Länder and writes nothing.

Usage: blaupause check [PATH] [arguments]

  PATH                   folder of the project, or a file (else: the current folder)
  --land th,by           only these Länder
  --stichtag 2026-06-01  for this day (--day; else: that of blaupause.yaml)
  --anschluss alle|keine|Erfurt   which registers answer (--connections; else: what Bund and Land state in “anschluss”)
  --veraltet-erlauben    an amount verified only up to before that day is a warning (--allow-outdated)
  --streng               warnings lead to exit code 1 as well (--strict)
  --format text|zeile|json   findings for people, one a line, or as JSON
  --sprache de|en        language of messages (--language)
  -h, --help             shows this help

Examples:
  blaupause check examples
  blaupause check examples --streng --format json > findings.json
";

const TEST_DE: &str = "\
Lässt die Fälle laufen: jeden in den Ländern, die er nennt, sonst in allen sechzehn.

Aufruf: blaupause test [PFAD] [Angaben]

  PFAD                   Ordner des Projekts oder eine Datei (sonst: der aktuelle Ordner)
  --fall TEXT            nur Fälle, deren Titel diesen Text enthält; mehrfach möglich
  --land th,by           nur in diesen Ländern
  --stichtag 2026-06-01  für diesen Tag (sonst: der aus blaupause.yaml); ein Fall mit „am …“ behält seinen
  --anschluss alle|keine|Erfurt   welche Register antworten (sonst: was Bund und Land in „anschluss“ angeben)
  --veraltet-erlauben    ein Betrag, der nur bis vor dem Stichtag geprüft ist, ist nur eine Warnung
  --abdeckung            zeigt je Land, welche Zeilen, Bedingungen, Voraussetzungen und Ausgänge die Fälle zeigen
  --mutationen           ändert die Definition im Kleinen (eine Grenze, ein Cent, ein „und“) und nennt die Änderungen,
                         die kein Fall bemerkt; nicht zusammen mit --fall
  --streng               auch was kein Fall zeigt oder bemerkt, führt zur Rückgabe 1
  --format text|json|junit   Ergebnis für Menschen, als JSON oder als JUnit-XML
  --sprache de|en        Sprache der Meldungen
  -h, --help             zeigt diese Hilfe

Beispiele:
  blaupause test examples
  blaupause test examples --fall Geburtstag --land th
  blaupause test examples --abdeckung --mutationen
  blaupause test examples --format junit > ergebnis.xml
";

const TEST_EN: &str = "\
Runs the cases: each in the Länder it names, otherwise in all sixteen.

Usage: blaupause test [PATH] [arguments]

  PATH                   folder of the project, or a file (else: the current folder)
  --fall TEXT            only cases whose title contains this text; may be repeated (--case)
  --land th,by           only in these Länder
  --stichtag 2026-06-01  for this day (--day; else: that of blaupause.yaml); a case with “am …” keeps its own
  --anschluss alle|keine|Erfurt   which registers answer (--connections; else: what Bund and Land state in “anschluss”)
  --veraltet-erlauben    an amount verified only up to before that day is a warning (--allow-outdated)
  --abdeckung            shows for each Land which rows, conditions, preconditions and outcomes the cases show (--coverage)
  --mutationen           changes the definition in small ways (a bound, a cent, an “und”) and lists the changes that no
                         case notices; not together with --fall (--mutations)
  --streng               what no case shows or notices leads to exit code 1 as well (--strict)
  --format text|json|junit   result for people, as JSON or as JUnit XML
  --sprache de|en        language of messages (--language)
  -h, --help             shows this help

Examples:
  blaupause test examples
  blaupause test examples --fall Geburtstag --land th
  blaupause test examples --abdeckung --mutationen
  blaupause test examples --format junit > result.xml
";

const REPORT_DE: &str = "\
Sagt für jedes Verfahren, woher jede Angabe kommt und wozu sie nötig ist, welche Nachweise abgerufen werden können und
warum die übrigen nicht, wie viel heute gefragt wird und wie viel mit allen Registern. Am Ende: welches Register, wenn es
angeschlossen wird, über alle Verfahren und Länder am meisten spart.

Aufruf: blaupause bericht [PFAD] [Angaben]

  PFAD                   Ordner des Projekts oder eine Datei (sonst: der aktuelle Ordner)
  --verfahren NAME       nur diese Verfahren
  --land th,by           nur diese Länder
  --stichtag 2026-06-01  für diesen Tag (sonst: der aus blaupause.yaml)
  --anschluss alle|keine|Erfurt   welche Register antworten (sonst: was Bund und Land in „anschluss“ angeben)
  --veraltet-erlauben    ein Betrag, der nur bis vor diesem Tag geprüft ist, ist nur eine Warnung
  --format text|json|html   für Menschen, für Maschinen oder als Seite
  --sprache de|en        Sprache der Meldungen
  -h, --help             zeigt diese Hilfe

Gezählt wird, was höchstens gefragt wird: als träfe jede Bedingung zu, und wenn alles abgerufen wird, was angeboten ist.

Beispiele:
  blaupause bericht examples --land th
  blaupause bericht examples --format html > bericht.html
";

const REPORT_EN: &str = "\
Tells for each procedure where each datum comes from and what it is needed for, which evidence can be fetched and why the
rest can't, how much is asked today and how much with all registers. At the end: which register, once connected, saves
most over all procedures and Länder.

Usage: blaupause bericht [PATH] [arguments]

  PATH                   folder of the project, or a file (else: the current folder)
  --verfahren NAME       only these procedures (--procedure)
  --land th,by           only these Länder
  --stichtag 2026-06-01  for this day (--day; else: that of blaupause.yaml)
  --anschluss alle|keine|Erfurt   which registers answer (--connections; else: what Bund and Land state in “anschluss”)
  --veraltet-erlauben    an amount verified only up to before that day is a warning (--allow-outdated)
  --format text|json|html   for people, for machines, or as a page
  --sprache de|en        language of messages (--language)
  -h, --help             shows this help

What is counted is the most that is asked: as if every condition held, if everything on offer is fetched.

Examples:
  blaupause bericht examples --land th
  blaupause bericht examples --format html > bericht.html
";

const MATRIX_DE: &str = "\
Sagt, welches Land und welche Gemeinde wovon abweicht und nach welcher Vorschrift, welche Länder gleiches Recht haben
und welche Klauseln niemand nutzt. Mit --gegen: was eine Änderung für jedes Land bedeutet, bevor sie veröffentlicht wird.

Aufruf: blaupause matrix [PFAD] [Angaben]

  PFAD                   Ordner des Projekts oder eine Datei (sonst: der aktuelle Ordner)
  --gegen STAND|ORDNER   vergleicht mit einer anderen Fassung: ein Stand des Git-Archivs (HEAD, v1.2, ein Zweig) oder
                         ein Ordner. Sagt, wer was übernimmt oder überschreibt, welche Variante nichts mehr trifft,
                         welche Fälle nicht mehr zutreffen, welche Ausgaben sich ändern. Rückgabe 1, wenn etwas scheitert
  --land th,by           nur diese Länder
  --stichtag 2026-06-01  für diesen Tag (sonst: der aus blaupause.yaml)
  --veraltet-erlauben    ein Betrag, der nur bis vor diesem Tag geprüft ist, ist nur eine Warnung
  --format text|json|html   für Menschen, für Maschinen oder als Seite
  --sprache de|en        Sprache der Meldungen
  -h, --help             zeigt diese Hilfe

Beispiele:
  blaupause matrix examples
  blaupause matrix examples --format html > abweichungen.html
  blaupause matrix examples --gegen HEAD
";

const MATRIX_EN: &str = "\
Tells which Land and which municipality differs in what and under which provision, which Länder have the same law, and
which clauses nobody uses. With --gegen: what a change means for each Land before it is published.

Usage: blaupause matrix [PATH] [arguments]

  PATH                   folder of the project, or a file (else: the current folder)
  --gegen REV|FOLDER     compares with another version: a revision of the Git repository (HEAD, v1.2, a branch) or a
                         folder (--against). Tells who inherits or overrides what, which variant matches nothing any
                         more, which cases fail, which outputs change. Exit code 1 where something fails
  --land th,by           only these Länder
  --stichtag 2026-06-01  for this day (--day; else: that of blaupause.yaml)
  --veraltet-erlauben    an amount verified only up to before that day is a warning (--allow-outdated)
  --format text|json|html   for people, for machines, or as a page
  --sprache de|en        language of messages (--language)
  -h, --help             shows this help

Examples:
  blaupause matrix examples
  blaupause matrix examples --format html > changes.html
  blaupause matrix examples --gegen HEAD
";

const FMT_DE: &str = "\
Bringt Definitionen in die übliche Form: Einrückung, Abstände, ausgerichtete Tabellen und Listen. Der Inhalt,
die Kommentare und die Zeilenumbrüche innerhalb einer Angabe bleiben. Dateien mit Fehlern bleiben unverändert.

Aufruf: blaupause fmt PFAD… [Angaben]

  PFAD…                  Ordner oder Dateien; - liest die Standardeingabe und schreibt die Standardausgabe
  --check                ändert nichts, nennt die abweichenden Dateien (Rückgabe 1)
  --schreibweise de|en   schreibt alle Schlüsselwörter deutsch oder englisch
  --sprache de|en        Sprache der Meldungen
  -h, --help             zeigt diese Hilfe

Beispiele:
  blaupause fmt mein-verfahren
  blaupause fmt --check examples
  blaupause fmt --schreibweise en mein-verfahren
";

const FMT_EN: &str = "\
Brings definitions into the usual form: indentation, spaces, aligned tables and lists. Content, comments and
the line breaks within a statement stay. Files with mistakes are left unchanged.

Usage: blaupause fmt PATH… [arguments]

  PATH…                  folders or files; - reads standard input and writes standard output
  --check                changes nothing, names the files that differ (exit code 1)
  --schreibweise de|en   writes all keywords in German or in English (--spelling)
  --sprache de|en        language of messages (--language)
  -h, --help             shows this help

Examples:
  blaupause fmt my-procedure
  blaupause fmt --check examples
  blaupause fmt --schreibweise en my-procedure
";

const EXPLAIN_DE: &str = "\
Erklärt eine Regel: was sie verlangt, warum, und was zu tun ist. Ohne Angabe nennt es alle Regeln.

Aufruf: blaupause explain [REGEL] [Angaben]

  REGEL                  der Name, der in der Meldung steht, etwa unknown-name
  --sprache de|en        Sprache der Erklärung
  -h, --help             zeigt diese Hilfe

Beispiele:
  blaupause explain
  blaupause explain missing-day
";

const EXPLAIN_EN: &str = "\
Explains a rule: what it demands, why, and what to do. Without a name it lists all rules.

Usage: blaupause explain [RULE] [arguments]

  RULE                   the name that stands in the message, such as unknown-name
  --sprache de|en        language of the explanation (--language)
  -h, --help             shows this help

Examples:
  blaupause explain
  blaupause explain missing-day
";

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::arguments::Arguments;
    use super::page;
    use crate::diagnostic::Language;

    #[test]
    fn every_argument_is_explained_on_its_page() {
        for command in Arguments::command().get_subcommands() {
            for language in [Language::De, Language::En] {
                let text = page(Some(command.get_name()), language);
                assert_ne!(text, page(None, language), "{} has a page", command.get_name());
                for argument in command.get_arguments() {
                    if let Some(long) = argument.get_long() {
                        assert!(text.contains(&format!("--{long}")), "{}: --{long}", command.get_name());
                    }
                }
            }
        }
    }
}
