// The first page, the review before filing (§ 9a OZG), and the receipt.
const card = (title, ...children) => el("section", { class: "bp-block" }, el("h2", { class: "kern-heading-medium" }, title), ...children);
const list = (items) => el("ul", { class: "kern-list" }, items.map((item) => el("li", {}, item)));

// What is to be handed in: always, and in some cases. One entry a need; several ways to meet it stand side by side.
function documents() {
  const lists = [[], []];
  for (const need of new Set(evidenceList.map((evidence) => evidence.need))) {
    const ways = waysOf(need).map((way) => evidenceList.filter((evidence) => evidence.need === need && evidence.way === way));
    const conditional = ways.flat().some((evidence) => evidence.when !== null);
    const between = (parts, word) => parts.flatMap((part, index) => (index ? [` ${word} `, part] : [part]));
    if (ways.length === 1) ways[0].forEach((evidence) => lists[Number(conditional || evidence.whenOf !== undefined)].push([titleOf(evidence)]));
    else lists[Number(conditional)].push(between(ways.map((way) => between(way.map(titleOf), t("and"))), t("or")));
  }
  return lists;
}

function startPage() {
  const count = questions.reduce((total, question) => total + leaves(question.f, question.address, question.label, false).length, evidenceList.length);
  const minutes = Math.max(5, Math.ceil((count * 0.4) / 5) * 5);
  const [always, perhaps] = documents();
  const collected = form.collected ? ` (${cite(form.collected)})` : "";
  return section(START, noticeNode(),
    el("div", { class: "bp-lead" },
      el("div", {}, form.authority ? el("p", { class: "kern-preline" }, words(form.authority)) : null, heading(words(form.title))), el("p", { class: "kern-body kern-body--large" }, t("lead")),
      el("div", { class: "bp-actions" }, button("primary", "weiter", t("begin"), forward))),
    el("div", { class: "bp-blocks" },
      card(t("need"), always.length ? list(always) : paragraph(t(perhaps.length ? "needPerhaps" : "needNothing")),
        perhaps.length ? el("details", { class: "kern-accordion" }, el("summary", { class: "kern-accordion__header" }, el("span", { class: "kern-title" }, t("needDepends"))), el("div", { class: "kern-accordion__body" }, list(perhaps))) : null,
        evidenceList.length ? paragraph(t("needLater")) : null),
      form.persons.length ? card(t("who"), list(form.persons.map((person) => words(person.label)))) : null,
      card(t("duration"), paragraph(t("durationText", { n: minutes }))),
      card(t("draftHead"), paragraph(t("draftText")), button("secondary", "laden", t("load"), chooseDraft))),
    card(t("privacy"), paragraph(t("privacyText", { norm: collected })), form.norms ? paragraph(t("norm", { norm: cite(form.norms) }), " kern-body--muted") : null));
}

const pair = (key, value) => el("div", { class: "kern-description-list-item" }, el("dt", { class: "kern-description-list-item__key" }, key), el("dd", { class: "kern-description-list-item__value" }, value));
const openMark = () => el("span", { class: "kern-badge kern-badge--warning" }, icon("warning"), el("span", { class: "kern-label kern-label--small" }, t("open")));

// Question and answer of one page, one pair an input.
function pairsOf(page, instance) {
  const pairs = [];
  for (const entry of page.entries) {
    if (entry.q) {
      for (const { key, item } of occurrences(entry.q)) {
        if (!existsIn(instance, entry.q, item)) continue;
        const person = personOf(entry.q);
        const whom = person && person.several ? ` (${t("item", { what: say(person.label), n: item + 1 })})` : "";
        const untouched = entry.q.optional && collect(entry.q.f, key) === undefined;
        for (const leaf of leaves(entry.q.f, key, entry.q.label, false)) {
          const value = leaf.field.t === "file" ? (collect(leaf.field, leaf.key) || {}).name : collect(leaf.field, leaf.key);
          const shown = value === undefined ? (leaf.optional || untouched ? t("none") : openMark()) : entry.q.secret ? t("secret") : leaf.field.t === "file" ? value : show(leaf.field, value);
          pairs.push(pair([words(leaf.label), whom], shown));
        }
      }
    } else if (entry.evidence && needed(instance, entry.evidence)) {
      const road = state.answers.get(`nachweis:${entry.evidence.key}`);
      const files = (state.files.get(entry.evidence.key) || []).map((file) => file.name).join(", ");
      pairs.push(pair(titleOf(entry.evidence), road === "nachreichen" ? t("later") : road === "hochladen" && files ? files : openMark()));
    } else if (entry.declaration && instance.holds(entry.declaration.when)) {
      pairs.push(pair(words(entry.declaration.wording), state.answers.get(`erklaerung:${entry.declaration.name}`) === "ja" ? t("bool") : openMark()));
    }
  }
  return pairs;
}

function summaries(instance, editable) {
  return visiblePages(instance).map((page, index) => el("div", { class: "kern-summary" },
    el("div", { class: "kern-summary__header" }, el("span", { class: "kern-number", "aria-hidden": "true" }, String(index + 1)), el(editable ? "h2" : "h3", { class: "kern-title" }, words(page.title))),
    el("div", { class: "kern-summary__body" }, el("dl", { class: "kern-description-list" }, pairsOf(page, instance)),
      editable ? el("div", { class: "kern-summary__actions" }, el("a", { class: "kern-link", href: "#" + page.name, "data-action": "aendern", onclick: (event) => { event.preventDefault(); go(page.name); } },
        icon("edit"), t("change"), el("span", { class: "kern-sr-only" }, " ", words(page.title)))) : null)));
}

function reviewPage() {
  const instance = currentCase();
  const problems = visiblePages(instance).flatMap((page) => problemsOf(page, instance).map((problem) => ({ ...problem, page })));
  const format = problems.filter((problem) => problem.kind === "format");
  const open = problems.filter((problem) => problem.kind === "missing");
  const links = (items) => el("ul", { class: "kern-list" }, items.map((problem) => el("li", {}, el("a", { class: "kern-link", href: "#" + problem.page.name, onclick: (event) => { event.preventDefault(); go(problem.page.name); focusOn(problem.key); } }, named(problem)))));
  const connected = apiUrl() !== "";
  const send = format.length || aborted(instance) ? null : button("primary", "absenden", t(connected ? "send" : "finish"), file);
  return section(REVIEW, progress(REVIEW), noticeNode(), heading(t("review")), el("p", { class: "kern-body kern-body--large" }, t("reviewLead")),
    format.length ? alertBox("danger", t("errors"), [links(format)], { role: "alert" }) : null,
    failedPreconditions(instance).map(warningNode),
    open.length ? alertBox("warning", t("openHead"), [links(open)]) : null,
    summaries(instance, true), navigation(send));
}

function receiptPage() {
  const instance = currentCase();
  const { number, date, connected } = state.sent;
  const chosen = evidenceList.filter((evidence) => needed(instance, evidence));
  const road = (name) => chosen.filter((evidence) => state.answers.get(`nachweis:${evidence.key}`) === name).map(titleOf);
  const later = chosen.filter((evidence) => state.answers.get(`nachweis:${evidence.key}`) !== "hochladen").map(titleOf);
  const now = road("hochladen");
  return section(RECEIPT, heading(t(connected ? "sentHead" : "fileHead")),
    alertBox(connected ? "success" : "info", t(connected ? "sentAlert" : "fileAlert"), [paragraph(t(connected ? "sentText" : "fileText")), number ? el("p", { class: "kern-body kern-body--bold" }, t("number", { number })) : null, paragraph(t("receiptDate", { date: showDate(date) }))].filter(Boolean)),
    el("div", { class: "bp-actions" }, button("primary", "herunterladen", t("download"), downloadApplication), button("secondary", "drucken", t("print"), () => window.print()), connected ? null : button("tertiary", "zurueck", t("back"), () => go(REVIEW))),
    now.length ? card(t("receiptFiles"), list(now)) : null,
    later.length ? card(t("receiptLater"), list(later)) : null,
    el("h2", { class: "kern-heading-medium" }, t("receiptCopy")), summaries(instance, false));
}
