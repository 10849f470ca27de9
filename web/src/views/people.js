// Right: everybody else, those who are here first. A click opens the private chat.

import { h, reconcile, setText } from "../dom.js";
import { currentLanguage, t } from "../i18n.js";
import { presenceAvatar, updatePresence } from "./parts.js";

export function peopleView({ openDirect, close }) {
  const list = h("ul", { class: "list" });
  const count = h("span", { class: "count" });
  const nobody = h("p", { class: "list-empty" }, t("nobody"));
  const element = h("aside", { class: "people drawer", "aria-label": t("people") },
    h("div", { class: "bar" }, h("h2", { class: "bar-title" }, t("people")), count, h("span", { class: "spacer" }), close),
    h("div", { class: "scroll" }, list, nobody));

  let last = {};
  return {
    element,
    update(state) {
      if (state.users === last.users && state.me === last.me) return;
      last = state;
      const others = state.users.filter((user) => user.id !== state.me.id)
        .sort((a, b) => Number(b.online) - Number(a.online) || a.username.localeCompare(b.username, currentLanguage()));
      setText(count, others.length ? `${others.filter((user) => user.online).length} / ${others.length}` : "");
      count.title = t("online");
      nobody.hidden = !state.listed || others.length > 0;
      reconcile(list, others.map((user) => ({ key: user.id, user })), (row) => person(row.user, openDirect), (item, { user }) => {
        const button = item.firstElementChild;
        button.dataset.username = user.username;
        button.classList.toggle("is-away", !user.online);
        button.title = t("startPrivate", { name: user.username });
        setText(button.querySelector(".entry-name"), user.username);
        setText(button.querySelector(".visually-hidden"), t(user.online ? "online" : "offline"));
        updatePresence(button.querySelector(".presence"), Boolean(user.online));
      });
    },
  };
}

function person(user, openDirect) {
  return h("li", {}, h("button", {
    type: "button", class: "entry", testid: "person", data: { userId: user.id }, on: { click: () => openDirect(user.id) },
  }, presenceAvatar(user), h("span", { class: "entry-name" }), h("span", { class: "visually-hidden" })));
}
