// Proves by a little work that a browser, and not a mass mailer, fills in the form. Without it two questions do the same.
"use strict";
(() => {
  const K = new Uint32Array(64);
  const H = new Uint32Array(8);
  let prime = 2;
  for (let found = 0; found < 64; prime++) {
    let isPrime = true;
    for (let factor = 2; factor * factor <= prime; factor++) if (prime % factor === 0) { isPrime = false; break; }
    if (!isPrime) continue;
    if (found < 8) H[found] = (Math.sqrt(prime) % 1) * 2 ** 32;
    K[found++] = (Math.cbrt(prime) % 1) * 2 ** 32;
  }
  const w = new Uint32Array(64);
  const turn = (value, by) => (value >>> by) | (value << (32 - by));
  const block = (state, bytes, start) => {
    for (let i = 0; i < 16; i++) {
      const at = start + i * 4;
      w[i] = (bytes[at] << 24) | (bytes[at + 1] << 16) | (bytes[at + 2] << 8) | bytes[at + 3];
    }
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, h] = state;
    for (let i = 0; i < 64; i++) {
      const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d;
    state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  };
  // The first 32 bits of SHA-256 of ASCII text.
  const digest = (text) => {
    const length = text.length;
    const bytes = new Uint8Array(((length + 72) >> 6) << 6);
    for (let i = 0; i < length; i++) bytes[i] = text.charCodeAt(i);
    bytes[length] = 0x80;
    new DataView(bytes.buffer).setUint32(bytes.length - 4, length * 8);
    const state = H.slice();
    for (let start = 0; start < bytes.length; start += 64) block(state, bytes, start);
    return state[0];
  };
  const place = document.querySelector("[data-work]");
  if (!place) return;
  const form = place.closest("form");
  const ways = place.querySelector("[data-person-ways]");
  const state = place.querySelector("[data-person-state]");
  const limit = 2 ** (32 - Number(place.dataset.bits));
  let nonce = 0, isWaiting = false;
  state.textContent = "正在自动验证，稍候即可，不必填写。";
  ways.hidden = true;
  const work = () => {
    const end = performance.now() + 25;
    while (performance.now() < end) {
      if (digest(`${place.dataset.work}:${nonce}`) < limit) {
        form.elements.work.value = nonce;
        state.textContent = "已自动验证。";
        if (isWaiting) { isWaiting = false; form.requestSubmit(); }
        return;
      }
      nonce++;
    }
    setTimeout(work, 5);
  };
  form.addEventListener("submit", (event) => {
    if (form.elements.work.value) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    isWaiting = true;
    state.textContent = "正在自动验证，完成后立即提交。";
  });
  setTimeout(work, 300);
})();
