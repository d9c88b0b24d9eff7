// Dragging cards with mouse, pen and finger. A finger lifts a card by resting on it, so that swiping still scrolls.
import { end, move, say } from "./board_cards.js";

const SLOP = 6;
const REST_MS = 260;
const EDGE = 56;
const STEP = 14;

const board = document.querySelector("[data-board]");
let drag = null;

function lift() {
  const { card, x, y } = drag;
  const box = card.getBoundingClientRect();
  const ghost = card.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.setAttribute("aria-hidden", "true");
  ghost.classList.add("is-dragged");
  ghost.style.width = `${box.width}px`;
  Object.assign(drag, { ghost, left: box.left - x, top: box.top - y });
  board.append(ghost);
  card.classList.add("is-origin");
  board.classList.add("is-dragging");
  board.style.scrollSnapType = "none";
  navigator.vibrate?.(12);
  say("saysPicked");
  follow();
  requestAnimationFrame(scroll);
}

function follow() {
  const { ghost, x, y, left, top } = drag;
  ghost.style.left = `${x + left}px`;
  ghost.style.top = `${y + top}px`;
  const target = document.elementFromPoint(x, y)?.closest("[data-drop]") ?? null;
  if (target === drag.target) return;
  drag.target?.classList.remove("is-target", "is-refused");
  drag.target = target;
  target?.classList.add(isRefused(target) ? "is-refused" : "is-target");
}

/** Something mandatory holds the deal in a stage: it cannot go beyond. */
function isRefused(target) {
  const held = Number(drag.card.dataset.heldIn || Infinity);
  const stage = target.dataset.ending === "win" ? Infinity : Number(target.dataset.stage ?? 0);
  return stage > held;
}

/** Near an edge the board, or the column below the pointer, scrolls along. */
function scroll() {
  if (!drag?.ghost) return;
  const { x, y } = drag;
  const across = board.getBoundingClientRect();
  if (x > across.right - EDGE) board.scrollLeft += STEP;
  if (x < across.left + EDGE) board.scrollLeft -= STEP;
  const cards = drag.target?.querySelector(".cards");
  const down = cards?.getBoundingClientRect();
  const scroller = cards && cards.scrollHeight > cards.clientHeight ? cards : document.scrollingElement;
  if (down && y > Math.min(down.bottom, innerHeight) - EDGE) scroller.scrollTop += STEP;
  if (down && y < Math.max(down.top, 0) + EDGE) scroller.scrollTop -= STEP;
  follow();
  requestAnimationFrame(scroll);
}

function finish() {
  const done = drag;
  clearTimeout(drag.timer);
  drag = null;
  done.ghost?.remove();
  done.target?.classList.remove("is-target", "is-refused");
  done.card.classList.remove("is-origin");
  board.classList.remove("is-dragging");
  board.style.scrollSnapType = "";
  // The click that ends a drag opens nothing.
  if (done.ghost) addEventListener("click", stop, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", stop, { capture: true }), 50);
  return done;
}

function stop(event) {
  event.preventDefault();
  event.stopPropagation();
}

function cancel() {
  if (finish().ghost) say("saysCancelled");
}

function drop() {
  const { card, ghost, target } = finish();
  if (!ghost || !target) return;
  if (target.dataset.ending) end(card, target.dataset.ending);
  else move(card, target.dataset.stage);
}

board.addEventListener("pointerdown", (event) => {
  const card = event.target.closest(".card[data-url]");
  if (!card || drag || event.button !== 0 || event.target.closest("[data-step-menu]")) return;
  drag = { card, pointer: event.pointerId, x: event.clientX, y: event.clientY, isTouch: event.pointerType === "touch" };
  if (drag.isTouch) drag.timer = setTimeout(lift, REST_MS);
});

addEventListener("pointermove", (event) => {
  if (drag?.pointer !== event.pointerId) return;
  const distance = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
  if (!drag.ghost && distance < SLOP) return;
  if (!drag.ghost && drag.isTouch) {
    cancel();
    return;
  }
  Object.assign(drag, drag.ghost ? { x: event.clientX, y: event.clientY } : {});
  if (drag.ghost) follow();
  else lift();
});
addEventListener("pointerup", (event) => { if (drag?.pointer === event.pointerId) drop(); });
addEventListener("pointercancel", (event) => { if (drag?.pointer === event.pointerId) cancel(); });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag) return;
  event.preventDefault();
  cancel();
}, true);
for (const name of ["touchmove", "contextmenu"]) {
  board.addEventListener(name, (event) => { if (drag?.ghost) event.preventDefault(); }, { passive: false });
}
board.addEventListener("dragstart", (event) => event.preventDefault());
