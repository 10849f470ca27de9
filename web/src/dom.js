// The little that the views need of the DOM: elements from data, icons, and keyed lists.
// Nothing here reads markup from a string, so no text of a user can become an element.

const SVG = "http://www.w3.org/2000/svg";

/**
 * h("button", {class, testid, data: {…}, on: {click}, …attributes}, ...children)
 * Attributes that are false, null or undefined are left out; true gives an empty one. Children that are null or false are skipped.
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  const { class: className, testid, data, on, ...attributes } = props;
  if (className) element.className = className;
  if (testid) element.dataset.testid = testid;
  for (const [name, value] of Object.entries(data ?? {})) if (value != null) element.dataset[name] = value;
  for (const [name, listener] of Object.entries(on ?? {})) element.addEventListener(name, listener);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value == null) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child != null && child !== false));
  return element;
}

const ICONS = {
  hash: "M10 4 8 20M16 4l-2 16M5 9h15M4 15h15",
  people: "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 19.5c.4-3.5 3-5.5 6.5-5.5s6.1 2 6.5 5.5M16 4.8a3.5 3.5 0 0 1 0 6.4M18 14.5c2 .7 3.2 2.4 3.5 5",
  menu: "M4 7h16M4 12h16M4 17h16",
  plus: "M12 5v14M5 12h14",
  send: "M4.5 12 20 4.5 15 20l-3.5-6.5zM11.5 13.5 20 4.5",
  down: "M12 5v13M6 12.5l6 6 6-6",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M18.7 5.3l-1.4 1.4M6.7 17.3l-1.4 1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
  leave: "M14 4.5H6.5a1.5 1.5 0 0 0-1.5 1.5v12a1.5 1.5 0 0 0 1.5 1.5H14M10 12h10M16.5 8l4 4-4 4",
  close: "M6 6l12 12M18 6 6 18",
  file: "M13 3.5H7A1.5 1.5 0 0 0 5.5 5v14A1.5 1.5 0 0 0 7 20.5h10a1.5 1.5 0 0 0 1.5-1.5V9zM13 3.5V9h5.5",
  check: "M5 12.5l4.5 4.5L19 7.5",
  bell: "M18 16.5V11a6 6 0 0 0-12 0v5.5L4.5 18.5h15zM10 21h4",
  bellOff: "M7.5 7A6 6 0 0 1 18 11v4M6 10.5v6L4.5 18.5H16M10 21h4M4 4l16 16",
  more: "M4.5 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M11 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0M17.5 12a1 1 0 1 0 2 0a1 1 0 1 0-2 0",
  edit: "M4.5 19.5l1-4.5L15.5 5a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L9 18.5zM13.5 7l3.5 3.5",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l.8 11.5a1.5 1.5 0 0 0 1.5 1.5h5.4a1.5 1.5 0 0 0 1.5-1.5L17 7M10.5 11v5M13.5 11v5",
  clip: "M19 11.5l-7.2 7.2a4.6 4.6 0 0 1-6.5-6.5l7.6-7.6a3 3 0 0 1 4.3 4.3l-7.4 7.4a1.5 1.5 0 0 1-2.2-2.2L14 7.9",
  download: "M12 4v11M7 10.5l5 5 5-5M5 19.5h14",
  camera: "M4.5 8h3L9 5.5h6L16.5 8h3A1.5 1.5 0 0 1 21 9.5v8a1.5 1.5 0 0 1-1.5 1.5h-15A1.5 1.5 0 0 1 3 17.5v-8A1.5 1.5 0 0 1 4.5 8zM12 16a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  search: "M11 17.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM16 16l4 4",
  chat: "M5 5h14a1.5 1.5 0 0 1 1.5 1.5v9A1.5 1.5 0 0 1 19 17h-7l-4.5 3.5V17H5a1.5 1.5 0 0 1-1.5-1.5v-9A1.5 1.5 0 0 1 5 5z",
  alert: "M12 4 21 19.5H3zM12 10v4.5M12 17h.01",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

/** An icon that is a button: the label is its name and its tooltip. */
export function iconButton(name, label, props = {}) {
  return h("button", { type: "button", ...props, class: `icon-button ${props.class ?? ""}`.trim(), "aria-label": label, title: label }, icon(name));
}

export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/**
 * Makes the children of `parent` those of `rows`, in their order, keeping every element whose key is still there
 * (and with it focus, selection and scroll position). Each row has a `key`; `create` makes its element, `update` brings it up to date.
 */
export function reconcile(parent, rows, create, update) {
  const known = keyed.get(parent) ?? new Map();
  const next = new Map();
  for (const row of rows) next.set(row.key, known.get(row.key) ?? create(row));
  for (const [key, element] of known) if (!next.has(key)) element.remove();
  let place = parent.firstElementChild;
  for (const row of rows) {
    const element = next.get(row.key);
    update(element, row);
    if (element === place) place = place.nextElementSibling;
    else parent.insertBefore(element, place);
  }
  keyed.set(parent, next);
}
const keyed = new WeakMap();
