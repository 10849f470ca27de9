// The first start: an administrator whose password nobody configured is known to somebody, whatever happens (G1,
// discodeit.md 3.11).

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { after, test } from "node:test";
import { PARLEYD, removeScratchFolders, scratchFolder } from "./support/server.js";
import { Browser } from "./support/people.js";
import { databaseOf, hasPostgres, sqlOf } from "./support/postgres.js";
import { deferred, slow, within } from "./support/time.js";

after(removeScratchFolders);

const SHOWN = /^The first administrator is "admin" with the password (\S+)$/m;
const READY = /^parleyd is ready: (http:\S+:(\d+))\/$/m;

/** Starts over `folder` with a costly hash, and waits until what it says matches. Gives {child, ended, stdout()}. */
async function start(folder, wanted, ...more) {
  const child = spawn(PARLEYD, ["--listen=127.0.0.1:0", `--data-dir=${folder}`, "--bcrypt-cost=12", "--spread=0", ...more], { stdio: ["ignore", "pipe", "ignore"] });
  const matched = deferred();
  const end = deferred();
  let stdout = "";
  child.stdout.on("data", (data) => {
    stdout += data;
    if (wanted.test(stdout)) matched.resolve();
  });
  child.on("close", (code, signal) => {
    matched.reject(new Error(`ended with ${signal ?? code}: ${stdout}`));
    end.resolve();
  });
  await within(matched.promise, String(wanted), slow(20_000));
  return { child, ended: end.promise, stdout: () => stdout };
}

async function kill(process) {
  process.child.kill("SIGKILL");
  await within(process.ended, "its end");
}

test("G1 the password of the first administrator is shown before he is committed", async () => {
  const folder = join(await scratchFolder(), "data");
  const first = await start(folder, SHOWN);
  await kill(first);  // while the password is being hashed
  const second = await start(folder, READY);
  const password = second.stdout().match(SHOWN)?.[1];
  assert.ok(password, "there was no administrator yet, so another password is shown");
  assert.notEqual(password, first.stdout().match(SHOWN)[1]);
  await kill(second);
  const third = await start(folder, READY);
  assert.doesNotMatch(third.stdout(), SHOWN);
  const [, origin, port] = third.stdout().match(READY);
  const browser = new Browser({ origin, host: `127.0.0.1:${port}`, port: Number(port) });
  const answer = await browser.login({ username: "admin", password });
  assert.equal(answer.status, 200, answer.text);
  third.child.kill("SIGTERM");
  await within(third.ended, "its end");
});

test("D3.11 G1 of instances that start at once over a fresh PostgreSQL one shows a password, and it is that of the one administrator", { skip: !(await hasPostgres()) }, async () => {
  for (let round = 0; round < 3; round++) {
    const folder = await scratchFolder();
    const url = `--database-url=${await databaseOf(folder)}`;
    const started = await Promise.all(["a", "b", "c"].map((name) => start(join(folder, name), READY, url)));
    const shown = started.map((one) => one.stdout().match(SHOWN)?.[1]).filter(Boolean);
    assert.equal(shown.length, 1, started.map((one) => one.stdout()).join("\n"));
    assert.equal(await sqlOf(await databaseOf(folder), "SELECT count(*) FROM users WHERE role = 'ADMIN'"), "1");
    for (const one of started) {
      const [, origin, port] = one.stdout().match(READY);
      const browser = new Browser({ origin, host: `127.0.0.1:${port}`, port: Number(port) });
      assert.equal((await browser.login({ username: "admin", password: shown[0] })).status, 200);
    }
    for (const one of started) {
      one.child.kill("SIGTERM");
      await within(one.ended, "its end");
    }
  }
});
