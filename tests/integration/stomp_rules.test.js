// Rules of who may send which frame where to (docs/stomp-rules.md; protocols.md SC-1 to SC-3).

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Server, runParleyd, scratchFolder, serverOf } from "./support/server.js";
import { admin, general, giveRole, person } from "./support/people.js";
import { RawStomp } from "./support/stomp.js";

const EXAMPLE = fileURLToPath(new URL("../../docs/examples/stomp.rules", import.meta.url));

async function rules(text) {
  const file = join(await scratchFolder(), "stomp.rules");
  await writeFile(file, text);
  return file;
}

/** The frame ends the session with 4403. */
async function refused(who, command, headers) {
  const a = await RawStomp.connect(who);
  a.send(command, headers, command === "SEND" ? "x" : undefined);
  const error = await a.refused();
  assert.equal(error.code, 4403, `${command} ${headers.destination}`);
  assert.equal(error.headers["receipt-id"], headers.receipt);
  a.destroy();
}

describe("the example", () => {
  let one, chief, room;
  serverOf({ before, after }, { "stomp-rules": EXAMPLE }, async (now) => {
    one = await person(now, "ruled");
    chief = await admin(now);
    room = await general(one);
  });

  test("SC-1 SC-2 what a rule gives to nobody, to others, or no rule names is refused with 4403", async () => {
    for (const destination of ["/topic/x", "/topic", "/queue/x", "/sub/x", "/elsewhere"]) await refused(one, "SEND", { destination, receipt: "r" });
    for (const destination of ["/topic/staff/plans", "/topic/staff", "/queue/x", "/elsewhere"]) await refused(one, "SUBSCRIBE", { id: "s", destination });
    await refused(chief, "SEND", { destination: "/topic/x" });
  });

  test("SC-1 SC-2 what a rule allows goes on as without rules, and a higher role includes the lower", async () => {
    const a = await RawStomp.connect(one);
    await a.subscribe("e", "/user/queue/errors");
    await a.subscribe("t", "/topic/x");
    await a.subscribe("c", `/sub/channels.${room.id}.messages`);
    const seen = [];
    await a.sayDurably(room.id, "as ruled", seen);
    if (seen.length === 0) seen.push(await a.expect("MESSAGE"));
    assert.equal(JSON.parse(seen[0].text).content, "as ruled");
    await a.done("UNSUBSCRIBE", { id: "t" });
    await a.disconnect();
    const b = await RawStomp.connect(chief);
    await b.subscribe("s", "/topic/staff/plans");
    await b.disconnect();
  });
});

test("SC-1 frames without a destination are ruled too: UNSUBSCRIBE, DISCONNECT and beats", async () => {
  const server = await Server.start({ "stomp-rules": await rules("SUBSCRIBE /** user\nCONNECT - user\n* - admin\n") });
  try {
    const one = await person(server, "ruled");
    await refused(one, "UNSUBSCRIBE", { id: "s" });
    await refused(one, "DISCONNECT", { receipt: "r" });
    const beating = await RawStomp.connect(one);
    beating.ws.text("\n");
    assert.equal((await beating.refused()).code, 4403);
    beating.destroy();
    const chief = await RawStomp.connect(await admin(server));
    await chief.subscribe("s", "/topic/x");
    await chief.done("UNSUBSCRIBE", { id: "s" });
    await chief.disconnect();
  } finally {
    await server.stop();
  }
});

test("SC-1 who may not CONNECT gets ERROR and 4403, before any other frame", async () => {
  const server = await Server.start({ "stomp-rules": await rules("* ** user\n* - manager\n") });
  try {
    const one = await person(server, "ruled");
    const a = await RawStomp.open(server);
    a.send("CONNECT", { "accept-version": "1.2", Authorization: `Bearer ${one.token}` });
    assert.equal((await a.refused()).code, 4403);
    a.destroy();
    (await RawStomp.connect(await admin(server))).destroy();
  } finally {
    await server.stop();
  }
});

test("SC-1 a file with a wrong line, and one that is not there, end the start and are named", async () => {
  const folder = await scratchFolder();
  const file = await rules("CONNECT - user\nSEND /topic/*** user\n");
  for (const [flag, named] of [[file, "line 2"], [join(folder, "none"), "No such file"]]) {
    const { code, stderr } = await runParleyd(["--listen=127.0.0.1:0", `--data-dir=${join(folder, "data")}`, `--stomp-rules=${flag}`]);
    assert.notEqual(code, 0);
    assert.ok(stderr.includes(named) && stderr.includes(flag), stderr);
  }
});

test("SC-3 clients that may SEND to /topic without any rule are a warning at the start", async () => {
  const said = async (flags) => {
    const server = await Server.start(flags);
    await server.stop();
    return server.stderr.includes('"direct_publish_without_rules"');
  };
  assert.equal(await said({}), true);
  assert.equal(await said({ "direct-publish": "off" }), false);
  assert.equal(await said({ "stomp-rules": EXAMPLE }), false);
});

test("SC-1 SC-9 rules hold for a session after it has gone over to another login, whatever the role", async () => {
  const server = await Server.start({ "logins-per-user": "2", "stomp-rules": await rules("CONNECT - user\nSEND /app/** user\nSUBSCRIBE /** user\n* - manager\n") });
  try {
    const one = await person(server, "rising");
    const chief = await admin(server);
    const a = await RawStomp.connect(one);
    await a.subscribe("s", "/topic/x");
    await a.done("SEND", { destination: "/app/token", Authorization: `Bearer ${one.token}` });
    a.send("UNSUBSCRIBE", { id: "s" });
    assert.equal((await a.refused()).code, 4403);
    a.destroy();
    assert.equal((await giveRole(chief, one.id, "CHANNEL_MANAGER")).status, 200);
    await one.login(one.account);
    const b = await RawStomp.connect(one);
    await b.subscribe("s", "/topic/x");
    await b.done("SEND", { destination: "/app/token", Authorization: `Bearer ${one.token}` });
    await b.done("UNSUBSCRIBE", { id: "s" });
    b.destroy();
  } finally {
    await server.stop();
  }
});
