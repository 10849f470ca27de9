// Ten thousand requests that are wrong, each in its own way and all out of one seed: every one gets the status that it must
// get, in the form of a refusal; good requests between them are served; and the server is no larger behind them (G7).
//
// PARLEY_TEST_SEED is another seed, PARLEY_TEST_MALFORMED another number.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { KINDS } from "./support/malformed.js";
import { Description } from "./support/openapi.js";
import { admin, general, person } from "./support/people.js";
import { Random } from "./support/random.js";
import { RawSocket } from "./support/raw.js";
import { serverOf } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { keyFlags } from "./support/tokens.js";

const SEED = Number(process.env.PARLEY_TEST_SEED ?? 20261121);
const COUNT = Number(process.env.PARLEY_TEST_MALFORMED ?? 10_000);
const LANES = 8;
const WARM = Math.floor(COUNT / 5);  // of them before the memory is looked at
const MORE_KB = 1024;  // that a server may grow by, with all its caches and arenas warm
const ASAN = { ASAN_OPTIONS: [process.env.ASAN_OPTIONS, "quarantine_size_mb=1", "malloc_context_size=1"].filter(Boolean).join(":") };

const described = new Description();
const world = {};
let chief;
const server = serverOf({ before, after }, {
  ...keyFlags, "login-attempts-per-account": "0", "login-attempts-per-address": "0",
}, async (now) => {
  chief = await admin(now);
  Object.assign(world, { host: now.host, bearer: chief.token, refresh: chief.jar.get("REFRESH_TOKEN"), self: chief.id, room: (await general(chief)).id, stranger: (await person(now, "stranger")).id });
}, { env: ASAN });

async function residentKb() {
  return Number((await readFile(`/proc/${server.now.pid}/status`, "utf8")).match(/^VmRSS:\s+(\d+) kB$/m)[1]);
}

/** The case of this number: its kind, its octets and the status it has to get. */
function caseOf(number) {
  const random = new Random(SEED + number * 7919);
  const kind = KINDS[number % KINDS.length];
  const made = kind.make(random, world);
  const { octets, status } = Buffer.isBuffer(made) || typeof made === "string" ? { octets: made, status: kind.status } : made;
  return { kind, octets: Buffer.from(octets), status, over: kind.over ?? false };
}

/** One lane: it keeps its connection as long as the server does. */
class Lane {
  async open() { this.raw ??= await RawSocket.open(server.now); }

  drop() {
    this.raw?.destroy();
    this.raw = null;
  }

  async try(number) {
    const one = caseOf(number);
    const what = () => `seed ${SEED}, case ${number}, ${one.kind.name}: ${JSON.stringify(one.octets.subarray(0, 600).toString("latin1"))}`;
    try {
      await this.open();
      this.raw.write(one.octets);
      if (one.status === null) return await this.silence();
      const answer = await this.raw.response();
      assert.equal(answer.status, one.status, answer.text);
      this.judge(answer);
      if (one.over) return await this.silence();
      if (answer.fields.connection?.[0] === "close") this.drop();
    } catch (error) {
      this.drop();
      throw new Error(`${what()}\n${error.message}`, { cause: error });
    }
  }

  judge({ status, fields, text }) {
    assert.match(fields["discodeit-request-id"][0], /^[0-9a-f]{32}$/);
    if (fields["content-type"]?.[0] !== "application/json") return assert.ok(text.length < 200, text);
    const json = JSON.parse(text);
    described.schema("ErrorResponse", json);
    assert.equal(json.status, status);
  }

  /** Not an octet more, and the end. */
  async silence() {
    this.raw.halfClose();
    const rest = await this.raw.readToEnd();
    assert.equal(rest.length, 0, rest.toString("latin1"));
    this.drop();
  }

  /** A good request on the same connection: what was refused has left nothing behind. */
  async good() {
    await this.open();
    this.raw.write(`GET /api/channels HTTP/1.1\r\nHost: ${world.host}\r\nAuthorization: Bearer ${world.bearer}\r\n\r\n`);
    const answer = await this.raw.response();
    assert.equal(answer.status, 200, answer.text);
    assert.ok(JSON.parse(answer.text).some((channel) => channel.id === world.room));
  }
}

test(`G7 ${COUNT} malformed requests of ${KINDS.length} kinds are each refused as they must be, and cost no memory`, async () => {
  const [listener, speaker] = [await RawStomp.connect(chief), await RawStomp.connect(chief)];
  await listener.subscribe("s", `/sub/channels.${world.room}.messages`);
  const failures = [];
  let next = 0, warm = null, spoken = Promise.resolve();
  const run = async () => {
    const lane = new Lane();
    while (next < COUNT && failures.length < 10) {
      const number = next++;
      try {
        await lane.try(number);
        if (number % 50 === 0) await lane.good();
        if (number % 1000 === 0) await (spoken = spoken.then(() => speaker.sayDurably(world.room, `after ${number}`)));
        if (number === WARM) warm = await residentKb();
      } catch (error) {
        failures.push(error.message);
      }
    }
    lane.drop();
  };
  await Promise.all(Array.from({ length: LANES }, run));
  assert.deepEqual(failures, []);
  for (let number = 0; number < COUNT; number += 1000)
    assert.match(JSON.parse((await listener.expect("MESSAGE", { subscription: "s" })).text).content, /^after /);
  for (const one of [listener, speaker]) one.destroy();
  const grown = await residentKb() - warm;
  assert.ok(grown < MORE_KB * (Number(process.env.PARLEY_TEST_SLOWNESS ?? 1) > 1 ? 8 : 1), `${grown} kB more than after ${WARM} of them`);
});

test("the kinds are distinct, and their variants many", () => {
  assert.equal(new Set(KINDS.map((one) => one.name)).size, KINDS.length);
  const seen = new Set();
  for (let number = 0; number < KINDS.length * 20; number++) seen.add(caseOf(number).octets.toString("latin1"));
  assert.ok(seen.size > KINDS.length * 12, `${seen.size}`);
  assert.ok(caseOf(5).octets.equals(caseOf(5).octets), "the same seed, the same case");
});
