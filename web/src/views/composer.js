// Where one writes. Enter sends, Shift+Enter breaks the line, and an Enter that ends the composing of a syllable does neither.

import { h, icon, iconButton } from "../dom.js";
import { t } from "../i18n.js";
import { MESSAGE_LIMIT } from "../rules.js";
import { trayView } from "./tray.js";

const TALLEST_PX = 180;
const SHOW_COUNT_FROM = MESSAGE_LIMIT - 200;

/** `editLast()` is what the up key does where nothing is written. */
export function composerView({ chat, editLast }) {
  const tray = trayView(keep);
  const chooser = h("input", { type: "file", multiple: true, hidden: true, testid: "file-input", on: { change: onChoice } });
  const attach = iconButton("clip", t("attach"), { class: "attach", testid: "attach", on: { click: () => chooser.click() } });
  const input = h("textarea", {
    class: "composer-input", testid: "composer-input", rows: "1", maxlength: String(MESSAGE_LIMIT), enterkeyhint: "send",
    on: { input: keep, keydown: onKey, paste: onPaste },
  });
  const count = h("span", { class: "composer-count", "aria-live": "polite" });
  const button = h("button", { type: "submit", class: "send", testid: "composer-send", "aria-label": t("send"), title: t("send") }, icon("send"));
  const element = h("form", { class: "composer", on: { submit: onSubmit } },
    h("div", { class: "composer-box" }, tray.element, h("div", { class: "composer-line" }, chooser, attach, input, count, button)),
    h("p", { class: "composer-hint" }, t("sendHint")));
  let channelId = null;

  function fit() {
    button.disabled = input.value.trim() === "" && tray.files.length === 0;
    count.textContent = input.value.length >= SHOW_COUNT_FROM ? `${input.value.length} / ${MESSAGE_LIMIT}` : "";
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, TALLEST_PX)}px`;
  }
  function keep() {
    chat.drafts.set(channelId, { text: input.value, files: tray.files });
    fit();
  }
  function onChoice() {
    add(chooser.files);
    chooser.value = "";  // so that the same file may be chosen again
  }
  function add(files) {
    tray.add(files);
    input.focus();
  }
  function onPaste(event) {
    const { files } = event.clipboardData;
    if (files.length === 0) return;
    event.preventDefault();
    add(files);
  }
  function onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowUp" && input.value === "" && tray.files.length === 0) {
      event.preventDefault();
      editLast();
    }
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    element.requestSubmit();
  }
  function onSubmit(event) {
    event.preventDefault();
    const text = input.value.trim();
    const { files } = tray;
    if (!text && files.length === 0) return;
    input.value = "";
    tray.clear();
    keep();
    chat.outbox.send(channelId, text, files);
    input.focus();
  }

  return {
    element, add,
    update(channel, name) {
      if (!channel) return;
      const label = t(channel.type === "PUBLIC" ? "messageToChannel" : "messageToPerson", { name });
      if (input.placeholder !== label) {
        input.placeholder = label;
        input.setAttribute("aria-label", label);
      }
      if (channel.id === channelId) return;
      channelId = channel.id;
      const { text = "", files = [] } = chat.drafts.get(channelId) ?? {};
      input.value = text;
      tray.put(files);
      fit();
      if (matchMedia("(pointer: fine)").matches) input.focus();  // elsewhere it would bring up a keyboard unasked
    },
  };
}
