// /stomp: enough of STOMP that other clients have something to aim at, across workers.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { stompFrame } from "../integration/support/stomp.js";
import { RawWebSocket, echoServer } from "./support/echo.js";

const server = echoServer({ before, after }, "--workers", "4");

async function connect(headers = { login: "guest", passcode: "guest" }) {
  const ws = await RawWebSocket.open(server.now, { path: "/stomp", "Sec-WebSocket-Protocol": "v12.stomp" });
  ws.text(stompFrame("CONNECT", { "accept-version": "1.2", host: "a", ...headers }));
  return ws;
}

test("guest, guest and nobody else", async () => {
  const good = await connect();
  assert.match((await good.next()).text, /^CONNECTED\nversion:1\.2\n/);
  good.destroy();
  for (const headers of [{}, { login: "guest" }, { login: "guest", passcode: "x" }, { login: "root", passcode: "guest" }]) {
    const bad = await connect(headers);
    assert.match((await bad.next()).text, /^ERROR\n/);
    assert.equal((await bad.closedAndOver()).code, 4401);
    bad.destroy();
  }
});

test("what is sent to a topic reaches all who follow it, on every worker, and nobody else", async () => {
  const all = await Promise.all(Array.from({ length: 24 }, () => connect()));
  await Promise.all(all.map(async (ws, i) => {
    await ws.next();
    ws.text(stompFrame("SUBSCRIBE", { id: String(i), destination: i === 0 ? "/topic/other" : "/topic/a", receipt: "s" }));
    assert.match((await ws.next()).text, /^RECEIPT\nreceipt-id:s\n/);
  }));
  all[1].text(stompFrame("SEND", { destination: "/topic/a", "content-type": "text/x", colour: "red" }, "h\u00e9llo"));
  await Promise.all(all.map(async (ws, i) => {
    if (i === 0) return;
    const message = (await ws.next()).text;
    assert.match(message, /^MESSAGE\n/);
    assert.match(message, new RegExp(`\nsubscription:${i}\n`));
    assert.match(message, /\ndestination:\/topic\/a\n/);
    assert.match(message, /\ncolour:red\n/);
    assert.match(message, /\n\nh\u00e9llo\0$/);
  }));
  assert.deepEqual(await all[0].alive(), []);
  for (const ws of all) ws.destroy();
});

test("other destinations are nobody's", async () => {
  for (const frame of [stompFrame("SEND", { destination: "/queue/a", receipt: "r" }, "x"), stompFrame("SUBSCRIBE", { id: "1", destination: "/elsewhere" })]) {
    const ws = await connect();
    await ws.next();
    ws.text(frame);
    assert.match((await ws.next()).text, /^ERROR\n/);
    ws.destroy();
  }
});
