// Postal codes and places are suggested while one types; what belongs to a chosen one fills the empty field beside it.
const WAIT_MS = 150;
const PARTS = { postal_code: "city", city: "postal_code" };

const timers = new WeakMap();

function lineOf(input) {
  const [, prefix, part] = /^(.*-)(postal_code|city)$/.exec(input.name) ?? [];
  if (!part) return null;
  const field = (name) => input.form.elements.namedItem(prefix + name);
  return { input, part, other: field(PARTS[part]), country: field("country") };
}

function optionsOf(input) {
  if (!input.list) {
    const list = document.createElement("datalist");
    list.id = `${input.id}-places`;
    input.after(list);
    input.setAttribute("list", list.id);
    input.autocomplete = "off";
  }
  return input.list;
}

/** Take over the place of a code, or the code of a place, where that field is empty. */
function fill({ input, other }) {
  const same = [...optionsOf(input).options].filter((option) => option.value === input.value.trim());
  const others = new Set(same.map((option) => option.dataset.other));
  // A code belongs to its town, named first; a place that has several codes leaves the choice.
  const isClear = others.size === 1 || (input.name.endsWith("postal_code") && others.size);
  if (isClear && other && !other.value) other.value = [...others][0];
}

async function suggest(line) {
  const list = optionsOf(line.input);
  const url = line.input.closest("[data-places]").dataset.places;
  const query = new URLSearchParams({ q: line.input.value, country: line.country?.value ?? "" });
  const response = await fetch(`${url}?${query}`, { headers: { "HX-Request": "true" } });
  if (!response.ok) return;
  list.innerHTML = await response.text();
  fill(line);
}

document.addEventListener("input", (event) => {
  const line = event.target.closest?.("[data-places]") && lineOf(event.target);
  if (!line || !line.input.value.trim()) return;
  clearTimeout(timers.get(line.input));
  timers.set(line.input, setTimeout(() => suggest(line), WAIT_MS));
});
