/* The redaction desk: boxes on pages, by mouse, touch and keyboard. Places are fractions of the page as it is seen. */
"use strict";
(() => {
  const $ = (id) => document.getElementById(id);
  const data = JSON.parse($("redaction-data").textContent);
  const least = 0.002;
  const boxes = data.boxes.map((box) => ({ ...box }));
  const sheet = $("sheet"), picture = $("picture"), scroll = $("scroll");
  const token = document.querySelector("#order [name=csrfmiddlewaretoken]").value;
  let page = boxes.length ? boxes[0].page : 1, chosen = null, changed = false, dragged = null, saving = false;

  const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
  const say = (words) => { $("said").textContent = words; };
  const make = (name, words, className) => {
    const element = document.createElement(name);
    if (words) element.textContent = words;
    if (className) element.className = className;
    return element;
  };
  const named = (box) => `第 ${box.page} 页第 ${boxes.filter((one) => one.page === box.page).indexOf(box) + 1} 个框`;

  function touch() { changed = true; $("checked").replaceChildren(); }

  function fit() {
    const [wide, high] = data.sizes[page - 1];
    const width = (scroll.clientWidth - 24) * Number($("zoom").value);
    sheet.style.width = `${width}px`;
    sheet.style.height = `${width * high / wide}px`;
  }

  function place(element, box) {
    for (const [side, value] of [["left", box.x0], ["top", box.y0], ["width", box.x1 - box.x0], ["height", box.y1 - box.y0]])
      element.style[side] = `${value * 100}%`;
  }

  function elementOf(box) {
    return [...sheet.querySelectorAll(".redaction-box")].find((element) => element.box === box);
  }

  function drawBoxes() {
    for (const element of sheet.querySelectorAll(".redaction-box")) element.remove();
    for (const box of boxes.filter((one) => one.page === page)) {
      const element = make("button", "", "redaction-box");
      element.type = "button";
      element.box = box;
      element.append(make("span", data.reasons[box.reason]));
      element.setAttribute("aria-label", `${named(box)}，${data.reasons[box.reason]}`);
      element.setAttribute("aria-describedby", "box-help");
      element.setAttribute("aria-pressed", String(box === chosen));
      element.addEventListener("focus", () => choose(box));
      element.addEventListener("keydown", (event) => byKey(event, box));
      place(element, box);
      sheet.append(element);
    }
  }

  function drawList() {
    $("count").textContent = `${boxes.length} 个`;
    $("list").replaceChildren(...boxes.map((box) => {
      const item = make("li"), button = make("button", `${named(box)}　${data.reasons[box.reason]}${box.note ? `（${box.note}）` : ""}`);
      button.type = "button";
      button.addEventListener("click", () => { show(box.page); choose(box); elementOf(box).focus(); });
      item.append(button);
      return item;
    }));
  }

  function choose(box) {
    chosen = box;
    for (const element of sheet.querySelectorAll(".redaction-box")) element.setAttribute("aria-pressed", String(element.box === box));
    $("chosen").hidden = !box;
    if (!box) return;
    $("chosen-title").textContent = named(box);
    $("chosen-reason").value = box.reason;
    $("note").value = box.note || "";
  }

  function show(number) {
    const wanted = clamp(number || 1, 1, data.sizes.length);
    if (wanted !== page && chosen && chosen.page !== wanted) choose(null);
    page = wanted;
    $("page").value = page;
    $("previous").disabled = page === 1;
    $("next").disabled = page === data.sizes.length;
    const address = data.page.replace("/0/", `/${page}/`);
    if (!picture.src.endsWith(address)) { picture.src = address; picture.alt = `第 ${page} 页的图像`; }
    fit();
    drawBoxes();
  }

  function add(box) {
    boxes.push(box);
    boxes.sort((one, other) => one.page - other.page || one.y0 - other.y0 || one.x0 - other.x0);
    touch();
    return box;
  }

  function remove(box) {
    const what = named(box);
    boxes.splice(boxes.indexOf(box), 1);
    choose(null);
    touch();
    drawBoxes();
    drawList();
    say(`已删除${what}`);
    const next = sheet.querySelector(".redaction-box");
    (next || $("add")).focus();
  }

  function move(box, right, down) {
    const wide = box.x1 - box.x0, high = box.y1 - box.y0;
    box.x0 = clamp(box.x0 + right, 0, 1 - wide);
    box.y0 = clamp(box.y0 + down, 0, 1 - high);
    box.x1 = box.x0 + wide;
    box.y1 = box.y0 + high;
  }

  function stretch(box, right, down) {
    box.x1 = clamp(box.x1 + right, box.x0 + least, 1);
    box.y1 = clamp(box.y1 + down, box.y0 + least, 1);
  }

  function byKey(event, box) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Delete" || event.key === "Backspace") { event.preventDefault(); remove(box); return; }
    if (!step) return;
    event.preventDefault();
    (event.shiftKey ? stretch : move)(box, step[0] * 0.005, step[1] * 0.005);
    place(elementOf(box), box);
    touch();
  }

  function at(event) {
    const around = sheet.getBoundingClientRect();
    return [clamp((event.clientX - around.left) / around.width, 0, 1), clamp((event.clientY - around.top) / around.height, 0, 1)];
  }

  sheet.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    const [x, y] = at(event), element = event.target.closest(".redaction-box");
    if (element) {
      const edge = element.getBoundingClientRect(), near = Math.min(14, edge.width / 2, edge.height / 2);
      const corner = edge.right - event.clientX < near && edge.bottom - event.clientY < near;
      dragged = { box: element.box, x, y, way: corner ? "stretch" : "move" };
      choose(element.box);
    } else if ($("draw").getAttribute("aria-pressed") === "true") {
      dragged = { x, y, way: "draw", box: null };
    } else return;
    // The focus of a box that is pressed must stay where the pointer put it.
    if (!element) event.preventDefault();
    sheet.setPointerCapture(event.pointerId);
  });

  sheet.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    const [x, y] = at(event);
    if (dragged.way === "draw") {
      if (!dragged.box) {
        if (Math.abs(x - dragged.x) < 0.004 && Math.abs(y - dragged.y) < 0.004) return;
        dragged.box = add({ page, x0: x, y0: y, x1: x, y1: y, reason: $("reason").value, note: "" });
        drawBoxes();
        choose(dragged.box);
      }
      Object.assign(dragged.box, {
        x0: Math.min(x, dragged.x), y0: Math.min(y, dragged.y),
        x1: Math.max(x, dragged.x, Math.min(x, dragged.x) + least), y1: Math.max(y, dragged.y, Math.min(y, dragged.y) + least),
      });
    } else {
      (dragged.way === "stretch" ? stretch : move)(dragged.box, x - dragged.x, y - dragged.y);
      Object.assign(dragged, { x, y });
      touch();
    }
    place(elementOf(dragged.box), dragged.box);
  });

  function drop() {
    if (!dragged) return;
    const { box, way } = dragged;
    dragged = null;
    if (!box) { choose(null); return; }
    for (const key of ["x0", "y0", "x1", "y1"]) box[key] = clamp(box[key], 0, 1);
    drawList();
    choose(box);
    elementOf(box).focus({ preventScroll: true });
    if (way === "draw") say(`已加${named(box)}，理由 ${data.reasons[box.reason]}`);
  }
  sheet.addEventListener("pointerup", drop);
  sheet.addEventListener("pointercancel", drop);

  function pressed(button, isPressed) { button.setAttribute("aria-pressed", String(isPressed)); return isPressed; }
  $("draw").addEventListener("click", (event) => {
    sheet.classList.toggle("drawing", pressed(event.currentTarget, event.currentTarget.getAttribute("aria-pressed") !== "true"));
  });
  $("preview").addEventListener("click", (event) => {
    sheet.classList.toggle("preview", pressed(event.currentTarget, event.currentTarget.getAttribute("aria-pressed") !== "true"));
  });
  $("order").addEventListener("change", () => sheet.classList.toggle("white", $("order").elements.style.value === "white"));
  $("add").addEventListener("click", () => {
    const [wide, high] = data.sizes[page - 1];
    const box = add({ page, x0: 0.35, y0: 0.45, x1: 0.65, y1: 0.45 + 0.06 * wide / high, reason: $("reason").value, note: "" });
    drawBoxes();
    drawList();
    choose(box);
    elementOf(box).focus();
    say(`已加${named(box)}，用方向键移动`);
  });
  $("remove").addEventListener("click", () => { if (chosen) remove(chosen); });
  $("chosen-reason").addEventListener("change", (event) => { chosen.reason = event.target.value; touch(); drawBoxes(); drawList(); });
  $("note").addEventListener("input", (event) => { chosen.note = event.target.value; touch(); drawList(); });
  $("previous").addEventListener("click", () => show(page - 1));
  $("next").addEventListener("click", () => show(page + 1));
  $("page").addEventListener("change", (event) => show(Number(event.target.value)));
  $("zoom").addEventListener("change", fit);
  window.addEventListener("resize", fit);

  async function ask(address, fields) {
    const body = new URLSearchParams(fields);
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
    const given = answer.headers.get("Content-Type") || "";
    const result = given.includes("json") ? await answer.json() : {};
    if (!answer.ok) throw new Error(result.error || `没有应答（${answer.status}）。请刷新页面后重试。`);
    return result;
  }

  function failed(target, error) {
    const words = error instanceof TypeError ? "连不上服务器。标记仍在本页，请稍后重试。" : error.message;
    const alert = make("div", words, "alert alert-danger");
    alert.setAttribute("role", "alert");
    target.replaceChildren(alert);
  }

  $("search").addEventListener("submit", async (event) => {
    event.preventDefault();
    const wanted = $("wanted").value.trim(), target = $("hits"), hits = [];
    if (!wanted) return;
    try {
      let from = 1;
      while (from) {
        const result = await ask(data.search, { wanted, from });
        hits.push(...result.hits);
        from = result.next;
        if (from) target.replaceChildren(make("p", `正在查找，已到第 ${from - 1} / ${result.pages} 页`));
      }
    } catch (error) { failed(target, error); return; }
    const summary = make("p", hits.length ? `“${wanted}”共 ${hits.length} 处` : `没有找到“${wanted}”。扫描件没有文字，请逐页察看。`);
    const list = make("ul");
    for (const hit of hits) {
      const item = make("li"), button = make("button", `第 ${hit.boxes[0].page} 页　${hit.around}`, "redaction-hit");
      button.type = "button";
      button.addEventListener("click", () => show(hit.boxes[0].page));
      item.append(button);
      list.append(item);
    }
    target.replaceChildren(summary, list);
    say(summary.textContent);
    if (!hits.length) return;
    const all = make("button", "全部加框", "btn");
    all.type = "button";
    all.addEventListener("click", () => {
      let count = 0;
      for (const box of hits.flatMap((hit) => hit.boxes)) {
        if (boxes.some((one) => one.page === box.page && one.x0 <= box.x0 && one.y0 <= box.y0 && one.x1 >= box.x1 && one.y1 >= box.y1)) continue;
        add({ ...box, reason: $("reason").value, note: "" });
        count += 1;
      }
      drawBoxes();
      drawList();
      say(`已加 ${count} 个框`);
      all.disabled = true;
      all.textContent = `已加 ${count} 个框`;
    });
    target.insertBefore(all, list);
  });

  $("check").addEventListener("click", async () => {
    const target = $("checked");
    target.replaceChildren(make("p", "正在检查……"));
    let result;
    try { result = await ask(data.check, { boxes: JSON.stringify(boxes) }); } catch (error) { failed(target, error); return; }
    const facts = make("dl", "", "facts");
    for (const one of result.under) facts.append(make("dt", `第 ${one.page} 页`), make("dd", one.text || "（图像，没有文字）"));
    const parts = [make("h3", "框内的文字", "redaction-subtitle"), facts];
    if (result.remaining.length) {
      const warning = make("div", "", "alert alert-warning"), list = make("ul", "", "mb-0");
      warning.append(make("strong", "同样的文字在别处没有遮盖："), list);
      for (const one of result.remaining) list.append(make("li", `“${one.word}” ${one.count} 处，第 ${one.pages.join("、")} 页`));
      parts.unshift(warning);
    } else parts.unshift(make("div", "框内的文字在别处没有再出现。", "alert alert-success"));
    target.replaceChildren(...parts);
    target.focus();
  });

  $("order").addEventListener("submit", (event) => {
    if (!boxes.length) { event.preventDefault(); failed($("checked"), new Error("还没有遮盖框。请先在页面上画框，或按词查找。")); return; }
    $("boxes").value = JSON.stringify(boxes);
    saving = true;
  });
  window.addEventListener("beforeunload", (event) => { if (changed && !saving) event.preventDefault(); });

  $("redaction").hidden = false;
  $("pages").textContent = data.sizes.length;
  $("page").max = data.sizes.length;
  // A finger scrolls; it draws where it is told to.
  if (window.matchMedia("(pointer: coarse)").matches) pressed($("draw"), false); else sheet.classList.add("drawing");
  show(page);
  drawList();
})();
