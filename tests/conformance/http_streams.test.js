// Bodies that are never whole in the server's memory, both ways, with clients as people have them. How such bodies are
// framed is http_framing.test.js.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import http from "node:http";
import { after, before, test } from "node:test";
import { exchange } from "../integration/support/raw.js";
import { slow, within } from "../integration/support/time.js";
import { MOST, RawSocket, echoServer } from "./support/echo.js";

const server = echoServer({ before, after });
const url = (path) => `http://${server.now.host}${path}`;
const LARGE = MOST + (MOST >> 1);
const SENTENCE = "This server says what it hears.\n";

/** Octets that differ from place to place. */
const octets = (length, seed = 1) => Buffer.alloc(length).map((_, i) => (i * 31 + (i >> 8) * 7 + seed) & 255);

/** The same as a stream of pieces, for a body whose length nobody says. */
async function* pieces(body, size) {
  for (let at = 0; at < body.length; at += size) yield body.subarray(at, at + size);
}

const head = (path, ...fields) => `POST ${path} HTTP/1.1\r\nHost: a\r\n${fields.map((one) => `${one}\r\n`).join("")}\r\n`;

async function withSocket(body) {
  const raw = await RawSocket.open(server.now);
  try {
    return await body(raw);
  } finally {
    raw.destroy();
  }
}

/** Resident memory of the server, in octets, as the kernel counts it. */
const memory = () => Number(readFileSync(`/proc/${server.now.child.pid}/status`, "utf8").match(/VmRSS:\s+(\d+) kB/)[1]) * 1024;

test("a large body comes back, counted or chunked, also when it is taken slowly", async () => {
  const body = octets(MOST), little = octets(1_000_000);
  for (const [path, what] of [["/stream", body], ["/stream?slowly", little]]) {
    for (const sent of [{ body: what }, { body: pieces(what, 70_001), duplex: "half" }]) {
      const answer = await fetch(url(path), { method: "POST", headers: { "Content-Type": "image/x-any" }, ...sent });
      assert.equal(answer.status, 200);
      assert.equal(answer.headers.get("content-type"), "image/x-any");
      assert.equal(answer.headers.get("content-length"), String(what.length));
      assert.ok(Buffer.from(await answer.arrayBuffer()).equals(what), `${path} gave something else back`);
    }
  }
});

test("many at once do not disturb each other", async () => {
  await Promise.all(Array.from({ length: 20 }, async (_, i) => {
    const body = octets(200_000 + i * 1000, i);
    const answer = await fetch(url(i % 2 ? "/stream" : "/stream?slowly"), { method: "POST", body });
    assert.ok(Buffer.from(await answer.arrayBuffer()).equals(body));
  }));
});

test("neither a body nor an answer is ever whole in the server's memory", async () => {
  if (Number(process.env.PARLEY_TEST_SLOWNESS ?? 1) > 1) return;  // a sanitizer keeps what was freed
  const before = memory();
  const answer = await fetch(url("/stream"), { method: "POST", body: octets(MOST) });
  const reader = answer.body.getReader();
  let length = 0;
  for (let got = await reader.read(); !got.done; got = await reader.read()) length += got.value.length;
  assert.equal(length, MOST);
  const long = await fetch(url("/stream?100000000"));
  for await (const piece of long.body) length -= piece.length;
  assert.equal(length, MOST - 100_000_000);
  assert.ok(memory() - before < 4_000_000, `${memory() - before} octets more than before`);
});

test("an answer of any length is what its Content-Length says, and the connection goes on behind it", async () => {
  await withSocket(async (raw) => {
    const lengths = [0, 1, 48 * 1024, 48 * 1024 + 1, 1_000_000];
    raw.write(lengths.map((n) => `GET /stream?${n} HTTP/1.1\r\nHost: a\r\n\r\n`).join("") + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
    for (const length of lengths) {
      const { body } = await raw.response();
      assert.equal(body.length, length);
      assert.ok(body.every((octet, i) => octet === i % 251));
    }
    assert.equal((await raw.response()).text, SENTENCE);
  });
});

test("HEAD of what would be streamed is its head alone", async () => {
  await withSocket(async (raw) => {
    raw.write("HEAD /stream?1000000 HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n");
    assert.deepEqual((await raw.response({ head: true })).fields["content-length"], ["1000000"]);
    assert.equal((await raw.response()).text, SENTENCE);
  });
});

test("who does not read holds his answer up, and nobody else", async () => {
  await withSocket(async (raw) => {
    raw.pause();
    raw.write("GET /stream?50000000 HTTP/1.1\r\nHost: a\r\n\r\n");
    assert.equal((await exchange(server.now, "GET /stream?1000 HTTP/1.1\r\nHost: a\r\n\r\n")).body.length, 1000);
    raw.resume();
    assert.equal((await raw.response()).body.length, 50_000_000);
  });
});

test("requests that were pipelined behind a streamed one are answered behind it", async () => {
  await withSocket(async (raw) => {
    const bodies = Array.from({ length: 50 }, (_, i) => octets((i * 997) % 5000, i));
    raw.write(Buffer.concat(bodies.flatMap((body, i) => [Buffer.from(i % 2
      ? `${head("/stream", "Transfer-Encoding: chunked")}${body.length === 0 ? "" : `${body.length.toString(16)}\r\n`}`
      : head(i % 4 ? "/stream" : "/stream?slowly", `Content-Length: ${body.length}`)), body, Buffer.from(i % 2 ? `${body.length === 0 ? "" : "\r\n"}0\r\n\r\n` : "")])));
    for (const body of bodies) assert.ok((await raw.response()).body.equals(body));
  });
});

test("Expect: 100-continue of a streamed body is answered when it is wanted, and not when its refusal is there", async () => {
  await withSocket(async (raw) => {
    for (const [field, body] of [["Content-Length: 5", "hello"], ["Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n"]]) {
      raw.write(head("/stream", field, "Expect: 100-continue"));
      assert.equal((await raw.response()).status, 100);
      raw.write(body);
      assert.equal((await raw.response()).text, "hello");
    }
  });
  for (const [path, length, status] of [["/refuse", 5, 403], ["/stream", MOST + 1, 413]]) {
    await withSocket(async (raw) => {
      raw.write(head(path, `Content-Length: ${length}`, "Expect: 100-continue"));
      const answer = await raw.response();
      assert.equal(answer.status, status);
      assert.deepEqual(answer.fields.connection, ["close"]);
      raw.halfClose();
      assert.equal((await raw.readToEnd()).length, 0);
    });
  }
});

test("an early refusal reaches fetch, whatever is still to be sent (RFC 9112 9.6)", async () => {
  const body = octets(LARGE);
  for (let i = 0; i < 10; i++) {
    assert.equal((await fetch(url("/stream"), { method: "POST", body })).status, 413);
    assert.equal((await fetch(url("/refuse"), { method: "POST", body })).status, 403);
  }
});

test("an early refusal reaches a client of node:http that goes on writing", async () => {
  for (const [path, status] of [["/refuse", 403], ["/stream", 413]]) {
    const got = new Promise((resolve, reject) => {
      const request = http.request(url(path), { method: "POST", agent: false });
      request.on("response", (response) => { response.resume(); resolve(response.statusCode); });
      request.on("error", reject);
      for (let i = 0; i < 300; i++) request.write(octets(100_000));
      request.end();
    });
    assert.equal(await within(got, "answer", slow(20_000)), status);
  }
});

test("an early refusal reaches who reads only when he has sent everything", async () => {
  for (const [path, status] of [["/refuse", 403], ["/stream", 413]]) {
    await withSocket(async (raw) => {
      raw.pause();
      raw.write(head(path, `Content-Length: ${LARGE}`));
      await within(new Promise((done) => raw.socket.write(octets(LARGE), done)), "all to be written", slow(20_000));
      raw.resume();
      assert.equal((await raw.response()).status, status);
      raw.halfClose();
      assert.equal((await raw.readToEnd()).length, 0);
      assert.equal(raw.wasReset, false);
    });
  }
});

test("who goes in the middle of a body or of an answer leaves nothing", async () => {
  for (const request of [head("/stream", "Content-Length: 1000000") + "abc", head("/stream?slowly", "Transfer-Encoding: chunked") + "fffff\r\nabc",
    "GET /stream?50000000 HTTP/1.1\r\nHost: a\r\n\r\n"]) {
    for (const end of ["destroy", "halfClose", "resetAndDestroy"]) {
      const raw = await RawSocket.open(server.now);
      raw.write(request);
      if (request.startsWith("GET")) await raw.readExactly(100_000);
      if (end === "resetAndDestroy") raw.socket.resetAndDestroy();
      else raw[end]();
      if (end === "halfClose") await raw.readToEnd();
      raw.destroy();
    }
  }
  assert.equal((await exchange(server.now, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")).text, SENTENCE);
});
