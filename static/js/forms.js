// Forms: Ctrl-Enter saves and goes on, errors get the focus, nothing is sent twice, typed work is not lost.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const form = event.target.closest?.("form");
  if (!form || form.method !== "post") return;
  event.preventDefault();
  const next = form.querySelector("[data-submit-next]");
  form.requestSubmit(next ?? undefined);
});

// A second click while the first is on its way does nothing. A download leaves the page where it is.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post") || form.hasAttribute("data-download")) return;
  if (form.dataset.sent) event.preventDefault();
  form.dataset.sent = "yes";
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Leaving with typed, unsaved work asks first.
const changed = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-form]");
  if (form) changed.add(form);
});
document.addEventListener("submit", (event) => changed.delete(event.target));

/** Whether something was typed into a form in there and not sent. */
export function hasTyped(root) {
  return [...changed].some((form) => root.contains(form));
}
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) event.preventDefault();
});

// Selects and boxes of a filter apply at once.
document.addEventListener("change", (event) => {
  if (event.target.matches?.("form[data-auto-submit] :is(select, input[type=checkbox], input[type=radio], input[type=date])")) {
    event.target.form.requestSubmit();
  }
});

// Errors are heard and seen first.
function focusErrors(root) {
  root.querySelector?.("[data-form-errors]")?.focus();
}
focusErrors(document);
document.body.addEventListener("htmx:afterSwap", (event) => focusErrors(event.detail.target));
