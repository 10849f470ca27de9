// The kill test of files (G1; discodeit.md 8.5): parleyd is killed with -9 at seeded instants under people who send files, started
// again over the same data, and held to what it had promised:
//
//   - every file of a message whose 201 was seen is there, in SUCCESS soon after the start, with the octets that were sent;
//   - nothing is left in the spool, and nothing lies in its place that has no row.
//
// node files.js [--rounds 8] [--seed N]. The seed is printed; with it the instants are the same again. PARLEYD names the program.

import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Server, removeScratchFolders } from "../integration/support/server.js";
import { admin, general, history, person } from "../integration/support/people.js";
import { eventually } from "../integration/support/time.js";

const SENDERS = 4;
const EARLIEST_MS = 10;
const LATEST_MS = 250;

function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  assert.ok(Number.isInteger(value) && value >= 0, `--${name} takes a number`);
  return value;
}

const hash = (octets) => createHash("sha256").update(octets).digest("hex");

/** Sends one file after the other until the server is gone; notes what was answered. */
async function sendUntilGone(browser, channel, seen) {
  for (let i = 0; ; i += 1) {
    const octets = [randomBytes(1 + (i * 7919) % 200_000), randomBytes(10)];
    const form = new FormData();
    form.append("messageCreateRequest", new Blob([JSON.stringify({ channelId: channel.id, content: "" })], { type: "application/json" }));
    for (const [n, one] of octets.entries()) form.append("attachments", new Blob([one]), `${i}-${n}.bin`);
    const answer = await fetch(`${browser.server.origin}/api/messages`, {
      method: "POST", body: form,
      headers: { Authorization: `Bearer ${browser.token}`, Cookie: browser.cookieHeader(), "X-XSRF-TOKEN": browser.jar.get("XSRF-TOKEN") },
    }).catch(() => null);
    const message = answer?.status === 201 ? await answer.json().catch(() => null) : null;
    if (message === null) return;
    for (const [n, one] of message.attachments.entries()) seen.set(one.id, hash(octets[n]));
  }
}

async function check(browser, channel, seen, dataDir) {
  const files = await eventually(async () => {
    const all = (await history(browser, channel.id)).flatMap((one) => one.attachments);
    return all.every((one) => one.status === "SUCCESS") ? all : undefined;
  }, "SUCCESS of every file", 20_000);
  const ids = new Set(files.map((one) => one.id));
  for (const [id, wanted] of seen) {
    assert.ok(ids.has(id), `${id} was promised and is gone`);
    const answer = await browser.fetchOctets(id);
    assert.equal(hash(answer), wanted, `${id} has other octets`);
  }
  await eventually(async () => (await readdir(join(dataDir, "spool"))).length === 0 || undefined, "empty spool", 20_000);
  for (const name of await readdir(join(dataDir, "blobs"))) assert.ok(ids.has(name), `${name} has no row`);
  return files.length;
}

const rounds = option("rounds", 8);
let state = option("seed", (Date.now() ^ process.pid) >>> 0) >>> 0;
console.log(`# seed ${state}`);
const random = () => ((state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32);
const server = await Server.start({ "file-sweep": "100ms" });
let failed = 0;
try {
  const chief = await admin(server);
  const channel = await general(chief);
  const senders = [];
  for (let i = 0; i < SENDERS; i += 1) senders.push(await person(server, `sender${i}`));
  chief.fetchOctets = async (id) => {
    const answer = await fetch(`${server.origin}/api/binaryContents/${id}/download`, { headers: { Authorization: `Bearer ${chief.token}` } });
    assert.equal(answer.status, 200);
    return Buffer.from(await answer.arrayBuffer());
  };
  const seen = new Map();
  for (let round = 1; round <= rounds; round += 1) {
    const work = Promise.all(senders.map((one) => sendUntilGone(one, channel, seen)));
    await new Promise((done) => setTimeout(done, EARLIEST_MS + random() * (LATEST_MS - EARLIEST_MS)));
    await server.kill();
    await work;
    const left = (await readdir(join(server.dataDir, "spool"))).length;
    await server.restart();
    const kept = await check(chief, channel, seen, server.dataDir);
    console.log(`# round ${round}: ${seen.size} files promised, ${kept} there, ${left} were in the spool`);
  }
  assert.ok(seen.size > rounds, "something was promised");
} catch (error) {
  failed = 1;
  console.log(`not ok - ${error.stack}`);
} finally {
  await server.stop().catch((error) => { failed = 1; console.log(`not ok - ${error.message}`); });
  await removeScratchFolders();
}
console.log(`${1 - failed} passed, ${failed} failed`);
process.exit(failed);
