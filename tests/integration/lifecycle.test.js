// Leaving, coming back, and what lasts (design.md G1, G8; protocols.md SL-18; discodeit.md 3.5).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { Server, removeScratchFolders } from "./support/server.js";
import { Browser, admin, freshUser, general, history, jsonBody, messagesPath, person, privateChannel, publicChannel } from "./support/people.js";
import { RawSocket, exchange } from "./support/raw.js";
import { RawStomp, StompJs, stompFrame } from "./support/stomp.js";
import { OP, RawWebSocket, closePayload, frame } from "./support/ws.js";
import { deferred, within } from "./support/time.js";

after(removeScratchFolders);
const GET_HEALTH = "GET /actuator/health HTTP/1.1\r\nHost: x\r\n\r\n";

for (const workers of ["1", "4"]) {
  test(`SL-18 G8 SIGTERM: 1001 to every WebSocket, idle HTTP closed, nobody new let in, exit 0 (${workers} workers)`, async () => {
    const server = await Server.start({ workers });
    const people = await Promise.all(Array.from({ length: 8 }, (_, i) => person(server, `leave${i}`)));
    const sessions = await Promise.all(people.map((one) => RawStomp.connect(one)));
    const bare = await RawWebSocket.open(server);
    const idle = await RawSocket.open(server);
    idle.write(GET_HEALTH);
    assert.equal((await idle.response()).status, 200);
    const fresh = await RawSocket.open(server);
    server.signal("SIGTERM");
    for (const ws of [...sessions.map((one) => one.ws), bare]) {
      const close = await ws.closed();
      assert.equal(close.code, 1001);
      assert.ok(close.reason.length > 0);
      ws.send(OP.CLOSE, closePayload(1001));
      assert.equal((await ws.raw.readToEnd()).length, 0);
    }
    assert.equal((await idle.readToEnd()).length, 0);
    assert.equal((await fresh.readToEnd()).length, 0);
    await assert.rejects(exchange(server, GET_HEALTH), "nobody new");
    await server.stop();
    for (const one of [...sessions, bare, idle, fresh]) one.destroy();
  });
}

test("design 9: the line of the start says the address that serves, whatever port was asked for", async () => {
  const server = await Server.start();
  await server.stop();
  const [ready] = server.stderr.split("\n").filter((line) => line.includes('"event":"ready"')).map((line) => JSON.parse(line));
  assert.equal(ready.listen, server.host);
});

test("G8 SIGTERM with clients that never answer: exit 0 all the same, within the grace time", async () => {
  const server = await Server.start({ grace: "10s" });
  const one = await person(server, "deaf");
  const stomp = await RawStomp.connect(one);
  stomp.ws.raw.pause();
  const half = await RawSocket.open(server);
  half.write("GET /api/us");
  await server.stop();
  stomp.destroy();
  half.destroy();
});

test("G1 G8 SIGTERM in the middle of SENDs: what had a RECEIPT is there after the restart, nothing twice, exit 0", async () => {
  const server = await Server.start();
  const one = await person(server, "mid");
  const room = await general(one);
  const stomp = await RawStomp.connect(one);
  const count = 400;
  stomp.ws.raw.write(Buffer.concat(Array.from({ length: count }, (_, i) =>
    frame(OP.TEXT, stompFrame("SEND", { destination: "/pub/messages", receipt: String(i) }, JSON.stringify({ content: `mid ${i}`, channelId: room.id }))))));
  const receipts = [];
  for (let i = 0; i < 50; i++) receipts.push((await stomp.expect("RECEIPT")).headers["receipt-id"]);
  server.signal("SIGTERM");
  for (;;) {
    const next = await stomp.next().catch(() => null);
    if (!next) break;
    assert.equal(next.command, "RECEIPT");
    receipts.push(next.headers["receipt-id"]);
  }
  stomp.destroy();
  await server.stop();
  await server.restart();
  const stored = (await history(one, room.id)).map((message) => message.content);
  assert.equal(new Set(stored).size, stored.length);
  for (const receipt of receipts) assert.ok(stored.includes(`mid ${receipt}`), receipt);
  assert.deepEqual(stored, stored.map((_, i) => `mid ${i}`), "in the order they were sent, without a hole");
  await server.stop();
});

test("SL-18 CQ-8 --spread: goodbyes are spread over that time", async () => {
  const server = await Server.start({ spread: "1s", workers: "1" });
  const people = await Promise.all(Array.from({ length: 10 }, (_, i) => person(server, `spread${i}`)));
  const sessions = await Promise.all(people.map((one) => RawStomp.connect(one)));
  const began = Date.now();
  server.signal("SIGTERM");
  const times = await Promise.all(sessions.map(async (one) => {
    assert.equal((await one.ws.closed()).code, 1001);
    one.ws.send(OP.CLOSE, closePayload(1001));
    return Date.now() - began;
  }));
  // That they are spread evenly is measured in tests/unit/net_leave.c; how soon the first is told, a slow machine blurs.
  assert.ok(Math.max(...times) >= 500, `the last after ${Math.max(...times)} ms`);
  await server.stop();
  for (const one of sessions) one.destroy();
});

test("SIGINT leaves in good order too, and a second SIGTERM changes nothing", async () => {
  const server = await Server.start();
  const one = await person(server, "int");
  const stomp = await RawStomp.connect(one);
  server.signal("SIGINT");
  assert.equal((await stomp.ws.closed()).code, 1001);
  server.signal("SIGTERM");
  stomp.destroy();
  const { code, signal } = await within(server.ended, "end");
  assert.deepEqual({ code, signal }, { code: 0, signal: null });
});

for (const how of ["stop", "kill"]) {
  test(`D3.5 G1 after ${how === "stop" ? "SIGTERM" : "kill -9"} and a start everything is there and nobody is logged out`, async () => {
    const server = await Server.start();
    const chief = await admin(server);
    const [haneul, dami, eun] = [await person(server, "haneul"), await person(server, "dami"), await person(server, "eun")];
    const displaced = haneul.token;
    assert.equal((await haneul.login(haneul.account)).status, 200);
    const room = await publicChannel(chief, "하나");
    const direct = await privateChannel(haneul, dami);
    const stomp = await RawStomp.connect(haneul);
    for (let i = 0; i < 5; i++) {
      await stomp.sayDurably(room.id, `room ${i}`);
      await stomp.sayDurably(direct.id, `direct ${i}`);
    }
    stomp.destroy();
    const before = { users: (await haneul.get("/api/users")).json, channels: (await haneul.get("/api/channels")).json, room: await history(eun, room.id), direct: await history(dami, direct.id) };

    await server[how]();
    await server.restart();

    assert.deepEqual((await haneul.get("/api/users")).json, before.users, "also who is online");
    assert.deepEqual((await haneul.get("/api/channels")).json, before.channels);
    assert.deepEqual(await history(eun, room.id), before.room);
    assert.deepEqual(await history(dami, direct.id), before.direct);
    assert.equal((await eun.get(messagesPath(direct.id))).status, 403);
    assert.equal((await haneul.get("/api/users", { bearer: displaced })).status, 401, "and nobody is logged in again");
    assert.equal((await dami.refresh()).status, 200);
    const again = await RawStomp.connect(haneul);
    const listener = await RawStomp.connectApart(again, dami);
    await listener.subscribe("1", `/sub/channels.${direct.id}.messages`);
    await again.sayDurably(direct.id, "after");
    assert.equal(JSON.parse((await listener.expect("MESSAGE")).text).content, "after");
    const now = await history(haneul, direct.id);
    assert.equal(now.length, 6);
    assert.ok(now[5].createdAt > now[4].createdAt, "times go on rising");
    again.destroy();
    listener.destroy();
    assert.equal((await haneul.logout()).status, 204);
    await server.stop();
    await server.restart();
    assert.equal((await haneul.get("/api/users")).status, 401, "a logout lasts");
    await server.stop();
  });
}

test("CQ-8 @stomp/stompjs 7 comes back by itself after kill -9 and misses nothing that it asks for", async (t) => {
  const server = await Server.start();
  t.after(() => server.kill());
  const [one, other] = [await person(server, "back"), await person(server, "other")];
  const room = await general(one);
  let connects = 0;
  const twice = deferred();
  const client = await StompJs.connect(one, { reconnectDelay: 100 });
  t.after(() => client.client.deactivate({ force: true })); // or it would come back for ever
  const onConnect = client.client.onConnect;
  client.client.onConnect = (got) => {
    onConnect(got);
    connects += 1;
    twice.resolve();
  };
  await server.kill();
  await server.restart();
  await within(twice.promise, "the second CONNECTED");
  const inbox = await client.subscribe(`/sub/channels.${room.id}.messages`);
  const writer = await RawStomp.connectApart(client, other);
  await writer.sayDurably(room.id, "welcome back");
  assert.equal(JSON.parse((await inbox.take()).body).content, "welcome back");
  assert.equal(connects, 1);
  writer.destroy();
  await client.end();
  await server.stop();
});

/* ---- curl, as people paste it ---- */

function curl(args) {
  const child = spawn("curl", ["--silent", "--show-error", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (data) => { said[name] += data; });
  const end = deferred();
  child.on("error", end.reject);
  child.on("close", (code) => end.resolve({ code, ...said }));
  return within(end.promise, `curl ${args.at(-1)}`);
}

test("D3 D4 curl signs up, logs in, asks and logs out with a cookie jar", async () => {
  const server = await Server.start();
  const account = freshUser("curl");
  const jar = `${server.dataDir}/../jar`;
  const call = async (...args) => {
    const { code, stdout, stderr } = await curl(["--cookie", jar, "--cookie-jar", jar, "--write-out", "\n%{http_code}", ...args]);
    assert.equal(code, 0, stderr);
    const at = stdout.lastIndexOf("\n");
    return { status: Number(stdout.slice(at + 1)), text: stdout.slice(0, at) };
  };
  const token = async () => (await readFile(jar, "utf8")).match(/XSRF-TOKEN\t(\S+)/)[1];
  assert.equal((await call(`${server.origin}/api/auth/csrf-token`)).status, 204);
  const csrf = async () => ["--header", `X-XSRF-TOKEN: ${await token()}`];
  const created = await call(...await csrf(), "--form", `userCreateRequest=${JSON.stringify(account)};type=application/json`, `${server.origin}/api/users`);
  assert.equal(created.status, 201, created.text);
  const login = await call(...await csrf(), "--form", `username=${account.username}`, "--form", `password=${account.password}`, `${server.origin}/api/auth/login`);
  assert.equal(login.status, 200, login.text);
  const bearer = ["--header", `Authorization: Bearer ${JSON.parse(login.text).accessToken}`];
  const channels = await call(...bearer, `${server.origin}/api/channels`);
  assert.equal(JSON.parse(channels.text)[0].name, "general");
  const twice = await call("--data", JSON.stringify({ name: "curl" }), "--header", "Content-Type: application/json", ...bearer, ...await csrf(), `${server.origin}/api/channels/public`);
  assert.equal(twice.status, 403);
  assert.equal((await call(...await csrf(), "--request", "POST", `${server.origin}/api/auth/logout`)).status, 204);
  assert.equal((await call(...bearer, `${server.origin}/api/channels`)).status, 401);
  assert.equal((await call("--http1.0", `${server.origin}/actuator/health`)).status, 200);
  assert.equal((await call("--head", `${server.origin}/`)).status, 200);
  await server.stop();
});

test("two people write at the same moment over REST reads and STOMP, workers 0: one per core", async () => {
  const server = await Server.start({ workers: "0" });
  const [a, b] = [await person(server, "a"), await person(server, "b")];
  const channel = await privateChannel(a, b);
  const answers = await Promise.all([a, b, a, b].map((who, i) => who.post("/api/channels/private", jsonBody({ participantIds: [who === a ? b.id : a.id, who.id] })).then((one) => [i, one.status, one.json.id])));
  for (const [i, status, id] of answers) {
    assert.ok([200, 201].includes(status), String(i));
    assert.equal(id, channel.id, "D14: two people have one channel of their own");
  }
  assert.equal(await new Browser(server).get("/api/channels").then((one) => one.status), 401);
  await server.stop();
});
