// Several instances over one PostgreSQL, with the logins in it (discodeit.md 3, protocols.md SC-7 to SC-10).

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import { Browser, admin, person, publicChannel } from "./support/people.js";
import { databaseOf, hasPostgres } from "./support/postgres.js";
import { Server, removeScratchFolders, runParleyd, scratchFolder } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { DEADLINE_MS, slow } from "./support/time.js";

const KEYS = { "jwt-access-secret": "access-key-of-all-instances-01234", "jwt-refresh-secret": "refresh-key-of-all-instances-0123" };
const there = await hasPostgres();

/** So many instances over one database. */
async function instances(count, flags = {}, options = {}) {
  const url = await databaseOf(await scratchFolder());
  const started = [];
  for (let i = 0; i < count; i++) started.push(await Server.start({ "database-url": url, "redis-url": null, ...KEYS, ...flags }, options));
  return started;
}

/** The same browser, led to another instance by a proxy. */
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

const stopAll = (servers) => Promise.all(servers.map((one) => one.stop()));

test("D12.3 D3.4 a key that is too short for HS256 is refused at the start, and not repeated", async () => {
  const folder = join(await scratchFolder(), "data");
  for (const [variable, flag] of [["JWT_ACCESS_SECRET", "jwt-access-secret"], ["JWT_REFRESH_SECRET", "jwt-refresh-secret"]]) {
    const { code, stdout, stderr } = await runParleyd(["--listen=127.0.0.1:0", `--data-dir=${folder}`], { [variable]: "31-octets-are-not-enough-for-it-" .slice(0, 31) });
    assert.equal(code, 3, stderr);
    assert.match(stderr, new RegExp(`${flag} has 31 octets.*32`));
    assert.doesNotMatch(stdout + stderr, /not-enough/);
  }
});

test("D12.3 the environment of a Spring deployment starts parleyd: keys and lives of tokens are those", async () => {
  const server = await Server.start({}, { env: {
    JWT_ACCESS_SECRET: KEYS["jwt-access-secret"], JWT_REFRESH_SECRET: KEYS["jwt-refresh-secret"],
    JWT_ACCESS_EXPIRATION_MS: "600000", JWT_REFRESH_EXPIRATION_MS: "86400000",
  } });
  try {
    const browser = await person(server, "spring");
    const { exp, iat } = JSON.parse(Buffer.from(browser.token.split(".")[1], "base64url"));
    assert.equal(exp - iat, 600);
    assert.equal(existsSync(join(server.dataDir, "access.key")), false, "no key is made beside the configured one");
    assert.equal((await browser.refresh()).status, 200);
  } finally {
    await server.stop();
  }
});

const sayOnline = async (browser, id) => (await browser.get("/api/users")).json.find((user) => user.id === id).online;

test("SC-7 SC-8 D3.5 D8.6 G6 the sockets of a login that expires end with 4401 within a second of it, and everybody sees him offline", async () => {
  const server = await Server.start({ "refresh-lifetime": "4s", "login-sweep": "1h" });
  try {
    const subject = await person(server, "brief");
    const socket = await RawStomp.connect(subject);
    const { exp } = JSON.parse(Buffer.from(subject.jar.get("REFRESH_TOKEN").split(".")[1], "base64url"));
    const ended = await socket.refused(slow(20_000));
    const late = Date.now() - (exp + 1) * 1000; // somewhere in that second it expires
    assert.equal(ended.code, 4401);
    assert.ok(late > -2_000 && late < slow(1_000), `${late} ms after the second in which it expires`);
    assert.equal((await subject.get("/api/users")).status, 401);
    const witness = await person(server, "witness");
    assert.equal(await sayOnline(witness, subject.id), false);
    socket.destroy();
  } finally {
    await server.stop();
  }
});

test("SC-9 UD-11 a session goes over to another login of its user by SEND /app/token, and to nobody else's", async () => {
  const server = await Server.start({ "logins-per-user": "2" });
  try {
    const first = await person(server, "renewed");
    const stranger = await person(server, "stranger");
    const socket = await RawStomp.connect(first);
    const second = new Browser(server);
    await second.login(first.account);
    const token = (browser) => ({ destination: "/app/token", Authorization: `Bearer ${browser.token}` });
    await socket.done("SEND", token(second));
    await first.logout({ apartFrom: socket });
    await socket.silent();
    await second.logout({ apartFrom: socket });
    assert.equal((await socket.refused()).code, 4401);
    const other = await RawStomp.connect(stranger);
    assert.equal((await first.login(first.account)).status, 200);
    other.send("SEND", { ...token(first), receipt: "r" });
    const refused = await other.refused();
    assert.equal(refused.code, 4403);
    assert.equal(refused.headers["receipt-id"], "r");
    socket.destroy();
    other.destroy();
  } finally {
    await server.stop();
  }
});

describe("several instances over one PostgreSQL", { skip: !there }, () => {
  after(removeScratchFolders);

  test("D12.3 D3.4 instances with the same keys accept each other's tokens", async () => {
    const [one, two] = await instances(2);
    try {
      const here = await person(one, "same");
      const there = moved(here, two);
      assert.equal((await there.get("/api/users")).status, 200);
      const answer = await there.refresh();
      assert.equal(answer.status, 200, answer.text);
      assert.equal((await here.get("/api/users", { bearer: answer.json.accessToken })).status, 200);
    } finally {
      await stopAll([one, two]);
    }
  });

  test("SC-8 D3.8 D3.9 G6 displacement, logout and expiry at one instance end the sockets at the other within a second", async () => {
    const [one, two] = await instances(2, { "refresh-lifetime": "20s" });
    try {
      const ends = {
        displacement: async (browser) => new Browser(two).login(browser.account),
        logout: async (browser) => moved(browser, two).logout(),
      };
      for (const [what, act] of Object.entries(ends)) {
        const subject = await person(one, "ended");
        const socket = await RawStomp.connect(subject);
        assert.ok([200, 204].includes((await act(subject)).status));
        const began = Date.now();
        assert.equal((await socket.refused()).code, 4401, what);
        assert.ok(Date.now() - began < slow(1_000), `${what}: ${Date.now() - began} ms`);
        assert.equal((await subject.get("/api/users")).status, 401);
        socket.destroy();
      }
    } finally {
      await stopAll([one, two]);
    }
  });

  test("D8.6 who is online is the same at all instances, within a second of what changed it", async () => {
    const [one, two] = await instances(2, { "refresh-lifetime": "1h" });
    try {
      const subject = await person(one, "seen");
      const [here, there] = [await person(one, "here"), await person(two, "there")];
      const seen = async (expected) => {
        const began = Date.now();
        for (const witness of [here, there]) await until(`online ${expected}`, async () => (await sayOnline(witness, subject.id)) === expected);
        assert.ok(Date.now() - began < slow(1_500), `${Date.now() - began} ms`);
      };
      await seen(true);
      await subject.logout();
      await seen(false);
      await moved(subject, two).login(subject.account);
      await seen(true);
    } finally {
      await stopAll([one, two]);
    }
  });

  test("SC-10 D8.1 G6 who follows a channel at one instance loses it when it is deleted at the other, and keeps his socket", async () => {
    const [one, two] = await instances(2);
    try {
      const [here, chief] = [await person(one, "reader"), await admin(two)];
      const channel = await publicChannel(chief);
      const socket = await RawStomp.connect(here);
      await socket.subscribe("e", "/user/queue/errors");
      await socket.subscribe("c", `/sub/channels.${channel.id}.messages`);
      assert.equal((await chief.fetch("DELETE", `/api/channels/${channel.id}`)).status, 204);
      const began = Date.now();
      const told = await socket.expect("MESSAGE", { subscription: "e" });
      assert.ok(Date.now() - began < slow(1_000), `${Date.now() - began} ms`);
      assert.equal(JSON.parse(told.text).code, "CHANNEL_NOT_FOUND");
      await socket.silent();
      socket.send("SUBSCRIBE", { id: "again", destination: `/sub/channels.${channel.id}.messages` });
      assert.equal((await socket.refused()).code, 4403);
      socket.destroy();
    } finally {
      await stopAll([one, two]);
    }
  });
});

after(removeScratchFolders);
