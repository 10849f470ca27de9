// The files chosen for the message that is being written: by a click, dropped, or pasted.

import { h, icon, iconButton, reconcile, setText } from "../dom.js";
import { formatSize } from "../format.js";
import { t } from "../i18n.js";
import { checkFiles } from "../rules.js";

const isShowable = (file) => /^image\/(png|jpeg|gif|webp|avif|bmp)$/.test(file.type);

/** `onChange(files)` is called when the user has changed them. */
export function trayView(onChange) {
  let files = [];
  const keys = new WeakMap();  // File → {key, url}
  let serial = 0;
  const list = h("ul", { class: "tray-list", "aria-label": t("chosenFiles") });
  const refusal = h("p", { class: "field-error", role: "alert", testid: "tray-error" });
  const element = h("div", { class: "tray", testid: "tray" }, list, refusal);

  function keyOf(file) {
    if (!keys.has(file)) keys.set(file, { key: `file ${++serial}`, url: isShowable(file) ? URL.createObjectURL(file) : null });
    return keys.get(file);
  }
  function chip({ file, url }) {
    return h("li", { class: "tray-file", testid: "tray-file", data: { fileName: file.name } },
      h("span", { class: "file-sign" }, url ? h("img", { src: url, alt: "" }) : icon("file")),
      h("span", { class: "file-text" }, h("span", { class: "file-name", title: file.name }, file.name), h("span", { class: "file-note" }, formatSize(file.size))),
      iconButton("close", t("dropFile", { name: file.name }), { class: "small", testid: "tray-remove", on: { click: () => remove(file) } }));
  }
  function show() {
    reconcile(list, files.map((file) => ({ file, ...keyOf(file) })), chip, () => {});
    list.hidden = files.length === 0;
    element.hidden = files.length === 0 && refusal.textContent === "";
  }
  function release(file) {
    const { url } = keyOf(file);
    if (url) URL.revokeObjectURL(url);
    keys.delete(file);
  }
  function remove(file) {
    release(file);
    refusal.textContent = "";
    files = files.filter((one) => one !== file);
    show();
    onChange(files);
  }
  show();

  return {
    element,
    get files() { return files; },
    add(chosen) {
      const { accepted, refused } = checkFiles([...chosen], files);
      setText(refusal, refused.map(({ name, reason }) => t("fileRefused", { name, reason: t(reason) })).join(" · "));
      files = [...files, ...accepted];
      show();
      onChange(files);
    },
    /** They have been sent. */
    clear() {
      for (const file of files) release(file);
      this.put([]);
    },
    /** Another channel's, or none. */
    put(others) {
      refusal.textContent = "";
      files = others;
      show();
    },
  };
}
