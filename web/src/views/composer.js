// Where one writes. Enter sends, Shift+Enter breaks the line, and an Enter that ends the composing of a syllable does neither.

import { h, icon } from "../dom.js";
import { t } from "../i18n.js";
import { MESSAGE_LIMIT } from "../rules.js";

const TALLEST_PX = 180;
const SHOW_COUNT_FROM = MESSAGE_LIMIT - 200;

export function composerView(chat) {
  const input = h("textarea", { class: "composer-input", testid: "composer-input", rows: "1", maxlength: String(MESSAGE_LIMIT), enterkeyhint: "send", on: { input: onInput, keydown: onKey } });
  const count = h("span", { class: "composer-count", "aria-live": "polite" });
  const button = h("button", { type: "submit", class: "send", testid: "composer-send", "aria-label": t("send"), title: t("send") }, icon("send"));
  const element = h("form", { class: "composer", on: { submit: onSubmit } },
    h("div", { class: "composer-box" }, input, count, button),
    h("p", { class: "composer-hint" }, t("sendHint")));
  let channelId = null;

  function fit() {
    button.disabled = input.value.trim() === "";
    count.textContent = input.value.length >= SHOW_COUNT_FROM ? `${input.value.length} / ${MESSAGE_LIMIT}` : "";
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, TALLEST_PX)}px`;
  }
  function onInput() {
    chat.drafts.set(channelId, input.value);
    fit();
  }
  function onKey(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    element.requestSubmit();
  }
  function onSubmit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    onInput();
    chat.send(text);
    input.focus();
  }

  return {
    element,
    update(channel, name) {
      if (!channel || channel.id === channelId) return;
      channelId = channel.id;
      const label = t(channel.type === "PUBLIC" ? "messageToChannel" : "messageToPerson", { name });
      input.placeholder = label;
      input.setAttribute("aria-label", label);
      input.value = chat.drafts.get(channelId) ?? "";
      fit();
      if (matchMedia("(pointer: fine)").matches) input.focus();  // elsewhere it would bring up a keyboard unasked
    },
  };
}
