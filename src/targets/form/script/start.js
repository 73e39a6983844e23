// The beginning: wire what stands around the page, then show the page that the address names.
document.getElementById("sprache").addEventListener("click", () => {
  state.language = state.language === "de" ? "en" : "de";
  if (errors.size) {
    shownProblems = problemsOf(pageNamed(state.page), currentCase()).filter(({ key }) => errors.has(key));
    errors = new Map(shownProblems.map(({ key, text }) => [key, text]));
  }
  redraw("sprache");
});
document.querySelector("[data-action='speichern']").addEventListener("click", saveDraft);
document.querySelector("nav [data-action='laden']").addEventListener("click", chooseDraft);
document.querySelector("nav [data-action='drucken']").addEventListener("click", () => window.print());
document.getElementById("entwurf").addEventListener("change", loadDraft);
document.getElementById("sprung").addEventListener("click", (event) => {
  event.preventDefault();
  (main.querySelector("h1") || main).focus();
});
window.addEventListener("popstate", () => { notice = null; open(location.hash.slice(1)); });
window.addEventListener("beforeunload", (event) => { if (state.changed) event.preventDefault(); });

// Where a portal knows who is logged in, it writes the account's data here, in the shape of schema.json.
const account = JSON.parse(document.getElementById("konto").textContent || "{}");
for (const question of questions.filter((question) => question.account && personOf(question) && !personOf(question).several)) {
  const raw = rawAnswers(question.f, question.address, (account[personOf(question).name] || {})[question.name]);
  raw.forEach(([key, answer]) => state.answers.set(key, answer));
  if (raw.length) state.prefilled.add(question.address);
}

// Readers with a keyboard start at the top of the document, so the first page leaves the focus where it is.
state.page = START;
redraw();
if (location.hash.length > 1) open(location.hash.slice(1));
