// One headless Chromium for all files of a judge, without a network: what a page asks for outside its file is noted.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const places = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Starts the browser, does the work, and ends it whatever happens. */
export async function withBrowser(work) {
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("no Chromium found; set CHROMIUM");
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** A fresh page that refuses and notes every request but those for the given file, and notes script errors. */
export async function openPage(browser, options = {}) {
  const context = await browser.newContext({ locale: "de-DE", acceptDownloads: true, ...options });
  const page = await context.newPage();
  const notes = [];
  await context.route("**", (route) => {
    const url = route.request().url();
    if (/^(file|data|blob|about):/.test(url)) return route.continue();
    notes.push(`asks the network for ${url}`);
    return route.abort();
  });
  page.on("websocket", (socket) => notes.push(`opens a socket to ${socket.url()}`));
  page.on("pageerror", (error) => notes.push(`script error: ${error.message}`));
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) notes.push(`console ${message.type()}: ${message.text()}`);
  });
  return { page, context, notes };
}
