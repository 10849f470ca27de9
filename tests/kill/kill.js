// The kill test (G1 to G3): parleyd is killed with -9 at seeded instants under 8 senders and 2 watchers, started again over
// the same data, and held to what it had promised:
//
//   - every message with a RECEIPT and every message that anyone saw is in the history, once;
//   - what each watcher saw of a channel is a piece of its history without a hole, in its order;
//   - createdAt rises strictly within a channel;
//   - what was in the history after one kill is still there, unchanged, after all others.
//
// node kill.js [--rounds 20] [--seed N] [--workers 4]. The seed is printed; with it the instants are the same again.
// PARLEYD names the program. With build/parleyd_forgetful a kill is a loss of power (docs/durability.md).

import assert from "node:assert/strict";
import { PARLEYD, Server, WORKERS, removeScratchFolders } from "../integration/support/server.js";
import { admin, person, publicChannel } from "../integration/support/people.js";
import { RawStomp } from "../integration/support/stomp.js";
import { deferred, within } from "../integration/support/time.js";

const SENDERS = 8;
const WATCHERS = 2;
const WINDOW = 6;  // SENDs of one sender that wait for their RECEIPT
const EARLIEST_MS = 20;
const LATEST_MS = 600;
const PAGE = 100;

function option(name, fallback) {
  const at = process.argv.indexOf(`--${name}`);
  const value = at < 0 ? fallback : Number(process.argv[at + 1]);
  assert.ok(Number.isInteger(value) && value >= 0, `--${name} takes a number`);
  return value;
}

/** mulberry32: small, and the same everywhere. */
function randomFrom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const key = (message) => `${message.id} ${message.createdAt} ${message.content}`;

/** Reads until the server is gone, handing over whole frames; what had arrived before its death counts. */
async function drain(stomp, take) {
  for (;;) {
    const frame = await stomp.next("a frame", 60_000).catch((error) => {
      assert.match(error.message, /peer ended/, error.message);
      return null;
    });
    if (!frame) return;
    take(frame);
  }
}

class Sender {
  constructor(browser, number, channels, random) {
    Object.assign(this, { browser, number, channels, random });
  }

  async connect(round) {
    this.round = round;
    this.count = 0;
    this.received = [];
    this.stomp = await RawStomp.connect(this.browser);
  }

  #send() {
    const content = `round ${this.round}, sender ${this.number}, message ${this.count}`;
    const channelId = this.channels[Math.floor(this.random() * this.channels.length)].id;
    this.count += 1;
    this.stomp.say(channelId, content, { receipt: content });
  }

  /** Keeps WINDOW messages under way until the connection ends. */
  async run() {
    for (let i = 0; i < WINDOW; i++) this.#send();
    await drain(this.stomp, (frame) => {
      assert.equal(frame.command, "RECEIPT", JSON.stringify(frame.headers));
      this.received.push(frame.headers["receipt-id"]);
      this.#send();
    });
    this.stomp.destroy();
  }
}

class Watcher {
  constructor(browser, channels) {
    Object.assign(this, { browser, channels });
  }

  async connect() {
    this.seen = new Map(this.channels.map(({ id }) => [id, []]));
    this.stomp = await RawStomp.connect(this.browser);
    for (const { id } of this.channels) await this.stomp.subscribe(id, `/sub/channels.${id}.messages`);
  }

  async run() {
    await drain(this.stomp, (frame) => {
      assert.equal(frame.command, "MESSAGE", JSON.stringify(frame.headers));
      const message = JSON.parse(frame.text);
      assert.equal(message.channelId, frame.headers.subscription);
      this.seen.get(message.channelId).push(message);
    });
    this.stomp.destroy();
  }
}

/** The messages of a channel that came behind `known`, oldest first. */
async function newer(browser, channel, known) {
  const found = [];
  const last = known.at(-1)?.id;
  for (let cursor = ""; ;) {
    const answer = await browser.get(`/api/messages?channelId=${channel.id}&size=${PAGE}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    assert.equal(answer.status, 200, answer.text);
    for (const message of answer.json.content) {
      if (message.id === last) return found.reverse();
      found.push(message);
    }
    if (!answer.json.hasNext) {
      assert.equal(last, undefined, `the history of ${channel.name} no longer holds what it held before`);
      return found.reverse();
    }
    cursor = answer.json.nextCursor;
  }
}

function checkSeen(watcher, channel, stored) {
  const seen = watcher.seen.get(channel.id);
  if (seen.length === 0) return;
  const places = new Map(stored.map((message, at) => [key(message), at]));
  const first = places.get(key(seen[0]));
  assert.notEqual(first, undefined, `seen but not in the history: ${key(seen[0])}`);
  seen.forEach((message, i) => {
    assert.equal(places.get(key(message)), first + i, `seen as number ${i}: ${key(message)}, but there the history has ${stored[first + i] && key(stored[first + i])}`);
  });
}

function checkRising(channel, stored) {
  for (let i = 1; i < stored.length; i++) {
    assert.ok(stored[i].createdAt > stored[i - 1].createdAt, `${channel.name}: ${stored[i - 1].createdAt} then ${stored[i].createdAt}`);
  }
}

async function round(number, { server, senders, watchers, channels, histories, random }) {
  for (const one of watchers) await one.connect();
  await Promise.all(senders.map((one) => one.connect(number)));
  const delay = Math.round(EARLIEST_MS + random() * (LATEST_MS - EARLIEST_MS));
  const killed = deferred();
  setTimeout(() => server.kill().then(killed.resolve, killed.reject), delay);
  await within(Promise.all([killed.promise, ...senders.map((one) => one.run()), ...watchers.map((one) => one.run())]), "end of a round", 60_000);
  await server.restart();

  let count = 0;
  for (const channel of channels) {
    const known = histories.get(channel.id);
    const fresh = await newer(senders[0].browser, channel, known);
    known.push(...fresh);
    count += fresh.length;
    for (const one of watchers) checkSeen(one, channel, known);
    checkRising(channel, [...known.slice(-fresh.length - 1)]);
  }
  const contents = channels.flatMap(({ id }) => histories.get(id)).map((message) => message.content);
  const all = new Set(contents);
  assert.equal(all.size, contents.length, "a message is in the history twice");
  let receipts = 0;
  for (const one of senders) {
    receipts += one.received.length;
    for (const content of one.received) assert.ok(all.has(content), `had a RECEIPT and is lost: ${content}`);
  }
  const seen = watchers.reduce((sum, one) => sum + channels.reduce((n, { id }) => n + one.seen.get(id).length, 0), 0);
  return `killed after ${delay} ms; ${receipts} receipts, ${seen} seen, ${count} stored`;
}

const rounds = option("rounds", 20);
const seed = option("seed", Date.now() % 2 ** 31);
const workers = option("workers", WORKERS);
console.log(`${PARLEYD}: seed ${seed}, ${rounds} rounds, ${workers} workers, ${SENDERS} senders, ${WATCHERS} watchers`);

let passed = 0;
let failed = 0;
const report = (fine, text) => {
  if (fine) passed += 1;
  else failed += 1;
  console.log(`${fine ? "ok" : "not ok"} - ${text}`);
};

const random = randomFrom(seed);
const server = await Server.start({ workers: String(workers) });
try {
  const chief = await admin(server);
  const channels = [await publicChannel(chief, "kill-one"), await publicChannel(chief, "kill-two")];
  const people = [];
  for (let i = 0; i < SENDERS + WATCHERS; i++) people.push(await person(server, `kill${i}`));
  const world = {
    server, random, channels,
    senders: people.slice(0, SENDERS).map((one, i) => new Sender(one, i, channels, randomFrom(seed + 1 + i))),
    watchers: people.slice(SENDERS).map((one) => new Watcher(one, channels)),
    histories: new Map(channels.map(({ id }) => [id, []])),
  };
  for (let number = 1; number <= rounds && failed === 0; number++) {
    try {
      report(true, `round ${number}: ${await round(number, world)}`);
    } catch (error) {
      const said = server.stderr.split("\n").filter((line) => /"level":"(error|warning)"/.test(line)).slice(-5).join("\n");
      report(false, `round ${number}, seed ${seed}: ${error.message}\n${`${error.stack}\n${said}`.replace(/^/gm, "#   ")}`);
    }
  }
  if (failed === 0) {
    for (const channel of channels) {
      const whole = await newer(people[0], channel, []);
      const known = world.histories.get(channel.id);
      report(whole.length === known.length && whole.every((message, i) => key(message) === key(known[i])), `in the end ${channel.name} holds all ${known.length} messages, in the same order`);
    }
    await server.stop();
    report(true, "and it leaves in good order");
  }
} catch (error) {
  report(false, `${error.message}\n${error.stack.replace(/^/gm, "#   ")}`);
} finally {
  if (server.child.exitCode === null && server.child.signalCode === null) await server.kill();
  await removeScratchFolders();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
