// Left: public channels, private chats, what is new, and who I am.

import { channelName, isUnread, managesChannels, othersIn, splitChannels } from "../channels.js";
import { h, icon, iconButton, reconcile, setText } from "../dom.js";
import { t } from "../i18n.js";
import { newChannelDialog } from "./channel-dialogs.js";
import { notificationsView } from "./notifications.js";
import { ROLES, avatar, brand, languageSwitch, presenceAvatar, themeSwitch, updateAvatar, updatePresence } from "./parts.js";
import { privateDialog } from "./private-dialog.js";
import { profileDialog } from "./profile-dialog.js";

export function sidebarView({ store, chat, openChannel, opened, switchLanguage, logout, close }) {
  const open = h("ul", { class: "list" });
  const direct = h("ul", { class: "list" });
  const noChannels = h("p", { class: "list-empty" }, t("noChannels"));
  const noPrivate = h("p", { class: "list-empty" }, t("noPrivate"));
  const create = iconButton("plus", t("newChannel"), { testid: "new-channel", on: { click: () => newChannelDialog(chat) } });
  const createPrivate = iconButton("plus", t("newPrivate"), { testid: "new-private", on: { click: () => privateDialog({ chat, store, opened }) } });
  const notifications = notificationsView({ chat, opened });
  const myAvatar = avatar(chat.files, store.get().me);
  const myName = h("span", { class: "me-name", testid: "my-name" });
  const myRole = h("span", { class: "me-role", testid: "my-role" });
  const me = h("button", { type: "button", class: "me", testid: "me", title: t("editProfile"), on: { click: () => profileDialog({ chat, store }) } },
    myAvatar, h("span", { class: "me-text" }, myName, myRole), h("span", { class: "visually-hidden" }, t("editProfile")));

  const element = h("nav", { class: "sidebar drawer", "aria-label": t("channels") },
    h("div", { class: "bar" }, brand(), h("span", { class: "spacer" }), notifications.button, close),
    notifications.panel,
    h("div", { class: "scroll" },
      h("div", { class: "section" }, h("h2", { class: "section-title" }, t("channels")), create),
      open, noChannels,
      h("div", { class: "section" }, h("h2", { class: "section-title" }, t("directMessages")), createPrivate),
      direct, noPrivate),
    h("div", { class: "foot" }, me,
      h("div", { class: "foot-tools" },
        languageSwitch(switchLanguage), themeSwitch(),
        iconButton("leave", t("logout"), { testid: "logout", on: { click: logout } }))));

  let last = {};
  return {
    element,
    update(state) {
      notifications.update(state.notices);
      if (["me", "channels", "users", "currentId", "reads"].every((part) => state[part] === last[part])) return;
      last = state;
      const { me: user, channels, users, currentId, reads, listed } = state;
      const people = new Map(users.map((one) => [one.id, one]));
      const rows = (some) => some.map((channel) => ({ key: channel.id, channel, name: channelName(channel, user.id, t("unknownUser")) }));
      const update = (item, { channel, name }) => {
        const unread = isUnread(channel, reads[channel.id]);
        const button = item.firstElementChild;
        button.dataset.name = name;
        button.title = name;
        button.classList.toggle("is-current", channel.id === currentId);
        button.classList.toggle("is-unread", unread);
        button.setAttribute("aria-current", String(channel.id === currentId));
        setText(button.querySelector(".entry-name"), name);
        setText(button.querySelector(".unread"), unread ? t("unread") : "");
        if (channel.type === "PRIVATE") showOthers(button, othersIn(channel, user.id).map((one) => people.get(one.id) ?? one));
      };
      const split = splitChannels(channels);
      const make = ({ channel }) => entry(channel, user.id);
      reconcile(open, rows(split.open), make, update);
      reconcile(direct, rows(split.direct), make, update);
      noChannels.hidden = !listed || split.open.length > 0;
      noPrivate.hidden = !listed || split.direct.length > 0;
      create.hidden = !managesChannels(user);
      updateAvatar(chat.files, myAvatar, user);
      setText(myName, user.username);
      setText(myRole, t(ROLES[user.role] ?? "roleUser"));
    },
  };

  function entry(channel, myId) {
    const sign = channel.type === "PUBLIC" ? h("span", { class: "entry-sign" }, icon("hash")) : presenceAvatar(chat.files, othersIn(channel, myId)[0]);
    return h("li", {}, h("button", {
      type: "button", class: "entry", testid: "channel", data: { channelId: channel.id }, on: { click: () => openChannel(channel.id) },
    }, sign, h("span", { class: "entry-name" }), h("span", { class: "unread" })));
  }

  /** The first of them stands for all; somebody of them is here, or nobody. */
  function showOthers(button, others) {
    updateAvatar(chat.files, button.querySelector(".avatar"), others[0]);
    updatePresence(button.querySelector(".presence"), others.some((one) => one.online));
  }
}
