// Lists answers while one types. The arrow keys choose, Enter goes there or takes it, Escape closes.
// Nothing is asked while an input method still composes.
"use strict";

const PAUSE = 150; // milliseconds after the last letter

class Finding {
  constructor(input) {
    this.input = input;
    this.key = input.closest("[data-pick]")?.querySelector("input[type=hidden]");
    this.list = this.makeList();
    this.chosen = -1;
    this.describe();
    input.addEventListener("input", (event) => this.typed(event));
    input.addEventListener("compositionend", (event) => this.typed(event));
    input.addEventListener("keydown", (event) => this.pressed(event));
    input.addEventListener("blur", () => this.close());
    // before the box loses the focus
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.take(event.target.closest("[role=option]"));
    });
  }

  makeList() {
    const list = document.createElement("ul");
    list.id = `${this.input.id}-found`;
    list.className = "finder-found";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "搜索结果");
    list.hidden = true;
    this.input.after(list);
    return list;
  }

  describe() {
    const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    Object.entries(states).forEach(([name, value]) => this.input.setAttribute(name, value));
  }

  typed(event) {
    if (this.key) this.key.value = "";
    clearTimeout(this.waiting);
    if (event.isComposing) return;
    this.waiting = setTimeout(() => this.ask(), PAUSE);
  }

  async ask() {
    const words = this.input.value.trim();
    this.asking?.abort();
    if (!words) return this.close();
    this.asking = new AbortController();
    const address = new URL(this.input.dataset.find, location.href);
    address.searchParams.set("q", words);
    address.searchParams.set("as", "found");
    try {
      const answer = await fetch(address, { signal: this.asking.signal, credentials: "same-origin" });
      if (answer.ok && !answer.redirected) this.show(await answer.text());
    } catch (fault) {
      if (fault.name !== "AbortError") this.close();
    }
    return undefined;
  }

  show(answers) {
    this.list.innerHTML = answers;
    this.options.forEach((option, place) => { option.id = `${this.list.id}-${place}`; });
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.choose(-1);
  }

  get options() {
    return Array.from(this.list.querySelectorAll("[role=option]:not([aria-disabled])"));
  }

  // -1 is the box itself
  choose(place) {
    const { options } = this;
    this.chosen = place < options.length ? place : -1;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.chosen)));
    const option = options[this.chosen];
    if (option) {
      this.input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  pressed(event) {
    if (event.isComposing || this.list.hidden) return;
    if (event.key === "ArrowDown") this.choose(this.chosen + 1);
    else if (event.key === "ArrowUp") this.choose(this.chosen === -1 ? this.options.length - 1 : this.chosen - 1);
    else if (event.key === "Enter" && this.chosen >= 0) this.take(this.options[this.chosen]);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  take(option) {
    if (!option || option.hasAttribute("aria-disabled")) return;
    if (this.key) {
      this.input.value = option.dataset.title;
      this.key.value = option.dataset.key;
      this.close();
    } else {
      location.assign(option.dataset.url);
    }
  }

  close() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

function findIn(root) {
  root.querySelectorAll("input[data-find]:not([role=combobox])").forEach((input) => new Finding(input));
}

findIn(document);
document.addEventListener("htmx:load", (event) => findIn(event.detail.elt));
