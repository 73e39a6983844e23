// The answers of the whole form: which questions exist, what is said, what is still open.
const countOf = (key, least) => Math.max(Number(state.answers.get("#" + key) || 0), least);

// Every single input below a field, with the key of its raw answer.
function leaves(field, key, label, optional) {
  if (field.t === "group") return field.fields.flatMap((part) => leaves(part.f, `${key}.${part.n}`, part.label, optional || part.optional));
  if (field.t === "list") {
    return Array.from({ length: countOf(key, field.min) }, (_, index) => leaves(field.of, `${key}[${index}]`, label, optional || index >= field.min)).flat();
  }
  return [{ field, key, label, optional }];
}

// The value below a key; undefined where nothing (valid) is said.
function collect(field, key) {
  if (field.t === "group") {
    const entries = field.fields.map((part) => [part.n, collect(part.f, `${key}.${part.n}`)]).filter(([, value]) => value !== undefined);
    return entries.length ? Object.fromEntries(entries) : undefined;
  }
  if (field.t === "list") {
    const items = Array.from({ length: countOf(key, field.min) }, (_, index) => collect(field.of, `${key}[${index}]`)).filter((item) => item !== undefined);
    return items.length ? items : undefined;
  }
  if (field.t === "file") {
    const files = state.files.get(key) || [];
    return files.length ? files.map(describeFile)[0] : undefined;
  }
  return read(field, state.answers.get(key)).value;
}

const describeFile = (file) => ({ name: file.name, typ: file.type || "application/octet-stream", groesse: file.size });
const questions = form.pages.flatMap((page) => page.entries.filter((entry) => entry.q).map((entry) => entry.q));
const personOf = (question) => (question.person === null ? null : form.persons[question.person]);

// A question of one of several persons occurs once each.
function occurrences(question) {
  const person = personOf(question);
  if (!person || !person.several) return [{ key: question.address, item: null }];
  const own = question.address.slice(person.name.length + 1);
  return Array.from({ length: countOf(person.name, person.several[0]) }, (_, item) => ({ key: `${person.name}[${item}].${own}`, item }));
}

// Answers as in schema.json. Without a case all that was typed; with one only what exists in it.
function gather(instance) {
  const data = {};
  for (const question of questions) {
    const person = personOf(question);
    for (const { key, item } of occurrences(question)) {
      if (instance && !existsIn(instance, question, item)) continue;
      const value = collect(question.f, key);
      if (value === undefined) continue;
      let target = data;
      if (person) {
        target = data[person.name] ??= person.several ? [] : {};
        if (person.several) {
          while (target.length <= item) target.push({});
          target = target[item];
        }
      }
      target[question.name] = value;
    }
  }
  return data;
}

const existsIn = (instance, question, item) =>
  instance.holds(question.when) && (item === null ? instance : instance.at(question.person, item)).exists(question.i);
const currentCase = () => new Case(rulebook, gather(null), today());

const evidenceOf = (page) => page.entries.filter((entry) => entry.evidence).map((entry) => entry.evidence);
const evidenceList = form.pages.flatMap(evidenceOf);
const waysOf = (need) => [...new Set(evidenceList.filter((evidence) => evidence.need === need).map((evidence) => evidence.way))];
const chosenWay = (need) => Number(state.answers.get(`weg:${need}`) || waysOf(need)[0]);
// A piece of evidence with the person it is of: as text, and as a node that says in which language it is.
const nameOf = (evidence) => (evidence.of ? t("of", { what: say(evidence.title), whom: say(evidence.of) }) : say(evidence.title));
const titleOf = (evidence) => (state.language === "en" && !Array.isArray(evidence.title) ? el("span", { lang: "de" }, nameOf(evidence)) : nameOf(evidence));
const needed = (instance, evidence) => instance.holds(evidence.when) && instance.holds(evidence.whenOf) && (waysOf(evidence.need).length < 2 || chosenWay(evidence.need) === evidence.way);

// The submission as it is filed.
function submission() {
  const instance = currentCase();
  const data = gather(instance);
  const documents = {};
  for (const evidence of evidenceList.filter((evidence) => needed(instance, evidence))) {
    const road = state.answers.get(`nachweis:${evidence.key}`);
    const files = (state.files.get(evidence.key) || []).map(describeFile);
    if (road === "hochladen" && files.length) documents[evidence.key] = { weg: road, dateien: files };
    if (road === "nachreichen") documents[evidence.key] = { weg: road };
  }
  if (Object.keys(documents).length) data.nachweise = documents;
  const confirmed = form.pages.flatMap((page) => page.entries).filter((entry) => entry.declaration && instance.holds(entry.declaration.when));
  const given = confirmed.filter(({ declaration }) => state.answers.get(`erklaerung:${declaration.name}`) === "ja");
  if (given.length) data.erklaerungen = Object.fromEntries(given.map(({ declaration }) => [declaration.name, true]));
  return data;
}

const visiblePages = (instance) => form.pages.filter((page) =>
  instance.holds(page.when) && page.entries.some((entry) =>
    entry.q ? occurrences(entry.q).some(({ item }) => existsIn(instance, entry.q, item))
      : entry.evidence ? needed(instance, entry.evidence)
        : entry.declaration ? instance.holds(entry.declaration.when) : false));

// What is wrong or open on a page: {key, kind, label, text}, in the order of the questions.
function problemsOf(page, instance) {
  const problems = [];
  const missing = (key, label, text) => problems.push({ key, kind: "missing", label: say(label), text });
  const askedWays = new Set();
  for (const entry of page.entries) {
    if (entry.q) {
      for (const { key, item } of occurrences(entry.q)) {
        if (!existsIn(instance, entry.q, item)) continue;
        const inputs = leaves(entry.q.f, key, entry.q.label, false);
        const untouched = entry.q.optional && inputs.every((leaf) => read(leaf.field, state.answers.get(leaf.key)).missing);
        for (const leaf of inputs) problems.push(...problemOf(leaf, untouched));
      }
    } else if (entry.evidence && needed(instance, entry.evidence)) {
      const { key, need } = entry.evidence;
      const title = nameOf(entry.evidence);
      if (waysOf(need).length > 1 && !state.answers.get(`weg:${need}`) && !askedWays.has(need)) {
        askedWays.add(need);
        missing(`weg:${need}`, t("whichEvidence"), t("eChoose"));
      }
      const road = state.answers.get(`nachweis:${key}`);
      if (!road) missing(`nachweis:${key}`, title, t("eChoose"));
      if (road === "hochladen" && !(state.files.get(key) || []).length) missing(`datei:${key}`, title, t("eFile"));
    } else if (entry.declaration && instance.holds(entry.declaration.when)) {
      const key = `erklaerung:${entry.declaration.name}`;
      if (state.answers.get(key) !== "ja") missing(key, t("declaration"), t("eConfirm"));
    }
  }
  return problems;
}

// A message as it stands away from its question.
const named = ({ label, text }) => `${label}${/[?!.:]$/.test(label) ? "" : ":"} ${text}`;

function problemOf({ field, key, label, optional }, untouched) {
  const problem = (kind, text) => [{ key, kind, label: say(label), text }];
  if (field.t === "file") return optional || untouched || (state.files.get(key) || []).length ? [] : problem("missing", t("eMissing"));
  const reading = read(field, state.answers.get(key));
  if (reading.error) return problem("format", t(reading.error, reading.values));
  if (!reading.missing || optional || untouched) return [];
  return problem("missing", t(field.t === "truth" || field.t === "choice" ? "eChoose" : "eMissing"));
}

const failedPreconditions = (instance) => form.preconditions.filter((precondition) => instance.standing(precondition.i) === "nicht_erfuellt");
