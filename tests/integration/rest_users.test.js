// REST: sign-up, the list of users, the first ADMIN, the error body (discodeit.md 2.1, 3.11, 4.2, 5).

import assert from "node:assert/strict";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { ADMIN, Server, runParleyd, scratchFolder, serverOf } from "./support/server.js";
import {
  Browser, admin, freshUser, general, history, jsonBody, multipart, person, personWithRole, privateChannel, request, signUpBody,
} from "./support/people.js";
import { RawStomp } from "./support/stomp.js";

const server = serverOf({ before, after });
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const name = (length) => `${freshUser("n").username}-${"n".repeat(60)}`.slice(0, length);
let mails = 0;
/** An address of exactly this many characters. */
const email = (length) => {
  const label = `m${process.pid}x${++mails}`;
  const domain = "@" + "d".repeat(40) + ".example";
  return "x".repeat(Math.max(0, Math.min(64, length - domain.length) - label.length)) + label + "@" +
    "d".repeat(length - Math.max(label.length, Math.min(64, length - domain.length)) - 9) + ".example";
};

async function signUp(fields) {
  const browser = new Browser(server.now);
  return browser.signUp({ ...freshUser("s"), ...fields });
}

test("D4.2 D2.1 sign-up: 201 with the UserDto, and never a password", async () => {
  const account = freshUser("new");
  const answer = await new Browser(server.now).signUp(account);
  assert.equal(answer.status, 201);
  assert.match(answer.json.id, UUID);
  assert.equal(answer.json.username, account.username);
  assert.equal(answer.json.email, account.email);
  assert.equal(answer.json.role, "USER");
  assert.equal(answer.json.profile ?? null, null);
  assert.equal(answer.json.online ?? false, false);
  assert.equal(answer.text.toLowerCase().includes("password"), false);
});

test("D4.2 each rule of sign-up at its limit: 201", async () => {
  const good = [
    { username: name(3) + "" }, { username: name(50) },
    { username: `한글이름${mails}` },
    { email: email(100) },
    { password: "abcde1!x" },
    { password: "a1!" + "x".repeat(57) },
    ...[..."!@#$%^&*"].map((special) => ({ password: `passw0rd${special}` })),
  ];
  for (const fields of good) {
    if (fields.username?.length === 3) fields.username = `u${String(process.pid % 100).padStart(2, "0")}`;
    const answer = await signUp(fields);
    assert.equal(answer.status, 201, `${JSON.stringify(fields)} ${answer.text}`);
  }
});

test("D4.2 each rule of sign-up one beyond its limit: 400 VALIDATION_ERROR that names the field", async () => {
  const bad = [
    ["username", "ab"], ["username", name(51)], ["username", ""], ["username", "    "], ["username", null],
    ["email", email(101)], ["email", "no-address"], ["email", "a@"], ["email", "@b.c"], ["email", ""], ["email", null],
    ["password", "abcde1!"], ["password", "a1!" + "x".repeat(58)], ["password", "abcdefg!"], ["password", "1234567!"],
    ["password", "abcdefg1"], ["password", "abcdef1?"], ["password", null],
  ];
  for (const [field, value] of bad) {
    const answer = await signUp({ [field]: value });
    assert.equal(answer.status, 400, `${field}=${value}`);
    assert.equal(answer.json.code, "VALIDATION_ERROR", `${field}=${value}`);
    assert.deepEqual(Object.keys(answer.json.details), [field], `${field}=${value}`);
  }
});

test("D4.2 a name of 50 characters is counted in characters, not octets", async () => {
  assert.equal((await signUp({ username: "가".repeat(47) + String(process.pid).slice(-3).padStart(3, "0") })).status, 201);
  assert.equal((await signUp({ username: "가".repeat(51) })).status, 400);
});

test("D4.2 bcrypt reads 72 octets: a longer password is refused, not cut", async () => {
  assert.equal((await signUp({ password: "가".repeat(23) + "a1!" })).status, 201, "72 octets");
  assert.equal((await signUp({ password: "가".repeat(24) + "a1!" })).status, 400, "75 octets");
});

test("D4.2 a taken name or address: 409 DUPLICATE_USER; also when both come at once", async () => {
  const account = freshUser("dup");
  assert.equal((await signUp(account)).status, 201);
  for (const fields of [{ username: account.username }, { email: account.email }, account]) {
    const answer = await signUp(fields);
    assert.equal(answer.status, 409, JSON.stringify(fields));
    assert.equal(answer.json.code, "DUPLICATE_USER");
  }
  const racing = freshUser("race");
  const answers = await Promise.all([1, 2, 3, 4].map(() => signUp(racing)));
  assert.deepEqual(answers.map((one) => one.status).sort(), [201, 409, 409, 409]);
});

test("D4.1 the JSON part goes by its name: with or without file name, beside other parts, in any order", async () => {
  const browser = new Browser(server.now);
  await browser.csrf();
  const json = (account) => ({ name: "userCreateRequest", type: "application/json", value: JSON.stringify(account) });
  const other = { name: "note", value: "to be ignored" };
  for (const parts of [(one) => [json(one)], (one) => [{ ...json(one), filename: "blob" }], (one) => [other, json(one)], (one) => [json(one), other]]) {
    const answer = await browser.post("/api/users", multipart(parts(freshUser("part"))));
    assert.equal(answer.status, 201, answer.text);
  }
  assert.equal((await browser.post("/api/users", multipart([other]))).status, 400);
});

test("D4.1 an empty profile part counts as absent", async () => {
  const browser = new Browser(server.now);
  await browser.csrf();
  const account = freshUser("pic");
  const answer = await browser.post("/api/users", multipart([
    { name: "userCreateRequest", filename: "blob", type: "application/json", value: JSON.stringify(account) },
    { name: "profile", filename: "", type: "application/octet-stream", value: "" },
  ]));
  assert.equal(answer.status, 201, answer.text);
});

test("D1 unknown fields are ignored", async () => {
  const answer = await signUp({ role: "ADMIN", id: "00000000-0000-4000-8000-000000000000", zebra: { a: [1, 2] } });
  assert.equal(answer.status, 201, answer.text);
  assert.equal(answer.json.role, "USER", "D3.11: whoever signs up is a USER");
});

test("malformed bodies of sign-up: 400 or 415, and the server goes on", async () => {
  const browser = new Browser(server.now);
  await browser.csrf();
  const part = (value) => multipart([{ name: "userCreateRequest", type: "application/json", value }]);
  const cases = [
    [part("{"), 400], [part(""), 400], [part("[]"), 400], [part("null"), 400], [part('"x"'), 400],
    [part('{"username": 5, "email": "a@b.c", "password": "passw0rd!"}'), 400],
    [part('{"username": "a\\u0000bc", "email": "a@b.c", "password": "passw0rd!"}'), 400],
    [part('{"username": "\\ud800abc", "email": "a@b.c", "password": "passw0rd!"}'), 400],
    [part("[".repeat(20_000)), 400],
    [{ headers: { "Content-Type": "multipart/form-data; boundary=x" }, body: "--x\r\nno colon\r\n\r\n--x--\r\n" }, 400],
    [{ headers: { "Content-Type": "multipart/form-data; boundary=x" }, body: "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n" }, 400],
    [{ headers: { "Content-Type": "multipart/form-data" }, body: "--x--\r\n" }, 415],
    [{ headers: { "Content-Type": "text/plain" }, body: "x" }, 415],
    [{ headers: {}, body: "x" }, 415],
    [jsonBody(freshUser("json")), 415],
  ];
  for (const [body, status] of cases) {
    const answer = await browser.post("/api/users", body);
    assert.equal(answer.status, status, `${JSON.stringify(body).slice(0, 160)} ${answer.text}`);
    assert.equal(answer.json.status, status);
  }
});

test("D4.2 D10 GET /api/users: everybody, with online", async () => {
  const one = await person(server.now, "list");
  const away = await person(server.now, "away");
  await away.logout();
  const answer = await one.get("/api/users");
  assert.equal(answer.status, 200);
  const find = (id) => answer.json.find((user) => user.id === id);
  assert.equal(find(one.id).online, true, "D8.6: online is having a live login");
  assert.equal(find(away.id).online ?? false, false);
  assert.ok(answer.json.some((user) => user.role === "ADMIN"));
  for (const user of answer.json) assert.deepEqual(Object.keys(user).filter((key) => !["id", "username", "email", "profile", "online", "role"].includes(key)), []);
});

/* ---- changing oneself ---- */

const updateBody = (fields) => multipart([{ name: "userUpdateRequest", filename: "blob", type: "application/json", value: JSON.stringify(fields) }]);
const update = (by, fields, id = by.id) => by.fetch("PATCH", `/api/users/${id}`, updateBody(fields));
const leave = (by, id = by.id) => by.fetch("DELETE", `/api/users/${id}`, { headers: { "Content-Length": 0 } });
const check = (answer, status, code) => {
  assert.equal(answer.status, status, answer.text);
  if (code) assert.equal(answer.json.code, code);
  return answer.json;
};
const NOBODY = "00000000-0000-4000-8000-000000000000";

test("D4.2 D9 a new name and address: 200 with the UserDto, for others at once, and for oneself by refresh", async () => {
  const [user, other] = [await person(server.now, "before"), await person(server.now, "looks")];
  const { username, email } = freshUser("after");
  const dto = check(await update(user, { newUsername: username, newEmail: email }), 200);
  assert.deepEqual([dto.id, dto.username, dto.email, dto.role, dto.online], [user.id, username, email, "USER", true]);
  assert.deepEqual((await other.get("/api/users")).json.find((one) => one.id === user.id), dto);
  assert.equal(check(await user.refresh(), 200).userDto.username, username);
  check(await new Browser(server.now).login({ username, password: user.account.password }), 200);
  check(await new Browser(server.now).login(user.account), 401);
});

test("D4.2 what is absent or null stays; no change at all: 200", async () => {
  const user = await person(server.now, "stays");
  for (const fields of [{}, { newUsername: null, newEmail: null, newPassword: null }, { newUsername: user.account.username, newEmail: user.account.email }]) {
    const dto = check(await update(user, fields), 200);
    assert.deepEqual([dto.username, dto.email], [user.account.username, user.account.email]);
  }
  check(await new Browser(server.now).login(user.account), 200);
});

test("D4.2 a new password: the old one is worth nothing, and this login goes on", async () => {
  const user = await person(server.now, "secret");
  check(await update(user, { newPassword: "An0ther-secret!" }), 200);
  check(await user.get("/api/users"), 200);
  check(await user.refresh(), 200);
  check(await new Browser(server.now).login(user.account), 401);
  check(await new Browser(server.now).login({ ...user.account, password: "An0ther-secret!" }), 200);
});

test("D4.2 where several logins are allowed, a new password ends the others and their sockets", async () => {
  const several = await Server.start({ "logins-per-user": "3" });
  try {
    const user = await person(several, "several");
    const other = new Browser(several);
    check(await other.login(user.account), 200);
    const [mine, theirs] = [await RawStomp.connect(user), await RawStomp.connect(other)];
    check(await update(user, { newUsername: freshUser("still").username }), 200);
    check(await other.get("/api/users"), 200);
    check(await update(user, { newPassword: "An0ther-secret!" }), 200);
    assert.equal((await theirs.refused()).code, 4401);
    check(await other.get("/api/users"), 401);
    await mine.silent();
    check(await user.get("/api/users"), 200);
    mine.destroy();
  } finally {
    await several.stop();
  }
});

test("D4.2 a name or an address that is another's: 409, by the field's name; also when both come at once", async () => {
  const [user, other] = [await person(server.now, "wants"), await person(server.now, "has")];
  assert.deepEqual(Object.keys(check(await update(user, { newUsername: other.account.username }), 409, "DUPLICATE_USER").details), ["newUsername"]);
  assert.deepEqual(Object.keys(check(await update(user, { newEmail: other.account.email }), 409, "DUPLICATE_USER").details), ["newEmail"]);
  const { username } = freshUser("wanted");
  const answers = await Promise.all([update(user, { newUsername: username }), update(other, { newUsername: username })]);
  assert.deepEqual(answers.map((one) => one.status).sort(), [200, 409]);
});

test("D4.2 each rule of sign-up holds: 400 that names the field", async () => {
  const user = await person(server.now, "rules");
  for (const [field, value] of [["newUsername", "ab"], ["newUsername", name(51)], ["newEmail", "no-address"], ["newPassword", "short1!"], ["newPassword", "가".repeat(24) + "a1!"]]) {
    const { details } = check(await update(user, { [field]: value }), 400, "VALIDATION_ERROR");
    assert.deepEqual(Object.keys(details), [field]);
  }
  check(await user.fetch("PATCH", `/api/users/${user.id}`, multipart([{ name: "other", value: "x" }])), 400);
});

test("D3.10 another's account: 403, also for the ADMIN; an unknown one: 404; without a token: 401", async () => {
  const [user, other] = [await person(server.now, "self"), await person(server.now, "other")];
  for (const act of [(by, id) => update(by, { newPassword: "Taken-0ver!" }, id), leave]) {
    check(await act(user, other.id), 403, "AUTHORIZATION_DENIED");
    check(await act(await admin(server.now), other.id), 403, "AUTHORIZATION_DENIED");
    check(await act(user, NOBODY), 404, "USER_NOT_FOUND");
    check(await act(user, "undefined"), 404, "USER_NOT_FOUND");
    const anonymous = new Browser(server.now);
    await anonymous.csrf();
    check(await act(anonymous, other.id), 401);
  }
  check(await other.get("/api/users"), 200);
  check(await new Browser(server.now).login(other.account), 200);
});

test("D6.4 a message over a STOMP session that was open before carries the new name", async () => {
  const [user, other] = [await person(server.now, "speaks"), await person(server.now, "hears")];
  const { id } = await general(user);
  const mine = await RawStomp.connect(user);
  const theirs = await RawStomp.connectApart(mine, other);
  await theirs.subscribe("m", `/sub/channels.${id}.messages`);
  await mine.sayDurably(id, "as the old one");
  assert.equal(JSON.parse((await theirs.expect("MESSAGE")).text).author.username, user.account.username);
  const { username } = freshUser("renamed");
  check(await user.fetch("PATCH", `/api/users/${user.id}`, { ...updateBody({ newUsername: username }), apartFrom: [mine] }), 200);
  await mine.sayDurably(id, "as the new one");
  assert.equal(JSON.parse((await theirs.expect("MESSAGE")).text).author.username, username);
  mine.destroy();
  theirs.destroy();
});

/* ---- going ---- */

test("D8.7 D9 who goes: 204; his tokens are dead, his name is free, and his messages stay without an author", async () => {
  const [user, other] = [await person(server.now, "goes"), await person(server.now, "remains")];
  const { id } = await general(user);
  const stomp = await RawStomp.connect(user);
  await stomp.sayDurably(id, `farewell of ${user.id}`);
  const answer = await user.fetch("DELETE", `/api/users/${user.id}`, { headers: { "Content-Length": 0 }, apartFrom: [stomp] });
  check(answer, 204);
  assert.equal(answer.text, "");
  assert.equal((await stomp.refused()).code, 4401, "G6: what he has open ends");
  check(await user.get("/api/users"), 401);
  check(await user.refresh(), 401);
  check(await user.logout(), 204);
  check(await new Browser(server.now).login(user.account), 401, "INVALID_USER_CREDENTIALS");
  assert.equal((await other.get("/api/users")).json.some((one) => one.id === user.id), false);
  const left = (await history(other, id)).find((one) => one.content === `farewell of ${user.id}`);
  assert.equal(left.author, null);
  check(await new Browser(server.now).signUp(user.account), 201);
});

test("D10 every PRIVATE channel that is listed has another member, and all of them are listed as users", async () => {
  const [one, two, three, four] = await Promise.all(["one", "two", "three", "four"].map((each) => person(server.now, each)));
  const pair = await privateChannel(one, two);
  const group = await privateChannel(one, two, three);
  await privateChannel(one, four);
  check(await leave(two), 204);
  check(await leave(four), 204);
  const users = new Set((await one.get("/api/users")).json.map((user) => user.id));
  const channels = (await one.get(`/api/channels?userId=${one.id}`)).json.filter((channel) => channel.type === "PRIVATE");
  assert.deepEqual(channels.map((channel) => channel.id), [group.id]);
  assert.deepEqual(channels[0].participants.map((user) => user.id).sort(), [one.id, three.id].sort());
  for (const { participants } of channels) {
    for (const { id } of participants) assert.ok(users.has(id));
    assert.ok(participants.length >= 2);
  }
  check(await one.get(`/api/messages?channelId=${pair.id}`), 200);
});

test("D3.11 the last ADMIN cannot go", async () => {
  const fresh = await Server.start();
  try {
    const chief = await admin(fresh);
    check(await leave(chief), 403, "LAST_ADMIN");
    check(await chief.get("/api/users"), 200);
    const second = await personWithRole(chief, "ADMIN");
    check(await leave(chief), 204);
    check(await leave(second), 403, "LAST_ADMIN");
  } finally {
    await fresh.stop();
  }
});

/* ---- the error body ---- */

test("D5.1 an error body has its six fields, typed, and the request id is in the header", async () => {
  const answer = await signUp({ username: "x" });
  const { timestamp, code, message, details, exceptionType, status } = answer.json;
  assert.match(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}(\d{3}(\d{3})?)?)?Z$/);
  assert.ok(Math.abs(Date.parse(timestamp) - Date.now()) < 60_000);
  assert.equal(code, "VALIDATION_ERROR");
  assert.equal(typeof message, "string");
  assert.equal(typeof details.username, "string");
  assert.equal(typeof exceptionType, "string");
  assert.equal(status, 400);
  assert.match(answer.headers["discodeit-request-id"], /^[0-9a-f]{32}$/);
});

test("D1 every answer under /api has its own request id", async () => {
  const ids = [];
  for (const path of ["/api/auth/csrf-token", "/api/users", "/api/nothing", "/api/channels"]) {
    const answer = await request(server.now, "GET", path);
    assert.match(answer.headers["discodeit-request-id"], /^[0-9a-f]{32}$/, path);
    ids.push(answer.headers["discodeit-request-id"]);
  }
  assert.equal(new Set(ids).size, ids.length);
});

test("D5.1 messages are Korean, English for who asks for it, and Korean for other languages", async () => {
  const message = async (language) => (await request(server.now, "GET", "/api/users", { headers: language ? { "Accept-Language": language } : {} })).json.message;
  const korean = await message();
  assert.match(korean, /[가-힣]/);
  assert.equal(await message("ko-KR,ko;q=0.9,en;q=0.8"), korean);
  assert.equal(await message("fr"), korean);
  const english = await message("en-US,en;q=0.9");
  assert.doesNotMatch(english, /[가-힣]/);
  assert.match(english, /[a-z]/);
});

test("D5.1 --language en turns the default around", async () => {
  const other = await Server.start({ language: "en" });
  try {
    assert.doesNotMatch((await request(other, "GET", "/api/users")).json.message, /[가-힣]/);
    assert.match((await request(other, "GET", "/api/users", { headers: { "Accept-Language": "ko" } })).json.message, /[가-힣]/);
  } finally {
    await other.stop();
  }
});

test("D5.2 codes and statuses of the table", async () => {
  const user = await person(server.now, "codes");
  const check = (answer, status, code) => {
    assert.equal(answer.status, status, answer.text);
    if (code) assert.equal(answer.json.code, code);
    assert.ok(answer.json.exceptionType.length > 0);
  };
  const nobody = "00000000-0000-4000-8000-000000000000";
  check(await user.get(`/api/messages?channelId=${nobody}&size=50`), 404, "CHANNEL_NOT_FOUND");
  check(await user.get("/api/messages?channelId=x"), 400, "INVALID_REQUEST");
  check(await user.post("/api/channels/private", jsonBody({ participantIds: [nobody, user.id] })), 404, "USER_NOT_FOUND");
  check(await user.post("/api/channels/public", jsonBody({ name: "abc" })), 403, "AUTHORIZATION_DENIED");
  check(await user.post("/api/auth/login", multipart([{ name: "username", value: "x" }, { name: "password", value: "y" }])), 401, "INVALID_USER_CREDENTIALS");
  check(await user.get("/api/nothing/here"), 404);
});

/* ---- the first ADMIN ---- */

test("D3.11 without an ADMIN one is made, with a random password that is said once and works", async () => {
  const fresh = await Server.start({ "admin-password": null });
  try {
    const said = fresh.stdout.match(/administrator is "(.+)" with the password (\S+)\n/);
    assert.ok(said, fresh.stdout);
    const browser = new Browser(fresh);
    const answer = await browser.login({ username: said[1], password: said[2] });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.userDto.role, "ADMIN");
    await fresh.stop();
    await fresh.restart();
    assert.equal(/password/i.test(fresh.stdout), false, "only once");
    assert.equal((await new Browser(fresh).login({ username: said[1], password: said[2] })).status, 200);
    assert.equal(fresh.stderr.includes(said[2]), false, "and in no log");
  } finally {
    await fresh.stop();
  }
});

test("D3.11 a configured ADMIN, by the environment too, is made once and his password not printed", async () => {
  const fresh = await Server.start({ "admin-password": null }, {
    env: { PARLEY_ADMIN_USERNAME: "chief", PARLEY_ADMIN_EMAIL: "chief@example.org", PARLEY_ADMIN_PASSWORD: "Chief-of-all-1!" },
  });
  try {
    assert.equal(fresh.stdout.includes("Chief-of-all-1!"), false);
    const browser = new Browser(fresh);
    const answer = await browser.login({ username: "chief", password: "Chief-of-all-1!" });
    assert.equal(answer.status, 200, answer.text);
    assert.equal(answer.json.userDto.role, "ADMIN");
    assert.equal(answer.json.userDto.email, "chief@example.org");
  } finally {
    await fresh.stop();
  }
});

test("D3.11 an ADMIN who is there stays as he is, whatever is configured later", async () => {
  const fresh = await Server.start();
  try {
    await fresh.stop();
    fresh.flags["admin-password"] = "Another-one-1!";
    await fresh.restart();
    assert.equal((await new Browser(fresh).login(ADMIN)).status, 200);
    assert.equal((await new Browser(fresh).login({ username: "admin", password: "Another-one-1!" })).status, 401);
    assert.equal((await (await admin(fresh)).get("/api/users")).json.length, 1);
  } finally {
    await fresh.stop();
  }
});

test("the first start makes the data folder and its secrets for the owner alone (0600)", async () => {
  const fresh = await Server.start();
  try {
    const names = await readdir(fresh.dataDir);
    assert.ok(names.length > 0);
    const secrets = names.filter((one) => /secret|key/i.test(one));
    assert.ok(secrets.length > 0, names.join(" "));
    for (const one of names) {
      const { mode } = await stat(join(fresh.dataDir, one));
      if (secrets.includes(one)) assert.equal(mode & 0o777, 0o600, one);
      else assert.equal(mode & 0o007, 0, `${one} is open to everybody`);
    }
  } finally {
    await fresh.stop();
  }
});

test("starting: wrong flags, a taken port and a taken data folder are told plainly, and nothing serves", async () => {
  const folder = join(await scratchFolder(), "data");
  const cases = [
    [["--no-such-flag", "1"], /no-such-flag/],
    [["--workers", "many"], /workers/],
    [["--log-level", "loud"], /log-level/],
    [["--listen", "nowhere"], /listen|address/i],
    [["--listen", server.now.host, "--data-dir", folder, "--bcrypt-cost", "4"], /in use|taken/i],
    [["--listen", "127.0.0.1:0", "--data-dir", server.now.dataDir], /data|lock|use/i],
  ];
  for (const [args, words] of cases) {
    const { code, stderr, stdout } = await runParleyd(args);
    assert.notEqual(code, 0, args.join(" "));
    assert.match(stderr, words, args.join(" "));
    assert.equal(stdout.includes("ready"), false);
  }
  assert.match((await runParleyd(["--help"])).stdout, /--listen/);
  assert.match((await runParleyd(["--version"])).stdout, /\d+\.\d+/);
  assert.match((await runParleyd([], { PARLEY_WORKERS: "many" })).stderr, /PARLEY_WORKERS/);
});
