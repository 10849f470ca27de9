// Files that are dragged over an element: it shows where they may be dropped, and takes them.

import { h, icon } from "../dom.js";
import { t } from "../i18n.js";

export const hasFiles = (event) => event.dataTransfer?.types.includes("Files");

/** `take(files)`. Returns the sign to put into `element`. */
export function dropZone(element, take) {
  const sign = h("div", { class: "drop-zone", hidden: true, "aria-hidden": "true", testid: "drop-zone" },
    h("div", { class: "drop-box" }, icon("clip"), h("p", { class: "empty-title" }, t("dropHere")), h("p", {}, t("dropHereHint"))));
  let depth = 0;  // entering a child comes before leaving its parent
  const show = (change) => (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = Math.max(0, depth + change);
    sign.hidden = depth === 0;
  };
  element.addEventListener("dragenter", show(+1));
  element.addEventListener("dragleave", show(-1));
  element.addEventListener("dragover", show(0));
  element.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    depth = 0;
    sign.hidden = true;
    take(event.dataTransfer.files);
  });
  return sign;
}
