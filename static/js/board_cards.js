// Cards: where they stand, and what is sent when one moves. The order of a column is the server's:
// by the day of the next step (none first), then by the age of the deal.
const says = document.getElementById("board-says");
const board = document.querySelector("[data-board]");
let awaited = "";

/** Say something to screen readers at once; the sentences stand in the page. */
export function say(what) {
  says.textContent = board.dataset[what] ?? "";
}

/** Whether a card stands before another one of its stage. */
export function isBefore(card, other) {
  const [order, others] = [card.dataset.order, other.dataset.order];
  return order === others ? Number(card.dataset.deal) < Number(other.dataset.deal) : order < others;
}

/** Whether somebody has this card in hand: it is carried, on its way to the server, or being changed. */
export function isBusy(card) {
  return Boolean(card?.matches(".is-origin, .is-saving, .is-edited"));
}

/** Put a card where it belongs among those of a stage that are loaded. */
export function place(card, stage = card.dataset.stage) {
  const cards = document.getElementById(`stage-${stage}-cards`);
  const next = [...cards.querySelectorAll(".card")].find((other) => other !== card && isBefore(card, other));
  cards.insertBefore(card, next ?? cards.querySelector(".more, .col-empty"));
}

/** A card that came from the server: only once on the board, in the column of its stage; focused if waited for. */
export function arrive(card, { isAnswer = true } = {}) {
  // htmx gives the focus back by the id already; it would be lost where the card changes its column.
  const hasFocus = card === document.activeElement;
  for (const other of document.querySelectorAll(`[id="${card.id}"]`)) if (other !== card) other.remove();
  for (const inner of card.querySelectorAll("a")) inner.tabIndex = -1;
  if (card.closest(".col")?.dataset.stage !== card.dataset.stage) place(card);
  const isAwaited = isAnswer && card.id === awaited;
  if (isAwaited) awaited = "";
  // Who is at work beside the board or in a menu stays there.
  const isElsewhere = document.activeElement?.closest("#panel, dialog, [popover]");
  if (hasFocus || (isAwaited && !isElsewhere)) card.focus({ preventScroll: true });
  if (!isAwaited) return;
  card.classList.add("is-landed");
  card.scrollIntoView({ block: "nearest", inline: "nearest" });
  window.htmx.trigger(document.body, "board-changed");
}

/** The answer is about to replace a card; when nothing takes its place, the focus goes to its neighbour. */
export function leave(card) {
  const neighbour = [card.nextElementSibling, card.previousElementSibling].find((other) => other?.matches(".card"));
  const isFocused = card.id === awaited;
  requestAnimationFrame(() => {
    if (isFocused && !document.getElementById(card.id)) neighbour?.focus();
  });
}

/** Nothing was moved: the card stands where the server says. */
export function putBack(card) {
  card.classList.remove("is-saving");
  place(card);
  say("saysBack");
  if (!document.querySelector("dialog:modal")) card.focus();
}

/** Look at a card again as it stands now; one that is not on the board yet arrives in the inbox. */
export function refresh(url, card = document.querySelector(`[data-card="${CSS.escape(url)}"]`)) {
  // A deal that was just opened has no card yet; the focus goes to it when it comes.
  awaited = card?.id ?? `deal-${url.match(/\/(\d+)\/card/)?.[1]}`;
  const where = card ? { target: card, swap: "outerHTML" } : { target: "#board-inbox", swap: "innerHTML" };
  ask("GET", url, where);
}

/** Move a card to a stage: it sits there at once, the server may still refuse. */
export function move(card, stage) {
  if (String(stage) === card.dataset.stage) return;
  place(card, stage);
  send(card, "move/", { to: stage });
}

/** Close a deal: won at once, lost after its reason was asked for. */
export function end(card, ending) {
  if (ending === "win") {
    send(card, "win/", {});
    return;
  }
  awaited = card.id;
  ask("GET", `${card.dataset.url}lose/?seen_in=${card.dataset.stage}`, { target: "#dialog", swap: "innerHTML" });
}

function send(card, verb, values) {
  awaited = card.id;
  card.classList.add("is-saving");
  ask("POST", card.dataset.url + verb, {
    source: card,
    target: card,
    swap: "outerHTML",
    values: { ...values, seen_in: card.dataset.stage },
  });
}

function ask(method, url, how) {
  // A request that failed has been told of already (fragments.js).
  window.htmx.ajax(method, url, how).catch(() => {});
}
