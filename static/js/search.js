// The search box on top: what fits opens below it; arrows walk the rows, Escape closes, Enter shows all.
const box = document.querySelector("[data-search]");
const found = document.querySelector("[data-search-found]");

function show(isOpen) {
  found.hidden = !isOpen;
  box.setAttribute("aria-expanded", String(isOpen));
}

function links() {
  return [...found.querySelectorAll("a")];
}

function walk(step) {
  const stops = [box, ...links()];
  const at = stops.indexOf(document.activeElement);
  stops.at((at + step) % stops.length).focus();
}

const KEYS = {
  ArrowDown: () => walk(1),
  ArrowUp: () => walk(-1),
  Escape: () => {
    box.focus();
    show(false);
  },
};

if (box && found) {
  const form = box.form;
  // The first time there is nothing to show yet but that it is on its way.
  box.addEventListener("htmx:beforeRequest", () => { if (found.querySelector(".skeleton")) show(box.value.trim().length > 1); });
  found.addEventListener("htmx:afterSwap", () => show(Boolean(found.firstElementChild) && form.contains(document.activeElement)));
  box.addEventListener("focus", () => show(links().length > 0));
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show(false);
  });
  form.addEventListener("keydown", (event) => {
    if (found.hidden || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
  // Safari does not focus a link that is pressed: the list must not close before the click arrives.
  found.addEventListener("pointerdown", (event) => {
    if (event.target.closest("a")) event.preventDefault();
  });
}
