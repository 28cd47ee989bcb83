// Titles that the typed beginning may become, in the browser's own list; without scripts one simply types on.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  for (const field of document.querySelectorAll("input[data-suggest]")) {
    const list = document.createElement("datalist");
    list.id = `${field.id}-suggested`;
    field.after(list);
    field.setAttribute("list", list.id);
    let waiting = 0;
    let asked = "";
    field.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => {
        const words = field.value.trim();
        if (!words || words === asked) return;
        asked = words;
        try {
          const answer = await fetch(`${field.dataset.suggest}?q=${encodeURIComponent(words)}`);
          if (!answer.ok || field.value.trim() !== words) return;
          list.replaceChildren(...(await answer.json()).map((title) => new Option(title)));
        } catch { /* no suggestion is no fault */ }
      }, 200);
    });
  }
});
