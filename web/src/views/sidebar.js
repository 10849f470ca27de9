// Left: public channels, private chats, and who I am.

import { channelName, isUnread, othersIn, splitChannels } from "../channels.js";
import { h, icon, iconButton, reconcile, setText } from "../dom.js";
import { t } from "../i18n.js";
import { newChannelDialog } from "./new-channel.js";
import { avatar, brand, languageSwitch, presenceAvatar, themeSwitch, updatePresence } from "./parts.js";

const ROLES = { USER: "roleUser", CHANNEL_MANAGER: "roleManager", ADMIN: "roleAdmin" };

export function sidebarView({ chat, openChannel, switchLanguage, logout, close }) {
  const open = h("ul", { class: "list" });
  const direct = h("ul", { class: "list" });
  const noChannels = h("p", { class: "list-empty" }, t("noChannels"));
  const noPrivate = h("p", { class: "list-empty" }, t("noPrivate"));
  const create = iconButton("plus", t("newChannel"), { testid: "new-channel", on: { click: () => newChannelDialog(chat) } });
  const myAvatar = h("span");
  const myName = h("span", { class: "me-name" });
  const myRole = h("span", { class: "me-role" });
  const me = h("div", { class: "me", testid: "me" }, myAvatar, h("span", { class: "me-text" }, myName, myRole));

  const element = h("nav", { class: "sidebar drawer", "aria-label": t("channels") },
    h("div", { class: "bar" }, brand(), h("span", { class: "spacer" }), close),
    h("div", { class: "scroll" },
      h("div", { class: "section" }, h("h2", { class: "section-title" }, t("channels")), create),
      open, noChannels,
      h("div", { class: "section" }, h("h2", { class: "section-title" }, t("directMessages"))),
      direct, noPrivate),
    h("div", { class: "foot" }, me,
      h("div", { class: "foot-tools" },
        languageSwitch(switchLanguage), themeSwitch(),
        iconButton("leave", t("logout"), { testid: "logout", on: { click: logout } }))));

  let last = {};
  return {
    element,
    update(state) {
      if (["me", "channels", "users", "currentId", "seen"].every((part) => state[part] === last[part])) return;
      last = state;
      const { me: user, channels, users, currentId, seen, listed } = state;
      const online = new Set(users.filter((one) => one.online).map((one) => one.id));
      const rows = (some) => some.map((channel) => ({ key: channel.id, channel, name: channelName(channel, user.id, t("unknownUser")) }));
      const update = (item, { channel, name }) => {
        const unread = isUnread(channel, seen);
        const button = item.firstElementChild;
        button.dataset.name = name;
        button.classList.toggle("is-current", channel.id === currentId);
        button.classList.toggle("is-unread", unread);
        button.setAttribute("aria-current", String(channel.id === currentId));
        setText(button.querySelector(".entry-name"), name);
        setText(button.querySelector(".unread"), unread ? t("unread") : "");
        if (channel.type === "PRIVATE") updatePresence(button.querySelector(".presence"), othersIn(channel, user.id).some((one) => online.has(one.id)));
      };
      const split = splitChannels(channels);
      const make = ({ channel }) => entry(channel, user.id, openChannel);
      reconcile(open, rows(split.open), make, update);
      reconcile(direct, rows(split.direct), make, update);
      noChannels.hidden = !listed || split.open.length > 0;
      noPrivate.hidden = !listed || split.direct.length > 0;
      create.hidden = user.role === "USER";
      myAvatar.replaceChildren(avatar(user));
      setText(myName, user.username);
      setText(myRole, t(ROLES[user.role] ?? "roleUser"));
    },
  };
}

function entry(channel, myId, openChannel) {
  const sign = channel.type === "PUBLIC" ? h("span", { class: "entry-sign" }, icon("hash")) : presenceAvatar(othersIn(channel, myId)[0]);
  return h("li", {}, h("button", {
    type: "button", class: "entry", testid: "channel", data: { channelId: channel.id }, on: { click: () => openChannel(channel.id) },
  }, sign, h("span", { class: "entry-name" }), h("span", { class: "unread" })));
}
