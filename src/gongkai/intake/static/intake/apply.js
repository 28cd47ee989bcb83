// Comfort for the form of an application: a draft in this browser, units by name, what is public already. All optional.
"use strict";
(() => {
  const form = document.querySelector("[data-apply]");
  if (!form) return;
  const errors = document.querySelector("[data-errors]");
  if (errors) errors.focus();

  // The draft. Never numbers of identity papers, files, or what the page itself put into the form.
  const NAME = "apply-draft";
  const SECRET = new Set(["proof_number", "proxy_number", "csrfmiddlewaretoken", "ticket", "work", "figures", "sum", "homepage"]);
  const banner = document.querySelector("[data-draft]");
  const fields = () => [...form.elements].filter((one) => one.name && one.type !== "file" && !SECRET.has(one.name) && !/^joint\d_proof_number$/.test(one.name));
  const store = {
    get() { try { return JSON.parse(localStorage.getItem(NAME)); } catch { return null; } },
    set(value) { try { localStorage.setItem(NAME, JSON.stringify(value)); } catch { /* not kept */ } },
    drop() { try { localStorage.removeItem(NAME); } catch { /* nothing was */ } },
  };
  const isChoice = (one) => one.type === "checkbox" || one.type === "radio";
  const save = () => {
    const kept = {};
    for (const one of fields()) {
      if (!isChoice(one)) kept[one.name] = one.value;
      else if (one.checked) (kept[one.name] ||= []).push(one.value);
    }
    store.set(kept);
    banner.hidden = false;
  };
  const restore = (kept) => {
    for (const one of fields()) {
      if (!(one.name in kept)) { if (isChoice(one) && one.type === "checkbox" && one.name !== "units") one.checked = false; continue; }
      if (isChoice(one)) one.checked ||= kept[one.name].includes(one.value);
      else one.value = kept[one.name];
    }
    banner.hidden = false;
  };
  const draft = store.get();
  if (draft && !errors) restore(draft);
  let saving;
  form.addEventListener("input", () => { clearTimeout(saving); saving = setTimeout(save, 400); });
  document.querySelector("[data-draft-clear]").addEventListener("click", () => {
    clearTimeout(saving);
    store.drop();
    location.replace(form.action);
  });

  // Parts that only some need.
  const only = (name) => form.querySelector(`[data-only=${name}]`);
  const show = () => {
    const kind = form.querySelector("[name=applicant_kind]:checked");
    const isPerson = !kind || kind.value === "natural_person";
    only("organisation").hidden = isPerson;
    // The proof is that of a person or that of an organisation.
    const proof = form.elements.proof;
    for (const option of proof.options) {
      option.disabled = isPerson ? option.value === "credit_code" : ["id_card", "passport"].includes(option.value);
    }
    if (proof.selectedOptions[0]?.disabled) proof.value = isPerson ? "id_card" : "credit_code";
    only("proxy").hidden = !form.elements.is_proxy.checked;
    for (const part of form.querySelectorAll("[data-opens]")) {
      part.open ||= Boolean(part.querySelector(".wrong")) || [...part.querySelectorAll("input")].some((one) => one.value);
    }
  };
  form.addEventListener("change", show);
  show();

  // Units by a part of their name.
  const list = form.querySelector(".units fieldset");
  const seek = document.createElement("div");
  seek.className = "seek-unit";
  seek.innerHTML = '<label for="seek-unit">按名称筛选</label><input id="seek-unit" type="search" autocomplete="off">';
  const boxes = () => [...form.querySelectorAll("input[name=units]")];
  if (boxes().length > 12) {
    list.querySelector("div").before(seek);
    const input = seek.querySelector("input");
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      const words = input.value.trim();
      for (const box of boxes()) {
        const line = box.closest("label");
        line.hidden = Boolean(words) && !box.checked && !line.textContent.includes(words);
      }
    });
  }

  // Ask what is amiss before the files are sent: what was chosen stays chosen.
  let isAsking = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isAsking) return;
    isAsking = true;
    const body = new FormData(form);
    body.set("check", "1");
    for (const one of form.querySelectorAll("input[type=file]")) {
      body.delete(one.name);
      for (const file of one.files) body.append("chosen", `${one.name}/${file.name}`);
    }
    let answer;
    try {
      answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
    } catch { /* sent as it is */ }
    if (answer && answer.status === 429) {
      isAsking = false;
      tell("还没有提交，请稍后再试", "同一网络在短时间内提交过多。请 1 分钟后再按“提交申请”；仍然不行的，10 分钟后再试。填写的内容和选好的附件都还在。");
      return;
    }
    if (!answer || answer.status !== 422) { form.submit(); return; }
    amend(new DOMParser().parseFromString(await answer.text(), "text/html"));
    isAsking = false;
  });
  const put = (now) => {
    const before = document.querySelector("[data-errors]");
    if (before) before.replaceWith(now);
    else form.parentElement.insertBefore(now, document.querySelector("[data-draft]"));
  };
  const tell = (heading, words) => {
    const told = document.createElement("div");
    told.className = "errors";
    told.id = "errors";
    told.tabIndex = -1;
    told.setAttribute("role", "alert");
    told.dataset.errors = "";
    for (const [name, text] of [["h2", heading], ["p", words]]) {
      told.append(Object.assign(document.createElement(name), { textContent: text }));
    }
    put(told);
    told.focus();
  };
  const amend = (page) => {
    const now = page.querySelector("[data-errors]");
    now.querySelector("[data-files]")?.remove();
    put(now);
    for (const given of page.querySelectorAll("[data-field]")) {
      const field = form.querySelector(`[data-field="${given.dataset.field}"]`);
      const file = field.querySelector("input[type=file]");
      if (file) {
        // The field itself stays: what was chosen cannot be put into another.
        given.querySelector("input[type=file]").replaceWith(file);
      }
      const search = field.querySelector(".seek-unit");
      if (search) given.querySelector("fieldset > div").before(search);
      field.replaceWith(given);
    }
    show();
    now.focus();
    document.title = page.title;
  };

  // What is public already.
  const place = document.querySelector("[data-alike-place]");
  let asking, asked = "";
  form.addEventListener("input", (event) => {
    if (event.target.name !== "title") return;
    clearTimeout(asking);
    asking = setTimeout(async () => {
      const words = form.elements.title.value.trim();
      if (words === asked) return;
      asked = words;
      if (words.length < 2) { place.replaceChildren(); return; }
      const body = new FormData();
      body.set("q", words);
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      try {
        const answer = await fetch(form.dataset.alike, { method: "POST", body, credentials: "same-origin" });
        if (answer.ok && words === asked) place.innerHTML = await answer.text();
      } catch { /* no suggestion */ }
    }, 500);
  });
})();
