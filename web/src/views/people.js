// Right: everybody else, those who are here first. A click opens the private chat; an administrator also gives roles here.

import { searchPeople } from "../channels.js";
import { h, iconButton, reconcile, setText } from "../dom.js";
import { currentLanguage, t } from "../i18n.js";
import { formDialog } from "./form-dialog.js";
import { openMenu } from "./menu.js";
import { ROLES, presenceAvatar, updateAvatar, updatePresence } from "./parts.js";
import { toast } from "./toast.js";

const IN_A_SENTENCE = { USER: "aMember", CHANNEL_MANAGER: "aManager", ADMIN: "anAdmin" };

export function peopleView({ chat, openDirect, close }) {
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
      const others = searchPeople(state.users, state.me.id, "", currentLanguage());
      setText(count, others.length ? `${others.filter((user) => user.online).length} / ${others.length}` : "");
      count.title = t("online");
      nobody.hidden = !state.listed || others.length > 0;
      reconcile(list, others.map((user) => ({ key: user.id, user })), ({ user }) => person(user), (item, { user }) => {
        const button = item.querySelector(".entry");
        button.dataset.username = user.username;
        button.dataset.role = user.role;
        button.classList.toggle("is-away", !user.online);
        button.title = t("startPrivate", { name: user.username });
        setText(button.querySelector(".entry-name"), user.username);
        setText(button.querySelector(".entry-note"), user.role === "USER" ? "" : t(ROLES[user.role] ?? "roleUser"));
        setText(button.querySelector(".visually-hidden"), t(user.online ? "online" : "offline"));
        updateAvatar(chat.files, button.querySelector(".avatar"), user);
        updatePresence(button.querySelector(".presence"), Boolean(user.online));
        const more = item.querySelector(".entry-menu");
        more.hidden = state.me.role !== "ADMIN";
        more.setAttribute("aria-label", t("personMenu", { name: user.username }));
        more.title = more.getAttribute("aria-label");
      });
    },
  };

  function person(user) {
    const now = () => last.users.find((one) => one.id === user.id) ?? user;
    const more = iconButton("more", "", { class: "entry-menu", testid: "person-menu", "aria-haspopup": "menu", on: { click: () => personMenu(more, now()) } });
    const text = h("span", { class: "entry-text" }, h("span", { class: "entry-name" }), h("span", { class: "entry-note", testid: "person-role" }));
    return h("li", { class: "entry-row" }, h("button", {
      type: "button", class: "entry", testid: "person", data: { userId: user.id }, on: { click: () => openDirect(user.id) },
    }, presenceAvatar(chat.files, user), text, h("span", { class: "visually-hidden" })), more);
  }

  function personMenu(button, user) {
    openMenu(button, t("personMenu", { name: user.username }), [
      { label: t("chatPrivately"), icon: "chat", act: () => openDirect(user.id) },
      { heading: t("roleOf", { name: user.username }) },
      ...Object.entries(ROLES).map(([role, key]) => ({
        label: t(key), checked: user.role === role, testid: `role-${role}`, act: () => user.role !== role && roleDialog(user, role),
      })),
    ]);
  }

  function roleDialog(user, role) {
    const names = { name: user.username, role: t(IN_A_SENTENCE[role]) };
    formDialog({
      title: t("roleTitle", names), intro: t("roleText", names), testid: "role-form", submit: t("roleChange"), submitId: "role-confirm",
      async act() {
        await chat.setRole(user, role);
        toast(t("roleChanged", names));
      },
    });
  }
}
