// What somebody answers: the page's own examples, plausible values by the name of a field, and a whole case where one is known.

const DOCUMENT = { name: "nachweis.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4\n%%EOF\n") };

/** Day, month and year, so many years and days before today. */
export function before(years, days = 0) {
  const date = new Date();
  date.setUTCFullYear(date.getUTCFullYear() - years);
  date.setUTCDate(date.getUTCDate() - days);
  return [date.getUTCDate(), date.getUTCMonth() + 1, date.getUTCFullYear()].map(String);
}

// Cases that open as many pages as the law allows. What stands here goes before the page's examples.
const CASES = {
  unterhaltsvorschuss: {
    "kind.geburtsdatum": before(16, 100),
    jugendhilfe: "nein",
    ohne_jobcenter: "nein",
    schule: "nein",
    lohn: "180,00 Euro",
    "elternteil.geburtsdatum": ["7", "3", "1988"],
    "elternteil.familienstand": "verheiratet",
    lage: "lebt",
    zusammen: "nein",
    vorausgezahlt: "nein",
    waisenbezuege: "nein",
  },
};

const BY_NAME = [
  [/iban/, "DE02 1203 0000 0000 2020 51"],
  [/plz|postleitzahl/, "99084"],
  [/e_?mail/, "anna.wagner@example.org"],
  [/telefon/, "0361 1234567"],
  [/hausnummer/, "12a"],
  [/vornamen?$/, "Anna Maria"],
  [/name/, "Wagner"],
  [/ort$/, "Erfurt"],
  [/jahr$/, "2020"],
];

// The form's own example stands behind what the definition says.
const exampleIn = (hint) => [...hint.matchAll(/^(?:Zum Beispiel|For example) (.+)$/gm)].at(-1)?.[1] ?? null;

function dateFor(focus, key, known) {
  const [day, month, year] = known ?? exampleIn(focus.hint)?.match(/\d+/g) ?? (/geburt/.test(key) ? ["7", "3", "1988"] : before(0, 30));
  return { day, month, year }[/-(day|month|year)$/.exec(focus.id)?.[1]];
}

/** The text for a text field. */
export function textFor(focus, procedure) {
  const key = focus.question;
  const known = CASES[procedure]?.[key];
  if (/-(day|month|year)$/.test(focus.id)) return dateFor(focus, key, known);
  if (known !== undefined) return known;
  const byName = BY_NAME.find(([name]) => name.test(key.split(".").at(-1)));
  return byName?.[1] ?? exampleIn(focus.hint) ?? (focus.inputmode === "decimal" ? "120,50" : focus.inputmode === "numeric" ? "3" : "Angabe");
}

/** The option for a group of radio buttons or a list. `later` prefers to hand in documents later. */
export function optionFor(focus, procedure, later) {
  const known = CASES[procedure]?.[focus.question];
  if (known !== undefined) return known;
  if (focus.options.includes("nachreichen")) return later ? "nachreichen" : "hochladen";
  return focus.options.find((option) => option !== "") ?? "";
}

/** Answers the question that has the focus. What is answered already stays. */
export async function answer(keyboard, focus, procedure, later) {
  if (focus.tag === "summary") return keyboard.press("Enter");
  if (focus.question === "") return;
  if (focus.type === "radio") {
    if (focus.chosen === "") await choose(keyboard, focus, optionFor(focus, procedure, later));
  } else if (focus.tag === "select") {
    if (focus.value === "") await choose(keyboard, focus, optionFor(focus, procedure, later));
  } else if (focus.type === "checkbox") {
    if (!focus.checked) await keyboard.press("Space");
  } else if (focus.type === "file") {
    if (focus.files === 0 && !(await attached(keyboard))) await keyboard.choose("Space", [DOCUMENT]);
  } else if (["input", "textarea"].includes(focus.tag) && focus.value === "") {
    await keyboard.type(textFor(focus, procedure));
  }
}

// A page drawn anew shows the chosen documents beside an empty field.
const attached = (keyboard) => keyboard.page.evaluate(() => document.activeElement.closest("[data-question]").querySelector("li") !== null);

/** Moves within radio buttons or a list to an option, with the arrows. */
export async function choose(keyboard, focus, option) {
  if (focus.type === "radio" && focus.chosen === "" && focus.value === option) return keyboard.press("Space");
  for (let moves = 0; moves <= focus.options.length; moves += 1) {
    const now = await keyboard.focus();
    if (now.tag === "select" ? now.value === option : now.chosen === option) return undefined;
    await keyboard.press("ArrowDown");
  }
  throw new Error(`the arrows do not reach “${option}” in “${focus.question}”`);
}
