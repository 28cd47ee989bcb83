// Handing on the address of a page: to the clipboard, or to what the device itself shares with.
"use strict";
document.addEventListener("DOMContentLoaded", () => {
  const copied = async (text, shown) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // Without https there is no clipboard: the address is selected, and copied where the browser still does that.
      getSelection().selectAllChildren(shown);
      return document.execCommand("copy");
    }
  };
  for (const box of document.querySelectorAll("[data-share]")) {
    const shown = box.querySelector("[data-address]");
    const said = box.querySelector("[role=status]");
    const address = shown.textContent.trim();
    const copy = box.querySelector("[data-copy]");
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      said.textContent = (await copied(address, shown)) ? "链接已复制" : "未能复制，网址已选中，请用浏览器的复制";
    });
    const send = box.querySelector("[data-send]");
    send.hidden = !navigator.share;
    send.addEventListener("click", () => {
      navigator.share({ title: document.querySelector("h1").textContent, url: address }).catch(() => {});
    });
  }
});
