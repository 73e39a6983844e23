// Judge: each JSON Schema named on the command line compiles in Ajv 2020-12, strict in everything, formats known.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("no schema to judge");
  process.exit(2);
}

let findings = 0;
for (const path of paths) {
  const warnings = [];
  const note = (...words) => warnings.push(words.join(" "));
  const ajv = new Ajv2020({ strict: true, allErrors: true, logger: { log: note, warn: note, error: note } });
  addFormats(ajv);
  try {
    ajv.compile(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    warnings.push(error.message);
  }
  for (const warning of warnings) {
    findings += 1;
    console.error(`${path}: ${warning}`);
  }
}
process.exit(findings === 0 ? 0 : 1);
