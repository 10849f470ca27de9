// RFC 6455 sections 5.1 to 5.4: masking, the heads of frames, fragmentation.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { after, before, test } from "node:test";
import { closePayload, frame } from "../integration/support/ws.js";
import { MOST, OP, echoServer, expectClose, expectEcho, withEcho } from "./support/echo.js";

const server = echoServer({ before, after });
const DATA = [OP.TEXT, OP.BINARY];
const CONTROL = [OP.CLOSE, OP.PING, OP.PONG];

/** A frame with this mask, which need not be random to unmask. */
function masked(opcode, payload, key) {
  const octets = frame(opcode, payload);
  const at = octets.length - payload.length - 4;
  key.copy(octets, at);
  for (let i = 0; i < payload.length; i++) octets[at + 4 + i] = payload[i] ^ key[i & 3];
  return octets;
}

/* ---- 5.1, 5.3 ---- */

test("5.1 a frame without a mask is 1002, whatever it is", async () => {
  for (const opcode of [OP.TEXT, OP.BINARY, OP.PING, OP.PONG]) await expectClose(server, frame(opcode, "x", { masked: false }), 1002);
  await expectClose(server, frame(OP.CLOSE, closePayload(1000), { masked: false }), 1002);
  await expectClose(server, Buffer.concat([frame(OP.TEXT, "a", { fin: false }), frame(OP.CONTINUATION, "b", { masked: false })]), 1002);
  await expectClose(server, frame(OP.TEXT, "", { masked: false }), 1002);
});

test("5.1 the server masks nothing it sends", async () => {
  await withEcho(server, async (ws) => {
    ws.text("x");
    ws.send(OP.BINARY, Buffer.alloc(70000));
    ws.send(OP.PING, "y");
    ws.send(OP.CLOSE, closePayload(1000));
    for (const opcode of [OP.TEXT, OP.BINARY, OP.PONG, OP.CLOSE]) {
      const one = await ws.next();
      assert.equal(one.opcode, opcode);
      assert.equal(one.masked, false);
    }
  });
});

test("5.3 6.2 every octet is unmasked by its place, whatever the mask, the length and the cut", async () => {
  for (const key of ["00000000", "ffffffff", "12345678", "00ff00ff", "80000001"]) {
    for (const size of [0, 1, 3, 4, 5, 31, 32, 125, 126, 127, 128, 129, 1000]) {
      const payload = randomBytes(size);
      await expectEcho(server, masked(OP.BINARY, payload, Buffer.from(key, "hex")), OP.BINARY, payload, { cut: size < 40 ? 1 : 0 });
    }
  }
  const payload = randomBytes(1001);
  for (const cut of [1, 3, 5, 64, 127]) await expectEcho(server, masked(OP.BINARY, payload, Buffer.from("0a0b0c0d", "hex")), OP.BINARY, payload, { cut });
});

/* ---- 5.2 ---- */

test("5.2 a reserved bit is 1002: no extension was agreed", async () => {
  for (const rsv of [1, 2, 3, 4, 5, 6, 7]) {
    for (const opcode of [...DATA, ...CONTROL]) await expectClose(server, frame(opcode, "", { rsv }), 1002);
    await expectClose(server, Buffer.concat([frame(OP.TEXT, "a", { fin: false }), frame(OP.CONTINUATION, "b", { rsv })]), 1002);
  }
});

test("5.2 an opcode that is reserved is 1002", async () => {
  for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) {
    for (const fin of [true, false]) await expectClose(server, frame(opcode, "x", { fin }), 1002);
    await expectClose(server, Buffer.concat([frame(OP.TEXT, "a", { fin: false }), frame(opcode, "x")]), 1002);
  }
});

test("5.2 the three forms of a length, and the first and the last of each", async () => {
  for (const size of [0, 1, 124, 125, 126, 127, 128, 255, 256, 65534, 65535, 65536, 65537]) {
    for (const opcode of DATA) {
      const payload = Buffer.alloc(size, "*");
      await expectEcho(server, frame(opcode, payload), opcode, payload);
    }
  }
});

test("5.2 a length has as few octets as it needs, else 1002", async () => {
  for (const [size, lengthOctets] of [[0, 2], [1, 2], [125, 2], [0, 8], [125, 8], [126, 8], [65535, 8]]) {
    await expectClose(server, frame(OP.BINARY, Buffer.alloc(size), { lengthOctets }), 1002);
  }
});

test("5.2 the server's own lengths have as few octets as they need", async () => {
  for (const [size, head] of [[125, 2], [126, 4], [65535, 4], [65536, 10]]) {
    await withEcho(server, async (ws) => {
      ws.send(OP.BINARY, Buffer.alloc(size));
      const octets = await ws.raw.readExactly(head + size);
      assert.equal(octets[1], head === 2 ? size : head === 4 ? 126 : 127);
      await ws.alive();
    });
  }
});

test("5.2 the highest bit of a length is 0, else 1002", async () => {
  for (const length of ["8000000000000000", "8000000000000001", "ffffffffffffffff"]) {
    await expectClose(server, Buffer.from(`82ff${length}00000000`, "hex"), 1002);
  }
});

test("10.4 7.4.1 a message over the limit is 1009, as soon as a head says so", async () => {
  await expectClose(server, frame(OP.BINARY, "", { length: MOST + 1 }), 1009);
  await expectClose(server, Buffer.from("82ff7fffffffffffffff00000000", "hex"), 1009);
  await expectClose(server, Buffer.concat([frame(OP.BINARY, "abc", { fin: false }), frame(OP.CONTINUATION, "", { length: MOST - 2 })]), 1009);
});

test("6.2 a message of the limit comes back, of either kind", async () => {
  const payload = Buffer.alloc(MOST, "0123456789abcdef");
  for (const opcode of DATA) await expectEcho(server, frame(opcode, payload), opcode, payload);
});

/* ---- 5.4 ---- */

const fragments = (opcode, pieces) => pieces.map((piece, at) => frame(at === 0 ? opcode : OP.CONTINUATION, piece, { fin: at === pieces.length - 1 }));

test("5.4 a message in fragments is one message, in the order of its fragments, of the kind of the first", async () => {
  for (const opcode of DATA) {
    for (const pieces of [["a", "b"], ["abc", "def", "ghi"], ["", "x"], ["x", ""], ["", "", ""], Array.from({ length: 300 }, (_, i) => String(i % 10))]) {
      await expectEcho(server, Buffer.concat(fragments(opcode, pieces)), opcode, pieces.join(""));
    }
  }
  await expectEcho(server, Buffer.concat(fragments(OP.BINARY, [Buffer.alloc(70000, 1), Buffer.alloc(3, 2), Buffer.alloc(200, 3)])), OP.BINARY,
    Buffer.concat([Buffer.alloc(70000, 1), Buffer.alloc(3, 2), Buffer.alloc(200, 3)]));
});

test("5.4 every cut of a fragmented message is the same message", async () => {
  const octets = Buffer.concat([...fragments(OP.TEXT, ["hello ", "", "w\u00f6rld \u20ac"]).slice(0, 2), frame(OP.PING, "p"), fragments(OP.TEXT, ["", "", "w\u00f6rld \u20ac"])[2]]);
  for (let at = 1; at < octets.length; at++) {
    await withEcho(server, async (ws) => {
      await new Promise((done) => ws.raw.socket.write(octets.subarray(0, at), done));
      ws.raw.write(octets.subarray(at));
      const seen = [await ws.next(), await ws.next()].map((one) => [one.opcode, one.text]);
      assert.deepEqual(seen, [[OP.PONG, "p"], [OP.TEXT, "hello w\u00f6rld \u20ac"]], `cut at ${at}`);
    });
  }
  await expectEcho(server, Buffer.concat(fragments(OP.TEXT, ["hello ", "", "world"])), OP.TEXT, "hello world", { cut: 1 });
});

test("5.4 control frames between fragments are dealt with at once and do not disturb the message", async () => {
  await withEcho(server, async (ws) => {
    const [first, second, third] = fragments(OP.TEXT, ["a", "b", "c"]);
    ws.raw.write(first);
    ws.send(OP.PING, "1");
    assert.deepEqual((({ opcode, text }) => [opcode, text])(await ws.next()), [OP.PONG, "1"]);
    ws.send(OP.PONG, "unasked");
    ws.raw.write(second);
    ws.send(OP.PING, "2");
    assert.equal((await ws.next()).text, "2");
    ws.raw.write(third);
    assert.deepEqual((({ opcode, text }) => [opcode, text])(await ws.next()), [OP.TEXT, "abc"]);
  });
});

test("5.4 a continuation of nothing is 1002", async () => {
  for (const fin of [true, false]) {
    await expectClose(server, frame(OP.CONTINUATION, "x", { fin }), 1002);
    await expectClose(server, Buffer.concat([frame(OP.TEXT, "a"), frame(OP.CONTINUATION, "x", { fin })]), 1002, { before: [[OP.TEXT, "a"]] });
    await expectClose(server, Buffer.concat([...fragments(OP.TEXT, ["a", "b"]), frame(OP.CONTINUATION, "x", { fin })]), 1002, { before: [[OP.TEXT, "ab"]] });
  }
});

test("5.4 fragments of two messages may not be mixed: 1002", async () => {
  for (const first of DATA) {
    for (const second of DATA) {
      for (const fin of [true, false]) await expectClose(server, Buffer.concat([frame(first, "a", { fin: false }), frame(second, "b", { fin })]), 1002);
    }
  }
});

test("5.4 an unfinished message is not handed on", async () => {
  await withEcho(server, async (ws) => {
    ws.send(OP.TEXT, "never", { fin: false });
    assert.deepEqual(await ws.alive(), []);
    ws.send(OP.CLOSE, closePayload(1000));
    assert.equal((await ws.closedAndOver()).code, 1000);
  });
});

test("6.1 the first frame of a message says its kind, the last has FIN", async () => {
  await withEcho(server, async (ws) => {
    for (const [opcode, payload] of [[OP.TEXT, "t"], [OP.BINARY, Buffer.alloc(100000)], [OP.TEXT, ""], [OP.BINARY, ""]]) {
      ws.send(opcode, payload);
      const one = await ws.next();
      assert.equal(one.opcode, opcode);
      assert.equal(one.fin, true);
      assert.equal(one.payload.length, payload.length);
    }
  });
});
