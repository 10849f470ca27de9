// Who may do what: the access table of discodeit.md 3.10, row by row, for every route of src/api/routes.c.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import {
  Browser, admin, freshUser, giveRole, history, jsonBody, loginBody, messagesPath, multipart, person, personWithRole, privateChannel,
  publicChannel, signUpBody,
} from "./support/people.js";
import { serverOf } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";

const people = {};
const server = serverOf({ before, after }, {}, async (now) => {
  people.ADMIN = await admin(now);
  people.CHANNEL_MANAGER = await personWithRole(people.ADMIN, "CHANNEL_MANAGER");
  people.USER = await person(now, "user");
  people.owner = await person(now, "owner");
  people.stranger = await person(now, "stranger");
  for (const name of ["nobody", "garbage", "forged", "refresh", "ended"]) {
    people[name] = new Browser(now);
    await people[name].csrf();
  }
  const left = await person(now, "left");
  people.garbage.token = "garbage";
  people.forged.token = people.USER.token.slice(0, -3) + (people.USER.token.endsWith("AAA") ? "BBB" : "AAA");
  people.refresh.token = people.USER.jar.get("REFRESH_TOKEN");
  people.ended.token = left.token;
  await left.logout();
});

/* ---- the rules: who gets which status, S being the one of success ---- */

const S = "success";
const unknown = { nobody: 401, garbage: 401, forged: 401, refresh: 401, ended: 401 };
const roles = { USER: S, CHANNEL_MANAGER: S, ADMIN: S };
const ANYONE = { nobody: S, garbage: S, forged: S, refresh: S, ended: S, ...roles };
/** A handshake needs no token, but a wrong one is refused (rooms.md 1); these are none, and are not asked about. */
const HANDSHAKE = { ...unknown, nobody: S, ended: S, ...roles };
const USERS = { ...unknown, ...roles };
const MANAGERS = { ...USERS, USER: 403 };
const ADMINS = { ...MANAGERS, CHANNEL_MANAGER: 403 };
const OWNER = { ...unknown, owner: S, stranger: 403, CHANNEL_MANAGER: 403, ADMIN: 403 };

/* ---- what is asked, anew for each who asks ---- */

let number = 0;
const part = (name, value) => multipart([{ name, filename: "blob", type: "application/json", value: JSON.stringify(value) }]);
const empty = { headers: { "Content-Length": 0 } };
/** Without the cookie of a login. */
const anonymous = { headers: { "Content-Length": 0, Cookie: "XSRF-TOKEN=x", "X-XSRF-TOKEN": "x" } };
const room = async () => (await publicChannel(people.ADMIN)).id;
const pair = async () => (await privateChannel(people.owner, await person(server.now, "friend"))).id;

async function message(by, channelId) {
  const stomp = await RawStomp.connect(by);
  const content = `message ${++number}`;
  await stomp.sayDurably(channelId, content);
  stomp.destroy();
  return (await history(by, channelId)).find((one) => one.content === content).id;
}

async function status(by) {
  const answer = await by.post("/api/readStatuses", jsonBody({ userId: by.id, channelId: await room(), lastReadAt: "2026-03-02T09:15:30.482Z" }));
  assert.equal(answer.status, 201, answer.text);
  return answer.json.id;
}

/** A change of his role leaves one. The owner is somebody else from now on. */
async function notification() {
  people.owner = await person(server.now, "owner");
  const { account } = people.owner;
  assert.equal((await giveRole(people.ADMIN, people.owner.id, "CHANNEL_MANAGER")).status, 200);
  assert.equal((await giveRole(people.ADMIN, people.owner.id, "USER")).status, 200);
  assert.equal((await people.owner.login(account)).status, 200);
  return (await people.owner.get("/api/notifications")).json[0].id;
}

async function owner() {
  people.owner = await person(server.now, "owner");
  return people.owner.id;
}

async function picture() {
  const browser = new Browser(server.now);
  await browser.csrf();
  const answer = await browser.post("/api/users", multipart([
    { name: "userCreateRequest", filename: "blob", type: "application/json", value: JSON.stringify(freshUser("pictured")) },
    { name: "profile", filename: "me.png", type: "image/png", value: "octets" },
  ]));
  assert.equal(answer.status, 201, answer.text);
  return answer.json.profile.id;
}

const NOBODY = "00000000-0000-4000-8000-000000000000";
const to = (path, body = {}) => ({ path, body });

/** The table: a route of routes.c, who may, the status of success, and what is asked of it (by whom). */
const table = [
  ["GET /api/auth/csrf-token", ANYONE, 204],
  ["POST /api/auth/login", ANYONE, 401, () => to("/api/auth/login", loginBody({ username: "no-such-user", password: "passw0rd!" }))],
  ["POST /api/auth/refresh", ANYONE, 401, () => to("/api/auth/refresh", anonymous)],
  ["POST /api/auth/logout", ANYONE, 204, () => to("/api/auth/logout", anonymous)],
  ["POST /api/users", ANYONE, 201, () => to("/api/users", signUpBody(freshUser("anyone")))],
  ["GET /ws", HANDSHAKE, 400],
  ["GET /ws/websocket", HANDSHAKE, 400],
  ["GET /{*}", ANYONE, 200, () => to("/")],
  ["GET /actuator", ANYONE, 200],
  ["GET /actuator/health", ANYONE, 200],
  ["GET /actuator/health/{}", ANYONE, 200, () => to("/actuator/health/liveness")],
  ["GET /actuator/info", ANYONE, 200],
  ["GET /actuator/metrics", ANYONE, 200],
  ["GET /actuator/metrics/{}", ANYONE, 200, () => to("/actuator/metrics/process.uptime")],
  ["GET /actuator/prometheus", ANYONE, 200],
  ["GET /actuator/loggers", ANYONE, 200],
  ["GET /actuator/caches", ANYONE, 200],

  ["PUT /api/auth/role", ADMINS, 200, async () => to("/api/auth/role", jsonBody({ userId: (await person(server.now, "rises")).id, newRole: "CHANNEL_MANAGER" }))],
  ["POST /api/channels/public", MANAGERS, 201, () => to("/api/channels/public", jsonBody({ name: `room ${++number}`, description: "" }))],
  ["PATCH /api/channels/{}", MANAGERS, 200, async () => to(`/api/channels/${await room()}`, jsonBody({ newName: `hall ${++number}` }))],
  ["DELETE /api/channels/{}", MANAGERS, 204, async () => to(`/api/channels/${await room()}`, empty)],
  ["DELETE /api/channels/{}", { ...MANAGERS, owner: 403 }, 204, async () => to(`/api/channels/${await pair()}`, empty), "a PRIVATE one"],

  ["POST /api/channels/private", USERS, 201, async (by) => to("/api/channels/private", jsonBody({ participantIds: [people.owner.id, by.id ?? NOBODY] }))],
  ["GET /api/users", USERS, 200],
  ["GET /api/channels", USERS, 200],
  ["GET /api/channels", OWNER, 200, () => to(`/api/channels?userId=${people.owner.id}`), "of a user"],
  ["GET /api/readStatuses", USERS, 200],
  ["GET /api/readStatuses", OWNER, 200, () => to(`/api/readStatuses?userId=${people.owner.id}`), "of a user"],
  ["POST /api/readStatuses", USERS, 201, async (by) => to("/api/readStatuses", jsonBody({ userId: by.id, channelId: await room(), lastReadAt: "2026-03-02T09:15:30.482Z" }))],
  ["POST /api/readStatuses", OWNER, 201, async () => to("/api/readStatuses", jsonBody({ userId: people.owner.id, channelId: await room(), lastReadAt: "2026-03-02T09:15:30.482Z" })), "of a user"],
  ["PATCH /api/readStatuses/{}", OWNER, 200, async () => to(`/api/readStatuses/${await status(people.owner)}`, jsonBody({ newLastReadAt: null, newNotificationEnabled: true }))],
  ["GET /api/messages", USERS, 200, async () => to(messagesPath(await room()))],
  ["GET /api/messages", OWNER, 200, async () => to(messagesPath(await pair())), "of a PRIVATE channel"],
  ["POST /api/messages", USERS, 201, async () => to("/api/messages", part("messageCreateRequest", { content: "hello", channelId: await room() }))],
  ["POST /api/messages", OWNER, 201, async () => to("/api/messages", part("messageCreateRequest", { content: "hello", channelId: await pair() })), "to a PRIVATE channel"],
  ["POST /api/messages", OWNER, 201, async () => to("/api/messages", part("messageCreateRequest", { content: "hello", channelId: await room(), authorId: people.owner.id })), "under a name"],
  ["PATCH /api/messages/{}", OWNER, 200, async () => to(`/api/messages/${await message(people.owner, await room())}`, jsonBody({ newContent: "changed" }))],
  ["DELETE /api/messages/{}", OWNER, 204, async () => to(`/api/messages/${await message(people.owner, await room())}`, empty)],
  ["PATCH /api/users/{}", OWNER, 200, () => to(`/api/users/${people.owner.id}`, part("userUpdateRequest", { newUsername: freshUser("changed").username }))],
  ["DELETE /api/users/{}", OWNER, 204, async () => to(`/api/users/${await owner()}`, empty)],
  ["GET /api/notifications", USERS, 200],
  ["DELETE /api/notifications/{}", OWNER, 204, async () => to(`/api/notifications/${await notification()}`, empty)],
  ["GET /api/binaryContents", USERS, 200, async () => to(`/api/binaryContents?binaryContentIds=${await picture()}`)],
  ["GET /api/binaryContents/{}", USERS, 200, async () => to(`/api/binaryContents/${await picture()}`)],
  ["GET /api/binaryContents/{}/download", USERS, 200, async () => to(`/api/binaryContents/${await picture()}/download`)],
  ["POST /api/auth/tickets", USERS, 201, () => to("/api/auth/tickets", empty)],
];

/** Somebody like him, whose cookies are his own. */
function copyOf(browser) {
  const copy = new Browser(server.now);
  return Object.assign(copy, { jar: new Map(browser.jar), token: browser.token, id: browser.id, account: browser.account });
}

const methodOf = (route) => route.split(" ")[0];
const pathOf = (route) => route.split(" ")[1];
const plain = (route) => () => to(pathOf(route));
const isUnsafe = (route) => !["GET", "HEAD"].includes(methodOf(route)) && pathOf(route).startsWith("/api/");

test("every route of the program stands in the table, and nothing else does", () => {
  const source = readFileSync(new URL("../../src/api/routes.c", import.meta.url), "utf8");
  const served = [...source.matchAll(/\{(GET|POST|PUT|PATCH|DELETE)\("([^"]+)"\)/g)].map(([, method, path]) => `${method} ${path}`);
  assert.ok(served.length > 20);
  assert.deepEqual([...new Set(table.map(([route]) => route))].sort(), [...new Set(served)].sort());
});

describe("D3.10 who may", () => {
  for (const [route, rule, success, ask = plain(route), what = ""] of table) {
    test(`${route} ${what}`.trim(), async () => {
      for (const [who, expected] of Object.entries(rule)) {
        const { path, body } = await ask(people[who]);
        const answer = await copyOf(people[who]).fetch(methodOf(route), path, body);
        assert.equal(answer.status, expected === S ? success : expected, `${who}: ${answer.text}`);
        if (expected !== S) assert.equal(answer.json?.status ?? expected, expected);
      }
    });
  }
});

describe("D3.10 who may not is told that first, whatever else is wrong", () => {
  for (const [route, rule, , ask = plain(route)] of table.filter(([one, , , asked]) => isUnsafe(one) && asked)) {
    const refused = Object.entries(rule).filter(([who, expected]) => expected === 401 || (expected === 403 && rule.owner === undefined));
    if (refused.length === 0) continue;
    test(route, async () => {
      for (const [who, expected] of refused) {
        const { path, body } = await ask(people[who]);
        const wrong = body.body === undefined ? {} : { body: "{", headers: { "Content-Type": "application/json" } };
        const answer = await people[who].fetch(methodOf(route), path.replace(/[0-9a-f-]{36}/, "x"), { ...body, ...wrong });
        assert.equal(answer.status, expected, `${who}: ${answer.text}`);
      }
    });
  }
});

describe("D3.3 without the header that repeats the cookie nobody changes anything", () => {
  for (const route of new Set(table.map(([one]) => one).filter(isUnsafe))) {
    test(route, async () => {
      for (const who of ["nobody", "owner", "ADMIN"]) {
        const path = pathOf(route).replace("{}", people.owner.id);
        const answer = await people[who].fetch(methodOf(route), path, { headers: { "Content-Length": 0, "X-XSRF-TOKEN": "another" } });
        assert.equal(answer.status, 403, `${who}: ${answer.text}`);
        assert.equal(answer.json.code, "INVALID_CSRF_TOKEN");
      }
    });
  }
});
