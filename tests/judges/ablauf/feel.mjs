// Judge: a second FEEL (feelin) decides the cases that our own evaluator has decided, and comes to the same.
//
//   feel.mjs VECTORS.json    [{ "file": "….dmn", "vectors": [{ "title", "inputs": {…}, "expected": { "<decision>": value } }] }]
//
// feelin computes with floating-point numbers: whole numbers up to 2^53 are exact, and ours are whole. It cannot show what decimals
// beyond that or a wrong division would do in an engine. A warning counts like a wrong value, with one exception: feelin reads both
// sides of `and`, so it warns of `date(null)` behind a guard that has already said no.
import { readFileSync } from "node:fs";
import { DmnModdle } from "dmn-moddle";
import { evaluate, unaryTest } from "feelin";

const path = process.argv[2];
if (!path) {
  console.error("no cases to judge");
  process.exit(2);
}

let findings = 0;
let compared = 0;
for (const { file, vectors } of JSON.parse(readFileSync(path, "utf8"))) {
  const { rootElement } = await new DmnModdle().fromXML(readFileSync(file, "utf8"), "dmn:Definitions");
  const decisions = new Map(rootElement.drgElement.filter((it) => it.$type === "dmn:Decision").map((it) => [it.id, it]));
  const inputs = rootElement.drgElement.filter((it) => it.$type === "dmn:InputData").map((it) => it.name);
  for (const { title, inputs: given, expected } of vectors) {
    const warn = (text) => report(`${file}: „${title}“: ${text}`);
    const known = new Map();
    // A decision sees only what it says it requires.
    const decide = (id) => {
      if (known.has(id)) return known.get(id);
      const decision = decisions.get(id);
      const context = {};
      for (const requirement of decision.informationRequirement ?? []) {
        const input = requirement.requiredInput?.href.slice(1);
        if (input) {
          const name = input.replace(/^eingabe_/, "");
          if (!inputs.includes(name)) warn(`${id}: there is no input ${name}`);
          context[name] = given[name];
        } else {
          const other = requirement.requiredDecision.href.slice(1);
          context[decisions.get(other).variable.name] = decide(other);
        }
      }
      const value = logic(decision.decisionLogic, context, (text) => warn(`${id}: ${text}`));
      known.set(id, value);
      return value;
    };
    for (const [id, wanted] of Object.entries(expected)) {
      compared += 1;
      const found = decisions.has(id) ? decide(id) : "no such decision";
      if (found !== wanted) warn(`${id} is ${JSON.stringify(found)}, expected ${JSON.stringify(wanted)}`);
    }
  }
}
console.log(`${compared} values compared`);
process.exit(findings === 0 && compared > 0 ? 0 : 1);

function logic(expression, context, warn) {
  const value = (text) => {
    const { value, warnings } = evaluate(text, context);
    for (const { message } of warnings.filter((it) => !it.message.startsWith("date('null')"))) warn(`${message} in ${text}`);
    return value;
  };
  if (expression.$type === "dmn:LiteralExpression") return value(expression.text);
  const asked = expression.input.map((input) => value(input.inputExpression.text));
  const hits = expression.rule.filter((rule) =>
    rule.inputEntry.every((entry, column) => unaryTest(entry.text, { ...context, "?": asked[column] }).value === true),
  );
  if (expression.hitPolicy !== "FIRST" && hits.length > 1) warn(`${hits.length} rows apply, one may`);
  return hits.length === 0 ? null : value(hits[0].outputEntry[0].text);
}

function report(text) {
  findings += 1;
  if (findings <= 40) console.error(text);
}
