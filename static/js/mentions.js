// Naming a colleague: after @ the list of those whose name begins so; arrows walk it, Enter takes, Escape closes.
const WAIT_MS = 150;
const NAMING = /(?:^|[\s(])@([\p{L}.'-]*(?: [\p{L}.'-]*)?)$/u;
let timer = 0;

const listOf = (text) => text.nextElementSibling?.matches(".mention-list") ? text.nextElementSibling : null;
const before = (text) => text.value.slice(0, text.selectionStart);
const isOpen = (list) => list && !list.hidden;

function place(text) {
  const list = document.createElement("ul");
  list.className = "mention-list";
  list.id = `${text.id}-colleagues`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  text.after(list);
  text.setAttribute("aria-controls", list.id);
  text.setAttribute("aria-autocomplete", "list");
  return list;
}

function close(text) {
  const list = listOf(text);
  if (list) list.hidden = true;
  text.removeAttribute("aria-activedescendant");
}

async function offer(text) {
  const found = NAMING.exec(before(text));
  const url = text.form?.dataset.colleagues;
  if (!found || !url) return close(text);
  const response = await fetch(`${url}?${new URLSearchParams({ q: found[1] })}`, { headers: { "HX-Request": "true" } });
  if (!response.ok || document.activeElement !== text) return;
  const list = listOf(text) ?? place(text);
  list.innerHTML = await response.text();
  list.hidden = !list.querySelector("[role=option]");
  if (!list.hidden) choose(text, list.querySelector("[role=option]"));
}

function choose(text, option) {
  const list = listOf(text);
  list.querySelector("[aria-selected=true]")?.setAttribute("aria-selected", "false");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  text.setAttribute("aria-activedescendant", option.id);
}

function walk(text, step) {
  const options = [...listOf(text).querySelectorAll("[role=option]")];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  choose(text, options[(at + step + options.length) % options.length]);
}

function take(text, option) {
  const start = before(text).lastIndexOf("@");
  text.setRangeText(`@${option.dataset.name} `, start, text.selectionStart, "end");
  close(text);
  text.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  if (!event.target.matches?.("textarea[data-mentions]")) return;
  clearTimeout(timer);
  timer = setTimeout(offer, WAIT_MS, event.target);
});

document.addEventListener("keydown", (event) => {
  const text = event.target;
  if (!text.matches?.("textarea[data-mentions]") || !isOpen(listOf(text)) || event.ctrlKey || event.metaKey) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) walk(text, step);
  else if (event.key === "Enter" || event.key === "Tab") take(text, listOf(text).querySelector("[aria-selected=true]"));
  else if (event.key === "Escape") close(text);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

document.addEventListener("focusout", (event) => {
  if (event.target.matches?.("textarea[data-mentions]")) close(event.target);
});
// Before the field loses the focus to the click.
document.addEventListener("pointerdown", (event) => {
  const option = event.target.closest?.(".mention-list [role=option]");
  if (!option) return;
  event.preventDefault();
  take(option.closest(".mention-list").previousElementSibling, option);
});
