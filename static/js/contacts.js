// Lines of a form (channels, addresses): one more from the pattern; the count travels in TOTAL_FORMS.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-add-line]");
  if (!button) return;
  const lines = button.closest("[data-lines]");
  const total = lines.querySelector(`[name="${CSS.escape(lines.dataset.lines)}-TOTAL_FORMS"]`);
  const line = lines.querySelector("template").content.cloneNode(true).firstElementChild;
  for (const element of line.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby", "aria-controls"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  button.before(line);
  line.querySelector("select, input:not([type=hidden])")?.focus();
});

// Tags are suggested for the last word of the list.
let asking = 0;
document.addEventListener("input", async (event) => {
  const field = event.target;
  if (field.getAttribute?.("list") !== "known-tags") return;
  const [, before, word] = /^(.*,\s*)?(.*)$/.exec(field.value);
  const asked = ++asking;
  const query = new URLSearchParams({ q: word });
  const response = await fetch(`${field.list.dataset.url}?${query}`, { headers: { "HX-Request": "true" } });
  if (!response.ok || asked !== asking) return;
  const found = document.createElement("datalist");
  found.innerHTML = await response.text();
  for (const option of found.options) option.value = `${before ?? ""}${option.value}`;
  field.list.replaceChildren(...found.options);
});
