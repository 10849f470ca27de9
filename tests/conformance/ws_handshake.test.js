// RFC 6455 section 4: the opening handshake, as a server has to judge and answer it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { handshake, acceptOf, frame } from "../integration/support/ws.js";
import { OP, RawSocket, RawWebSocket, echoServer, openEcho, writeCut } from "./support/echo.js";

const server = echoServer({ before, after });
const KEY = "dGhlIHNhbXBsZSBub25jZQ==";

/** The answer to a handshake as it stands, and what is left of the connection. */
async function answerTo(octets, { cut = 0 } = {}) {
  const raw = await RawSocket.open(server.now);
  await writeCut(raw, Buffer.from(octets, "latin1"), cut);
  return { raw, answer: await raw.response() };
}

async function refused(fields, status) {
  const { raw, answer } = await answerTo(typeof fields === "string" ? fields : handshake(server.now, { path: "/echo", ...fields }));
  raw.destroy();
  assert.equal(answer.status, status, JSON.stringify(fields));
  assert.equal(answer.fields["sec-websocket-accept"], undefined, "nothing is accepted");
  return answer;
}

async function accepted(fields = {}) {
  const ws = await openEcho(server, fields);
  ws.text("works");
  assert.equal((await ws.next()).text, "works", JSON.stringify(fields));
  ws.destroy();
  return ws.answer;
}

/** A handshake from lines as they are, so that fields can stand twice. */
const lines = (...all) => `GET /echo HTTP/1.1\r\n${all.map((line) => `${line}\r\n`).join("")}\r\n`;
const GOOD = ["Host: a", "Upgrade: websocket", "Connection: Upgrade", `Sec-WebSocket-Key: ${KEY}`, "Sec-WebSocket-Version: 13"];

test("4.2.1 1 a handshake is a GET", async () => {
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "UPGRADE"]) {
    const answer = await refused({ method }, 405);
    assert.equal(answer.fields.allow[0], "GET", method);
  }
});

test("4.2.1 1 a handshake is HTTP/1.1 or higher", async () => {
  await refused({ version: "HTTP/1.0" }, 400);
  await refused({ version: "HTTP/0.9" }, 505);
});

test("4.2.1 2 a handshake has one Host", async () => {
  await refused({ Host: null }, 400);
  await refused({ Host: "" }, 400);
  await refused(lines("Host: a", ...GOOD), 400);
});

test("4.2.1 3 Upgrade has the word websocket, whatever its case", async () => {
  for (const Upgrade of [null, "", "h2c", "websocket2", "web socket", "websocket/13"]) await refused({ Upgrade }, 400);
  for (const Upgrade of ["websocket", "WebSocket", "WEBSOCKET", "h2c, websocket"]) await accepted({ Upgrade });
});

test("4.2.1 4 Connection has the word Upgrade, whatever its case and place", async () => {
  for (const Connection of [null, "", "keep-alive", "Upgraded", "close"]) await refused({ Connection }, 400);
  for (const Connection of ["Upgrade", "upgrade", "UPGRADE", "keep-alive, Upgrade", "Upgrade , keep-alive"]) await accepted({ Connection });
  const { raw, answer } = await answerTo(lines("Connection: keep-alive", ...GOOD));
  assert.equal(answer.status, 101, "on two lines");
  raw.destroy();
});

test("4.2.1 5 the key is sixteen octets in base64", async () => {
  const bad = [null, "", "abc", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25jZQ===", "dGhlIHNhbXBsZSBub25jZSE=", "!GhlIHNhbXBsZSBub25jZQ==",
    "dGhlIHNhbXBsZSBub25jZR==", "dGhlIHNhbXBsZSBub25jZQ= ", "dGhlIHNhbXBsZSBub25jZSEhISE=", "dGhlIHNhbXBsZ_Bub25jZQ=="];
  for (const key of bad) await refused({ "Sec-WebSocket-Key": key }, 400);
  for (const key of [KEY, "AAAAAAAAAAAAAAAAAAAAAA==", "/////////////////////w==", "+/+/+/+/+/+/+/+/+/+/+w=="]) await accepted({ "Sec-WebSocket-Key": key });
});

test("4.2.2 4 4.4 another version is answered with one that is understood", async () => {
  for (const version of ["0", "7", "8", "12", "14", "013", "13.0", "+13", "1 3", "", null, "13, 8", "255", "256"]) {
    const answer = await refused({ "Sec-WebSocket-Version": version }, 426);
    assert.deepEqual(answer.fields["sec-websocket-version"], ["13"], String(version));
    assert.deepEqual(answer.fields.upgrade, ["websocket"], "RFC 9110 15.5.22");
    assert.deepEqual(answer.fields.connection, ["Upgrade"], "RFC 9110 7.8");
  }
});

test("11.3.1 11.3.5 key and version stand once", async () => {
  await refused(lines(...GOOD, `Sec-WebSocket-Key: ${KEY}`), 400);
  await refused(lines(...GOOD, "Sec-WebSocket-Version: 13"), 400);
  await refused(lines(...GOOD, "Sec-WebSocket-Version: 8"), 400);
});

test("4.2.1 a handshake that breaks the grammar of its fields is refused", async () => {
  for (const protocol of ["", ",", "a b", "a/b", "\"chat\"", "chat;q=1", "chat,\u00e9"]) await refused({ "Sec-WebSocket-Protocol": protocol }, 400);
  for (const field of ["Bad Name: x", "Upgrade : websocket", ": x", " Folded: x", "no colon", "A: \x01"]) await refused(lines(...GOOD, field), 400);
  const { raw } = await answerTo(lines(...GOOD, "X : y"));
  raw.write(frame(OP.TEXT, "is anybody there"));
  assert.equal((await raw.readToEnd()).length, 0, "and nothing behind it is read");
  raw.destroy();
});

test("9.1 offered extensions that break the grammar end the handshake", async () => {
  for (const extensions of ["", ",", ";", "a;", "a;=b", "a;b=", "a;b=\"c d\"", "a;b=\"\"", "a=b", "a b"]) {
    await refused({ "Sec-WebSocket-Extensions": extensions }, 400);
  }
});

test("9.1 an extension that is not served is not agreed to", async () => {
  for (const extensions of ["permessage-deflate", "permessage-deflate; client_max_window_bits, x-webkit-deflate-frame", "a;b=\"c\""]) {
    const answer = await accepted({ "Sec-WebSocket-Extensions": extensions });
    assert.equal(answer.fields["sec-websocket-extensions"], undefined, extensions);
  }
});

test("4.2.2 5 a subprotocol is agreed to only if it was offered and is spoken", async () => {
  for (const protocol of [null, "chat", "chat, superchat", "v12.stomp"]) {
    const answer = await accepted({ "Sec-WebSocket-Protocol": protocol });
    assert.equal(answer.fields["sec-websocket-protocol"], undefined, `/echo speaks none, offered ${protocol}`);
  }
  const at = async (fields) => {
    const ws = await RawWebSocket.open(server.now, { path: "/stomp", ...fields });
    ws.destroy();
    return ws.answer.fields["sec-websocket-protocol"];
  };
  assert.deepEqual(await at({ "Sec-WebSocket-Protocol": "mqtt, V12.stomp" }), ["v12.stomp"]);
  assert.equal(await at({ "Sec-WebSocket-Protocol": "mqtt" }), undefined);
  assert.equal(await at({}), undefined);
});

test("4.2.2 3 a resource that is not there, or is none of ours to upgrade, is not accepted", async () => {
  await refused({ path: "/nowhere" }, 404);
  const { raw, answer } = await answerTo(handshake(server.now, { path: "/" }));
  assert.equal(answer.status, 200, "a server may ignore Upgrade (RFC 9110 7.8)");
  raw.destroy();
});

test("4.2.2 5 the answer is 101 with Upgrade, Connection and Sec-WebSocket-Accept, each once", async () => {
  const { raw, answer } = await answerTo(handshake(server.now, { path: "/echo" }));
  assert.equal(answer.version, "HTTP/1.1");
  assert.equal(answer.status, 101);
  assert.deepEqual(answer.fields.upgrade.map((value) => value.toLowerCase()), ["websocket"]);
  assert.deepEqual(answer.fields.connection.map((value) => value.toLowerCase()), ["upgrade"]);
  assert.deepEqual(answer.fields["sec-websocket-accept"], ["s3pPLMBiTxaQ9kYGzzhZRbK+xOo="], "1.3");
  for (const name of ["content-length", "transfer-encoding", "sec-websocket-protocol", "sec-websocket-extensions", "sec-websocket-version"]) {
    assert.equal(answer.fields[name], undefined, name);
  }
  raw.destroy();
});

test("4.2.2 5 the accept value is made of the key as it stands", async () => {
  for (let i = 0; i < 20; i++) {
    const key = Buffer.from(Array.from({ length: 16 }, (_, at) => (i * 37 + at * 101) & 255)).toString("base64");
    assert.equal((await accepted({ "Sec-WebSocket-Key": key })).fields["sec-websocket-accept"][0], acceptOf(key));
  }
});

test("4.2.1 fields stand in any order, and unknown ones do not matter", async () => {
  for (let turn = 0; turn < GOOD.length; turn++) {
    const order = [...GOOD.slice(turn), ...GOOD.slice(0, turn), "X-Unknown: \"y\"; z", "Cookie: a=b", "Origin: http://anywhere"];
    const { raw, answer } = await answerTo(lines(...order));
    assert.equal(answer.status, 101);
    raw.destroy();
  }
});

test("4.1 names of fields have any case, values any blanks around them", async () => {
  const { raw, answer } = await answerTo(`GET /echo HTTP/1.1\r\nHOST:a\r\nuPGRADE:\t websocket \r\nconnection:Upgrade\r\nsec-websocket-KEY:${KEY}\t\r\nSEC-WEBSOCKET-VERSION:13\r\n\r\n`);
  assert.equal(answer.fields["sec-websocket-accept"][0], acceptOf(KEY));
  raw.destroy();
});

test("4.2.1 a handshake has no body", async () => {
  await refused({ "Content-Length": "0\r\nTransfer-Encoding: chunked" }, 400);
  const counted = await answerTo(handshake(server.now, { path: "/echo", "Content-Length": "5" }) + "12345");
  assert.equal(counted.answer.status, 400);
  counted.raw.destroy();
  const chunked = await answerTo(handshake(server.now, { path: "/echo", "Transfer-Encoding": "chunked" }) + "0\r\n\r\n");
  assert.equal(chunked.answer.status, 400);
  chunked.raw.destroy();
});

test("4.2.2 frames may follow the handshake in the same segment, and any cut of it is the same handshake", async () => {
  const octets = Buffer.concat([Buffer.from(handshake(server.now, { path: "/echo" })), frame(OP.TEXT, "early")]).toString("latin1");
  for (const cut of [0, 1, 2, 7]) {
    const { raw, answer } = await answerTo(octets, { cut });
    assert.equal(answer.status, 101);
    assert.deepEqual([...await raw.readExactly(7)], [0x81, 5, ...Buffer.from("early")]);
    raw.destroy();
  }
});
