// The way through a form: page after page, filled in with the keyboard, each looked at.
import { answer, before, choose } from "./answers.mjs";
import { audit } from "./audit.mjs";

export const REVIEW = "pruefen";
const MOST_PAGES = 60;

export class Walk {
  constructor(page, keyboard, procedure, later, note) {
    Object.assign(this, { page, keyboard, procedure, later, note });
    this.trail = []; // {name, questions, answers} of each page, in their order
  }

  name() {
    return this.page.evaluate(() => document.querySelector("[data-page]")?.dataset.page ?? "");
  }

  /** What is typed and chosen on the page, by the ids of its inputs. Documents don't count: a form cannot choose them again. */
  answers() {
    return this.page.evaluate(() => {
      const inputs = [...document.querySelectorAll("main input:not([type=file]), main select, main textarea")].filter((node) => node.checkVisibility());
      return JSON.stringify(inputs.map((node) => [node.id, ["radio", "checkbox"].includes(node.type) ? node.checked : node.value]));
    });
  }

  /** The questions that are to be seen, by their addresses. */
  questions() {
    return this.page.evaluate(() => [...document.querySelectorAll("[data-question]")].filter((node) => node.checkVisibility()).map((node) => node.dataset.question));
  }

  progress() {
    return this.page.evaluate(() => {
      const bar = document.querySelector("progress");
      return bar?.checkVisibility() && bar.labels[0]?.innerText ? { value: bar.value, of: bar.max } : null;
    });
  }

  /** Activates a button and says which page that led to. */
  async by(action, options) {
    await this.keyboard.activate(action, options);
    return this.name();
  }

  /** From the page before the first question to the review. `visit` sees each page before it is filled in. */
  async forward({ visit = null, looks = true } = {}) {
    this.trail = [];
    for (let name = await this.by("weiter"); name !== REVIEW; ) {
      if (this.trail.length > MOST_PAGES || this.trail.some((page) => page.name === name)) throw new Error(`the form goes in a circle at “${name}”`);
      const step = await this.progress();
      if (!step || step.value !== this.trail.length + 1) this.note(`page ${this.trail.length + 1} “${name}” does not show its progress`);
      if (visit) await visit(name);
      await this.keyboard.to((focus) => focus.action === "weiter", "“weiter”", { visit: (focus) => answer(this.keyboard, focus, this.procedure, this.later) });
      if (looks) await audit(this.page, (text) => this.note(`${name}: ${text}`));
      this.trail.push({ name, questions: await this.questions(), answers: await this.answers() });
      await this.keyboard.press("Enter");
      const next = await this.name();
      if (next === name) throw new Error(`“${name}” does not take its answers: ${await this.page.innerText("[role=alert]").catch(() => "no message")}`);
      name = next;
    }
  }

  /** From the review to the first page. Every page still holds its answers. */
  async back() {
    for (const { name, answers } of this.trail.toReversed()) {
      const now = await this.by("zurueck");
      if (now !== name) throw new Error(`back leads to “${now}”, not to “${name}”`);
      if ((await this.answers()) !== answers) this.note(`going back to “${name}” loses answers`);
    }
  }

  /** Back to the page before the first question. */
  async toStart() {
    for (let pages = 0; (await this.progress()) !== null; pages += 1) {
      if (pages > MOST_PAGES) throw new Error("back does not lead to the start");
      await this.by("zurueck");
    }
  }

  /** From the first page to the review again, without typing. */
  async again(look) {
    for (const [index, { name, answers }] of this.trail.entries()) {
      if ((await this.answers()) !== answers) this.note(`“${name}” loses answers`);
      await look(name);
      const now = await this.by("weiter");
      const next = this.trail[index + 1]?.name ?? REVIEW;
      if (now !== next) throw new Error(`“${name}” leads to “${now}”, not to “${next}”`);
    }
  }

  /** Sends the empty page off. The summary of errors takes the focus, and each of its links leads to the field it speaks of. */
  async empty(name) {
    const note = (text) => this.note(`${name}, empty: ${text}`);
    await audit(this.page, note);
    const now = await this.by("weiter");
    if (now !== name) {
      await this.by("zurueck");
      return 0;
    }
    await audit(this.page, note);
    if (!(await this.keyboard.focus())?.alert) note("the focus does not move to the summary of errors");
    if (!/^(Fehler|Error): /.test(await this.page.title())) note("the title does not say that there are errors");
    const links = await this.page.locator("[role=alert] a").allInnerTexts();
    for (const [index, label] of links.entries()) {
      await this.keyboard.to((focus) => focus.alert && focus.label === label, `the error “${label}”`, { back: index > 0 });
      await this.keyboard.press("Enter");
      const focus = await this.keyboard.focus();
      if (!focus || focus.question === "" || focus.alert) note(`“${label}” leads to no field`);
      else if (!focus.hint.split("\n").some((line) => line !== "" && label.endsWith(line.replace(/^(Fehler|Error): ?/, "")))) note(`“${label}” leads to “${focus.question}”, which says: ${focus.hint}`);
    }
    if (links.length) await this.keyboard.to((focus) => focus.alert && focus.label === links[0], "the first error", { back: true });
    else note("there is no summary of errors");
    return links.length;
  }

  /** Changes an answer of this page so that something disappears: a question beside it, or a whole page. Notes what it found. */
  async hide(found) {
    const name = await this.name();
    const pages = (await this.progress()).of;
    const visible = await this.questions();
    const toWeiter = (visit) => this.keyboard.to((focus) => focus.action === "weiter", "“weiter”", { visit });
    const dates = [];
    await toWeiter((focus) => dates.push(...otherDates(this.keyboard, focus)));
    for (const { at, make, undo } of dates) {
      if (found.page) break;
      const onto = (back) => this.keyboard.to((focus) => focus.id === at, at, { back });
      await onto(true);
      await make();
      await toWeiter(null);
      await this.keyboard.press("Enter");
      if ((await this.name()) === name) throw new Error(`another date in ${at} is not taken`);
      if ((await this.progress()).of < pages) found.page = at;
      await this.by("zurueck");
      if (found.page) break;
      await onto(false);
      await undo();
    }
    await this.page.evaluate(() => document.querySelector("h1").focus());
    await toWeiter(async (focus) => {
      for (const { make, undo } of found.question ? [] : otherOptions(this.keyboard, focus)) {
        await make();
        const left = new Set(await this.questions());
        if (visible.some((question) => !left.has(question))) {
          found.question = focus.question;
          break;
        }
        await undo();
      }
    });
    await this.page.evaluate(() => document.querySelector("h1").focus());
  }
}

function otherOptions(keyboard, focus) {
  if (focus.type !== "radio" || focus.chosen === "" || focus.options.length > 7 || focus.question.startsWith("nachweise.")) return [];
  const others = focus.options.filter((option) => option !== focus.chosen);
  return others.map((option) => ({ make: () => choose(keyboard, focus, option), undo: () => choose(keyboard, focus, focus.chosen) }));
}

function otherDates(keyboard, focus) {
  if (!/-year$/.test(focus.id) || focus.value === "") return [];
  return [{ at: focus.id, make: () => keyboard.type(before(4)[2]), undo: () => keyboard.type(focus.value) }];
}
