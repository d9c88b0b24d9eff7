// Files of an entry: stored as soon as they are chosen, dropped or photographed, so that none is lost with the form.
import { toast } from "./toasts.js";

const token = () => JSON.parse(document.body.getAttribute("hx-headers"))["x-csrftoken"];
const headers = () => ({ "HX-Request": "true", "X-CSRFToken": token() });

async function store(field, file) {
  const data = new FormData();
  data.append("file", file);
  field.setAttribute("aria-busy", "true");
  try {
    const response = await fetch(field.dataset.files, { method: "POST", headers: headers(), body: data });
    const html = await response.text();
    const parsed = new DOMParser().parseFromString(html, "text/html").body;
    if (response.ok) field.querySelector("[data-files-list]").append(...parsed.children);
    else toast({ text: parsed.querySelector("p")?.textContent ?? field.dataset.filesFailed, level: "error" });
  } catch {
    toast({ text: field.dataset.filesFailed, level: "error" });
  }
  field.removeAttribute("aria-busy");
}

async function storeAll(field, files) {
  for (const file of files) await store(field, file);
}

document.addEventListener("change", (event) => {
  const field = event.target.type === "file" && event.target.closest("[data-files]");
  if (!field) return;
  const files = [...event.target.files];
  event.target.value = "";
  storeAll(field, files);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-file-drop]");
  if (!button) return;
  fetch(button.dataset.fileDrop, { method: "POST", headers: headers() });
  button.closest("[data-file-chosen]").remove();
});

// The whole form takes what is dropped on it.
const dropZone = (event) => event.target.closest?.("form")?.querySelector("[data-files]");

document.addEventListener("dragover", (event) => {
  if (!event.dataTransfer?.types.includes("Files")) return;
  const field = dropZone(event);
  if (field) event.preventDefault();
  field?.classList.add("is-target");
});
document.addEventListener("dragleave", (event) => dropZone(event)?.classList.remove("is-target"));
document.addEventListener("drop", (event) => {
  const field = event.dataTransfer?.files.length && dropZone(event);
  if (!field) return;
  event.preventDefault();
  field.classList.remove("is-target");
  storeAll(field, [...event.dataTransfer.files]);
});
