// REST: giving users other roles (discodeit.md 3.9 to 3.11, 4.8, 8.4), and what becomes of what they have open (6.4, 7.6).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { admin, giveRole, history, jsonBody, person, personWithRole, publicChannel } from "./support/people.js";
import { serverOf } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { decode } from "./support/tokens.js";

const NOBODY = "00000000-0000-4000-8000-000000000000";
let chief;
const server = serverOf({ before, after }, {}, async (now) => { chief = await admin(now); });

const find = async (by, id) => (await by.get("/api/users")).json.find((one) => one.id === id);
const check = (answer, status, code) => {
  assert.equal(answer.status, status, answer.text);
  if (code) assert.equal(answer.json.code, code);
  return answer.json;
};

test("D4.8 D3.9 a new role: 200 with the UserDto; his logins are ended, and the next one has it", async () => {
  const user = await person(server.now, "rises");
  const dto = check(await giveRole(chief, user.id, "CHANNEL_MANAGER"), 200);
  assert.equal(dto.id, user.id);
  assert.equal(dto.role, "CHANNEL_MANAGER");
  assert.equal(dto.online, false);
  assert.deepEqual(await find(chief, user.id), dto);
  check(await user.get("/api/users"), 401);
  check(await user.refresh(), 401);
  check(await user.logout(), 204);
  const login = check(await user.login(user.account), 200);
  assert.equal(login.userDto.role, "CHANNEL_MANAGER");
  await publicChannel(user);
  check(await giveRole(chief, user.id, "USER"), 200);
  check(await user.login(user.account), 200);
  check(await user.post("/api/channels/public", jsonBody({ name: "no more", description: "" })), 403, "AUTHORIZATION_DENIED");
});

test("D8.4 he finds a notification of it, and nobody else does", async () => {
  const [user, other] = [await person(server.now, "told"), await person(server.now, "untold")];
  check(await giveRole(chief, user.id, "CHANNEL_MANAGER"), 200);
  check(await giveRole(chief, user.id, "ADMIN"), 200);
  check(await user.login(user.account), 200);
  const said = check(await user.get("/api/notifications"), 200);
  assert.deepEqual(said.map((one) => [one.title, one.content, one.receiverId]), [
    ["권한이 변경되었습니다.", "CHANNEL_MANAGER -> ADMIN", user.id],
    ["권한이 변경되었습니다.", "USER -> CHANNEL_MANAGER", user.id],
  ]);
  assert.deepEqual(check(await other.get("/api/notifications"), 200), []);
});

test("G6 SC-8 his STOMP session ends on whichever worker it is, with nothing more delivered; another's goes on", async () => {
  const [user, other] = [await person(server.now, "cut"), await person(server.now, "uncut")];
  const room = await publicChannel(chief);
  const mine = await RawStomp.connect(user);
  const theirs = await RawStomp.connectApart(mine, other);
  for (const one of [mine, theirs]) await one.subscribe("m", `/sub/channels.${room.id}.messages`);
  const answer = await chief.fetch("PUT", "/api/auth/role", { ...jsonBody({ userId: user.id, newRole: "CHANNEL_MANAGER" }), apartFrom: [mine] });
  check(answer, 200);
  const end = await mine.refused();
  assert.equal(end.code, 4401);
  await theirs.sayDurably(room.id, "without him", []);
  assert.equal((await history(other, room.id)).length, 1);
  theirs.destroy();
});

test("D4.8 a role that he has already: 200, and nothing ends", async () => {
  const user = await person(server.now, "same");
  const dto = check(await giveRole(chief, user.id, "USER"), 200);
  assert.equal(dto.online, true);
  check(await user.get("/api/users"), 200);
  assert.deepEqual(check(await user.get("/api/notifications"), 200), []);
});

test("D3.11 the last ADMIN keeps the role, and may give it up when there is another", async () => {
  const others = (await chief.get("/api/users")).json.filter((one) => one.role === "ADMIN" && one.id !== chief.id);
  for (const { id } of others) check(await giveRole(chief, id, "USER"), 200);
  check(await giveRole(chief, chief.id, "USER"), 403, "LAST_ADMIN");
  check(await chief.get("/api/users"), 200);
  const second = await personWithRole(chief, "ADMIN");
  check(await giveRole(chief, chief.id, "USER"), 200);
  check(await chief.get("/api/users"), 401);
  check(await giveRole(second, chief.id, "ADMIN"), 200);
  check(await chief.login(chief.account), 200);
});

test("D3.10 who is no ADMIN: 403, also when the body is wrong; D5.2 a wrong body: 400; an unknown user: 404", async () => {
  const user = await person(server.now, "climber");
  const manager = await personWithRole(chief, "CHANNEL_MANAGER");
  for (const by of [user, manager]) {
    check(await giveRole(by, by.id, "ADMIN"), 403, "AUTHORIZATION_DENIED");
    check(await giveRole(by, NOBODY, "X"), 403, "AUTHORIZATION_DENIED");
  }
  check(await giveRole(chief, user.id, "KING"), 400, "VALIDATION_ERROR");
  check(await giveRole(chief, user.id, null), 400, "VALIDATION_ERROR");
  check(await giveRole(chief, "x", "USER"), 400, "VALIDATION_ERROR");
  assert.deepEqual(check(await giveRole(chief, NOBODY, "USER"), 404, "USER_NOT_FOUND").details, { userId: NOBODY });
  assert.equal((await find(user, user.id)).role, "USER");
});

test("D3.9 of logins and changes at a time none is left with the old role", async () => {
  const user = await person(server.now, "racing");
  for (let round = 0; round < 8; round++) {
    const role = round % 2 === 0 ? "CHANNEL_MANAGER" : "USER";
    const [login, change] = await Promise.all([user.login(user.account), giveRole(chief, user.id, role)]);
    check(change, 200);
    assert.equal(login.status, 200, login.text);
    const works = (await user.get("/api/users")).status === 200;
    if (works) assert.match(JSON.stringify(decode(user.token, 1)), new RegExp(`"(ROLE_)?${role}"`), `round ${round}`);
    check(await user.login(user.account), 200);
  }
});
