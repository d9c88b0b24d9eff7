// The lines of an offer: added, taken out, and put in order by dragging the grip or with Alt and the arrow keys.
const form = document.querySelector("form[data-offer]");
const root = form.querySelector("[data-lines]");
const list = root.querySelector("[data-line-list]");
const status = root.querySelector("[data-line-status]");

export const lines = () => [...list.querySelectorAll("[data-line]")];
export const lineOf = (element) => element.closest("[data-line]");
export const field = (line, name) => line.querySelector(`[name$="-${name}"]`);

export function setField(line, name, value) {
  const input = field(line, name);
  if (input) input.value = value;
}

const total = () => root.querySelector(`[name="${CSS.escape(root.dataset.lines)}-TOTAL_FORMS"]`);

function number() {
  lines().forEach((line, index) => setField(line, "place", index + 1));
}

function tell(text) {
  number();
  status.textContent = text;
  form.dispatchEvent(new CustomEvent("lines:changed"));
}

/** Another line of a kind, behind a line or at the end. */
export function addLine(kind, behind = null) {
  const line = root.querySelector("template").content.cloneNode(true).firstElementChild;
  for (const element of line.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby", "aria-controls"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("__prefix__", total().value));
    }
  }
  total().value = Number(total().value) + 1;
  line.dataset.kind = kind;
  setField(line, "kind", kind);
  if (behind) behind.after(line);
  else list.append(line);
  number();
  return line;
}

// Its fields stay in the form, emptied: so the numbers of the others stay.
function removeLine(line) {
  const next = line.nextElementSibling ?? line.previousElementSibling;
  for (const input of line.querySelectorAll("input, textarea")) {
    if (!/-(kind|place)$/.test(input.name)) input.value = "";
  }
  line.hidden = true;
  delete line.dataset.line;
  line.dataset.gone = "";
  (next?.querySelector("[role=combobox]") ?? root.querySelector("[data-add]")).focus();
  tell(status.dataset.removed);
}

function move(line, before) {
  if (before === line || before === line.nextElementSibling) return;
  list.insertBefore(line, before);
  tell(`${status.dataset.moved} ${lines().indexOf(line) + 1}`);
}

function step(line, by) {
  const all = lines();
  const at = all.indexOf(line) + by;
  if (at < 0 || at >= all.length) return;
  const focused = document.activeElement;
  move(line, by < 0 ? all[at] : all[at].nextElementSibling);
  focused.focus();
}

root.addEventListener("click", (event) => {
  const add = event.target.closest("[data-add]");
  if (add) addLine(add.dataset.add).querySelector("[role=combobox]").focus();
  const remove = event.target.closest("[data-remove]");
  if (remove) removeLine(lineOf(remove));
});

const KEYS = {
  ArrowUp: (line) => step(line, -1),
  ArrowDown: (line) => step(line, 1),
  Enter: (line) => addLine("item", line).querySelector("[role=combobox]").focus(),
  Backspace: removeLine,
};
// Before the chooser, which walks its options with the same arrows.
list.addEventListener("keydown", (event) => {
  const line = lineOf(event.target);
  if (!event.altKey || !KEYS[event.key] || !line) return;
  event.preventDefault();
  event.stopPropagation();
  KEYS[event.key](line);
}, true);

let dragged = null;
list.addEventListener("pointerdown", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip || event.button !== 0) return;
  event.preventDefault();
  dragged = lineOf(grip);
  grip.setPointerCapture(event.pointerId);
  dragged.classList.add("is-dragged");
});
list.addEventListener("pointermove", (event) => {
  if (!dragged) return;
  const under = lines().find((line) => event.clientY < line.getBoundingClientRect().top + line.offsetHeight / 2);
  if (under !== dragged) list.insertBefore(dragged, under ?? null);
});
for (const name of ["pointerup", "pointercancel"]) {
  list.addEventListener(name, () => {
    if (!dragged) return;
    dragged.classList.remove("is-dragged");
    tell(`${status.dataset.moved} ${lines().indexOf(dragged) + 1}`);
    dragged = null;
  });
}
