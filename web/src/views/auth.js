// Logging in and signing up: one card, two forms.

import { h, icon } from "../dom.js";
import { t } from "../i18n.js";
import { PASSWORD_RULES, checkLogin, checkSignUp, fieldReasons } from "../rules.js";
import { brand, field, inWords, languageSwitch, showProblems, themeSwitch } from "./parts.js";
import { explain } from "./explain.js";
import { pictureField } from "./picture-field.js";

const NAME = { name: "username", autocomplete: "username", autocapitalize: "none", spellcheck: "false" };

/** `form` is {mode, notice, values, picture}: what has to survive when the view is made again. */
export function authView({ session, form, switchLanguage, again }) {
  const { element, first } = form.mode === "signup" ? signUpForm(session, form, again) : loginForm(session, form, again);
  return {
    element: h("main", { class: "auth" },
      h("section", { class: "auth-hero", "aria-hidden": "true" },
        h("div", { class: "hero-bubbles" },
          t("heroBubbles").map((text, at) => h("span", { class: `hero-bubble ${at % 2 ? "hero-right" : "hero-left"}` }, text))),
        h("p", { class: "hero-tagline" }, t("tagline")),
        h("p", { class: "hero-text" }, t("welcome"))),
      h("section", { class: "auth-side" },
        h("div", { class: "auth-bar" }, brand(), h("span", { class: "spacer" }), languageSwitch(switchLanguage), themeSwitch()),
        element)),
    ready: () => first.input.focus(),
  };
}

function loginForm(session, form, again) {
  const fields = {
    username: field({ ...NAME, label: t("username"), testid: "login-username" }),
    password: field({ name: "password", label: t("password"), testid: "login-password", type: "password", autocomplete: "current-password" }),
  };
  return card({
    form, fields, again, testid: "login-form", submitId: "login-submit", title: t("loginTitle"), submit: t("login"), busy: t("loginBusy"),
    other: { mode: "signup", testid: "to-signup", question: t("noAccount"), label: t("toSignup") },
    check: checkLogin,
    act: ({ username, password }) => session.login(username, password),
    failure: (error) => (error.status === 401 ? t("loginFailed") : explain(error)),
  });
}

function signUpForm(session, form, again) {
  const rules = h("ul", { class: "rules" }, Object.keys(PASSWORD_RULES).map((key) => h("li", { data: { rule: key } }, icon("check"), t(key))));
  const fields = {
    username: field({ ...NAME, label: t("username"), hint: t("ruleUsername"), testid: "signup-username", maxlength: "50" }),
    email: field({ name: "email", label: t("email"), hint: t("ruleEmail"), testid: "signup-email", type: "email", autocomplete: "email", maxlength: "100" }),
    password: field({ name: "password", label: t("password"), hint: rules, testid: "signup-password", type: "password", autocomplete: "new-password" }),
  };
  const tick = () => {
    for (const item of rules.children) item.classList.toggle("is-kept", PASSWORD_RULES[item.dataset.rule](fields.password.value));
  };
  fields.password.input.addEventListener("input", tick);
  return card({
    form, fields, again, extra: pictureField(null, form), testid: "signup-form", submitId: "signup-submit", title: t("signupTitle"), submit: t("signup"), busy: t("signupBusy"),
    other: { mode: "login", testid: "to-login", question: t("haveAccount"), label: t("toLogin") },
    check: checkSignUp,
    act: (values) => session.signUp(values, form.picture),
    failure: explain,
  });
}

function card({ form, fields, again, extra, testid, submitId, title, submit, busy, other, check, act, failure }) {
  const message = h("p", { class: "form-message", role: "alert", testid: "form-message" }, form.notice ? t(form.notice) : "");
  const button = h("button", { type: "submit", class: "button wide", testid: submitId }, submit);
  const values = () => Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, name === "password" ? one.value : one.value.trim()]));

  for (const [name, one] of Object.entries(fields)) {
    one.input.value = form.values[name] ?? "";
    one.input.addEventListener("input", () => { form.values[name] = one.value; one.setError(null); });
    one.input.dispatchEvent(new Event("input"));
  }

  async function onSubmit(event) {
    event.preventDefault();
    message.textContent = "";
    form.notice = null;
    if (!showProblems(fields, inWords(check(values())))) return;
    button.disabled = true;
    button.textContent = busy;
    try {
      await act(values());
    } catch (error) {
      message.textContent = failure(error);
      showProblems(fields, error.code === "VALIDATION_ERROR" ? fieldReasons(error.details) : {});
    } finally {
      button.disabled = false;
      button.textContent = submit;
    }
  }

  function turn() {
    Object.assign(form, { mode: other.mode, notice: null, values: {}, picture: null });
    again();
  }

  const element = h("div", { class: "card" },
    h("h1", { class: "card-title" }, title),
    h("form", { class: "form", testid, novalidate: true, on: { submit: onSubmit } },
      message, Object.values(fields).map((one) => one.element), extra, button),
    h("p", { class: "card-foot" }, other.question, " ",
      h("button", { type: "button", class: "link-button", testid: other.testid, on: { click: turn } }, other.label)));
  return { element, first: fields.username };
}
