// One fact of a deal is changed where it stands: a little window beside it, Enter saves, Escape leaves.
const GAP = 4;
const EDGE = 8;

const editor = document.getElementById("fact-editor");
let anchor = null;
let focused = null;

/** Open the form of a fact beside an element. */
export function editFact(url, beside) {
  anchor = beside;
  focused = document.activeElement;
  window.htmx.ajax("GET", url, { target: "#fact-editor", swap: "innerHTML" }).catch(() => {});
}

function place() {
  const at = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = editor;
  const top = at.bottom + GAP + height > innerHeight - EDGE ? at.top - GAP - height : at.bottom + GAP;
  editor.style.top = `${Math.max(EDGE, top)}px`;
  editor.style.left = `${Math.max(EDGE, Math.min(at.left, innerWidth - width - EDGE))}px`;
}

function show() {
  anchor.closest(".card")?.classList.add("is-edited");
  if (!editor.matches(":popover-open")) editor.showPopover();
  place();
  const field = editor.querySelector("input:not([type=hidden]), select, textarea");
  field?.focus();
  field?.select?.();
}

// Between its arrival and its being ready a form would be sent as a page; who is that quick is sent on.
let isReady = false;
let early = null;
document.body.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target === editor) isReady = false;
});
editor.addEventListener("submit", (event) => {
  if (isReady) return;
  event.preventDefault();
  early = event.target;
});
document.body.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.target !== editor || !anchor || !editor.childElementCount) return;
  isReady = true;
  show();
  if (early?.isConnected) early.requestSubmit();
  early = null;
});
editor.addEventListener("toggle", (event) => {
  if (event.newState !== "closed") return;
  anchor?.closest(".card")?.classList.remove("is-edited");
  if (document.activeElement === document.body && focused?.isConnected) focused.focus({ preventScroll: true });
  editor.replaceChildren();
});
editor.addEventListener("click", (event) => {
  if (event.target.closest("[data-fact-close]")) editor.hidePopover();
});
document.body.addEventListener("dialog:close", () => editor.hidePopover());

document.addEventListener("click", (event) => {
  const fact = event.target.closest("[data-fact-url]");
  if (!fact || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  editFact(fact.dataset.factUrl, fact);
});
