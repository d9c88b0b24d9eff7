// Long texts are kept while they are typed or dictated: a dead battery, a lost page or an expired session loses none.
// They stay on this device until the form is saved, one logs out, or a week is over.
import { toast } from "./toasts.js";

const PREFIX = "draft:";
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

const formOf = (text) => text.closest("form[data-drafts]");
const addressOf = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname;
const keyOf = (text) => `${PREFIX}${formOf(text).dataset.drafts}:${addressOf(formOf(text))}:${text.name}`;
const texts = (root) => [...(root.querySelectorAll?.("form[data-drafts] textarea[data-draft]") ?? [])];

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

function keep(text) {
  const kept = { text: text.value, base: text.defaultValue, at: Date.now() };
  try {
    if (text.value === text.defaultValue) localStorage.removeItem(keyOf(text));
    else localStorage.setItem(keyOf(text), JSON.stringify(kept));
  } catch { /* a full or locked store keeps nothing; the form itself still does */ }
}

/** What was typed before into the same form, unless what it began from has changed since. */
function bringBack(text) {
  const kept = read(keyOf(text));
  if (!kept || kept.base !== text.defaultValue || text.value !== text.defaultValue) return;
  text.value = kept.text;
  text.dispatchEvent(new Event("input", { bubbles: true }));
  toast({ text: formOf(text).dataset.draftsBack });
}

function forget(form) {
  for (const text of form.querySelectorAll("textarea[data-draft]")) localStorage.removeItem(keyOf(text));
}

function forgetAll(isOver = () => true) {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(PREFIX) && isOver(read(key))) localStorage.removeItem(key);
  }
}

document.addEventListener("input", (event) => {
  if (event.target.matches?.("form[data-drafts] textarea[data-draft]")) keep(event.target);
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt;
  if (event.detail.successful && form.matches?.("form[data-drafts]")) forget(form);
});
document.body.addEventListener("htmx:load", (event) => texts(event.detail.elt).forEach(bringBack));

// A page without htmx: what was sent is forgotten on the next page, if that is not the form again or the log-in.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-forgets-drafts]")) forgetAll();
  if (!form.matches("form[data-drafts]") || form.hasAttribute("hx-post")) return;
  for (const text of form.querySelectorAll("textarea[data-draft]")) {
    localStorage.setItem(keyOf(text), JSON.stringify({ text: text.value, base: text.defaultValue, at: Date.now(), sent: addressOf(form) }));
  }
});
if (document.querySelector("main") && document.querySelector(".me-button")) {
  forgetAll((kept) => !kept || Date.now() - kept.at > KEPT_MS || (kept.sent && kept.sent !== location.pathname));
}
texts(document).forEach(bringBack);
