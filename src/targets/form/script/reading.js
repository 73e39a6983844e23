// From what people type to the values of schema.json. A reading is {value}, {missing}, or {error, values}.
const MISSING = Object.freeze({ missing: true });
const wrong = (error, values = {}) => ({ error, values });

// German notation; a dot before one or two last digits is taken for a comma.
function decimalText(raw) {
  const text = raw.replace(/[\s\u00a0\u202f]|€|EURO?/gi, "");
  const match = /^([+-]?)(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?$/.exec(text);
  if (match) return match[1].replace("+", "") + match[2].replace(/\./g, "").replace(/^0+(?=\d)/, "") + (match[3] ? "." + match[3] : "");
  return /^-?\d+\.\d{1,2}$/.test(text) ? text : null;
}

function ibanHolds(iban) {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{10,30}$/.test(iban) || (iban.startsWith("DE") && iban.length !== 22)) return false;
  const digits = (iban.slice(4) + iban.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n === 1n;
}

const showNumber = (text) => {
  const [whole, fraction] = String(text).split(".");
  return whole.replace(/\B(?=(\d{3})+$)/g, ".") + (fraction ? "," + fraction : "");
};
const showAmount = (cents) => {
  const positive = cents < 0 ? -cents : cents;
  return `${cents < 0 ? "-" : ""}${showNumber(Math.floor(positive / 100))},${String(positive % 100).padStart(2, "0")} €`;
};
const showLimit = (field, limit) =>
  field.t === "amount" ? showAmount(op.units(op.number(limit), op.CENT)) : field.t === "date" ? showDate(limit) : showNumber(limit);

function bounded(field, reading, comparable) {
  const limit = (text) => (field.t === "date" ? text : op.number(text));
  if (field.least !== undefined && op.less(comparable, limit(field.least)) === true) return wrong("eLeast", { n: showLimit(field, field.least) });
  if (field.most !== undefined) {
    if (field.below && op.atLeast(comparable, limit(field.most)) === true) return wrong("eBelow", { n: showLimit(field, field.most) });
    if (!field.below && op.greater(comparable, limit(field.most)) === true) return wrong("eMost", { n: showLimit(field, field.most) });
  }
  return reading;
}

function readText(field, raw) {
  let text = raw.normalize("NFC").trim();
  if (field.check === "iban") text = text.replace(/\s/g, "").toUpperCase();
  if (text === "") return MISSING;
  if (field.check === "iban" && !ibanHolds(text)) return wrong("eIban");
  const length = [...text].length;
  const [shortest, longest] = field.length || [0, Infinity];
  if (length < shortest && shortest === longest) return wrong("eDigits", { n: shortest });
  if (length < shortest) return wrong("eShort", { n: shortest });
  if (length > longest) return shortest === longest ? wrong("eDigits", { n: longest }) : wrong("eLong", { n: longest });
  if (field.pattern && !pattern(field.pattern).test(text)) return field.example ? wrong("ePatternExample", { example: field.example }) : wrong("ePattern");
  return { value: text };
}

const patterns = new Map();
function pattern(source) {
  if (!patterns.has(source)) {
    let compiled = /(?:)/;
    try {
      compiled = new RegExp(`^(?:${source})$`, "u");
    } catch {
      // A pattern outside the portable subset is left to the authority.
    }
    patterns.set(source, compiled);
  }
  return patterns.get(source);
}

function readDate(field, raw) {
  const [day, month, year] = raw.map((part) => part.trim());
  if (!day && !month && !year) return MISSING;
  if (!day || !month || !year) return wrong("eDatePart");
  if (/^\d{1,3}$/.test(year)) return wrong("eYear");
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  return op.isDate(date) ? bounded(field, { value: date }, date) : wrong("eDate");
}

function readNumber(field, raw) {
  if (raw.trim() === "") return MISSING;
  const text = decimalText(raw);
  const error = { integer: "eInteger", decimal: "eDecimal", amount: "eAmount" }[field.t];
  const fraction = text === null ? "" : text.split(".")[1] || "";
  if (text === null || (field.t === "integer" && fraction) || (field.t === "amount" && fraction.length > 2)) return wrong(error);
  const exact = op.number(text);
  if (exact === null || text.replace(/\D/g, "").length > 15) return wrong(error);
  const value = field.t === "integer" ? op.units(exact, op.ONE) : field.t === "amount" ? op.units(exact, op.CENT) : op.decimalText(exact);
  return bounded(field, { value }, exact);
}

function readDuration(raw) {
  if (raw[0].trim() === "") return MISSING;
  return /^\d{1,4}$/.test(raw[0].trim()) ? { value: `P${Number(raw[0])}${raw[1] || "M"}` } : wrong("eInteger");
}

// One answer. The raw form of dates and durations is a list of texts, of all else a text.
function read(field, raw) {
  if (raw === undefined || raw === "" || raw === null) return MISSING;
  if (field.t === "truth") return raw === "ja" || raw === "nein" ? { value: raw === "ja" } : MISSING;
  if (field.t === "choice") return field.options.some(([name]) => name === raw) ? { value: raw } : MISSING;
  if (field.t === "date") return readDate(field, raw);
  if (field.t === "duration") return readDuration(raw);
  return field.t === "text" ? readText(field, raw) : readNumber(field, raw);
}

// A value as people read it, in the review and on paper.
function show(field, value) {
  if (field.t === "truth") return t(value ? "yes" : "no");
  if (field.t === "choice") return words(field.options.find(([name]) => name === value)[1]);
  if (field.t === "date") return showDate(value);
  if (field.t === "amount") return showAmount(value);
  if (field.t === "integer" || field.t === "decimal") return showNumber(value) + (field.unit ? " " + field.unit : "");
  if (field.t === "duration") return `${value.slice(1, -1)} ${t({ Y: "unitYears", M: "unitMonths", W: "unitWeeks", D: "unitDays" }[value.slice(-1)])}`;
  return field.check === "iban" ? value.replace(/(.{4})(?=.)/g, "$1 ") : value;
}

// The raw answers that would read as this value, by key: to fill in what an account knows.
function rawAnswers(field, key, value) {
  if (value === undefined || value === null) return [];
  if (field.t === "group") return field.fields.flatMap((part) => rawAnswers(part.f, `${key}.${part.n}`, value[part.n]));
  if (field.t === "list") return [["#" + key, value.length], ...value.flatMap((item, index) => rawAnswers(field.of, `${key}[${index}]`, item))];
  if (field.t === "truth") return [[key, value ? "ja" : "nein"]];
  if (field.t === "date") return [[key, [value.slice(8, 10), value.slice(5, 7), value.slice(0, 4)]]];
  if (field.t === "duration") return [[key, [value.slice(1, -1), value.slice(-1)]]];
  if (field.t === "amount") return [[key, showAmount(value).replace(/\s€/, "")]];
  return field.t === "file" ? [] : [[key, field.t === "integer" || field.t === "decimal" ? showNumber(value) : String(value)]];
}
