// The list of messages: it stays at the newest while the reader does, and where the reader is otherwise.

import { h, icon, reconcile, setText } from "../dom.js";
import { formatDay } from "../format.js";
import { currentLanguage, t } from "../i18n.js";
import { layoutRows } from "../timeline.js";
import { editMessage, messageRow, updateMessageRow } from "./message.js";
import { pendingRow, updatePendingRow } from "./pending.js";

const AT_END_PX = 60;
const LOAD_OLDER_PX = 300;

export function messageList(chat) {
  const begin = h("p", { class: "beginning" });
  const loading = h("p", { class: "loading" }, t("loading"));
  const rows = h("ol", { class: "messages", testid: "messages", role: "log", "aria-label": t("messages"), "aria-live": "off", on: { keydown: onKey } });
  const failed = h("div", { class: "load-failed" }, h("p", {}, t("loadFailed")),
    h("button", { type: "button", class: "button quiet", on: { click: () => chat.load() } }, t("tryAgain")));
  const scroller = h("div", { class: "scroller", tabindex: "0", role: "region", "aria-label": t("messages"), on: { scroll: onScroll } },
    h("div", { class: "column" }, begin, failed, rows), loading);
  const pillText = h("span");
  const pill = h("button", { type: "button", class: "pill", testid: "new-messages", hidden: true, on: { click: toEnd } }, icon("down"), pillText);
  // The log itself is not live: older pages would be read out too. What others say right now goes through here.
  const announcer = h("div", { class: "visually-hidden", "aria-live": "polite" });
  const element = h("section", { class: "stage" }, scroller, pill, announcer);

  const actions = {
    retry: (receipt) => chat.outbox.retry(channelId, receipt),
    discard: (receipt) => chat.outbox.discard(channelId, receipt),
  };
  let channelId = null, timeline = null, people = null, users = new Map();
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
    if (timeline?.phase === "ready" && scroller.scrollTop < LOAD_OLDER_PX) chat.history.loadOlder(channelId);
  }
  function showPill() {
    pill.hidden = atEnd || (unseen === 0 && distance() < scroller.clientHeight);
    setText(pillText, unseen ? t("newMessages", { count: unseen }) : t("toNewest"));
    pill.classList.toggle("has-new", unseen > 0);
  }

  /** Of the menus of one's own messages the last is in the order of Tab; the arrows lead to the others. */
  function onKey(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (!step || !event.target.matches(".message-menu")) return;
    event.preventDefault();
    const menus = [...rows.querySelectorAll(".message-menu")];
    menus[menus.indexOf(event.target) + step]?.focus();
  }
  function letOneMenuIn() {
    const menus = rows.querySelectorAll(".message-menu");
    for (const menu of menus) menu.tabIndex = -1;
    if (menus.length > 0) menus[menus.length - 1].tabIndex = 0;
  }

  chat.onArrived = (messages) => {
    if (!atEnd) unseen += messages.length;
    for (const { author, content, attachments } of messages) {
      announcer.append(h("p", {}, t("says", { name: author?.username ?? t("unknownUser"), text: content || t("files", { count: attachments.length }) })));
    }
    while (announcer.childElementCount > 5) announcer.firstElementChild.remove();
  };

  // A keyboard on a phone, or a growing composer, takes room from below.
  const resized = new ResizeObserver(() => { if (atEnd) toEnd(); });
  resized.observe(scroller);

  return {
    element,
    dispose: () => resized.disconnect(),
    /** Up in an empty composer: the last of one's own messages, to be put right. */
    editLast() {
      const own = rows.querySelectorAll(".message.is-mine:not(.is-pending)");
      if (own.length > 0) editMessage(chat, own[own.length - 1]);
    },
    update(id, next, me, everybody) {
      if (id === channelId && next === timeline && everybody === people) return;
      if (everybody !== people) users = new Map(everybody.map((user) => [user.id, user]));
      people = everybody;
      const switched = id !== channelId;
      const sending = !switched && next.pending.length > (timeline?.pending.length ?? 0);
      const older = !switched && timeline?.messages.length > 0 && next.messages[0]?.id !== timeline.messages[0].id;
      const fromEnd = scroller.scrollHeight - scroller.scrollTop;
      [channelId, timeline] = [id, next];

      reconcile(rows, layoutRows(next.messages, next.pending, me.id), create, refresh);
      letOneMenuIn();
      scroller.setAttribute("aria-busy", String(next.phase === "loading" || next.loadingOlder));
      failed.hidden = next.phase !== "failed";
      loading.hidden = next.phase !== "loading";
      begin.hidden = next.phase !== "ready";
      setText(begin, t(next.hasOlder ? "loading" : next.messages.length ? "beginning" : "emptyChannel"));
      begin.classList.toggle("is-alone", rows.childElementCount === 0);

      if (switched || sending || atEnd) toEnd();
      else if (older) scroller.scrollTop = scroller.scrollHeight - fromEnd;
      showPill();
      // A first page that does not fill the view leaves nothing to scroll.
      if (next.phase === "ready" && next.hasOlder && !next.loadingOlder && scroller.scrollHeight <= scroller.clientHeight) chat.history.loadOlder(channelId);
    },
  };

  function create(row) {
    if (row.kind === "day") return daySeparator(row.at);
    return row.kind === "message" ? messageRow(chat, row) : pendingRow(row);
  }

  function refresh(item, row) {
    if (row.kind === "day") return;
    item.classList.toggle("is-first", row.first);
    item.classList.toggle("is-last", row.last);
    if (row.kind === "pending") updatePendingRow(item, row.pending, actions);
    else updateMessageRow(chat, item, row.message, users.get(row.message.author?.id) ?? row.message.author);
  }
}

function daySeparator(at) {
  const words = { today: t("today"), yesterday: t("yesterday") };
  return h("li", { class: "day" }, h("span", {}, formatDay(at, currentLanguage(), Date.now(), words)));
}
