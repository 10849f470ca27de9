// How instants, names and texts are shown. Pure: no DOM, no clock of its own.

const cache = new Map();
function formatter(language, options) {
  const key = language + JSON.stringify(options);
  if (!cache.has(key)) cache.set(key, new Intl.DateTimeFormat(language, options));
  return cache.get(key);
}

export const formatTime = (instant, language) =>
  formatter(language, { hour: "numeric", minute: "2-digit" }).format(new Date(instant));

export const formatFull = (instant, language) =>
  formatter(language, { dateStyle: "full", timeStyle: "medium" }).format(new Date(instant));

const startOfDay = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();

/** Whole local days from `instant` to `now`; a day of 23 or 25 hours counts as one. */
export const daysAgo = (instant, now) => Math.round((startOfDay(new Date(now)) - startOfDay(new Date(instant))) / 86400000);

/** "Today", "Yesterday" (in the words given), or the date; the year only when it is not this one. */
export function formatDay(instant, language, now, words) {
  const ago = daysAgo(instant, now);
  if (ago === 0) return words.today;
  if (ago === 1) return words.yesterday;
  const date = new Date(instant);
  const year = date.getFullYear() === new Date(now).getFullYear() ? {} : { year: "numeric" };
  return formatter(language, { ...year, month: "long", day: "numeric", weekday: "long" }).format(date);
}

/** One letter for an avatar: the first of the name, whole even outside the basic plane. */
export const initial = (name) => ([...(name ?? "").trim()][0] ?? "?").toLocaleUpperCase();

export const HUES = 10;

/** A colour number that is the same for an id everywhere and always. */
export function hueOf(id) {
  let hash = 2166136261;
  for (const character of id ?? "") hash = Math.imul(hash ^ character.codePointAt(0), 16777619);
  return (hash >>> 0) % HUES;
}

export function formatSize(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  let value = bytes, unit = 0;
  while (value >= 1000 && unit < units.length - 1) { value /= 1000; unit++; }
  return `${unit === 0 || value >= 10 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** A text cut into plain parts and http(s) links; full stops and brackets after a link are not part of it. */
export function linkParts(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+/gi)) {
    const href = match[0].replace(/[.,;:!?'")\]}]+$/, "");
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: href, href });
    end = match.index + href.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

const STEPS = [["minute", 60], ["hour", 60], ["day", 24], ["week", 7]];

/** "5 minutes ago"; less than one is `now`, more than a week is the date. */
export function formatAgo(instant, language, now, justNow) {
  let count = (now - Date.parse(instant)) / 1000;
  let unit = null;
  for (const [name, size] of STEPS) {
    if (count < size) break;
    count /= size;
    unit = name;
  }
  if (!unit) return justNow;
  if (unit === "week") return formatter(language, { dateStyle: "medium" }).format(new Date(instant));
  return new Intl.RelativeTimeFormat(language, { numeric: "always", style: "short" }).format(-Math.floor(count), unit);
}
