import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { openPage, withBrowser } from "./browser.mjs";
const require = createRequire(import.meta.url);
const viewer = require.resolve("bpmn-js/dist/bpmn-navigated-viewer.production.min.js");
const [,, src, dst] = process.argv;
await withBrowser(async (browser) => {
  const { page } = await openPage(browser);
  await page.setContent('<!DOCTYPE html><html lang="de"><title>.</title><div id="canvas" style="height:600px"></div></html>');
  await page.addScriptTag({ path: viewer });
  const svg = await page.evaluate(async (xml) => { const v = new window.BpmnJS({ container: "#canvas" }); const r = await v.importXML(xml); const s = await v.saveSVG(); return s.svg; }, readFileSync(src, "utf8"));
  const m = svg.match(/width="(\d+)" height="(\d+)"/);
  const w = +m[1], h = +m[2];
  await page.setViewportSize({ width: w + 20, height: h + 20 });
  await page.setContent(`<body style="margin:10px;background:#fff">${svg.slice(svg.indexOf("<svg"))}</body>`);
  await page.screenshot({ path: dst });
  console.log(w, h);
});
