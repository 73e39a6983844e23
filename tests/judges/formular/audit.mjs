// What must hold on each page, whatever it asks: accessible to axe-core, nothing cut off at 320 pixels, a title, a heading.
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** axe-core goes in before the page's own scripts, where its Content-Security-Policy does not reach. */
export const prepare = (context) => context.addInitScript({ path: require.resolve("axe-core/axe.min.js") });

export async function audit(page, note) {
  const violations = await page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags, resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
  }, TAGS);
  violations.forEach(note);
  const { width, height } = page.viewportSize();
  await page.setViewportSize({ width: 320, height });
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  await page.setViewportSize({ width, height });
  if (wider > 0) note(`${wider} pixels stand out at a width of 320`);
  const head = await page.evaluate(() => ({ headings: document.querySelectorAll("h1").length, title: document.title, h1: document.querySelector("h1")?.innerText ?? "" }));
  if (head.headings !== 1) note(`${head.headings} first headings`);
  if (!head.title.includes(head.h1)) note(`the title “${head.title}” does not name the page “${head.h1}”`);
}

/** How the page looks on paper: every answer is there, nothing to click, nothing cut off. */
export async function paper(page, note) {
  const count = () => [...document.querySelectorAll("main dt, main dd, main h1, main h2")].filter((node) => node.checkVisibility() && node.getClientRects().length > 0 && node.innerText.trim() !== "").length;
  const shown = await page.evaluate(count);
  const { width, height } = page.viewportSize();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width: 680, height });
  const printed = await page.evaluate(count);
  const rest = await page.evaluate(() => ({
    buttons: [...document.querySelectorAll("button, input")].filter((node) => node.checkVisibility() && node.getClientRects().length > 0).map((node) => node.innerText.trim()),
    wider: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  await page.emulateMedia({ media: "screen" });
  await page.setViewportSize({ width, height });
  if (shown === 0) note("there is nothing to print");
  if (printed !== shown) note(`${shown} words and answers on screen, ${printed} on paper`);
  if (rest.buttons.length) note(`on paper one cannot press ${rest.buttons.join(", ")}`);
  if (rest.wider > 0) note(`${rest.wider} pixels stand out on paper`);
}
