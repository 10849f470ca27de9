// RFC 6455 sections 5.6 and 8.1: text is UTF-8 as a whole, and what is none fails as soon as it shows.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { closePayload, frame } from "../integration/support/ws.js";
import { OP, echoServer, expectClose, expectEcho, withEcho } from "./support/echo.js";

const server = echoServer({ before, after });

/** Each is wrong from its last octet on, and not before. */
const BROKEN = ["80", "bf", "c0", "c1", "f5", "fe", "ff", "c27f", "c2c0", "e080", "e09f", "e28228", "e2c0", "eda0", "edbf", "ef80c0", "f080", "f08f",
  "f09028", "f0908028", "f490", "f4bf", "c3a9c3c3", "cebaed80f0", "f888", "fc84"];
/** Each is the beginning of a character that does not come. */
const SHORT = ["c2", "df", "e0", "e0a0", "ed9f", "efbf", "f0", "f090", "f09080", "f48fbf"];
const WHOLE = ["", "00", "7f", "c280", "dfbf", "e0a080", "ed9fbf", "ee8080", "efbfbf", "efbfbe", "f0908080", "f48fbfbf", "efbbbf", "ceba e1bdb9 cf83 cebc ceb5".replaceAll(" ", "")];

const hex = (text) => Buffer.from(text, "hex");

test("5.6 text is UTF-8 of every length, and comes back as it was", async () => {
  for (const text of WHOLE) await expectEcho(server, frame(OP.TEXT, hex(text)), OP.TEXT, hex(text));
  const all = Buffer.concat(WHOLE.map(hex));
  for (const cut of [1, 2, 3]) await expectEcho(server, frame(OP.TEXT, all), OP.TEXT, all, { cut });
});

test("5.6 characters may be cut by fragments", async () => {
  const all = Buffer.concat(WHOLE.map(hex));
  await withEcho(server, async (ws) => {
    for (let at = 1; at < all.length; at++) {
      ws.send(OP.TEXT, all.subarray(0, at), { fin: false });
      ws.send(OP.CONTINUATION, all.subarray(at));
      assert.ok((await ws.next()).payload.equals(all), `cut at ${at}`);
    }
    all.forEach((octet, at) => ws.send(at === 0 ? OP.TEXT : OP.CONTINUATION, Buffer.from([octet]), { fin: at === all.length - 1 }));
    assert.ok((await ws.next()).payload.equals(all));
  });
});

test("8.1 text that is no UTF-8 is 1007", async () => {
  for (const text of [...BROKEN, ...SHORT]) {
    await expectClose(server, frame(OP.TEXT, hex(text)), 1007);
    await expectClose(server, frame(OP.TEXT, Buffer.concat([Buffer.from("before "), hex(text), Buffer.from(" behind")])), 1007);
  }
});

test("8.1 it fails at the first octet that cannot be, not at the end of the message", async () => {
  for (const text of BROKEN) {
    await expectClose(server, frame(OP.TEXT, hex(text), { length: 100000 }), 1007);
    await expectClose(server, frame(OP.TEXT, hex(text), { fin: false, length: 100 }), 1007);
  }
});

test("8.1 it fails across fragments and cuts", async () => {
  for (const text of BROKEN) {
    const octets = hex(text);
    const pieces = [...octets].map((octet, at) => frame(at === 0 ? OP.TEXT : OP.CONTINUATION, Buffer.from([octet]), { fin: false }));
    await expectClose(server, Buffer.concat(pieces), 1007);
    await expectClose(server, frame(OP.TEXT, octets, { length: 1000 }), 1007, { cut: 1 });
  }
  for (const text of SHORT) {
    await expectClose(server, Buffer.concat([frame(OP.TEXT, hex(text), { fin: false }), frame(OP.CONTINUATION, "")]), 1007);
    await expectClose(server, Buffer.concat([frame(OP.TEXT, hex(text), { fin: false }), frame(OP.CONTINUATION, "x")]), 1007);
  }
});

test("8.1 a character that has begun is no error until its message ends", async () => {
  await withEcho(server, async (ws) => {
    for (const [begin, end] of [["e2", "82ac"], ["e282", "ac"], ["f09f", "9880"], ["c3", "a9"]]) {
      ws.send(OP.TEXT, hex(begin), { fin: false });
      assert.deepEqual(await ws.alive(), []);
      ws.send(OP.CONTINUATION, hex(end));
      assert.equal((await ws.next()).payload.toString("hex"), begin + end);
    }
  });
});

test("5.6 binary is any octets", async () => {
  for (const octets of [...BROKEN, ...SHORT]) await expectEcho(server, frame(OP.BINARY, hex(octets)), OP.BINARY, hex(octets));
  const all = Buffer.from(Array.from({ length: 256 }, (_, i) => i));
  await expectEcho(server, frame(OP.BINARY, all), OP.BINARY, all);
});

test("8.1 each message is judged by itself", async () => {
  await withEcho(server, async (ws) => {
    ws.send(OP.BINARY, hex("e282"));
    assert.equal((await ws.next()).payload.toString("hex"), "e282");
    ws.text("\u20ac");
    assert.equal((await ws.next()).text, "\u20ac");
    ws.send(OP.TEXT, hex("ac"));
    assert.equal((await ws.closedAndOver()).code, 1007);
  });
});

test("8.1 5.5.1 the reason of a close frame is UTF-8, else 1007", async () => {
  for (const text of ["ff", "c0af", "eda080", "e282"]) await expectClose(server, frame(OP.CLOSE, Buffer.concat([closePayload(1000), hex(text)])), 1007);
});

test("8.1 what pings carry is any octets", async () => {
  await withEcho(server, async (ws) => {
    for (const octets of BROKEN) {
      ws.send(OP.PING, hex(octets));
      assert.equal((await ws.next()).payload.toString("hex"), octets);
    }
  });
});
