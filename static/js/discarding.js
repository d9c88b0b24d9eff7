// A dialog with typed, unsaved work asks before it closes by Escape or by its cross; Cancel says it already.
import { hasTyped } from "./forms.js";

function ask(dialog) {
  if (dialog.querySelector("[data-discard]")) return;
  const before = document.activeElement;
  const question = document.getElementById("discard-question").content.cloneNode(true).firstElementChild;
  dialog.append(question);
  question.querySelector("[data-discard-no]").focus();
  question.addEventListener("click", (event) => {
    if (event.target.closest("[data-discard-yes]")) dialog.close();
    if (event.target.closest("[data-discard-no]")) {
      question.remove();
      before?.focus();
    }
  });
}

function keep(event, dialog) {
  if (!hasTyped(dialog)) return;
  event.preventDefault();
  ask(dialog);
}

// `cancel` does not bubble.
document.addEventListener("cancel", (event) => {
  if (event.target.matches?.("dialog")) keep(event, event.target);
}, true);

document.addEventListener("submit", (event) => {
  if (event.target.method === "dialog") keep(event, event.target.closest("dialog"));
});
