// RFC 6455 as a whole: random conversations, by a client of another hand (ws) and by ours, which can cut anywhere.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { frame } from "../integration/support/ws.js";
import { Inbox, slow } from "../integration/support/time.js";
import { MOST, OP, echoServer, withEcho, writeCut } from "./support/echo.js";

const { WebSocket } = createRequire(new URL("../integration/package.json", import.meta.url))("ws");
const server = echoServer({ before, after });

/** Repeatable chance: failures name the seed. */
function dice(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return { below: (n) => Math.floor(next() * n), chance: (p) => next() < p };
}

const ALPHABET = ["a", "\u00e9", "\u20ac", "\u{1f600}", "\n", "\0", "\uffff"];
const sizeOf = (d) => [0, 1, 125, 126, 127, 1000, 65535, 65536, 200_000][d.below(9)] + d.below(3);

function randomMessage(d) {
  if (d.chance(0.5)) return { isBinary: true, octets: randomBytes(sizeOf(d)) };
  let text = "";
  for (let size = Math.min(sizeOf(d), 5000); text.length < size;) text += ALPHABET[d.below(ALPHABET.length)].repeat(1 + d.below(9));
  return { isBinary: false, octets: Buffer.from(text) };
}

/** A piece each, at least one. */
function cutUp(d, octets) {
  const pieces = [];
  for (let at = 0; at < octets.length && pieces.length < 20;) {
    const size = d.chance(0.1) ? 0 : 1 + d.below(Math.max(1, octets.length >> d.below(6)));
    pieces.push(octets.subarray(at, at + size));
    at += size;
  }
  const taken = pieces.reduce((sum, piece) => sum + piece.length, 0);
  return [...pieces, octets.subarray(taken)];
}

async function converse(d, count) {
  const socket = new WebSocket(`ws://${server.now.host}/echo`, { perMessageDeflate: true, maxPayload: MOST });
  const inbox = new Inbox();
  socket.on("message", (data, isBinary) => inbox.put({ isBinary, octets: data }));
  socket.on("error", (error) => inbox.end(error));
  await new Promise((resolve, reject) => { socket.on("open", resolve); socket.on("error", reject); });
  const sent = [];
  for (let i = 0; i < count; i++) {
    const message = randomMessage(d);
    const pieces = d.chance(0.5) ? [message.octets] : cutUp(d, message.octets);
    pieces.forEach((piece, at) => {
      socket.send(piece, { binary: message.isBinary, fin: at === pieces.length - 1 });
      if (d.chance(0.1)) socket.ping("x");
    });
    sent.push(message);
  }
  for (const message of sent) {
    const back = await inbox.take("an echo", slow(20_000));
    assert.equal(back.isBinary, message.isBinary);
    assert.ok(back.octets.equals(message.octets), `${back.octets.length} octets for ${message.octets.length}`);
  }
  const closed = new Promise((resolve) => socket.on("close", (code) => resolve(code)));
  socket.close(4321);
  assert.equal(await closed, 4321);
  assert.equal(inbox.size, 0, "nothing that was not asked for");
}

test("ws: random messages in random fragments come back, many at a time", async () => {
  const seed = Date.now();
  try {
    await Promise.all(Array.from({ length: 8 }, (_, i) => converse(dice(seed + i), 60)));
  } catch (error) {
    error.message += ` (seed ${seed})`;
    throw error;
  }
});

test("random frames: messages, fragments, pings and cuts come back as they are", async () => {
  const seed = Date.now();
  for (let round = 0; round < 20; round++) {
    const d = dice(seed + round);
    await withEcho(server, async (ws) => {
      const octets = [];
      const wanted = [];
      for (let i = 0; i < 10; i++) {
        const { isBinary, octets: payload } = randomMessage(d);
        const pieces = cutUp(d, payload);
        const opcode = isBinary ? OP.BINARY : OP.TEXT;
        pieces.forEach((piece, at) => {
          if (d.chance(0.2)) {
            octets.push(frame(OP.PING, String(i)));
            wanted.push([OP.PONG, Buffer.from(String(i))]);
          }
          octets.push(frame(at === 0 ? opcode : OP.CONTINUATION, piece, { fin: at === pieces.length - 1 }));
        });
        wanted.push([opcode, payload]);
      }
      const all = Buffer.concat(octets);
      const written = writeCut(ws.raw, all, Math.max(500, d.below(all.length)));
      for (const [opcode, payload] of wanted) {
        const one = await ws.next();
        assert.equal(one.opcode, opcode, `seed ${seed + round}`);
        assert.ok(one.payload.equals(payload), `seed ${seed + round}`);
      }
      await written;
    });
  }
});

test("a peer that sends and does not read gets every message when he reads", async () => {
  await withEcho(server, async (ws) => {
    const size = 1024 * 1024;
    ws.raw.pause();
    for (let i = 0; i < 24; i++) ws.send(OP.BINARY, Buffer.alloc(size, i));
    ws.send(OP.PING, "last");
    ws.raw.resume();
    for (let i = 0; i < 24; i++) {
      const one = await ws.next();
      assert.equal(one.payload.length, size);
      assert.ok(one.payload[0] === i && one.payload[size - 1] === i);
    }
    assert.equal((await ws.next()).text, "last");
  });
});
