// Menus are popovers, opened by the browser. Here they get their place beside the button, and arrow keys.
const GAP = 6;
const EDGE = 8;

const openers = new WeakMap();

/** Open a menu that several buttons share, beside the one that asked for it. */
export function openMenu(menu, button) {
  openers.set(menu, button);
  menu.showPopover();
}

function opener(menu) {
  return openers.get(menu) ?? document.querySelector(`[popovertarget="${menu.id}"]`);
}

function setPlace(menu) {
  const button = opener(menu);
  if (!button) return;
  const anchor = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const isBelow = anchor.bottom + GAP + height <= innerHeight - EDGE || anchor.top < height;
  const top = isBelow ? anchor.bottom + GAP : anchor.top - GAP - height;
  const isLeft = anchor.left + width <= innerWidth - EDGE;
  const left = isLeft ? anchor.left : anchor.right - width;
  menu.style.position = "fixed";
  menu.style.inset = "auto";
  menu.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
  menu.style.left = `${Math.max(EDGE, left)}px`;
  menu.classList.add("is-placed");
}

function entries(menu) {
  return [...menu.querySelectorAll("a[href], button:not([disabled])")].filter((entry) => entry.offsetParent);
}

document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches?.(".menu-list[popover]")) return;
  const isOpen = event.newState === "open";
  opener(menu)?.setAttribute("aria-expanded", String(isOpen));
  if (!isOpen) return;
  setPlace(menu);
  if (opener(menu)?.matches(":focus-visible")) entries(menu)[0]?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target.closest?.(".menu-list[popover]");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!menu || !step) return;
  event.preventDefault();
  const all = entries(menu);
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length]?.focus();
});

// A chosen entry closes its menu, unless it only changes a setting in place.
document.addEventListener("click", (event) => {
  const entry = event.target.closest?.(".menu-list[popover] a, .menu-list[popover] button");
  if (entry && !entry.closest(".switch")) entry.closest("[popover]").hidePopover();
});
