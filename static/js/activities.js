// Calls by key, next steps suggested, rows done and postponed by one key.
const FOCUS_AFTER = { appointment: "appointment_on", call_back: "step_on" };
let lastRow = null;

const isTyping = (target) => target.closest?.("input:not([type=radio], [type=checkbox], [type=hidden]), textarea, select");

/** What belongs to another result is not asked for. */
function showFor(form) {
  const chosen = form.querySelector("[name=result]:checked")?.value ?? "";
  for (const part of form.querySelectorAll("[data-shown-for]")) part.hidden = part.dataset.shownFor !== chosen;
}

/** The next step that usually follows, until the user says otherwise. */
function suggest(form, radio) {
  if (form.dataset.stepTouched) return;
  const { stepKind, stepOn } = radio.dataset;
  const kind = form.querySelector(`[name=step_kind][value="${stepKind}"]`);
  if (kind) kind.checked = true;
  form.elements.step_on.value = stepOn;
}

function choose(radio) {
  const { form } = radio;
  showFor(form);
  suggest(form, radio);
}

function prepare(root) {
  for (const part of root.querySelectorAll?.("[data-call]") ?? []) showFor(part.closest("form"));
}

// One key per result; then on to what this result asks for.
function pressResult(event) {
  const form = event.target.closest?.("form:has([data-call])") ?? document.querySelector("dialog:modal form") ?? document.querySelector("[data-desk] form");
  const radio = form?.querySelector(`[data-choice-key="${CSS.escape(event.key)}"]`);
  if (!radio) return false;
  radio.checked = true;
  choose(radio);
  form.elements[FOCUS_AFTER[radio.value] ?? "text"]?.focus();
  return true;
}

// Rows: arrows walk, a key presses the row's button.
const rows = (list) => [...list.querySelectorAll("[data-row]")];

function walk(list, step) {
  const all = rows(list);
  const at = all.indexOf(document.activeElement.closest("[data-row]"));
  (all[at + step] ?? all[at < 0 ? 0 : at])?.focus();
}

function pressRow(event) {
  const row = event.target.closest?.("[data-row]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const list = row?.closest("[data-rows]") ?? (event.target === document.body && document.querySelector("#today[data-rows]"));
  if (step && list && !event.target.closest(".menu-list")) {
    walk(list, step);
    return true;
  }
  const button = row?.querySelector(`[data-row-key="${CSS.escape(event.key)}"]`);
  button?.click();
  return Boolean(button);
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const isDone = document.querySelector("dialog:modal, [data-desk]") || event.target.closest?.("[data-call]") ? pressResult(event) : pressRow(event);
  if (isDone) {
    event.preventDefault();
    event.stopPropagation();
  }
}, true);

document.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches?.("[data-call] [name=result]")) choose(target);
});
document.addEventListener("input", (event) => {
  if (event.target.name?.startsWith("step_")) event.target.form.dataset.stepTouched = "yes";
});

// A list that redraws itself gives the focus back: to the same row, else to the one that took its place.
document.addEventListener("focusin", (event) => {
  const row = event.target.closest?.("[data-row]");
  if (row) lastRow = { id: row.id, at: rows(row.closest("[data-rows]")).indexOf(row) };
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  const list = document.querySelector("[data-rows]");
  const isRedrawn = event.detail.requestConfig?.triggeringEvent?.type === "activities-changed";
  if (!lastRow || !list || !isRedrawn) return;
  const all = rows(list);
  (document.getElementById(lastRow.id) ?? all[Math.min(lastRow.at, all.length - 1)])?.focus();
});

document.body.addEventListener("htmx:load", (event) => prepare(event.detail.elt));
prepare(document);
