// Judge: each BPMN and DMN file is read by bpmn-io's own parsers without a single warning.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { BpmnModdle } from "bpmn-moddle";
import { DmnModdle } from "dmn-moddle";
import { dialect } from "./dialects.mjs";

const require = createRequire(import.meta.url);
const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("no process and no decision to judge");
  process.exit(2);
}

const dmn = new DmnModdle();
let findings = 0;
for (const path of paths) {
  const xml = readFileSync(path, "utf8");
  try {
    const parsed = path.endsWith(".dmn")
      ? await dmn.fromXML(xml, "dmn:Definitions")
      : await new BpmnModdle(dialect(path, require).moddle).fromXML(xml);
    for (const warning of parsed.warnings) report(path, warning.message);
  } catch (error) {
    report(path, error.message);
    for (const warning of error.warnings ?? []) report(path, warning.message);
  }
}
process.exit(findings === 0 ? 0 : 1);

function report(path, text) {
  findings += 1;
  console.error(`${path}: ${text.trim()}`);
}
