// Logins in Redis, shared by two instances (discodeit.md 3.5 and 12.2, protocols.md SC-8). The instances have the same users
// and keys: the data folder of one is a copy of the other's.

import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Browser, general, person } from "./support/people.js";
import { Redis } from "./support/redis.js";
import { ADMIN, Server, removeScratchFolders, scratchFolder } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { DEADLINE_MS, slow } from "./support/time.js";

let redis, one, two;
const people = [];

before(async () => {
  redis = await Redis.start();
  const flags = { "redis-url": redis.url, "redis-timeout": "1s" };
  one = await Server.start(flags);
  for (let i = 0; i < 6; i++) people.push((await person(one, "shared")).account);
  await one.stop();
  const dataDir = join(await scratchFolder(), "data");
  await cp(one.dataDir, dataDir, { recursive: true });
  await one.restart();
  two = await Server.start(flags, { dataDir });
});

after(async () => {
  try {
    await one?.stop();
    await two?.stop();
  } finally {
    await redis?.stop();
    await removeScratchFolders();
  }
});

async function entered(server, account) {
  const browser = new Browser(server);
  const answer = await browser.login(account);
  assert.equal(answer.status, 200, answer.text);
  browser.account = account;
  return browser;
}

/** The same browser, led to the other instance by a proxy. */
function moved(browser, server) {
  const twin = new Browser(server);
  twin.jar = browser.jar;
  twin.token = browser.token;
  twin.id = browser.id;
  return twin;
}

async function until(what, condition, ms = DEADLINE_MS) {
  const end = Date.now() + ms;
  while (!(await condition())) {
    assert.ok(Date.now() < end, `no ${what} within ${ms} ms`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const isOnline = async (browser, id) => (await browser.get("/api/users")).json.find((user) => user.id === id).online;

test("D3.5 D3.9 SC-8 G6 a login at one instance ends the sockets of the one before at the other within a second", async () => {
  const old = await entered(one, people[0]);
  const socket = await RawStomp.connect(old);
  const now = await entered(two, people[0]);
  const began = Date.now();
  assert.equal((await socket.refused()).code, 4401);
  assert.ok(Date.now() - began < slow(1_000), `${Date.now() - began} ms`);
  for (const server of [one, two]) {
    assert.equal((await moved(old, server).get("/api/users")).status, 401);
    assert.equal((await moved(now, server).get("/api/users")).status, 200);
  }
  socket.destroy();
});

test("D3.7 D3.8 a token of one instance is refreshed and ended at the other", async () => {
  const here = await entered(one, people[1]);
  const there = moved(here, two);
  const socket = await RawStomp.connect(here);
  assert.equal((await there.get("/api/users")).status, 200);
  const answer = await there.refresh();
  assert.equal(answer.status, 200, answer.text);
  assert.equal((await here.get("/api/users")).status, 401);  // with the token that was rotated out
  here.token = there.token = answer.json.accessToken;
  assert.equal((await here.get("/api/users")).status, 200);
  await socket.silent();  // a refresh ends no socket
  assert.equal((await there.logout()).status, 204);
  assert.equal((await socket.refused()).code, 4401);
  assert.equal((await here.get("/api/users")).status, 401);
  socket.destroy();
});

test("D8.6 who is logged in at one instance is online at the other, until he logs out there", async () => {
  const watcher = await entered(two, people[2]);
  const subject = await entered(one, people[3]);
  await until("online", () => isOnline(watcher, subject.id));
  await subject.logout();
  await until("offline", async () => !(await isOnline(watcher, subject.id)));
});

test("SC-8 what another program ends as docs/redis.md says ends its sockets here within a second", async () => {
  const subject = await entered(one, people[4]);
  const socket = await RawStomp.connect(subject);
  const login = JSON.parse(Buffer.from(subject.token.split(".")[1], "base64url")).sid;
  const began = Date.now();
  await redis.say(["DEL", `parley:login:${login}`], ["ZREM", `parley:user:${subject.id}`, login],
    ["ZREM", "parley:expiry", `${login}:${subject.id}`],
    ["XADD", "parley:feed", "*", "event", "ended", "login", login, "user", subject.id]);
  assert.equal((await socket.refused()).code, 4401);
  assert.ok(Date.now() - began < slow(1_000), `${Date.now() - began} ms`);
  assert.equal((await subject.get("/api/users")).status, 401);
  socket.destroy();
});

test("D12.2 G1 without Redis: sockets and lately verified logins go on, logins and refreshes are 503, and nobody is logged out", async () => {
  const subject = await entered(one, people[5]);
  const stranger = moved(subject, two);  // the other instance has not verified it
  const channel = await general(subject);
  const socket = await RawStomp.connect(subject);
  socket.send("SUBSCRIBE", { id: "s", destination: `/sub/channels.${channel.id}.messages` });
  await redis.kill();
  await socket.done("SEND", { destination: "/pub/messages", "content-type": "application/json" },
    JSON.stringify({ channelId: channel.id, authorId: subject.id, content: "still here" }), []);
  assert.equal((await subject.get("/api/users")).status, 200);
  assert.equal((await stranger.get("/api/users")).status, 503);
  assert.equal((await subject.refresh()).status, 503);
  assert.equal((await new Browser(one).login(people[4])).status, 503);
  assert.equal(one.stderr.match(/"event":"redis"/g).length, 2, one.stderr);  // a line for each connection
  await redis.restart();
  await until("refresh", async () => {
    const answer = await subject.refresh();
    assert.ok([200, 503].includes(answer.status), answer.text);
    subject.token = answer.json.accessToken ?? subject.token;
    return answer.status === 200;
  });
  assert.equal((await subject.get("/api/users")).status, 200);
  await until("other instance", async () => {
    stranger.token = subject.token;
    return (await stranger.get("/api/users")).status === 200;
  });
  socket.destroy();
});

test("D3.8 SC-8 logout without Redis is 204, and the login has ended everywhere when Redis is back", async () => {
  const subject = await entered(one, people[5]);
  const socket = await RawStomp.connect(moved(subject, two));
  await redis.kill();
  assert.equal((await subject.logout()).status, 204);
  assert.equal((await subject.get("/api/users")).status, 503);  // not trusted any more
  await redis.restart();
  assert.equal((await socket.refused(slow(20_000))).code, 4401);
  await until("401", async () => (await subject.get("/api/users")).status === 401);
  socket.destroy();
});

test("D12.2 G1 an instance that is killed and started again knows every login, and who is online", async () => {
  const subject = await entered(one, people[0]);
  await one.kill();
  await one.restart();
  const again = moved(subject, one);
  assert.equal((await again.get("/api/users")).status, 200);
  assert.ok(await isOnline(again, subject.id));
  assert.equal((await again.refresh()).status, 200);
});

test("D12.2 an instance starts without Redis, says 503 to who logs in, and serves him when it comes", async () => {
  const apart = await Redis.start();
  await apart.kill();
  const server = await Server.start({ "redis-url": apart.url, "redis-timeout": "300ms" });
  try {
    const browser = new Browser(server);
    const credentials = ADMIN;
    assert.equal((await browser.login(credentials)).status, 503);
    await apart.restart();
    await until("login", async () => (await browser.login(credentials)).status === 200);
  } finally {
    await server.stop();
    await apart.stop();
  }
});
