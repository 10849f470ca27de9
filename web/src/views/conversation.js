// Middle: what is open, its messages, and where to write.

import { channelName, managesChannels, othersIn } from "../channels.js";
import { h, icon, iconButton, setText } from "../dom.js";
import { t } from "../i18n.js";
import { timelineOf } from "../store.js";
import { channelItems } from "./channel-dialogs.js";
import { composerView } from "./composer.js";
import { dropZone } from "./drop-zone.js";
import { openMenu } from "./menu.js";
import { messageList } from "./messages.js";
import { avatar, updateAvatar } from "./parts.js";
import { tell } from "./toast.js";

export function conversationView({ chat, showChannels, showPeople }) {
  const news = h("span", { class: "news-dot", hidden: true });
  const showChannelsButton = iconButton("menu", t("showChannels"), { class: "show-channels", testid: "show-channels", on: { click: showChannels } });
  showChannelsButton.append(news);
  const sign = h("span", { class: "head-sign" });
  const title = h("h1", { class: "head-title", testid: "title" });
  const note = h("p", { class: "head-note" });
  const connectionText = h("span", { class: "connection-text" });
  const connection = h("span", { class: "connection", testid: "connection", role: "status" }, h("span", { class: "connection-dot" }), connectionText);
  const bell = iconButton("bell", "", { class: "bell", testid: "bell", on: { click: () => chat.reads.setBell(last.channel, !last.rings).catch(tell) } });
  const more = iconButton("more", t("channelMenu"), {
    testid: "channel-menu", "aria-haspopup": "menu", on: { click: () => openMenu(more, t("channelMenu"), channelItems(chat, last.channel)) },
  });
  const banner = h("p", { class: "banner" }, t("connectionHint"));
  const nothing = h("div", { class: "empty" }, h("span", { class: "brand-mark large", "aria-hidden": "true" }),
    h("p", { class: "empty-title" }, t("nothingOpen")), h("p", { class: "empty-text" }, t("nothingOpenHint")));
  const list = messageList(chat);
  const composer = composerView({ chat, editLast: list.editLast });

  const element = h("main", { class: "conversation" },
    h("header", { class: "bar head" },
      showChannelsButton, sign, h("div", { class: "head-text" }, title, note), h("span", { class: "spacer" }), connection, bell, more,
      iconButton("people", t("showPeople"), { class: "show-people", testid: "show-people", on: { click: showPeople } })),
    nothing, list.element, banner, composer.element);
  element.append(dropZone(element, (files) => last.channel && composer.add(files)));

  let last = {};
  return {
    element,
    dispose: list.dispose,
    update(state, { hasNews }) {
      const { me, users, channels, currentId, reads, connection: how, wasConnected, listed } = state;
      const channel = channels.find((one) => one.id === currentId) ?? null;
      const rings = reads[currentId]?.notificationEnabled ?? false;
      connection.dataset.state = how;
      setText(connectionText, t(how === "connected" ? "connectionConnected" : how === "offline" ? "connectionOffline"
        : wasConnected ? "connectionReconnecting" : "connectionConnecting"));
      banner.hidden = how === "connected" || !wasConnected || !channel;
      nothing.hidden = Boolean(channel) || !listed;
      list.element.hidden = composer.element.hidden = bell.hidden = !channel;
      more.hidden = !channel || !managesChannels(me);
      news.hidden = !hasNews;
      if (channel !== last.channel || me !== last.me || users !== last.users) head(channel, me, users);
      if (rings !== last.rings) showBell(rings);
      composer.update(channel, channel && channelName(channel, me.id, t("unknownUser")));
      list.update(channel?.id ?? null, timelineOf(state, currentId), me, users);
      last = { channel, me, users, rings };
    },
  };

  function head(channel, me, users) {
    setText(title, channel ? channelName(channel, me.id, t("unknownUser")) : "Parley");
    title.title = title.textContent;
    setText(note, channel ? noteOf(channel) : "");
    if (!channel || channel.type === "PUBLIC") return sign.replaceChildren(...(channel ? [icon("hash")] : []));
    const [other] = othersIn(channel, me.id);
    const user = users.find((one) => one.id === other?.id) ?? other;
    if (sign.firstElementChild?.matches(".avatar")) updateAvatar(chat.files, sign.firstElementChild, user);
    else sign.replaceChildren(avatar(chat.files, user));
  }

  function showBell(rings) {
    const label = t(rings ? "bellOff" : "bellOn");
    bell.setAttribute("aria-label", label);
    bell.setAttribute("aria-pressed", String(rings));
    bell.title = label;
    bell.replaceChildren(icon(rings ? "bell" : "bellOff"));
  }
}

function noteOf(channel) {
  if (channel.type === "PUBLIC") return channel.description ?? "";
  return channel.participants.length <= 2 ? t("privateNote") : t("groupNote", { count: channel.participants.length });
}
