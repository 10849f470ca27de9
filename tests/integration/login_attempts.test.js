// How often somebody may try to log in (discodeit.md 3.6).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server, removeScratchFolders, runParleyd, serverOf } from "./support/server.js";
import { Browser, freshUser, person } from "./support/people.js";

const FLAGS = { "login-attempts-per-account": "3", "login-attempts-per-address": "1000", "login-attempts-window": "1h",
  "trusted-proxies": "127.0.0.0/8, 10.0.0.0/8" };
const server = serverOf({ before, after }, FLAGS);
const HERE = { "X-Forwarded-For": "203.0.113.1" };  // connections here come from one address of 127.0.0.0/8 each

async function attempt(on, account, password, headers = HERE) {
  const browser = new Browser(on, headers);
  return browser.login({ ...account, password });
}

async function exhausted(on, account, headers) {
  for (let i = 0; i < 3; i++) assert.equal((await attempt(on, account, "wrong", headers)).status, 401);
}

test("D3.6 D5.1 over the limit of an account: 429 with Retry-After and an ErrorResponse, for the right password too, known user or not", async () => {
  const { account } = await person(server.now, "guessed");
  for (const one of [account, freshUser("nobody")]) {
    await exhausted(server.now, one);
    const answer = await attempt(server.now, one, one.password);
    assert.equal(answer.status, 429);
    const wait = Number(answer.headers["retry-after"]);
    assert.ok(wait > 0 && wait <= 3600, answer.headers["retry-after"]);
    assert.equal(answer.json.code, "TOO_MANY_LOGIN_ATTEMPTS");
    assert.equal(answer.json.status, 429);
  }
  assert.equal((await person(server.now, "other")).user.online, true, "another account is not touched");
});

test("D3.6 a limit that is reached is a delay: after the window's share the right password logs in", async () => {
  const quick = await Server.start({ ...FLAGS, "login-attempts-window": "3s" });
  try {
    const { account } = await person(quick, "patient");
    await exhausted(quick, account);
    let answer = await attempt(quick, account, account.password);
    const deadline = Date.now() + 30_000;
    while (answer.status === 429 && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      answer = await attempt(quick, account, account.password);
    }
    assert.equal(answer.status, 200, answer.text);
  } finally {
    await quick.stop();
  }
});

test("D3.6 what is said of who is behind a proxy is not believed of anybody", async () => {
  const open = await Server.start({ ...FLAGS, "trusted-proxies": "10.0.0.0/8" });
  try {
    const { account } = await person(open, "liar");
    for (let i = 0; i < 5; i++)  // from five addresses, whatever they say
      assert.equal((await attempt(open, account, "wrong", { ...HERE, "X-Real-IP": "203.0.113.1" })).status, 401);
  } finally {
    await open.stop();
  }
});

test("D3.6 behind a trusted proxy a stranger's failures do not keep the owner out; the list is believed from its end", async () => {
  const { account } = await person(server.now, "owner");
  await exhausted(server.now, account);
  const forged = ["198.51.100.77, 203.0.113.1", "198.51.100.77, 203.0.113.1, 10.0.0.3", "198.51.100.77,203.0.113.1:4711"];
  for (const one of forged) assert.equal((await attempt(server.now, account, account.password, { "X-Forwarded-For": one })).status, 429, one);
  assert.equal((await attempt(server.now, account, account.password, { "X-Real-IP": "203.0.113.1" })).status, 429);
  for (const owner of [{ "X-Forwarded-For": "203.0.113.1, 198.51.100.7" }, { "X-Real-IP": "198.51.100.8" }, { "X-Forwarded-For": "[2001:db8::7]:1234, 10.1.1.1" }])
    assert.equal((await attempt(server.now, account, account.password, owner)).status, 200, JSON.stringify(owner));
});

test("D3.6 over the limit of an address it is 429 for any account", async () => {
  const strict = await Server.start({ ...FLAGS, "login-attempts-per-address": "4" });
  try {
    const { account } = await person(strict, "neighbour");
    for (let i = 0; i < 4; i++) assert.equal((await attempt(strict, freshUser("guess"), "wrong")).status, 401);
    assert.equal((await attempt(strict, account, account.password)).status, 429);
    assert.equal((await attempt(strict, account, account.password, { "X-Forwarded-For": "203.0.113.2" })).status, 200);
  } finally {
    await strict.stop();
  }
});

test("a list of proxies that is none ends the start", async () => {
  const { code, stderr } = await runParleyd(["--listen=127.0.0.1:0", "--trusted-proxies=10.0.0.0/99"]);
  assert.equal(code, 3);
  assert.match(stderr, /trusted-proxies is "10\.0\.0\.0\/99"/);
});

after(removeScratchFolders);
