// A word in passing, at the edge of the page; what the server forbids gets a window of its own.

import { h } from "../dom.js";
import { ApiError } from "../errors.js";
import { errorWindow } from "./error-window.js";
import { explain } from "./explain.js";

const SHOWN_MS = 6_000;
let shelf = null;

/** Whatever went wrong: in full if it was forbidden, else in passing. */
export function tell(problem) {
  if (problem instanceof ApiError && problem.status === 403) errorWindow(problem);
  else toast(problem);
}

export function toast(problem) {
  // A shelf that is a popover lies above an open dialog, as long as it is raised after it.
  shelf ??= document.body.appendChild(h("div", { class: "toasts", popover: "manual", role: "status", "aria-live": "polite" }));
  if (shelf.matches(":popover-open")) shelf.hidePopover();
  shelf.showPopover();
  const text = explain(problem);
  for (const old of [...shelf.children]) if (old.textContent === text) old.remove();
  const element = h("p", { class: "toast", testid: "toast" }, text);
  shelf.append(element);
  setTimeout(() => {
    element.remove();
    if (shelf.childElementCount === 0) shelf.hidePopover();
  }, SHOWN_MS);
}
