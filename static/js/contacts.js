// Lines of a form (channels, addresses): one more from the pattern; the count travels in TOTAL_FORMS.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-add-line]");
  if (!button) return;
  const lines = button.closest("[data-lines]");
  const total = lines.querySelector(`[name="${CSS.escape(lines.dataset.lines)}-TOTAL_FORMS"]`);
  const line = lines.querySelector("template").content.cloneNode(true).firstElementChild;
  for (const element of line.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  button.before(line);
  line.querySelector("select, input:not([type=hidden])")?.focus();
});
