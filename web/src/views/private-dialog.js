// Choosing the people of a new private chat.

import { searchPeople } from "../channels.js";
import { h, icon, reconcile, setText } from "../dom.js";
import { currentLanguage, t } from "../i18n.js";
import { formDialog } from "./form-dialog.js";
import { presenceAvatar, updateAvatar, updatePresence } from "./parts.js";

/** `opened()` is called when the chat is open. */
export function privateDialog({ chat, store, opened }) {
  const chosen = new Map();  // id → user, in the order of choice
  const search = h("input", {
    class: "input", type: "search", testid: "private-search", placeholder: t("searchPeople"), "aria-label": t("searchPeople"), autocomplete: "off",
    on: { input: update, keydown: onKey },
  });
  const chips = h("ul", { class: "chips", "aria-live": "polite" });
  const list = h("ul", { class: "picker-list", "aria-label": t("people") });
  const nobody = h("p", { class: "list-empty" });

  const dialog = formDialog({
    title: t("newPrivate"), intro: t("newPrivateHint"), testid: "private-form", submit: t("startChat"), submitId: "private-create",
    before: h("div", { class: "picker" }, h("div", { class: "search" }, icon("search"), search), chips, list, nobody),
    async act() {
      await chat.openPrivate([...chosen.keys()]);
      opened();
    },
  });
  search.focus();
  update();

  function choose(user, isChosen) {
    if (isChosen) chosen.set(user.id, user);
    else chosen.delete(user.id);
    update();
  }
  /** Enter takes the first that was found; a second one, with nothing looked for any more, starts the chat. */
  function onKey(event) {
    if (event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector("input")?.focus();
    }
    if (event.key !== "Enter" || event.isComposing || search.value.trim() === "") return;
    event.preventDefault();
    const [first] = found();
    if (!first) return;
    search.value = "";
    choose(first, true);
  }
  function found() {
    const { users, me } = store.get();
    return searchPeople(users, me.id, search.value, currentLanguage());
  }
  function update() {
    const rows = found();
    reconcile(list, rows.map((user) => ({ key: user.id, user })), ({ user }) => person(user), (item, { user }) => {
      item.querySelector("input").checked = chosen.has(user.id);
      updateAvatar(chat.files, item.querySelector(".avatar"), user);
      updatePresence(item.querySelector(".presence"), Boolean(user.online));
    });
    reconcile(chips, [...chosen.values()].map((user) => ({ key: user.id, user })), ({ user }) => chip(user), () => {});
    chips.hidden = chosen.size === 0;
    nobody.hidden = rows.length > 0;
    setText(nobody, t(search.value.trim() ? "nobodyFound" : "nobody"));
    dialog.button.disabled = chosen.size === 0;
  }
  function person(user) {
    const box = h("input", { type: "checkbox", class: "visually-hidden", on: { change: () => choose(user, box.checked), keydown: onArrow } });
    return h("li", {}, h("label", { class: "pick", testid: "pick", data: { username: user.username } }, box, presenceAvatar(chat.files, user),
      h("span", { class: "pick-text" }, h("span", { class: "entry-name" }, user.username), h("span", { class: "pick-mail" }, user.email)),
      h("span", { class: "pick-box", "aria-hidden": "true" }, icon("check"))));
  }
  function onArrow(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const boxes = [search, ...list.querySelectorAll("input")];
    boxes[Math.min(boxes.indexOf(event.target) + step, boxes.length - 1)].focus();
  }
  function chip(user) {
    const leaveOut = () => {
      choose(user, false);
      search.focus();
    };
    return h("li", {}, h("button", { type: "button", class: "chip", "aria-label": t("unchoose", { name: user.username }), on: { click: leaveOut } },
      h("span", { class: "chip-name" }, user.username), icon("close")));
  }
}
