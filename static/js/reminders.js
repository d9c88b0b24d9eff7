// What came due is told on every open page, once per device: asked for each minute while somebody looks at it.
import { toast } from "./toasts.js";

const EVERY_MS = 60_000;
const TOLD = "reminded";
const MOST_TOLD = 200;
const place = document.querySelector("[data-reminders]");

async function ask() {
  if (document.hidden) return;
  const response = await fetch(place.dataset.reminders, { headers: { "HX-Request": "true" } }).catch(() => null);
  if (!response?.ok) return;
  const { reminders } = await response.json();
  const told = JSON.parse(localStorage.getItem(TOLD) ?? "[]");
  for (const { key, text } of reminders.filter((reminder) => !told.includes(reminder.key))) {
    told.push(key);
    toast({ text, level: "warning" });
  }
  localStorage.setItem(TOLD, JSON.stringify(told.slice(-MOST_TOLD)));
}

if (place) {
  setInterval(ask, EVERY_MS);
  document.addEventListener("visibilitychange", ask);
  setTimeout(ask, 3000);
}
