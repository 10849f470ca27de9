// The page of somebody who is logged in: channels, the conversation, people. On narrow screens the outer two are drawers.

import { isUnread } from "../channels.js";
import { h, iconButton } from "../dom.js";
import { t } from "../i18n.js";
import { conversationView } from "./conversation.js";
import { hasFiles } from "./drop-zone.js";
import { peopleView } from "./people.js";
import { sidebarView } from "./sidebar.js";
import { tell } from "./toast.js";

export function appView({ store, chat, switchLanguage, logout }) {
  let opener = null;
  const openDrawer = (name) => (event) => {
    opener = event.currentTarget;
    element.dataset.drawer = name;
    element.querySelector(`.${name} .drawer-close`).focus();
  };
  const closeDrawer = () => {
    if (!element.dataset.drawer) return;
    delete element.dataset.drawer;
    opener?.focus();
  };
  const onKey = (event) => {
    if (event.key === "Escape" && !element.querySelector(":popover-open")) closeDrawer();  // else it closes that
  };
  /** Beside the place for them, the browser would leave the page for a file that is dropped. */
  const refuseFiles = (event) => {
    if (event.defaultPrevented || !hasFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "none";
  };
  const opened = () => { delete element.dataset.drawer; };
  const go = (action) => (...values) => {
    opened();
    action(...values).catch(tell);
  };

  const drawerClose = () => iconButton("close", t("close"), { class: "drawer-close", on: { click: closeDrawer } });
  const sidebar = sidebarView({ store, chat, opened, openChannel: go((id) => chat.open(id)), switchLanguage, logout, close: drawerClose() });
  const people = peopleView({ chat, openDirect: go((id) => chat.openPrivate([id])), close: drawerClose() });
  const conversation = conversationView({ chat, showChannels: openDrawer("sidebar"), showPeople: openDrawer("people") });

  const element = h("div", { class: "app", testid: "app", on: { keydown: onKey, dragover: refuseFiles, drop: refuseFiles } },
    sidebar.element, conversation.element, people.element,
    h("div", { class: "backdrop", on: { click: closeDrawer } }));

  let shown = null;
  const update = (state) => {
    if (shown === state) return;
    shown = state;
    const unread = state.channels.filter((channel) => isUnread(channel, state.reads[channel.id])).length;
    const news = { hasNews: unread > 0 || state.notices.length > 0 };
    for (const view of [sidebar, people, conversation]) view.update(state, news);
    document.title = unread ? `(${unread}) Parley` : "Parley";
  };
  let unsubscribe;
  return {
    element,
    ready: () => { unsubscribe = store.subscribe(update); },
    dispose: () => { unsubscribe(); conversation.dispose(); },
  };
}
