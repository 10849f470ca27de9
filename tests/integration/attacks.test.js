// What an attack on the running server once found, so that nobody finds it again.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Server, removeScratchFolders } from "./support/server.js";
import { general, person, privateChannel } from "./support/people.js";
import { RawStomp } from "./support/stomp.js";
import { OP } from "./support/ws.js";
import { slow } from "./support/time.js";

after(removeScratchFolders);

test("SC-7 D3.5 D6.4 an open session lives as long as its login: refreshed it goes on, expired it ends with 4401", async () => {
  const server = await Server.start({ "access-lifetime": "30s", "refresh-lifetime": `${slow(3)}s`, "login-sweep": "100ms" });
  const [kept, left] = [await person(server, "kept"), await person(server, "left")];
  const [on, off] = [await RawStomp.connect(kept), await RawStomp.connect(left)];
  const refreshing = setInterval(() => kept.refresh({ apartFrom: on }).catch(() => {}), 500);
  try {
    const { code, headers } = await off.refused(slow(20_000));
    assert.equal(code, 4401);
    assert.equal(headers.message, "login ended");
    await on.silent();
  } finally {
    clearInterval(refreshing);
  }
  on.destroy();
  off.destroy();
  await server.stop();
});

for (const subscriptions of [1, 2]) {
  test(`LM-2 LM-4 G5 a burst of SENDs cuts nobody who reads: ${subscriptions} subscriptions get all of it`, async () => {
    const server = await Server.start();
    const [reader, ...writers] = await Promise.all(["reader", "w1", "w2", "w3", "w4"].map((name) => person(server, name)));
    const room = await general(reader);
    const listening = await RawStomp.connect(reader);
    for (let i = 0; i < subscriptions; i++) await listening.subscribe(`s${i}`, `/sub/channels.${room.id}.messages`);
    const each = 16, body = `a${"\u0001".repeat(1999)}`; // six octets of JSON for one of text
    const talking = await Promise.all(writers.map((one) => RawStomp.connectApart(listening, one)));
    for (const one of talking) for (let i = 0; i < each; i++) one.say(room.id, body);
    for (let i = 0; i < each * talking.length * subscriptions; i++) {
      const { text } = await listening.expect("MESSAGE");
      assert.equal(JSON.parse(text).content, body);
    }
    for (const one of [listening, ...talking]) one.destroy();
    await server.stop();
  });
}

test("HB-8 who promises a beat once in eleven days is asked by ping all the same, and cut when he does not answer", async () => {
  const server = await Server.start({ "ping-interval": "200ms", "pong-timeout": "200ms" });
  const stomp = await RawStomp.connect(await person(server, "rare"), { "heart-beat": "999999999,0" });
  assert.equal((await stomp.ws.next("a ping")).opcode, OP.PING);
  assert.equal((await stomp.ws.closed()).code, 1002);
  stomp.destroy();
  await server.stop();
});

test("SB-16 D6.4 a channel's destination in capitals is another name: refused like a channel that is not there", async () => {
  const server = await Server.start();
  const [one, other] = [await person(server, "one"), await person(server, "other")];
  const room = await privateChannel(one, other);
  const stomp = await RawStomp.connect(one);
  stomp.send("SUBSCRIBE", { id: "x", destination: `/sub/channels.${room.id.toUpperCase()}.messages`, receipt: "r" });
  const { code, headers } = await stomp.refused();
  assert.equal(code, 4403);
  assert.equal(headers["receipt-id"], "r");
  stomp.destroy();
  await server.stop();
});

test("SD-6 MF-4 headers full of colons pass, although each takes two octets on the way out", async () => {
  const server = await Server.start();
  const colons = await person(server, "colons");
  const stomp = await RawStomp.connect(colons);
  const listener = await RawStomp.connectApart(stomp, colons);
  const value = ":".repeat(6000);
  await listener.subscribe("t", "/topic/colons");
  const lines = Array.from({ length: 9 }, (_, i) => `h${i}:${value}\n`).join("");
  stomp.ws.text(Buffer.from(`SEND\ndestination:/topic/colons\n${lines}\nbody\0`));
  const got = await listener.expect("MESSAGE", { subscription: "t" });
  for (let i = 0; i < 9; i++) assert.equal(got.headers[`h${i}`], value);
  stomp.destroy();
  listener.destroy();
  await server.stop();
});
