/* The text of a document, written as it will be published. The kit's editor on a textarea, with our own buttons. */
import "./rich-words.js";
import { tidy } from "./rich-paste.js";
import {
  Blockquote, Bold, BulletList, Document, Dropcursor, Editor, Extension, Gapcursor, HardBreak, Heading, History,
  HorizontalRule, Italic, Link, ListItem, OrderedList, Paragraph, Strike, Subscript, Superscript, Table, TableCell,
  TableHeader, TableRow, Text, Underline,
} from "../django_prose_editor/editor.js";

const SIDES = ["flush", "centre", "right"];
/* A style would need the policy loosened, here and on every page that publishes; a class needs nothing. */
const Side = Extension.create({
  name: "side",
  addGlobalAttributes: () => [
    {
      types: ["paragraph"],
      attributes: {
        class: { default: null, parseHTML: (node) => SIDES.find((side) => node.classList.contains(side)) ?? null },
      },
    },
  ],
});
const EXTENSIONS = [
  Document, Paragraph, Text, HardBreak, Heading.configure({ levels: [2, 3, 4] }), Bold, Italic, Underline, Strike,
  Subscript, Superscript, Blockquote, HorizontalRule, BulletList, OrderedList, ListItem, Side,
  Link.configure({ enableTarget: false, autolink: false, linkOnPaste: false }),
  Table.configure({ resizable: false }), TableRow, TableHeader, TableCell, History, Dropcursor, Gapcursor,
];

const heading = (level) => ({
  run: (chain) => chain.toggleHeading({ level }),
  active: (editor) => editor.isActive("heading", { level }),
});
const side = (name) => ({
  run: (chain, editor) => {
    const active = editor.isActive("paragraph", { class: name });
    return chain.updateAttributes("paragraph", { class: active ? null : name });
  },
  active: (editor) => editor.isActive("paragraph", { class: name }),
});
const inTable = (run) => ({ run, hidden: (editor) => !editor.isActive("table") });
const VERBS = {
  paragraph: { run: (chain) => chain.setParagraph(), active: (editor) => editor.isActive("paragraph") },
  heading1: heading(2),
  heading2: heading(3),
  heading3: heading(4),
  bold: { run: (chain) => chain.toggleBold(), active: (editor) => editor.isActive("bold") },
  flush: side("flush"),
  centre: side("centre"),
  right: side("right"),
  bullets: { run: (chain) => chain.toggleBulletList(), active: (editor) => editor.isActive("bulletList") },
  numbers: { run: (chain) => chain.toggleOrderedList(), active: (editor) => editor.isActive("orderedList") },
  link: {
    run: (chain, editor) => (editor.isActive("link") ? chain.unsetLink() : chain.addLink()),
    active: (editor) => editor.isActive("link"),
    able: (editor) => editor.isActive("link") || !editor.state.selection.empty,
  },
  table: {
    run: (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }),
    hidden: (editor) => editor.isActive("table"),
  },
  rowAfter: inTable((chain) => chain.addRowAfter()),
  columnAfter: inTable((chain) => chain.addColumnAfter()),
  rowOff: inTable((chain) => chain.deleteRow()),
  columnOff: inTable((chain) => chain.deleteColumn()),
  merge: { ...inTable((chain) => chain.mergeCells()), able: (editor) => editor.can().mergeCells() },
  split: { ...inTable((chain) => chain.splitCell()), able: (editor) => editor.can().splitCell() },
  headerRow: inTable((chain) => chain.toggleHeaderRow()),
  tableOff: inTable((chain) => chain.deleteTable()),
  undo: { run: (chain) => chain.undo(), able: (editor) => editor.can().undo() },
  redo: { run: (chain) => chain.redo(), able: (editor) => editor.can().redo() },
};

function begin(box) {
  const textarea = box.querySelector("textarea");
  const place = document.createElement("div");
  place.className = "prose-editor";
  textarea.before(place);
  const editor = new Editor({
    element: place,
    extensions: EXTENSIONS,
    content: box.querySelector("template").innerHTML,
    injectCSS: false, // The policy refuses a style that a script brings; rich.css has it.
    editorProps: {
      attributes: {
        id: `${textarea.id}_text`,
        class: "document form-control",
        role: "textbox",
        "aria-multiline": "true",
        "aria-labelledby": `${textarea.id}_label`,
        "aria-describedby": `${textarea.id}_helptext`,
      },
      transformPastedHTML: tidy,
    },
    // What nobody touched goes back as it came.
    onUpdate: ({ editor }) => { textarea.value = editor.isEmpty ? "" : editor.getHTML(); },
  });
  textarea.hidden = true;
  for (const node of box.querySelectorAll(".rich-bar, .rich-keys")) node.hidden = false;
  box.querySelector("label").addEventListener("click", () => editor.commands.focus());
  toolbar(box.querySelector(".rich-bar"), editor);
}

/** Buttons that say what holds at the cursor; one stop of the tabulator, then the arrows, as the ARIA pattern has it. */
function toolbar(bar, editor) {
  const buttons = [...bar.querySelectorAll("[data-verb]")];
  const shown = () => buttons.filter((button) => !button.hidden);
  const stop = (chosen) => { for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1; };
  const show = () => {
    for (const button of buttons) {
      const verb = VERBS[button.dataset.verb];
      button.hidden = verb.hidden?.(editor) ?? false;
      button.setAttribute("aria-disabled", String(!(verb.able?.(editor) ?? true)));
      if (verb.active) button.setAttribute("aria-pressed", String(verb.active(editor)));
    }
    if (!shown().some((button) => button.tabIndex === 0)) stop(shown()[0]);
  };
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-verb]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    stop(button);
    VERBS[button.dataset.verb].run(editor.chain().focus(), editor).run();
  });
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") editor.commands.focus();
    if (!step) return;
    event.preventDefault();
    const all = shown();
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    stop(next);
    next.focus();
  });
  editor.view.dom.addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "F10") {
      event.preventDefault();
      buttons.find((button) => button.tabIndex === 0).focus();
    }
  });
  editor.on("transaction", show);
  stop(buttons[0]);
  show();
}

for (const box of document.querySelectorAll("[data-rich]")) begin(box);
