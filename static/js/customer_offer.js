// The opened page says so, once somebody really looks at it: what only fetches addresses runs no script.

const head = document.querySelector("[data-opened-url]");

function tell() {
  if (document.visibilityState !== "visible") return;
  document.removeEventListener("visibilitychange", tell);
  fetch(head.dataset.openedUrl, { method: "POST", keepalive: true }).catch(() => {});
}

if (head) {
  document.addEventListener("visibilitychange", tell);
  tell();
}
