// Writing an offer: what is typed is saved while one types; what could not be saved is asked about before one leaves.
// A product that is chosen brings text, price and unit of this customer; a bundle brings its parts.
import { addLine, field, lineOf, lines, setField } from "./offer_lines.js";

const form = document.querySelector("form[data-offer]");
const sums = form.querySelector("#offer-sums");
let typed = 0;
let saved = 0;

function changed() {
  typed += 1;
  form.dispatchEvent(new CustomEvent("offer-changed"));
}

// Beside each line stands what it comes to; a line that says nothing yet is not among the saved ones.
function showLines() {
  const kept = [...sums.querySelectorAll("[data-line-sums] > li")];
  const said = lines().filter((line) => ["product_text", "description", "unit_price", "quantity"].some((name) => field(line, name).value.trim()));
  for (const line of lines()) line.querySelector("[data-net]").textContent = "";
  said.forEach((line, index) => {
    const { net, margin, floor, below } = kept[index]?.dataset ?? {};
    const place = line.querySelector("[data-net]");
    place.textContent = net ?? "";
    const hints = [margin && `${form.dataset.margin} ${margin}`, floor && `≥ ${floor}`].filter(Boolean);
    if (hints.length && net) {
      const small = document.createElement("small");
      small.className = below ? "text-lost" : "ink-3";
      small.textContent = hints.join(" · ");
      place.append(document.createElement("br"), small);
    }
  });
}

function saveArrived() {
  const revision = sums.querySelector("[data-revision]")?.dataset.revision;
  if (revision) form.elements.revision.value = revision;
  showLines();
}

async function askPrice(line) {
  const product = field(line, "product").value;
  if (!product) return null;
  const query = new URLSearchParams({ product, quantity: field(line, "quantity").value });
  const answer = await fetch(`${form.dataset.priceUrl}?${query}`, { headers: { "HX-Request": "true" } });
  return answer.ok ? answer.json() : null;
}

function fillIn(line, said) {
  for (const [name, value] of Object.entries(said)) setField(line, name, String(value));
  field(line, "unit_price").dataset.filled = said.unit_price;
}

async function take(line) {
  const priced = await askPrice(line);
  if (!priced) return;
  const [first, ...others] = priced.lines;
  fillIn(line, first);
  line.querySelector("[data-rule]").textContent = priced.rule;
  let last = line;
  for (const other of others) fillIn((last = addLine("item", last)), other);
  changed();
}

// A graduated price follows the quantity, unless somebody typed another one.
async function follow(line) {
  const price = field(line, "unit_price");
  if (price.value !== price.dataset.filled) return;
  const priced = await askPrice(line);
  if (priced?.lines.length !== 1 || price.value !== price.dataset.filled) return;
  price.value = price.dataset.filled = priced.lines[0].unit_price;
  line.querySelector("[data-rule]").textContent = priced.rule;
  changed();
}

form.addEventListener("chooser:taken", (event) => take(lineOf(event.target)));
form.addEventListener("input", changed);
form.addEventListener("lines:changed", changed);
form.addEventListener("change", (event) => {
  if (event.target.name?.endsWith("-quantity")) follow(lineOf(event.target));
});

let sending = 0;
sums.addEventListener("htmx:beforeRequest", () => { sending = typed; });
sums.addEventListener("htmx:afterSettle", saveArrived);
sums.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) saved = sending;
});
form.addEventListener("submit", () => { saved = typed; });
addEventListener("beforeunload", (event) => {
  if (saved !== typed) event.preventDefault();
});
showLines();
