// Pieces that more than one view shows.

import { h, icon, iconButton, setText } from "../dom.js";
import { hueOf, initial } from "../format.js";
import { t } from "../i18n.js";
import { isDark, toggleTheme } from "../prefs.js";

/** Initials on a colour of the user's own; decoration, the name always stands beside it. */
export function avatar(user, className = "") {
  return h("span", { class: `avatar hue-${hueOf(user?.id)} ${className}`.trim(), "aria-hidden": "true" }, initial(user?.username));
}

/** An avatar with the dot that says who is here. */
export function presenceAvatar(user) {
  return h("span", { class: "presence" }, avatar(user), h("span", { class: "presence-dot" }));
}

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
  const input = h("input", { id: `field-${name}`, name, testid, class: "input", "aria-describedby": `hint-${name} error-${name}`, ...attributes });
  const error = h("p", { id: `error-${name}`, class: "field-error" });
  const element = h("div", { class: "field" },
    h("label", { for: input.id, class: "label" }, label), input,
    h("div", { id: `hint-${name}`, class: "hint" }, hint), error);
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
    one.setError(problems[name]);
    if (problems[name]) first ??= one.input;
  }
  first?.focus();
  return first === null;
}

/** The texts of a record of field → key. */
export const inWords = (problems) => Object.fromEntries(Object.entries(problems).map(([name, key]) => [name, t(key)]));
