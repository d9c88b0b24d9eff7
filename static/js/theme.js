// The appearance changes at once; the server is told by the form itself.
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-theme-form] button[name=theme]");
  if (!button) return;
  const root = document.documentElement;
  root.dataset.theme = button.value;
  root.dataset.bsTheme = button.value;
  for (const other of button.form.elements) {
    if (other.name === "theme") other.setAttribute("aria-pressed", String(other === button));
  }
});
