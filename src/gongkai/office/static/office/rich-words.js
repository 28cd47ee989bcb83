/* The few words the editor's own dialogs say. They are asked for while it loads, so this module comes first. */
const WORDS = {
  "Edit Link": "链接",
  URL: "网址",
  Title: "说明",
  Update: "确定",
  Cancel: "取消",
};
window.gettext ??= (words) => WORDS[words] ?? words;
