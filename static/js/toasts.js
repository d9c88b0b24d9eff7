// Toasts: what just happened, and the way back for ten seconds. They wait while one looks at them.
const SECONDS = { error: 20, warning: 15 };
const DEFAULT_SECONDS = 10;

const place = document.getElementById("toasts");
const pattern = document.getElementById("toast-template");

/** Show a toast; with an undo address it offers the way back. */
export function toast({ text, level = "success", undoUrl = "" }) {
  const element = pattern.content.firstElementChild.cloneNode(true);
  element.querySelector("p").textContent = text;
  element.dataset.toast = level;
  element.classList.toggle("is-error", level === "error");
  const form = element.querySelector("form");
  if (undoUrl) {
    form.action = undoUrl;
    form.setAttribute("hx-post", undoUrl);
  } else {
    form.remove();
  }
  place.append(element);
  window.htmx?.process(element);
}

/** Show one of the sentences that the page carries for this: offline, failed, unavailable, forbidden, gone. */
export function toastFor(reason) {
  const text = place.dataset[reason];
  const isShown = [...place.children].some((element) => element.textContent.includes(text));
  if (!isShown) toast({ text, level: "error" });
}

function begin(element) {
  if (element.dataset.timed) return;
  element.dataset.timed = "yes";
  const seconds = SECONDS[element.dataset.toast] ?? DEFAULT_SECONDS;
  let timer = 0;
  const run = () => { timer = setTimeout(() => element.remove(), seconds * 1000); };
  const wait = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) element.addEventListener(name, wait);
  for (const name of ["pointerleave", "focusout"]) element.addEventListener(name, run);
  run();
}

/** The newest opened layer is on top: open again, so that a dialog does not hide the message. */
function raise() {
  if (!place.showPopover || !place.isConnected || !place.children.length) return;
  if (place.matches(":popover-open")) place.hidePopover();
  place.showPopover();
}

if (place) {
  const begun = () => { [...place.querySelectorAll("[data-toast]")].forEach(begin); raise(); };
  new MutationObserver((changes) => { if (changes.some((change) => change.addedNodes.length)) begun(); }).observe(place, { childList: true });
  begun();
  place.addEventListener("click", (event) => {
    if (event.target.closest("[data-toast-close]")) event.target.closest("[data-toast]").remove();
  });
  place.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) event.target.closest("[data-toast]")?.remove();
  });
  // The server says so with the header HX-Trigger: {"toast": {"text": …, "level": …, "undo_url": …}}.
  document.body.addEventListener("toast", (event) => {
    const { text, level, undo_url: undoUrl } = event.detail;
    toast({ text, level, undoUrl });
  });
}
