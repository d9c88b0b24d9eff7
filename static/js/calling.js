// The entry in hand stays there while its page is open, and is free for colleagues soon after the page is left.
import { toast } from "./toasts.js";

const KEEP_MS = 60_000;
const desk = document.querySelector("[data-desk]");
const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;
let isSent = false;

async function keep() {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  const answer = await fetch(desk.dataset.keep, { method: "POST", body, keepalive: true }).catch(() => null);
  if (answer?.status === 409) {
    clearInterval(timer);
    toast({ text: desk.dataset.lost, level: "warning" });
  }
}

// Loading the page anew looks like leaving it: whoever is back within half a minute still has the entry.
function leave() {
  if (isSent) return;
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  body.set("soon", "on");
  navigator.sendBeacon(desk.dataset.leave, body);
}

let timer;
if (desk) {
  keep();
  timer = setInterval(keep, KEEP_MS);
  document.addEventListener("submit", (event) => { isSent = !event.defaultPrevented; });
  addEventListener("pagehide", leave);
  addEventListener("pageshow", (event) => {
    isSent = false;
    if (event.persisted) keep();
  });
}
