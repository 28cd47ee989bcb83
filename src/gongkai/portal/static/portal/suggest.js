// Titles that the typed beginning may become, in a list under the field; without scripts one simply types on.
// The browser's own list would not do: it shows what holds the letters typed, and a title holds no pinyin.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("ul");
    list.id = `${field.id}-suggested`;
    list.className = "suggested";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "可能要找的");
    field.form.append(list);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);

    const point = (at) => {
      [...list.children].forEach((one, number) => one.setAttribute("aria-selected", String(number === at)));
      if (list.children[at]) field.setAttribute("aria-activedescendant", list.children[at].id);
      else field.removeAttribute("aria-activedescendant");
    };
    const pointed = () => [...list.children].findIndex((one) => one.getAttribute("aria-selected") === "true");
    const show = (titles) => {
      list.replaceChildren(...titles.map((title, number) => {
        const one = document.createElement("li");
        one.id = `${list.id}-${number}`;
        one.setAttribute("role", "option");
        one.textContent = title;
        return one;
      }));
      point(-1);
      list.hidden = !titles.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
    };
    const choose = (one) => {
      field.value = one.textContent;
      show([]);
      field.form.requestSubmit();
    };

    let waiting = 0;
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const words = field.value.trim();
        if (!words) return show([]);
        try {
          const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(words)}`);
          if (!answer.ok || field.value.trim() !== words || document.activeElement !== field) return;
          show(await answer.json());
        } catch { /* no suggestion is no fault */ }
      }, 200);
    });
    field.addEventListener("keydown", (event) => {
      if (list.hidden || event.isComposing) return;
      const count = list.children.length;
      const at = pointed();
      if (event.key === "ArrowDown") point(at + 1 < count ? at + 1 : -1);
      else if (event.key === "ArrowUp") point(at < 0 ? count - 1 : at - 1);
      else if (event.key === "Enter" && at >= 0) choose(list.children[at]);
      else if (event.key === "Escape") show([]);
      else return;
      event.preventDefault();
    });
    field.addEventListener("blur", () => show([]));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const one = event.target.closest("[role=option]");
      if (one) choose(one);
    });
    show([]);
  }
});
