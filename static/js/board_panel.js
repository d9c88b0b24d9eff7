// The deal beside the board: a card opens it there, the address says which one is open, Back closes it again.
const board = document.querySelector("[data-board]");
const panel = document.getElementById("panel");

const asked = () => new URL(location.href).searchParams.get("deal");

/** Mark the card whose deal stands in the panel. */
function mark() {
  for (const card of board.querySelectorAll(".card")) card.classList.toggle("is-open", card.dataset.deal === asked());
}

/** Say in the address which deal is open, if any; only opening is a step that Back takes back. */
function note(pk) {
  const address = new URL(location.href);
  if (pk) address.searchParams.set("deal", pk);
  else address.searchParams.delete("deal");
  if (address.href !== location.href) history[pk && !asked() ? "pushState" : "replaceState"]({}, "", address);
  mark();
}

function open(pk) {
  if (!/^\d{1,18}$/.test(pk)) return;
  window.htmx.ajax("GET", board.dataset.panel.replace("/0/", `/${pk}/`), { target: "#panel", swap: "innerHTML" }).catch(() => {});
}

function follow() {
  if (asked()) open(asked());
  else panel.close();
  mark();
}

board.addEventListener("click", (event) => {
  const isPlain = event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  const card = isPlain && event.target.closest(".ti")?.closest(".card");
  if (!card) return;
  event.preventDefault();
  note(card.dataset.deal);
  open(card.dataset.deal);
});

panel.addEventListener("close", () => {
  const card = board.querySelector(".card.is-open");
  note("");
  card?.focus({ preventScroll: true });
});
addEventListener("popstate", follow);
document.body.addEventListener("htmx:load", mark);
if (asked()) addEventListener("load", follow);
