// The place where the flows happen: one server, one Chromium, some people who have said something, and a list of what passed.

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { deflateSync } from "node:zlib";
import { Browser, admin, general, jsonBody } from "../../integration/support/people.js";
import { Server, removeScratchFolders, scratchFolder } from "../../integration/support/server.js";
import { RawStomp } from "../../integration/support/stomp.js";
import { Chromium } from "./chromium.js";
import { PASSWORD, addressOf } from "./visitor.js";

const KEEPER = "한도윤";

export class Town {
  visitors = [];
  residents = new Map();  // name → Browser
  passed = 0;
  failed = 0;

  static async found(flags = {}) {
    const it = new Town();
    it.server = await Server.start({ workers: "2", ...flags });
    it.chromium = await Chromium.start();
    it.folder = await scratchFolder();
    it.chief = await it.#keeper(await admin(it.server));
    it.room = await general(it.chief);
    return it;
  }

  /** An administrator without a page: `admin` itself is for those who log in with one, which ends its other logins. */
  async #keeper(first) {
    const keeper = await this.resident(KEEPER, { loggedIn: false });
    const { json } = await first.get("/api/users");
    const { id } = json.find((user) => user.username === KEEPER);
    const { headers, body } = jsonBody({ userId: id, newRole: "ADMIN" });
    assert.equal((await first.fetch("PUT", "/api/auth/role", { headers, body })).status, 200);
    assert.equal((await keeper.login({ username: KEEPER, password: PASSWORD })).status, 200);
    return keeper;
  }

  async check(name, body) {
    const began = Date.now();
    try {
      await body();
      this.passed += 1;
      console.log(`ok - ${name} (${Date.now() - began} ms)`);
    } catch (error) {
      this.failed += 1;
      await Promise.all(this.visitors.map((one, at) => one.screenshot(`failed-${this.failed}-${at}`).catch(() => {})));
      console.log(`not ok - ${name} (${Date.now() - began} ms)\n${error.stack.replace(/^/gm, "#   ")}`);
    }
  }

  async abandon() {
    await this.chromium.stop().catch(() => this.chromium.child.kill("SIGKILL"));
    if (this.server.child.exitCode === null && this.server.child.signalCode === null) await this.server.kill();
    await removeScratchFolders();
  }

  async makeChannel(name, description = "") {
    const answer = await this.chief.post("/api/channels/public", jsonBody({ name, description }));
    assert.equal(answer.status, 201, answer.text);
    return answer.json;
  }

  /** Somebody who lives here without a page. */
  async resident(username, { loggedIn = true } = {}) {
    const one = new Browser(this.server);
    const account = { username, email: addressOf(username), password: PASSWORD };
    assert.equal((await one.signUp(account)).status, 201);
    if (loggedIn) assert.equal((await one.login(account)).status, 200);
    this.residents.set(username, one);
    return one;
  }

  /** Somebody who has signed up with a page, and goes on without one. */
  async returning(username) {
    const one = new Browser(this.server);
    assert.equal((await one.login({ username, password: PASSWORD })).status, 200);
    this.residents.set(username, one);
  }

  /** These words, in their order, by one person. */
  async say(who, channelId, ...texts) {
    const stomp = await RawStomp.connect(who);
    for (const text of texts) await stomp.sayDurably(channelId, text);
    await stomp.disconnect();
  }

  /** A file to choose. */
  async file(name, content) {
    const path = join(this.folder, name);
    await writeFile(path, content);
    return path;
  }

  picture(name, options) { return this.file(name, pngOf(options)); }
}

/** Two colours running into each other, as a function of the place (0 to 1 each). */
export const blend = (from, to) => (x, y) => from.map((value, c) => value + (to[c] - value) * (x + y) / 2);

/** A PNG; `colour(x, y)`, 0 to 1 each, gives [red, green, blue]. */
export function pngOf({ width = 320, height = 240, colour = blend([20, 160, 140], [240, 180, 90]) } = {}) {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      rows.set(colour(x / width, y / height).map(Math.round), y * (1 + width * 3) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);  // eight bits each of red, green and blue
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
