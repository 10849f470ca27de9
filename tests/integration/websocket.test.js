// The WebSocket handshake and RFC 6455 frame by frame (protocols.md 1.2; RFC 6455 sections 4, 5, 7).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server, serverOf } from "./support/server.js";
import { person } from "./support/people.js";
import { RawSocket, exchange } from "./support/raw.js";
import { RawStomp, stompFrame } from "./support/stomp.js";
import { OP, RawWebSocket, acceptOf, closePayload, frame, handshake } from "./support/ws.js";

let user;
const server = serverOf({ before, after }, {}, async (now) => { user = await person(now, "ws"); });

/** A handshake that is refused with this status; gives the answer. */
async function refusedHandshake(fields, status) {
  const answer = await exchange(server.now, handshake(server.now, fields));
  assert.equal(answer.status, status, JSON.stringify(fields));
  assert.equal(answer.fields.upgrade?.[0] === "websocket" && status === 101, false);
  return answer;
}

async function accepted(fields) {
  const ws = await RawWebSocket.open(server.now, fields);
  await ws.alive();
  ws.destroy();
  return ws.answer;
}

/* ---- handshake ---- */

test("RFC 6455 4.2.2 the handshake of the standard's own example; at /ws and at /ws/websocket", async () => {
  for (const path of ["/ws", "/ws/websocket"]) {
    const answer = await exchange(server.now, handshake(server.now, { path }));
    assert.equal(answer.status, 101);
    assert.equal(answer.fields["sec-websocket-accept"][0], "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assert.equal(acceptOf("dGhlIHNhbXBsZSBub25jZQ=="), "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    assert.equal(answer.fields.upgrade[0].toLowerCase(), "websocket");
    assert.equal(answer.fields.connection[0].toLowerCase(), "upgrade");
    assert.equal(answer.fields["content-length"], undefined, "RFC 9110 8.6");
    assert.equal(answer.fields["sec-websocket-extensions"], undefined);
  }
});

test("HS-1 another method: 405, Allow: GET, empty body", async () => {
  for (const method of ["POST", "PUT", "DELETE", "HEAD", "OPTIONS"]) {
    const raw = await RawSocket.open(server.now);
    raw.write(`${method} /ws HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
    const answer = await raw.response({ head: method === "HEAD" });
    assert.equal(answer.status, 405, method);
    assert.equal(answer.fields.allow[0], "GET");
    assert.equal(answer.body.length, 0);
    raw.destroy();
  }
});

test("HS-2 HS-3 without Upgrade: websocket, or without the upgrade token of Connection: 400; case and lists do not matter", async () => {
  await refusedHandshake({ Upgrade: null }, 400);
  await refusedHandshake({ Upgrade: "h2c" }, 400);
  await refusedHandshake({ Connection: null }, 400);
  await refusedHandshake({ Connection: "keep-alive" }, 400);
  await refusedHandshake({ Connection: "close" }, 400);
  await accepted({ Upgrade: "WebSocket", Connection: "keep-alive, UPGRADE" });
});

test("HS-4 another Sec-WebSocket-Version: 426 that names 13", async () => {
  for (const version of ["12", "8", "0", "", "14", "13, 8", "abc", null]) {
    const answer = await refusedHandshake({ "Sec-WebSocket-Version": version }, 426);
    assert.equal(answer.fields["sec-websocket-version"][0], "13", String(version));
    assert.equal(answer.fields.upgrade[0], "websocket", "RFC 9110 15.5.22");
    assert.equal(answer.fields.connection[0], "Upgrade", "RFC 9110 7.8");
  }
});

test("HS-5 a Sec-WebSocket-Key that is not 16 octets in base64: 400", async () => {
  for (const key of [null, "", "abc", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ===", "dGhlIHNhbXBsZSBub25jZSE=", "!!!!IHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25jZ===", "dGhlIHNhbXBsZSBub25jZR=="]) {
    await refusedHandshake({ "Sec-WebSocket-Key": key }, 400);
  }
});

test("RFC 6455 4.1 HTTP/1.0 cannot upgrade, nor a GET with a body", async () => {
  await refusedHandshake({ version: "HTTP/1.0" }, 400);
  const raw = await RawSocket.open(server.now);
  raw.write(handshake(server.now, { "Content-Length": "5" }) + "12345");
  assert.equal((await raw.response()).status, 400);
  raw.destroy();
});

test("HS-6 a foreign Origin: 403 and no upgrade; our own, by host and port, and none (HS-7) are let in", async () => {
  const { host, port } = server.now;
  for (const origin of ["http://evil.example", `http://${host}.evil.example`, `http://127.0.0.1:${port + 1}`, "http://127.0.0.1", "null", "", host]) {
    await refusedHandshake({ Origin: origin }, 403);
  }
  await accepted({ Origin: `http://${host}` });
  await accepted({ Origin: `https://${host}` });
  await accepted({});
});

test("HS-6 HS-8 --allowed-origins: those listed, or any by *", async () => {
  for (const [allowed, good, bad] of [["https://a.example, http://b.example:81", ["https://a.example", "http://b.example:81"], ["http://a.example", "http://b.example"]], ["*", ["http://evil.example", "null"], []]]) {
    const other = await Server.start({ "allowed-origins": allowed });
    try {
      for (const Origin of good) assert.equal((await exchange(other, handshake(other, { Origin }))).status, 101, Origin);
      for (const Origin of bad) assert.equal((await exchange(other, handshake(other, { Origin }))).status, 403, Origin);
    } finally {
      await other.stop();
    }
  }
});

test("HS-9 the first subprotocol of the client's that we serve is echoed, compared without case", async () => {
  const chosen = async (offer) => (await accepted({ "Sec-WebSocket-Protocol": offer })).fields["sec-websocket-protocol"]?.[0];
  assert.equal(await chosen("v12.stomp"), "v12.stomp");
  assert.equal(await chosen("v12.stomp, v11.stomp, v10.stomp"), "v12.stomp");
  assert.equal(await chosen("V12.STOMP"), "v12.stomp");
  assert.equal(await chosen("mqtt, v12.stomp"), "v12.stomp");
});

test("HS-10 D6.1 none offered or none known: upgraded without the field, and it is STOMP all the same", async () => {
  for (const offer of [null, "mqtt", "v99.stomp"]) {
    const stomp = await RawStomp.connect(user, {}, { "Sec-WebSocket-Protocol": offer });
    assert.equal(stomp.ws.answer.fields["sec-websocket-protocol"], undefined);
    stomp.destroy();
  }
});

test("HS-11 the subprotocol does not restrict what CONNECT agrees on", async () => {
  const stomp = await RawStomp.connect(user, {}, { "Sec-WebSocket-Protocol": "v10.stomp, v12.stomp" });
  assert.equal(stomp.connected.headers.version, "1.2");
  stomp.destroy();
});

test("an extension that is offered is not agreed to", async () => {
  assert.equal((await accepted({ "Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits" })).fields["sec-websocket-extensions"], undefined);
});

test("what follows the handshake in the same segment is not lost", async () => {
  const raw = await RawSocket.open(server.now);
  raw.write(Buffer.concat([Buffer.from(handshake(server.now)), frame(OP.PING, "early")]));
  assert.equal((await raw.response()).status, 101);
  assert.deepEqual([...await raw.readExactly(7)], [0x8a, 5, ...Buffer.from("early")]);
  raw.destroy();
});

/* ---- frames ---- */

/** Sends these octets; the answer has to be a close frame with this code, and the end. */
async function broken(octets, code, words) {
  const ws = await RawWebSocket.open(server.now);
  try {
    ws.raw.write(octets);
    const seen = [];
    const close = await ws.closedAndOver({ seen });
    assert.equal(close.code, code, `${octets.toString("hex").slice(0, 60)}: ${close.code} ${close.reason}`);
    if (words) assert.match(close.reason, words);
    assert.ok(close.reason.length > 0, "a reason that says why");
    return seen;
  } finally {
    ws.destroy();
  }
}

test("RFC 6455 5.1 an unmasked frame: 1002", async () => {
  await broken(frame(OP.TEXT, "hi", { masked: false }), 1002);
  await broken(frame(OP.PING, "", { masked: false }), 1002);
  await broken(frame(OP.CLOSE, closePayload(1000), { masked: false }), 1002);
});

test("RFC 6455 5.2 reserved bits: 1002", async () => {
  for (const rsv of [1, 2, 4, 7]) {
    await broken(frame(OP.TEXT, "hi", { rsv }), 1002);
    await broken(frame(OP.PING, "hi", { rsv }), 1002);
  }
});

test("RFC 6455 5.2 unknown opcodes: 1002", async () => {
  for (const opcode of [3, 4, 5, 6, 7, 11, 12, 13, 14, 15]) await broken(frame(opcode, "hi"), 1002);
});

test("RFC 6455 5.5 control frames are whole and at most 125 octets", async () => {
  for (const opcode of [OP.PING, OP.PONG, OP.CLOSE]) {
    await broken(frame(opcode, "", { fin: false }), 1002);
    await broken(frame(opcode, Buffer.alloc(126)), 1002);
    await broken(frame(opcode, "", { lengthOctets: 8 }), 1002);
  }
});

test("RFC 6455 5.2 a length in more octets than it needs, or over 2^63: 1002", async () => {
  await broken(frame(OP.TEXT, "hi", { lengthOctets: 2 }), 1002);
  await broken(frame(OP.TEXT, "hi", { lengthOctets: 8 }), 1002);
  await broken(Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 4]), 1002);
});

test("RFC 6455 5.4 a continuation of nothing, and a new message within another: 1002", async () => {
  await broken(frame(OP.CONTINUATION, "x"), 1002);
  await broken(frame(OP.CONTINUATION, "x", { fin: false }), 1002);
  await broken(Buffer.concat([frame(OP.TEXT, "\n", { fin: false }), frame(OP.TEXT, "\n")]), 1002);
  await broken(Buffer.concat([frame(OP.TEXT, "\n", { fin: false }), frame(OP.BINARY, "\n")]), 1002);
  await broken(Buffer.concat([frame(OP.TEXT, "\n"), frame(OP.CONTINUATION, "\n")]), 1002);
});

test("RFC 6455 5.4 SD-1 a message in fragments is one message, and control frames may come between", async () => {
  const ws = await RawWebSocket.open(server.now);
  const connect = stompFrame("CONNECT", { "accept-version": "1.2", "heart-beat": "0,0", Authorization: `Bearer ${user.token}` });
  ws.send(OP.TEXT, connect.subarray(0, 10), { fin: false });
  ws.send(OP.PING, "one");
  assert.deepEqual(await ws.next().then(({ opcode, text }) => [opcode, text]), [OP.PONG, "one"]);
  ws.send(OP.CONTINUATION, "", { fin: false });
  ws.send(OP.CONTINUATION, connect.subarray(10, 50), { fin: false });
  ws.send(OP.PONG, "unasked");
  ws.send(OP.CONTINUATION, connect.subarray(50));
  assert.match((await ws.next()).text, /^CONNECTED\nversion:1\.2\n/);
  ws.destroy();
});

test("SD-1 text and binary feed the same STOMP buffer, frames and messages need not coincide", async () => {
  const ws = await RawWebSocket.open(server.now);
  const connect = stompFrame("CONNECT", { "accept-version": "1.2", "heart-beat": "0,0", Authorization: `Bearer ${user.token}` });
  const subscribe = stompFrame("SUBSCRIBE", { id: "1", destination: "/topic/both", receipt: "a" });
  const send = stompFrame("SEND", { destination: "/topic/both", receipt: "b" }, "hi");
  ws.text(connect.subarray(0, 20));
  ws.send(OP.BINARY, Buffer.concat([connect.subarray(20), subscribe, send.subarray(0, 9)]));
  ws.text(send.subarray(9));
  assert.match((await ws.next()).text, /^CONNECTED/);
  assert.match((await ws.next()).text, /^RECEIPT\nreceipt-id:a\n/);
  const rest = [(await ws.next()).text, (await ws.next()).text].sort();
  assert.match(rest[0], /^MESSAGE\n/);
  assert.match(rest[1], /^RECEIPT\nreceipt-id:b\n/);
  ws.destroy();
});

test("RFC 6455 8.1 text that is no UTF-8: 1007, as soon as it shows", async () => {
  const early = frame(OP.TEXT, Buffer.concat([Buffer.from("SEND\n"), Buffer.from([0xff])]), { length: 5000 });
  await broken(early, 1007);
  const begun = Buffer.from("SEND\ndestination:/topic/x\n\n");
  // In a body, where STOMP itself has nothing to say to it.
  for (const bad of ["ff", "c080", "eda080", "f4908080", "80", "e28281c0", "c3"]) await broken(frame(OP.TEXT, Buffer.concat([begun, Buffer.from(bad, "hex")])), 1007);
  const cut = (octets) => frame(OP.TEXT, Buffer.concat([begun, Buffer.from(octets)]), { fin: false });
  await broken(Buffer.concat([cut([0xe2, 0x82]), frame(OP.CONTINUATION, "x")]), 1007);
  await broken(Buffer.concat([cut([0xe2]), frame(OP.CONTINUATION, "")]), 1007);
});

test("RFC 6455 8.1 a character cut over fragments, with a ping within, is fine", async () => {
  const stomp = await RawStomp.connect(user);
  const listener = await RawStomp.connectApart(stomp, user);
  await listener.subscribe("1", "/topic/euro");
  const send = stompFrame("SEND", { destination: "/topic/euro" }, "€😀");
  const cut = send.length - 5;
  stomp.ws.send(OP.TEXT, send.subarray(0, cut), { fin: false });
  stomp.ws.send(OP.PING, "x");
  stomp.ws.send(OP.CONTINUATION, send.subarray(cut));
  assert.equal((await listener.expect("MESSAGE")).text, "€😀");
  stomp.destroy();
  listener.destroy();
});

test("LM-7 ST-58 a message over the limit: ERROR and 1009, with limit and size in both; one at the limit passes", async () => {
  const limit = 65536;
  for (const build of [
    (size) => frame(OP.TEXT, Buffer.alloc(size, "\n")),
    (size) => frame(OP.BINARY, Buffer.alloc(10, "\n"), { length: size }),
    (size) => Buffer.concat([frame(OP.TEXT, Buffer.alloc(size - 10, "\n"), { fin: false }), frame(OP.CONTINUATION, Buffer.alloc(10, "\n"))]),
  ]) {
    const seen = await broken(build(limit + 1), 1009, /65537.*65536/);
    const error = seen.find((one) => one.opcode === OP.TEXT);
    assert.match(error.text, /^ERROR\n/);
    assert.match(error.text, /message:.*65537.*65536/);
  }
  const ws = await RawWebSocket.open(server.now);
  ws.raw.write(frame(OP.TEXT, Buffer.alloc(limit, "\n")));
  await ws.alive();
  ws.destroy();
  await broken(Buffer.from([0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0]), 1009);
});

test("LM-7 the limit is --max-message", async () => {
  const small = await Server.start({ "max-message": "1k" });
  try {
    const ws = await RawWebSocket.open(small);
    ws.text(Buffer.alloc(1025, "\n"));
    const close = await ws.closedAndOver();
    assert.equal(close.code, 1009);
    assert.match(close.reason, /1025.*1024/);
    ws.destroy();
  } finally {
    await small.stop();
  }
});

/* ---- closing ---- */

test("RFC 6455 5.5.1 7.1 a close frame is echoed with its code, and the server ends the connection", async () => {
  for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999]) {
    const ws = await RawWebSocket.open(server.now);
    ws.send(OP.CLOSE, closePayload(code, "잘 있어"));
    assert.equal((await ws.closedAndOver()).code, code);
    ws.destroy();
  }
  const bare = await RawWebSocket.open(server.now);
  bare.send(OP.CLOSE, "");
  assert.equal((await bare.closedAndOver()).code, 1005);
  bare.destroy();
});

test("RFC 6455 7.4 close codes that nobody may send: 1002; a reason that is no UTF-8: 1007 or 1002", async () => {
  for (const code of [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535]) await broken(frame(OP.CLOSE, closePayload(code)), 1002);
  await broken(frame(OP.CLOSE, Buffer.from([3])), 1002);
  const ws = await RawWebSocket.open(server.now);
  ws.send(OP.CLOSE, Buffer.concat([closePayload(1000), Buffer.from([0xff])]));
  assert.ok([1002, 1007].includes((await ws.closedAndOver()).code));
  ws.destroy();
});

test("RFC 6455 5.5.1 after a close frame nothing is read any more", async () => {
  const ws = await RawWebSocket.open(server.now);
  ws.raw.write(Buffer.concat([frame(OP.CLOSE, closePayload(1000)), frame(OP.PING, "late"), frame(OP.TEXT, "late", { masked: false })]));
  assert.equal((await ws.closedAndOver()).code, 1000);
  ws.destroy();
});

test("ST-52 the server lingers: after its close frame it waits for ours, and does not reset the connection", async () => {
  const ws = await RawWebSocket.open(server.now);
  ws.text(stompFrame("SEND", { destination: "/x" }, "x"));
  const seen = [];
  assert.equal((await ws.closed({ seen })).code, 1002);
  for (let i = 0; i < 50; i++) ws.raw.write(frame(OP.TEXT, Buffer.alloc(1000, "\n")));
  ws.send(OP.CLOSE, closePayload(1002));
  assert.equal((await ws.raw.readToEnd()).length, 0);
  assert.equal(ws.raw.wasReset, false);
  ws.destroy();
});

test("ST-52 who never answers the close frame is cut after the linger time", async () => {
  const ws = await RawWebSocket.open(server.now);
  ws.text(stompFrame("SEND", { destination: "/x" }, "x"));
  const began = Date.now();
  await ws.closed();
  await ws.raw.readToEnd();
  assert.ok(Date.now() - began >= 2_000, `${Date.now() - began} ms`);
  ws.destroy();
});

/* ---- ping and pong ---- */

test("RFC 6455 5.5.2 a ping is answered by a pong with the same payload, in order", async () => {
  const ws = await RawWebSocket.open(server.now);
  const payloads = ["", "a", "0123456789", Buffer.alloc(125, 0xfe)];
  for (const payload of payloads) ws.send(OP.PING, payload);
  for (const payload of payloads) {
    const pong = await ws.next();
    assert.equal(pong.opcode, OP.PONG);
    assert.deepEqual(Buffer.from(pong.payload), Buffer.from(payload));
  }
  ws.destroy();
});

test("one octet at a time is the same conversation", async () => {
  const raw = await RawSocket.open(server.now);
  await raw.writeSlowly(handshake(server.now));
  assert.equal((await raw.response()).status, 101);
  const connect = stompFrame("CONNECT", { "accept-version": "1.2", "heart-beat": "0,0", Authorization: `Bearer ${user.token}` });
  await raw.writeSlowly(Buffer.concat([frame(OP.PING, "p"), frame(OP.TEXT, connect)]));
  assert.deepEqual([...await raw.readExactly(3)], [0x8a, 1, 0x70]);
  const [, size] = await raw.readExactly(2);
  assert.match((await raw.readExactly(size)).toString(), /^CONNECTED\nversion:1\.2\n/);
  await raw.writeSlowly(frame(OP.CLOSE, closePayload(1000)));
  raw.halfClose();
  assert.equal((await raw.readToEnd()).toString("hex"), "880203e8", "the close frame was echoed");
  raw.destroy();
});

test("G7 a peer that vanishes at any octet leaves a server that works", async () => {
  const octets = Buffer.concat([Buffer.from(handshake(server.now)), frame(OP.TEXT, stompFrame("CONNECT", { "accept-version": "1.2" })), frame(OP.TEXT, "x", { fin: false })]);
  for (let cut = 0; cut <= octets.length; cut += 5) {
    const raw = await RawSocket.open(server.now);
    raw.write(octets.subarray(0, cut));
    if (cut % 2) raw.socket.resetAndDestroy();
    else raw.destroy();
  }
  const ws = await RawWebSocket.open(server.now);
  await ws.alive();
  ws.destroy();
});
