// Middle: what is open, its messages, and where to write.

import { channelName, othersIn } from "../channels.js";
import { h, icon, iconButton, setText } from "../dom.js";
import { t } from "../i18n.js";
import { timelineOf } from "../store.js";
import { composerView } from "./composer.js";
import { messageList } from "./messages.js";
import { avatar } from "./parts.js";

export function conversationView({ chat, showChannels, showPeople }) {
  const sign = h("span", { class: "head-sign" });
  const title = h("h1", { class: "head-title", testid: "title" });
  const note = h("p", { class: "head-note" });
  const connectionText = h("span", { class: "connection-text" });
  const connection = h("span", { class: "connection", testid: "connection", role: "status" }, h("span", { class: "connection-dot" }), connectionText);
  const banner = h("p", { class: "banner" }, t("connectionHint"));
  const nothing = h("div", { class: "empty" }, h("span", { class: "brand-mark large", "aria-hidden": "true" }),
    h("p", { class: "empty-title" }, t("nothingOpen")), h("p", { class: "empty-text" }, t("nothingOpenHint")));
  const list = messageList(chat);
  const composer = composerView(chat);

  const element = h("main", { class: "conversation" },
    h("header", { class: "bar head" },
      iconButton("menu", t("showChannels"), { class: "show-channels", on: { click: showChannels } }),
      sign, h("div", { class: "head-text" }, title, note), h("span", { class: "spacer" }), connection,
      iconButton("people", t("showPeople"), { class: "show-people", on: { click: showPeople } })),
    nothing, list.element, banner, composer.element);

  let last = {};
  return {
    element,
    dispose: list.dispose,
    update(state) {
      const { me, channels, currentId, connection: how, wasConnected, listed } = state;
      const channel = channels.find((one) => one.id === currentId);
      connection.dataset.state = how;
      setText(connectionText, t(how === "connected" ? "connectionConnected" : how === "offline" ? "connectionOffline"
        : wasConnected ? "connectionReconnecting" : "connectionConnecting"));
      banner.hidden = how === "connected" || !wasConnected || !channel;
      nothing.hidden = Boolean(channel) || !listed;
      list.element.hidden = composer.element.hidden = !channel;
      if (channel !== last.channel || me !== last.me) head(channel, me);
      composer.update(channel, channel && channelName(channel, me.id, t("unknownUser")));
      list.update(channel?.id ?? null, timelineOf(state, currentId), me);
      last = { channel, me };
    },
  };

  function head(channel, me) {
    setText(title, channel ? channelName(channel, me.id, t("unknownUser")) : "Parley");
    setText(note, channel ? noteOf(channel) : "");
    sign.replaceChildren(...(!channel ? [] : [channel.type === "PUBLIC" ? icon("hash") : avatar(othersIn(channel, me.id)[0])]));
  }
}

function noteOf(channel) {
  if (channel.type === "PUBLIC") return channel.description ?? "";
  return channel.participants.length <= 2 ? t("privateNote") : t("groupNote", { count: channel.participants.length });
}
