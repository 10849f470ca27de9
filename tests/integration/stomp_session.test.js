// The life of a STOMP session: CONNECT to close, receipts, heart-beats, what is refused (protocols.md 1.3, 1.5, 1.6, 3).

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Server, serverOf } from "./support/server.js";
import { Browser, freshUser, general, person } from "./support/people.js";
import { RawStomp, StompJs, stompFrame } from "./support/stomp.js";
import { OP, frame } from "./support/ws.js";

let user, other, room;
const server = serverOf({ before, after }, {}, async (now) => {
  user = await person(now, "stomp");
  other = await person(now, "other");
  room = await general(user);
});
const bearer = () => ({ Authorization: `Bearer ${user.token}` });

/** What comes back to these octets, sent in one text message: ERROR and close. */
async function refused(octets, { connected = false } = {}) {
  const stomp = connected ? await RawStomp.connect(user) : await RawStomp.open(server.now);
  try {
    stomp.ws.text(octets);
    return await stomp.refused();
  } finally {
    stomp.destroy();
  }
}

/* ---- CONNECT ---- */

test("SL-1 SL-2 CONNECTED: version, heart-beat, user-name in this order and nothing else; the server's own beats", async () => {
  const stomp = await RawStomp.connect(user, { "heart-beat": "4000,4000" });
  assert.deepEqual(stomp.connected.pairs, [["version", "1.2"], ["heart-beat", "10000,10000"], ["user-name", user.account.username]]);
  assert.equal(stomp.connected.text, "");
  assert.equal(stomp.connected.opcode, OP.TEXT, "SE-6");
  stomp.destroy();
});

test("SL-1 SE-4 CONNECTED is not escaped", async () => {
  const odd = { ...freshUser(), username: "a:b\\n" };
  const browser = new Browser(server.now);
  await browser.signUp(odd);
  await browser.login(odd);
  const stomp = await RawStomp.connect(browser);
  assert.equal(stomp.connected.headers["user-name"], "a:b\\n");
  stomp.destroy();
});

test("D6.2 CQ-1 ST-23 without host; SL-6 with any host, login and passcode; STOMP for CONNECT (ST-2: not connect)", async () => {
  for (const more of [{}, { host: "wherever" }, { host: "", login: "undefined", passcode: "" }]) {
    (await RawStomp.connect(user, more)).destroy();
  }
  const stomp = await RawStomp.open(server.now);
  stomp.send("STOMP", { "accept-version": "1.2", ...bearer() });
  await stomp.expect("CONNECTED");
  stomp.destroy();
  assert.equal((await refused("connect\naccept-version:1.2\n\n\0")).code, 1002);
});

test("SL-4 SL-5 ST-22 accept-version is a list, trimmed, in any order, with versions nobody knows", async () => {
  for (const list of ["1.2,1.1,1.0", "1.0,1.1,1.2", " 1.2 ", "1.0, 1.2", "2.0,1.2", "9.9,abc,1.2"]) {
    const stomp = await RawStomp.connect(user, { "accept-version": list });
    assert.equal(stomp.connected.headers.version, "1.2", list);
    stomp.destroy();
  }
});

test("SL-3 ST-20 ST-21 no common version, or none said: ERROR that lists what is served, and close", async () => {
  for (const headers of [{ "accept-version": "2.0" }, { "accept-version": "" }, { "accept-version": "1.20" }, {}]) {
    const error = await refused(stompFrame("CONNECT", { ...headers, ...bearer() }));
    assert.equal(error.headers.version, "1.2", JSON.stringify(headers));
    assert.match(error.headers["content-type"], /^text\/plain/);
    assert.match(error.text, /1\.2/);
    assert.equal(error.code, 1002);
  }
});

test("D6.4 ST-25 CONNECT without or with a bad token: ERROR that says which, then 4401", async () => {
  for (const headers of [{}, { Authorization: "" }, { Authorization: "Bearer" }, { Authorization: "Bearer x.y.z" }, { Authorization: `Basic ${user.token}` },
    { Authorization: `Bearer ${user.token}x` }, { Authorization: `Bearer ${user.jar.get("REFRESH_TOKEN")}` }]) {
    const error = await refused(stompFrame("CONNECT", { "accept-version": "1.2", ...headers }));
    assert.equal(error.code, 4401, JSON.stringify(headers));
    assert.ok(error.headers.message.length > 0, "SL-15");
    assert.equal(error.reason, error.headers.message, "CQ-15: the reason is in the close too");
  }
});

test("D6.4 a token that was rotated out connects while its login lives", async () => {
  const rotated = await person(server.now, "rotated");
  const token = rotated.token;
  assert.equal((await rotated.refresh()).status, 200);
  const stomp = await RawStomp.connect({ ...rotated, server: server.now, token });
  stomp.destroy();
  await rotated.logout();
  const late = await RawStomp.open(server.now);
  late.send("CONNECT", { "accept-version": "1.2", Authorization: `Bearer ${token}` });
  assert.equal((await late.refused()).code, 4401, "but not when it has ended");
  late.destroy();
});

test("D6.4 SC-7 an expired access token connects by the refresh cookie of the same live login; an open session stays", async () => {
  const short = await Server.start({ "access-lifetime": "10s" });
  try {
    const one = await person(short, "short");
    const stranger = await person(short, "stranger");
    const open = await RawStomp.connect(one);
    const until = JSON.parse(Buffer.from(one.token.split(".")[1], "base64url")).exp * 1000;
    for (;;) {
      const asked = Date.now();
      if ((await one.get("/api/users")).status !== 200) break;
      assert.ok(asked < until + 1000, "a token is good no longer than it says");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await open.silent();
    open.destroy();
    const attempt = async (fields) => {
      const stomp = await RawStomp.open(short, fields);
      stomp.send("CONNECT", { "accept-version": "1.2", Authorization: `Bearer ${one.token}` });
      const answer = await stomp.next();
      stomp.destroy();
      return answer.command;
    };
    assert.equal(await attempt({}), "ERROR");
    assert.equal(await attempt({ Cookie: `REFRESH_TOKEN=${stranger.jar.get("REFRESH_TOKEN")}` }), "ERROR", "another's login");
    assert.equal(await attempt({ Cookie: `a=b; REFRESH_TOKEN=${one.jar.get("REFRESH_TOKEN")}` }), "CONNECTED");
    await one.logout();
    assert.equal(await attempt({ Cookie: `REFRESH_TOKEN=${one.jar.get("REFRESH_TOKEN")}` }), "ERROR");
  } finally {
    await short.stop();
  }
});

test("SL-7 a second CONNECT: ERROR and 1002", async () => {
  assert.equal((await refused(stompFrame("CONNECT", { "accept-version": "1.2", ...bearer() }), { connected: true })).code, 1002);
});

test("SL-8 any other frame first: ERROR and 1002, with its receipt-id (SL-14); beats before CONNECT are harmless", async () => {
  for (const command of ["SEND", "SUBSCRIBE", "UNSUBSCRIBE", "ACK", "NACK", "BEGIN", "COMMIT", "ABORT", "DISCONNECT"]) {
    const error = await refused(stompFrame(command, { destination: "/topic/x", id: "1", transaction: "t", receipt: "r:1" }));
    assert.equal(error.code, 1002, command);
    assert.equal(error.headers["receipt-id"], "r:1", command);
  }
  const stomp = await RawStomp.open(server.now);
  stomp.ws.text("\n");
  stomp.ws.text("\r\n\n");
  stomp.send("CONNECT", { "accept-version": "1.2", ...bearer() });
  await stomp.expect("CONNECTED");
  stomp.destroy();
});

test("ST-24 receipt in CONNECT gives no RECEIPT", async () => {
  const stomp = await RawStomp.connect(user, { receipt: "never" });
  await stomp.silent();
  stomp.destroy();
});

test("ST-27 SB-12 frames that are pipelined behind CONNECT wait for it", async () => {
  const stomp = await RawStomp.open(server.now);
  stomp.ws.text(Buffer.concat([
    stompFrame("CONNECT", { "accept-version": "1.2", ...bearer() }),
    stompFrame("SUBSCRIBE", { id: "1", destination: "/topic/early", receipt: "s" }),
    stompFrame("SEND", { destination: "/topic/early" }, "now"),
    stompFrame("DISCONNECT", { receipt: "d" }),
  ]));
  await stomp.expect("CONNECTED");
  await stomp.expect("RECEIPT", { "receipt-id": "s" });
  stomp.destroy();
});

test("LM-5 no CONNECT in time: ERROR and 4500", async () => {
  const hasty = await Server.start({ "connect-timeout": "300ms" });
  try {
    const stomp = await RawStomp.open(hasty);
    stomp.ws.text("\n");
    const error = await stomp.refused();
    assert.equal(error.code, 4500);
    stomp.destroy();
  } finally {
    await hasty.stop();
  }
});

/* ---- the end ---- */

test("SL-10 DISCONNECT with receipt: RECEIPT, then close 1000", async () => {
  const stomp = await RawStomp.connect(user);
  assert.equal((await stomp.disconnect()).code, 1000);
});

test("SL-11 DISCONNECT without receipt: close 1000 and no ERROR", async () => {
  const stomp = await RawStomp.connect(user);
  stomp.send("DISCONNECT");
  const seen = [];
  assert.equal((await stomp.ws.closed({ seen })).code, 1000);
  assert.deepEqual(seen, []);
  stomp.destroy();
});

test("SL-9 after DISCONNECT nothing is answered any more, and its subscriptions are gone", async () => {
  const stomp = await RawStomp.connect(user);
  await stomp.subscribe("1", "/topic/after");
  stomp.ws.text(Buffer.concat([stompFrame("DISCONNECT", { receipt: "d" }), stompFrame("SEND", { destination: "/topic/after", receipt: "x" }, "x"), stompFrame("NONSENSE")]));
  await stomp.expect("RECEIPT", { "receipt-id": "d" });
  const seen = [];
  assert.equal((await stomp.ws.closed({ seen })).code, 1000);
  assert.deepEqual(seen, []);
  stomp.destroy();
});

test("SL-12 a client that closes right behind DISCONNECT ends in peace", async () => {
  const stomp = await RawStomp.connect(user);
  stomp.ws.raw.write(Buffer.concat([frame(OP.TEXT, stompFrame("DISCONNECT")), frame(OP.CLOSE, Buffer.from([3, 232]))]));
  assert.equal((await stomp.ws.closedAndOver()).code, 1000);
  stomp.destroy();
});

/* ---- malformed frames ---- */

test("SD-3 SD-4 SD-5 ST-9 ST-12 ST-13 ST-57 malformed frames: ERROR, content-length 0 and no body, close 1002 (SL-13)", async () => {
  const cases = {
    "unknown command": "HELLO\n\n\0",
    "a command too long": "X".repeat(100),
    "a command with a blank": "SEND \n\n\0",
    "CR without LF": "SEND\rdestination:/topic/x\n\n\0",
    "a header without colon": "SEND\ndestination\n\n\0",
    "a header without name": "SEND\n:x\n\n\0",
    "a NUL in the headers": "SEND\ndestination:/topic/x\0\n\n\0",
    "an undefined escape": "SEND\ndestination:/topic/x\na:b\\tc\n\n\0",
    "a backslash at the end": "SEND\ndestination:/topic/x\na:b\\\n\n\0",
    "content-length that is no number": "SEND\ndestination:/topic/x\ncontent-length:abc\n\nx\0",
    "content-length below zero": "SEND\ndestination:/topic/x\ncontent-length:-1\n\nx\0",
    "content-length with a sign": "SEND\ndestination:/topic/x\ncontent-length:+1\n\nx\0",
    "content-length with a blank": "SEND\ndestination:/topic/x\ncontent-length: 1\n\nx\0",
    "content-length empty": "SEND\ndestination:/topic/x\ncontent-length:\n\nx\0",
    "no NUL behind content-length octets": "SEND\ndestination:/topic/x\ncontent-length:1\n\nxy\0",
    "a body where none may be": "SUBSCRIBE\nid:1\ndestination:/topic/x\n\nbody\0",
    "a body on UNSUBSCRIBE": "UNSUBSCRIBE\nid:1\n\nbody\0",
  };
  for (const [what, octets] of Object.entries(cases)) {
    const error = await refused(octets, { connected: true });
    assert.equal(error.code, 1002, what);
    assert.ok(error.headers.message.length > 0 && error.headers.message.length < 124, what);
    assert.equal(error.headers["content-length"], "0", what);
    assert.equal(error.text, "", what);
    assert.equal(error.pairs.at(-1)[0], "content-length", "SE-3: the last header");
  }
});

test("ST-12 headers that are no UTF-8, in a binary message: ERROR and 1002", async () => {
  const stomp = await RawStomp.connect(user);
  stomp.ws.send(OP.BINARY, Buffer.concat([Buffer.from("SEND\ndestination:/topic/"), Buffer.from([0xff]), Buffer.from("\n\n\0")]));
  assert.equal((await stomp.refused()).code, 1002);
  stomp.destroy();
});

test("SD-14 server frames from a client: ERROR and 1002", async () => {
  for (const command of ["CONNECTED", "MESSAGE", "RECEIPT", "ERROR"]) {
    assert.equal((await refused(stompFrame(command, { destination: "/topic/x" }), { connected: true })).code, 1002, command);
  }
});

test("ST-55 ST-56 ST-57 ST-58 ST-59 limits of a frame: ERROR and close, and one below passes", async () => {
  const many = (count) => stompFrame("SEND", [["destination", "/topic/lim"], ...Array.from({ length: count - 1 }, (_, i) => [`h${i}`, "x"])], "x");
  const line = (size) => stompFrame("SEND", { destination: "/topic/lim", h: "x".repeat(size - 2) }, "x");
  const where = (size) => stompFrame("SEND", { destination: `/topic/${"d".repeat(size - 7)}` }, "x");
  const size = (octets) => {
    const head = stompFrame("SEND", { destination: "/topic/lim" }).length;
    return stompFrame("SEND", { destination: "/topic/lim" }, "x".repeat(octets - head));
  };
  assert.equal((await refused(many(101), { connected: true })).code, 1002);
  assert.equal((await refused(line(8193), { connected: true })).code, 1002);
  assert.equal((await refused(where(1025), { connected: true })).code, 1002);
  const good = await RawStomp.connect(user);
  for (const octets of [many(100), line(8192 - 8), where(1024), size(65535)]) {
    good.ws.text(octets);
    await good.silent();
  }
  good.destroy();
});

test("ST-58 SD-15 a frame over the limit in several messages: ERROR and 1009, as soon as content-length says so", async () => {
  const announced = await RawStomp.connect(user);
  announced.ws.text("SEND\ndestination:/topic/x\ncontent-length:70000\n\nx");
  assert.equal((await announced.refused()).code, 1009);
  announced.destroy();
  const grown = await RawStomp.connect(user);
  grown.ws.text("SEND\ndestination:/topic/x\n\n");
  for (let i = 0; i < 3; i++) grown.ws.text("x".repeat(30_000));
  assert.equal((await grown.refused()).code, 1009);
  grown.destroy();
});

test("ST-3 NULs between frames are noise up to a limit", async () => {
  const stomp = await RawStomp.connect(user);
  stomp.ws.text("\0".repeat(1000));
  await stomp.silent();
  stomp.ws.text("\0".repeat(1001));
  assert.equal((await stomp.refused()).code, 1002);
  stomp.destroy();
});

test("SD-2 SD-3 SD-6 SD-8 ST-4 ST-6 ST-7 ST-8 ST-10 CQ-17 odd but good frames", async () => {
  const stomp = await RawStomp.connect(user);
  const listener = await RawStomp.connectApart(stomp, other);
  await listener.subscribe("1", "/topic/odd");
  const sent = async (octets) => {
    stomp.ws.text(octets);
    return listener.expect("MESSAGE", { destination: "/topic/odd" });
  };
  assert.equal((await sent("\r\n\n\nSEND\r\ndestination:/topic/odd\r\na:b\r\n\r\nbody\0\n\n")).headers.a, "b");
  assert.equal((await sent("SEND\ndestination:/topic/odd\na: b \n\n\0")).headers.a, " b ");
  assert.equal((await sent("SEND\ndestination:/topic/odd\na:b:c\n\n\0")).headers.a, "b:c");
  assert.equal((await sent("SEND\ndestination:/topic/odd\ndestination:/topic/no\n\n\0")).text, "");
  assert.equal((await sent("SEND\ndestination:/topic/odd\na:\n\n\0")).headers.a, "");
  assert.equal((await sent("SEND\ndestination:/topic/odd\ncontent-length:3\n\na\0b\0")).text, "a\0b");
  assert.equal((await sent("SEND\ndestination:/topic/odd\ncontent-length:0\ncontent-length:5\n\n\0")).text, "");
  assert.equal((await sent("SEND\ndestination:/topic/odd\na\\cb:c\\nd\\\\n\\r\n\n\0")).headers["a:b"], "c\nd\\n\r", "ST-14 ST-18");
  stomp.ws.text("SUBSCRIBE\nid:2\ndestination:/topic/odd2\nreceipt:q\n\n\n\n\0");
  await stomp.expect("RECEIPT", { "receipt-id": "q" });
  stomp.destroy();
  listener.destroy();
});

/* ---- receipts ---- */

test("ST-46 ST-48 a receipt on every client frame, its value opaque and escaped back", async () => {
  const stomp = await RawStomp.connect(user);
  const values = ["1", "a:b", "a\nb", "a\\b", "a\rb", " x ", "한글", "x".repeat(200)];
  for (const receipt of values) {
    stomp.send("SUBSCRIBE", { id: receipt, destination: "/topic/receipts", receipt });
    await stomp.expect("RECEIPT", { "receipt-id": receipt });
    stomp.send("UNSUBSCRIBE", { id: receipt, receipt });
    const got = await stomp.expect("RECEIPT", { "receipt-id": receipt });
    assert.deepEqual(got.pairs.length, 1, "SE-3: and nothing else");
  }
  for (const command of ["ACK", "NACK"]) {
    stomp.send(command, { id: "x", receipt: "ack" });
    await stomp.expect("RECEIPT", { "receipt-id": "ack" });
  }
  stomp.destroy();
});

test("ST-47 SB-15 receipts come in the order of the frames, durable and transient mixed", async () => {
  const stomp = await RawStomp.connect(user);
  const body = (content) => JSON.stringify({ content, channelId: room.id, authorId: user.id });
  const frames = [];
  for (let i = 0; i < 60; i++) {
    frames.push(i % 3 === 0 ? stompFrame("SEND", { destination: "/pub/messages", receipt: `r${i}` }, body(`receipt ${i}`))
      : i % 3 === 1 ? stompFrame("SEND", { destination: "/topic/nobody", receipt: `r${i}` }, "x")
        : stompFrame("SUBSCRIBE", { id: `s${i}`, destination: "/topic/elsewhere", receipt: `r${i}` }));
  }
  stomp.ws.raw.write(Buffer.concat(frames.map((one) => frame(OP.TEXT, one))));
  for (let i = 0; i < 60; i++) await stomp.expect("RECEIPT", { "receipt-id": `r${i}` });
  stomp.destroy();
});

test("ST-49 SL-14 a frame that fails gives ERROR with its receipt-id and no RECEIPT; earlier ones were answered", async () => {
  const stomp = await RawStomp.connect(user);
  stomp.ws.text(Buffer.concat([
    stompFrame("SEND", { destination: "/topic/x", receipt: "good" }, "x"),
    stompFrame("SUBSCRIBE", { destination: "/topic/x", receipt: "bad" }),
    stompFrame("SEND", { destination: "/topic/x", receipt: "late" }, "x"),
  ]));
  await stomp.expect("RECEIPT", { "receipt-id": "good" });
  const error = await stomp.refused();
  assert.equal(error.headers["receipt-id"], "bad");
  stomp.destroy();
});

test("ST-43 ST-44 transactions are not served: refused plainly, never ignored", async () => {
  for (const octets of [stompFrame("BEGIN", { transaction: "t", receipt: "b" }), stompFrame("COMMIT", { transaction: "t", receipt: "b" }),
    stompFrame("ABORT", { transaction: "t", receipt: "b" }), stompFrame("SEND", { destination: "/topic/x", transaction: "t", receipt: "b" }, "x")]) {
    const error = await refused(octets, { connected: true });
    assert.equal(error.headers["receipt-id"], "b");
    assert.equal(error.code, 1002);
  }
});

/* ---- heart-beats ---- */

/* Limits from above are those of tests/script/beats.rts, where the test moves the clock: here a machine that is slow may
 * deliver late. From below they hold however slow it is, for what is measured begins early and ends late. */

test("HB-1 HB-2 SE-5 the server beats, a lone LF, at the agreed interval", async () => {
  const beating = await Server.start({ "heart-beat": "400ms" });
  try {
    const one = await person(beating, "beats");
    const began = Date.now();
    const stomp = await RawStomp.connect(one, { "heart-beat": "0,300" });
    assert.equal(stomp.connected.headers["heart-beat"], "400,400", "SL-2");
    for (let i = 0; i < 5; i++) {
      const beat = await stomp.ws.next("a beat");
      assert.equal(beat.opcode, OP.TEXT);
      assert.equal(beat.text, "\n");
    }
    assert.ok(Date.now() - began >= 5 * 150, `and no more often than that: 5 in ${Date.now() - began} ms`);
    stomp.destroy();
  } finally {
    await beating.stop();
  }
});

test("HB-3 HB-5 a client that promised beats and is silent: ERROR and 1002 after 3 intervals, not before 2", async () => {
  const beating = await Server.start({ "heart-beat": "200ms" });
  try {
    const one = await person(beating, "silent");
    const began = Date.now();
    const stomp = await RawStomp.connect(one, { "heart-beat": "300,0" });
    const error = await stomp.refused();
    const took = Date.now() - began;
    assert.equal(error.headers.message, "Session closed.");
    assert.equal(error.code, 1002);
    assert.ok(took >= 600, `after ${took} ms`);
    stomp.destroy();
  } finally {
    await beating.stop();
  }
});

/** Sends each piece `apart` milliseconds behind the one before. False when this machine once took `most` for it. */
async function sendApart(stomp, pieces, apart, most) {
  let last = Date.now();
  for (const piece of pieces) {
    stomp.ws.raw.write(piece);
    await new Promise((resolve) => setTimeout(resolve, apart));
    const now = Date.now();
    if (now - last >= most) return false;
    last = now;
  }
  return true;
}

test("HB-4 every octet counts as life: beats, frames, pieces of frames, pongs", async () => {
  const beating = await Server.start({ "heart-beat": "300ms" });
  try {
    const one = await person(beating, "pieces");
    const pieces = [frame(OP.TEXT, "\n"), frame(OP.TEXT, stompFrame("SEND", { destination: "/topic/x" }, "x")), frame(OP.PONG, ""), ...[...frame(OP.TEXT, "\n\n")].map((octet) => Buffer.from([octet]))];
    // The pieces are 400 ms apart, less than 3 and more than 1 interval; that is the point of the test.
    for (let attempts = 0; ; attempts++) {
      assert.ok(attempts < 5, "this machine cannot send something every 700 ms");
      const stomp = await RawStomp.connect(one, { "heart-beat": "300,0" });
      const inTime = await sendApart(stomp, pieces, 400, 700);
      if (inTime) await stomp.silent();
      stomp.destroy();
      if (inTime) break;
    }
  } finally {
    await beating.stop();
  }
});

test("ST-29 HB-7 without beats the server pings: who answers stays", async () => {
  const pinging = await Server.start({ "ping-interval": "200ms" });
  try {
    const one = await person(pinging, "pings");
    for (const beats of ["0,0", undefined, "0,5000"]) {
      const stomp = await RawStomp.connect(one, { "heart-beat": beats });
      for (let i = 0; i < 3; i++) {
        const ping = await stomp.ws.next("a ping");
        assert.equal(ping.opcode, OP.PING, JSON.stringify(beats));
        stomp.ws.send(OP.PONG, ping.payload);
      }
      await stomp.silent();
      stomp.destroy();
    }
  } finally {
    await pinging.stop();
  }
});

test("ST-32 HB-8 who does not answer the ping is cut, not before the time for the pong is over", async () => {
  const pinging = await Server.start({ "ping-interval": "200ms", "pong-timeout": "400ms" });
  try {
    const one = await person(pinging, "deaf");
    await Promise.all(["0,0", undefined, "0,5000"].map(async (beats) => {
      const began = Date.now();
      const stomp = await RawStomp.connect(one, { "heart-beat": beats });
      assert.equal((await stomp.ws.next("a ping")).opcode, OP.PING);
      assert.equal((await stomp.ws.closed()).code, 1002);
      assert.ok(Date.now() - began >= 600, `after ${Date.now() - began} ms`);
      stomp.destroy();
    }));
  } finally {
    await pinging.stop();
  }
});

test("HB-9 a heart-beat that is not two numbers: ERROR and 1002", async () => {
  for (const value of ["", "1", "1,", ",1", "1,2,3", "a,b", "-1,0", "1.5,0", "1000000000,0", " 1,1 x"]) {
    assert.equal((await refused(stompFrame("CONNECT", { "accept-version": "1.2", "heart-beat": value, ...bearer() }))).code, 1002, value);
  }
  const stomp = await RawStomp.connect(user, { "heart-beat": "999999999,0" });
  stomp.destroy();
});

/* ---- @stomp/stompjs 7, as it is ---- */

test("CQ-1 TX-1 @stomp/stompjs 7 connects, subscribes, publishes with a receipt, and leaves in good order", async () => {
  const client = await StompJs.connect(user);
  assert.equal(client.connected.headers.version, "1.2");
  assert.equal(client.connected.headers["user-name"], user.account.username);
  const writer = await StompJs.connect(other, { apartFrom: client });
  const inbox = await client.subscribe(`/sub/channels.${room.id}.messages`);
  await writer.say(room.id, "by stompjs ✓");
  const message = await inbox.take("the MESSAGE");
  assert.equal(JSON.parse(message.body).content, "by stompjs ✓");
  inbox.subscription.unsubscribe();
  for (const one of [client, writer]) {
    await one.end();
    assert.equal((await one.closed.promise).code, 1000);
  }
});

test("CQ-3 HB-1 @stomp/stompjs 7 with beats both ways stays connected over many intervals", async () => {
  const beating = await Server.start({ "heart-beat": "800ms" });
  try {
    const one = await person(beating, "stompjs-beats");
    const client = await StompJs.connect(one, { heartbeatIncoming: 800, heartbeatOutgoing: 800 });
    let ended = false;
    client.closed.promise.then(() => { ended = true; });
    // Five intervals of doing nothing are to be survived; two without a beat would end it.
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    assert.equal(ended, false);
    const inbox = await client.subscribe("/topic/beats");
    const writer = await StompJs.connect(one, { apartFrom: client });
    await writer.publish("/topic/beats", "still here");
    assert.equal((await inbox.take()).body, "still here");
    await writer.end();
    await client.end();
  } finally {
    await beating.stop();
  }
});

test("CQ-9 @stomp/stompjs 7 sends a binary body in a binary message, and gets it back so (SE-6)", async () => {
  const client = await StompJs.connect(other);
  const writer = await StompJs.connect(other, { apartFrom: client });
  const inbox = await client.subscribe("/topic/binary");
  writer.client.publish({ destination: "/topic/binary", binaryBody: new Uint8Array([0, 255, 1, 254]), headers: { "content-type": "application/octet-stream" } });
  const message = await inbox.take();
  assert.deepEqual([...message.binaryBody], [0, 255, 1, 254]);
  await client.end();
  await writer.end();
});

test("CQ-5 @stomp/stompjs 7 splits long frames over messages", async () => {
  const client = await StompJs.connect(other);
  const writer = await StompJs.connect(other, { splitLargeFrames: true, maxWebSocketChunkSize: 1024, apartFrom: client });
  const inbox = await client.subscribe("/topic/long");
  await writer.publish("/topic/long", "가나다".repeat(4000));
  assert.equal((await inbox.take()).body, "가나다".repeat(4000));
  await client.end();
  await writer.end();
});
