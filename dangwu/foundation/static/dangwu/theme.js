// Smooths what works without it: files may be dropped anywhere on their field, are listed by name, and several
// drops onto one field add up.
"use strict";

function listFiles(zone, input) {
  const list = zone.querySelector("[data-chosen]");
  list.replaceChildren(...Array.from(input.files, (file) => {
    const item = document.createElement("li");
    item.textContent = file.name;
    return item;
  }));
  zone.classList.toggle("drop-filled", input.files.length > 0);
}

function withEarlier(earlier, files) {
  const all = new DataTransfer();
  const known = new Set();
  for (const file of [...earlier, ...files]) {
    const key = `${file.name} ${file.size} ${file.lastModified}`;
    if (!known.has(key)) all.items.add(file);
    known.add(key);
  }
  return all.files;
}

function makeDropZone(zone) {
  const input = zone.querySelector("input[type=file]");
  let earlier = [];
  zone.classList.add("drop-ready");
  input.addEventListener("change", () => {
    if (input.multiple && input.files.length) input.files = withEarlier(earlier, input.files);
    earlier = Array.from(input.files);
    listFiles(zone, input);
  });
  zone.querySelector("[data-clear]").addEventListener("click", () => {
    input.value = "";
    earlier = [];
    listFiles(zone, input);
    input.focus();
  });
  for (const [name, over] of [["dragover", true], ["dragleave", false], ["drop", false]]) {
    zone.addEventListener(name, () => zone.classList.toggle("drop-over", over));
  }
}

function sendOnce(form) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("[data-busy]");
    // after the form was read, else the button's own value would be lost
    setTimeout(() => {
      button.disabled = true;
      button.textContent = button.dataset.busy;
    });
  });
}

document.querySelectorAll("[data-drop]").forEach(makeDropZone);
document.querySelectorAll("form:has([data-busy])").forEach(sendOnce);
// a page that comes back from the browser's memory must be usable again
window.addEventListener("pageshow", (event) => event.persisted && location.reload());
