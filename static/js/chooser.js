// Choosing a row by typing a part of its name (contacts/choosers.py): the list follows the text,
// arrows walk it, Enter takes, Escape closes. What is typed and not taken travels as text.
const WAIT_MS = 180;
const KEYS = { Enter: take, Escape: close };

const parts = (chooser) => ({
  key: chooser.querySelector("input[type=hidden]"),
  text: chooser.querySelector("[role=combobox]"),
  list: chooser.querySelector("[role=listbox]"),
});

async function offer(chooser) {
  const { text, list } = parts(chooser);
  const company = text.dataset.company ?? text.form?.elements[text.dataset.companyFrom]?.value ?? "";
  const query = new URLSearchParams({ q: text.value.trim(), company, prefix: list.id });
  if ("creates" in chooser.dataset) query.set("creates", "1");
  const response = await fetch(`${chooser.dataset.url}?${query}`, { headers: { "HX-Request": "true" } });
  if (!response.ok || document.activeElement !== text) return;
  list.innerHTML = await response.text();
  list.hidden = false;
  text.setAttribute("aria-expanded", "true");
}

function close(chooser) {
  const { text, list } = parts(chooser);
  const wasOpen = !list.hidden;
  list.hidden = true;
  text.setAttribute("aria-expanded", "false");
  text.removeAttribute("aria-activedescendant");
  return wasOpen;
}

function walk(chooser, step) {
  const { text, list } = parts(chooser);
  const options = [...list.querySelectorAll("[role=option]")];
  if (list.hidden || !options.length) return;
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  options[at]?.setAttribute("aria-selected", "false");
  const next = options[(at + step + options.length + (at < 0 && step < 0 ? 1 : 0)) % options.length];
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", next.id);
}

function take(chooser, option = chooser.querySelector("[aria-selected=true]")) {
  const { key, text, list } = parts(chooser);
  if (list.hidden || !option) return false;
  key.value = option.dataset.key;
  text.value = option.dataset.name;
  chooser.dispatchEvent(new CustomEvent("chooser:taken", { bubbles: true, detail: { ...option.dataset } }));
  return close(chooser);
}

const timers = new WeakMap();
const chooserOf = (event) => event.target.closest?.("[data-chooser]");

document.addEventListener("input", (event) => {
  const chooser = chooserOf(event);
  if (!chooser) return;
  parts(chooser).key.value = "";
  clearTimeout(timers.get(chooser));
  timers.set(chooser, setTimeout(() => offer(chooser), WAIT_MS));
});

document.addEventListener("focusin", (event) => {
  const chooser = chooserOf(event);
  if (chooser && !parts(chooser).key.value) offer(chooser);
});

document.addEventListener("focusout", (event) => {
  const chooser = chooserOf(event);
  if (chooser && !chooser.contains(event.relatedTarget)) close(chooser);
});

document.addEventListener("keydown", (event) => {
  const chooser = chooserOf(event);
  if (!chooser) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const isHandled = step ? (walk(chooser, step), true) : KEYS[event.key]?.(chooser);
  if (isHandled) event.preventDefault();
});

// Before the field loses the focus to the click.
document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.("[data-chooser] [role=option]");
  if (!option) return;
  event.preventDefault();
  take(option.closest("[data-chooser]"), option);
});
