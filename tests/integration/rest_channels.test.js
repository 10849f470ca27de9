// REST: channels and pages of messages (discodeit.md 2.3, 2.4, 2.8, 4.3, 4.4, 8.1).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { serverOf } from "./support/server.js";
import { admin, general, history, jsonBody, messagesPath, person, privateChannel, publicChannel, request } from "./support/people.js";
import { RawStomp } from "./support/stomp.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";
let chief, dami, eun, haneul;
const server = serverOf({ before, after }, {}, async (now) => {
  chief = await admin(now);
  haneul = await person(now, "haneul");
  dami = await person(now, "dami");
  eun = await person(now, "eun");
});
const channels = async (browser) => (await browser.get(`/api/channels?userId=${browser.id}`)).json;

test("D2.3 a PUBLIC channel general is there from the start", async () => {
  const channel = await general(haneul);
  assert.equal(channel.type, "PUBLIC");
  assert.deepEqual(channel.participants, []);
  assert.equal(channel.lastMessageAt ?? null, null, "D14: null while there is no message");
});

test("D4.3 D2.3 a PUBLIC channel: 201 with the ChannelDto, and everybody sees it", async () => {
  const answer = await chief.post("/api/channels/public", jsonBody({ name: "공지", description: "모두에게" }));
  assert.equal(answer.status, 201);
  const { id, type, name, description, participants } = answer.json;
  assert.deepEqual({ type, name, description, participants }, { type: "PUBLIC", name: "공지", description: "모두에게", participants: [] });
  for (const who of [haneul, chief]) assert.ok((await channels(who)).some((one) => one.id === id));
});

test("D4.3 name 2 to 50 characters, description up to 255, may be empty", async () => {
  const attempt = async (body) => (await chief.post("/api/channels/public", jsonBody(body))).status;
  assert.equal(await attempt({ name: "ab", description: "" }), 201);
  assert.equal(await attempt({ name: "가".repeat(50), description: "나".repeat(255) }), 201);
  assert.equal(await attempt({ name: "no description" }), 201);
  for (const body of [{ name: "a" }, { name: "a".repeat(51) }, { name: "  " }, { description: "x" }, { name: null }, { name: 5 },
    { name: "ab", description: "x".repeat(256) }, { name: "ab", description: 5 }]) {
    assert.equal(await attempt(body), 400, JSON.stringify(body));
  }
  for (const body of ["", "{", "[]", "null", "{\"name\":\"ab\"} x"]) {
    const answer = await chief.post("/api/channels/public", { headers: { "Content-Type": "application/json" }, body });
    assert.equal(answer.status, 400, body);
  }
  assert.equal((await chief.post("/api/channels/public", { headers: { "Content-Type": "text/plain" }, body: "{}" })).status, 415);
});

test("D4.3 D8.1 a PRIVATE channel: its members see it, nobody else does, not even the ADMIN", async () => {
  const channel = await privateChannel(haneul, dami);
  assert.equal(channel.type, "PRIVATE");
  assert.equal(channel.name ?? null, null);
  assert.equal(channel.description ?? null, null);
  assert.deepEqual(channel.participants.map((one) => one.id).sort(), [haneul.id, dami.id].sort());
  for (const who of [haneul, dami]) {
    const seen = (await channels(who)).find((one) => one.id === channel.id);
    assert.deepEqual(seen.participants.map((one) => one.username).sort(), [haneul.account.username, dami.account.username].sort(), "the caller included");
  }
  for (const who of [eun, chief]) assert.equal((await channels(who)).some((one) => one.id === channel.id), false);
});

test("D4.3 a PRIVATE channel needs two people who exist", async () => {
  const attempt = async (participantIds) => (await haneul.post("/api/channels/private", jsonBody({ participantIds }))).status;
  assert.equal(await attempt([haneul.id]), 400, "one");
  assert.equal(await attempt([]), 400, "none");
  assert.equal(await attempt(null), 400);
  assert.equal(await attempt(["x", haneul.id]), 400, "no UUID");
  assert.equal(await attempt([haneul.id, haneul.id]), 400, "himself twice");
  assert.equal(await attempt([NOBODY, haneul.id]), 404, "who does not exist");
  assert.equal(await attempt([dami.id, NOBODY, haneul.id]), 404);
  assert.equal(await attempt([dami.id, eun.id, haneul.id]), 201, "three");
});

test("D4.3 GET /api/channels is for the caller: another's userId is 403, none is his own", async () => {
  assert.equal((await haneul.get(`/api/channels?userId=${dami.id}`)).status, 403);
  assert.equal((await haneul.get("/api/channels?userId=x")).status, 400);
  const own = await haneul.get("/api/channels");
  assert.equal(own.status, 200);
  assert.deepEqual(own.json.map((one) => one.id).sort(), (await channels(haneul)).map((one) => one.id).sort());
});

test("D4.4 D15.10 120 messages: pages of 50, 50 and 20, newest first, each once; the cursor never null before the end", async () => {
  const channel = await publicChannel(chief);
  const stomp = await RawStomp.connect(haneul);
  for (let i = 0; i < 120; i++) stomp.say(channel.id, `message ${i}`);
  await stomp.silent();
  const pages = [];
  for (let cursor = ""; ;) {
    const { status, json } = await dami.get(messagesPath(channel.id, cursor && `&cursor=${encodeURIComponent(cursor)}`), { apartFrom: stomp });
    assert.equal(status, 200);
    assert.equal(json.size, 50);
    assert.equal(json.totalElements ?? null, null);
    assert.ok(json.nextCursor, "D2.8: not null while there is content");
    pages.push(json.content);
    if (!json.hasNext) break;
    cursor = json.nextCursor;
  }
  stomp.destroy();
  assert.deepEqual(pages.map((one) => one.length), [50, 50, 20]);
  const all = pages.flat();
  assert.deepEqual(all.map((one) => one.content), Array.from({ length: 120 }, (_, i) => `message ${119 - i}`));
  assert.equal(new Set(all.map((one) => one.id)).size, 120);
  for (let i = 1; i < all.length; i++) assert.ok(all[i].createdAt < all[i - 1].createdAt, "strictly rising times");
  const beyond = await dami.get(messagesPath(channel.id, `&cursor=${encodeURIComponent(all.at(-1).createdAt)}`));
  assert.equal(beyond.status, 200);
  assert.deepEqual(beyond.json.content, []);
  assert.equal(beyond.json.hasNext, false);
});

test("D2.4 a MessageDto: author, attachments, null updatedAt, times with a Z", async () => {
  const channel = await publicChannel(chief);
  const stomp = await RawStomp.connect(haneul);
  const text = "안녕 \"세계\" \\ \n\t 😀 </script>\u2028";
  await stomp.subscribe("s", `/sub/channels.${channel.id}.messages`);
  const seen = [];
  await stomp.sayDurably(channel.id, text, seen);
  const [message] = await history(dami, channel.id, { apartFrom: stomp });
  const live = seen.find((frame) => frame.command === "MESSAGE") ?? await stomp.expect("MESSAGE");
  stomp.destroy();
  assert.deepEqual(JSON.parse(live.text), message, "D6.3 what comes live is what is read");
  assert.equal(message.updatedAt, null);
  assert.equal(message.content, text);
  assert.equal(message.channelId, channel.id);
  assert.match(message.createdAt, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}(\d{3})?)?Z$/);
  assert.equal(message.author.id, haneul.id);
  assert.equal(message.author.role, "USER");
  assert.deepEqual(message.attachments, []);
  const listed = (await channels(dami)).find((one) => one.id === channel.id);
  assert.equal(listed.lastMessageAt, message.createdAt, "D2.3");
});

test("D4.4 a plain instant is a cursor too: strictly older", async () => {
  const channel = await publicChannel(chief);
  const stomp = await RawStomp.connect(haneul);
  for (let i = 0; i < 4; i++) await stomp.sayDurably(channel.id, `m${i}`);
  const all = await history(haneul, channel.id, { apartFrom: stomp });
  stomp.destroy();
  const page = await haneul.get(messagesPath(channel.id, `&cursor=${all[2].createdAt}`));
  assert.deepEqual(page.json.content.map((one) => one.content), ["m1", "m0"]);
  const future = await haneul.get(messagesPath(channel.id, "&cursor=2999-01-01T00:00:00Z"));
  assert.equal(future.json.content.length, 4);
});

test("D4.4 size and sort: 50 newest first without them; what is out of range or unknown is 400", async () => {
  const channel = await publicChannel(chief);
  const stomp = await RawStomp.connect(haneul);
  for (let i = 0; i < 3; i++) await stomp.sayDurably(channel.id, `m${i}`);
  const get = (query) => haneul.get(`/api/messages?channelId=${channel.id}${query}`, { apartFrom: stomp });
  assert.equal((await get("")).json.size, 50);
  const two = await get("&size=2");
  assert.deepEqual(two.json.content.map((one) => one.content), ["m2", "m1"]);
  assert.equal(two.json.size, 2);
  assert.equal(two.json.hasNext, true);
  assert.equal((await get("&size=1")).status, 200);
  assert.equal((await get("&sort=createdAt%2Cdesc")).status, 200);
  for (const query of ["&size=0", "&size=-1", "&size=abc", "&size=1000000", "&size=", "&size=99999999999999999999", "&sort=name,asc",
    "&sort=createdAt", "&cursor=garbage", "&cursor=2026-13-01T00:00:00Z"]) {
    const answer = await get(query);
    assert.equal(answer.status, 400, query);
    assert.equal(answer.json.code, "INVALID_REQUEST", query);
  }
  assert.equal((await haneul.get("/api/messages")).status, 400);
  assert.equal((await haneul.get("/api/messages?channelId=%zz")).status, 400);
  assert.equal((await haneul.get(`/api/messages?channelId=${NOBODY}`)).status, 404);
  stomp.destroy();
});

test("D4.4 G6 the messages of a PRIVATE channel: members 200, anybody else 403", async () => {
  const channel = await privateChannel(haneul, dami);
  const stomp = await RawStomp.connect(haneul);
  await stomp.sayDurably(channel.id, "between us");
  assert.equal((await history(dami, channel.id, { apartFrom: stomp })).at(-1).content, "between us");
  for (const who of [eun, chief]) {
    const answer = await who.get(messagesPath(channel.id), { apartFrom: stomp });
    assert.equal(answer.status, 403);
    assert.equal(answer.text.includes("between us"), false);
  }
  stomp.destroy();
});

test("D1 /actuator/health says UP to anybody; what is not there is 404 with a body", async () => {
  const health = await request(server.now, "GET", "/actuator/health");
  assert.equal(health.status, 200);
  assert.equal(health.json.status, "UP");
  assert.equal((await request(server.now, "GET", "/actuator/nothing")).status, 404);
  assert.equal((await request(server.now, "GET", "/api/nothing")).status, 404);
});

test("D1 the page: index.html at / and at unknown paths, scripts as JavaScript, entity tags", async () => {
  const index = await request(server.now, "GET", "/");
  assert.equal(index.status, 200);
  assert.match(index.headers["content-type"], /^text\/html/);
  assert.match(index.headers["content-security-policy"], /default-src 'self'/);
  const elsewhere = await request(server.now, "GET", "/some/where");
  assert.equal(elsewhere.text, index.text);
  const scripts = [...index.text.matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g)].map((one) => one[1]);
  assert.ok(scripts.length > 0);
  for (const path of scripts) {
    const asset = await request(server.now, "GET", path);
    assert.equal(asset.status, 200, path);
    if (path.endsWith(".js")) assert.match(asset.headers["content-type"], /javascript/);
    if (path.endsWith(".css")) assert.match(asset.headers["content-type"], /^text\/css/);
    const again = await request(server.now, "GET", path, { headers: { "If-None-Match": asset.headers.etag } });
    assert.equal(again.status, 304);
    assert.equal(again.text, "");
    assert.equal((await request(server.now, "GET", path, { headers: { "If-None-Match": '"other"' } })).status, 200);
  }
  assert.equal((await request(server.now, "GET", "/assets/none.js")).status, 404);
  for (const path of ["/../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../../x", "/assets/%2e%2e%2f"]) {
    const answer = await request(server.now, "GET", path);
    assert.equal(answer.text.includes("root:"), false, path);
    assert.ok([200, 400, 404].includes(answer.status), path);
  }
});
