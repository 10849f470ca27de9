// RFC 9110 and 9112 section 9 over a socket: answers, connections that stay and connections that end.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { exchange } from "../integration/support/raw.js";
import { MOST, RawSocket, echoServer } from "./support/echo.js";

const server = echoServer({ before, after });
const get = (path, ...fields) => `GET ${path} HTTP/1.1\r\nHost: a\r\n${fields.map((one) => `${one}\r\n`).join("")}\r\n`;
const post = (path, body, ...fields) => `POST ${path} HTTP/1.1\r\nHost: a\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${fields.map((one) => `${one}\r\n`).join("")}\r\n${body}`;

async function withSocket(body) {
  const raw = await RawSocket.open(server.now);
  try {
    return await body(raw);
  } finally {
    raw.destroy();
  }
}

test("GET / is a sentence, POST / the body with its type", async () => {
  const hello = await exchange(server.now, get("/"));
  assert.equal(hello.status, 200);
  assert.ok(hello.text.length > 0);
  const echo = await exchange(server.now, post("/", "h\u00e9llo", "Content-Type: application/x-anything; a=b"));
  assert.equal(echo.text, "h\u00e9llo");
  assert.deepEqual(echo.fields["content-type"], ["application/x-anything; a=b"]);
  assert.equal((await exchange(server.now, post("/", "x"))).fields["content-type"], undefined);
});

test("a body of the limit comes back, one octet more is 413", async () => {
  const most = "0123456789abcdef".repeat(MOST / 16);
  const echo = await exchange(server.now, post("/", most));
  assert.ok(echo.body.equals(Buffer.from(most)));
  assert.equal((await exchange(server.now, `POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${MOST + 1}\r\n\r\n`)).status, 413);
});

test("GET /echo is the header lines as they came, in their order", async () => {
  const lines = ["B: 1", "a:2", "B:  3 ", "X-Empty:", "A: \x80\xff"];
  const raw = await RawSocket.open(server.now);
  raw.write(Buffer.from(get("/echo", ...lines), "latin1"));
  assert.equal((await raw.response()).body.toString("latin1"), ["Host: a", ...lines].map((line) => `${line}\r\n`).join(""));
  raw.destroy();
});

test("POST /json is 200 for JSON and 400 for anything else", async () => {
  for (const text of ["{}", "[]", "0", "\"a\"", "null", "true", " {\"a\": [1, -2.5e3, \"\\u00e9\"]} "]) assert.equal((await exchange(server.now, post("/json", text))).status, 200, text);
  for (const text of ["", "{", "[1,]", "{a:1}", "'a'", "01", "nul", "[1] x", "\"\n\"", "\ufeff{}", "NaN", "/**/1"]) assert.equal((await exchange(server.now, post("/json", text))).status, 400, text);
});

test("404 where nothing is, 405 with Allow where the method does not fit (RFC 9110 15.5.6), and the connection stays", async () => {
  await withSocket(async (raw) => {
    raw.write(get("/nothing") + post("/%2e", "x") + "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/json") + "BREW / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
    assert.equal((await raw.response()).status, 404);
    assert.equal((await raw.response()).status, 404);
    for (const allow of ["GET, HEAD, POST", "POST", "GET, HEAD, POST"]) {
      const answer = await raw.response();
      assert.equal(answer.status, 405);
      assert.deepEqual(answer.fields.allow, [allow]);
    }
    assert.equal((await raw.response()).status, 200);
  });
});

test("HEAD is GET without its body (RFC 9110 9.3.2)", async () => {
  await withSocket(async (raw) => {
    raw.write("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n" + get("/"));
    const head = await raw.response({ head: true });
    const body = await raw.response();
    assert.equal(head.status, 200);
    assert.deepEqual(head.fields["content-length"], body.fields["content-length"]);
    assert.deepEqual(head.fields["content-type"], body.fields["content-type"]);
  });
});

test("every answer has a Date and one Content-Length (RFC 9110 6.6.1, 8.6)", async () => {
  for (const request of [get("/"), get("/nothing"), "GET  /\r\n\r\n", post("/", ""), post("/", "x")]) {
    const answer = await exchange(server.now, request);
    assert.match(answer.fields.date[0], /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/);
    assert.equal(answer.fields["content-length"].length, 1);
    assert.equal(answer.fields["transfer-encoding"], undefined);
  }
});

test("a connection stays (RFC 9112 9.3) until somebody says close (9.6)", async () => {
  await withSocket(async (raw) => {
    for (let i = 0; i < 5; i++) {
      raw.write(post("/", String(i)));
      const answer = await raw.response();
      assert.equal(answer.text, String(i));
      assert.equal(answer.fields.connection, undefined);
    }
    raw.write(get("/", "Connection: a, CLOSE") + get("/"));
    assert.deepEqual((await raw.response()).fields.connection, ["close"]);
    assert.equal((await raw.readToEnd()).length, 0, "what follows is not read");
  });
});

test("HTTP/1.0 is answered once, without chunks, and ended (RFC 9112 9.3)", async () => {
  for (const fields of ["", "Connection: keep-alive\r\n", "Host: a\r\n"]) {
    await withSocket(async (raw) => {
      raw.write(`GET / HTTP/1.0\r\n${fields}\r\n` + get("/"));
      const answer = await raw.response();
      assert.equal(answer.version, "HTTP/1.1");
      assert.deepEqual(answer.fields.connection, ["close"]);
      assert.equal((await raw.readToEnd()).length, 0);
    });
  }
  const echo = await exchange(server.now, "POST / HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello");
  assert.equal(echo.text, "hello");
});

test("pipelined requests are answered in their order (RFC 9112 9.3.2)", async () => {
  await withSocket(async (raw) => {
    const bodies = Array.from({ length: 200 }, (_, i) => `${i}-${"x".repeat((i * 37) % 3000)}`);
    const requests = bodies.map((body, i) => i % 2 === 0 ? post("/", body)
      : `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n${body.length.toString(16)};n=${i}\r\n${body}\r\n0\r\n\r\n`);
    raw.write(requests.join(""));
    for (const body of bodies) assert.equal((await raw.response()).text, body);
  });
});

test("a refusal in a pipeline answers what came before it, and nothing behind", async () => {
  await withSocket(async (raw) => {
    raw.write(post("/", "one") + post("/", "two") + "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n" + get("/"));
    assert.equal((await raw.response()).text, "one");
    assert.equal((await raw.response()).text, "two");
    assert.equal((await raw.response()).status, 400);
    assert.equal((await raw.readToEnd()).length, 0);
  });
});

test("Expect: 100-continue is answered when the body is wanted (RFC 9110 10.1.1)", async () => {
  for (const [field, body] of [["Content-Length: 5", "hello"], ["Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"]]) {
    await withSocket(async (raw) => {
      raw.write(`POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-Continue\r\n${field}\r\n\r\n`);
      const go = await raw.response();
      assert.equal(go.status, 100);
      assert.deepEqual(go.fields, {}, "no field of the answer to come");
      raw.write(body);
      assert.equal((await raw.response()).text, "hello");
    });
  }
});

test("Expect is not answered by 100 where the answer is there already: no body, too much, HTTP/1.0, a body that came along", async () => {
  for (const [request, status] of [
    ["GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n", 200],
    [`POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: ${MOST + 1}\r\n\r\n`, 413],
    ["POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400],
    ["POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello", 200],
    ["POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\nhello", 200],
    ["POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", 200],
  ]) assert.equal((await exchange(server.now, request)).status, status, request);
});

test("a client that half-closes gets its answer, and then the end", async () => {
  await withSocket(async (raw) => {
    raw.write(post("/", "last"));
    raw.halfClose();
    assert.equal((await raw.response()).text, "last");
    assert.equal((await raw.readToEnd()).length, 0);
  });
});

test("a refusal reaches who is still sending: no reset before it is read (RFC 9112 9.6)", async () => {
  await withSocket(async (raw) => {
    raw.write(`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ${MOST + 1}\r\n\r\n`);
    for (let i = 0; i < 20; i++) raw.write("x".repeat(50_000));
    assert.equal((await raw.response()).status, 413);
    raw.halfClose();
    assert.equal((await raw.readToEnd()).length, 0);
    assert.equal(raw.wasReset, false);
  });
});
