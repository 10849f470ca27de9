// A WebSocket client that can break every rule: it writes frames bit by bit and reads what comes back.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { RawSocket } from "./raw.js";
import { DEADLINE_MS, within } from "./time.js";

export const OP = { CONTINUATION: 0, TEXT: 1, BINARY: 2, CLOSE: 8, PING: 9, PONG: 10 };
const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

export const acceptOf = (key) => createHash("sha1").update(key + GUID).digest("base64");

/** An octet-exact frame. `length`: what the head announces, if not the truth; `lengthOctets`: 0, 2 or 8 more octets of it. */
export function frame(opcode, payload = "", { fin = true, rsv = 0, masked = true, length, lengthOctets } = {}) {
  const body = Buffer.from(payload);
  const size = length ?? body.length;
  const more = lengthOctets ?? (size < 126 ? 0 : size < 65536 ? 2 : 8);
  const head = Buffer.alloc(2 + more);
  head[0] = (fin ? 0x80 : 0) | (rsv << 4) | opcode;
  head[1] = (masked ? 0x80 : 0) | (more === 0 ? size : more === 2 ? 126 : 127);
  if (more === 2) head.writeUInt16BE(size, 2);
  if (more === 8) head.writeBigUInt64BE(BigInt(size), 2);
  if (!masked) return Buffer.concat([head, body]);
  const key = randomBytes(4);
  const hidden = Buffer.from(body.map((octet, at) => octet ^ key[at & 3]));
  return Buffer.concat([head, key, hidden]);
}

export const closePayload = (code, reason = "") => {
  const head = Buffer.alloc(2);
  head.writeUInt16BE(code);
  return Buffer.concat([head, Buffer.from(reason)]);
};

/** The fields of a good handshake; null takes one away. */
export function handshake(server, { path = "/ws", method = "GET", version = "HTTP/1.1", ...fields } = {}) {
  const all = {
    Host: server.host, Upgrade: "websocket", Connection: "Upgrade",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version": "13", ...fields,
  };
  const lines = Object.entries(all).filter(([, value]) => value !== null).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} ${version}\r\n${lines.join("")}\r\n`;
}

function parseFrame(octets) {
  if (octets.length < 2) return null;
  let at = 2;
  let length = octets[1] & 0x7f;
  if (length === 126) {
    if (octets.length < 4) return null;
    length = octets.readUInt16BE(2);
    at = 4;
  } else if (length === 127) {
    if (octets.length < 10) return null;
    length = Number(octets.readBigUInt64BE(2));
    at = 10;
  }
  if (octets.length < at + length) return { need: at + length };
  const payload = octets.subarray(at, at + length);
  return {
    used: at + length,
    value: {
      fin: (octets[0] & 0x80) !== 0, rsv: (octets[0] >> 4) & 7, opcode: octets[0] & 15, masked: (octets[1] & 0x80) !== 0,
      payload, text: payload.toString("utf8"),
    },
  };
}

export class RawWebSocket {
  /** Upgrades; fields as for handshake(), options as for RawSocket.open(). */
  static async open(server, fields = {}, options = {}) {
    const ws = new RawWebSocket();
    ws.raw = await RawSocket.open(server, options);
    const key = fields["Sec-WebSocket-Key"] ?? randomBytes(16).toString("base64");
    ws.raw.write(handshake(server, { ...fields, "Sec-WebSocket-Key": key }));
    ws.answer = await ws.raw.response();
    assert.equal(ws.answer.status, 101, ws.answer.text);
    assert.equal(ws.answer.fields["sec-websocket-accept"]?.[0], acceptOf(key));
    ws.worker = await ws.raw.findWorker();
    return ws;
  }

  send(opcode, payload, options) { this.raw.write(frame(opcode, payload, options)); }
  text(payload, options) { this.send(OP.TEXT, payload, options); }

  /** The next frame, whatever it is. A server never masks and asks for no extension. */
  async next(what = "a WebSocket frame", ms = DEADLINE_MS) {
    const found = await this.raw.read(parseFrame, what, ms);
    assert.equal(found.masked, false, "servers do not mask (RFC 6455 5.1)");
    assert.equal(found.rsv, 0, "no extension was agreed (RFC 6455 5.2)");
    return found;
  }

  /** The close frame as {code, reason}; frames before it go to `seen`. */
  async closed({ seen = [], ms = DEADLINE_MS } = {}) {
    for (;;) {
      const one = await this.next("a close frame", ms);
      if (one.opcode !== OP.CLOSE) {
        seen.push(one);
        continue;
      }
      if (one.payload.length === 0) return { code: 1005, reason: "" };
      return { code: one.payload.readUInt16BE(0), reason: one.payload.subarray(2).toString("utf8") };
    }
  }

  /** The close frame, and behind it the end of the connection with not an octet between. */
  async closedAndOver(options) {
    const close = await this.closed(options);
    this.raw.halfClose();
    assert.equal((await this.raw.readToEnd(options?.ms)).length, 0, "nothing after a close frame (RFC 6455 5.5.1)");
    return close;
  }

  /** A ping comes back at once: everything before it has been dealt with, and the connection lives. */
  async alive(mark = "still-here", seen = []) {
    this.send(OP.PING, mark);
    for (;;) {
      const one = await this.next("the pong");
      if (one.opcode === OP.PONG && one.text === mark) return seen;
      assert.notEqual(one.opcode, OP.CLOSE, `closed: ${one.payload.subarray(2)}`);
      seen.push(one);
    }
  }

  destroy() { this.raw.destroy(); }
}

export { within };
