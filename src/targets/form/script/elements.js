// Elements are built, never pasted: every word goes in as a text node or an attribute value.
const form = JSON.parse(document.getElementById("formular").textContent);
const place = JSON.parse(document.getElementById("land").textContent);

const state = {
  language: "de",
  page: "",
  answers: new Map(), // raw input by key: text, or a list of texts for dates and durations
  files: new Map(), // chosen documents by key
  left: new Set(), // keys that the person chose to leave open
  prefilled: new Set(), // addresses that the account answered
  changed: false,
  sent: null,
};

const t = (key, values = {}) => TEXTS[state.language][key].replace(/\{(\w+)\}/g, (hole, name) => (name in values ? String(values[name]) : hole));

// A label of the definition is a German text, or a pair of German and English.
const say = (label) => (Array.isArray(label) ? label[state.language === "en" ? 1 : 0] : label);
const words = (label) => {
  if (state.language === "de" || Array.isArray(label)) return document.createTextNode(say(label));
  const span = document.createElement("span");
  span.lang = "de";
  span.textContent = label;
  return span;
};

function el(tag, attributes, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return node;
}

const icon = (name) => el("span", { class: `kern-icon kern-icon--${name}`, "aria-hidden": "true" });
const button = (kind, action, label, onclick, extra = {}) =>
  el("button", { type: "button", class: `kern-btn kern-btn--${kind}`, "data-action": action, onclick, ...extra }, el("span", { class: "kern-label" }, label));
const paragraph = (text, kind = "") => el("p", { class: `kern-body${kind}` }, text);
const alertBox = (kind, title, body, attributes = {}) =>
  el("div", { class: `kern-alert kern-alert--${kind}`, ...attributes },
    el("div", { class: "kern-alert__header" }, icon(kind), el("span", { class: "kern-title" }, title)),
    body.length ? el("div", { class: "kern-alert__body" }, body) : null);

// Keys look like kind.anschrift.plz or bauherr[0].name; ids may not hold dots and brackets.
const idOf = (key) => "f-" + key.replace(/[.:]/g, "-").replace(/\[(\d+)\]/g, "-$1");

// Citations don't break between the sign and its number.
const cite = (norms) => norms.replace(/(§§?|Art\.|Abs\.|Nr\.|Satz|SGB|Anlage|Buchst\.) /g, "$1\u00a0");

const today = () => {
  try {
    return new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Berlin" }).format(new Date());
  } catch {
    const now = new Date();
    return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
  }
};
const showDate = (date) => `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(0, 4)}`;
