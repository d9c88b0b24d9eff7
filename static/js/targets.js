// The table of targets: arrows and Enter walk the fields, cells of a spreadsheet are pasted into as many,
// the year adds up while one types.
const grid = document.querySelector("[data-grid]");
const language = document.documentElement.lang || "de";
const parts = new Intl.NumberFormat(language).formatToParts(1234567.5);
const group = parts.find((part) => part.type === "group")?.value ?? "";
const decimal = parts.find((part) => part.type === "decimal")?.value ?? ".";

/** The number a field says; not a number for what is none. */
function numberIn(text) {
  const plain = text.trim().replaceAll(group, "").replaceAll(/\s/g, "").replace(decimal, ".");
  return plain === "" ? 0 : Number(plain);
}

function addUp(row) {
  const sum = [...row.querySelectorAll("input")].reduce((total, field) => total + numberIn(field.value), 0);
  const total = row.querySelector("[data-total]");
  if (total) total.textContent = Number.isFinite(sum) ? new Intl.NumberFormat(language, { maximumFractionDigits: 0 }).format(sum) : "–";
}

/** The field a step away, if there is one. */
function neighbour(field, rows, columns) {
  const cell = field.closest("td");
  const row = cell.parentElement;
  const table = [...row.parentElement.children];
  const target = table[table.indexOf(row) + rows]?.children[cell.cellIndex + columns];
  return target?.querySelector("input");
}

/** Left and right leave the field only where the cursor stands at its end. */
function isAtEnd(field, columns) {
  const isWhole = field.selectionStart === 0 && field.selectionEnd === field.value.length;
  const end = columns < 0 ? 0 : field.value.length;
  return isWhole || (field.selectionStart === end && field.selectionEnd === end);
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

grid?.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || !event.target.matches("input")) return;
  const [rows, columns] = step;
  if (columns && !isAtEnd(event.target, columns)) return;
  const next = neighbour(event.target, event.shiftKey && event.key === "Enter" ? -rows : rows, columns);
  if (!next && event.key !== "Enter") return;
  event.preventDefault();
  next?.focus();
  next?.select();
});

grid?.addEventListener("input", (event) => {
  const row = event.target.closest("tr");
  if (row) addUp(row);
});

// What a spreadsheet copies: lines of cells with tabs between; pasted from this field on to the right and down.
grid?.addEventListener("paste", (event) => {
  const text = event.clipboardData?.getData("text/plain") ?? "";
  if (!event.target.matches("input") || !/[\t\n]/.test(text.trim())) return;
  event.preventDefault();
  text.replace(/\r?\n$/, "").split(/\r?\n/).forEach((line, down) => {
    line.split("\t").forEach((value, right) => {
      const field = neighbour(event.target, down, right);
      if (!field) return;
      field.value = value.trim();
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
  });
});
