// Judge: somebody with a keyboard applies with each form, from its first page to the receipt, without a network.
//
// Each page must satisfy axe-core, fit 320 pixels and show where the focus is. What the form gives away must satisfy the schema.json
// beside it. The first form of each procedure is also tried backwards, in English, on paper, as a draft, and with answers that an
// earlier answer takes away again.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { audit, paper, prepare } from "./audit.mjs";
import { openPage, withBrowser } from "./browser.mjs";
import { Keyboard } from "./keyboard.mjs";
import { REVIEW, Walk } from "./walk.mjs";

const require = createRequire(new URL("../schema/ajv.mjs", import.meta.url));
const Ajv2020 = require("ajv/dist/2020.js").default;
const addFormats = require("ajv-formats").default;

const AT_ONCE = 2;
const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("no form to judge");
  process.exit(2);
}

class Journey {
  constructor(path, page, wholly, note) {
    this.path = path;
    this.page = page;
    this.wholly = wholly;
    this.note = note;
    this.keyboard = new Keyboard(page, note);
    this.walk = new Walk(page, this.keyboard, basename(dirname(dirname(path))), !wholly, note);
  }

  async run() {
    await this.page.goto(pathToFileURL(this.path).href);
    await audit(this.page, (text) => this.note(`start: ${text}`));
    await this.walk.forward({ visit: this.wholly ? (name) => this.meetEmpty(name) : null });
    if (this.wholly && !this.refused) this.note("no empty page is refused");
    await this.review();
    if (this.wholly) {
      await this.walk.back();
      await this.inEnglish();
      await this.asDraft();
    }
    const sent = await this.send();
    if (this.wholly) await this.withoutHidden(sent);
  }

  async meetEmpty(name) {
    this.refused = (await this.walk.empty(name)) > 0 || this.refused;
  }

  async review() {
    await audit(this.page, (text) => this.note(`review: ${text}`));
    await paper(this.page, (text) => this.note(`review: ${text}`));
    const step = await this.walk.progress();
    if (!step || step.value !== step.of) this.note("the review is not the last step");
  }

  /** Another language changes the words and no answer. From the first page to the review. */
  async inEnglish() {
    const words = await this.page.innerText("main");
    await this.switchTo("en");
    if ((await this.page.innerText("main")) === words) this.note("English reads like German");
    await this.walk.again((name) => audit(this.page, (text) => this.note(`${name}, English: ${text}`)));
    await audit(this.page, (text) => this.note(`review, English: ${text}`));
    await this.switchTo("de");
  }

  async switchTo(language) {
    const before = await this.walk.answers();
    await this.keyboard.to((focus) => focus.id === "sprache", "the other language", { back: true });
    await this.keyboard.press("Enter");
    const now = await this.page.evaluate(() => document.documentElement.lang);
    if (now !== language) this.note(`the page says that it is in “${now}”, not in “${language}”`);
    if ((await this.walk.answers()) !== before) this.note(`switching to “${language}” changes answers`);
  }

  /** A draft brings back every answer into a fresh page. */
  async asDraft() {
    await this.keyboard.to((focus) => focus.action === "speichern", "“Entwurf speichern”");
    const draft = await this.keyboard.download("Enter");
    const { trail } = this.walk;
    await this.page.goto("about:blank");
    await this.page.goto(pathToFileURL(this.path).href);
    await this.keyboard.to((focus) => focus.action === "laden", "“Entwurf laden”");
    await this.keyboard.choose("Enter", [{ name: draft.name, mimeType: "application/json", buffer: draft.bytes }]);
    await this.page.waitForFunction(() => document.querySelector("[role=status], [role=alert]")?.innerText);
    await audit(this.page, (text) => this.note(`draft: ${text}`));
    await this.walk.toStart();
    await this.walk.forward({ looks: false });
    for (const [index, { name, answers }] of trail.entries()) {
      if (this.walk.trail[index]?.answers !== answers) this.note(`the draft loses answers of “${name}”`);
    }
  }

  /** From the review to the receipt. What is given away fits the schemas. */
  async send() {
    const name = await this.walk.by("absenden");
    await audit(this.page, (text) => this.note(`receipt: ${text}`));
    await paper(this.page, (text) => this.note(`receipt: ${text}`));
    await this.keyboard.to((focus) => focus.action === "herunterladen", "“Antrag herunterladen”");
    const { definition, daten } = JSON.parse((await this.keyboard.download("Enter")).bytes.toString("utf8"));
    if (name === REVIEW || !definition) this.note("the application says nothing of the definition it follows");
    this.validate("schema.json", daten);
    if (this.wholly) this.validate("vollstaendig.schema.json", daten);
    return daten;
  }

  validate(schema, data) {
    const path = join(dirname(this.path), schema);
    if (!existsSync(path)) return this.note(`there is no ${schema}`);
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats(ajv);
    if (ajv.validate(JSON.parse(readFileSync(path, "utf8")), data)) return undefined;
    return ajv.errors.forEach((error) => this.note(`the application does not fit ${schema}: ${error.instancePath} ${error.message}`));
  }

  /** What an earlier answer takes away is not filed. */
  async withoutHidden(sent) {
    const asked = this.walk.trail.flatMap((page) => page.questions).filter((question) => holds(sent, question));
    await this.walk.by("zurueck");
    await this.walk.toStart();
    const found = { question: null, page: null };
    await this.walk.forward({ looks: false, visit: () => this.walk.hide(found) });
    const now = new Set(this.walk.trail.flatMap((page) => page.questions));
    const gone = asked.filter((question) => !now.has(question));
    if (gone.length === 0) return;
    const again = await this.send();
    gone.filter((question) => holds(again, question)).forEach((question) => this.note(`“${question}” is hidden and filed all the same`));
  }
}

/** Whether there is something at an address like kind.anschrift.plz or bauherr[0].name. */
function holds(data, address) {
  return address.split(/[.[\]]+/).filter((part) => part !== "").reduce((value, part) => value?.[part], data) !== undefined;
}

async function judge(browser, path, wholly) {
  const findings = new Set();
  const { page, context, notes } = await openPage(browser, { viewport: { width: 1024, height: 900 }, reducedMotion: "reduce" });
  page.setDefaultTimeout(10000);
  try {
    await prepare(context);
    await new Journey(path, page, wholly, (text) => findings.add(text)).run();
  } catch (error) {
    findings.add(error.message.split("\n").slice(0, 3).join(" "));
  }
  await context.close();
  return [...findings, ...notes];
}

let failures = 0;
const known = new Set();
const order = paths.map((path) => {
  const procedure = basename(dirname(dirname(path)));
  const wholly = !known.has(procedure);
  known.add(procedure);
  return { path, wholly };
});
await withBrowser(async (browser) => {
  const next = async () => {
    for (let form = order.shift(); form; form = order.shift()) {
      const began = Date.now();
      const findings = await judge(browser, form.path, form.wholly);
      failures += findings.length;
      findings.forEach((text) => console.error(`${form.path}: ${text}`));
      console.error(`${form.path}: ${findings.length} findings, ${Math.round((Date.now() - began) / 1000)} s${form.wholly ? ", wholly" : ""}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
});
process.exit(failures === 0 ? 0 : 1);
