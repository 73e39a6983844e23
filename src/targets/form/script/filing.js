// What leaves the page: the application in its envelope, and drafts as files.
const apiUrl = () => (document.querySelector("meta[name='blaupause-api']") || { content: "" }).content.trim();
const definition = () => ({ verfahren: form.procedure, version: form.version, land: place.key, hash: form.hash });
const envelope = () => ({ definition: definition(), daten: submission() });

function download(name, content) {
  const url = URL.createObjectURL(new Blob([JSON.stringify(content, null, 2) + "\n"], { type: "application/json" }));
  const link = el("a", { href: url, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const downloadApplication = () => { state.changed = false; download(`${form.procedure}-antrag.json`, state.sent.envelope); };

async function file() {
  const sent = { envelope: envelope(), date: today(), connected: false, number: null };
  if (apiUrl() !== "") {
    try {
      const answer = await fetch(apiUrl(), { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(sent.envelope) });
      if (!answer.ok) throw new Error(String(answer.status));
      const receipt = await answer.json().catch(() => ({}));
      sent.connected = true;
      sent.number = receipt.aktenzeichen || receipt.vorgang || receipt.id || null;
    } catch {
      notice = { kind: "danger", text: t("failed") };
      return redraw();
    }
    state.changed = false;
  }
  state.sent = sent;
  go(RECEIPT);
}

function saveDraft() {
  const answers = Object.fromEntries([...state.answers].sort(([left], [right]) => (left < right ? -1 : 1)));
  download(`${form.procedure}-entwurf.json`, { entwurf: 1, definition: definition(), seite: state.page, offen: [...state.left].sort(), antworten: answers });
  state.changed = false;
  notice = { kind: "info", text: t("savedHint") };
  redraw(document.activeElement && document.activeElement.id);
}

// Only known keys with texts come back: a draft is a file that anybody may have written.
function acceptDraft(text) {
  let draft = null;
  try {
    draft = JSON.parse(text);
  } catch {
    return null;
  }
  if (!draft || draft.entwurf !== 1 || !draft.definition || draft.definition.verfahren !== form.procedure || typeof draft.antworten !== "object" || draft.antworten === null) return null;
  const roots = new Set([...questions.map((question) => question.address.split(".")[0]), ...form.persons.map((person) => person.name)]);
  const known = (key) => /^(nachweis|weg|erklaerung):/.test(key) || roots.has(key.replace(/^#/, "").split(/[.[]/)[0]);
  const plain = (raw) => (typeof raw === "string" && raw.length <= 20000) || (Array.isArray(raw) && raw.length <= 3 && raw.every((part) => typeof part === "string"));
  const counts = (key, raw) => key.startsWith("#") && Number.isInteger(raw) && raw >= 0 && raw <= 200;
  const entries = Object.entries(draft.antworten).filter(([key, raw]) => known(key) && (key.startsWith("#") ? counts(key, raw) : plain(raw)));
  return { answers: new Map(entries), left: new Set((Array.isArray(draft.offen) ? draft.offen : []).filter((key) => typeof key === "string")), page: String(draft.seite || ""), same: draft.definition.hash === form.hash };
}

async function loadDraft(event) {
  const chosen = event.target.files[0];
  event.target.value = "";
  if (!chosen) return;
  const draft = chosen.size > 5000000 ? null : acceptDraft(await chosen.text());
  if (draft) {
    Object.assign(state, { answers: draft.answers, left: draft.same ? draft.left : new Set(), files: new Map(), changed: false, sent: null });
    go(draft.same && pageNamed(draft.page) ? draft.page : order()[1]);
  }
  notice = draft ? { kind: draft.same ? "success" : "warning", text: t(draft.same ? "loaded" : "loadedOther") } : { kind: "danger", text: t("notLoaded") };
  redraw();
  const shown = main.querySelector(".kern-alert");
  if (shown) { shown.tabIndex = -1; shown.focus(); }
}

const chooseDraft = () => document.getElementById("entwurf").click();
