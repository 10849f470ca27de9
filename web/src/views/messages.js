// The list of messages: it stays at the newest while the reader does, and where the reader is otherwise.

import { h, icon, reconcile, setText } from "../dom.js";
import { formatDay, formatFull, formatSize, formatTime, linkParts } from "../format.js";
import { currentLanguage, t } from "../i18n.js";
import { layoutRows } from "../timeline.js";
import { avatar } from "./parts.js";

const AT_END_PX = 60;
const LOAD_OLDER_PX = 300;

export function messageList(chat) {
  const begin = h("p", { class: "beginning" });
  const rows = h("ol", { class: "messages", testid: "messages", role: "log", "aria-label": t("messages"), "aria-live": "off" });
  const failed = h("div", { class: "load-failed" }, h("p", {}, t("loadFailed")),
    h("button", { type: "button", class: "button quiet", on: { click: () => chat.load() } }, t("tryAgain")));
  const scroller = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": t("messages"), on: { scroll: onScroll } }, h("div", { class: "column" }, begin, failed, rows));
  const pillText = h("span");
  const pill = h("button", { type: "button", class: "pill", testid: "new-messages", hidden: true, on: { click: toEnd } }, icon("down"), pillText);
  // The log itself is not live: older pages would be read out too. What others say right now goes through here.
  const announcer = h("div", { class: "visually-hidden", "aria-live": "polite" });
  const element = h("section", { class: "stage" }, scroller, pill, announcer);

  let channelId = null, timeline = null;
  let atEnd = true;   // the reader follows the newest
  let unseen = 0;     // arrived below what the reader looks at

  const distance = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  function toEnd() {
    scroller.scrollTop = scroller.scrollHeight;
    atEnd = true;
    unseen = 0;
    showPill();
  }
  function onScroll() {
    atEnd = distance() < AT_END_PX;
    if (atEnd) unseen = 0;
    showPill();
    if (timeline?.phase === "ready" && scroller.scrollTop < LOAD_OLDER_PX) chat.loadOlder();
  }
  function showPill() {
    pill.hidden = atEnd || (unseen === 0 && distance() < scroller.clientHeight);
    setText(pillText, unseen ? t("newMessages", { count: unseen }) : t("toNewest"));
    pill.classList.toggle("has-new", unseen > 0);
  }

  chat.onArrived = (messages) => {
    if (!atEnd) unseen += messages.length;
    for (const { author, content } of messages) {
      announcer.append(h("p", {}, t("says", { name: author?.username ?? t("unknownUser"), text: content })));
    }
    while (announcer.childElementCount > 5) announcer.firstElementChild.remove();
  };

  // A keyboard on a phone, or a growing composer, takes room from below.
  const resized = new ResizeObserver(() => { if (atEnd) toEnd(); });
  resized.observe(scroller);

  return {
    element,
    dispose: () => resized.disconnect(),
    update(id, next, me) {
      if (id === channelId && next === timeline) return;
      const switched = id !== channelId;
      const sending = !switched && next.pending.length > (timeline?.pending.length ?? 0);
      const older = !switched && timeline?.messages.length > 0 && next.messages[0]?.id !== timeline.messages[0].id;
      const fromEnd = scroller.scrollHeight - scroller.scrollTop;
      [channelId, timeline] = [id, next];

      reconcile(rows, layoutRows(next.messages, next.pending, me.id), create, refresh);
      scroller.setAttribute("aria-busy", String(next.phase === "loading" || next.loadingOlder));
      failed.hidden = next.phase !== "failed";
      begin.hidden = next.phase === "failed";
      setText(begin, t(next.phase === "loading" || next.hasOlder ? "loading" : next.messages.length ? "beginning" : "emptyChannel"));
      begin.classList.toggle("is-alone", rows.childElementCount === 0);

      if (switched || sending || atEnd) toEnd();
      else if (older) scroller.scrollTop = scroller.scrollHeight - fromEnd;
      showPill();
      // A first page that does not fill the view leaves nothing to scroll.
      if (next.phase === "ready" && next.hasOlder && !next.loadingOlder && scroller.scrollHeight <= scroller.clientHeight) chat.loadOlder();
    },
  };

  function create(row) {
    if (row.kind === "day") return daySeparator(row.at);
    return row.kind === "message" ? messageRow(row) : pendingRow(row);
  }

  function refresh(item, row) {
    if (row.kind === "day") return;
    item.classList.toggle("is-first", row.first);
    item.classList.toggle("is-last", row.last);
    if (row.kind === "pending" && item.dataset.state !== row.pending.state) showPendingState(item, row.pending);
  }

  function showPendingState(item, { receipt, state, reason }) {
    item.dataset.state = state;
    const words = { queued: "pendingQueued", sending: "pendingSending", sent: "pendingSent", failed: "pendingFailed" };
    const status = item.querySelector(".message-status");
    status.replaceChildren(t(words[state]));
    if (state !== "failed") return;
    if (reason) status.append(` · ${reason}`);
    status.append(
      h("button", { type: "button", class: "link-button", testid: "retry", on: { click: () => chat.retry(receipt) } }, t("retry")),
      h("button", { type: "button", class: "link-button", testid: "discard", on: { click: () => chat.discard(receipt) } }, t("discard")));
  }
}

function daySeparator(at) {
  const words = { today: t("today"), yesterday: t("yesterday") };
  return h("li", { class: "day" }, h("span", {}, formatDay(at, currentLanguage(), Date.now(), words)));
}

function messageRow({ message, mine }) {
  const { id, author, content, createdAt, attachments } = message;
  const language = currentLanguage();
  const name = author?.username ?? t("unknownUser");
  return h("li", { class: `message ${mine ? "is-mine" : ""}`, testid: "message", data: { messageId: id } },
    avatar(author),
    h("div", { class: "message-body" },
      h("span", { class: "message-author", testid: "message-author" }, name),
      h("div", { class: "message-line" },
        h("div", { class: "bubble" },
          h("div", { class: "message-content", testid: "message-content" }, ...richText(content ?? "")),
          (attachments ?? []).map((file) => h("div", { class: "attachment" }, icon("file"), `${file.fileName} · ${formatSize(file.size)}`))),
        h("time", { class: "message-time", testid: "message-time", datetime: createdAt, title: formatFull(createdAt, language) }, formatTime(createdAt, language)))));
}

function pendingRow({ pending }) {
  return h("li", { class: "message is-mine is-pending", testid: "pending" },
    h("div", { class: "message-body" },
      h("div", { class: "message-line" }, h("div", { class: "bubble" }, h("div", { class: "message-content" }, ...richText(pending.content)))),
      h("span", { class: "message-status", role: "status" })));
}

const richText = (text) => linkParts(text).map((part) =>
  part.href ? h("a", { href: part.href, target: "_blank", rel: "noopener noreferrer" }, part.text) : part.text);
