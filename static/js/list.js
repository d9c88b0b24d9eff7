// Choosing rows of a list: one by one, with Shift up to another, all of the page, all of the filter.
const form = document.querySelector("form[data-choice]");
const page = form?.querySelector("[data-pick-page]");
const whole = form?.querySelector("[data-pick-whole]");
const limit = form?.querySelector("[data-pick-limit]");
const told = form?.querySelector("[data-chosen]");
let last = null;

function boxes() {
  return [...form.querySelectorAll(".pick:not(:disabled)")];
}

/** Say how many are chosen; what can be done with none is not offered. */
function show() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked);
  page.checked = chosen.length > 0 && chosen.length === all.length;
  page.indeterminate = chosen.length > 0 && !page.checked;
  page.disabled = all.length === 0;
  // All of the filter is the question after all of the page.
  if (whole) whole.closest("label").hidden = !(page.checked || whole.checked);
  if (limit) limit.hidden = !page.checked;
  const number = whole?.checked ? told.dataset.whole : String(chosen.length);
  told.textContent = number === "0" ? "" : told.dataset.text.replace("#", number);
  form.classList.toggle("is-whole", Boolean(whole?.checked));
  for (const button of form.querySelectorAll("[data-choice-actions] button")) button.disabled = number === "0";
  showExport();
}

// A file holds the chosen rows, or without any all of the filter.
const exported = document.querySelector("[data-export-rows]");
const exportTitle = document.querySelector("[data-export-title]");
const everything = exportTitle?.textContent;
function showExport() {
  if (!exported) return;
  const chosen = whole?.checked ? [] : boxes().filter((box) => box.checked);
  exported.value = chosen.map((box) => box.value).join(",");
  const some = exportTitle.dataset.chosenTitle.replace("#", String(chosen.length));
  exportTitle.textContent = chosen.length ? some : everything;
}

function pickUpTo(box) {
  const all = boxes();
  const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
  if (from < 0) return;
  for (const between of all.slice(from, to + 1)) between.checked = box.checked;
}

form?.addEventListener("click", (event) => {
  const box = event.target.closest?.(".pick");
  if (!box) return;
  if (event.shiftKey) pickUpTo(box);
  last = box;
  show();
});

form?.addEventListener("change", (event) => {
  if (event.target === page) for (const box of boxes()) box.checked = page.checked;
  if (whole && event.target !== whole) whole.checked = false;
  show();
});

if (form) show();
