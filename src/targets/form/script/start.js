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

// Readers with a keyboard start at the top of the document, so the first page leaves the focus where it is.
state.page = START;
redraw();
if (location.hash.length > 1) open(location.hash.slice(1));
