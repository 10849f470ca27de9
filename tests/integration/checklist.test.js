// The conformance checklist of the contract (discodeit.md section 15), as a page and its user see it; what wants server-sent
// events stands elsewhere. Run over each store and each registry of logins.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Browser, admin, freshUser, general, history, jsonBody, loginBody, messagesPath, multipart, person, privateChannel, publicChannel, request, signUpBody } from "./support/people.js";
import { Server, serverOf } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { eventually } from "./support/time.js";

const MIB = 1 << 20;
const PICTURE = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

let chief, haneul, dami, eun;
const server = serverOf({ before, after }, {}, async (now) => {
  chief = await admin(now);
  haneul = await person(now, "haneul");
  dami = await person(now, "dami");
  eun = await person(now, "eun");
});

const json = (name, value) => ({ name, filename: "blob", type: "application/json", value: JSON.stringify(value) });
const file = (name, filename, type, value) => ({ name, filename, type, value });
const watching = (channel) => `/sub/channels.${channel.id}.messages`;
const put = (by, path, body) => by.fetch("PUT", path, body);
const patch = (by, path, body) => by.fetch("PATCH", path, body);
const remove = (by, path) => by.fetch("DELETE", path, { headers: { "Content-Length": 0 } });
const ok = (answer, status) => {
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};
const post = (by, channel, content, ...files) =>
  by.post("/api/messages", multipart([json("messageCreateRequest", { content, channelId: channel.id, authorId: by.id }), ...files]));
/** What the metadata say of a file once it is stored. */
const stored = (by, id) =>
  eventually(async () => {
    const { status } = ok(await by.get(`/api/binaryContents/${id}`), 200);
    assert.notEqual(status, "FAIL");
    return status === "SUCCESS";
  }, `file ${id} is stored`);
const download = (by, id) => by.get(`/api/binaryContents/${id}/download`);

test("D15.1 the first visit: csrf-token and refresh in parallel, without cookies; both tokens will do, refresh says no", async () => {
  const fresh = new Browser(server.now);
  const [csrf, refresh] = await Promise.all([request(server.now, "GET", "/api/auth/csrf-token"), request(server.now, "POST", "/api/auth/refresh", { headers: { "Content-Length": 0 } })]);
  assert.equal(csrf.status, 204);
  assert.ok([401, 403].includes(refresh.status), refresh.text);
  for (const answer of [csrf, refresh]) {
    const token = answer.cookies.find(({ name }) => name === "XSRF-TOKEN");
    assert.ok(token !== undefined && !("httponly" in token.attributes));
    const headers = { Cookie: `XSRF-TOKEN=${token.value}`, "X-XSRF-TOKEN": token.value };
    assert.equal((await fresh.post("/api/auth/login", loginBody({ username: "nobody", password: "x" }), { headers })).status, 401);
  }
});

test("D15.2 sign-up with and without a picture; the JSON part has a file name; a duplicate is 409", async () => {
  for (const picture of [[], [file("profile", "me.png", "image/png", PICTURE)]]) {
    const browser = new Browser(server.now);
    const account = freshUser("signup");
    await browser.csrf();
    const user = ok(await browser.post("/api/users", multipart([json("userCreateRequest", account), ...picture])), 201);
    assert.equal(user.username, account.username);
    assert.equal(user.role, "USER");
    assert.equal(user.profile === null, picture.length === 0);
    for (const again of [{ ...account, email: freshUser().email }, { ...account, username: freshUser().username }]) {
      const refused = await browser.post("/api/users", multipart([json("userCreateRequest", again)]));
      assert.equal(refused.status, 409);
      assert.equal(refused.json.code, "DUPLICATE_USER");
    }
    ok(await browser.login(account), 200);
    if (user.profile === null) continue;
    await stored(browser, user.profile.id);
    assert.deepEqual((await download(browser, user.profile.id)).octets, PICTURE);
  }
});

test("D15.3 login by multipart; a wrong password is 401; the cookies are those of D3.2", async () => {
  const account = freshUser("login");
  const browser = new Browser(server.now);
  ok(await browser.signUp(account), 201);
  assert.equal((await browser.login({ ...account, password: "Wr0ng-password!" })).status, 401);
  const answer = await browser.login(account);
  const { userDto, accessToken } = ok(answer, 200);
  assert.equal(userDto.online, true);
  assert.equal(accessToken.split(".").length, 3);
  const cookie = (name) => answer.cookies.find((one) => one.name === name);
  const { attributes } = cookie("REFRESH_TOKEN");
  assert.ok("httponly" in attributes && !("secure" in attributes) && !("domain" in attributes));
  assert.equal(attributes.path, "/");
  assert.equal(attributes.samesite.toLowerCase(), "lax");
  assert.ok(Math.abs(Number(attributes["max-age"]) - 7 * 24 * 3600) < 60);
  const csrf = cookie("XSRF-TOKEN").attributes;
  assert.ok(!("httponly" in csrf) && !("secure" in csrf) && !("max-age" in csrf) && csrf.path === "/");
  const behind = await browser.login(account, { headers: { "X-Forwarded-Proto": "https" } });
  for (const { attributes: one } of behind.cookies) assert.ok("secure" in one);
});

test("D15.4 a reload keeps the user logged in; the old refresh token is dead once its successor was used", async () => {
  const one = await person(server.now, "reload");
  const first = one.jar.get("REFRESH_TOKEN");
  const fresh = ok(await one.refresh(), 200);
  assert.equal(fresh.userDto.id, one.id);
  assert.notEqual(one.jar.get("REFRESH_TOKEN"), first);
  assert.equal((await one.get("/api/users", { bearer: fresh.accessToken })).status, 200);
  ok(await one.refresh(), 200);
  const old = new Browser(server.now);
  await old.csrf();
  old.jar.set("REFRESH_TOKEN", first);
  assert.equal((await old.refresh()).status, 401);
});

test("D15.5 every call that changes something wants the CSRF header; /ws wants none", async () => {
  const channel = await publicChannel(chief);
  const calls = [
    ["POST", "/api/auth/login", loginBody(haneul.account)], ["POST", "/api/auth/refresh"], ["POST", "/api/auth/logout"],
    ["PUT", "/api/auth/role", jsonBody({ userId: eun.id, newRole: "USER" })], ["POST", "/api/users", signUpBody(freshUser())],
    ["PATCH", `/api/users/${haneul.id}`, multipart([json("userUpdateRequest", {})])], ["DELETE", `/api/users/${haneul.id}`],
    ["POST", "/api/channels/public", jsonBody({ name: "csrf", description: "" })], ["POST", "/api/channels/private", jsonBody({ participantIds: [dami.id, haneul.id] })],
    ["PATCH", `/api/channels/${channel.id}`, jsonBody({ newName: "csrf" })], ["DELETE", `/api/channels/${channel.id}`],
    ["POST", "/api/messages", multipart([json("messageCreateRequest", { content: "csrf", channelId: channel.id })])],
    ["PATCH", `/api/messages/${channel.id}`, jsonBody({ newContent: "x" })], ["DELETE", `/api/messages/${channel.id}`],
    ["POST", "/api/readStatuses", jsonBody({ channelId: channel.id })], ["PATCH", `/api/readStatuses/${channel.id}`, jsonBody({})],
    ["DELETE", `/api/notifications/${channel.id}`],
  ];
  for (const [method, path, body] of calls) {
    for (const token of [undefined, "wrong", ""]) {
      const answer = await request(server.now, method, path, {
        body: body?.body,
        headers: { ...(body?.headers ?? { "Content-Length": 0 }), Cookie: haneul.cookieHeader(), Authorization: `Bearer ${haneul.token}`, ...(token === undefined ? {} : { "X-XSRF-TOKEN": token }) },
      });
      assert.equal(answer.status, 403, `${method} ${path}`);
      assert.equal(answer.json.code, "INVALID_CSRF_TOKEN");
    }
  }
  assert.equal((await haneul.get("/api/users")).status, 200);
  assert.ok(ok(await chief.get(`/api/channels?userId=${chief.id}`), 200).some(({ id }) => id === channel.id));
  assert.notEqual((await request(server.now, "POST", "/ws/000/abcdefgh/xhr", { headers: { "Content-Length": 0 } })).status, 403);
  (await RawStomp.connect(haneul)).destroy();
});

test("D15.7 a message of files alone: everybody who follows gets it once, and the file when it is stored", async () => {
  const channel = await publicChannel(chief);
  const [mine, theirs] = [await RawStomp.connect(haneul), await RawStomp.connect(dami)];
  for (const one of [mine, theirs]) await one.subscribe("s", watching(channel));
  const message = ok(await post(haneul, channel, "", file("attachments", "a.png", "image/png", PICTURE), file("attachments", "b.txt", "text/plain", "text")), 201);
  assert.deepEqual(message.attachments.map((one) => [one.fileName, one.contentType, one.size]), [["a.png", "image/png", PICTURE.length], ["b.txt", "text/plain", 4]]);
  for (const one of [mine, theirs]) {
    const seen = JSON.parse((await one.expect("MESSAGE")).text);
    assert.equal(seen.id, message.id);
    assert.equal(seen.content, "");
    assert.deepEqual(seen.attachments.map(({ id }) => id), message.attachments.map(({ id }) => id));
    await one.silent();
    one.destroy();
  }
  for (const { id } of message.attachments) await stored(dami, id);
  assert.deepEqual((await download(dami, message.attachments[0].id)).octets, PICTURE);
  assert.ok((await history(dami, channel.id))[0].attachments.every(({ status }) => status === "SUCCESS"));
});

test("D15.8 with the bell on, another's message is a notification; one's own is none; reading it takes it away", async () => {
  const channel = await publicChannel(chief);
  const status = ok(await dami.post("/api/readStatuses", jsonBody({ userId: dami.id, channelId: channel.id, lastReadAt: new Date().toISOString() })), 201);
  ok(await patch(dami, `/api/readStatuses/${status.id}`, jsonBody({ newLastReadAt: null, newNotificationEnabled: true })), 200);
  ok(await post(haneul, channel, "for the bell", file("attachments", "a.txt", "text/plain", "x")), 201);
  let entries;
  await eventually(async () => {
    entries = ok(await dami.get("/api/notifications"), 200).filter(({ content }) => content === "for the bell");
    return entries.length > 0;
  }, "the notification");
  assert.equal(entries.length, 1);
  assert.equal(entries[0].title, `${haneul.account.username} (#${channel.name})`);
  assert.equal(entries[0].receiverId, dami.id);
  assert.equal(ok(await haneul.get("/api/notifications"), 200).some(({ content }) => content === "for the bell"), false);
  assert.equal((await remove(haneul, `/api/notifications/${entries[0].id}`)).status, 403);
  assert.equal((await remove(dami, `/api/notifications/${entries[0].id}`)).status, 204);
  assert.equal(ok(await dami.get("/api/notifications"), 200).some(({ id }) => id === entries[0].id), false);
});

test("D15.9 a direct message is the two's alone: a third sees it neither over REST nor over STOMP", async () => {
  const channel = await privateChannel(haneul, dami);
  const theirs = await RawStomp.connect(dami);
  await theirs.subscribe("s", watching(channel));
  const message = ok(await post(haneul, channel, "between us", file("attachments", "us.txt", "text/plain", "us")), 201);
  assert.equal(JSON.parse((await theirs.expect("MESSAGE")).text).content, "between us");
  theirs.destroy();
  await stored(dami, message.attachments[0].id);
  assert.ok(ok(await dami.get(`/api/channels?userId=${dami.id}`), 200).some(({ id }) => id === channel.id));
  assert.equal(ok(await eun.get(`/api/channels?userId=${eun.id}`), 200).some(({ id }) => id === channel.id), false);
  assert.equal((await eun.get(messagesPath(channel.id))).status, 403);
  assert.equal((await eun.get(`/api/binaryContents/${message.attachments[0].id}`)).status, 404);
  assert.equal((await download(eun, message.attachments[0].id)).status, 404);
  const third = await RawStomp.connect(eun);
  third.send("SUBSCRIBE", { id: "s", destination: watching(channel) });
  assert.equal((await third.refused()).code, 4403);
  third.destroy();
});

test("D15.10 120 messages are pages of 50, 50 and 20, each message once, the newest first", async () => {
  const channel = await publicChannel(chief);
  const writer = await RawStomp.connect(haneul);
  for (let i = 0; i < 119; i++) writer.say(channel.id, `${i}`);
  await writer.sayDurably(channel.id, "119");
  writer.destroy();
  const seen = [];
  let cursor = "";
  for (const [size, hasNext] of [[50, true], [50, true], [20, false]]) {
    const page = ok(await dami.get(`/api/messages?channelId=${channel.id}&size=50&sort=createdAt,desc${cursor === "" ? "" : `&cursor=${encodeURIComponent(cursor)}`}`), 200);
    assert.equal(page.content.length, size);
    assert.equal(page.hasNext, hasNext);
    assert.equal(typeof page.nextCursor, "string");
    cursor = page.nextCursor;
    seen.push(...page.content.map(({ content }) => content));
  }
  assert.deepEqual(seen, Array.from({ length: 120 }, (_, i) => `${119 - i}`));
});

test("D15.11 a changed name is what others read, and what its owner's refresh says", async () => {
  const one = await person(server.now, "before");
  const { username } = freshUser("after");
  ok(await patch(one, `/api/users/${one.id}`, multipart([json("userUpdateRequest", { newUsername: username }), file("profile", "me.png", "image/png", PICTURE)])), 200);
  const seen = ok(await dami.get("/api/users"), 200).find(({ id }) => id === one.id);
  assert.equal(seen.username, username);
  assert.equal(seen.profile.fileName, "me.png");
  const { userDto } = ok(await one.refresh(), 200);
  assert.equal(userDto.username, username);
  assert.equal(userDto.email, one.account.email);
  assert.equal(userDto.profile.id, seen.profile.id);
});

test("D15.12 a role change: the target is notified, logged out, its sockets end, and after login has the new rights", async () => {
  const one = await person(server.now, "rising");
  const socket = await RawStomp.connect(one);
  const mine = await RawStomp.connect(haneul);
  assert.equal((await put(one, "/api/auth/role", jsonBody({ userId: one.id, newRole: "ADMIN" }))).status, 403);
  ok(await put(chief, "/api/auth/role", jsonBody({ userId: one.id, newRole: "CHANNEL_MANAGER" })), 200);
  assert.equal((await socket.refused(1000)).code, 4401);
  socket.destroy();
  await mine.silent();
  mine.destroy();
  assert.equal((await one.get("/api/users")).status, 401);
  assert.equal((await one.refresh()).status, 401);
  assert.equal((await one.logout()).status, 204);
  assert.equal(ok(await one.login(one.account), 200).userDto.role, "CHANNEL_MANAGER");
  const [entry] = ok(await one.get("/api/notifications"), 200);
  assert.equal(entry.title, "권한이 변경되었습니다.");
  assert.equal(entry.content, "USER -> CHANNEL_MANAGER");
  ok(await one.post("/api/channels/public", jsonBody({ name: "its own", description: "" })), 201);
});

test("D15.13 a newer login displaces the older one, which falls to the login form; the newer stays", async () => {
  const old = await person(server.now, "twice");
  const socket = await RawStomp.connect(old);
  const young = new Browser(server.now);
  ok(await young.login(old.account), 200);
  assert.equal((await socket.refused(1000)).code, 4401);
  socket.destroy();
  assert.equal((await old.get("/api/users")).status, 401);
  assert.equal((await old.refresh()).status, 401);
  assert.equal((await old.logout()).status, 204);
  assert.equal((await young.get("/api/users")).status, 200);
  ok(await young.refresh(), 200);
});

test("D15.14 a manager makes, renames and deletes a PUBLIC channel, which others see; a plain user gets 403 and why", async () => {
  const channel = await publicChannel(chief, "to be seen");
  const list = async () => ok(await dami.get(`/api/channels?userId=${dami.id}`), 200).find(({ id }) => id === channel.id);
  assert.equal((await list()).name, "to be seen");
  ok(await patch(chief, `/api/channels/${channel.id}`, jsonBody({ newName: "seen", newDescription: "by all" })), 200);
  assert.deepEqual([(await list()).name, (await list()).description], ["seen", "by all"]);
  for (const answer of [await haneul.post("/api/channels/public", jsonBody({ name: "mine", description: "" })),
    await patch(haneul, `/api/channels/${channel.id}`, jsonBody({ newName: "mine" })), await remove(haneul, `/api/channels/${channel.id}`)]) {
    assert.equal(answer.status, 403);
    assert.equal(answer.json.status, 403);
    for (const field of ["timestamp", "code", "message", "exceptionType"]) assert.equal(typeof answer.json[field], "string", field);
    assert.match(answer.headers["discodeit-request-id"], /^[0-9a-f]{32}$/);
  }
  assert.equal((await remove(chief, `/api/channels/${channel.id}`)).status, 204);
  assert.equal(await list(), undefined);
});

test("D15.16 an expired access token is 401; after a silent refresh the call works, and so does the WebSocket", async () => {
  const short = await Server.start({ "access-lifetime": "1s" });
  try {
    const one = await person(short, "quiet");
    const room = await general(one);
    const stale = one.token;
    await eventually(async () => (await one.get("/api/users", { bearer: stale })).status === 401, "the token has expired");
    const { accessToken } = ok(await one.refresh(), 200);
    assert.equal((await one.get("/api/users", { bearer: accessToken })).status, 200);
    const again = await RawStomp.open(short, { Cookie: one.cookieHeader() });
    again.send("CONNECT", { "accept-version": "1.2", Authorization: `Bearer ${stale}` });
    await again.expect("CONNECTED");
    await again.done("SUBSCRIBE", { id: "s", destination: watching(room) });
    again.destroy();
  } finally {
    await short.stop();
  }
});

test("D15.18 logout is 204 with no, an old and a garbage cookie, and ends nobody else's login", async () => {
  const one = await person(server.now, "leaving");
  const dead = one.jar.get("REFRESH_TOKEN");
  assert.equal((await one.logout()).status, 204);
  ok(await one.login(one.account), 200);
  for (const cookie of [undefined, dead, "garbage", "a.b.c"]) {
    const other = new Browser(server.now);
    await other.csrf();
    if (cookie !== undefined) other.jar.set("REFRESH_TOKEN", cookie);
    assert.equal((await other.logout()).status, 204, cookie);
  }
  assert.equal((await one.get("/api/users")).status, 200);
});

test("D15.19 a file over 10 MB is 413 with an error body; one of 10 MB is taken", async () => {
  const channel = await publicChannel(chief);
  const most = Buffer.alloc(10 * MIB, "x");
  const refused = await post(haneul, channel, "too much", file("attachments", "big.bin", "application/octet-stream", Buffer.concat([most, Buffer.from("x")])));
  assert.equal(refused.status, 413);
  assert.equal(refused.json.status, 413);
  assert.ok(refused.json.message.length > 0);
  assert.equal((await history(haneul, channel.id)).length, 0);
  const taken = ok(await post(haneul, channel, "enough", file("attachments", "big.bin", "application/octet-stream", most)), 201);
  await stored(haneul, taken.attachments[0].id);
  assert.ok((await download(haneul, taken.attachments[0].id)).octets.equals(most));
});

test("D15.20 Korean file names survive upload and download", async () => {
  const channel = await publicChannel(chief);
  const name = "회의록 (최종).txt";
  const message = ok(await post(haneul, channel, "이름", file("attachments", name, "text/plain", "내용")), 201);
  const [{ id, fileName }] = message.attachments;
  assert.equal(fileName, name);
  await stored(dami, id);
  assert.equal(ok(await dami.get(`/api/binaryContents/${id}`), 200).fileName, name);
  const answer = await download(dami, id);
  assert.equal(answer.octets.toString("utf8"), "내용");
  const disposition = answer.headers["content-disposition"];
  assert.match(disposition, /^attachment;/);
  assert.equal(decodeURIComponent(disposition.match(/filename\*=UTF-8''([^;]*)/i)[1]), name);
});

test("D2.9 a user with a picture, a page of messages and a PRIVATE channel have the fields of the contract's examples, and no others", async () => {
  const shape = (value) => (Array.isArray(value) ? value.map(shape)[0] : value !== null && typeof value === "object" ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shape(one)])) : typeof value);
  const text = "string";
  const picture = { id: text, fileName: text, size: "number", contentType: text, status: text };
  const user = { id: text, username: text, email: text, profile: "object", online: "boolean", role: text };
  const one = await person(server.now, "example");
  ok(await patch(one, `/api/users/${one.id}`, multipart([json("userUpdateRequest", {}), file("profile", "me.png", "image/png", PICTURE)])), 200);
  assert.deepEqual(shape(ok(await haneul.get("/api/users"), 200).find(({ id }) => id === one.id)), { ...user, profile: picture });
  const channel = await privateChannel(haneul, dami);
  assert.deepEqual(shape({ ...channel, lastMessageAt: null }), { id: text, type: text, name: "object", description: "object", participants: user, lastMessageAt: "object" });
  assert.equal(channel.name, null);
  const open = await publicChannel(chief);
  const writer = await RawStomp.connect(haneul);
  await writer.sayDurably(open.id, "lunch?");
  writer.destroy();
  const page = ok(await dami.get(messagesPath(open.id)), 200);
  assert.deepEqual(shape({ ...page, content: page.content.map((message) => ({ ...message, updatedAt: "" })) }), {
    content: { id: text, createdAt: text, updatedAt: text, content: text, channelId: text, author: user, attachments: undefined },
    nextCursor: text, size: "number", hasNext: "boolean", totalElements: "object",
  });
  assert.deepEqual([page.size, page.hasNext, page.totalElements, page.content[0].attachments], [50, false, null, []]);
});
