// What the server said when it refused, in full: for whoever has to tell somebody about it.

import { h, icon } from "../dom.js";
import { formatFull } from "../format.js";
import { currentLanguage, t } from "../i18n.js";
import { openDialog } from "./dialog.js";

const textOf = (value) => (value !== null && typeof value === "object" ? JSON.stringify(value) : String(value));

export function errorWindow(error) {
  const details = Object.entries(error.details ?? {});
  const rows = [
    [t("errorCode"), [error.status, error.code].filter(Boolean).join(" · ")],
    ...details.map(([name, value]) => [name, textOf(value)]),
    error.at && [t("errorTime"), formatFull(error.at, currentLanguage())],
    error.requestId && [t("errorRequest"), error.requestId],
  ].filter(Boolean);
  const dialog = openDialog({ title: t("errorTitle"), testid: "error-window", isReading: true },
    h("p", { class: "error-message", role: "alert" }, icon("alert"), h("span", { testid: "error-message" }, error.message || t("failed"))),
    h("dl", { class: "facts", testid: "error-facts" }, rows.flatMap(([name, value]) => [h("dt", {}, name), h("dd", {}, value)])),
    h("div", { class: "dialog-foot" }, copyButton(rows, error.message),
      h("button", { type: "button", class: "button", testid: "error-close", on: { click: () => dialog.close() } }, t("close"))));
  dialog.element.querySelector(".button:last-child").focus();
}

function copyButton(rows, message) {
  if (!navigator.clipboard) return null;  // only where the page came over https, or from this machine
  const text = [message, ...rows.map(([name, value]) => `${name}: ${value}`)].join("\n");
  const button = h("button", { type: "button", class: "button quiet", on: {
    click: () => navigator.clipboard.writeText(text).then(() => { button.textContent = t("copied"); }, () => {}),
  } }, t("copy"));
  return button;
}
