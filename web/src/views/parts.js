// Pieces that more than one view shows.

import { h, icon, iconButton, setText } from "../dom.js";
import { hueOf, initial } from "../format.js";
import { t } from "../i18n.js";
import { isDark, toggleTheme } from "../prefs.js";

/**
 * The picture of a user, or initials on a colour of the user's own while there is none to show; decoration, the name always
 * stands beside it.
 */
export function avatar(files, user, className = "") {
  const element = h("span", { class: `avatar ${className}`.trim(), "aria-hidden": "true" }, h("span", { class: "avatar-letter" }));
  updateAvatar(files, element, user);
  return element;
}

export function updateAvatar(files, element, user) {
  setText(element.firstElementChild, initial(user?.username));
  const hue = `hue-${hueOf(user?.id)}`;
  if (!element.classList.contains(hue)) {
    element.classList.remove(...[...element.classList].filter((name) => name.startsWith("hue-")));
    element.classList.add(hue);
  }
  const shown = user?.profile?.id ?? "";
  if (element.dataset.picture === shown) return;
  element.dataset.picture = shown;
  if (!shown) return showPicture(element, null);
  files.follow(user.profile, element, async (dto) => {
    if (dto.status !== "SUCCESS") return;
    const url = await files.url(dto).catch(() => null);
    if (element.dataset.picture === dto.id) showPicture(element, url);
  });
}

/** The old picture stays until the new one is there to be drawn; one that cannot be drawn is none. */
function showPicture(element, url) {
  const old = element.querySelector("img");
  if (!url) return old?.remove();
  const image = h("img", { alt: "", src: url, draggable: "false" });
  image.decode().then(() => { old?.remove(); element.append(image); }, () => old?.remove());
}

/** An avatar with the dot that says who is here. */
export function presenceAvatar(files, user) {
  return h("span", { class: "presence" }, avatar(files, user), h("span", { class: "presence-dot" }));
}

export const ROLES = { USER: "roleUser", CHANNEL_MANAGER: "roleManager", ADMIN: "roleAdmin" };

export function updatePresence(element, online) {
  const text = t(online ? "online" : "offline");
  element.classList.toggle("is-online", online);
  element.title = text;
}

export const brand = () => h("span", { class: "brand" }, h("span", { class: "brand-mark", "aria-hidden": "true" }), "Parley");

export function languageSwitch(switchLanguage) {
  return h("button", {
    type: "button", class: "text-button", testid: "language", "aria-label": t("languageLabel"), on: { click: switchLanguage },
  }, t("language"));
}

export function themeSwitch() {
  const button = iconButton("moon", "", { testid: "theme", on: { click: () => { toggleTheme(); update(); } } });
  const update = () => {
    const label = t(isDark() ? "themeToLight" : "themeToDark");
    button.setAttribute("aria-label", label);
    button.title = label;
    button.replaceChildren(icon(isDark() ? "sun" : "moon"));
  };
  update();
  return button;
}

/** A labelled input with a hint and room for what is wrong with it. */
export function field({ name, label, hint, testid, ...attributes }) {
  const input = h("input", { id: `field-${testid}`, name, testid, class: "input", "aria-describedby": `hint-${testid} error-${testid}`, ...attributes });
  const error = h("p", { id: `error-${testid}`, class: "field-error" });
  const element = h("div", { class: "field" },
    h("label", { for: input.id, class: "label" }, label), input,
    h("div", { id: `hint-${testid}`, class: "hint" }, hint), error);
  return {
    element, input,
    get value() { return input.value; },
    setError(text) {
      setText(error, text ?? "");
      if (text) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    },
  };
}

/** Shows what is wrong beside the fields and takes the user to the first. True when nothing is. */
export function showProblems(fields, problems) {
  let first = null;
  for (const [name, one] of Object.entries(fields)) {
    one.setError?.(problems[name]);
    if (problems[name]) first ??= one.input;
  }
  first?.focus();
  return first === null;
}

/** The texts of a record of field → key. */
export const inWords = (problems) => Object.fromEntries(Object.entries(problems).map(([name, key]) => [name, t(key)]));
