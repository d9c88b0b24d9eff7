// What colleagues change appears by itself: a stream says that something did, the board asks what. Where the
// stream does not come through, it asks from time to time.
import { arrive, isBefore, isBusy } from "./board_cards.js";
import { hasTyped } from "./forms.js";

const BREATH_MS = 900;
const ASK_MS = 4000;
const LONGEST_PAUSE_MS = 30_000;
// A card that somebody has in hand is looked at again a little later.
const BUSY_MS = 2500;
const MARKED_MS = 8000;
const MOST_NAMED = 500;

const board = document.querySelector("[data-board]");
const panel = document.getElementById("panel");
const light = document.getElementById("live");
let readAt = board.dataset.readAt;
let asked = -Infinity;
let timer = 0;
let isDue = false;
let pause = 1000;

function show(state) {
  light.firstElementChild.textContent = light.dataset[state];
  light.classList.toggle("is-off", state !== "liveNow");
}

/** The filter of this board; what stands open beside it is none of its business. */
function query() {
  const asks = new URLSearchParams(location.search);
  asks.delete("deal");
  return asks;
}

/** The deals whose cards stand here: those one may not see any more are to go. An address is not endless. */
function keysOnBoard() {
  return [...board.querySelectorAll(".card")].slice(0, MOST_NAMED).map((card) => card.dataset.deal).join(",");
}

/** Ask what changed, but not more often than one can follow, and only while somebody looks. */
function ask() {
  isDue = true;
  if (document.hidden || timer) return;
  timer = setTimeout(send, Math.max(60, asked + BREATH_MS - performance.now()));
}

async function send() {
  asked = performance.now();
  isDue = false;
  const asks = query();
  asks.set("since", readAt);
  asks.set("on", keysOnBoard());
  const address = `${board.dataset.news}?${asks}`;
  await window.htmx.ajax("GET", address, { source: board, target: "#board-inbox", swap: "innerHTML" }).catch(() => {});
  timer = 0;
  if (isDue) ask();
}

/** Whether a card belongs below those that are loaded. */
function isFurtherDown(card) {
  const column = document.getElementById(`stage-${card.dataset.stage}-cards`);
  const last = [...column.querySelectorAll(".card")].at(-1);
  return column.querySelector(".more") && last && !isBefore(card, last);
}

/** Whether this news of a card is to be taken over: it is none when the board shows the same or a later state. */
function isNews(news, card) {
  if (card && Number(news.dataset.touched) <= Number(card.dataset.touched)) return false;
  if (isBusy(card)) setTimeout(ask, BUSY_MS);
  return !isBusy(card);
}

function renew(card) {
  const old = board.querySelector(`#${card.id}`);
  if (!isNews(card, old)) {
    card.remove();
    return;
  }
  const hadFocus = old?.contains(document.activeElement);
  if (!old && isFurtherDown(card)) {
    card.remove();
    return;
  }
  arrive(card, { isAnswer: false });
  card.classList.add("is-news");
  setTimeout(() => card.classList.remove("is-news"), MARKED_MS);
  if (hadFocus) card.focus({ preventScroll: true });
  renewPanel(card.dataset.deal);
}

function drop(gone) {
  const key = gone.dataset.gone;
  const card = board.querySelector(`#deal-${key}`);
  if (!card || !isNews(gone, card)) return;
  const neighbour = [card.nextElementSibling, card.previousElementSibling].find((other) => other?.matches(".card"));
  const hadFocus = card.contains(document.activeElement);
  card.remove();
  if (hadFocus) neighbour?.focus({ preventScroll: true });
  renewPanel(key);
}

/** The deal beside the board is shown anew, unless somebody is writing there. */
function renewPanel(key) {
  const shown = panel.querySelector(`#deal-${key}-panel`);
  if (shown && !hasTyped(panel) && !panel.contains(document.activeElement?.closest("input, textarea, select"))) {
    window.htmx.trigger(shown, "deal-news");
  }
}

/** The news have come: take over what they say. */
export function takeNews(news) {
  readAt = news.dataset.at;
  if ("tooMuch" in news.dataset) {
    light.parentElement.querySelector("[data-live-reload]").hidden = false;
    return;
  }
  const scrolled = [board.scrollLeft, document.scrollingElement.scrollTop];
  news.querySelectorAll(".card").forEach(renew);
  for (const gone of news.querySelectorAll("[data-gone]")) drop(gone);
  [board.scrollLeft, document.scrollingElement.scrollTop] = scrolled;
  news.remove();
  window.htmx.trigger(document.body, "board-changed");
}

function listen() {
  const stream = new EventSource(`${board.dataset.live}?${query()}`);
  let asking = 0;
  stream.addEventListener("open", () => {
    clearInterval(asking);
    asking = 0;
    show("liveNow");
    pause = 1000;
    ask();
  });
  stream.addEventListener("change", ask);
  stream.addEventListener("error", () => {
    stream.close();
    show(navigator.onLine ? "liveAsking" : "liveOff");
    asking = setInterval(ask, ASK_MS);
    setTimeout(() => {
      clearInterval(asking);
      listen();
    }, Math.max(pause, ASK_MS + 500));
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  });
  addEventListener("pagehide", () => stream.close(), { once: true });
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden && isDue) ask();
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
listen();
