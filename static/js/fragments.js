// What may go wrong between the page and the server, said in a sentence.
import { toastFor } from "./toasts.js";

const REASONS = { 403: "forbidden", 404: "gone", 410: "gone", 502: "unavailable", 503: "unavailable", 504: "unavailable" };

document.body.addEventListener("htmx:sendError", () => toastFor("offline"));
document.body.addEventListener("htmx:timeout", () => toastFor("offline"));
document.body.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  // A refusal brings its own toast along; 401 is on its way to the log-in.
  if (xhr.status === 401 || xhr.getResponseHeader("HX-Reswap")) return;
  toastFor(REASONS[xhr.status] ?? "failed");
});

// What was to come does not: its grey shapes go, and what waited for it shows.
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.body.addEventListener(name, (event) => event.detail.target?.querySelector(":scope > .skeleton")?.remove());
}

// Assistive technology hears that something is on its way.
document.body.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.elt.setAttribute("aria-busy", "true");
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  event.detail.elt.removeAttribute("aria-busy");
});
