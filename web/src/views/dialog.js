// Windows over the page. The element is a <dialog>, which keeps the focus inside and gives it back at the end.

import { h, iconButton } from "../dom.js";
import { t } from "../i18n.js";

let serial = 0;

/** Opens at once. Gives {element, close}. Escape closes it; where nothing can be lost (`isReading`), so does a click beside it. */
export function openDialog({ title, testid, class: className = "", isReading = false }, ...content) {
  const id = `dialog-${++serial}`;
  const close = () => element.close();
  const onPointer = (event) => { if (isReading && event.target === element && isBeside(event, element)) close(); };
  const element = h("dialog", {
    class: `dialog ${className}`.trim(), testid, "aria-labelledby": id, on: { close: () => element.remove(), pointerdown: onPointer },
  },
  h("div", { class: "dialog-head" }, h("h2", { id, class: "dialog-title" }, title),
    iconButton("close", t("close"), { class: "dialog-close", testid: "dialog-close", on: { click: close } })),
  ...content);
  document.body.append(element);
  element.showModal();
  return { element, close };
}

function isBeside({ clientX, clientY }, element) {
  const box = element.getBoundingClientRect();
  return clientX < box.left || clientX > box.right || clientY < box.top || clientY > box.bottom;
}

/** All of them, when the page they belong to goes. */
export function closeDialogs() {
  for (const element of document.querySelectorAll("dialog[open]")) element.close();
}
