// STOMP by hand, over a raw WebSocket; and clients of @stomp/stompjs for what people really use.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { Client } from "@stomp/stompjs";
import { WebSocket } from "ws";
import { assertApart, dial, workerOf } from "./dial.js";
import { DEADLINE_MS, Inbox, deferred, within } from "./time.js";
import { OP, RawWebSocket } from "./ws.js";

const ESCAPES = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", ":": "\\c" };
const UNESCAPES = { "\\\\": "\\", "\\n": "\n", "\\r": "\r", "\\c": ":" };
export const escape = (text) => String(text).replace(/[\\\n\r:]/g, (one) => ESCAPES[one]);
const unescape = (text) => text.replace(/\\(.)/gs, (pair) => {
  assert.ok(pair in UNESCAPES, `undefined escape from the server: ${JSON.stringify(pair)}`);
  return UNESCAPES[pair];
});

/** `headers` is an object or an array of pairs; CONNECT is not escaped (ST-17). */
export function stompFrame(command, headers = {}, body = "") {
  const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
  const code = command === "CONNECT" || command === "STOMP" ? String : escape;
  const lines = pairs.filter(([, value]) => value !== undefined).map(([name, value]) => `${code(name)}:${code(value)}\n`);
  return Buffer.concat([Buffer.from(`${command}\n${lines.join("")}\n`), Buffer.from(body), Buffer.from([0])]);
}

/** One whole frame in one message (SE-2), strictly: LF only, a NUL at the end and nothing behind it (SE-1). */
export function parseStomp(payload) {
  const blank = payload.indexOf("\n\n");
  assert.ok(blank > 0, `no STOMP frame: ${JSON.stringify(payload.toString())}`);
  const head = payload.subarray(0, blank).toString("utf8");
  assert.equal(head.includes("\r"), false, "SE-1: EOL is LF");
  const [command, ...lines] = head.split("\n");
  const decode = command === "CONNECTED" ? (text) => text : unescape;
  const pairs = lines.map((line) => {
    const colon = line.indexOf(":");
    assert.ok(colon > 0, `header line without colon: ${line}`);
    return [decode(line.slice(0, colon)), decode(line.slice(colon + 1))];
  });
  const headers = {};
  for (const [name, value] of pairs) headers[name] ??= value;
  const length = headers["content-length"];
  const end = length === undefined ? payload.indexOf(0, blank + 2) : blank + 2 + Number(length);
  assert.equal(payload[end], 0, `the body of ${command} ends in NUL`);
  assert.equal(end, payload.length - 1, "SE-1: nothing behind the NUL");
  const body = payload.subarray(blank + 2, end);
  return { command, headers, pairs, body, text: body.toString("utf8") };
}

export class RawStomp {
  /** Upgrades, without CONNECT. */
  static async open(server, fields, options) {
    const stomp = new RawStomp();
    stomp.server = server;
    stomp.ws = await RawWebSocket.open(server, fields, options);
    stomp.worker = stomp.ws.worker;
    return stomp;
  }

  /** As connect(), on another worker than these connections are on: what passes between them passes between threads. */
  static async connectApart(from, browser, headers = {}) {
    const stomp = await RawStomp.connect(browser, headers, {}, { apartFrom: from });
    for (const one of [from].flat()) assertApart(browser.server, one, stomp);
    return stomp;
  }

  /** Upgrades and connects as this person. */
  static async connect(browser, headers = {}, fields = {}, options = {}) {
    const stomp = await RawStomp.open(browser.server, fields, options);
    stomp.send("CONNECT", { "accept-version": "1.2", "heart-beat": "0,0", Authorization: `Bearer ${browser.token}`, ...headers });
    stomp.connected = await stomp.expect("CONNECTED");
    stomp.browser = browser;
    return stomp;
  }

  send(command, headers, body) { this.ws.text(stompFrame(command, headers, body)); }

  /** The next frame; beats and pongs in between are counted, not shown. */
  async next(what = "a STOMP frame", ms = DEADLINE_MS) {
    for (;;) {
      const one = await this.ws.next(what, ms);
      if (one.opcode === OP.PING) {
        this.ws.send(OP.PONG, one.payload);
        continue;
      }
      if (one.opcode === OP.PONG) continue;
      if (one.opcode === OP.CLOSE)
        throw new Error(`closed with ${one.payload.length < 2 ? "no code" : one.payload.readUInt16BE(0)} ${one.payload.subarray(2)} while waiting for ${what}`);
      if (one.text === "\n") {
        this.beats = (this.beats ?? 0) + 1;
        continue;
      }
      return { ...parseStomp(one.payload), opcode: one.opcode };
    }
  }

  async expect(command, headers = {}, ms = DEADLINE_MS) {
    const got = await this.next(command, ms);
    assert.equal(got.command, command, `${got.command}: ${JSON.stringify(got.headers)} ${got.text}`);
    for (const [name, value] of Object.entries(headers)) assert.equal(got.headers[name], value, `${command} ${name}`);
    return got;
  }

  receipts = 0;
  /** Sends with a receipt and waits for it; MESSAGEs that come before go into `seen`. */
  async done(command, headers = {}, body = "", seen = null) {
    const receipt = `r-${++this.receipts}`;
    this.send(command, { ...headers, receipt }, body);
    for (;;) {
      const got = await this.next(`RECEIPT of ${command}`);
      if (got.command === "MESSAGE" && seen) {
        seen.push(got);
        continue;
      }
      assert.equal(got.command, "RECEIPT", `${got.command} ${JSON.stringify(got.headers)} ${got.text}`);
      assert.equal(got.headers["receipt-id"], receipt);
      return got;
    }
  }

  subscribe(id, destination, more = {}) { return this.done("SUBSCRIBE", { id, destination, ...more }); }

  say(channelId, content, more = {}) {
    this.send("SEND", { destination: "/pub/messages", ...more }, JSON.stringify({ content, channelId, authorId: this.browser.id }));
  }

  /** The same, and committed when it resolves (G1). */
  async sayDurably(channelId, content, seen) {
    await this.done("SEND", { destination: "/pub/messages" }, JSON.stringify({ content, channelId, authorId: this.browser.id }), seen);
  }

  /** ERROR and then close: {headers, text, code, reason} of both (SL-13, SL-16). */
  async refused(ms) {
    const error = await this.expect("ERROR", {}, ms);
    const close = await this.ws.closed();
    return { ...error, ...close };
  }

  /** Nothing has come and the session lives: a frame that comes back through the server is the fence. */
  async silent() {
    const mark = `fence-${++this.receipts}`;
    await this.done("SUBSCRIBE", { id: mark, destination: `/topic/${mark}` });
    this.send("SEND", { destination: `/topic/${mark}` }, mark);
    await this.expect("MESSAGE", { subscription: mark });
    await this.done("UNSUBSCRIBE", { id: mark });
  }

  async disconnect() {
    this.send("DISCONNECT", { receipt: "bye" });
    await this.expect("RECEIPT", { "receipt-id": "bye" });
    const close = await this.ws.closed();
    this.destroy();
    return close;
  }

  destroy() { this.ws.destroy(); }
}

/** @stomp/stompjs, as an application uses it. */
export class StompJs {
  static async connect(browser, { apartFrom, ...options } = {}) {
    const it = new StompJs();
    it.browser = browser;
    let socket = await dial(browser.server, { apartFrom });
    it.worker = await workerOf(browser.server, socket);
    for (const one of [apartFrom ?? []].flat()) assertApart(browser.server, one, it);
    // The first connection is the one that was dialled; a client that comes back dials for itself. The `path` of what is
    // asked for is that of the URL; to net.connect() it would be a local socket, which Node 18 takes it for.
    const createConnection = (how) => {
      const first = socket ?? connect({ ...how, path: how.socketPath });
      socket = null;
      return first;
    };
    it.errors = new Inbox();
    it.closed = deferred();
    const connected = deferred();
    it.client = new Client({
      brokerURL: `ws://${browser.server.host}/ws`,
      webSocketFactory: () => new WebSocket(`ws://${browser.server.host}/ws`, ["v12.stomp", "v11.stomp", "v10.stomp"], { createConnection }),
      connectHeaders: { Authorization: `Bearer ${browser.token}` },
      reconnectDelay: 0,
      heartbeatIncoming: 0,
      heartbeatOutgoing: 0,
      onConnect: (frame) => { it.connected = frame; connected.resolve(); },
      onStompError: (frame) => { it.errors.put(frame); connected.reject(new Error(`ERROR ${frame.headers.message}`)); },
      onWebSocketClose: (event) => { it.closed.resolve(event); connected.reject(new Error(`closed ${event.code} ${event.reason}`)); },
      onWebSocketError: () => {},
      ...options,
    });
    it.client.activate();
    await within(connected.promise, "CONNECTED");
    return it;
  }

  /** An Inbox of the frames of this destination; live when it resolves (SB-13). */
  async subscribe(destination, headers = {}) {
    const inbox = new Inbox();
    const live = deferred();
    const receipt = `sub-${Math.random()}`;
    this.client.watchForReceipt(receipt, live.resolve);
    inbox.subscription = this.client.subscribe(destination, (message) => inbox.put(message), { ...headers, receipt });
    await within(live.promise, `RECEIPT of SUBSCRIBE ${destination}`);
    return inbox;
  }

  async publish(destination, body, headers = {}) {
    const done = deferred();
    const receipt = `send-${Math.random()}`;
    this.client.watchForReceipt(receipt, done.resolve);
    this.client.publish({ destination, body, headers: { ...headers, receipt } });
    await within(done.promise, `RECEIPT of SEND ${destination}`);
  }

  say(channelId, content) {
    return this.publish("/pub/messages", JSON.stringify({ content, channelId, authorId: this.browser.id }));
  }

  async end() {
    await within(this.client.deactivate(), "end of the client");
  }
}
