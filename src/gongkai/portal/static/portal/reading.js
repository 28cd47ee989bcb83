// How the page is read: large type, high contrast, read aloud. Kept in this browser alone; everything works without it.
"use strict";
(() => {
  const root = document.documentElement;
  const modes = ["elder", "contrast"];
  const kept = (mode) => {
    try { return localStorage.getItem(`reading-${mode}`) === "yes"; } catch { return false; }
  };
  const keep = (mode, on) => {
    try { localStorage.setItem(`reading-${mode}`, on ? "yes" : "no"); } catch { /* not kept, still shown */ }
  };
  for (const mode of modes) root.classList.toggle(mode, kept(mode));
  const aloud = (button) => {
    if (speechSynthesis.speaking) {
      speechSynthesis.cancel();
      button.setAttribute("aria-pressed", "false");
      return;
    }
    const part = document.querySelector("[data-aloud]") || document.querySelector("main");
    // Browsers stop in the middle of long texts: sentence groups are spoken one after the other.
    const pieces = part.innerText.match(/[^。！？\n]+[。！？\n]*/g) || [];
    pieces.forEach((piece, number) => {
      const said = new SpeechSynthesisUtterance(piece);
      said.lang = "zh-CN";
      if (number === pieces.length - 1) said.onend = () => button.setAttribute("aria-pressed", "false");
      speechSynthesis.speak(said);
    });
    button.setAttribute("aria-pressed", "true");
  };
  document.addEventListener("DOMContentLoaded", () => {
    // On a phone the menu is one line that is drawn aside: it begins at the page that is shown.
    const here = document.querySelector(".menu [aria-current]");
    if (here) here.closest("ul").scrollLeft = here.offsetLeft - here.closest("ul").offsetLeft - 48;
    const bar = document.querySelector(".reading");
    if (!bar) return;
    bar.hidden = false;
    for (const button of bar.querySelectorAll("[data-reading]")) {
      const mode = button.dataset.reading;
      if (mode === "aloud") {
        if (!("speechSynthesis" in window)) { button.hidden = true; continue; }
        button.addEventListener("click", () => aloud(button));
        continue;
      }
      button.setAttribute("aria-pressed", String(root.classList.contains(mode)));
      button.addEventListener("click", () => {
        const on = root.classList.toggle(mode);
        button.setAttribute("aria-pressed", String(on));
        keep(mode, on);
      });
    }
    for (const button of document.querySelectorAll("[data-print]")) {
      button.hidden = false;
      button.addEventListener("click", () => window.print());
    }
  });
})();
