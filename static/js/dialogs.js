// Dialogs: `data-dialog-open="ID"` opens one that stands in the page. The two empty ones of the frame,
// #dialog and #panel, are filled by htmx: content opens them, an empty answer closes them.
const FILLED = ["dialog", "panel"];

/** Open a dialog by its element; the panel leaves the page below usable. */
export function openDialog(dialog) {
  if (dialog.open) return;
  if (dialog.id === "panel") dialog.show();
  else dialog.showModal();
  name(dialog);
}

function name(dialog) {
  const title = dialog.querySelector("h1, h2");
  if (!title || dialog.hasAttribute("aria-labelledby")) return;
  title.id ||= `${dialog.id}-title`;
  dialog.setAttribute("aria-labelledby", title.id);
}

function follow(dialog) {
  dialog.removeAttribute("aria-labelledby");
  if (!dialog.textContent.trim()) {
    dialog.close();
    return;
  }
  openDialog(dialog);
  name(dialog);
  (dialog.querySelector("[data-form-errors], [autofocus]") ?? dialog.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog-open]");
  if (opener) {
    opener.closest("[popover]")?.hidePopover();
    openDialog(document.getElementById(opener.dataset.dialogOpen));
    return;
  }
  const closer = event.target.closest("[data-dialog-close]");
  if (closer) {
    event.preventDefault();
    closer.closest("dialog").close();
  }
});

// A click on the veil closes; one that began inside (marking text) does not.
let pressed = null;
document.addEventListener("pointerdown", (event) => { pressed = event.target; });
document.addEventListener("click", (event) => {
  const dialog = event.target;
  if (dialog.matches?.("dialog.dialog[open]") && pressed === dialog && !dialog.querySelector("[data-form]")) dialog.close();
});

document.addEventListener("keydown", (event) => {
  const panel = document.getElementById("panel");
  if (event.key === "Escape" && panel?.open && !document.querySelector("dialog:modal, [popover]:not(#toasts):popover-open")) panel.close();
});

document.body.addEventListener("htmx:afterSettle", (event) => {
  if (FILLED.includes(event.detail.target?.id)) follow(event.detail.target);
});
document.body.addEventListener("dialog:close", () => {
  document.getElementById("dialog")?.close();
});
for (const id of FILLED) {
  document.getElementById(id)?.addEventListener("close", (event) => event.target.replaceChildren());
}
