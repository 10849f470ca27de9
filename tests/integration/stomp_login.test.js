// With what a STOMP session may log in (docs/stomp-login.md; protocols.md SC-4 to SC-6, UD-11; discodeit.md 3.2, 6.4).

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Server, runParleyd, scratchFolder, serverOf } from "./support/server.js";
import { Browser, person } from "./support/people.js";
import { RawStomp } from "./support/stomp.js";
import { handshake } from "./support/ws.js";
import { RawSocket } from "./support/raw.js";
import { createHmac } from "node:crypto";

const VERSION = { "accept-version": "1.2" };

/** The user of a session that was opened with these fields of the handshake and headers of CONNECT. */
async function userOf(server, fields, headers = {}) {
  const a = await RawStomp.open(server, fields);
  a.send("CONNECT", { ...VERSION, ...headers });
  const connected = await a.expect("CONNECTED");
  a.destroy();
  return connected.headers["user-name"];
}

/** The close code of a CONNECT that is refused. */
async function refusal(server, fields, headers = {}) {
  const a = await RawStomp.open(server, fields);
  a.send("CONNECT", { ...VERSION, ...headers });
  const { code } = await a.refused();
  a.destroy();
  return code;
}

/** The status of a handshake that is none. */
async function status(server, fields) {
  const raw = await RawSocket.open(server);
  raw.write(handshake(server, fields));
  const answer = await raw.response();
  raw.destroy();
  return answer.status;
}

const bearer = (who) => `Bearer ${who.token}`;
const ticketOf = async (who) => {
  const answer = await who.post("/api/auth/tickets");
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
};
const withTicket = (ticket) => ({ path: `/ws?ticket=${ticket}` });
/** The same token with another octet in its signature. */
const forged = (token) => token.slice(0, -2) + (token.at(-2) === "A" ? "B" : "A") + token.at(-1);

describe("every way", () => {
  let haneul, dami;
  const server = serverOf({ before, after }, { "connect-header": "X-Auth-Token", "access-cookie": "on" }, async (now) => {
    haneul = await person(now, "haneul");
    dami = await person(now, "dami");
  });

  test("SC-6 a token logs in by Authorization or cookie of the handshake, by ticket, by subprotocol", async () => {
    const name = haneul.account.username;
    const now = server.now;
    assert.equal(await userOf(now, { Authorization: bearer(haneul) }), name);
    assert.equal(await userOf(now, { Cookie: `other=1; ACCESS_TOKEN=${haneul.token}` }), name);
    assert.equal(await userOf(now, withTicket((await ticketOf(haneul)).ticket)), name);
    assert.equal(await userOf(now, { "Sec-WebSocket-Protocol": `v12.stomp, bearer.${haneul.token}` }), name);
  });

  test("SC-6 a token logs in by Authorization, passcode or the configured header of CONNECT", async () => {
    const name = haneul.account.username;
    for (const headers of [{ Authorization: bearer(haneul) }, { authorization: bearer(haneul) }, { login: "x", passcode: haneul.token },
      { "X-Auth-Token": haneul.token }, { "X-Auth-Token": bearer(haneul) }])
      assert.equal(await userOf(server.now, {}, headers), name, JSON.stringify(headers));
  });

  test("SC-6 HS-9 the token among the subprotocols is not answered", async () => {
    const a = await RawStomp.open(server.now, { "Sec-WebSocket-Protocol": `bearer.${haneul.token}, v12.stomp` });
    assert.deepEqual(a.ws.answer.fields["sec-websocket-protocol"], ["v12.stomp"]);
    a.destroy();
  });

  test("UD-11 SC-6 what CONNECT says goes before what the handshake brought; in the handshake, the order of the list", async () => {
    const now = server.now;
    assert.equal(await userOf(now, { Authorization: bearer(haneul) }, { Authorization: bearer(dami) }), dami.account.username);
    assert.equal(await userOf(now, { Authorization: bearer(haneul), Cookie: `ACCESS_TOKEN=${dami.token}` }), haneul.account.username);
    assert.equal(await userOf(now, { ...withTicket((await ticketOf(dami)).ticket), Cookie: `ACCESS_TOKEN=${haneul.token}` }), haneul.account.username);
    assert.equal(await refusal(now, { Authorization: bearer(haneul) }, { Authorization: `Bearer ${forged(haneul.token)}` }), 4401);
    assert.equal(await refusal(now, { Authorization: bearer(haneul) }, { Authorization: "Basic eDp5" }), 4401);
  });

  test("SC-6 a forged token of the handshake is 401 before the upgrade, whichever way it came; none is for CONNECT to decide", async () => {
    const bad = forged(haneul.token);
    for (const fields of [{ Authorization: `Bearer ${bad}` }, { Authorization: "Bearer" }, { Cookie: `ACCESS_TOKEN=${bad}` }, withTicket(bad),
      withTicket(haneul.token), withTicket(""), { "Sec-WebSocket-Protocol": `bearer.${bad}` }, { Authorization: `Bearer ${(await ticketOf(haneul)).ticket}` }])
      assert.equal(await status(server.now, fields), 401, JSON.stringify(fields));
    assert.equal(await userOf(server.now, { Authorization: "Basic eDp5" }, { Authorization: bearer(haneul) }), haneul.account.username);
    assert.equal(await refusal(server.now, {}), 4401);
  });

  test("SC-6 a ticket opens one session, and is no bearer token; its login has to live", async () => {
    const now = server.now;
    const { ticket, expiresAt } = await ticketOf(haneul);
    assert.ok(new Date(expiresAt) > new Date());
    assert.equal((await haneul.get("/api/users", { bearer: ticket })).status, 401);
    assert.equal(await userOf(now, withTicket(ticket)), haneul.account.username);
    assert.equal(await refusal(now, withTicket(ticket)), 4401);
    assert.equal((await new Browser(now).post("/api/auth/tickets", undefined, { headers: { Cookie: "XSRF-TOKEN=x", "X-XSRF-TOKEN": "x" } })).status, 401);
    const eun = await person(now, "eun");
    const late = await ticketOf(eun);
    await eun.logout();
    assert.equal(await refusal(now, withTicket(late.ticket)), 4401);
  });

  test("D3.2 --access-cookie: login and refresh set ACCESS_TOKEN, logout clears it; REST wants its bearer token all the same", async () => {
    const one = await person(server.now, "one");
    assert.equal(one.jar.get("ACCESS_TOKEN"), one.token);
    const refreshed = await one.refresh();
    const cookie = refreshed.cookies.find(({ name }) => name === "ACCESS_TOKEN");
    assert.equal(cookie.value, refreshed.json.accessToken);
    assert.ok("httponly" in cookie.attributes);
    assert.equal(cookie.attributes.path, "/");
    assert.equal(cookie.attributes.samesite.toLowerCase(), "lax");
    assert.ok(Number(cookie.attributes["max-age"]) <= 1800 && Number(cookie.attributes["max-age"]) > 1700);
    assert.equal((await one.get("/api/users", { bearer: null })).status, 401);
    await one.logout();
    assert.equal(one.jar.has("ACCESS_TOKEN"), false);
  });
});

test("D3.2 an ACCESS_TOKEN that has expired leaves the handshake to CONNECT, in Authorization it is 401", async () => {
  const server = await Server.start({ "access-cookie": "on", "jwt-access-secret": "k".repeat(48) });
  try {
    const one = await person(server, "late");
    const [head, body] = one.token.split(".");
    const claims = JSON.parse(Buffer.from(body, "base64url"));
    const text = `${head}.${Buffer.from(JSON.stringify({ ...claims, exp: claims.iat - 10, iat: claims.iat - 100 })).toString("base64url")}`;
    const expired = `${text}.${createHmac("sha256", "k".repeat(48)).update(text).digest("base64url")}`;
    assert.equal(await status(server, { Authorization: `Bearer ${expired}` }), 401);
    assert.equal(await refusal(server, { Cookie: `ACCESS_TOKEN=${expired}` }), 4401);
    assert.equal(await userOf(server, { Cookie: `ACCESS_TOKEN=${expired}` }, { Authorization: bearer(one) }), one.account.username);
  } finally {
    await server.stop();
  }
});

test("SC-6 each way can be switched off", async () => {
  const ways = {
    handshake: (one) => [{ Authorization: bearer(one) }],
    subprotocol: (one) => [{ "Sec-WebSocket-Protocol": `bearer.${one.token}` }],
    connect: (one) => [{}, { Authorization: bearer(one) }],
    passcode: (one) => [{}, { passcode: one.token }],
    ticket: async (one) => [withTicket((await ticketOf(one)).ticket)],
  };
  for (const off of Object.keys(ways)) {
    const server = await Server.start({ credentials: Object.keys(ways).filter((way) => way !== off).join(",") });
    try {
      const one = await person(server, "one");
      assert.equal(await refusal(server, { Cookie: `ACCESS_TOKEN=${one.token}` }), 4401);
      for (const [way, make] of Object.entries(ways)) {
        const [fields, headers] = await make(one);
        if (way === off) assert.equal(await refusal(server, fields, headers), 4401, way);
        else assert.equal(await userOf(server, fields, headers), one.account.username, way);
      }
    } finally {
      await server.stop();
    }
  }
});

test("SC-4 SC-5 --stomp-csrf: with cookies CONNECT carries the token, plain or masked; without cookies none is asked", async () => {
  const server = await Server.start({ "stomp-csrf": "on" });
  try {
    const one = await person(server, "csrf");
    const token = one.jar.get("XSRF-TOKEN");
    const octets = Buffer.from(token);
    const mask = Buffer.from(octets.map((octet, at) => (octet * 31 + at) & 255));
    const masked = Buffer.concat([mask, Buffer.from(octets.map((octet, at) => octet ^ mask[at]))]).toString("base64url");
    const cookies = { Cookie: one.cookieHeader() };
    const Authorization = bearer(one);
    for (const given of [token, masked])
      assert.equal(await userOf(server, cookies, { Authorization, "X-XSRF-TOKEN": given }), one.account.username);
    for (const more of [{}, { "X-XSRF-TOKEN": "" }, { "X-XSRF-TOKEN": `${token}x` }, { "X-XSRF-TOKEN": masked.slice(1) }])
      assert.equal(await refusal(server, cookies, { Authorization, ...more }), 4403, JSON.stringify(more));
    assert.equal(await refusal(server, { Cookie: "other=1" }, { Authorization, "X-XSRF-TOKEN": token }), 4403);
    assert.equal(await userOf(server, {}, { Authorization }), one.account.username);
  } finally {
    await server.stop();
  }
});

test("SC-4 without --stomp-csrf a client with cookies needs no token", async () => {
  const server = await Server.start();
  try {
    const one = await person(server, "free");
    assert.equal(await userOf(server, { Cookie: one.cookieHeader() }, { Authorization: bearer(one) }), one.account.username);
  } finally {
    await server.stop();
  }
});

test("HS-6 HS-8 SC-6 a cookie that logs in and any origin do not go together; a way that is none ends the start", async () => {
  const folder = await scratchFolder();
  for (const [flags, named] of [[["--access-cookie=on", "--allowed-origins=*"], "allowed-origins"], [["--credentials=connect,magic"], "magic"]]) {
    const { code, stderr } = await runParleyd(["--listen=127.0.0.1:0", `--data-dir=${folder}/data`, ...flags]);
    assert.notEqual(code, 0);
    assert.ok(stderr.includes(named), stderr);
  }
});
