// Questions as KERN's form elements. Each input writes its raw answer and refreshes what depends on it.
let errors = new Map(); // messages of the page shown, by key

function store(key, raw) {
  if (raw === "" || raw === null || (Array.isArray(raw) && raw.every((part) => part === ""))) state.answers.delete(key);
  else state.answers.set(key, raw);
  state.left.delete(key);
  state.changed = true;
  refresh();
}

const errorNode = (key) => errors.has(key)
  ? el("p", { class: "kern-error", id: idOf(key) + "-error" }, icon("danger"), el("span", { class: "kern-body" }, el("span", { class: "kern-sr-only" }, t("errorWord") + " "), errors.get(key)))
  : null;

const optionalMark = (optional) => (optional ? el("span", { class: "kern-label__optional" }, ` (${t("optional")})`) : null);

function hintNode(key, parts) {
  const lines = parts.filter((part) => part !== null && part !== undefined);
  return lines.length ? el("div", { class: "kern-hint", id: idOf(key) + "-hint" }, lines.map((line) => el("div", {}, line))) : null;
}

const describedBy = (...nodes) => nodes.filter((node) => node).map((node) => node.id).join(" ") || null;

// What helps to answer: the definition's hint, its example, the form of dates and amounts.
function hints(field, about, shown) {
  const example = about.example && field.t !== "choice" && field.t !== "truth" ? t("example", { example: exampleOf(field, about.example) }) : null;
  const form = { date: t("dateHint"), amount: t("amountHint") }[field.t];
  return [about.hint ? words(about.hint) : null, example || (shown === undefined ? form || null : null), about.prefilled ? t("account") : null];
}

// An example as it is to be typed: a date in three fields, an IBAN in fours.
const exampleOf = (field, example) =>
  field.t === "date" ? example.replace(/^0?(\d+)\.0?(\d+)\.(\d{4})$/, "$1 $2 $3") : field.check === "iban" ? example.replace(/(\S{4})(?=\S)/g, "$1 ") : example;

function fieldNode(field, key, about) {
  if (field.t === "group") return groupNode(field, key, about);
  if (field.t === "list") return listNode(field, key, about);
  if (field.t === "truth" || (field.t === "choice" && field.options.length <= 7)) return radioNode(field, key, about);
  if (field.t === "date") return dateNode(field, key, about);
  if (field.t === "duration") return durationNode(field, key, about);
  if (field.t === "file") return fileNode(key, about, false);
  return inputNode(field, key, about);
}

const wrapper = (kind, key, about, ...children) =>
  el("div", { class: `${kind}${errors.has(key) ? ` ${kind}--error` : ""}`, "data-question": key }, ...children);

function inputNode(field, key, about) {
  const id = idOf(key);
  const hint = hintNode(key, hints(field, about));
  const error = errorNode(key);
  const raw = state.answers.get(key) || "";
  const common = { id, "aria-describedby": describedBy(hint, error), "aria-invalid": error ? "true" : null, "aria-required": about.optional ? null : "true", autocomplete: field.auto };
  const mark = error ? " kern-form-input__input--error" : "";
  let control;
  if (field.t === "choice") {
    control = el("select", { ...common, class: "kern-form-input__select", onchange: (event) => store(key, event.target.value) },
      el("option", { value: "" }, t("choose")),
      field.options.map(([name, label]) => el("option", { value: name, selected: raw === name, lang: state.language === "en" && !Array.isArray(label) ? "de" : null }, say(label))));
    control = el("div", { class: "kern-form-input__select-wrapper" }, control);
  } else if (field.t === "text" && field.length && field.length[1] > 200) {
    control = el("textarea", { ...common, rows: "5", class: `kern-form-input__input${mark}`, oninput: (event) => store(key, event.target.value) }, raw);
  } else {
    const numeric = { integer: "numeric", amount: "decimal", decimal: "decimal" }[field.t] || (field.digits ? "numeric" : null);
    const width = field.t === "amount" ? "m" : field.t === "integer" || field.t === "decimal" ? "s" : field.length && field.length[1] <= 8 ? "s" : field.check === "iban" ? "l" : null;
    const plain = { spellcheck: field.check || about.secret ? "false" : null };
    control = el("input", { ...common, ...plain, type: about.secret ? "password" : "text", inputmode: numeric, value: raw, class: `kern-form-input__input${mark}${width ? ` bp-width-${width}` : ""}`,
      oninput: (event) => store(key, event.target.value) });
    const unit = field.t === "amount" ? "€" : field.unit;
    if (unit) control = el("div", { class: "bp-unit" }, control, el("span", { class: "bp-unit__sign", "aria-hidden": "true" }, unit));
  }
  return wrapper("kern-form-input", key, about, el("label", { class: "kern-label", for: id }, words(about.label), optionalMark(about.optional)), hint, control, error);
}

function fieldset(key, about, field, attributes, body) {
  const hint = hintNode(key, hints(field, about));
  const error = errorNode(key);
  const strong = about.strong ? " kern-label--large" : "";
  return el("fieldset", { class: `kern-fieldset${error ? " kern-fieldset--error" : ""}`, id: idOf(key), "data-question": key, "aria-describedby": describedBy(hint, error), ...attributes },
    el("legend", { class: `kern-label${strong}` }, words(about.label), optionalMark(about.optional)), hint, error, body);
}

function radioNode(field, key, about) {
  const options = field.t === "truth" ? [["ja", null], ["nein", null]] : field.options;
  const raw = state.answers.get(key);
  const across = field.t === "truth" ? " kern-fieldset__body--horizontal" : "";
  const body = el("div", { class: `kern-fieldset__body${across}` }, options.map(([name, label], index) => {
    const id = `${idOf(key)}-${index}`;
    return el("div", { class: "kern-form-check" },
      el("input", { type: "radio", class: "kern-form-check__radio", id, name: idOf(key), value: name, checked: raw === name, onchange: () => store(key, name) }),
      el("label", { class: "kern-label", for: id }, label === null ? t(name === "ja" ? "yes" : "no") : words(label)));
  }));
  return fieldset(key, about, field, { role: "radiogroup", "aria-required": about.optional ? null : "true", "aria-invalid": errors.has(key) ? "true" : null }, body);
}

// A date is three short text fields: easier to type and to correct than a calendar.
function dateNode(field, key, about) {
  const raw = state.answers.get(key) || ["", "", ""];
  const body = el("div", { class: "kern-fieldset__body kern-fieldset__body--horizontal" }, ["day", "month", "year"].map((part, index) => {
    const id = `${idOf(key)}-${part}`;
    const autocomplete = field.auto ? `${field.auto}-${part}` : null;
    const change = (event) => store(key, raw.map((old, at) => (at === index ? (raw[at] = event.target.value) : old)));
    return el("div", { class: "kern-form-input" },
      el("label", { class: "kern-label", for: id }, t(part)),
      el("input", { id, type: "text", inputmode: "numeric", autocomplete, maxlength: part === "year" ? "4" : "2", value: raw[index], "aria-required": about.optional ? null : "true", "aria-invalid": errors.has(key) ? "true" : null,
        class: `kern-form-input__input kern-form-input__input--width-${part === "year" ? 4 : 2}${errors.has(key) ? " kern-form-input__input--error" : ""}`, oninput: change }));
  }));
  return fieldset(key, about, field, {}, body);
}

function durationNode(field, key, about) {
  const raw = [...(state.answers.get(key) || ["", "M"])];
  const id = idOf(key);
  const units = [["Y", "unitYears"], ["M", "unitMonths"], ["W", "unitWeeks"], ["D", "unitDays"]];
  const write = () => store(key, raw[0].trim() === "" ? "" : [...raw]);
  const body = el("div", { class: "kern-fieldset__body kern-fieldset__body--horizontal" },
    el("div", { class: "kern-form-input" }, el("label", { class: "kern-label", for: id + "-count" }, t("amount")),
      el("input", { id: id + "-count", type: "text", inputmode: "numeric", value: raw[0], class: "kern-form-input__input kern-form-input__input--width-4", oninput: (event) => { raw[0] = event.target.value; write(); } })),
    el("div", { class: "kern-form-input" }, el("label", { class: "kern-label", for: id + "-unit" }, t("unit")),
      el("div", { class: "kern-form-input__select-wrapper" }, el("select", { id: id + "-unit", class: "kern-form-input__select", onchange: (event) => { raw[1] = event.target.value; write(); } },
        units.map(([unit, word]) => el("option", { value: unit, selected: raw[1] === unit }, t(word)))))));
  return fieldset(key, about, field, {}, body);
}

const partOf = (part, key, about) => fieldNode(part.f, `${key}.${part.n}`, { label: part.label, hint: part.hint, example: part.example, optional: about.optional || part.optional });

function groupNode(field, key, about) {
  return fieldset(key, about, field, {}, el("div", { class: "kern-fieldset__body bp-group" }, field.fields.map((part) => partOf(part, key, about))));
}

function listNode(field, key, about) {
  const count = countOf(key, Math.max(field.min, 1));
  const what = say(about.label);
  const resize = (size) => { state.answers.set("#" + key, size); state.changed = true; redraw(); };
  const items = Array.from({ length: count }, (_, index) => el("div", { class: "bp-item" },
    fieldNode(field.of, `${key}[${index}]`, { ...about, account: false, label: t("item", { what, n: index + 1 }), optional: about.optional || index >= Math.max(field.min, 1) }),
    index === count - 1 && count > Math.max(field.min, 1)
      ? button("tertiary", "entfernen", t("remove"), () => { forget(`${key}[${index}]`); resize(count - 1); }, { "aria-label": t("removeWhat", { what: t("item", { what, n: index + 1 }) }) }) : null));
  const more = field.max === undefined || count < field.max ? button("secondary", "hinzufuegen", t("add", { what: t("entry") }), () => resize(count + 1)) : null;
  return fieldset(key, about, field, {}, el("div", { class: "kern-fieldset__body" }, items, more));
}

// Answers of an item that was taken away are gone.
function forget(prefix) {
  for (const key of [...state.answers.keys()]) if (key.startsWith(prefix) || key.startsWith("#" + prefix)) state.answers.delete(key);
}

// The persons after one that was taken away move up by one.
function removePerson(name, gone, count) {
  const moved = new Map();
  for (const [key, raw] of state.answers) {
    const match = new RegExp(`^(#?)${name}\\[(\\d+)\\](.*)$`).exec(key);
    if (!match || Number(match[2]) < gone) moved.set(key, raw);
    else if (Number(match[2]) > gone) moved.set(`${match[1]}${name}[${match[2] - 1}]${match[3]}`, raw);
  }
  moved.set("#" + name, count - 1);
  state.answers = moved;
}

// Several documents for a piece of evidence, one for a question.
function fileNode(key, about, several) {
  const own = about.errorKey || key;
  const id = idOf(own);
  const hint = hintNode(own, [about.hint ? words(about.hint) : null, t(several ? "filesHint" : "fileHint")]);
  const error = errorNode(own);
  const chosen = state.files.get(key) || [];
  const list = chosen.length ? el("ul", { class: "kern-list bp-files", id: id + "-files" }, chosen.map((file) => el("li", {}, `${file.name} (${t("bytes", { n: Math.ceil(file.size / 1024) })})`))) : null;
  const input = el("input", { id, type: "file", multiple: several, accept: ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png", "aria-describedby": describedBy(hint, error, list), "aria-invalid": error ? "true" : null,
    onchange: (event) => { state.files.set(key, [...event.target.files]); state.changed = true; redraw(id); } });
  // The field itself lies unseen on a button: browsers word it in their own language, and forget its files when it is drawn anew.
  const button = el("label", { class: "kern-btn kern-btn--secondary", for: id }, el("span", { class: "kern-label" }, t(several ? "files" : "file")));
  const label = several ? null : el("label", { class: "kern-label", for: id }, words(about.label), optionalMark(about.optional));
  return wrapper("kern-form-input", own, about, label, hint, el("div", { class: "bp-upload" }, input, button), error, list);
}

function evidenceNode(evidence) {
  const key = `nachweis:${evidence.key}`;
  const road = state.answers.get(key);
  const hint = evidence.norms ? hintNode(key, [evidence.hint ? words(evidence.hint) : null, t("norm", { norm: cite(evidence.norms) })]) : null;
  const error = errorNode(key);
  const choice = (name, text, index) => el("div", { class: "kern-form-check" },
    el("input", { type: "radio", class: "kern-form-check__radio", id: `${idOf(key)}-${index}`, name: idOf(key), value: name, checked: road === name, onchange: () => { store(key, name); redraw(`${idOf(key)}-${index}`); } }),
    el("label", { class: "kern-label", for: `${idOf(key)}-${index}` }, text));
  return el("div", { class: "kern-card bp-evidence" }, el("div", { class: "kern-card__container" },
    el("fieldset", { class: `kern-fieldset${error ? " kern-fieldset--error" : ""}`, role: "radiogroup", id: idOf(key), "data-question": `nachweise.${evidence.key}`, "aria-required": "true", "aria-describedby": describedBy(hint, error) },
      el("legend", { class: "kern-label kern-label--large" }, titleOf(evidence)), hint, error,
      el("div", { class: "kern-fieldset__body" }, choice("hochladen", t("upload"), 0), choice("nachreichen", t("later"), 1))),
    road === "hochladen" ? fileNode(evidence.key, { errorKey: `datei:${evidence.key}` }, true) : null,
    road === "nachreichen" ? paragraph(t("laterText"), " kern-body--muted") : null));
}

function wayNode(need) {
  const key = `weg:${need}`;
  const titles = (way) => evidenceList.filter((evidence) => evidence.need === need && evidence.way === way).map(nameOf);
  const options = waysOf(need).map((way) => [String(way), titles(way).length > 1 ? t("together", { list: titles(way).join(" + ") }) : titles(way)[0]]);
  const node = radioNode({ t: "choice", options: options.map(([way, text]) => [way, [text, text]]) }, key, { label: [TEXTS.de.whichEvidence, TEXTS.en.whichEvidence], strong: true });
  node.addEventListener("change", (event) => redraw(event.target.id));
  return node;
}

function declarationNode(declaration) {
  const key = `erklaerung:${declaration.name}`;
  const id = idOf(key);
  const error = errorNode(key);
  const hint = declaration.norms ? hintNode(key, [t("norm", { norm: cite(declaration.norms) })]) : null;
  return el("div", { class: `kern-form-input${error ? " kern-form-input--error" : ""}`, "data-question": `erklaerungen.${declaration.name}` },
    el("div", { class: "kern-form-check bp-declaration" },
      el("input", { type: "checkbox", class: "kern-form-check__checkbox", id, checked: state.answers.get(key) === "ja", "aria-describedby": describedBy(hint, error), "aria-invalid": error ? "true" : null, onchange: (event) => store(key, event.target.checked ? "ja" : "") }),
      el("label", { class: "kern-label", for: id }, words(declaration.wording))), hint, error);
}
