// Draws what a build looks like: a page of the form and the process, as PNG.
//
//   node pictures.mjs OUT FOLDER    OUT is the folder of a build; the pictures go to FOLDER
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { openPage, withBrowser } from "./browser.mjs";

const require = createRequire(import.meta.url);
const [out, folder] = process.argv.slice(2);
if (!folder) {
  console.error("which build, and where to?");
  process.exit(2);
}
const service = join(out, "th", "unterhaltsvorschuss");
mkdirSync(folder, { recursive: true });

/** A page whose second question follows from the first. */
async function drawForm(browser, path) {
  const { page } = await openPage(browser, { viewport: { width: 1100, height: 800 }, reducedMotion: "reduce" });
  await page.goto(`${pathToFileURL(path).href}#beginn_und_konto`);
  await page.check("input[value=ja]:visible >> nth=0");
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, "formular.png") });
}

async function drawProcess(browser, path) {
  const { page } = await openPage(browser, { viewport: { width: 3000, height: 900 } });
  await page.setContent('<!DOCTYPE html><html lang="de"><title>.</title><body style="margin:0"><div id="canvas" style="height:900px"></div></body></html>');
  await page.addScriptTag({ path: require.resolve("bpmn-js/dist/bpmn-viewer.production.min.js") });
  const box = await page.evaluate(async (xml) => {
    const viewer = new window.BpmnJS({ container: "#canvas" });
    await viewer.importXML(xml);
    viewer.get("canvas").zoom("fit-viewport");
    const { inner } = viewer.get("canvas").viewbox();
    const scale = viewer.get("canvas").zoom();
    return { width: Math.ceil(inner.width * scale), height: Math.ceil(inner.height * scale) };
  }, readFileSync(path, "utf8"));
  await page.screenshot({ path: join(folder, "ablauf.png"), clip: { x: 0, y: 0, width: Math.min(3000, box.width + 20), height: Math.min(900, box.height + 20) } });
}

await withBrowser(async (browser) => {
  for (const [path, draw] of [[join(service, "formular", "index.html"), drawForm], [join(service, "ablauf", "prozess.c7.bpmn"), drawProcess]]) {
    if (existsSync(path)) await draw(browser, path);
    else console.error(`not drawn, because it is missing: ${path}`);
  }
});
