// A person with a keyboard and nothing else: Tab, arrows, Space, Enter and letters.

const MOST = 400;

/** What has the focus, as somebody perceives it; null where nothing has. */
function perceive() {
  const node = document.activeElement;
  if (!node || node === document.body || node === document.documentElement) return null;
  window.stops ??= new WeakMap();
  window.stopCount ??= 0;
  if (!window.stops.has(node)) window.stops.set(node, (window.stopCount += 1));
  const words = (element) => (element ? element.innerText.trim() : "");
  const described = [node, node.closest("fieldset[aria-describedby]")]
    .flatMap((element) => (element?.getAttribute("aria-describedby") ?? "").split(" "))
    .map((id) => words(id && document.getElementById(id)));
  const ring = (element) => {
    const style = element && getComputedStyle(element);
    return Boolean(style) && ((style.outlineStyle !== "none" && style.outlineWidth !== "0px") || style.boxShadow !== "none");
  };
  const radios = node.type === "radio" ? [...document.getElementsByName(node.name)] : [];
  const box = node.getBoundingClientRect();
  return {
    stop: window.stops.get(node),
    id: node.id,
    tag: node.localName,
    type: node.type ?? "",
    value: node.value ?? "",
    checked: node.checked === true,
    name: node.name ?? "",
    action: node.dataset.action ?? "",
    alert: node.closest("[role=alert]") !== null,
    question: node.closest("[data-question]")?.dataset.question ?? "",
    label: words(node.labels?.[0]) || node.getAttribute("aria-label") || words(node),
    autocomplete: node.getAttribute("autocomplete") ?? "",
    inputmode: node.getAttribute("inputmode") ?? "",
    files: node.files?.length ?? 0,
    hint: described.join("\n"),
    options: node.localName === "select" ? [...node.options].map((option) => option.value) : radios.map((radio) => radio.value),
    chosen: radios.find((radio) => radio.checked)?.value ?? "",
    ringed: ring(node) || ring(node.nextElementSibling),
    seen: box.bottom > 0 && box.top < window.innerHeight,
  };
}

export class Keyboard {
  constructor(page, note) {
    this.page = page;
    this.note = note;
    // As long as somebody listens, the browser hands choosers of files to us; to begin only when one is expected is too late.
    page.on("filechooser", () => {});
  }

  focus() {
    return this.page.evaluate(perceive);
  }

  press(key) {
    return this.page.keyboard.press(key);
  }

  /** One step with Tab. Says where the focus cannot leave, is not seen, or lies outside the window. */
  async step(back = false) {
    const before = await this.focus();
    await this.press(back ? "Shift+Tab" : "Tab");
    const now = await this.focus();
    if (now && before && now.stop === before.stop) throw new Error(`the keyboard cannot leave ${before.tag} “${before.label}”`);
    if (now && !now.ringed) this.note(`the focus on ${now.tag} “${now.label}” is not seen`);
    if (now && !now.seen) this.note(`the focus on ${now.tag} “${now.label}” lies outside the window`);
    return now;
  }

  /** Steps until the focus suits; visits each stop on the way. */
  async to(suits, what, { back = false, visit = null } = {}) {
    let turns = 0;
    const passed = new Set();
    for (let steps = 0; steps < MOST; steps += 1) {
      const now = await this.step(back);
      if (!now) {
        turns += 1;
        passed.clear();
        if (turns > 2) throw new Error(`the keyboard does not reach ${what}`);
        continue;
      }
      if (suits(now)) return now;
      if (passed.has(now.stop)) {
        turns += 1;
        passed.clear();
        if (turns > 2) throw new Error(`the keyboard goes in a circle at “${now.label}” and does not reach ${what}`);
      }
      passed.add(now.stop);
      if (visit) await visit(now);
    }
    throw new Error(`the keyboard does not reach ${what} in ${MOST} steps`);
  }

  async activate(action, options) {
    await this.to((focus) => focus.action === action, `the button “${action}”`, options);
    await this.press("Enter");
  }

  /** Activates a button that lets choose files, and chooses them. */
  async choose(key, files) {
    const [chooser] = await Promise.all([this.page.waitForEvent("filechooser"), this.press(key)]);
    await chooser.setFiles(files);
  }

  /** Activates what downloads a file, and reads it. */
  async download(key) {
    const [download] = await Promise.all([this.page.waitForEvent("download"), this.press(key)]);
    const chunks = [];
    for await (const chunk of await download.createReadStream()) chunks.push(chunk);
    return { name: download.suggestedFilename(), bytes: Buffer.concat(chunks) };
  }

  async type(text) {
    await this.press("Control+A");
    await (text === "" ? this.press("Delete") : this.page.keyboard.type(text));
  }
}
