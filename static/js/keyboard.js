// Keys. `data-key="n"` on a link, button or field is what that key does on a page;
// `data-goto="t"` on a link is where `g` and that letter lead.
import { openDialog } from "./dialogs.js";

const CHORD_MS = 1500;
let goingSince = 0;

function isTyping(target) {
  return target.closest?.("input:not([type=checkbox], [type=radio], [type=button]), textarea, select, [contenteditable=true]");
}

function isModal() {
  return document.querySelector("dialog:modal, .menu-list:popover-open");
}

function focusSearch() {
  const search = document.querySelector("[data-search]");
  search?.focus();
  search?.select();
}

function setGoing(isGoing) {
  goingSince = isGoing ? Date.now() : 0;
  document.body.classList.toggle("keys-shown", isGoing);
}

function go(letter) {
  const place = document.querySelector(`[data-goto="${CSS.escape(letter)}"]`);
  if (place) location.assign(place.href);
}

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((element) => element.checkVisibility?.() ?? true);
  if (!target) return false;
  if (target.matches("input, select, textarea")) target.focus();
  else target.click();
  return true;
}

function showKeys() {
  const own = document.querySelector("#keys [data-page-keys]");
  const pattern = document.getElementById("page-keys");
  if (own && !own.childElementCount && pattern) own.append(pattern.content.cloneNode(true));
  const dialog = document.getElementById("keys");
  if (dialog) openDialog(dialog);
}

function undo() {
  [...document.querySelectorAll("[data-undo]")].at(-1)?.click();
}

const COMMANDS = { "?": showKeys, "/": focusSearch, u: undo, g: () => setGoing(true) };

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    focusSearch();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || isModal()) return;
  const isChord = Date.now() - goingSince < CHORD_MS;
  setGoing(false);
  if (isChord) {
    event.preventDefault();
    go(event.key);
  } else if (COMMANDS[event.key]) {
    event.preventDefault();
    COMMANDS[event.key]();
  } else if (event.key.length === 1 && press(event.key)) {
    event.preventDefault();
  }
});

document.addEventListener("keyup", () => {
  if (goingSince && Date.now() - goingSince > CHORD_MS) setGoing(false);
});
