// What this browser remembers: language, colours, the channel last open, what was read. Works without storage too, only forgetfully.

function read(key) {
  try { return JSON.parse(localStorage.getItem(`parley.${key}`)); } catch { return null; }
}
function write(key, value) {
  try { localStorage.setItem(`parley.${key}`, JSON.stringify(value)); } catch { /* private mode, or full */ }
}

export const prefs = {
  get language() { return read("language"); },
  set language(code) { write("language", code); },
  get theme() { return read("theme"); },
  set theme(name) { write("theme", name); },
  lastChannel: (userId) => read(`channel.${userId}`),
  setLastChannel: (userId, channelId) => write(`channel.${userId}`, channelId),
};

const darkByDefault = matchMedia("(prefers-color-scheme: dark)");

export const isDark = () => (prefs.theme ?? (darkByDefault.matches ? "dark" : "light")) === "dark";

/** Without a choice of the user the style sheet follows the system by itself. */
export function applyTheme() {
  if (prefs.theme) document.documentElement.dataset.theme = prefs.theme;
}

export function toggleTheme() {
  prefs.theme = isDark() ? "light" : "dark";
  applyTheme();
}
