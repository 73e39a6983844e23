// Judge: bpmn-js draws each process without a warning, and every edge and shape of the file appears on its canvas.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { openPage, withBrowser } from "./browser.mjs";

const require = createRequire(import.meta.url);
const viewer = require.resolve("bpmn-js/dist/bpmn-navigated-viewer.production.min.js");
const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("no process to judge");
  process.exit(2);
}

let findings = 0;
await withBrowser(async (browser) => {
  const { page, notes } = await openPage(browser);
  await page.setContent('<!DOCTYPE html><html lang="de"><title>.</title><div id="canvas" style="height:600px"></div></html>');
  await page.addScriptTag({ path: viewer });
  for (const path of paths) {
    const xml = readFileSync(path, "utf8");
    const found = await page.evaluate(async (xml) => {
      const viewer = new window.BpmnJS({ container: "#canvas" });
      try {
        const { warnings } = await viewer.importXML(xml);
        const drawn = new Set(viewer.get("elementRegistry").getAll().map((element) => element.id));
        const document = new DOMParser().parseFromString(xml, "text/xml");
        const missing = [...document.querySelectorAll("[bpmnElement]")]
          .map((element) => element.getAttribute("bpmnElement"))
          .filter((id) => !drawn.has(id));
        return [...warnings.map((warning) => warning.message), ...missing.map((id) => `${id} is not drawn`)];
      } catch (error) {
        return [error.message, ...(error.warnings ?? []).map((warning) => warning.message)];
      } finally {
        viewer.destroy();
      }
    }, xml);
    for (const text of [...found, ...notes.splice(0)]) {
      findings += 1;
      console.error(`${path}: ${text}`);
    }
  }
});
process.exit(findings === 0 ? 0 : 1);
