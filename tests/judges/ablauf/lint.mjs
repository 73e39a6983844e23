// Judge: bpmnlint with all recommended and correctness rules, and for Camunda 7 and 8 the rules of those engines.
// A warning counts like an error.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BpmnModdle } from "bpmn-moddle";
import { dialect } from "./dialects.mjs";

const require = createRequire(import.meta.url);
const { Linter } = require("bpmnlint");
const NodeResolver = require("bpmnlint/lib/resolver/node-resolver");

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("no process to judge");
  process.exit(2);
}

const resolver = new NodeResolver({ require });
let findings = 0;
for (const path of paths) {
  const { moddle, rules } = dialect(path, require);
  const { rootElement } = await new BpmnModdle(moddle).fromXML(readFileSync(path, "utf8"));
  const wanted = ["bpmnlint:recommended", "bpmnlint:correctness", ...(rules ? [rules] : [])];
  const config = { extends: wanted, rules: { "no-overlapping-elements": "error" } };
  const results = await new Linter({ config, resolver }).lint(rootElement);
  for (const [rule, reports] of Object.entries(results)) {
    for (const { id, message } of reports) {
      findings += 1;
      console.error(`${path}: ${rule}: ${id}: ${message}`);
    }
  }
}
process.exit(findings === 0 ? 0 : 1);
