// The receipt: copied, printed; and the draft of what was just sent is dropped.
"use strict";
(() => {
  const receipt = document.querySelector("[data-receipt]");
  const code = receipt && receipt.querySelector("[data-code]");
  const errors = document.querySelector("[data-errors]");
  if (errors) errors.focus();
  if (!code) return;
  try { localStorage.removeItem("apply-draft"); } catch { /* nothing was */ }
  const tools = receipt.querySelector("[data-tools]");
  tools.hidden = false;
  tools.querySelector("[data-print]").addEventListener("click", () => print());
  tools.querySelector("[data-copy]").addEventListener("click", async () => {
    const number = receipt.querySelector(".big").textContent.trim();
    const said = tools.querySelector("[data-copied]");
    try {
      await navigator.clipboard.writeText(`申请编号 ${number}\n查询码 ${code.textContent.trim()}`);
      said.textContent = "已复制。";
    } catch {
      getSelection().selectAllChildren(receipt.querySelector("dl"));
      said.textContent = "已选中，请长按或者按 Ctrl+C 复制。";
    }
  });
})();
