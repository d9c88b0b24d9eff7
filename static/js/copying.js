// Buttons that copy the text of another element; without the right to do so the text is selected.
import { toast } from "./toasts.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    toast(button.dataset.copied ?? "✓");
  } catch {
    getSelection().selectAllChildren(source);
    source.focus();
  }
});
