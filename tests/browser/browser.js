// The page, driven by two people in one headless Chromium: they sign up, chat in Korean and English, reload, write to each
// other in private, and live through a kill -9 of the server. Screenshots go to artifacts/.
//
// Chromium is CHROMIUM, or /usr/bin/chromium.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import puppeteer from "puppeteer-core";
import { Server, removeScratchFolders, scratchFolder } from "../integration/support/server.js";
import { Browser, admin, general, history, jsonBody } from "../integration/support/people.js";
import { RawStomp } from "../integration/support/stomp.js";
import { deferred, eventually, within } from "../integration/support/time.js";

const ARTIFACTS = join(dirname(fileURLToPath(import.meta.url)), "../../artifacts");
const CHROMIUM = process.env.CHROMIUM || "/usr/bin/chromium";
const PATIENCE_MS = 20_000;
const PASSWORD = "Parley-1234!";

/* ---- Chromium ---- */

class Chromium {
  static async start() {
    const it = new Chromium();
    it.child = spawn(CHROMIUM, ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--remote-debugging-port=0", "--lang=ko-KR", `--user-data-dir=${await scratchFolder()}`, "about:blank"],
    { stdio: ["ignore", "ignore", "pipe"] });
    const endpoint = deferred();
    const gone = deferred();
    it.gone = gone.promise;
    let said = "";
    it.child.stderr.on("data", (data) => {
      said += data;
      const line = said.match(/DevTools listening on (ws:\S+)/);
      if (line) endpoint.resolve(line[1]);
    });
    it.child.on("error", endpoint.reject);
    it.child.on("close", (code) => { endpoint.reject(new Error(`Chromium ended with ${code}: ${said.slice(-500)}`)); gone.resolve(); });
    process.on("exit", () => it.child.kill("SIGKILL"));
    it.browser = await puppeteer.connect({ browserWSEndpoint: await within(endpoint.promise, "DevTools of Chromium", 60_000), defaultViewport: null });
    return it;
  }

  async stop() {
    await this.browser.close();
    await within(this.gone, "end of Chromium", 20_000);
  }
}

/* ---- somebody at a browser ---- */

const at = (id) => `[data-testid="${id}"]`;

class Visitor {
  problems = [];

  static async arrive(chromium, server, name, { width = 1440, height = 900 } = {}) {
    const it = new Visitor();
    it.name = name;
    it.server = server;
    it.context = await chromium.browser.createBrowserContext();
    it.page = await it.context.newPage();
    await it.page.setViewport({ width, height, deviceScaleFactor: 2 });
    it.page.on("pageerror", (error) => it.problems.push(`error: ${error.message}`));
    it.page.on("console", (message) => {
      // What the network says about a refused or dead server is no fault of the page's.
      if (message.type() === "error" && !/Failed to load resource|WebSocket connection to|net::ERR/.test(message.text())) it.problems.push(`console: ${message.text()}`);
    });
    await it.page.goto(server.origin, { timeout: PATIENCE_MS });
    return it;
  }

  /** A function of the page that has to become truthy. */
  see(what, ask, ...values) { return eventually(() => this.page.evaluate(ask, ...values), `${this.name}: ${what}`, PATIENCE_MS); }

  shows(id) { return this.see(id, (selector) => document.querySelector(selector)?.checkVisibility(), at(id)); }

  async click(id) {
    await this.shows(id);
    await this.page.click(at(id));
  }

  async fill(id, text) {
    await this.shows(id);
    await this.page.$eval(at(id), (input) => { input.value = ""; });
    await this.page.type(at(id), text);
  }

  async reads(language) {
    await this.shows("language");
    if (await this.page.evaluate(() => document.documentElement.lang) !== language) await this.click("language");
    await this.see(language, (wanted) => document.documentElement.lang === wanted, language);
  }

  text(id) { return this.page.$eval(at(id), (element) => element.textContent.trim()); }

  async signUp() {
    await this.click("to-signup");
    await this.fill("signup-username", this.name);
    await this.fill("signup-email", `${Buffer.from(this.name).toString("hex")}@example.org`);
    await this.fill("signup-password", PASSWORD);
    await this.click("signup-submit");
    await this.shows("app");
  }

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

  async open(channelName) {
    const selector = `${at("channel")}[data-name="${channelName}"]`;
    await this.see(`channel ${channelName}`, (one) => document.querySelector(one)?.checkVisibility(), selector);
    await this.page.click(selector);
    await this.see(`title ${channelName}`, (one, wanted) => document.querySelector(one).textContent === wanted, at("title"), channelName);
  }

  async write(to) {
    const selector = `${at("person")}[data-username="${to}"]`;
    await this.see(`person ${to}`, (one) => document.querySelector(one)?.checkVisibility(), selector);
    await this.page.click(selector);
    await this.see(`title ${to}`, (one, wanted) => document.querySelector(one).textContent === wanted, at("title"), to);
  }

  screenshot(name) { return this.page.screenshot({ path: join(ARTIFACTS, `${name}.png`) }); }
}

/* ---- the tests ---- */

let passed = 0;
let failed = 0;
async function check(name, body) {
  const began = Date.now();
  try {
    await body();
    passed += 1;
    console.log(`ok - ${name} (${Date.now() - began} ms)`);
  } catch (error) {
    failed += 1;
    console.log(`not ok - ${name} (${Date.now() - began} ms)\n${error.stack.replace(/^/gm, "#   ")}`);
  }
}

/** A town with some people in it who have said something, so that there is something to look at. */
async function settle(server, said) {
  const chief = await admin(server);
  for (const [name, description] of [["개발", "코드 리뷰와 배포 이야기"], ["design", "Mockups, colours, words"], ["점심", "오늘 뭐 먹지?"]]) {
    assert.equal((await chief.post("/api/channels/public", jsonBody({ name, description }))).status, 201);
  }
  const residents = new Map();
  for (const [username, stays] of [["이서연", true], ["Alex", true], ["박준호", false], ["Priya", true], ["최민수", false]]) {
    const one = new Browser(server);
    const account = { username, email: `${Buffer.from(username).toString("hex")}@example.org`, password: PASSWORD };
    assert.equal((await one.signUp(account)).status, 201);
    if (!stays) continue;
    assert.equal((await one.login(account)).status, 200);
    residents.set(username, one);
  }
  const room = await general(chief);
  for (const [who, text] of [["이서연", "좋은 아침이에요 ☕ 스테이징에 새 버전 올렸습니다."], ["Priya", "Nice! Smoke tests are green on my side."]]) {
    const stomp = await RawStomp.connect(residents.get(who));
    await stomp.sayDurably(room.id, text);
    await stomp.disconnect();
    said.push(text);
  }
  return { chief, room };
}

await mkdir(ARTIFACTS, { recursive: true });
const server = await Server.start({ workers: "2" });
const chromium = await Chromium.start();
try {
  const said = [];
  const { chief, room } = await settle(server, said);
  let haneul, mina, stranger;

  await check("D9 a first visit shows the login form; nothing is logged in", async () => {
    haneul = await Visitor.arrive(chromium, server, "김하늘");
    mina = await Visitor.arrive(chromium, server, "Mina");
    await haneul.shows("login-form");
    await mina.shows("login-form");
    await haneul.reads("ko");
    await haneul.screenshot("login");
  });

  await check("D4.2 D3.6 a wrong login is told on the form", async () => {
    await mina.fill("login-username", "nobody");
    await mina.fill("login-password", "Wr0ng-word!");
    await mina.click("login-submit");
    await mina.see("a message", (selector) => document.querySelector(selector)?.textContent.length > 0, at("form-message"));
  });

  await check("D4.2 two people sign up and are in at once, one reads Korean, one English", async () => {
    await haneul.reads("ko");
    await mina.reads("en");
    await haneul.signUp();
    await mina.signUp();
    for (const one of [haneul, mina]) await one.connection("connected");
    assert.notEqual(await haneul.text("connection"), await mina.text("connection"));
  });

  await check("D4.2 a taken name is told on the form", async () => {
    stranger = await Visitor.arrive(chromium, server, "김하늘");
    await stranger.click("to-signup");
    await stranger.fill("signup-username", "김하늘");
    await stranger.fill("signup-email", "other@example.org");
    await stranger.fill("signup-password", PASSWORD);
    await stranger.click("signup-submit");
    await stranger.see("a message", (selector) => document.querySelector(selector)?.textContent.length > 0, at("form-message"));
    stranger.name = "한지우";
    await stranger.page.reload();
    await stranger.shows("login-form");
    await stranger.signUp();
  });

  await check("D6.3 they chat in general, in Korean and English; each sees all, once, in the same order", async () => {
    await haneul.open("general");
    await mina.open("general");
    const talk = [
      [haneul, "안녕하세요! 오늘 배포는 몇 시에 할까요? 🚀"],
      [mina, "Hi! How about 4 pm — the load test is still running."],
      [haneul, "좋아요. 그럼 그때까지 리뷰 끝낼게요."],
      [mina, "Great. Not one message lost so far 🙂"],
      [haneul, "와, 좋네요! 그래프 공유해 주세요: https://example.org/graph"],
      [mina, "Sure, right after this run."],
    ];
    for (const [who, text] of talk) {
      await who.say(text);
      said.push(text);
      for (const one of [haneul, mina]) await one.sees(text);
    }
    for (const one of [haneul, mina]) assert.deepEqual(await one.messages(), said);
    assert.deepEqual((await history(chief, room.id)).map((one) => one.content), said);
    assert.deepEqual(await haneul.page.$$eval(at("pending"), (rows) => rows.length), 0);
  });

  await check("what is typed is text: markup does nothing, lines and blanks stay", async () => {
    const text = "<img src=x onerror=alert(1)> & <b>굵게?</b>\n  zwei";
    await mina.open("design");
    await haneul.open("design");
    await mina.say(text);
    await haneul.sees(text);
    assert.equal(await haneul.page.$$eval(`${at("messages")} img[src="x"], ${at("messages")} b`, (found) => found.length), 0);
    await haneul.open("general");
    await mina.open("general");
  });

  await check("D3.7 D9 a reload keeps the login and shows the history", async () => {
    await haneul.page.reload();
    await haneul.shows("app");
    await haneul.open("general");
    await haneul.sees(said.at(-1));
    assert.deepEqual(await haneul.messages(), said);
    await haneul.connection("connected");
  });

  await check("D8.1 a private chat with one person: the other finds it, a third does not", async () => {
    await haneul.write("Mina");
    await haneul.say("미나 님, 잠깐 시간 괜찮으세요?");
    await haneul.sees("미나 님, 잠깐 시간 괜찮으세요?");
    await mina.open("김하늘");
    await mina.sees("미나 님, 잠깐 시간 괜찮으세요?");
    await mina.say("Of course! 무슨 일이에요?");
    await haneul.sees("Of course! 무슨 일이에요?");
    for (const one of [haneul, mina]) assert.deepEqual(await one.messages(), ["미나 님, 잠깐 시간 괜찮으세요?", "Of course! 무슨 일이에요?"]);
    await stranger.page.reload();
    await stranger.shows("app");
    await stranger.open("general");
    const names = await stranger.page.$$eval(at("channel"), (rows) => rows.map((row) => row.dataset.name));
    assert.equal(names.includes("Mina") || names.includes("김하늘"), false, names.join(" "));
    await mina.screenshot("private-chat");
  });

  await check("the pages as one would show them", async () => {
    await haneul.open("general");
    await mina.open("general");
    await haneul.sees(said.at(-1));
    await haneul.screenshot("chat-ko");
    await mina.screenshot("chat-en");
    await mina.page.setViewport({ width: 420, height: 860, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
    await mina.sees(said.at(-1));
    await mina.screenshot("chat-phone");
    await mina.page.setViewport({ width: 1440, height: 900, deviceScaleFactor: 2 });
    await haneul.click("theme");
    await haneul.screenshot("chat-dark");
    await haneul.click("theme");
  });

  await check("G1 kill -9 and a start: both come back by themselves, what was written meanwhile is sent, nothing is lost or doubled", async () => {
    await server.kill();
    for (const one of [haneul, mina]) await one.see("a lost connection", (selector) => document.querySelector(selector).dataset.state !== "connected", at("connection"));
    await haneul.say("서버가 잠깐 쉬는 동안 쓴 글");
    await haneul.shows("pending");
    await haneul.screenshot("reconnecting");
    await server.restart();
    for (const one of [haneul, mina]) await one.connection("connected");
    said.push("서버가 잠깐 쉬는 동안 쓴 글");
    for (const one of [haneul, mina]) await one.sees(said.at(-1));
    await mina.say("And we are back — nothing lost.");
    said.push("And we are back — nothing lost.");
    for (const one of [haneul, mina]) {
      await one.sees(said.at(-1));
      await one.see("nothing pending", (selector) => document.querySelector(selector) === null, at("pending"));
      assert.deepEqual(await one.messages(), said);
    }
    assert.deepEqual((await history(chief, room.id)).map((one) => one.content), said);
  });

  await check("D3.9 a login elsewhere shows this one the login form", async () => {
    const elsewhere = new Browser(server);
    assert.equal((await elsewhere.login({ username: "한지우", password: PASSWORD })).status, 200);
    await stranger.shows("login-form");
    assert.equal((await elsewhere.get("/api/users")).status, 200, "D3.8: and leaves the new login alone");
  });

  await check("D3.8 logging out shows the login form, and a reload does not bring the login back", async () => {
    await mina.click("logout");
    await mina.shows("login-form");
    await mina.page.reload();
    await mina.shows("login-form");
  });

  await check("no page had an error or broke its own content security policy", async () => {
    for (const one of [haneul, mina, stranger]) assert.deepEqual(one.problems, [], one.name);
  });

  await check("the server leaves in good order", () => server.stop());
} catch (error) {
  failed += 1;
  console.log(`not ok - ${error.stack.replace(/^/gm, "#   ")}`);
} finally {
  await chromium.stop().catch(() => chromium.child.kill("SIGKILL"));
  if (server.child.exitCode === null && server.child.signalCode === null) await server.kill();
  await removeScratchFolders();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
