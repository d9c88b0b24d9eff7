// The lines of an order: what is chosen fills in unit and price, the last line brings the next one, and the
// server is asked anew what all of it comes to.
const form = document.querySelector("form[data-order]");
const lines = form.querySelector("[data-lines]");

const input = (line, name) => line.querySelector(`[name$="-${name}"]`);
const changed = () => form.dispatchEvent(new CustomEvent("order-changed"));

// What was filled in gives way to the next choice; what was typed stays.
function fill(field, value) {
  if (field.value && field.value !== field.dataset.filled) return;
  field.value = field.dataset.filled = value ?? "";
}

function growBehind(line) {
  const all = lines.querySelectorAll(".line");
  if (line !== all[all.length - 1]) return;
  const focused = document.activeElement;
  lines.querySelector("[data-add-line]").click();
  focused.focus();
}

form.addEventListener("chooser:taken", (event) => {
  const line = event.target.closest(".line");
  if (line) {
    fill(input(line, "unit"), event.detail.unit);
    fill(input(line, "unit_price"), event.detail.price);
    if (!input(line, "quantity").value) input(line, "quantity").value = "1";
    growBehind(line);
  }
  changed();
});

form.addEventListener("input", (event) => {
  const line = event.target.closest(".line");
  if (line) growBehind(line);
  changed();
});
