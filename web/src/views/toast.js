// A word in passing, at the edge of the page.

import { h } from "../dom.js";
import { NetworkError } from "../http.js";
import { CATALOGUE, t } from "../i18n.js";

const SHOWN_MS = 6_000;
let shelf = null;

/** What to tell the user about an error, the key of a text, or a text of the server. */
export function explain(problem) {
  if (problem instanceof NetworkError) return t("unreachable");
  if (problem instanceof Error) return problem.message || t("failed");
  return problem in CATALOGUE.en ? t(problem) : problem;
}

export function toast(problem) {
  if (!shelf) {
    shelf = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    document.body.append(shelf);
  }
  const text = explain(problem);
  for (const old of shelf.children) if (old.textContent === text) old.remove();
  const element = h("p", { class: "toast", testid: "toast" }, text);
  shelf.append(element);
  setTimeout(() => element.remove(), SHOWN_MS);
}
