// Pages, their order, and the way through them. Going back loses nothing: answers live in the state, not in the page.
const unique = (name) => { while (form.pages.some((page) => page.name === name)) name += "_"; return name; };
const START = unique("start");
const REVIEW = unique("pruefen");
const RECEIPT = unique("fertig");
let watched = []; // [node, whether it is to be seen] of the page shown
let warnings = null;
let notice = null; // a message for the next page shown

const main = document.getElementById("inhalt");
const pageNamed = (name) => form.pages.find((page) => page.name === name);

function order() {
  return [START, ...visiblePages(currentCase()).map((page) => page.name), REVIEW];
}

// Hides and shows what depends on answers, without touching what somebody is typing in.
function refresh() {
  const instance = currentCase();
  for (const [node, seen] of watched) node.hidden = !seen(instance);
  if (warnings) {
    const page = pageNamed(state.page);
    const own = new Set(page.entries.filter((entry) => entry.q).map((entry) => entry.q.i));
    const failed = failedPreconditions(instance).filter((precondition) => precondition.uses.some((index) => own.has(index)));
    const text = failed.map((precondition) => precondition.i).join();
    if (warnings.dataset.shown !== text + state.language) {
      warnings.dataset.shown = text + state.language;
      warnings.replaceChildren(...failed.map(warningNode));
    }
  }
}

function warningNode(precondition) {
  const abort = precondition.abort !== undefined;
  return alertBox(abort ? "danger" : "warning", t(abort ? "abortHead" : "warnHead"), [
    el("p", { class: "kern-body" }, words(precondition.text)),
    paragraph(t(abort ? "abortText" : "warnText")),
    abort || precondition.norms ? paragraph(t("norm", { norm: cite(abort ? precondition.abort : precondition.norms) }), " kern-body--muted kern-body--small") : null,
  ].filter(Boolean));
}

const aborted = (instance) => failedPreconditions(instance).some((precondition) => precondition.abort !== undefined);

function go(name) {
  notice = null;
  if (name === state.page) return draw();
  try {
    history.pushState(null, "", "#" + name);
  } catch {
    // Some viewers of local files have no history; the form works without.
  }
  open(name);
}

function open(name) {
  state.page = name === RECEIPT && !state.sent ? REVIEW : [START, REVIEW, RECEIPT].includes(name) || pageNamed(name) ? name : START;
  errors = new Map();
  draw();
}

// Draws the page anew and moves to its heading, as a browser would for a new document.
function draw() {
  redraw();
  window.scrollTo(0, 0);
  const first = main.querySelector("[data-focus]") || main.querySelector("h1");
  if (first) first.focus({ preventScroll: first.tagName === "H1" });
}

// Draws the page anew where one stands; the focus stays on the element with this id.
function redraw(focused) {
  watched = [];
  warnings = null;
  document.documentElement.lang = state.language;
  chrome();
  const page = pageNamed(state.page);
  const content = state.page === START ? startPage() : state.page === REVIEW ? reviewPage() : state.page === RECEIPT ? receiptPage() : questionPage(page);
  main.replaceChildren(content);
  refresh();
  const heading = main.querySelector("h1");
  document.title = `${errors.size ? t("errorTitle") + ": " : ""}${heading.textContent} – ${say(form.title)}`;
  const target = focused && document.getElementById(focused);
  if (target) target.focus();
}

// The parts around the page that change with the language.
function chrome() {
  document.querySelectorAll("[data-text]").forEach((node) => { node.textContent = t(node.dataset.text); });
  document.querySelector("nav").setAttribute("aria-label", t("tools"));
  const toggle = document.getElementById("sprache");
  toggle.lang = t("languageLang");
  document.getElementById("kopf").hidden = state.page === START;
  document.getElementById("leistung").replaceChildren(words(form.title));
  document.getElementById("stelle").replaceChildren(...(form.authority ? [words(form.authority)] : []));
}

const section = (name, ...children) => el("section", { "data-page": name, "aria-labelledby": "titel" }, ...children);
const heading = (content) => el("h1", { class: "kern-heading-x-large", id: "titel", tabindex: "-1" }, content);
const noticeNode = () => (notice ? alertBox(notice.kind, notice.text, [], { role: notice.kind === "danger" ? "alert" : "status" }) : null);

function progress(name) {
  const steps = order().slice(1);
  const n = Math.max(steps.indexOf(name) + 1, 1);
  return el("div", { class: "kern-progress" }, el("label", { class: "kern-label", for: "fortschritt" }, t("step", { n, of: steps.length })), el("progress", { id: "fortschritt", value: n, max: steps.length }));
}

function navigation(next) {
  return el("div", { class: "bp-actions" }, next, state.page === START ? null : button("secondary", "zurueck", t("back"), () => {
    const pages = order();
    const at = pages.indexOf(state.page);
    go(pages[at < 1 ? 0 : at - 1]);
  }));
}

// Data of one person stand together under the person's name.
function entryNodes(page) {
  const nodes = [];
  const entries = page.entries;
  const waysShown = new Set();
  const first = { evidence: entries.find((entry) => entry.evidence), declaration: entries.find((entry) => entry.declaration) };
  for (let index = 0; index < entries.length; index += 1) {
    const entry = entries[index];
    if (entry.q && entry.q.person !== null) {
      const run = [];
      while (index < entries.length && entries[index].q && entries[index].q.person === entry.q.person) run.push(entries[index++].q);
      index -= 1;
      nodes.push(personNode(page, form.persons[entry.q.person], run));
    } else if (entry.q) {
      nodes.push(questionNode(entry.q, entry.q.address, null));
    } else if (entry.hint) {
      const node = alertBox("info", words(entry.hint), []);
      watched.push([node, (instance) => instance.holds(entry.when)]);
      nodes.push(node);
    } else if (entry.evidence) {
      const { need } = entry.evidence;
      if (entry === first.evidence) nodes.push(paragraph(t("needLater")));
      if (waysOf(need).length > 1 && !waysShown.has(need)) {
        waysShown.add(need);
        const way = wayNode(need);
        watched.push([way, (instance) => instance.holds(entry.evidence.when)]);
        nodes.push(way);
      }
      const node = evidenceNode(entry.evidence);
      const chosen = () => waysOf(need).length < 2 || state.answers.has(`weg:${need}`);
      watched.push([node, (instance) => chosen() && needed(instance, entry.evidence)]);
      nodes.push(node);
    } else if (entry.declaration) {
      if (entry === first.declaration && entry !== entries[0]) {
        const heading = el("h2", { class: "kern-heading-medium bp-apart" }, t("confirm"));
        watched.push([heading, (instance) => entries.some((other) => other.declaration && instance.holds(other.declaration.when))]);
        nodes.push(heading);
      }
      const node = declarationNode(entry.declaration);
      watched.push([node, (instance) => instance.holds(entry.declaration.when)]);
      nodes.push(node);
    }
  }
  return nodes;
}

function questionNode(question, key, item) {
  const node = el("div", { class: `bp-question${question.follows ? " bp-question--follows" : ""}` }, fieldNode(question.f, key, { ...question, strong: question.person === null, prefilled: state.prefilled.has(question.address) }));
  watched.push([node, (instance) => existsIn(instance, question, item)]);
  return node;
}

function personNode(page, person, run) {
  const legend = (text) => el("legend", { class: say(person.label) === say(page.title) && !person.several ? "kern-sr-only" : "kern-heading-medium" }, text);
  const block = (item, text, extra) => {
    const node = el("fieldset", { class: "kern-fieldset bp-person" }, legend(text),
      el("div", { class: "kern-fieldset__body" }, run.map((question) => questionNode(question, occurrences(question)[item ?? 0].key, item))), extra);
    watched.push([node, (instance) => run.some((question) => existsIn(instance, question, item))]);
    return node;
  };
  if (!person.several) return block(null, words(person.label));
  const [least, most] = person.several;
  const count = countOf(person.name, least);
  const what = say(person.label);
  const remove = (item) => button("tertiary", "entfernen", t("remove"), () => { removePerson(person.name, item, count); state.changed = true; redraw("titel"); }, { "aria-label": t("removeWhat", { what: t("item", { what, n: item + 1 }) }) });
  const blocks = Array.from({ length: count }, (_, item) => block(item, t("item", { what, n: item + 1 }), count > least ? remove(item) : null));
  const more = most === undefined || most === null || count < most
    ? button("secondary", "hinzufuegen", t("add", { what }), () => { state.answers.set("#" + person.name, count + 1); state.changed = true; redraw("titel"); }) : null;
  return el("div", { class: "bp-persons" }, blocks, more);
}

function reasons(page) {
  const cited = page.entries.filter((entry) => entry.q && entry.q.norms).map((entry) => entry.q);
  if (!cited.length) return null;
  return el("details", { class: "kern-accordion" }, el("summary", { class: "kern-accordion__header" }, el("span", { class: "kern-title" }, t("why"))),
    el("div", { class: "kern-accordion__body" }, el("ul", { class: "kern-list" }, cited.map((question) => {
      const node = el("li", {}, words(question.label), ": ", el("span", { lang: "de" }, cite(question.norms)));
      watched.push([node, (instance) => existsIn(instance, question, personOf(question) && personOf(question).several ? 0 : null)]);
      return node;
    }))));
}

function errorSummary(problems) {
  const format = problems.some((problem) => problem.kind === "format");
  const links = el("ul", { class: "kern-list" }, problems.map((problem) => el("li", {}, el("a", { class: "kern-link", href: "#" + idOf(problem.key), onclick: (event) => { event.preventDefault(); focusOn(problem.key); } }, named(problem)))));
  const anyway = format ? [] : [paragraph(t("missingLead")), button("secondary", "ohne", t("anyway"), () => {
    problems.forEach(({ key }) => state.left.add(key));
    forward();
  })];
  return alertBox("danger", t(format ? "errors" : "missing"), [links, ...anyway], { role: "alert", id: "fehler", tabindex: "-1", "data-focus": true });
}

function focusOn(key) {
  const node = document.getElementById(idOf(key));
  const target = node && (node.matches("input, select, textarea") ? node : node.querySelector("input:checked") || node.querySelector("input, select, textarea"));
  if (target) target.focus();
}

let shownProblems = [];

function questionPage(page) {
  warnings = el("div", { class: "bp-warnings", role: "status" });
  return section(page.name, progress(page.name), errors.size ? errorSummary(shownProblems) : null, noticeNode(), heading(words(page.title)),
    el("form", { class: "bp-form", novalidate: true, autocomplete: "on", onsubmit: (event) => { event.preventDefault(); forward(); } },
      entryNodes(page), warnings, reasons(page),
      navigation(el("button", { type: "submit", class: "kern-btn kern-btn--primary", "data-action": "weiter" }, el("span", { class: "kern-label" }, t("next"))))));
}

// On to the next page: after format errors are mended, and what is missing was filled in or left open by choice.
function forward() {
  const instance = currentCase();
  const page = pageNamed(state.page);
  if (page) {
    const problems = problemsOf(page, instance);
    const format = problems.filter((problem) => problem.kind === "format");
    shownProblems = format.length ? format : problems.filter((problem) => !state.left.has(problem.key));
    const own = new Set(page.entries.filter((entry) => entry.q).map((entry) => entry.q.i));
    const ends = failedPreconditions(instance).some((precondition) => precondition.abort !== undefined && precondition.uses.some((index) => own.has(index)));
    errors = new Map(shownProblems.map(({ key, text }) => [key, text]));
    if (shownProblems.length) return draw();
    if (ends) {
      redraw();
      warnings.tabIndex = -1;
      return warnings.focus();
    }
  }
  const pages = order();
  go(pages[Math.min(pages.indexOf(state.page) + 1, pages.length - 1)]);
}
