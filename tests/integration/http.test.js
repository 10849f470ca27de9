// HTTP/1.1 as typed: what is refused and how, and what may look odd and is not (RFC 9112, issue "Bad input").

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server, serverOf } from "./support/server.js";
import { admin, person } from "./support/people.js";
import { RawSocket, exchange } from "./support/raw.js";
import { slow } from "./support/time.js";

let chief, user;
const server = serverOf({ before, after }, {}, async (now) => {
  chief = await admin(now);
  user = await person(now, "http");
});

const HOST = "Host: localhost\r\n";
const get = (path, more = "") => `GET ${path} HTTP/1.1\r\n${HOST}${more}\r\n`;
const CSRF = "Cookie: XSRF-TOKEN=a\r\nX-XSRF-TOKEN: a\r\n";
const post = (path, more, body = "") => `POST ${path} HTTP/1.1\r\n${HOST}${CSRF}${more}\r\n${body}`;

/** Refused in good order: this status, an error body under /api, and the connection is over where framing is in doubt. */
async function refused(request, status, { over = true } = {}) {
  const raw = await RawSocket.open(server.now);
  try {
    raw.write(request);
    const answer = await raw.response();
    assert.equal(answer.status, status, `${JSON.stringify(String(request).slice(0, 200))}: ${answer.status} ${answer.text}`);
    if (over) {
      assert.equal(answer.fields.connection?.[0], "close");
      raw.halfClose();
      assert.equal((await raw.readToEnd()).length, 0, "one answer, and nothing behind it");
    }
    return answer;
  } finally {
    raw.destroy();
  }
}

test("400: request lines that are none", async () => {
  for (const request of ["GET\r\n\r\n", "GET /\r\n\r\n", " GET / HTTP/1.1\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1 \r\n\r\n",
    "GET / http/1.1\r\n\r\n", "GET / HTTP/11\r\n\r\n", "GET / HTTP/1.x\r\n\r\n", "G(T / HTTP/1.1\r\n\r\n", "\x00\r\n\r\n", "GET \x01 HTTP/1.1\r\n\r\n",
    "GET http://x/ HTTP/1.1\r\n\r\n", "GET x HTTP/1.1\r\n\r\n", "GET * HTTP/1.1\r\n\r\n", "CONNECT x:80 HTTP/1.1\r\n\r\n", "\x16\x03\x01\x02\x00\x01",
    "GET /\u00e9 HTTP/1.1\r\n\r\n", "GET /#x HTTP/1.1\r\n\r\n"]) {
    await refused(Buffer.from(request, "latin1"), 400);
  }
});

test("400: fields that are none", async () => {
  for (const field of ["no colon", ": no name", "Bad Name: x", "Name : x", " Folded: x", "A: x\r\n folded", "A: x\ny: z", "A: \x00", "A: \x7f", "A: x\rB: y"]) {
    await refused(`GET /api/users HTTP/1.1\r\n${HOST}${field}\r\n\r\n`, 400);
  }
});

test("400: exactly one good Host under HTTP/1.1 (RFC 9112 3.2)", async () => {
  await refused("GET / HTTP/1.1\r\n\r\n", 400);
  await refused(`GET / HTTP/1.1\r\n${HOST}${HOST}\r\n`, 400);
  await refused("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", 400);
  await refused("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400);
  assert.equal((await exchange(server.now, "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n")).status, 200);
  assert.equal((await exchange(server.now, "GET / HTTP/1.0\r\n\r\n")).status, 200, "HTTP/1.0 has none");
});

test("400: percent escapes that are none, and a NUL in a path", async () => {
  for (const path of ["/%", "/%4", "/%zz", "/%00"]) await refused(get(path), 400, { over: false });
});

test("D3.10 D5.1 401, 403, 404, 409 have JSON error bodies under /api and leave the connection open", async () => {
  const raw = await RawSocket.open(server.now);
  const bearer = `Authorization: Bearer ${user.token}\r\n`;
  for (const [request, status] of [
    [get("/api/users"), 401],
    [get("/api/nothing"), 404],
    [post("/api/channels/public", `${bearer}Content-Type: application/json\r\nContent-Length: 17\r\n`, "{\"name\":\"a room\"}"), 403],
    [get("/actuator/none"), 404],
  ]) {
    raw.write(request);
    const answer = await raw.response();
    assert.equal(answer.status, status, answer.text);
    assert.equal(answer.fields["content-type"][0], "application/json");
    assert.equal(JSON.parse(answer.text).status, status);
  }
  raw.destroy();
});

test("405 with Allow where the path has other methods (RFC 9110 15.5.6), 404 where it has none", async () => {
  const allowed = async (method, path) => {
    const answer = await exchange(server.now, `${method} ${path} HTTP/1.1\r\n${HOST}${CSRF}Content-Length: 0\r\n\r\n`);
    assert.equal(answer.status, 405, `${method} ${path}`);
    return answer.fields.allow[0].split(/, */).sort().join(" ");
  };
  assert.equal(await allowed("DELETE", "/api/users"), "GET HEAD POST");
  assert.equal(await allowed("PUT", "/api/auth/login"), "POST");
  assert.equal(await allowed("GET", "/api/auth/login"), "POST");
  assert.equal(await allowed("POST", "/actuator/health"), "GET HEAD");
  assert.equal(await allowed("BREW", "/api/users"), "GET HEAD POST");
  assert.equal(await allowed("POST", "/"), "GET HEAD");
  assert.equal((await exchange(server.now, `PUT /api/nothing HTTP/1.1\r\n${HOST}${CSRF}Content-Length: 0\r\n\r\n`)).status, 404);
});

test("408: a request that does not come to its end in time, in head or body, is told so", async () => {
  const hasty = await Server.start({ "request-timeout": "300ms" });
  try {
    for (const start of ["GET /api/users HTT", `GET /api/users HTTP/1.1\r\n${HOST}`, post("/api/auth/login", "Content-Length: 10\r\nContent-Type: x/y\r\n", "12345")]) {
      const raw = await RawSocket.open(hasty);
      const began = Date.now();
      raw.write(start);
      const answer = await raw.response();
      assert.equal(answer.status, 408, start);
      assert.ok(Date.now() - began >= 290, `after ${Date.now() - began} ms`);
      assert.equal(answer.fields.connection[0], "close");
      raw.halfClose();
      await raw.readToEnd();
      raw.destroy();
    }
    const dripping = await RawSocket.open(hasty);
    const drip = setInterval(() => dripping.write("x"), 50);
    dripping.write("GET /");
    const answer = await dripping.response().finally(() => clearInterval(drip));
    assert.equal(answer.status, 408, "octets now and then do not buy time");
    dripping.destroy();
  } finally {
    await hasty.stop();
  }
});

test("a connection that asks nothing is closed in silence after --idle-timeout, also between requests", async () => {
  const hasty = await Server.start({ "idle-timeout": "300ms" });
  try {
    const silent = await RawSocket.open(hasty);
    assert.equal((await silent.readToEnd()).length, 0);
    silent.destroy();
    const kept = await RawSocket.open(hasty);
    kept.write(get("/actuator/health"));
    assert.equal((await kept.response()).status, 200);
    assert.equal((await kept.readToEnd()).length, 0);
    kept.destroy();
  } finally {
    await hasty.stop();
  }
});

test("411: a POST that needs a body and says nothing of its length", async () => {
  const bearer = `Authorization: Bearer ${chief.token}\r\n`;
  const answer = await exchange(server.now, post("/api/channels/public", `${bearer}Content-Type: application/json\r\n`));
  assert.equal(answer.status, 411, answer.text);
  assert.equal(JSON.parse(answer.text).status, 411);
  assert.equal((await exchange(server.now, post("/api/auth/logout", ""))).status, 204, "but one without a body need say nothing (RFC 9110 8.6)");
});

test("413: a body over --max-body is refused before it has come; one at the limit is read", async () => {
  const bearer = `Authorization: Bearer ${chief.token}\r\nContent-Type: application/json\r\n`;
  const answer = await refused(post("/api/channels/public", `${bearer}Content-Length: ${64 * 1024 + 1}\r\n`), 413);
  assert.equal(JSON.parse(answer.text).status, 413);
  await refused(post("/api/channels/public", `${bearer}Content-Length: 99999999999999999999999999\r\n`), 413);
  const body = `{"name":"a room","description":"","more":"${"x".repeat(60_000)}"}`.padEnd(64 * 1024);
  assert.equal(body.length, 64 * 1024);
  const fits = await exchange(server.now, post("/api/channels/public", `${bearer}Content-Length: ${body.length}\r\n`, body));
  assert.equal(fits.status, 201, fits.text);
});

test("414: a target over 8 KiB; one below is read", async () => {
  await refused(`GET /${"a".repeat(9000)} HTTP/1.1\r\n${HOST}\r\n`, 414);
  await refused(`GET /${"a".repeat(100_000)}`, 414);
  assert.equal((await exchange(server.now, get(`/${"a".repeat(8000)}`))).status, 200);
});

test("431: a head over 16 KiB, or too many fields, known before it ends", async () => {
  const answer = await refused(`GET /api/users HTTP/1.1\r\n${HOST}A: ${"x".repeat(20_000)}\r\n\r\n`, 431);
  assert.equal(JSON.parse(answer.text).status, 431);
  await refused(`GET /api/users HTTP/1.1\r\n${HOST}A: ${"x".repeat(200_000)}`, 431);
  await refused(`GET /api/users HTTP/1.1\r\n${HOST}${"A: x\r\n".repeat(100)}\r\n`, 431);
  assert.equal((await exchange(server.now, `GET /actuator/health HTTP/1.1\r\n${HOST}A: ${"x".repeat(15_000)}\r\n\r\n`)).status, 200);
});

test("a chunked body is a body like any other (RFC 9112 7.1): read, bounded by --max-body, refused when it is broken", async () => {
  const request = post("/api/channels/public", `Authorization: Bearer ${chief.token}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n`);
  const created = await exchange(server.now, `${request}8\r\n{"name":\r\n1e;a=b\r\n"in chunks","description":"x"}\r\n0\r\nX: y\r\n\r\n`);
  assert.equal(created.status, 201, created.text);
  assert.equal(JSON.parse(created.text).name, "in chunks");
  await refused(`${request}10001\r\n`, 413);
  await refused(`${request}5\n{"n":\r\n0\r\n\r\nGET / HTTP/1.1\r\n\r\n`, 400);
  await refused(`${request}0\r\nContent-Length: 5\r\n\r\n`, 400);
});

test("501: Transfer-Encoding of more than chunked is not served; beside a length, from HTTP/1.0, or without chunked at its end, it is 400", async () => {
  const coded = (more) => `POST /api/auth/logout HTTP/1.1\r\n${HOST}${CSRF}${more}\r\n0\r\n\r\n`;
  assert.equal((await exchange(server.now, coded("Transfer-Encoding: chunked\r\n"))).status, 204);
  await refused(coded("Transfer-Encoding: chunked, gzip\r\n"), 400);
  await refused(coded("Transfer-Encoding: xchunked\r\n"), 400);
  await refused(coded("transfer-encoding: gzip, chunked\r\n"), 501);
  await refused(coded("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400);
  await refused(coded("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400);
  await refused("POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
});

test("503: more logins than the password threads can take are told to come again, the others are answered", async () => {
  const small = await Server.start({ "bcrypt-cost": "7", "login-attempts-per-account": "0", "login-attempts-per-address": "0" });
  try {
    const login = "username=nobody&password=x";
    const request = post("/api/auth/login", `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${login.length}\r\n`, login);
    // Their threads have the lowest priority: on a machine that is busy with something else this takes its time.
    const raws = await Promise.all(Array.from({ length: 160 }, () => RawSocket.open(small)));
    for (const raw of raws) raw.write(request);
    const answers = await Promise.all(raws.map((raw) => raw.response({ ms: slow(60_000) })));
    const busy = answers.filter((one) => one.status === 503);
    assert.ok(busy.length > 0, "a queue of 128, of which one address may have half");
    for (const one of busy) {
      assert.ok(one.fields["retry-after"]);
      assert.equal(JSON.parse(one.text).status, 503);
    }
    const served = answers.filter((one) => one.status === 401);
    assert.equal(served.length + busy.length, 160);
    assert.ok(served.length >= 64, `${served.length} answered`);
    for (const raw of raws) raw.destroy();
  } finally {
    await small.stop();
  }
});

test("LM-9 over --max-connections newcomers wait outside, and come in when somebody has left", async () => {
  const small = await Server.start({ "max-connections": "16", workers: "1" });
  try {
    const held = [];
    for (let i = 0; i < 16; i++) {
      const raw = await RawSocket.open(small);
      raw.write(get("/actuator/health"));
      assert.equal((await raw.response()).status, 200);
      held.push(raw);
    }
    const late = await RawSocket.open(small);
    late.write(get("/actuator/health"));
    held[0].write(get("/actuator/health"));
    assert.equal((await held[0].response()).status, 200, "those inside go on");
    assert.equal(late.pending.length, 0, "who is outside is not served");
    held.pop().destroy();
    assert.equal((await late.response()).status, 200);
    for (const raw of [...held, late]) raw.destroy();
  } finally {
    await small.stop();
  }
});

test("505: HTTP/2 and what never was; HTTP/1.2 too", async () => {
  for (const version of ["HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/3.0"]) await refused(`GET / ${version}\r\n${HOST}\r\n`, 505);
});

test("smuggling: two readings of one request are refused, and what hides behind never runs", async () => {
  const hidden = get("/api/users");
  for (const fields of [
    "Content-Length: 5\r\nContent-Length: 6\r\n", "Content-Length: 5\r\nContent-Length: 5\r\n", "Content-Length: 5, 5\r\n", "Content-Length: +5\r\n",
    "Content-Length: -5\r\n", "Content-Length: 0x5\r\n", "Content-Length: 5 5\r\n", "Content-Length:\r\n", "Content-Length: 5;\r\n",
    "Content-Length : 5\r\n", "Content-Length: 5\r\nTransfer-Encoding: identity\r\n", "Content-Length: 5\r\nTransfer-Encoding: \x0bchunked\r\n",
    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 5\r\n",
  ]) {
    await refused(`POST /api/auth/logout HTTP/1.1\r\n${HOST}${CSRF}${fields}\r\n12345${hidden}`, 400);
  }
  for (const fields of ["Transfer-Encoding: xchunked\r\n", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked;a=b\r\n"]) {
    await refused(`POST /api/auth/logout HTTP/1.1\r\n${HOST}${CSRF}${fields}\r\n0\r\n\r\n${hidden}`, 400);
  }
});

test("pipelining: answers in the order of the requests, slow ones among quick ones", async () => {
  const raw = await RawSocket.open(server.now);
  const bearer = `Authorization: Bearer ${user.token}\r\n`;
  const login = "username=nobody&password=x";
  const requests = [];
  for (let i = 0; i < 10; i++) {
    requests.push([get("/api/users", bearer), 200], [get("/api/nothing"), 404], [post("/api/auth/login", `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${login.length}\r\n`, login), 401],
      [post("/api/auth/logout", "Content-Length: 0\r\n"), 204], [get("/actuator/health"), 200]);
  }
  raw.write(requests.map(([text]) => text).join(""));
  for (const [text, status] of requests) assert.equal((await raw.response()).status, status, text.split("\r\n")[0]);
  raw.destroy();
});

test("pipelining: more than the server would keep is not lost, it waits in the socket", async () => {
  const raw = await RawSocket.open(server.now);
  const count = 3000;
  raw.write(get("/actuator/health", `X: ${"y".repeat(200)}\r\n`).repeat(count));
  for (let i = 0; i < count; i++) assert.equal((await raw.response()).status, 200);
  raw.destroy();
});

test("keep-alive: HTTP/1.1 stays until told Connection: close; HTTP/1.0 is one request", async () => {
  const raw = await RawSocket.open(server.now);
  for (let i = 0; i < 3; i++) {
    raw.write(get("/actuator/health"));
    const answer = await raw.response();
    assert.equal(answer.status, 200);
    assert.equal(answer.fields.connection, undefined);
  }
  raw.write(get("/actuator/health", "Connection: foo, Close\r\n"));
  assert.equal((await raw.response()).fields.connection[0], "close");
  assert.equal((await raw.readToEnd()).length, 0);
  raw.destroy();
  const old = await RawSocket.open(server.now);
  old.write("GET /actuator/health HTTP/1.0\r\n\r\n");
  const answer = await old.response();
  assert.equal(answer.status, 200);
  assert.equal(answer.fields.connection[0], "close");
  assert.equal((await old.readToEnd()).length, 0);
  old.destroy();
});

test("a client that half-closes after its request still gets the answer", async () => {
  const raw = await RawSocket.open(server.now);
  const login = "username=nobody&password=x";
  raw.write(post("/api/auth/login", `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${login.length}\r\n`, login));
  raw.halfClose();
  assert.equal((await raw.response()).status, 401);
  assert.equal((await raw.readToEnd()).length, 0);
  raw.destroy();
});

test("HEAD: the fields of GET and no body; the next request is read where it begins", async () => {
  const raw = await RawSocket.open(server.now);
  for (const path of ["/", "/actuator/health", "/api/users", "/api/nothing"]) {
    raw.write(get(path));
    const full = await raw.response();
    raw.write(`HEAD ${path} HTTP/1.1\r\n${HOST}\r\n`);
    const head = await raw.response({ head: true });
    assert.equal(head.status, full.status, path);
    assert.equal(head.fields["content-length"][0], full.fields["content-length"][0], path);
    assert.equal(head.fields["content-type"][0], full.fields["content-type"][0], path);
  }
  raw.destroy();
});

test("one octet at a time is the same request", async () => {
  const raw = await RawSocket.open(server.now);
  const login = "username=nobody&password=x";
  await raw.writeSlowly(post("/api/auth/login", `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${login.length}\r\n`, login));
  assert.equal((await raw.response()).status, 401);
  await raw.writeSlowly("\r\n" + get("/actuator/health"));
  assert.equal((await raw.response()).status, 200, "an empty line before a request is skipped (RFC 9112 2.2)");
  raw.destroy();
});

test("Expect: 100-continue is answered when the body is wanted, not when it is refused", async () => {
  const login = "username=nobody&password=x";
  const expect = (length) => post("/api/auth/login", `Content-Type: application/x-www-form-urlencoded\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n`);
  const raw = await RawSocket.open(server.now);
  raw.write(expect(login.length));
  assert.equal((await raw.response()).status, 100);
  raw.write(login);
  assert.equal((await raw.response()).status, 401);
  raw.destroy();
  await refused(expect(10_000_000), 413);
});

test("answers carry Date, Content-Length and nosniff; 204 has neither length nor type", async () => {
  const answer = await exchange(server.now, get("/actuator/health"));
  assert.ok(Math.abs(Date.parse(answer.fields.date[0]) - Date.now()) < 60_000);
  assert.equal(answer.fields["x-content-type-options"][0], "nosniff");
  assert.equal(Number(answer.fields["content-length"][0]), answer.body.length);
  const none = await exchange(server.now, get("/api/auth/csrf-token"));
  assert.equal(none.status, 204);
  assert.equal(none.fields["content-length"], undefined, "RFC 9110 8.6");
  assert.equal(none.fields["content-type"], undefined);
});

test("G7 clients that cut off anywhere leave a server that works", async () => {
  const whole = post("/api/auth/login", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 26\r\n", "username=nobody&password=x");
  for (let cut = 0; cut <= whole.length; cut += 7) {
    const raw = await RawSocket.open(server.now);
    raw.write(whole.slice(0, cut));
    if (cut % 2) raw.socket.resetAndDestroy();
    else raw.destroy();
  }
  assert.equal((await exchange(server.now, get("/actuator/health"))).status, 200);
});
