// Somebody at a browser: a context of their own, so cookies of their own, and hands that click what the page calls by a testid.

import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { eventually } from "../../integration/support/time.js";

const ARTIFACTS = join(dirname(fileURLToPath(import.meta.url)), "../../../artifacts");
const PATIENCE_MS = 20_000;
export const PASSWORD = "Parley-1234!";

/** What the network says about a refused request or a dead server is no fault of the page's. */
const EXPECTED = /Failed to load resource|WebSocket connection to|net::ERR/;

export const at = (id, more = "") => `[data-testid="${id}"]${more}`;
export const addressOf = (name) => `${Buffer.from(name).toString("hex").slice(0, 40)}@example.org`;

export class Visitor {
  problems = [];

  static async arrive(town, name, { width = 1440, height = 900 } = {}) {
    const it = new Visitor();
    it.name = name;
    it.context = await town.chromium.browser.createBrowserContext();
    it.page = await it.context.newPage();
    await it.page.setViewport({ width, height, deviceScaleFactor: 2 });
    it.page.on("pageerror", (error) => it.problems.push(`error: ${error.message}`));
    it.page.on("console", (message) => {
      if (message.type() === "error" && !EXPECTED.test(message.text())) it.problems.push(`console: ${message.text()}`);
    });
    it.page.on("request", (request) => {
      if (!request.url().startsWith(town.server.origin) && !/^(blob|data):/.test(request.url())) it.problems.push(`asks elsewhere: ${request.url()}`);
    });
    town.visitors.push(it);
    await it.page.goto(town.server.origin, { timeout: PATIENCE_MS });
    return it;
  }

  /** Somebody who has signed up and is in. */
  static async settle(town, name, { language = "en", ...options } = {}) {
    const it = await Visitor.arrive(town, name, options);
    await it.reads(language);
    await it.signUp();
    return it;
  }

  async leave() {
    if (!this.context.closed) await this.context.close();
  }

  // ---- looking

  /** A function of the page that has to become truthy. */
  see(what, ask, ...values) { return eventually(() => this.page.evaluate(ask, ...values), `${this.name}: ${what}`, PATIENCE_MS); }

  shows(id, more = "") { return this.see(`${id}${more}`, (selector) => document.querySelector(selector)?.checkVisibility({ visibilityProperty: true }), at(id, more)); }
  hides(id, more = "") { return this.see(`no ${id}${more}`, (selector) => !document.querySelector(selector)?.checkVisibility({ visibilityProperty: true }), at(id, more)); }

  text(id, more = "") { return this.page.$eval(at(id, more), (element) => element.textContent.trim()); }
  texts(id, more = "") { return this.page.$$eval(at(id, more), (all) => all.map((element) => element.textContent.trim())); }
  count(id, more = "") { return this.page.$$eval(at(id, more), (all) => all.length); }

  /** An element's text has to become this, or match this. */
  reading(id, wanted, more = "") {
    const pattern = wanted instanceof RegExp ? wanted.source : null;
    return this.see(`${id}${more} reading ${wanted}`, (selector, exact, source) => {
      const text = document.querySelector(selector)?.textContent.trim();
      return text !== undefined && (source === null ? text === exact : new RegExp(source, "u").test(text));
    }, at(id, more), String(wanted), pattern);
  }

  /** Without waiting for the next turn of the page's own poll: the user comes back to the page. */
  returns() { return this.page.evaluate(() => { dispatchEvent(new Event("focus")); }); }

  // ---- hands

  /** Once it stands still: lists move while people come and go. */
  click(id, more = "") { return this.page.locator(at(id, more)).setTimeout(PATIENCE_MS).click(); }

  async fill(id, text) {
    await this.shows(id);
    await this.page.$eval(at(id), (input) => { input.value = ""; input.dispatchEvent(new Event("input", { bubbles: true })); });
    await this.page.focus(at(id));
    await this.page.keyboard.sendCharacter(text);
  }

  async choose(id, ...paths) {
    const input = await this.page.waitForSelector(at(id), { timeout: PATIENCE_MS });
    await input.uploadFile(...paths);
  }

  async reads(language) {
    await this.shows("language");
    if (await this.page.evaluate(() => document.documentElement.lang) !== language) await this.click("language");
    await this.see(language, (wanted) => document.documentElement.lang === wanted, language);
  }

  // ---- coming and going

  async signUp({ picture } = {}) {
    await this.click("to-signup");
    await this.fill("signup-username", this.name);
    await this.fill("signup-email", addressOf(this.name));
    await this.fill("signup-password", PASSWORD);
    if (picture) await this.choose("picture-input", picture);
    await this.click("signup-submit");
    await this.shows("app");
  }

  async logIn(username = this.name, password = PASSWORD) {
    await this.shows("login-form");
    await this.fill("login-username", username);
    await this.fill("login-password", password);
    await this.click("login-submit");
  }

  async reload() {
    await this.page.reload();
    await this.shows("app");
  }

  // ---- talking

  async say(text) {
    await this.shows("composer-input");
    await this.page.focus(at("composer-input"));
    await this.page.keyboard.sendCharacter(text);
    await this.page.keyboard.press("Enter");
  }

  /** What stands in the open channel: texts, in order; those not confirmed yet are not among them. */
  messages() {
    return this.page.$$eval(at("message"), (rows, content) => rows.map((row) => row.querySelector(content).textContent), at("message-content"));
  }

  sees(text) {
    return this.see(`message "${text}"`, (row, content, wanted) => [...document.querySelectorAll(row)].some((one) => one.querySelector(content).textContent === wanted),
      at("message"), at("message-content"), text);
  }

  connection(state) { return this.see(`connection ${state}`, (selector, wanted) => document.querySelector(selector)?.dataset.state === wanted, at("connection"), state); }

  async open(name) {
    await this.click("channel", `[data-name="${name}"]`);
    await this.reading("title", name);
  }

  async write(to) {
    await this.click("person", `[data-username="${to}"]`);
    await this.reading("title", to);
  }

  /** The menu of the message with this text, and a choice in it. */
  async messageMenu(text, choice) {
    await this.sees(text);
    const id = await this.page.evaluate((row, content, wanted) =>
      [...document.querySelectorAll(row)].find((one) => one.querySelector(content).textContent === wanted).dataset.messageId,
    at("message"), at("message-content"), text);
    const row = at("message", `[data-message-id="${id}"]`);
    await this.page.hover(row);
    await this.page.click(`${row} ${at("message-menu")}`);
    await this.click(choice);
  }

  // ---- pictures for people

  async screenshot(name) {
    await mkdir(ARTIFACTS, { recursive: true });
    await this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) });
  }

  /** Drawers that were columns a moment ago slide away. */
  async resize(width, height) {
    await this.page.setViewport({ width, height, deviceScaleFactor: 2 });
    await this.page.evaluate(() => Promise.all(document.getAnimations().filter((one) => one.effect.getTiming().iterations !== Infinity)
      .map((one) => one.finished.catch(() => {}))));
  }
}
