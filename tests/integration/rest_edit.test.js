// REST: changing and deleting channels and messages, and read statuses (discodeit.md 2.5, 3.3, 3.10, 4.3 to 4.5, 5, 8.1 to 8.3).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { WORKERS, serverOf } from "./support/server.js";
import { admin, history, jsonBody, messagesPath, person, privateChannel, publicChannel, request } from "./support/people.js";
import { exchange } from "./support/raw.js";
import { RawStomp } from "./support/stomp.js";
import { sqlOf } from "./support/postgres.js";
import { eventually, within } from "./support/time.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const MALFORMED = ["x", NOBODY.slice(1), `${NOBODY}0`, "%20", "%EA%B0%80", NOBODY.replaceAll("-", "")];
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const HANGUL = /[가-힣]/;
const POSTGRES = process.env.PARLEY_TEST_STORE === "postgresql";

let chief, dami, eun, haneul;
const server = serverOf({ before, after }, {}, async (now) => {
  chief = await admin(now);
  haneul = await person(now, "haneul");
  dami = await person(now, "dami");
  eun = await person(now, "eun");
});

/* ---- what is asked ---- */

const send = (by, method, path, body, options = {}) =>
  by.fetch(method, path, { ...options, body: body?.body, headers: { ...body?.headers, ...options.headers } });
const patch = (by, path, value, options) => send(by, "PATCH", path, jsonBody(value), options);
const remove = (by, path, options) => send(by, "DELETE", path, undefined, options);
const channelPath = (id) => `/api/channels/${id}`;
const messagePath = (id) => `/api/messages/${id}`;
const statusPath = (id) => `/api/readStatuses/${id}`;
const makeStatus = (by, channelId, more = {}, options) =>
  by.post("/api/readStatuses", jsonBody({ userId: by.id, channelId, lastReadAt: "2026-03-02T09:15:30.482Z", ...more }), options);
const statuses = async (by, options) => {
  const answer = await by.get(`/api/readStatuses?userId=${by.id}`, options);
  assert.equal(answer.status, 200, answer.text);
  return answer.json;
};
const statusIn = async (by, channelId) => (await statuses(by)).find((one) => one.channelId === channelId);
const channelIn = async (by, id, options) =>
  (await by.get(`/api/channels?userId=${by.id}`, options)).json.find((one) => one.id === id);
const contents = async (by, channelId, options) => (await history(by, channelId, options)).map((one) => one.content);

const everyWorker = Array.from({ length: WORKERS }, (_, worker) => worker);
/** Served by this worker and no other. */
const on = (worker) => ({ apartFrom: everyWorker.filter((one) => one !== worker).map((one) => ({ worker: one })) });

/** Says it over a connection of the author's, and gives the MessageDto. */
async function said(by, channelId, content) {
  const stomp = await RawStomp.connect(by);
  await stomp.sayDurably(channelId, content);
  stomp.destroy();
  return (await history(by, channelId)).find((one) => one.content === content);
}

/* ---- what is answered ---- */

/** D5.1: the whole body, Korean unless asked otherwise. */
function refused(answer, status, code, what = "") {
  assert.equal(answer.status, status, `${what} ${answer.text}`);
  assert.equal(answer.json.code, code, what);
  assert.equal(answer.json.status, status);
  assert.match(answer.json.message, HANGUL);
  assert.ok(answer.json.exceptionType.length > 0);
  assert.match(answer.json.timestamp, /Z$/);
  assert.match(answer.headers["discodeit-request-id"], /^[0-9a-f]{32}$/);
}

/** 400 that says of these fields, in Korean, what is wrong with them. */
function invalid(answer, fields, what) {
  refused(answer, 400, "VALIDATION_ERROR", what);
  assert.deepEqual(Object.keys(answer.json.details).sort(), [...fields].sort(), what);
  for (const reason of Object.values(answer.json.details)) assert.match(reason, HANGUL, what);
}

/** D4: 204, and nothing behind the head. */
function gone(answer) {
  assert.equal(answer.status, 204, answer.text);
  assert.equal(answer.text, "");
  assert.equal(answer.headers["content-type"], undefined);
}

/* ---- what all of them have in common ---- */

/** Each call that changes something, as it would succeed; the path ends in `id`. */
const CALLS = [
  ["PATCH", channelPath, { newName: "changed" }, "CHANNEL_NOT_FOUND"],
  ["DELETE", channelPath, undefined, "CHANNEL_NOT_FOUND"],
  ["PATCH", messagePath, { newContent: "changed" }, "MESSAGE_NOT_FOUND"],
  ["DELETE", messagePath, undefined, "MESSAGE_NOT_FOUND"],
  ["PATCH", statusPath, { newNotificationEnabled: true }, "READ_STATUS_NOT_FOUND"],
];

/** Something for each path to name, all of it haneul's or the chief's to change. */
async function belongings() {
  const channel = await publicChannel(chief);
  const message = await said(haneul, channel.id, "as it was");
  const status = (await makeStatus(haneul, channel.id)).json;
  return { channel, message, status, idOf: new Map([[channelPath, channel.id], [messagePath, message.id], [statusPath, status.id]]) };
}

async function assertUntouched({ channel, message, status }) {
  assert.deepEqual(await channelIn(haneul, channel.id), { ...channel, lastMessageAt: message.createdAt });
  assert.deepEqual(await contents(haneul, channel.id), ["as it was"]);
  assert.deepEqual(await statusIn(haneul, channel.id), status);
}

test("D3.3 D15.5 PATCH and DELETE need the CSRF cookie and the header, equal: else 403, and nothing changes", async () => {
  const own = await belongings();
  const bearer = { Authorization: `Bearer ${chief.token}` };
  const wrong = [{}, { Cookie: "XSRF-TOKEN=abc" }, { "X-XSRF-TOKEN": "abc" }, { Cookie: "XSRF-TOKEN=abc", "X-XSRF-TOKEN": "abd" }];
  const calls = [...CALLS, ["POST", () => "/api/readStatuses", { channelId: own.channel.id }]];
  for (const [method, path, value] of calls) {
    for (const headers of wrong) {
      const body = value && jsonBody(value);
      const answer = await request(server.now, method, path(own.idOf.get(path)), { body: body?.body, headers: { ...body?.headers, ...bearer, ...headers } });
      refused(answer, 403, "INVALID_CSRF_TOKEN", `${method} ${path("")} ${JSON.stringify(headers)}`);
    }
  }
  await assertUntouched(own);
});

test("D3.10 without a token, or with one that is none: 401, whatever the path names", async () => {
  const own = await belongings();
  const calls = [...CALLS, ["POST", () => "/api/readStatuses", { channelId: own.channel.id }], ["GET", () => "/api/readStatuses"]];
  for (const [method, path, value] of calls) {
    for (const id of [own.idOf.get(path), NOBODY, "x"]) {
      const body = value && jsonBody(value);
      refused(await send(haneul, method, path(id), body, { bearer: null }), 401, "UNAUTHENTICATED", `${method} ${path(id)}`);
      const answer = await send(haneul, method, path(id), body, { bearer: `${haneul.token.slice(0, -4)}AAAA` });
      refused(answer, 401, "INVALID_TOKEN", `${method} ${path(id)}`);
      assert.match(answer.headers["www-authenticate"], /^Bearer/);
    }
  }
  await assertUntouched(own);
});

test("D5.2 what is not there, and an id that is none: 404 with the code of the kind", async () => {
  for (const [method, path, value, code] of CALLS) {
    for (const id of [NOBODY, ...MALFORMED]) {
      refused(await send(chief, method, path(id), value && jsonBody(value)), 404, code, `${method} ${path(id)}`);
    }
  }
});

test("a path with nothing or too much behind it is no such resource, or does not know the method", async () => {
  for (const [method, path, value] of CALLS) {
    const answer = await send(chief, method, path(`${NOBODY}/more`), value && jsonBody(value));
    assert.equal(answer.status, 404, `${method} ${path("")}`);
    assert.ok([404, 405].includes((await send(chief, method, path(""), value && jsonBody(value))).status), `${method} ${path("")}`);
  }
});

test("D5.1 bodies that are no JSON object: 400 INVALID_REQUEST; none at all 411; of another type 415", async () => {
  const own = await belongings();
  const json = { "Content-Type": "application/json" };
  const bad = ["", "{", "[]", "null", "5", '"x"', '{"newName":"ab"} x', '{"newContent":"\\ud800"}', '{"newContent":"\\u0000"}',
    '{"newContent":"a","newContent":"b"}', "[".repeat(20_000), Buffer.from('{"newContent":"\xff"}', "latin1")];
  const calls = [...CALLS.filter(([method]) => method === "PATCH"), ["POST", () => "/api/readStatuses"]];
  for (const [method, path] of calls) {
    const ask = (options) => chief.fetch(method, path(own.idOf.get(path)), options);
    for (const body of bad) {
      refused(await ask({ headers: json, body }), 400, "INVALID_REQUEST", `${method} ${path("")} ${body.slice(0, 40)}`);
    }
    for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/json; charset=euc-kr", "multipart/form-data; boundary=x"]) {
      refused(await ask({ headers: { "Content-Type": type }, body: "{}" }), 415, "UNSUPPORTED_MEDIA_TYPE", `${method} ${path("")} ${type}`);
    }
    const silent = `${method} ${path(own.idOf.get(path) ?? "")} HTTP/1.1\r\nHost: ${server.now.host}\r\nContent-Type: application/json\r\n` +
      `Authorization: Bearer ${chief.token}\r\nCookie: XSRF-TOKEN=abc\r\nX-XSRF-TOKEN: abc\r\n\r\n`;
    assert.equal((await exchange(server.now, silent)).status, 411, `${method} ${path("")}`);
  }
  await assertUntouched(own);
});

test("D5.1 the message is English for who asks for it", async () => {
  const { json } = await patch(haneul, messagePath(NOBODY), { newContent: "x" }, { headers: { "Accept-Language": "en-US" } });
  assert.equal(json.message, "There is no such message.");
  const { json: other } = await patch(haneul, messagePath(NOBODY), { newContent: "" }, { headers: { "Accept-Language": "en" } });
  assert.deepEqual(other.details, { newContent: "must not be blank" });
});

test("RFC 9110 15.5.6 other methods: 405 with Allow; HEAD where GET is, without a body", async () => {
  const allow = async (method, path) => {
    const answer = await send(chief, method, path, method === "GET" || method === "HEAD" ? undefined : jsonBody({}));
    assert.equal(answer.status, 405, `${method} ${path}`);
    if (method !== "HEAD") refused(answer, 405, "METHOD_NOT_ALLOWED");
    return answer.headers.allow.split(", ").sort().join(" ");
  };
  for (const path of [channelPath(NOBODY), messagePath(NOBODY)]) {
    for (const method of ["GET", "HEAD", "POST", "PUT", "OPTIONS"]) assert.equal(await allow(method, path), "DELETE PATCH", `${method} ${path}`);
  }
  for (const method of ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]) assert.equal(await allow(method, statusPath(NOBODY)), "PATCH", method);
  for (const method of ["PUT", "PATCH", "DELETE", "OPTIONS"]) assert.equal(await allow(method, "/api/readStatuses"), "GET HEAD POST", method);
  const get = await haneul.get("/api/readStatuses");
  const head = await haneul.fetch("HEAD", "/api/readStatuses");
  assert.equal(head.status, 200);
  assert.equal(head.text, "");
  assert.equal(head.headers["content-length"], get.headers["content-length"]);
  assert.equal((await haneul.fetch("HEAD", "/api/readStatuses", { bearer: null })).status, 401);
});

/* ---- messages ---- */

test("D4.4 D8.3 an author changes his message: 200 with the MessageDto, and it is so on every worker", async () => {
  const channel = await publicChannel(chief);
  const writer = await RawStomp.connect(haneul);
  for (const text of ["first", "second", "third"]) await writer.sayDurably(channel.id, text);
  const before = await history(dami, channel.id, { apartFrom: writer });
  const text = "고친 글 \"😀\" \\ \n\t </script>\u2028";
  const answer = await patch(haneul, messagePath(before[1].id), { newContent: text }, { apartFrom: writer });
  assert.equal(answer.status, 200, answer.text);
  const { updatedAt, ...rest } = answer.json;
  assert.deepEqual({ ...rest, updatedAt: before[1].updatedAt }, { ...before[1], content: text }, "nothing else has changed");
  assert.ok(updatedAt > before[1].createdAt, "D2.4");
  for (const worker of everyWorker) {
    const now = await history(dami, channel.id, on(worker));
    assert.deepEqual(now.map((one) => one.content), ["first", text, "third"], `worker ${worker}: at its place`);
    assert.deepEqual(now[1], answer.json);
  }
  assert.equal((await channelIn(dami, channel.id)).lastMessageAt, before[2].createdAt, "an edit is no new message");
  writer.destroy();
});

test("D6.3 an edit and a deletion are no new MESSAGE for those who follow the channel", async () => {
  const channel = await publicChannel(chief);
  const reader = await RawStomp.connect(dami);
  await reader.subscribe("s", `/sub/channels.${channel.id}.messages`);
  const writer = await RawStomp.connectApart(reader, haneul);
  await writer.sayDurably(channel.id, "as it was");
  const { id } = JSON.parse((await reader.expect("MESSAGE")).text);
  assert.equal((await patch(haneul, messagePath(id), { newContent: "as it is" }, { apartFrom: reader })).status, 200);
  await reader.silent();
  gone(await remove(haneul, messagePath(id), { apartFrom: [reader, writer] }));
  await writer.sayDurably(channel.id, "the next");
  assert.equal(JSON.parse((await reader.expect("MESSAGE")).text).content, "the next");
  await reader.silent();
  for (const one of [reader, writer]) one.destroy();
});

test("D4.4 newContent: up to 2000 characters and not blank; else 400 that names it, and the message stays", async () => {
  const channel = await publicChannel(chief);
  const { id } = await said(haneul, channel.id, "as it was");
  const bad = [{}, { newContent: null }, { newContent: "" }, { newContent: " \t\n\u3000" }, { newContent: "가".repeat(2001) },
    { newContent: 5 }, { newContent: true }, { newContent: ["x"] }, { newContent: { x: 1 } }, { content: "x" }];
  for (const value of bad) invalid(await patch(haneul, messagePath(id), value), ["newContent"], JSON.stringify(value).slice(0, 60));
  assert.deepEqual(await contents(dami, channel.id), ["as it was"]);
  for (const text of ["가".repeat(2000), "😀".repeat(2000), " x ", "as it was"]) {
    const answer = await patch(haneul, messagePath(id), { newContent: text, content: "ignored", authorId: dami.id, id: NOBODY });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.content, text);
    assert.deepEqual(await contents(dami, channel.id), [text]);
    assert.equal(answer.json.author.id, haneul.id, "D1: unknown fields are ignored");
  }
});

test("D4.4 D8.3 an author deletes his message: 204, it is gone on every worker, and gone for good", async () => {
  const channel = await publicChannel(chief);
  const writer = await RawStomp.connect(haneul);
  for (const text of ["first", "second", "third"]) await writer.sayDurably(channel.id, text);
  const [first, second, third] = await history(dami, channel.id, { apartFrom: writer });
  gone(await remove(haneul, messagePath(second.id), { apartFrom: writer }));
  for (const worker of everyWorker) {
    assert.deepEqual(await contents(dami, channel.id, on(worker)), ["first", "third"], `worker ${worker}`);
    refused(await remove(haneul, messagePath(second.id), on(worker)), 404, "MESSAGE_NOT_FOUND");
    refused(await patch(haneul, messagePath(second.id), { newContent: "x" }, on(worker)), 404, "MESSAGE_NOT_FOUND");
  }
  gone(await remove(haneul, messagePath(third.id)));
  assert.equal((await channelIn(dami, channel.id)).lastMessageAt, first.createdAt, "D2.3: of the newest that there is");
  gone(await remove(haneul, messagePath(first.id)));
  assert.equal((await channelIn(dami, channel.id)).lastMessageAt ?? null, null);
  await writer.sayDurably(channel.id, "and on");
  assert.deepEqual(await contents(dami, channel.id), ["and on"]);
  writer.destroy();
});

test("D2.8 D4.4 paging goes on from a cursor whose message was deleted meanwhile", async () => {
  const channel = await publicChannel(chief);
  const writer = await RawStomp.connect(haneul);
  for (let i = 0; i < 6; i++) await writer.sayDurably(channel.id, `m${i}`);
  const page = (cursor) => dami.get(`/api/messages?channelId=${channel.id}&size=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
  const { json: newest } = await page();
  gone(await remove(haneul, messagePath(newest.content[1].id), { apartFrom: writer }));
  const { json: next } = await page(newest.nextCursor);
  assert.deepEqual(next.content.map((one) => one.content), ["m3", "m2"]);
  assert.deepEqual(await contents(dami, channel.id), ["m0", "m1", "m2", "m3", "m5"]);
  writer.destroy();
});

test("D3.10 somebody else's message is nobody's to change, not even the ADMIN's: 403, and it stays", async () => {
  const open = await publicChannel(chief);
  const closed = await privateChannel(haneul, dami);
  for (const channel of [open, closed]) {
    const { id } = await said(haneul, channel.id, "as it was");
    for (const who of [dami, eun, chief]) {
      const changed = await patch(who, messagePath(id), { newContent: "as it is" });
      refused(changed, 403, "AUTHORIZATION_DENIED");
      assert.equal(changed.text.includes("as it was"), false, "nor does the answer tell what it says");
      refused(await remove(who, messagePath(id)), 403, "AUTHORIZATION_DENIED");
    }
    assert.deepEqual(await contents(haneul, channel.id), ["as it was"]);
    assert.equal((await patch(haneul, messagePath(id), { newContent: "as it is" })).status, 200);
    gone(await remove(haneul, messagePath(id)));
  }
});

test("edits of one message on all workers at once: each 200 or 404, and the last state is one of them", async () => {
  const channel = await publicChannel(chief);
  const { id } = await said(haneul, channel.id, "as it was");
  const edits = await Promise.all(everyWorker.map((worker) => patch(haneul, messagePath(id), { newContent: `by ${worker}` }, on(worker))));
  assert.deepEqual(edits.map((one) => [one.status, one.json.content]), everyWorker.map((worker) => [200, `by ${worker}`]), "each sees its own");
  assert.match((await contents(dami, channel.id))[0], /^by \d$/);
  const answers = await Promise.all(everyWorker.map((worker) => (worker === 0
    ? remove(haneul, messagePath(id), on(worker)) : patch(haneul, messagePath(id), { newContent: "late" }, on(worker)))));
  gone(answers[0]);
  for (const one of answers.slice(1)) assert.ok([200, 404].includes(one.status), one.text);
  assert.deepEqual(await contents(dami, channel.id), []);
});

/* ---- channels ---- */

test("D4.3 D3.10 a manager changes a PUBLIC channel: 200 with the ChannelDto, and everybody sees it on every worker", async () => {
  const channel = await publicChannel(chief);
  const message = await said(haneul, channel.id, "it stays");
  const answer = await patch(chief, channelPath(channel.id), { newName: "새 이름", newDescription: "새 설명" }, on(0));
  assert.equal(answer.status, 200, answer.text);
  const now = { ...channel, name: "새 이름", description: "새 설명", lastMessageAt: message.createdAt };
  assert.deepEqual(answer.json, now);
  for (const worker of everyWorker) assert.deepEqual(await channelIn(haneul, channel.id, on(worker)), now, `worker ${worker}`);
  assert.deepEqual(await contents(dami, channel.id), ["it stays"]);
});

test("D4.3 what is absent or null stays; a description may be emptied", async () => {
  const channel = await publicChannel(chief);
  const change = async (value) => {
    const answer = await patch(chief, channelPath(channel.id), value);
    assert.equal(answer.status, 200, answer.text);
    return [answer.json.name, answer.json.description];
  };
  assert.deepEqual(await change({ newName: "first name", newDescription: "first words" }), ["first name", "first words"]);
  assert.deepEqual(await change({ newName: "second name" }), ["second name", "first words"]);
  assert.deepEqual(await change({ newName: null, newDescription: "second words" }), ["second name", "second words"]);
  assert.deepEqual(await change({ newDescription: null }), ["second name", "second words"]);
  assert.deepEqual(await change({}), ["second name", "second words"]);
  assert.deepEqual(await change({ newDescription: "" }), ["second name", ""]);
  assert.deepEqual(await change({ type: "PRIVATE", id: NOBODY, newName: "가".repeat(50), newDescription: "나".repeat(255) }),
    ["가".repeat(50), "나".repeat(255)]);
  assert.equal((await channelIn(haneul, channel.id)).type, "PUBLIC", "D1: unknown fields are ignored");
});

test("D4.3 newName 2 to 50 characters, newDescription up to 255: else 400 that names each, and nothing changes", async () => {
  const channel = await publicChannel(chief);
  const attempt = async (value, ...fields) =>
    invalid(await patch(chief, channelPath(channel.id), value), fields, JSON.stringify(value).slice(0, 60));
  for (const newName of ["", "a", "  ", " ab", "ab ", "a\nb", "가".repeat(51), 5, false, ["ab"], {}]) await attempt({ newName, newDescription: "x" }, "newName");
  for (const newDescription of ["가".repeat(256), 5, true, [], {}]) await attempt({ newName: "good name", newDescription }, "newDescription");
  await attempt({ newName: "a", newDescription: 5 }, "newName", "newDescription");
  assert.deepEqual(await channelIn(haneul, channel.id), channel);
});

test("D3.10 a USER may not change or delete a channel, not even a PRIVATE one of his own: 403", async () => {
  const open = await publicChannel(chief);
  const closed = await privateChannel(haneul, dami);
  for (const channel of [open, closed]) {
    refused(await patch(haneul, channelPath(channel.id), { newName: "taken over" }), 403, "AUTHORIZATION_DENIED");
    refused(await remove(haneul, channelPath(channel.id)), 403, "AUTHORIZATION_DENIED");
    const now = await channelIn(haneul, channel.id);
    assert.equal(now.name ?? null, channel.name ?? null);
  }
  refused(await patch(haneul, channelPath(NOBODY), { newName: "taken over" }), 403, "AUTHORIZATION_DENIED", "nor is he told what there is");
});

test("D4.3 D14 a PRIVATE channel does not change: 400 PRIVATE_CHANNEL_UPDATE", async () => {
  const channel = await privateChannel(haneul, dami);
  refused(await patch(chief, channelPath(channel.id), { newName: "name of it", newDescription: "x" }), 400, "PRIVATE_CHANNEL_UPDATE");
  refused(await patch(chief, channelPath(channel.id), {}), 400, "PRIVATE_CHANNEL_UPDATE");
  const now = await channelIn(haneul, channel.id);
  assert.equal(now.name ?? null, null);
  assert.equal(now.description ?? null, null);
});

test("D8.1 a manager deletes a channel: 204, and on every worker its messages and read statuses went with it", async () => {
  const channel = await publicChannel(chief);
  const other = await publicChannel(chief);
  const reader = await RawStomp.connect(dami);
  await reader.subscribe("s", `/sub/channels.${channel.id}.messages`);
  const message = await said(haneul, channel.id, "soon gone");
  assert.equal(JSON.parse((await reader.expect("MESSAGE")).text).id, message.id);
  const status = (await makeStatus(haneul, channel.id)).json;
  const kept = (await makeStatus(haneul, other.id)).json;
  await said(haneul, other.id, "still there");
  gone(await remove(chief, channelPath(channel.id), { apartFrom: reader }));
  for (const worker of everyWorker) {
    assert.equal(await channelIn(haneul, channel.id, on(worker)), undefined, `worker ${worker}`);
    refused(await haneul.get(messagesPath(channel.id), on(worker)), 404, "CHANNEL_NOT_FOUND");
    refused(await remove(chief, channelPath(channel.id), on(worker)), 404, "CHANNEL_NOT_FOUND");
    assert.equal((await statuses(haneul, on(worker))).some((one) => one.id === status.id), false);
  }
  refused(await patch(chief, channelPath(channel.id), { newName: "again" }), 404, "CHANNEL_NOT_FOUND");
  refused(await patch(haneul, messagePath(message.id), { newContent: "x" }), 404, "MESSAGE_NOT_FOUND");
  refused(await patch(haneul, statusPath(status.id), {}), 404, "READ_STATUS_NOT_FOUND");
  refused(await makeStatus(haneul, channel.id), 404, "CHANNEL_NOT_FOUND");
  assert.deepEqual(await contents(dami, other.id), ["still there"], "and nothing else went");
  assert.deepEqual(await statusIn(haneul, other.id), kept);
  const writer = await RawStomp.connectApart(reader, haneul);
  await writer.subscribe("e", "/user/queue/errors");
  writer.say(channel.id, "into the void");
  assert.equal(JSON.parse((await writer.expect("MESSAGE", { subscription: "e" })).text).code, "CHANNEL_NOT_FOUND");
  writer.send("SUBSCRIBE", { id: "s", destination: `/sub/channels.${channel.id}.messages` });
  assert.equal((await writer.refused()).code, 4403, "as for a channel that never was");
  await reader.silent();
  for (const one of [reader, writer]) one.destroy();
});

test("D3.10 D8.1 a manager deletes a PRIVATE channel too, though he is no member: it is gone for its members", async () => {
  const channel = await privateChannel(haneul, dami);
  await said(haneul, channel.id, "between us");
  gone(await remove(chief, channelPath(channel.id)));
  for (const who of [haneul, dami]) {
    assert.equal(await channelIn(who, channel.id), undefined);
    assert.equal(await statusIn(who, channel.id), undefined);
  }
  refused(await haneul.get(messagesPath(channel.id)), 404, "CHANNEL_NOT_FOUND");
});

test("a channel is deleted once, however many ask at a time", async () => {
  const channel = await publicChannel(chief);
  const answers = await Promise.all(everyWorker.map((worker) => remove(chief, channelPath(channel.id), on(worker))));
  assert.deepEqual(answers.map((one) => one.status).sort(), [204, 404, 404, 404]);
});

/* ---- read statuses ---- */

test("D2.5 D4.5 D8.2 POST: 201 with the ReadStatusDto; in a PUBLIC channel it begins without notifications", async () => {
  const channel = await publicChannel(chief);
  assert.equal(await statusIn(haneul, channel.id), undefined, "made by the page when it opens the channel");
  const answer = await makeStatus(haneul, channel.id);
  assert.equal(answer.status, 201, answer.text);
  const { id, lastReadAt, ...rest } = answer.json;
  assert.match(id, UUID);
  assert.equal(Date.parse(lastReadAt), Date.parse("2026-03-02T09:15:30.482Z"));
  assert.match(lastReadAt, /Z$/);
  assert.deepEqual(rest, { userId: haneul.id, channelId: channel.id, notificationEnabled: false });
  for (const worker of everyWorker) assert.deepEqual((await statuses(haneul, on(worker))).find((one) => one.id === id), answer.json);
  assert.equal(await statusIn(dami, channel.id), undefined, "his alone");
});

test("D4.5 the browser's clock is believed: past and future; none is now", async () => {
  for (const lastReadAt of ["1970-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999Z"]) {
    const channel = await publicChannel(chief);
    const answer = await makeStatus(haneul, channel.id, { lastReadAt });
    assert.equal(answer.status, 201, answer.text);
    assert.equal(answer.json.lastReadAt.slice(0, 19), lastReadAt.slice(0, 19));
    assert.deepEqual(await statusIn(haneul, channel.id), answer.json);
  }
  for (const lastReadAt of [undefined, null]) {
    const channel = await publicChannel(chief);
    const { json } = await makeStatus(haneul, channel.id, { lastReadAt });
    assert.ok(Math.abs(Date.parse(json.lastReadAt) - Date.now()) < 60_000);
  }
});

test("D4.5 two tabs: the second gets the row that is there, unchanged; however many at once, there is one", async () => {
  const channel = await publicChannel(chief);
  const racing = await Promise.all(everyWorker.map((worker) =>
    makeStatus(haneul, channel.id, { lastReadAt: `2026-03-02T09:15:3${worker}Z` }, on(worker))));
  assert.deepEqual(racing.map((one) => one.status), everyWorker.map(() => 201));
  assert.equal(new Set(racing.map((one) => one.text)).size, 1, "the same row for all");
  const again = await makeStatus(haneul, channel.id, { lastReadAt: "2030-01-01T00:00:00Z" });
  assert.equal(again.status, 201);
  assert.deepEqual(again.json, racing[0].json);
  assert.equal((await statuses(haneul)).filter((one) => one.channelId === channel.id).length, 1);
  assert.notEqual((await makeStatus(dami, channel.id)).json.id, again.json.id, "another's is another");
});

test("D8.1 D8.2 creating a PRIVATE channel makes one for each member, with notifications; nobody else gets one", async () => {
  const channel = await privateChannel(haneul, dami);
  for (const who of [haneul, dami]) {
    const status = await statusIn(who, channel.id);
    assert.equal(status.notificationEnabled, true);
    assert.equal(status.userId, who.id);
    assert.ok(Math.abs(Date.parse(status.lastReadAt) - Date.now()) < 60_000, "of its creation");
    const again = await makeStatus(who, channel.id);
    assert.equal(again.status, 201);
    assert.deepEqual(again.json, status);
  }
  for (const who of [eun, chief]) {
    refused(await makeStatus(who, channel.id), 404, "CHANNEL_NOT_FOUND");
    assert.equal(await statusIn(who, channel.id), undefined);
    refused(await who.get(messagesPath(channel.id)), 403, "AUTHORIZATION_DENIED", "and he is no member now");
  }
});

test("D3.10 D4.5 POST for another: 403; what is wrong or missing: 400 that names it; an unknown channel: 404", async () => {
  const channel = await publicChannel(chief);
  refused(await makeStatus(haneul, channel.id, { userId: dami.id }), 403, "AUTHORIZATION_DENIED");
  refused(await makeStatus(chief, channel.id, { userId: dami.id }), 403, "AUTHORIZATION_DENIED", "not even the ADMIN");
  assert.equal(await statusIn(dami, channel.id), undefined);
  refused(await makeStatus(haneul, NOBODY), 404, "CHANNEL_NOT_FOUND");
  const attempt = async (value, ...fields) => invalid(await makeStatus(haneul, channel.id, value), fields, JSON.stringify(value));
  for (const channelId of [undefined, null, "", "x", 5, {}, [channel.id]]) await attempt({ channelId }, "channelId");
  for (const userId of ["", "x", 5, {}]) await attempt({ userId }, "userId");
  for (const lastReadAt of ["", "x", "2026-13-01T00:00:00Z", "2026-02-30T00:00:00Z", "2026-03-02", 5, true]) await attempt({ lastReadAt }, "lastReadAt");
  await attempt({ channelId: "x", userId: 5, lastReadAt: [] }, "channelId", "userId", "lastReadAt");
  assert.equal(await statusIn(haneul, channel.id), undefined);
  const { status, json } = await makeStatus(haneul, channel.id, { userId: undefined });
  assert.equal(status, 201, "who asks is who it is for");
  assert.equal(json.userId, haneul.id);
});

test("D3.10 D4.5 GET: the caller's own, by his id or without one; another's 403; no UUID 400", async () => {
  const lone = await person(server.now, "lone");
  assert.deepEqual(await statuses(lone), []);
  const channels = [await publicChannel(chief), await publicChannel(chief), await privateChannel(lone, dami)];
  for (const channel of channels) assert.equal((await makeStatus(lone, channel.id)).status, 201);
  const own = await statuses(lone);
  assert.deepEqual(own.map((one) => one.channelId).sort(), channels.map((one) => one.id).sort());
  assert.ok(own.every((one) => one.userId === lone.id));
  assert.deepEqual((await lone.get("/api/readStatuses")).json, own);
  for (const who of [dami, chief]) refused(await who.get(`/api/readStatuses?userId=${lone.id}`), 403, "AUTHORIZATION_DENIED");
  refused(await lone.get(`/api/readStatuses?userId=${NOBODY}`), 403, "AUTHORIZATION_DENIED");
  for (const userId of ["", "x", "%00", `${lone.id}0`]) {
    const answer = await lone.get(`/api/readStatuses?userId=${userId}`);
    refused(answer, 400, "INVALID_REQUEST", userId);
    assert.deepEqual(Object.keys(answer.json.details), ["userId"]);
  }
});

test("D4.5 D8.2 PATCH: what is null or absent stays, on every worker; the answer is the row as it is now", async () => {
  const channel = await publicChannel(chief);
  const { json: status } = await makeStatus(haneul, channel.id);
  const change = async (value, expected) => {
    const answer = await patch(haneul, statusPath(status.id), value, on(0));
    assert.equal(answer.status, 200, answer.text);
    assert.deepEqual({ ...answer.json, lastReadAt: Date.parse(answer.json.lastReadAt) },
      { ...status, ...expected, lastReadAt: Date.parse(expected.lastReadAt ?? status.lastReadAt) }, JSON.stringify(value));
    for (const worker of everyWorker) assert.deepEqual((await statuses(haneul, on(worker))).find((one) => one.id === status.id), answer.json);
  };
  const later = "2031-05-06T07:08:09.123Z", earlier = "2020-01-01T00:00:00.000Z";
  await change({ newLastReadAt: null, newNotificationEnabled: true }, { notificationEnabled: true });
  await change({ newLastReadAt: later, newNotificationEnabled: null }, { notificationEnabled: true, lastReadAt: later });
  await change({ newLastReadAt: earlier }, { notificationEnabled: true, lastReadAt: earlier });
  await change({ newNotificationEnabled: false }, { lastReadAt: earlier });
  await change({}, { lastReadAt: earlier });
  await change({ newLastReadAt: null, newNotificationEnabled: null }, { lastReadAt: earlier });
  await change({ newLastReadAt: later, newNotificationEnabled: true, userId: dami.id, channelId: NOBODY }, { notificationEnabled: true, lastReadAt: later });
});

test("D4.5 PATCH with wrong types: 400 that names them; somebody else's: 403; and nothing changes", async () => {
  const channel = await publicChannel(chief);
  const { json: status } = await makeStatus(haneul, channel.id);
  const attempt = async (value, ...fields) => invalid(await patch(haneul, statusPath(status.id), value), fields, JSON.stringify(value));
  for (const newLastReadAt of ["", "x", "2026-02-30T00:00:00Z", 5, true, {}]) await attempt({ newLastReadAt }, "newLastReadAt");
  for (const newNotificationEnabled of ["true", 1, 0, [], {}]) await attempt({ newNotificationEnabled }, "newNotificationEnabled");
  await attempt({ newLastReadAt: 5, newNotificationEnabled: 5 }, "newLastReadAt", "newNotificationEnabled");
  for (const who of [dami, chief]) {
    const answer = await patch(who, statusPath(status.id), { newLastReadAt: "2031-01-01T00:00:00Z", newNotificationEnabled: true });
    refused(answer, 403, "AUTHORIZATION_DENIED");
  }
  assert.deepEqual(await statusIn(haneul, channel.id), status);
});

test("what was changed and deleted is so after a power cut", async () => {
  const channel = await publicChannel(chief);
  const [kept, lost] = [await said(haneul, channel.id, "as it was"), await said(haneul, channel.id, "to be deleted")];
  const doomed = await publicChannel(chief);
  const { json: status } = await makeStatus(haneul, channel.id);
  assert.equal((await patch(haneul, messagePath(kept.id), { newContent: "as it is" })).status, 200);
  gone(await remove(haneul, messagePath(lost.id)));
  assert.equal((await patch(chief, channelPath(channel.id), { newName: "after the cut" })).status, 200);
  const changed = await patch(haneul, statusPath(status.id), { newNotificationEnabled: true });
  gone(await remove(chief, channelPath(doomed.id)));
  await server.now.kill();
  await server.now.restart();
  assert.deepEqual(await contents(haneul, channel.id), ["as it is"]);
  assert.equal((await channelIn(haneul, channel.id)).name, "after the cut");
  assert.deepEqual(await statusIn(haneul, channel.id), changed.json);
  assert.equal(await channelIn(haneul, doomed.id), undefined);
});

/* ---- several instances over one PostgreSQL ---- */

/** A session of psql that holds what it has done until it is told to commit. */
async function holding(url, statement) {
  const child = spawn("psql", ["--no-psqlrc", "--quiet", url], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const done = new Promise((resolve) => child.stdout.on("data", resolve));
  child.stdin.write(`BEGIN;\n${statement};\n\\echo done\n`);
  await within(done, "the held statement");
  return async () => {
    child.stdin.end("COMMIT;\n");
    await within(ended, "end of psql");
  };
}

describe("PostgreSQL", { skip: !POSTGRES }, () => {
  test("what another instance deletes under an edit is gone: 404, and the server goes on", async () => {
    const url = server.now.flags["database-url"];
    const blocked = async () => (await sqlOf(url, "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()")) !== "0";
    const cases = [
      ["messages", messagePath, haneul, { newContent: "late" }, "MESSAGE_NOT_FOUND"],
      ["channels", channelPath, chief, { newName: "late" }, "CHANNEL_NOT_FOUND"],
      ["read_statuses", statusPath, haneul, { newNotificationEnabled: true }, "READ_STATUS_NOT_FOUND"],
    ];
    for (const [table, path, who, value, code] of cases) {
      const { idOf } = await belongings();
      const commit = await holding(url, `DELETE FROM ${table} WHERE id = '${idOf.get(path)}'`);
      const answer = patch(who, path(idOf.get(path)), value);
      await eventually(blocked, `the edit of ${table} waits`);
      await commit();
      refused(await answer, 404, code, table);
    }
    const { channel } = await belongings();
    assert.deepEqual(await contents(haneul, channel.id), ["as it was"]);
  });
});
