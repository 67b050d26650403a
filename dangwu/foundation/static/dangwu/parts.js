// Smooths the parts of pages. Everything here also works without it.
"use strict";

// --- menus made of <details> close by Escape and by a click elsewhere

function closeMenus(except) {
  document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
    if (menu !== except) menu.open = false;
  });
}

document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelector("details[data-menu][open] > summary")?.focus();
  closeMenus(null);
});

// --- an undo is offered for half a minute

const UNDO_TIME = 30_000; // milliseconds

document.querySelectorAll("[data-undo]").forEach((form) => setTimeout(() => form.remove(), UNDO_TIME));

// --- what a page just got: errors take the focus, the print button appears

function enliven(root) {
  root.querySelector("[data-focus]")?.focus();
  root.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
  root.querySelectorAll("[data-chart]").forEach(async (place) => {
    const { draw } = await import(place.dataset.draw);
    draw(place);
  });
}

enliven(document);

// --- trees: the arrow keys go up and down what is open, right opens, left closes or goes up

function walkTree(tree, from, key) {
  const item = from.closest("li");
  const branch = item.querySelector(":scope > details");
  const steps = Array.from(tree.querySelectorAll("a.tree-label")).filter((step) => step.checkVisibility?.() ?? step.offsetParent);
  const at = steps.indexOf(item.querySelector(":scope > a.tree-label"));
  if (key === "ArrowRight" && branch && !branch.open) branch.open = true;
  else if (key === "ArrowLeft" && branch?.open) branch.open = false;
  else if (key === "ArrowLeft") item.parentElement.closest("li")?.querySelector(":scope > a.tree-label")?.focus();
  else steps[at + (key === "ArrowUp" ? -1 : 1)]?.focus();
}

document.addEventListener("keydown", (event) => {
  const tree = event.target.closest("[data-tree]");
  if (!tree || !event.target.closest(".tree-nodes") || event.target.matches("input")) return;
  if (!["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"].includes(event.key)) return;
  event.preventDefault();
  walkTree(tree, event.target, event.key);
});

// --- parts exchanged by htmx

// What was left open does not belong into the address of a list.
document.addEventListener("htmx:configRequest", (event) => {
  const { detail } = event;
  if (detail.path !== "?") return;
  detail.path = location.pathname;
  Object.entries(detail.parameters).forEach(([name, value]) => value === "" && delete detail.parameters[name]);
});

// An answer from elsewhere (the sign-in after a session has ended) or a refusal is a page of its own.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { elt, xhr, pathInfo } = event.detail;
  const arrived = new URL(xhr.responseURL || location.href);
  const asked = new URL(pathInfo.requestPath, location.href);
  if (arrived.pathname === asked.pathname && xhr.status < 400) return;
  event.preventDefault();
  if (elt.closest("[data-stays]")) notSaved(elt, "没有存上，可能要重新登录：请另开一页登录，再回到这里继续。");
  else location.assign(arrived);
});

// Whoever is writing keeps his page, and learns beside the button that what he typed was not kept.
function notSaved(elt, words) {
  const line = elt.closest("[data-stays]").querySelector("[data-saved]");
  line.classList.add("saved-not");
  line.textContent = words;
}

document.addEventListener("htmx:sendError", (event) => {
  if (event.detail.elt.closest("[data-stays]")) {
    notSaved(event.detail.elt, "没有连上服务器，刚填的还没有存上；连上以后会再存。");
    return;
  }
  const notice = document.createElement("p");
  notice.className = "message message-warning";
  notice.textContent = "没有连上服务器，内容没有更新。请检查网络后再试一次。";
  document.querySelector(".messages").replaceChildren(notice);
});

document.addEventListener("htmx:load", (event) => {
  const part = event.detail.elt;
  if (part === document.body) return;
  enliven(part);
  const words = part.dataset?.announce;
  if (words) document.querySelector("[data-announcer]").textContent = words;
});

// --- files on their way: how far they are, and then the page that answers

function upload(form, told) {
  const sending = new XMLHttpRequest();
  const [bar, words] = told.querySelectorAll("progress, span");
  told.hidden = false;
  sending.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
    if (event.loaded === event.total) words.textContent = "已经传完，正在检查和保存……";
  });
  sending.addEventListener("load", () => {
    const page = new DOMParser().parseFromString(sending.responseText, "text/html").querySelector("main");
    if (!page) return form.submit();
    document.querySelector("main").replaceWith(page);
    enliven(page);
  });
  sending.addEventListener("error", () => {
    words.textContent = "没有传完，请检查网络后再试。";
    form.querySelector("[type=submit]").disabled = false;
  });
  sending.open("POST", form.action || location.href);
  sending.send(new FormData(form));
}

document.addEventListener("submit", (event) => {
  const place = event.target.closest("[data-upload]");
  if (!place) return;
  event.preventDefault();
  upload(event.target, place.querySelector(".upload-told"));
});
