// The board by keyboard: arrows walk the cards, Enter opens, `m` opens the menu, its numbers move.
import { end, move } from "./board_cards.js";
import { editFact } from "./fact_editor.js";
import { openMenu } from "./menus.js";

const board = document.querySelector("[data-board]");
const menu = document.getElementById("step-menu");
const ENDINGS = { 6: "win", 7: "lose" };
let current = null;

const columns = () => [...board.querySelectorAll(".col")];
const cardsOf = (column) => [...column.querySelectorAll(".card")];

function offerSteps(card) {
  const button = card.querySelector("[data-step-menu]");
  if (!button) return;
  current = card;
  for (const entry of menu.querySelectorAll("[data-to]")) entry.disabled = entry.dataset.to === card.dataset.stage;
  openMenu(menu, button);
  menu.querySelector("button:not([disabled])").focus();
}

const CHANGES = { v: "value", s: "step", o: "owner" };
// Where on a card each of them stands; the owner is not shown on everyone's own board.
const STANDS = { value: ".val", step: ".foot .step", owner: ".factline .av" };

/** Change the value, the next step or the owner of a card where it stands. */
function change(card, what) {
  if (!card.dataset.url) return;
  if (what === "step") {
    const url = board.dataset.nextStep.replace("/0/", `/${card.dataset.deal}/`);
    if (url) window.htmx.ajax("GET", url, { target: "#dialog", swap: "innerHTML" }).catch(() => {});
  } else {
    editFact(`${card.dataset.url}facts/${what}/`, card.querySelector(STANDS[what]) ?? card);
  }
}

function choose(entry) {
  // While the menu was open the card may have been drawn anew.
  current = document.getElementById(current.id) ?? current;
  if (entry.dataset.change) change(current, entry.dataset.change);
  else if (entry.dataset.ending) end(current, entry.dataset.ending);
  else move(current, entry.dataset.to);
}

function walkDown(card, step) {
  const cards = cardsOf(card.closest(".col"));
  const next = cards[cards.indexOf(card) + step];
  if (next) next.focus();
  else if (step > 0) card.closest(".col").querySelector(".more")?.click();
}

function walkAcross(card, step) {
  const all = columns();
  const row = cardsOf(card.closest(".col")).indexOf(card);
  for (let at = all.indexOf(card.closest(".col")) + step; all[at]; at += step) {
    const cards = cardsOf(all[at]);
    if (!cards.length) continue;
    const next = cards[Math.min(row, cards.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest", inline: "nearest" });
    return;
  }
}

const WALKS = {
  ArrowDown: (card) => walkDown(card, 1),
  ArrowUp: (card) => walkDown(card, -1),
  ArrowRight: (card) => walkAcross(card, 1),
  ArrowLeft: (card) => walkAcross(card, -1),
  Home: (card) => cardsOf(card.closest(".col"))[0].focus(),
  End: (card) => cardsOf(card.closest(".col")).at(-1).focus(),
  Enter: (card) => card.querySelector(".ti").click(),
  m: offerSteps,
  v: (card) => change(card, "value"),
  s: (card) => change(card, "step"),
  o: (card) => change(card, "owner"),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  const isArrow = event.key.startsWith("Arrow");
  if (event.target === document.body && isArrow && !document.querySelector("dialog:modal, .menu-list:popover-open")) {
    event.preventDefault();
    board.querySelector(".card")?.focus();
  } else if (event.target.matches(".card") && WALKS[event.key]) {
    event.preventDefault();
    WALKS[event.key](event.target);
  }
});

menu.addEventListener("keydown", (event) => {
  const wanted = CHANGES[event.key] ? `[data-change=${CHANGES[event.key]}]` : ENDINGS[event.key] ? `[data-ending=${ENDINGS[event.key]}]` : `[data-to="${CSS.escape(event.key)}"]`;
  const entry = menu.querySelector(`${wanted}:not([disabled])`);
  if (!entry) return;
  event.preventDefault();
  entry.click();
});
menu.addEventListener("click", (event) => {
  const entry = event.target.closest("[data-to], [data-ending], [data-change]");
  if (entry) choose(entry);
});

// A card opens where it is clicked; its menu button does not follow its link.
board.addEventListener("click", (event) => {
  const card = event.target.closest(".card");
  if (!card) return;
  if (event.target.closest("[data-step-menu]")) {
    event.preventDefault();
    offerSteps(card);
  } else if (card.dataset.url && event.target.closest(Object.values(STANDS).join())) {
    change(card, Object.keys(STANDS).find((what) => event.target.closest(STANDS[what])));
  } else if (!event.target.closest("a")) {
    card.querySelector(".ti").click();
  }
});
