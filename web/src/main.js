// Start: colours and language, then whoever the cookie says we are, then the view for it.

import { createApi } from "./api.js";
import { Chat } from "./chat.js";
import { h } from "./dom.js";
import { currentLanguage, preferredLanguage, setLanguage, t } from "./i18n.js";
import { applyTheme, prefs } from "./prefs.js";
import { Session } from "./session.js";
import { createStore, initialState } from "./store.js";
import { appView } from "./views/app.js";
import { authView } from "./views/auth.js";
import { closeDialogs } from "./views/dialog.js";
import { tell } from "./views/toast.js";

const root = document.getElementById("root");
const session = new Session();
let unmount = () => {};
let remount = () => {};  // the same view again, in another language

function show(makeView) {
  remount = () => {
    unmount();
    const { element, dispose, ready } = makeView();
    unmount = dispose ?? (() => {});
    root.replaceChildren(element);
    ready?.();
  };
  remount();
}

function useLanguage(code) {
  setLanguage(code);
  document.documentElement.lang = currentLanguage();
}

function switchLanguage() {
  useLanguage(currentLanguage() === "ko" ? "en" : "ko");
  prefs.language = currentLanguage();
  remount();
}

function showLogin(notice = null) {
  document.title = "Parley";
  const form = { mode: "login", notice, values: {}, picture: null };  // outlives a switch of language
  show(() => authView({ session, form, switchLanguage, again: () => remount() }));
}

let chat = null;

function showApp(user) {
  chat?.stop();
  const store = createStore(initialState(user));
  chat = new Chat(session, createApi(session), store);
  chat.onProblem = tell;
  show(() => appView({ store, chat, switchLanguage, logout: () => session.logout().catch(tell) }));
  chat.start();
}

session.onStart = showApp;
session.onEnd = (reason) => {
  chat?.stop();
  chat = null;
  closeDialogs();
  showLogin(reason);
};

async function start() {
  try {
    if (!(await session.restore())) showLogin();
  } catch {
    show(() => ({
      element: h("main", { class: "notice-page" },
        h("p", {}, t("unreachable")),
        h("button", { type: "button", class: "button", on: { click: start } }, t("tryAgain"))),
    }));
  }
}

applyTheme();
useLanguage(prefs.language ?? preferredLanguage(navigator.languages));
start();
