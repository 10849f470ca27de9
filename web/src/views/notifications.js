// The bell of the page: how many notifications there are, and the panel with them. A click reads one, which deletes it, and
// opens what it is about.

import { h, icon, iconButton, reconcile, setText } from "../dom.js";
import { formatAgo, formatFull } from "../format.js";
import { currentLanguage, t } from "../i18n.js";
import { rolesOfNotice } from "../notices.js";
import { place } from "./menu.js";
import { ROLES } from "./parts.js";
import { tell } from "./toast.js";

const ago = (instant) => formatAgo(instant, currentLanguage(), Date.now(), t("justNow"));

/** `opened()` is called when a click has opened a channel. */
export function notificationsView({ chat, opened }) {
  const badge = h("span", { class: "badge", testid: "badge", "aria-hidden": "true" });
  const button = iconButton("bell", "", { class: "bell-button", testid: "notifications", "aria-haspopup": "dialog", on: { click: toggle } });
  button.append(badge);
  const list = h("ul", { class: "notices" });
  const clear = h("button", {
    type: "button", class: "link-button", testid: "notifications-clear", on: { click: () => chat.notices.dismissAll().catch(tell) },
  }, t("clearAll"));
  const empty = h("div", { class: "notices-empty" }, icon("bell"), h("p", { class: "empty-title" }, t("noNotifications")), h("p", {}, t("noNotificationsHint")));
  const panel = h("div", {
    class: "panel", popover: "auto", role: "dialog", tabindex: "-1", "aria-label": t("notifications"), testid: "notifications-panel", on: { toggle: onToggle },
  }, h("div", { class: "panel-head" }, h("h2", { class: "bar-title" }, t("notifications")), h("span", { class: "spacer" }), clear), list, empty);
  let notices = null;

  function toggle() {
    panel.togglePopover();
    if (!panel.matches(":popover-open")) return;
    place(panel, button);
    (list.querySelector("button") ?? panel).focus();
  }
  function onToggle({ newState }) {
    button.setAttribute("aria-expanded", String(newState === "open"));
    for (const time of list.querySelectorAll("time")) setText(time, ago(time.dateTime));
  }
  async function open(notice, element) {
    const next = element.nextElementSibling ?? element.previousElementSibling;
    (next?.querySelector("button") ?? button).focus();
    try {
      if (!(await chat.openNotice(notice))) return;
      panel.hidePopover();
      opened();
    } catch (error) {
      tell(error);
    }
  }
  function row({ notice }) {
    const roles = rolesOfNotice(notice);
    const [from, to] = (roles ?? []).map((role) => t(ROLES[role]));
    const at = notice.createdAt;
    const element = h("li", {}, h("button", {
      type: "button", class: "notice", testid: "notice", data: { noticeId: notice.id }, on: { click: () => open(notice, element) },
    }, h("span", { class: "notice-head" }, h("span", { class: "notice-title" }, roles ? t("roleNotice") : notice.title),
      h("time", { class: "notice-time", datetime: at, title: formatFull(at, currentLanguage()) }, ago(at))),
    h("span", { class: "notice-text" }, roles ? t("roleNoticeText", { from, to }) : notice.content)));
    return element;
  }

  return {
    button, panel,
    update(next) {
      if (next === notices) return;
      notices = next;
      reconcile(list, notices.map((notice) => ({ key: notice.id, notice })), row, () => {});
      const count = notices.length;
      setText(badge, count === 0 ? "" : count > 99 ? "99+" : String(count));
      clear.hidden = count === 0;
      empty.hidden = count > 0;
      const label = t(count ? "notificationsNew" : "notifications", { count });
      button.setAttribute("aria-label", label);
      button.title = label;
    },
  };
}
