// The board: cards find their place by what the server says of them; dragging and keys are modules of their own.
import { arrive, leave, putBack, refresh } from "./board_cards.js";
import "./board_drag.js";
import "./board_keys.js";
import { takeNews } from "./board_live.js";
import "./board_panel.js";

const board = document.querySelector("[data-board]");

document.body.addEventListener("htmx:load", (event) => {
  const { elt } = event.detail;
  if (elt.id === "board-news") takeNews(elt);
  else if (elt.matches?.(".card")) arrive(elt);
  else elt.querySelectorAll?.(".card").forEach((card) => arrive(card));
});

// A card that was sent is in its new place already; refused, it goes back, and overtaken, it shows the truth.
board.addEventListener("htmx:afterRequest", (event) => {
  const { elt, xhr, successful } = event.detail;
  // A refusal is an answer to show, which htmx does not count as a failure.
  if (!elt.matches(".card") || (successful && xhr.status < 400)) return;
  if (xhr?.status === 409) refresh(elt.dataset.card, elt);
  else putBack(elt);
});

board.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (target.matches(".card") && xhr.status === 200) leave(target);
});

// Undone, or opened in the dialog: the server names the card to look at again.
document.body.addEventListener("deal-changed", (event) => refresh(event.detail.card));
