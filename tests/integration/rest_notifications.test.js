// REST: notifications (discodeit.md 2.6, 3.10, 4.6, 5.2, 8.4), and that each is made once, whatever becomes of the process
// that should make it, and however many there are (12.1).

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Browser, admin, giveRole, history, jsonBody, person, privateChannel, publicChannel } from "./support/people.js";
import { databaseOf, hasPostgres, sqlOf } from "./support/postgres.js";
import { Server, WORKERS, scratchFolder, serverOf } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { eventually, slow } from "./support/time.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const KEPT = 100;
const there = await hasPostgres();

let chief, haneul, dami, eun;
const server = serverOf({ before, after }, {}, async (now) => {
  chief = await admin(now);
  [haneul, dami, eun] = [await person(now, "haneul"), await person(now, "dami"), await person(now, "eun")];
});

const refused = (answer, status, code) => {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.json.code, code);
};

/** As the page does it: the channel is opened, then the bell rung (D8.2). */
async function bell(by, channelId, on = true) {
  const status = await by.post("/api/readStatuses", jsonBody({ userId: by.id, channelId, lastReadAt: new Date().toISOString() }));
  assert.equal(status.status, 201, status.text);
  const answer = await by.fetch("PATCH", `/api/readStatuses/${status.json.id}`,
    jsonBody({ newLastReadAt: null, newNotificationEnabled: on }));
  assert.equal(answer.status, 200, answer.text);
}

async function list(by, options) {
  const answer = await by.get("/api/notifications", options);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
}

const discard = (by, id, options) => by.fetch("DELETE", `/api/notifications/${id}`, options);
const clear = async (...all) => {
  for (const by of all) for (const one of await list(by)) assert.equal((await discard(by, one.id)).status, 204);
};
const contents = async (by) => (await list(by)).map((one) => one.content).reverse();

/** His notifications, oldest first, once there are so many. */
const told = (by, count, ms) =>
  eventually(async () => { const all = await list(by); return all.length >= count ? all.reverse() : null; }, `${count} notifications`, ms);

async function say(by, channelId, ...texts) {
  const stomp = await RawStomp.connect(by);
  for (const text of texts) await stomp.sayDurably(channelId, text);
  stomp.destroy();
}

describe("notifications", () => {
  test("D4.6 who was told nothing has an empty list", async () => {
    assert.deepEqual(await list(await person(server.now, "new")), []);
  });

  test("D2.6 D8.4 a message is told to who has the bell of the channel on, and neither to its author nor to others", async () => {
    const room = await publicChannel(chief);
    for (const one of [haneul, dami]) await bell(one, room.id);
    await bell(eun, room.id, false);
    await say(haneul, room.id, "lunch?");
    const [one] = await told(dami, 1);
    assert.deepEqual(Object.keys(one).sort(), ["content", "createdAt", "id", "receiverId", "title"]);
    assert.match(one.id, UUID);
    assert.match(one.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
    assert.equal(one.receiverId, dami.id);
    assert.equal(one.title, `${haneul.account.username} (#${room.name})`);
    assert.equal(one.content, "lunch?");
    await say(dami, room.id, "soon");  // the fence: what comes later is told later
    await told(haneul, 1);
    assert.deepEqual(await contents(haneul), ["soon"]);
    assert.deepEqual(await contents(eun), []);
    assert.deepEqual(await contents(chief), []);
    await clear(haneul, dami);
  });

  test("D8.2 D8.4 in a PRIVATE channel the bell is on from the start", async () => {
    const channel = await privateChannel(haneul, dami);
    await say(haneul, channel.id, "psst");
    const [one] = await told(dami, 1);
    assert.equal(one.title, haneul.account.username);
    assert.equal(one.content, "psst");
    assert.deepEqual(await contents(eun), []);
    await clear(dami);
  });

  test("D4.6 the list is of one's own, the newest first, on every worker", async () => {
    const channel = await privateChannel(haneul, eun);
    const texts = Array.from({ length: 12 }, (_, i) => `number ${i}`);
    await say(haneul, channel.id, ...texts);
    await told(eun, texts.length);
    for (let worker = 0; worker < WORKERS; worker++) {
      const apartFrom = Array.from({ length: WORKERS }, (_, one) => ({ worker: one })).filter((one) => one.worker !== worker);
      const all = await list(eun, { apartFrom });
      assert.deepEqual(all.map((one) => one.content), [...texts].reverse());
      assert.ok(all.every((one) => one.receiverId === eun.id));
      assert.ok(all.every((one, i) => i === 0 || one.createdAt < all[i - 1].createdAt));
    }
    await clear(eun);
  });

  test("D4.6 D3.10 D5.2 reading one deletes it: 204; another's is 403, an unknown one 404, without a login 401", async () => {
    const channel = await privateChannel(haneul, dami);
    await say(haneul, channel.id, "one", "two");
    const [one, two] = await told(dami, 2);
    refused(await discard(haneul, one.id), 403, "NOTIFICATION_FORBIDDEN");
    refused(await discard(chief, one.id), 403, "NOTIFICATION_FORBIDDEN");
    for (const id of [NOBODY, "x", "%20", one.id.slice(1)]) refused(await discard(dami, id), 404, "NOTIFICATION_NOT_FOUND");
    assert.equal((await discard(dami, one.id, { bearer: null })).status, 401);
    assert.equal((await dami.get("/api/notifications", { bearer: null })).status, 401);
    assert.equal((await discard(dami, one.id, { headers: { "X-XSRF-TOKEN": "wrong" } })).status, 403);
    assert.equal((await list(dami)).length, 2);
    const done = await discard(dami, one.id);
    assert.equal(done.status, 204);
    assert.equal(done.text, "");
    refused(await discard(dami, one.id), 404, "NOTIFICATION_NOT_FOUND");
    assert.deepEqual((await list(dami)).map((left) => left.id), [two.id]);
    await clear(dami);
  });

  test("D4.6 D9 one that is read twice at the same time: whoever hears of it hears that it is gone", async () => {
    const channel = await privateChannel(haneul, dami);
    await say(haneul, channel.id, "both");
    const [one] = await told(dami, 1);
    const answers = await Promise.all([discard(dami, one.id), discard(dami, one.id), discard(dami, one.id)]);
    assert.ok(answers.every(({ status }) => status === 204 || status === 404), answers.map((a) => a.text).join());
    assert.ok(answers.some(({ status }) => status === 204));
    assert.deepEqual(await list(dami), []);
  });

  test("D8.4 a long text is cut to a hundred characters", async () => {
    const channel = await privateChannel(haneul, dami);
    await say(haneul, channel.id, "가".repeat(2000));
    const [one] = await told(dami, 1);
    assert.equal(one.content, `${"가".repeat(99)}…`);
    await clear(dami);
  });

  test("D4.6 of many the newest are kept", async () => {
    const channel = await privateChannel(haneul, eun);
    const texts = Array.from({ length: KEPT + 20 }, (_, i) => `${i}`);
    await say(haneul, channel.id, ...texts);
    const newest = await eventually(async () => { const all = await list(eun); return all[0]?.content === texts.at(-1) && all; }, "the last one");
    assert.deepEqual(newest.map((one) => one.content), texts.slice(-KEPT).reverse());
    await clear(eun);
  });
});

describe("once", () => {
  const texts = (round) => Array.from({ length: 20 }, (_, i) => `round ${round}, ${i}`);

  test("D8.4 G1 a process that is killed with -9 behind the RECEIPT: after its start everybody is told, of each message once", async () => {
    const own = await Server.start();
    const [author, one, two] = [await person(own, "a"), await person(own, "b"), await person(own, "c")];
    const channel = await privateChannel(author, one, two);
    const all = [];
    for (let round = 0; round < 4; round++) {
      const stomp = await RawStomp.connect(author);
      const receipts = texts(round).map((text) => stomp.sayDurably(channel.id, text));
      await receipts[0];
      for (const rest of receipts.slice(1)) rest.catch(() => {});
      await own.kill();
      await own.restart();
      all.length = 0;
      all.push(...(await history(author, channel.id)).map((message) => message.content));
      for (const by of [one, two]) {
        await told(by, all.length, slow(20_000));
        assert.deepEqual(await contents(by), all, "each once, in order");
      }
    }
    await own.stop();
  });

  const instancesOf = async (count, flags) => {
    const url = await databaseOf(await scratchFolder());
    const all = [];
    for (let i = 0; i < count; i++) all.push(await Server.start({ "database-url": url, ...flags }));
    return { url, all };
  };
  /** Somebody of one instance, who logs in at another. */
  const at = async (server, by) => {
    const browser = new Browser(server);
    assert.equal((await browser.login(by.account)).status, 200);
    return browser;
  };
  const eventsOf = (url, by) => sqlOf(url, `SELECT count(*) FROM log WHERE stream = 'events' AND audience = '${by.id}' AND id IN
    (SELECT id FROM notifications)`);
  const twice = (url) => sqlOf(url, "SELECT count(*) FROM (SELECT 1 FROM notifications GROUP BY event_id, receiver_id HAVING count(*) > 1) x");

  test("D12.1 two instances over one database, both with authors in one channel: each receiver is told of each message once",
    { skip: !there }, async () => {
      const { url, all: [first, second] } = await instancesOf(2, {});
      const [ann, bob, eve] = [await person(first, "ann"), await person(first, "bob"), await person(first, "eve")];
      const boss = await admin(first);
      const room = await publicChannel(boss);
      for (const one of [ann, bob, eve]) await bell(one, room.id);
      const elsewhere = await at(second, bob);
      const own = Array.from({ length: 40 }, (_, i) => `${i}`);
      await Promise.all([say(ann, room.id, ...own.map((text) => `a${text}`)), say(elsewhere, room.id, ...own.map((text) => `b${text}`))]);
      await told(eve, 80, slow(20_000));
      await told(ann, 40, slow(20_000));
      const said = (await history(eve, room.id)).map((message) => message.content);
      assert.equal(said.length, 80);
      assert.deepEqual(await contents(eve), said);
      assert.deepEqual(await contents(ann), said.filter((text) => text.startsWith("b")));
      assert.deepEqual((await contents(elsewhere)), said.filter((text) => text.startsWith("a")));
      assert.equal(await eventsOf(url, eve), "80");
      assert.equal(await twice(url), "0");
      for (const one of [first, second]) await one.stop();
    });

  test("D12.1 G1 what an instance that was killed has left behind the other one tells",
    { skip: !there }, async () => {
      const { url, all: [first, second] } = await instancesOf(2, { "notify-interval": "300ms" });
      const [ann, bob] = [await person(first, "ann"), await person(first, "bob")];
      const channel = await privateChannel(ann, bob);
      const reader = await at(second, bob);
      const stomp = await RawStomp.connect(ann);
      const receipts = texts(0).map((text) => stomp.sayDurably(channel.id, text));
      await receipts[0];
      for (const rest of receipts) rest.catch(() => {});
      await first.kill();
      const said = (await eventually(async () => (await history(reader, channel.id)).length > 0 && history(reader, channel.id), "messages"))
        .map((message) => message.content);
      await told(reader, said.length, slow(20_000));
      assert.deepEqual(await contents(reader), said);
      assert.equal(await twice(url), "0");
      await second.stop();
    });
});
