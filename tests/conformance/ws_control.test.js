// RFC 6455 sections 5.5 and 7: control frames, the closing handshake, status codes.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closePayload, frame } from "../integration/support/ws.js";
import { slow, within } from "../integration/support/time.js";
import { OP, echoServer, expectClose, withEcho } from "./support/echo.js";

const server = echoServer({ before, after });
const CONTROL = [OP.CLOSE, OP.PING, OP.PONG];
const GOOD = [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999];
const BAD = [0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 9999, 65535];

/* ---- 5.5 ---- */

test("5.5 a control frame of more than 125 octets is 1002, as soon as its head says so", async () => {
  for (const opcode of CONTROL) {
    await expectClose(server, frame(opcode, Buffer.alloc(126)), 1002);
    await expectClose(server, frame(opcode, "", { length: 126 }), 1002);
    await expectClose(server, frame(opcode, "", { length: 70000 }), 1002);
    await expectClose(server, frame(opcode, "x", { lengthOctets: 2 }), 1002);
  }
});

test("5.5 5.4 a control frame in fragments is 1002", async () => {
  for (const opcode of CONTROL) {
    await expectClose(server, frame(opcode, "", { fin: false }), 1002);
    await expectClose(server, Buffer.concat([frame(opcode, "a", { fin: false }), frame(OP.CONTINUATION, "b")]), 1002);
  }
});

test("5.5.2 5.5.3 each ping is answered by a pong with its octets, in order", async () => {
  await withEcho(server, async (ws) => {
    const payloads = [Buffer.alloc(0), Buffer.from("a"), Buffer.alloc(124, 0), Buffer.alloc(125, 0xff), Buffer.from([0, 255, 254, 13, 10])];
    for (const payload of payloads) ws.send(OP.PING, payload);
    for (const payload of payloads) {
      const pong = await ws.next();
      assert.equal(pong.opcode, OP.PONG);
      assert.equal(pong.fin, true);
      assert.ok(pong.payload.equals(payload));
    }
  });
});

test("5.5.2 a ping that is cut at any octet is the same ping", async () => {
  for (const cut of [1, 2, 3]) {
    await withEcho(server, async (ws) => {
      const octets = frame(OP.PING, "0123456789");
      for (let at = 0; at < octets.length; at += cut) await new Promise((done) => ws.raw.socket.write(octets.subarray(at, at + cut), done));
      assert.equal((await ws.next()).text, "0123456789");
    });
  }
});

test("5.5.3 a pong that nobody asked for is not answered", async () => {
  await withEcho(server, async (ws) => {
    for (const payload of ["", "x", Buffer.alloc(125)]) ws.send(OP.PONG, payload);
    assert.deepEqual(await ws.alive(), []);
  });
});

test("5.5.2 a thousand pings are a thousand pongs", async () => {
  await withEcho(server, async (ws) => {
    ws.raw.write(Buffer.concat(Array.from({ length: 1000 }, (_, i) => frame(OP.PING, String(i)))));
    for (let i = 0; i < 1000; i++) assert.equal((await ws.next()).text, String(i));
  });
});

/* ---- 5.5.1, 7 ---- */

test("5.5.1 7.1.2 a close frame is answered by one with its code, and the server ends the connection", async () => {
  for (const code of GOOD) await expectClose(server, frame(OP.CLOSE, closePayload(code)), code);
  await expectClose(server, frame(OP.CLOSE, closePayload(1000, "a reason")), 1000);
  await expectClose(server, frame(OP.CLOSE, closePayload(3000, "\u20ac".repeat(41))), 3000);
});

test("7.1.5 a close frame without a code is answered by one without", async () => {
  await expectClose(server, frame(OP.CLOSE, ""), null);
});

test("5.5.1 a close frame of one octet is 1002", async () => {
  for (const octet of [0, 3, 255]) await expectClose(server, frame(OP.CLOSE, Buffer.from([octet])), 1002);
});

test("7.4 a code that may not be sent is 1002", async () => {
  for (const code of BAD) {
    await expectClose(server, frame(OP.CLOSE, closePayload(code)), 1002);
    await expectClose(server, frame(OP.CLOSE, closePayload(code, "with a reason")), 1002);
  }
});

test("7.4.1 1005, 1006 and 1015 are never sent", async () => {
  for (const octets of [frame(OP.CLOSE, closePayload(1005)), frame(OP.CLOSE, closePayload(1006)), frame(OP.CLOSE, closePayload(1015)), frame(OP.CLOSE, ""), frame(3, "")]) {
    await withEcho(server, async (ws) => {
      ws.raw.write(octets);
      const one = await ws.next();
      assert.equal(one.opcode, OP.CLOSE);
      if (one.payload.length > 0) assert.ok(![1005, 1006, 1015].includes(one.payload.readUInt16BE(0)));
      else assert.equal(octets[1], 0x80, "only who sent none gets none");
    });
  }
});

test("5.5.1 what the server closes with has a code and, if any, a reason in UTF-8 within 125 octets", async () => {
  for (const octets of [frame(3, ""), frame(OP.TEXT, Buffer.from([255])), frame(OP.BINARY, "", { length: 2 ** 40 }), frame(OP.CONTINUATION, "")]) {
    await withEcho(server, async (ws) => {
      ws.raw.write(octets);
      const one = await ws.next();
      assert.equal(one.opcode, OP.CLOSE);
      assert.ok(one.payload.length >= 2 && one.payload.length <= 125);
      assert.ok(Buffer.from(one.payload.subarray(2).toString("utf8")).equals(one.payload.subarray(2)));
    });
  }
});

test("5.5.1 after a close frame nothing is read and nothing sent", async () => {
  const late = [frame(OP.TEXT, "late"), frame(OP.PING, "late"), frame(3, "late"), frame(OP.CLOSE, closePayload(1001)), Buffer.from("ff".repeat(100), "hex")];
  for (const octets of late) await expectClose(server, Buffer.concat([frame(OP.CLOSE, closePayload(1000)), octets]), 1000);
});

test("7.1.7 after a failure nothing is read and nothing sent", async () => {
  for (const octets of [frame(OP.TEXT, "late"), frame(OP.PING, "late"), frame(OP.CLOSE, closePayload(1000)), frame(OP.TEXT, Buffer.from([255]))]) {
    await expectClose(server, Buffer.concat([frame(3, "x"), octets]), 1002);
  }
});

test("7.1.7 what came whole before a failure is answered first", async () => {
  await expectClose(server, Buffer.concat([frame(OP.TEXT, "a"), frame(OP.PING, "b"), frame(3, "c")]), 1002, { before: [[OP.TEXT, "a"], [OP.PONG, "b"]] });
});

test("5.5.1 a close frame within a message ends it: the message is not handed on", async () => {
  await expectClose(server, Buffer.concat([frame(OP.TEXT, "a", { fin: false }), frame(OP.CLOSE, closePayload(1000)), frame(OP.CONTINUATION, "b")]), 1000);
});

test("5.5.1 a close frame that is cut at every octet is the same", async () => {
  for (const cut of [1, 2, 3]) await expectClose(server, frame(OP.CLOSE, closePayload(1000, "goodbye")), 1000, { cut });
});

test("5.5.1 7.1.1 the server closes the connection first, and does not reset it", async () => {
  await withEcho(server, async (ws) => {
    ws.send(OP.CLOSE, closePayload(1000));
    assert.equal((await ws.closed()).code, 1000);
    assert.equal((await ws.raw.readToEnd()).length, 0);
    assert.equal(ws.raw.wasReset, false);
  });
});

test("7.1.1 a peer that never ends its side is left after a while", async () => {
  await withEcho(server, async (ws) => {
    const left = new Promise((resolve) => ws.raw.socket.on("close", resolve));
    ws.send(OP.CLOSE, closePayload(1000));
    await ws.closed();
    await ws.raw.readToEnd();
    const writing = setInterval(() => ws.raw.write(frame(OP.PONG, "")), 50);  // nobody is told but who writes
    try {
      await within(left, "end of a connection whose client never ends it", slow(8_000));
    } finally {
      clearInterval(writing);
    }
  });
});

test("7.2.1 a peer that ends without a close frame is let go", async () => {
  await withEcho(server, async (ws) => {
    ws.text("x");
    assert.equal((await ws.next()).text, "x");
    ws.raw.halfClose();
    assert.equal((await ws.raw.readToEnd()).length, 0);
  });
});
