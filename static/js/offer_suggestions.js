// A suggestion is put into the draft as a line of its own; offer_editor.js brings its text, price and unit.
import { addLine, setField } from "./offer_lines.js";

const form = document.querySelector("form[data-offer]");

form.addEventListener("click", (event) => {
  const button = event.target.closest("[data-suggest]");
  if (!button) return;
  const line = addLine("item");
  setField(line, "product", button.dataset.suggest);
  setField(line, "product_text", button.dataset.name);
  line.dispatchEvent(new CustomEvent("chooser:taken", { bubbles: true, detail: {} }));
  button.closest("li").remove();
  line.querySelector("[role=combobox]").focus();
});
