// A message on its way: its words, its files, how far they have come, and what may be done about it.

import { h, icon, setText } from "../dom.js";
import { formatSize } from "../format.js";
import { t } from "../i18n.js";
import { explain } from "./explain.js";
import { richText } from "./message.js";

const WORDS = { queued: "pendingQueued", sending: "pendingSending", sent: "pendingSent", failed: "pendingFailed" };

export function pendingRow({ pending: { content, files } }) {
  const bar = h("div", { class: "progress", role: "progressbar", "aria-valuemin": "0", "aria-valuemax": "100", "aria-label": t("fileUploading") }, h("span"));
  return h("li", { class: "message is-mine is-pending", testid: "pending" },
    h("div", { class: "message-body" },
      h("div", { class: "message-line" }, h("div", { class: "message-stack" },
        content && h("div", { class: "bubble" }, h("div", { class: "message-content" }, ...richText(content))),
        files.length > 0 && h("div", { class: "attachments" }, files.map(row), bar))),
      h("span", { class: "message-status" }, h("span", { class: "status-text", role: "status" }), h("span", { class: "status-actions" }))));
}

const row = (file) => h("div", { class: "file" }, h("span", { class: "file-sign" }, icon("file")),
  h("span", { class: "file-text" }, h("span", { class: "file-name" }, file.name), h("span", { class: "file-note" }, formatSize(file.size))));

/** `retry` and `discard` take the receipt. */
export function updatePendingRow(element, { receipt, state, reason, progress }, { retry, discard }) {
  const percent = Math.round(progress * 100);
  setText(element.querySelector(".status-text"), textOf(state, percent, reason));
  const bar = element.querySelector(".progress");
  if (bar) {
    bar.setAttribute("aria-valuenow", String(percent));
    bar.firstElementChild.style.width = `${percent}%`;
    bar.hidden = state !== "uploading";
  }
  if (element.dataset.state === state) return;
  element.dataset.state = state;
  const action = (testid, label, act) => h("button", { type: "button", class: "link-button", testid, on: { click: () => act(receipt) } }, t(label));
  element.querySelector(".status-actions").replaceChildren(
    ...(state === "uploading" ? [action("upload-cancel", "uploadCancel", discard)] : []),
    ...(state === "failed" ? [action("retry", "retry", retry), action("discard", "discard", discard)] : []));
}

function textOf(state, percent, reason) {
  if (state === "uploading") return percent < 100 ? t("pendingUploading", { percent }) : t("pendingStoring");
  return reason ? `${t(WORDS[state])} · ${explain(reason)}` : t(WORDS[state]);
}
