// schema/openapi.yaml against the running server: every operation, every status and every code that stands there is
// provoked, every body and header is held against its schema, and nothing else may come (discodeit.md sections 2 to 5).

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { Browser, admin, freshUser, general, jsonBody, loginBody, multipart, person, privateChannel, publicChannel, request, signUpBody } from "./support/people.js";
import { Description, TEXT } from "./support/openapi.js";
import { hasPostgres, withoutPostgres } from "./support/postgres.js";
import { exchange } from "./support/raw.js";
import { Server, removeScratchFolders, serverOf } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { eventually } from "./support/time.js";
import { expired, keyFlags } from "./support/tokens.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";
const described = new Description();
const people = {};
const server = serverOf({ before, after }, { ...keyFlags, "trusted-proxies": "127.0.0.0/8" }, async (now) => {
  people.chief = await admin(now);
  people.haneul = await person(now, "haneul");
  people.dami = await person(now, "dami");
});

const ids = [...described.operations.keys()];
const part = (name, value) => ({ name, filename: "blob", type: "application/json", value: typeof value === "string" ? value : JSON.stringify(value) });

/** One call, which has to be answered so: a status, and a code if it is a refusal. */
async function call(by, id, asked = {}, status, code) {
  const { method } = described.operations.get(id);
  const { headers, ...body } = asked.body ?? {};
  const answer = await by.fetch(method, described.target(id, asked), {
    ...body, headers: { ...headers, ...(described.takesBody(id) || method === "GET" ? {} : { "Content-Length": 0 }), ...asked.headers },
    ...("bearer" in asked ? { bearer: asked.bearer } : {}),
  });
  described.judge(id, answer, `${id} ${asked.query ? JSON.stringify(asked.query) : ""}`);
  assert.equal(answer.status, status, `${id}: ${answer.text}`);
  if (code !== undefined) assert.equal(answer.json.code, code, id);
  return answer.json;
}

/** A good body for each operation that takes one; what it refers to need not be there. */
const good = {
  login: () => loginBody({ username: "nobody-at-all", password: "passw0rd!" }),
  updateRole: () => jsonBody({ userId: NOBODY, newRole: "USER" }),
  createUser: () => signUpBody(freshUser("good")),
  updateUser: () => multipart([part("userUpdateRequest", {})]),
  createPublicChannel: () => jsonBody({ name: "a good one", description: "" }),
  createPrivateChannel: () => jsonBody({ participantIds: [NOBODY, people.chief.id] }),
  updateChannel: () => jsonBody({ newName: "a good name", newDescription: "" }),
  createMessage: () => multipart([part("messageCreateRequest", { content: "good", channelId: NOBODY })]),
  updateMessage: () => jsonBody({ newContent: "good" }),
  createReadStatus: () => jsonBody({ channelId: NOBODY }),
  updateReadStatus: () => jsonBody({ newLastReadAt: null, newNotificationEnabled: true }),
};

/** For each operation with JSON: a body in which fields are wrong, and the names of all of them. */
const wrong = {
  updateRole: [{ userId: "x", newRole: "GOD" }, ["userId", "newRole"]],
  createUser: [{ username: "x", email: 5 }, ["username", "email", "password"]],
  updateUser: [{ newUsername: "x", newEmail: [], newPassword: "short" }, ["newUsername", "newEmail", "newPassword"]],
  createPublicChannel: [{ name: " ", description: "d".repeat(256) }, ["name", "description"]],
  createPrivateChannel: [{ participantIds: [NOBODY, 5, "x"] }, ["participantIds[1]", "participantIds[2]"]],
  updateChannel: [{ newName: {}, newDescription: 1 }, ["newName", "newDescription"]],
  createMessage: [{ content: "x".repeat(2001), channelId: true, authorId: "x" }, ["content", "channelId", "authorId"]],
  updateMessage: [{ newContent: "\u3000" }, ["newContent"]],
  createReadStatus: [{ userId: 1, channelId: null, lastReadAt: "now" }, ["userId", "channelId", "lastReadAt"]],
  updateReadStatus: [{ newLastReadAt: 0, newNotificationEnabled: "yes" }, ["newLastReadAt", "newNotificationEnabled"]],
};
const partOf = { createUser: "userCreateRequest", updateUser: "userUpdateRequest", createMessage: "messageCreateRequest" };
/** That JSON as the operation takes it. */
const carry = (id, json) => (id in partOf ? multipart([part(partOf[id], json)]) :
  { headers: { "Content-Type": "application/json" }, body: typeof json === "string" ? json : JSON.stringify(json) });
/** Whoever changes a user is that user. */
const self = (id) => (id === "updateUser" || id === "deleteUser" ? { path: { userId: people.chief.id } } : {});

/* ---- the page ---- */

test("openapi.yaml is an OpenAPI 3.1 document, its examples fit their schemas, and it is served as it stands", async () => {
  const verdict = await new Validator().validate(TEXT.toString("utf8"));
  assert.ok(verdict.valid, JSON.stringify(verdict.errors));
  let examples = 0;
  for (const [name, one] of described.examples()) {
    described.schema(name, one);
    examples += 1;
  }
  assert.ok(examples >= 8);
  const answer = await request(server.now, "GET", "/openapi.yaml");
  assert.equal(answer.status, 200);
  assert.equal(answer.headers["content-type"], "application/yaml");
  assert.equal(answer.text, TEXT.toString("utf8"));
});

test("the judge does not nod everything through", () => {
  const headers = { "discodeit-request-id": "0".repeat(32), "content-type": "application/json" };
  const user = { id: NOBODY, username: "a", email: "a@b", profile: null, online: false, role: "USER" };
  const judge = (json, more = {}) => new Description().judge("listUsers", { status: 200, headers: { ...headers, ...more }, json, text: "" });
  judge([user]);
  for (const one of [{ ...user, password: "x" }, { ...user, role: "GOD" }, { ...user, id: "x" }, { ...user, online: undefined }])
    assert.throws(() => judge([one]));
  assert.throws(() => judge(user));
  assert.throws(() => judge([], { "discodeit-request-id": "0" }));
  assert.throws(() => judge([], { "content-type": "text/html" }));
  assert.throws(() => new Description().judge("listUsers", { status: 202, headers, json: [], text: "" }));
  assert.throws(() => new Description().judge("logout", { status: 403, headers, json: { code: "AUTHORIZATION_DENIED" }, text: "" }));
});

/* ---- what is the same for all ---- */

describe("every operation that wants a login", () => {
  for (const id of ids.filter((one) => described.needs(one, "bearer"))) {
    test(`D3.10 ${id}: 401 without a token, with one whose login has ended, with one whose time is over`, async () => {
      const gone = await person(server.now, "gone");
      const { token } = gone;
      const body = good[id]?.();
      await call(gone, id, { body, bearer: null }, 401, "UNAUTHENTICATED");
      await call(gone, id, { body, bearer: expired(token) }, 401, "LOGIN_ENDED");
      await gone.logout();
      await gone.csrf();
      await call(gone, id, { body, bearer: token }, 401, "INVALID_TOKEN");
    });
  }
});

describe("every operation that changes something", () => {
  for (const id of ids.filter((one) => described.needs(one, "csrfHeader"))) {
    test(`D3.3 ${id}: 403 without the CSRF header`, async () => {
      await call(people.chief, id, { body: good[id]?.(), headers: { "X-XSRF-TOKEN": "another" } }, 403, "INVALID_CSRF_TOKEN");
    });
  }
});

describe("every operation that takes a body", () => {
  for (const id of ids.filter((one) => described.takesBody(one))) {
    test(`D4.1 D5.2 ${id}: a body without length, too large, or of another type`, async () => {
      const by = people.chief;
      const { method } = described.operations.get(id);
      const { headers, body } = good[id]();
      const head = { ...headers, Host: server.now.host, Cookie: by.cookieHeader(), "X-XSRF-TOKEN": by.jar.get("XSRF-TOKEN"), Authorization: `Bearer ${by.token}` };
      const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`).join("");
      const raw = await exchange(server.now, `${method} ${described.target(id, self(id))} HTTP/1.1\r\n${lines}\r\n`);
      described.judge(id, { ...raw, headers: Object.fromEntries(Object.entries(raw.fields).map(([name, [value]]) => [name, value])), json: JSON.parse(raw.text) });
      assert.equal(raw.status, 411);
      await call(by, id, { ...self(id), body: { headers: { "Content-Type": "text/plain" }, body } }, 415, "UNSUPPORTED_MEDIA_TYPE");
      const much = id === "login" ? multipart([{ name: "username", value: "u".repeat(100_000) }])
        : carry(id, `{"x":"${"x".repeat(100_000)}"}`);
      await call(by, id, { ...self(id), body: much }, 413, "CONTENT_TOO_LARGE");
    });
  }
  for (const id of ids.filter((one) => one in wrong)) {
    test(`D5.2 ${id}: every wrong field is named, and what is no such JSON is refused`, async () => {
      const [fields, names] = wrong[id];
      const { details } = await call(people.chief, id, { ...self(id), body: carry(id, fields) }, 400, "VALIDATION_ERROR");
      assert.deepEqual(Object.keys(details).sort(), [...names].sort());
      await call(people.chief, id, { ...self(id), body: carry(id, "{") }, 400, "INVALID_REQUEST");
    });
  }
  for (const id of ids.filter((one) => one in partOf || one === "login")) {
    test(`D4.1 ${id}: a form that is none: 400`, async () => {
      const body = { headers: { "Content-Type": "multipart/form-data; boundary=x" }, body: "--x\r\nno colon\r\n\r\n--x--\r\n" };
      await call(people.chief, id, { ...self(id), body }, 400, "BAD_REQUEST");
    });
  }
});

/* ---- each on its own ---- */

test("D3.6 D3.7 D3.8 tokens: csrf-token, login in both forms, refresh and logout", async () => {
  await call(people.haneul, "createTicket", {}, 201);
  const account = freshUser("tokens");
  const browser = new Browser(server.now);
  await call(browser, "getCsrfToken", {}, 204);
  await call(browser, "createUser", { body: signUpBody(account) }, 201);
  await call(browser, "login", { body: loginBody({ ...account, password: "another" }) }, 401, "INVALID_USER_CREDENTIALS");
  await call(browser, "login", { body: { headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: new URLSearchParams(account).toString() } }, 200);
  const { accessToken } = await call(browser, "login", { body: loginBody(account) }, 200);
  await call(browser, "createTicket", { bearer: accessToken }, 201);
  assert.notEqual((await call(browser, "refresh", {}, 200)).accessToken, accessToken);
  await call(browser, "logout", {}, 204);
  await call(browser, "getCsrfToken", {}, 204);
  await call(browser, "refresh", {}, 401, "INVALID_TOKEN");
  await call(browser, "logout", {}, 204);
});

test("D3.6 guessing a password: 429", async () => {
  const guesser = new Browser(server.now, { "X-Forwarded-For": "203.0.113.7" });
  const body = loginBody({ username: freshUser("guessed").username, password: "guess" });
  await guesser.csrf();
  for (let i = 0; i < 10; i++) await call(guesser, "login", { body }, 401, "INVALID_USER_CREDENTIALS");
  await call(guesser, "login", { body }, 429, "TOO_MANY_LOGIN_ATTEMPTS");
});

test("D4.2 users: sign-up, a name that is taken, the list", async () => {
  const account = freshUser("users");
  const browser = new Browser(server.now);
  await browser.csrf();
  await call(browser, "createUser", { body: signUpBody(account) }, 201);
  const taken = async (fields) => Object.keys((await call(browser, "createUser", { body: signUpBody({ ...freshUser("users"), ...fields }) }, 409, "DUPLICATE_USER")).details);
  assert.deepEqual(await taken({ username: account.username }), ["username"]);
  assert.deepEqual(await taken({ email: account.email }), ["email"]);
  assert.deepEqual((await taken(account)).sort(), ["email", "username"]);
  await call(people.haneul, "listUsers", {}, 200);
});

test("D4.2 users change and delete themselves, and nobody else", async () => {
  const { chief, haneul, dami } = people;
  const change = (userId, fields) => ({ path: { userId }, body: multipart([part("userUpdateRequest", fields)]) });
  const name = freshUser("renamed").username;
  assert.equal((await call(haneul, "updateUser", change(haneul.id, { newUsername: name }), 200)).username, name);
  await call(haneul, "updateUser", change(dami.id, { newUsername: name }), 403, "AUTHORIZATION_DENIED");
  assert.deepEqual((await call(haneul, "updateUser", change(NOBODY, {}), 404, "USER_NOT_FOUND")).details, { userId: NOBODY });
  const taken = await call(dami, "updateUser", change(dami.id, { newUsername: name, newEmail: haneul.account.email }), 409, "DUPLICATE_USER");
  assert.deepEqual(Object.keys(taken.details).sort(), ["newEmail", "newUsername"]);
  const going = await person(server.now, "going");
  await call(haneul, "deleteUser", { path: { userId: going.id } }, 403, "AUTHORIZATION_DENIED");
  await call(going, "deleteUser", { path: { userId: going.id } }, 204);
  assert.deepEqual((await call(haneul, "deleteUser", { path: { userId: going.id } }, 404, "USER_NOT_FOUND")).details, { userId: going.id });
  await call(chief, "deleteUser", { path: { userId: chief.id } }, 403, "LAST_ADMIN");
});

test("D4.6 D4.8 a role is given by the ADMIN; whom it was given is told, and takes it as read", async () => {
  const { chief, haneul } = people;
  const riser = await person(server.now, "riser");
  const give = (userId, newRole) => ({ body: jsonBody({ userId, newRole }) });
  await call(haneul, "updateRole", give(riser.id, "ADMIN"), 403, "AUTHORIZATION_DENIED");
  await call(chief, "updateRole", give(chief.id, "USER"), 403, "LAST_ADMIN");
  assert.deepEqual((await call(chief, "updateRole", give(NOBODY, "USER"), 404, "USER_NOT_FOUND")).details, { userId: NOBODY });
  assert.equal((await call(chief, "updateRole", give(riser.id, "CHANNEL_MANAGER"), 200)).role, "CHANNEL_MANAGER");
  await riser.login(riser.account);
  const [{ id: notificationId }] = await call(riser, "listNotifications", {}, 200);
  await call(haneul, "deleteNotification", { path: { notificationId } }, 403, "NOTIFICATION_FORBIDDEN");
  await call(riser, "deleteNotification", { path: { notificationId } }, 204);
  assert.deepEqual((await call(riser, "deleteNotification", { path: { notificationId } }, 404, "NOTIFICATION_NOT_FOUND")).details, { notificationId });
  assert.deepEqual(await call(riser, "listNotifications", {}, 200), []);
});

test("D4.3 channels: made, listed, changed and deleted, by who may", async () => {
  const { chief, haneul, dami } = people;
  const body = jsonBody({ name: "공지", description: "" });
  await call(haneul, "createPublicChannel", { body }, 403, "AUTHORIZATION_DENIED");
  const { id: room } = await call(chief, "createPublicChannel", { body }, 201);
  const { id: pair } = await call(haneul, "createPrivateChannel", { body: jsonBody({ participantIds: [dami.id, haneul.id] }) }, 201);
  const missing = await call(haneul, "createPrivateChannel", { body: jsonBody({ participantIds: [dami.id, NOBODY, haneul.id] }) }, 404, "USER_NOT_FOUND");
  assert.deepEqual(missing.details, { "participantIds[1]": NOBODY });
  for (const query of [{}, { userId: haneul.id }]) {
    const mine = (await call(haneul, "listChannels", { query }, 200)).map((one) => one.id);
    assert.ok(mine.includes(room) && mine.includes(pair));
  }
  assert.deepEqual(Object.keys((await call(haneul, "listChannels", { query: { userId: "me" } }, 400, "INVALID_REQUEST")).details), ["userId"]);
  await call(haneul, "listChannels", { query: { userId: dami.id } }, 403, "AUTHORIZATION_DENIED");
  const change = { body: jsonBody({ newName: "새 공지" }) };
  await call(haneul, "updateChannel", { path: { channelId: room }, ...change }, 403, "AUTHORIZATION_DENIED");
  await call(chief, "updateChannel", { path: { channelId: room }, ...change }, 200);
  assert.deepEqual((await call(chief, "updateChannel", { path: { channelId: pair }, ...change }, 400, "PRIVATE_CHANNEL_UPDATE")).details, { channelId: pair });
  assert.deepEqual((await call(chief, "updateChannel", { path: { channelId: "undefined" }, ...change }, 404, "CHANNEL_NOT_FOUND")).details, { channelId: "undefined" });
  await call(haneul, "deleteChannel", { path: { channelId: room } }, 403, "AUTHORIZATION_DENIED");
  await call(chief, "deleteChannel", { path: { channelId: room } }, 204);
  assert.deepEqual((await call(chief, "deleteChannel", { path: { channelId: room } }, 404, "CHANNEL_NOT_FOUND")).details, { channelId: room });
});

test("D4.3 nobody is put into more PRIVATE channels than 500", async () => {
  const [one, two, three] = await Promise.all(["one", "two", "three"].map((name) => person(server.now, name)));
  const body = jsonBody({ participantIds: [one.id, two.id, three.id] });
  for (let i = 0; i < 500; i += 10)
    await Promise.all(Array.from({ length: 10 }, () => call(one, "createPrivateChannel", { body }, 201)));
  await call(one, "createPrivateChannel", { body }, 409, "CHANNEL_LIMIT");
});

test("D4.4 messages: pages, changed and deleted by their author alone", async () => {
  const { chief, haneul, dami } = people;
  const { id: room } = await publicChannel(chief);
  const { id: pair } = await privateChannel(haneul, dami);
  const list = (by, query, ...expected) => call(by, "listMessages", { query }, ...expected);
  const empty = await list(haneul, { channelId: room }, 200);
  assert.deepEqual(empty, { content: [], nextCursor: null, size: 50, hasNext: false, totalElements: null });
  await list(chief, { channelId: pair }, 403, "AUTHORIZATION_DENIED");
  assert.deepEqual((await list(haneul, { channelId: NOBODY }, 404, "CHANNEL_NOT_FOUND")).details, { channelId: NOBODY });
  const bad = await list(haneul, { channelId: "x", cursor: "yesterday", size: "0", sort: "name" }, 400, "INVALID_REQUEST");
  assert.deepEqual(Object.keys(bad.details).sort(), ["channelId", "cursor", "size", "sort"]);
  const stomp = await RawStomp.connect(haneul);
  for (const one of ["one", "two", "three"]) await stomp.sayDurably(room, one);
  stomp.destroy();
  const first = await list(haneul, { channelId: room, size: "2" }, 200);
  assert.deepEqual(first.content.map((one) => one.content), ["three", "two"]);
  const rest = await list(dami, { channelId: room, size: "2", sort: "createdAt,desc", cursor: first.nextCursor }, 200);
  assert.deepEqual(rest.content.map((one) => one.content), ["one"]);
  const [{ id: messageId }] = rest.content;
  const change = (id) => ({ path: { messageId: id }, body: jsonBody({ newContent: "changed" }) });
  assert.equal((await call(haneul, "updateMessage", change(messageId), 200)).content, "changed");
  await call(dami, "updateMessage", change(messageId), 403, "AUTHORIZATION_DENIED");
  assert.deepEqual((await call(haneul, "updateMessage", change(NOBODY), 404, "MESSAGE_NOT_FOUND")).details, { messageId: NOBODY });
  await call(dami, "deleteMessage", { path: { messageId } }, 403, "AUTHORIZATION_DENIED");
  await call(haneul, "deleteMessage", { path: { messageId } }, 204);
  await call(haneul, "deleteMessage", { path: { messageId } }, 404, "MESSAGE_NOT_FOUND");
});

test("D4.1 D4.4 D4.7 messages with files, and the files", async () => {
  const { chief, haneul, dami } = people;
  const { id: room } = await publicChannel(chief);
  const { id: pair } = await privateChannel(haneul, dami);
  const send = (fields, ...files) => ({ body: multipart([part("messageCreateRequest", { content: "", channelId: room, ...fields }), ...files]) });
  const file = { name: "attachments", filename: "한글.txt", type: "text/plain", value: "0123456789" };
  assert.deepEqual((await call(haneul, "createMessage", send({ content: "none" }), 201)).attachments, []);
  const { attachments: [{ id: binaryContentId }] } = await call(haneul, "createMessage", send({ authorId: haneul.id }, file), 201);
  await call(haneul, "createMessage", send({ content: "x", authorId: dami.id }), 403, "AUTHORIZATION_DENIED");
  await call(chief, "createMessage", send({ channelId: pair }, file), 403, "AUTHORIZATION_DENIED");
  assert.deepEqual((await call(haneul, "createMessage", send({ channelId: NOBODY }, file), 404, "CHANNEL_NOT_FOUND")).details, { channelId: NOBODY });
  assert.deepEqual(Object.keys((await call(haneul, "createMessage", send({}), 400, "VALIDATION_ERROR")).details), ["content"]);
  const path = { binaryContentId };
  await eventually(async () => (await call(haneul, "getBinaryContent", { path }, 200)).status === "SUCCESS", "the file's SUCCESS");
  assert.deepEqual((await call(haneul, "getBinaryContent", {}, 404, "BINARY_CONTENT_NOT_FOUND")).details, { binaryContentId: NOBODY });
  const download = (headers, ...expected) => call(haneul, "downloadBinaryContent", { path, headers }, ...expected);
  await download({}, 200);
  await download({ Range: "bytes=2-4" }, 206);
  await download({ "If-None-Match": `"${binaryContentId}"` }, 304);
  await download({ Range: "bytes=10-" }, 416);
  await call(haneul, "downloadBinaryContent", {}, 404, "BINARY_CONTENT_NOT_FOUND");
  const listed = await call(dami, "listBinaryContents", { query: { binaryContentIds: `${NOBODY},${binaryContentId}` } }, 200);
  assert.deepEqual(listed.map((one) => one.id), [binaryContentId]);
  for (const query of [{}, { binaryContentIds: "x" }])
    assert.deepEqual(Object.keys((await call(dami, "listBinaryContents", { query }, 400, "INVALID_REQUEST")).details), ["binaryContentIds"]);
});

test("D4.5 read statuses: begun, listed and moved by their user alone", async () => {
  const { haneul, dami } = people;
  const { id: room } = await general(haneul);
  const begin = (fields) => ({ body: jsonBody({ userId: haneul.id, channelId: room, lastReadAt: "2026-03-02T09:15:30.482Z", ...fields }) });
  const { id } = await call(haneul, "createReadStatus", begin({}), 201);
  assert.equal((await call(haneul, "createReadStatus", begin({}), 201)).id, id);
  await call(haneul, "createReadStatus", begin({ userId: dami.id }), 403, "AUTHORIZATION_DENIED");
  assert.deepEqual((await call(haneul, "createReadStatus", begin({ channelId: NOBODY }), 404, "CHANNEL_NOT_FOUND")).details, { channelId: NOBODY });
  for (const query of [{}, { userId: haneul.id }])
    assert.ok((await call(haneul, "listReadStatuses", { query }, 200)).some((one) => one.id === id));
  await call(haneul, "listReadStatuses", { query: { userId: "" } }, 400, "INVALID_REQUEST");
  await call(haneul, "listReadStatuses", { query: { userId: dami.id } }, 403, "AUTHORIZATION_DENIED");
  const move = (path) => ({ path: { readStatusId: path }, body: jsonBody({ newLastReadAt: null, newNotificationEnabled: true }) });
  assert.equal((await call(haneul, "updateReadStatus", move(id), 200)).notificationEnabled, true);
  await call(dami, "updateReadStatus", move(id), 403, "AUTHORIZATION_DENIED");
  assert.deepEqual((await call(dami, "updateReadStatus", move(NOBODY), 404, "READ_STATUS_NOT_FOUND")).details, { readStatusId: NOBODY });
});

test("D13.3 health", async () => {
  await call(people.haneul, "getHealth", {}, 200);
  await call(new Browser(server.now), "getHealth", {}, 200);
  const anybody = new Browser(server.now);
  for (const part of ["liveness", "readiness", "db", "diskSpace"]) await call(anybody, "getHealthPart", { path: { part } }, 200);
  await call(anybody, "getHealthPart", {}, 404, "NOT_FOUND");
  for (const id of ["getInfo", "listLoggers", "listCaches", "getPrometheus"]) await call(anybody, id, {}, 200);
  for (const name of (await call(anybody, "listMetrics", {}, 200)).names)
    assert.equal((await call(anybody, "getMetric", { path: { name } }, 200)).name, name);
  await call(anybody, "getMetric", {}, 404, "NOT_FOUND");
});

/* ---- what is described as any other refusal ---- */

test("D5.1 what is refused before it is an operation's, and what can happen to any, has the body of a refusal", async () => {
  for (const [path, status, code] of [["/api/users/%ff", 400, "BAD_REQUEST"], ["/api/nothing", 404, "NOT_FOUND"]]) {
    const answer = await request(server.now, "GET", path);
    assert.equal(answer.status, status);
    assert.equal(answer.json.code, code);
    described.schema("ErrorResponse", answer.json);
  }
  const long = await request(server.now, "GET", `/api/users?${"x".repeat(9000)}`);
  assert.equal(long.status, 414);
  assert.equal(long.headers["content-type"], "text/plain; charset=UTF-8");
  const other = await request(server.now, "DELETE", "/api/notifications");
  assert.equal(other.status, 405);
  assert.equal(other.headers.allow, "GET, HEAD");
  described.schema("ErrorResponse", other.json);
});

const postgres = await hasPostgres();
describe("PostgreSQL", { skip: !postgres }, () => {
  test("design 9: while the store is away every operation that needs it is 503 with Retry-After, and the body of a refusal", async () => {
    const store = process.env.PARLEY_TEST_STORE;
    process.env.PARLEY_TEST_STORE = "postgresql";
    let mine;
    try {
      mine = await Server.start();
    } finally {
      if (store === undefined) delete process.env.PARLEY_TEST_STORE;
      else process.env.PARLEY_TEST_STORE = store;
    }
    const chief = await admin(mine);
    await withoutPostgres(async () => {
      for (const id of ["login", "createUser", "listUsers", "createPublicChannel", "createPrivateChannel", "updateChannel", "listReadStatuses", "updateReadStatus"]) {
        const answer = await chief.fetch(described.operations.get(id).method, described.target(id), good[id]?.());
        assert.equal(answer.status, 503, `${id}: ${answer.text}`);
        assert.match(answer.headers["retry-after"], /^[1-9][0-9]*$/);
        described.judge(id, answer);
      }
    });
    await mine.stop();
    await removeScratchFolders();
  });
});

/* ---- all of it ---- */

test("every status and every code that is described has been seen", () => {
  assert.deepEqual(described.unseen(), []);
});
