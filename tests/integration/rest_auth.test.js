// REST: CSRF, login, cookies, tokens, logins that end (discodeit.md section 3).

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { ADMIN, Server, serverOf } from "./support/server.js";
import { Browser, admin, freshUser, jsonBody, loginBody, multipart, person, request, signUpBody } from "./support/people.js";
import { RawStomp } from "./support/stomp.js";

const server = serverOf({ before, after });
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const cookie = (answer, name) => answer.cookies.find((one) => one.name === name);
const decode = (token, part) => JSON.parse(Buffer.from(token.split(".")[part], "base64url"));
const encode = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");

/* ---- CSRF ---- */

test("D3.2 D14 csrf-token: 204 without body, a fresh UUID in a cookie that scripts may read", async () => {
  const one = await request(server.now, "GET", "/api/auth/csrf-token");
  const two = await request(server.now, "GET", "/api/auth/csrf-token");
  assert.equal(one.status, 204);
  assert.equal(one.text, "");
  const set = cookie(one, "XSRF-TOKEN");
  assert.match(set.value, UUID);
  assert.deepEqual(set.attributes, { path: "/" });
  assert.notEqual(set.value, cookie(two, "XSRF-TOKEN").value);
});

test("D3.2 the first answer under /api sets XSRF-TOKEN, also a refusal; one who has it gets no other", async () => {
  const first = await request(server.now, "GET", "/api/users");
  assert.equal(first.status, 401);
  assert.match(cookie(first, "XSRF-TOKEN").value, UUID);
  const again = await request(server.now, "GET", "/api/users", { headers: { Cookie: "XSRF-TOKEN=abc" } });
  assert.equal(cookie(again, "XSRF-TOKEN"), undefined);
});

test("D3.3 a POST needs header and cookie, equal; each one that lacks is 403 with an error body", async () => {
  const body = signUpBody(freshUser("csrf"));
  const attempt = (headers) => request(server.now, "POST", "/api/users", { ...body, headers: { ...body.headers, ...headers } });
  const wrong = [
    {},
    { Cookie: "XSRF-TOKEN=abc" },
    { "X-XSRF-TOKEN": "abc" },
    { Cookie: "XSRF-TOKEN=abc", "X-XSRF-TOKEN": "abd" },
    { Cookie: "XSRF-TOKEN=abc", "X-XSRF-TOKEN": "abcd" },
    { Cookie: "XSRF-TOKEN=abc", "X-XSRF-TOKEN": "" },
    { Cookie: "XSRF-TOKEN=", "X-XSRF-TOKEN": "" },
    { Cookie: "xsrf-token=abc", "X-XSRF-TOKEN": "abc" },
  ];
  for (const headers of wrong) {
    const answer = await attempt(headers);
    assert.equal(answer.status, 403, JSON.stringify(headers));
    assert.equal(answer.json.status, 403);
  }
  const right = await attempt({ Cookie: "XSRF-TOKEN=abc", "X-XSRF-TOKEN": "abc" });
  assert.equal(right.status, 201, right.text);
});

test("D3.3 nothing is kept: any value that is twice the same passes, also among other cookies", async () => {
  const answer = await request(server.now, "POST", "/api/auth/logout", {
    headers: { Cookie: "a=b; XSRF-TOKEN=whatever; c=d", "X-XSRF-TOKEN": "whatever", "Content-Length": 0 },
  });
  assert.equal(answer.status, 204);
});

test("D3.3 GET and HEAD are not checked, login, refresh and logout are", async () => {
  assert.equal((await request(server.now, "GET", "/api/auth/csrf-token")).status, 204);
  assert.equal((await request(server.now, "HEAD", "/api/auth/csrf-token")).status, 204);
  for (const path of ["login", "refresh", "logout"]) {
    const answer = await request(server.now, "POST", `/api/auth/${path}`, { headers: { "Content-Length": 0 } });
    assert.equal(answer.status, 403, path);
  }
});

/* ---- login ---- */

test("D3.6 login by multipart: 200 JwtDto, and a REFRESH_TOKEN cookie", async () => {
  const account = freshUser("multi");
  const browser = new Browser(server.now);
  await browser.signUp(account);
  const answer = await browser.login(account);
  assert.equal(answer.status, 200, answer.text);
  assert.deepEqual(Object.keys(answer.json).sort(), ["accessToken", "userDto"]);
  assert.equal(answer.json.userDto.username, account.username);
  assert.equal(answer.json.userDto.email, account.email);
  assert.equal(answer.json.userDto.role, "USER");
  assert.equal(answer.json.userDto.online, true);
  const set = cookie(answer, "REFRESH_TOKEN");
  assert.equal(set.attributes.httponly, true);
  assert.equal(set.attributes.path, "/");
  assert.equal(set.attributes.samesite, "Lax");
  assert.equal(set.attributes.secure, undefined);
  assert.equal(set.attributes.domain, undefined);
  const life = 7 * 24 * 3600;  // of which a moment may have passed already
  assert.ok(set.attributes["max-age"] <= life && set.attributes["max-age"] > life - 60, set.attributes["max-age"]);
  assert.match(cookie(answer, "XSRF-TOKEN").value, UUID, "D3.2: rotated by login");
});

test("D3.6 login urlencoded works too, percent escapes and plus included", async () => {
  const account = { ...freshUser("form"), password: "a+b c&d=1!x" };
  const browser = new Browser(server.now);
  assert.equal((await browser.signUp(account)).status, 201);
  const answer = await browser.post("/api/auth/login", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ username: account.username, password: account.password }).toString(),
  });
  assert.equal(answer.status, 200, answer.text);
});

test("D3.6 unknown user, wrong password, and missing fields are one answer: 401", async () => {
  const account = freshUser("wrong");
  const browser = new Browser(server.now);
  await browser.signUp(account);
  const seen = [];
  const attempts = [
    loginBody({ username: account.username, password: "Wr0ng-password!" }),
    loginBody({ username: "nobody-at-all", password: account.password }),
    loginBody({ username: "", password: "" }),
    multipart([{ name: "username", value: account.username }]),
    multipart([]),
  ];
  for (const body of attempts) {
    const answer = await browser.post("/api/auth/login", body);
    assert.equal(answer.status, 401, answer.text);
    assert.equal(cookie(answer, "REFRESH_TOKEN"), undefined);
    const { timestamp, ...rest } = answer.json;
    assert.ok(timestamp);
    seen.push(JSON.stringify(rest));
  }
  assert.equal(new Set(seen).size, 1, seen.join("\n"));
});

test("D3.6 a body that is no form: 415", async () => {
  const browser = new Browser(server.now);
  await browser.csrf();
  assert.equal((await browser.post("/api/auth/login", jsonBody(ADMIN))).status, 415);
});

test("D3.2 cookies are Secure exactly behind X-Forwarded-Proto https", async () => {
  const account = freshUser("secure");
  const plain = new Browser(server.now);
  await plain.signUp(account);
  for (const [proto, secure] of [["https", true], ["HTTPS", true], ["http", undefined]]) {
    const browser = new Browser(server.now, { "X-Forwarded-Proto": proto });
    const csrf = await browser.csrf();
    assert.equal(cookie(csrf, "XSRF-TOKEN").attributes.secure, secure, proto);
    const login = await browser.login(account);
    assert.equal(cookie(login, "REFRESH_TOKEN").attributes.secure, secure, proto);
    assert.equal(cookie(login, "XSRF-TOKEN").attributes.secure, secure, proto);
    const refresh = await browser.refresh();
    assert.equal(cookie(refresh, "REFRESH_TOKEN").attributes.secure, secure, proto);
    const logout = await browser.logout();
    assert.equal(cookie(logout, "REFRESH_TOKEN").attributes.secure, secure, proto);
  }
});

/* ---- bearer tokens ---- */

test("D3.10 without a good bearer token: 401, never 403", async () => {
  const browser = await person(server.now, "bearer");
  const attempt = (Authorization) => request(server.now, "GET", "/api/users", { headers: Authorization === undefined ? {} : { Authorization } });
  const bad = [undefined, "", "Bearer", "Bearer ", "Bearer x", "Bearer a.b.c", `Basic ${browser.token}`, `Bearer ${browser.token} x`,
    `Bearer ${browser.token}x`, `Bearer ${browser.token.slice(0, -2)}`, browser.token];
  for (const value of bad) {
    const answer = await attempt(value);
    assert.equal(answer.status, 401, String(value));
    assert.equal(answer.json.status, 401);
  }
  assert.equal((await attempt(`Bearer ${browser.token}`)).status, 200);
  assert.equal((await attempt(`bearer ${browser.token}`)).status, 200, "schemes are compared without case");
});

test("D3.4 HS256 only: alg none, another alg, another key, claims that were touched are 401", async () => {
  const browser = await person(server.now, "forge");
  const [head, claims, signature] = browser.token.split(".");
  assert.equal(decode(browser.token, 0).alg, "HS256");
  const sign = (h, c, key, hash = "sha256") => createHmac(hash, key).update(`${h}.${c}`).digest("base64url");
  const none = encode({ alg: "none", typ: "JWT" });
  const hs512 = encode({ alg: "HS512", typ: "JWT" });
  const longer = encode({ ...decode(browser.token, 1), exp: decode(browser.token, 1).exp + 3600 });
  const forged = [
    `${none}.${claims}.`,
    `${none}.${claims}`,
    `${encode({ alg: "None" })}.${claims}.`,
    `${none}.${claims}.${signature}`,
    `${head}.${claims}.${sign(head, claims, "another key")}`,
    `${head}.${claims}.${sign(head, claims, "")}`,
    `${hs512}.${claims}.${sign(hs512, claims, "another key", "sha512")}`,
    `${head}.${longer}.${signature}`,
    `${claims}.${head}.${signature}`,
    `${head}.${claims}.`,
    `${head}..${signature}`,
  ];
  for (const token of forged) {
    const answer = await browser.get("/api/users", { bearer: token });
    assert.equal(answer.status, 401, token);
  }
  assert.equal((await browser.get("/api/users")).status, 200);
});

test("D3.4 a refresh token is no access token, nor the reverse", async () => {
  const browser = await person(server.now, "swap");
  assert.equal((await browser.get("/api/users", { bearer: browser.jar.get("REFRESH_TOKEN") })).status, 401);
  const answer = await browser.post("/api/auth/refresh", undefined, {
    headers: { Cookie: `XSRF-TOKEN=a; REFRESH_TOKEN=${browser.token}`, "X-XSRF-TOKEN": "a", "Content-Length": 0 },
  });
  assert.equal(answer.status, 401);
});

/* ---- refresh ---- */

test("D3.5 D3.7 refresh: a new pair, and both old tokens are dead for REST", async () => {
  const browser = await person(server.now, "rotate");
  const oldAccess = browser.token;
  const oldRefresh = browser.jar.get("REFRESH_TOKEN");
  const answer = await browser.refresh();
  assert.equal(answer.status, 200, answer.text);
  assert.notEqual(answer.json.accessToken, oldAccess);
  assert.notEqual(cookie(answer, "REFRESH_TOKEN").value, oldRefresh);
  assert.equal(answer.json.userDto.username, browser.account.username);
  assert.equal((await browser.get("/api/users", { bearer: oldAccess })).status, 401);
  assert.equal((await browser.get("/api/users", { bearer: answer.json.accessToken })).status, 200);
});

test("D3.7 grace: the previous refresh token, at once, gets the pair that was issued, also several at a time", async () => {
  const browser = await person(server.now, "grace");
  const headers = { Cookie: `XSRF-TOKEN=a; REFRESH_TOKEN=${browser.jar.get("REFRESH_TOKEN")}`, "X-XSRF-TOKEN": "a", "Content-Length": 0 };
  const answers = await Promise.all([1, 2, 3, 4].map(() => request(server.now, "POST", "/api/auth/refresh", { headers })));
  for (const answer of answers) assert.equal(answer.status, 200, answer.text);
  for (const answer of answers) {
    assert.equal((await browser.get("/api/users", { bearer: answer.json.accessToken })).status, 200, "everybody goes on");
  }
  const tokens = new Set(answers.map((answer) => cookie(answer, "REFRESH_TOKEN").value));
  assert.equal(tokens.size, 1, "one pair was issued");
});

test("D3.5 a refresh token of two rotations ago is dead", async () => {
  const browser = await person(server.now, "twice");
  const oldest = browser.jar.get("REFRESH_TOKEN");
  await browser.refresh();
  await browser.refresh();
  const answer = await browser.post("/api/auth/refresh", undefined, {
    headers: { Cookie: `XSRF-TOKEN=a; REFRESH_TOKEN=${oldest}`, "X-XSRF-TOKEN": "a", "Content-Length": 0 },
  });
  assert.equal(answer.status, 401);
});

test("D3.7 refresh without, with a garbage, with a forged cookie: 401, and the cookie is cleared", async () => {
  const browser = await person(server.now, "garbage");
  const good = browser.jar.get("REFRESH_TOKEN");
  for (const value of [undefined, "", "garbage", "a.b.c", `${good}x`, `${good.split(".").slice(0, 2).join(".")}.`]) {
    const answer = await request(server.now, "POST", "/api/auth/refresh", {
      headers: { Cookie: `XSRF-TOKEN=a${value === undefined ? "" : `; REFRESH_TOKEN=${value}`}`, "X-XSRF-TOKEN": "a", "Content-Length": 0 },
    });
    assert.equal(answer.status, 401, String(value));
    assert.equal(answer.json.status, 401);
    const cleared = cookie(answer, "REFRESH_TOKEN");
    assert.equal(cleared.value, "");
    assert.equal(cleared.attributes["max-age"], "0");
    assert.equal(cleared.attributes.path, "/");
  }
  assert.equal((await browser.refresh()).status, 200, "none of that hurt the login");
});

/* ---- logout ---- */

test("D3.8 logout: 204, both cookies cleared, tokens dead", async () => {
  const browser = await person(server.now, "logout");
  const refresh = browser.jar.get("REFRESH_TOKEN");
  const answer = await browser.logout();
  assert.equal(answer.status, 204);
  assert.equal(answer.text, "");
  for (const name of ["REFRESH_TOKEN", "XSRF-TOKEN"]) {
    assert.equal(cookie(answer, name).value, "");
    assert.equal(cookie(answer, name).attributes["max-age"], "0");
    assert.equal(cookie(answer, name).attributes.path, "/");
  }
  assert.equal((await browser.get("/api/users")).status, 401);
  const again = await request(server.now, "POST", "/api/auth/refresh", {
    headers: { Cookie: `XSRF-TOKEN=a; REFRESH_TOKEN=${refresh}`, "X-XSRF-TOKEN": "a", "Content-Length": 0 },
  });
  assert.equal(again.status, 401);
});

test("D3.8 logout is 204 whatever the cookie: none, garbage, forged, logged out already", async () => {
  const browser = await person(server.now, "again");
  const spent = browser.jar.get("REFRESH_TOKEN");
  await browser.logout();
  for (const value of [undefined, "", "garbage", "a.b.c", `${spent}x`, spent]) {
    const answer = await request(server.now, "POST", "/api/auth/logout", {
      headers: { Cookie: `XSRF-TOKEN=a${value === undefined ? "" : `; REFRESH_TOKEN=${value}`}`, "X-XSRF-TOKEN": "a", "Content-Length": 0 },
    });
    assert.equal(answer.status, 204, String(value));
  }
});

test("D3.8 D3.9 the logout of a displaced browser leaves the new login alone", async () => {
  const old = await person(server.now, "displaced");
  const now = new Browser(server.now);
  await now.login(old.account);
  assert.equal((await old.get("/api/users")).status, 401);
  assert.equal((await old.fetch("POST", "/api/auth/refresh", { bearer: null, headers: { "Content-Length": 0 } })).status, 401);
  const left = await request(server.now, "POST", "/api/auth/logout", {
    headers: { Cookie: `XSRF-TOKEN=a; REFRESH_TOKEN=${old.jar.get("REFRESH_TOKEN") ?? ""}`, "X-XSRF-TOKEN": "a", "Content-Length": 0 },
  });
  assert.equal(left.status, 204);
  assert.equal((await now.get("/api/users")).status, 200);
});

test("D3.8 a displaced refresh token, presented at logout directly, ends nobody's login", async () => {
  const old = await person(server.now, "direct");
  const displaced = old.jar.get("REFRESH_TOKEN");
  const now = new Browser(server.now);
  await now.login(old.account);
  const left = await request(server.now, "POST", "/api/auth/logout", {
    headers: { Cookie: `XSRF-TOKEN=a; REFRESH_TOKEN=${displaced}`, "X-XSRF-TOKEN": "a", "Content-Length": 0 },
  });
  assert.equal(left.status, 204);
  assert.equal((await now.get("/api/users")).status, 200);
});

test("D3.5 D3.9 G6 a newer login displaces the older one, and ends its sockets with ERROR and 4401 within a second", async () => {
  const old = await person(server.now, "newer");
  const socket = await RawStomp.connect(old);
  const now = new Browser(server.now);
  await now.login(old.account, { apartFrom: socket });
  const began = Date.now();
  const ended = await socket.refused();
  assert.equal(ended.code, 4401);
  assert.ok(ended.headers.message.length > 0);
  assert.ok(Date.now() - began < 1_000 * Number(process.env.PARLEY_TEST_SLOWNESS || 1), `${Date.now() - began} ms`);
  assert.equal((await old.get("/api/users")).status, 401);
  assert.equal((await now.get("/api/users")).status, 200);
  socket.destroy();
});

test("D3.8 SC-8 logout ends the sockets of that login, with 4401, and no others", async () => {
  const one = await person(server.now, "leaver");
  const other = await person(server.now, "stayer");
  const [mine, theirs] = [await RawStomp.connect(one), await RawStomp.connect(other)];
  await one.logout({ apartFrom: mine });
  assert.equal((await mine.refused()).code, 4401);
  await theirs.silent();
  mine.destroy();
  theirs.destroy();
});

test("D3.5 with --logins-per-user 2 the third login drops the oldest only", async () => {
  const two = await Server.start({ "logins-per-user": "2" });
  try {
    const first = await person(two, "many");
    const [second, third] = [new Browser(two), new Browser(two)];
    await second.login(first.account);
    assert.equal((await first.get("/api/users")).status, 200);
    await third.login(first.account);
    assert.equal((await first.get("/api/users")).status, 401);
    assert.equal((await second.get("/api/users")).status, 200);
    assert.equal((await third.get("/api/users")).status, 200);
  } finally {
    await two.stop();
  }
});

test("D3.4 D3.7 an access token past its life is 401, and refresh gives one that works", async () => {
  const short = await Server.start({ "access-lifetime": "10s" });
  try {
    const browser = await person(short, "expire");
    const { exp, iat } = decode(browser.token, 1);
    assert.equal(exp - iat, 10);
    // Its own clock says when it is over; asking before is 200, asking after is 401.
    const deadline = Date.now() + 30_000;
    let last;
    do {
      const asked = Date.now();
      last = await browser.get("/api/users");
      if (last.status === 401) assert.ok(Date.now() >= exp * 1000, "not before its time");
      else assert.ok(asked < exp * 1000 + 1000, "not after it");
      if (last.status !== 401) await new Promise((resolve) => setTimeout(resolve, 100));
    } while (last.status !== 401 && Date.now() < deadline);
    assert.equal(last.status, 401);
    const answer = await browser.refresh();
    assert.equal(answer.status, 200);
    assert.equal((await browser.get("/api/users", { bearer: answer.json.accessToken })).status, 200);
  } finally {
    await short.stop();
  }
});

/* ---- roles ---- */

test("D3.10 a USER may not make a PUBLIC channel: 403; the ADMIN may: 201; nobody: 401", async () => {
  const user = await person(server.now, "role");
  const chief = await admin(server.now);
  assert.equal(chief.user.role, "ADMIN");
  const body = jsonBody({ name: "for the chief", description: "" });
  const anonymous = new Browser(server.now);
  await anonymous.csrf();
  assert.equal((await anonymous.post("/api/channels/public", body)).status, 401);
  assert.equal((await user.post("/api/channels/public", body)).status, 403);
  assert.equal((await chief.post("/api/channels/public", body)).status, 201);
});
