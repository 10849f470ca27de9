// A form, or only a question, in a window of its own.

import { h } from "../dom.js";
import { ApiError } from "../errors.js";
import { t } from "../i18n.js";
import { fieldReasons } from "../rules.js";
import { openDialog } from "./dialog.js";
import { errorWindow } from "./error-window.js";
import { explain } from "./explain.js";
import { inWords, showProblems } from "./parts.js";

/**
 * A form in a window. `fields` are those of parts.js by name, `act(values)` does it, `check(values)` gives problems as keys;
 * without problems and once it is done the window closes.
 */
export function formDialog({ title, testid, submit, submitId, danger = false, intro, fields = {}, before, after, check = () => ({}), act }) {
  const message = h("p", { class: "form-message", role: "alert", testid: "dialog-message" });
  const button = h("button", { type: "submit", class: danger ? "button danger" : "button", testid: submitId }, submit);
  const values = () => Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, one.isSecret ? one.value : one.value.trim()]));

  async function onSubmit(event) {
    event.preventDefault();
    message.textContent = "";
    if (!showProblems(fields, inWords(check(values())))) return;
    button.disabled = true;
    try {
      await act(values());
      dialog.close();
    } catch (error) {
      if (error instanceof ApiError && error.status === 403) {
        dialog.close();
        return errorWindow(error);
      }
      message.textContent = explain(error);
      showProblems(fields, error.code === "VALIDATION_ERROR" ? fieldReasons(error.details) : {});
    }
    button.disabled = false;
  }

  const dialog = openDialog({ title, testid },
    h("form", { class: "form", novalidate: true, on: { submit: onSubmit } },
      intro && h("p", { class: "dialog-text" }, intro), message, before,
      Object.values(fields).map((one) => one.element),
      h("div", { class: "dialog-foot" }, after, h("span", { class: "spacer" }),
        h("button", { type: "button", class: "button quiet", on: { click: () => dialog.close() } }, t("cancel")), button)));
  (Object.values(fields)[0]?.input ?? button).focus();
  return { ...dialog, button };
}
