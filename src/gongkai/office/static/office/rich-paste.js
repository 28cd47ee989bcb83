/* What is pasted, from Word above all, as the structure of a document. The server cleans it once more. */

const RENAMED = { H1: "h2", H5: "h4", H6: "h4" };
const NUMBER = /^(\d+)[.)．、]$/;
const CHINESE = /[一二三四五六七八九十百〇零第章节条款甲乙丙丁]|^[(（]/;

/** Return `html` with the lists of Word as lists, its headings one level down, and alignment as a class. */
export function tidy(html) {
  // Under another name a style can be read and is never tried: the policy would refuse each with an error.
  const inert = html
    .replace(/<style[\s\S]*?<\/style>/gi, "")
    .replace(/<[^>]*>/g, (tag) => tag.replace(/\sstyle\s*=/gi, " data-style="));
  const { body } = new DOMParser().parseFromString(inert, "text/html");
  for (const node of body.querySelectorAll("script, title, meta, link, img, o\\:p")) {
    node.replaceWith(...(node.localName === "o:p" ? node.childNodes : []));
  }
  for (const node of [...body.querySelectorAll("span[data-style]")]) {
    if (/font-weight:\s*(bold|[6-9]00)/i.test(node.dataset.style)) rename(node, "strong");
  }
  for (const node of [...body.querySelectorAll("h1, h5, h6")]) rename(node, RENAMED[node.tagName]);
  for (const node of body.querySelectorAll("p, div")) align(node);
  for (const node of [...body.querySelectorAll("p[data-style*='mso-list']")]) listed(node);
  for (const node of [...body.querySelectorAll("p")]) trim(node);
  return body.innerHTML;
}

function rename(node, name) {
  const fresh = node.ownerDocument.createElement(name);
  fresh.append(...node.childNodes);
  node.replaceWith(fresh);
}

function align(node) {
  const given = `${node.getAttribute("align") ?? ""} ${/text-align:\s*(\w+)/i.exec(node.dataset.style ?? "")?.[1] ?? ""}`;
  const side = /center/i.test(given) ? "centre" : /right/i.test(given) ? "right" : "";
  node.className = side;
}

/** A paragraph of a list is its mark, kept as it was printed where it is a Chinese number, and its words. */
function listed(node) {
  const mark = node.querySelector("span[data-style*='mso-list:Ignore'], span[data-style*='mso-list: Ignore']");
  if (!mark) return;
  const sign = mark.textContent.replace(/[\s\u00a0]/g, "");
  if (CHINESE.test(sign)) {
    mark.replaceWith(sign);
    return;
  }
  mark.remove();
  const number = NUMBER.exec(sign);
  const name = number ? "ol" : "ul";
  const item = node.ownerDocument.createElement("li");
  const words = node.ownerDocument.createElement("p");
  words.append(...node.childNodes);
  item.append(words);
  const before = node.previousElementSibling;
  if (before?.localName === name && before.dataset.pasted) {
    before.append(item);
    node.remove();
    return;
  }
  const list = node.ownerDocument.createElement(name);
  list.dataset.pasted = "yes";
  if (number && number[1] !== "1") list.setAttribute("start", number[1]);
  list.append(item);
  node.replaceWith(list);
}

/** The sheet indents a paragraph, so the spaces somebody typed for it go; an empty one goes whole. */
function trim(node) {
  const first = node.ownerDocument.createTreeWalker(node, NodeFilter.SHOW_TEXT).nextNode();
  if (first) first.data = first.data.replace(/^[\s\u3000\u00a0]+/, "");
  if (!node.textContent.trim() && !node.closest("td, th")) node.remove();
}
