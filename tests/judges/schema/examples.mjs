// Judge: each example in an OpenAPI description validates against the schema that stands beside it, and each whole
// application among them also against `formular/schema.json` of the same procedure, for both must say the same.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("no description to judge");
  process.exit(2);
}

let findings = 0;
for (const path of paths) {
  const report = (text) => {
    findings += 1;
    console.error(`${path}: ${text}`);
  };
  const description = parse(readFileSync(path, "utf8"));
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(description, "description");
  const form = formSchema(path);
  let judged = 0;
  let applications = 0;
  for (const [pointer, media] of mediaTypes(description, "#")) {
    for (const [name, value] of examples(media, description)) {
      judged += 1;
      const validate = ajv.getSchema(`description${pointer}/schema`);
      if (!validate) {
        report(`${pointer} has an example but no schema`);
      } else if (!validate(value)) {
        report(`${pointer}, example ${name}: ${ajv.errorsText(validate.errors, { separator: "; " })}`);
      }
      if (form && value?.definition && value?.daten) {
        applications += 1;
        if (!form(value.daten)) {
          report(`${pointer}, example ${name}: not in formular/schema.json: ${ajv.errorsText(form.errors, { separator: "; " })}`);
        }
      }
    }
  }
  if (judged === 0) report("has no examples at all");
  if (form && applications === 0) report("has no example of a whole application");
}
process.exit(findings === 0 ? 0 : 1);

/** The compiled schema of the form of the same procedure, or nothing where the description stands alone. */
function formSchema(path) {
  const file = join(dirname(path), "..", "formular", "schema.json");
  if (!existsSync(file)) return undefined;
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats(ajv);
  return ajv.compile(JSON.parse(readFileSync(file, "utf8")));
}

/** Every object with a `content` map: its media types with their JSON pointers. */
function* mediaTypes(node, pointer) {
  if (node === null || typeof node !== "object") return;
  for (const [key, child] of Object.entries(node)) {
    const below = `${pointer}/${escape(key)}`;
    if (key === "content" && child && typeof child === "object") {
      for (const [type, media] of Object.entries(child)) yield [`${below}/${escape(type)}`, media];
    }
    if (key !== "examples" && key !== "example") yield* mediaTypes(child, below);
  }
}

/** The examples of one media type, those in `components` too. */
function* examples(media, description) {
  if (media?.example !== undefined) yield ["example", media.example];
  for (const [name, example] of Object.entries(media?.examples ?? {})) {
    yield [name, example.$ref ? follow(example.$ref, description)?.value : example.value];
  }
}

/** What a local reference points at. */
function follow(reference, description) {
  const steps = reference.slice(2).split("/").map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
  return steps.reduce((node, step) => node?.[step], description);
}

/** A key as a step of a JSON pointer inside a URI fragment. */
function escape(key) {
  return encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"));
}
