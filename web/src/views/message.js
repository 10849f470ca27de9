// One message: who, what, when; and for its author a menu, and a place to change it in.

import { h, iconButton, setText } from "../dom.js";
import { formatFull, formatTime, linkParts } from "../format.js";
import { currentLanguage, t } from "../i18n.js";
import { MESSAGE_LIMIT } from "../rules.js";
import { isEdited } from "../timeline.js";
import { attachmentsView } from "./attachments.js";
import { formDialog } from "./form-dialog.js";
import { openMenu } from "./menu.js";
import { avatar, updateAvatar } from "./parts.js";
import { tell } from "./toast.js";

export const richText = (text) => linkParts(text).map((part) =>
  part.href ? h("a", { href: part.href, target: "_blank", rel: "noopener noreferrer" }, part.text) : part.text);

export function messageRow(chat, { message, mine }) {
  const { id, author, createdAt } = message;
  const language = currentLanguage();
  const content = h("div", { class: "message-content", testid: "message-content" });
  const when = h("time", { class: "message-time", testid: "message-time", datetime: createdAt, title: formatFull(createdAt, language) }, formatTime(createdAt, language));
  const more = mine && iconButton("more", t("messageMenu"), {
    class: "message-menu", testid: "message-menu", tabindex: "-1", "aria-haspopup": "menu", on: { click: () => menuOf(chat, element, more) },
  });
  const element = h("li", { class: `message ${mine ? "is-mine" : ""}`, testid: "message", data: { messageId: id } },
    avatar(chat.files, author),
    h("div", { class: "message-body" },
      h("span", { class: "message-author", testid: "message-author" }),
      h("div", { class: "message-line" },
        h("div", { class: "message-stack" }, h("div", { class: "bubble" }, content)),
        h("span", { class: "message-side" }, more,
          h("span", { class: "message-when" }, h("span", { class: "message-edited", testid: "message-edited" }), when)))));
  return element;
}

const shown = new WeakMap();  // row → message
const idsOf = (message) => message?.attachments?.map(({ id }) => id).join() ?? "";

/** Brings the row up to date: words may be edited, and a person may have another name or picture now. */
export function updateMessageRow(chat, element, message, author) {
  setText(element.querySelector(".message-author"), author?.username ?? t("unknownUser"));
  updateAvatar(chat.files, element.firstElementChild, author);
  const before = shown.get(element);
  if (before === message) return;
  shown.set(element, message);
  const stack = element.querySelector(".message-stack");
  const [bubble] = stack.children;
  bubble.hidden = !message.content;
  if (before?.content !== message.content) bubble.firstElementChild.replaceChildren(...richText(message.content ?? ""));
  if (idsOf(before) !== idsOf(message)) {  // of their states the files tell by themselves
    stack.querySelector(".attachments")?.remove();
    const files = attachmentsView(chat.files, message.attachments ?? []);
    if (files) stack.append(files);
  }
  setText(element.querySelector(".message-edited"), isEdited(message) ? t("edited") : "");
}

function menuOf(chat, element, button) {
  openMenu(button, t("messageMenu"), [
    { label: t("edit"), icon: "edit", testid: "message-edit", act: () => editMessage(chat, element) },
    { label: t("remove"), icon: "trash", danger: true, testid: "message-delete", act: () => deleteMessageDialog(chat, shown.get(element)) },
  ]);
}

function deleteMessageDialog(chat, message) {
  formDialog({
    title: t("deleteMessageTitle"), intro: t("deleteMessageText"), testid: "message-delete-form",
    submit: t("remove"), submitId: "message-delete-confirm", danger: true,
    act: () => chat.history.remove(message),
  });
}

/** The words become a place to write in, until they are saved or left as they were. */
export function editMessage(chat, element) {
  if (element.classList.contains("is-editing")) return;
  const message = shown.get(element);
  const line = element.querySelector(".message-line");
  const input = h("textarea", {
    class: "input edit-input", testid: "edit-input", rows: "1", maxlength: String(MESSAGE_LIMIT), "aria-label": t("editMessage"),
    on: { input: fit, keydown: onKey },
  });
  input.value = message.content;
  const form = h("form", { class: "edit", on: { submit: onSubmit } }, input,
    h("div", { class: "edit-foot" }, h("span", { class: "hint" }, t("editHint")),
      h("button", { type: "button", class: "button quiet small", testid: "edit-cancel", on: { click: close } }, t("cancel")),
      h("button", { type: "submit", class: "button small", testid: "edit-save" }, t("save"))));
  element.classList.add("is-editing");
  line.before(form);
  fit();
  input.focus();
  form.scrollIntoView({ block: "nearest" });

  function fit() {
    input.style.height = "auto";
    input.style.height = `${input.scrollHeight + 2}px`;
  }
  function close() {
    form.remove();
    element.classList.remove("is-editing");
    document.querySelector(".composer-input")?.focus();
  }
  function onKey(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") { event.stopPropagation(); close(); }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  }
  async function onSubmit(event) {
    event.preventDefault();
    const content = input.value.trim();
    if (content === message.content || (content === "" && message.attachments.length === 0)) return close();
    try {
      await chat.history.edit(message, content);
      close();
    } catch (error) {
      tell(error);
    }
  }
}
