import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";
import { HUES, daysAgo, formatAgo, formatDay, formatSize, formatTime, hueOf, initial, linkParts } from "../src/format.js";
import { CATALOGUE, preferredLanguage, setLanguage, t } from "../src/i18n.js";
import { checkChannel, checkFiles, checkLogin, checkPicture, checkProfile, checkSignUp, fieldReasons } from "../src/rules.js";

test("both languages say the same things, with the same kinds of values", () => {
  const shape = (texts) => Object.entries(texts).map(([key, value]) => `${key}: ${typeof value}`).sort();
  assert.deepEqual(shape(CATALOGUE.ko), shape(CATALOGUE.en));
});

const sources = async () => {
  const root = new URL("../src/", import.meta.url);
  const files = (await readdir(root)).concat((await readdir(new URL("views/", root))).map((name) => `views/${name}`)).filter((name) => name.endsWith(".js"));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(new URL(file, root), "utf8") })));
};

test("every text that the sources ask for is in the catalogue, and none is there for nobody", async () => {
  const all = await sources();
  for (const { file, text } of all) {
    for (const [, key] of text.matchAll(/\bt\("(\w+)"/g)) assert.ok(key in CATALOGUE.en, `${file}: ${key}`);
  }
  const words = new Set(all.flatMap(({ text }) => text.match(/\w+/g)));
  assert.deepEqual(Object.keys(CATALOGUE.en).filter((key) => !words.has(key)), []);
});

test("the language is the first of the browser's that there is", () => {
  assert.equal(preferredLanguage(["fr-FR", "ko-KR", "en"]), "ko");
  assert.equal(preferredLanguage(["EN-gb"]), "en");
  assert.equal(preferredLanguage(["fr"]), "en");
  assert.equal(preferredLanguage(), "en");
});

test("texts with parameters", () => {
  setLanguage("en");
  assert.equal(t("newMessages", { count: 1 }), "1 new message");
  assert.equal(t("newMessages", { count: 3 }), "3 new messages");
  setLanguage("ko");
  assert.equal(t("newMessages", { count: 3 }), "새 메시지 3개");
  assert.throws(() => t("nonsense"));
});

const local = (...parts) => new Date(...parts).toISOString();

test("days are the local calendar's", () => {
  const now = new Date(2026, 2, 3, 0, 10);
  const words = { today: "Today", yesterday: "Yesterday" };
  assert.equal(daysAgo(local(2026, 2, 2, 23, 59), now), 1);
  assert.equal(formatDay(local(2026, 2, 3, 0, 1), "en", now, words), "Today");
  assert.equal(formatDay(local(2026, 2, 2, 0, 1), "en", now, words), "Yesterday");
  assert.equal(formatDay(local(2026, 1, 20, 12), "en", now, words), "Friday, February 20");
  assert.match(formatDay(local(2025, 1, 20, 12), "ko", now, words), /2025년 2월 20일/);
});

test("times in both languages", () => {
  assert.match(formatTime(local(2026, 2, 2, 15, 24), "ko"), /^(오후|PM) 3:24$/);  // the words are the runtime's
  assert.match(formatTime(local(2026, 2, 2, 15, 24), "en"), /3:24\sPM/);
});

test("initials and colours of names", () => {
  assert.equal(initial("haneul"), "H");
  assert.equal(initial(" 다미"), "다");
  assert.equal(initial("😀x"), "😀");
  assert.equal(initial(undefined), "?");
  assert.equal(hueOf("some id"), hueOf("some id"));
  for (const id of ["", "a", "한글", undefined]) assert.ok(hueOf(id) >= 0 && hueOf(id) < HUES);
});

test("sizes", () => assert.deepEqual([0, 999, 1500, 48213, 10_000_000].map(formatSize), ["0 B", "999 B", "1.5 KB", "48 KB", "10 MB"]));

test("links are cut out of the text, and nothing of it is lost", () => {
  const text = "see https://example.org/a?b=c. (또는 http://example.com) javascript:alert(1) https://";
  const parts = linkParts(text);
  assert.equal(parts.map((part) => part.text).join(""), text);
  assert.deepEqual(parts.filter((part) => part.href).map((part) => part.href), ["https://example.org/a?b=c", "http://example.com"]);
  assert.deepEqual(linkParts(""), []);
});

test("how long ago, down to just now and up to the date", () => {
  const now = Date.parse("2026-03-12T09:00:00Z");
  const ago = (instant) => formatAgo(instant, "en", now, "just now");
  assert.deepEqual(["2026-03-12T08:59:31Z", "2026-03-12T08:55:00Z", "2026-03-12T06:00:00Z", "2026-03-10T08:00:00Z", "2026-03-01T12:00:00Z"].map(ago),
    ["just now", "5 min. ago", "3 hr. ago", "2 days ago", "Mar 1, 2026"]);
});

const file = (name, size, type = "") => ({ name, size, type });
const MB = 1024 * 1024;

test("files: 10 MB each, 30 MB together with those chosen before, and 10 of them", () => {
  const { accepted, refused } = checkFiles([file("a", 10 * MB), file("b", 10 * MB + 1), file("c", 10 * MB), file("d", 1)], [file("z", 10 * MB)]);
  assert.deepEqual(accepted.map((one) => one.name), ["a", "c"]);
  assert.deepEqual(refused, [{ name: "b", reason: "fileTooLarge" }, { name: "d", reason: "filesTooLarge" }]);
  const many = Array.from({ length: 10 }, (_, at) => file(`${at}`, 1));
  assert.deepEqual(checkFiles([many[9], file("x", 1)], many.slice(0, 9)).refused, [{ name: "x", reason: "filesTooMany" }]);
});

test("a picture is one, and not too large", () => {
  assert.deepEqual([file("a.png", 1, "image/png"), file("a.txt", 1, "text/plain"), file("b.png", 11 * MB, "image/png")].map(checkPicture),
    [null, "pictureType", "fileTooLarge"]);
});

test("a profile may keep its password, and the server's names of new values are those of the form", () => {
  const good = { username: "하늘이", email: "a@example.org", password: "" };
  assert.deepEqual(checkProfile(good), {});
  assert.deepEqual(Object.keys(checkProfile({ ...good, username: "x", password: "weak" })), ["username", "password"]);
  assert.deepEqual(fieldReasons({ newUsername: "taken", email: "bad" }), { username: "taken", email: "bad" });
  assert.deepEqual(fieldReasons(null), {});
});

test("the rules of the forms", () => {
  const good = { username: "하늘이", email: "a@example.org", password: "Passw0rd!" };
  assert.deepEqual(checkSignUp(good), {});
  for (const password of ["Sh0rt!", "nodigits!!", "12345678!", "NoSpecial1", `Aa1!${"x".repeat(57)}`]) {
    assert.deepEqual(checkSignUp({ ...good, password }), { password: "rulePassword" }, password);
  }
  assert.deepEqual(Object.keys(checkSignUp({ username: "ab", email: "nobody", password: "" })), ["username", "email", "password"]);
  assert.deepEqual(checkLogin({ username: "", password: "x" }), { username: "required" });
  assert.deepEqual([checkChannel({ name: "a" }), checkChannel({ name: "ab" })], [{ name: "ruleChannelName" }, {}]);
});
