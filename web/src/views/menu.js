// A menu at a button: a popover, so that a click elsewhere and Escape close it, with the keys that menus have.

import { h, icon } from "../dom.js";

const GAP_PX = 4;
const EDGE_PX = 8;

/**
 * `items`: {label, icon, danger, checked, testid, act}, or {heading}, or null for none. One with `checked` (a boolean) is one of
 * several to choose from.
 */
export function openMenu(button, label, items) {
  const close = () => menu.hidePopover();
  const menu = h("div", { class: "menu", popover: "auto", role: "menu", "aria-label": label, testid: "menu", on: { keydown: onKey, toggle: onToggle } },
    items.filter(Boolean).map((item) => (item.heading ? h("p", { class: "menu-heading", role: "presentation" }, item.heading) : choice(item, close))));
  document.body.append(menu);
  button.setAttribute("aria-expanded", "true");
  menu.showPopover();
  place(menu, button);
  choices()[0].focus();

  function choices() { return [...menu.querySelectorAll(".menu-item")]; }
  function onToggle(event) {
    if (event.newState !== "closed") return;
    button.removeAttribute("aria-expanded");
    if (menu.contains(document.activeElement) || document.activeElement === document.body) button.focus();
    menu.remove();
  }
  function onKey(event) {
    const all = choices();
    const at = all.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (event.key === "Tab") close();
    if (to === undefined) return;
    event.preventDefault();
    all.at(to % all.length).focus();
  }
}

function choice({ label, icon: sign, danger, checked, testid, act }, close) {
  const isRadio = checked !== undefined;
  return h("button", {
    type: "button", class: `menu-item ${danger ? "is-danger" : ""}`.trim(), role: isRadio ? "menuitemradio" : "menuitem", tabindex: "-1", testid,
    "aria-checked": isRadio ? String(checked) : null, on: { click: () => { close(); act(); } },
  }, isRadio ? h("span", { class: "menu-mark" }, checked && icon("check")) : icon(sign), h("span", {}, label));
}

/** Below the button, its right edges together; above it, or moved in, where there is no room. */
export function place(popover, button) {
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = popover;
  const left = Math.min(Math.max(EDGE_PX, at.right - width), innerWidth - width - EDGE_PX);
  const below = at.bottom + GAP_PX;
  const top = below + height + EDGE_PX <= innerHeight ? below : Math.max(EDGE_PX, at.top - height - GAP_PX);
  popover.style.left = `${left}px`;
  popover.style.top = `${top}px`;
}
