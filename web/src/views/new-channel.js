// The dialog that makes a public channel.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { checkChannel } from "../rules.js";
import { field, inWords, showProblems } from "./parts.js";
import { explain } from "./toast.js";

export function newChannelDialog(chat) {
  const fields = {
    name: field({ name: "name", label: t("channelName"), hint: t("ruleChannelName"), testid: "channel-name", maxlength: "50", autocomplete: "off" }),
    description: field({ name: "description", label: t("channelDescription"), testid: "channel-description", maxlength: "255", autocomplete: "off" }),
  };
  const message = h("p", { class: "form-message", role: "alert" });
  const button = h("button", { type: "submit", class: "button", testid: "channel-create" }, t("create"));

  async function onSubmit(event) {
    event.preventDefault();
    const name = fields.name.value.trim();
    if (!showProblems(fields, inWords(checkChannel({ name })))) return;
    button.disabled = true;
    try {
      await chat.createChannel(name, fields.description.value.trim());
      dialog.close();
    } catch (error) {
      message.textContent = explain(error);
      showProblems(fields, error.code === "VALIDATION_ERROR" ? error.details : {});
    }
    button.disabled = false;
  }

  const dialog = h("dialog", { class: "dialog", "aria-labelledby": "dialog-title", on: { close: () => dialog.remove() } },
    h("form", { class: "form", testid: "channel-form", novalidate: true, on: { submit: onSubmit } },
      h("h2", { id: "dialog-title", class: "dialog-title" }, t("newChannel")),
      message, fields.name.element, fields.description.element,
      h("div", { class: "dialog-foot" },
        h("button", { type: "button", class: "button quiet", on: { click: () => dialog.close() } }, t("cancel")), button)));
  document.body.append(dialog);
  dialog.showModal();
  fields.name.input.focus();
}
