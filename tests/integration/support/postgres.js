// SPDX-License-Identifier: MIT
// A PostgreSQL of the test process's own (tests/support/postgres_server), started when it is first asked for, and a
// database in it for each data folder, so that a server that is started again finds what it left.

import { execFile, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { within } from "./time.js";

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), "../../support/postgres_server");
const run = promisify(execFile);

let cluster = null;  // a promise of {origin, child, folder}
const databases = new Map();  // data folder => promise of its URL

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function sql(url, statement) {
  await run("psql", ["--no-psqlrc", "--quiet", "--command", statement, url]);
}

async function untilItAnswers(url, child) {
  for (;;) {
    try {
      return await sql(url, "SELECT 1");
    } catch (error) {
      if (child.exitCode !== null) throw new Error("PostgreSQL ended before it was ready", { cause: error });
    }
  }
}

async function startCluster() {
  const folder = await mkdtemp(join(tmpdir(), "parley-postgres-"));
  await chmod(folder, 0o755);
  await run(SCRIPT, ["prepare", folder]);
  const port = await freePort();
  const child = spawn(SCRIPT, ["run", folder, String(port)], { stdio: "ignore" });
  child.unref();  // a test file need not wait for it, nor end it
  process.on("exit", () => {
    child.kill("SIGQUIT");
    rmSync(folder, { recursive: true, force: true });
  });
  const origin = `postgresql://parley:parley@127.0.0.1:${port}`;
  await within(untilItAnswers(`${origin}/postgres`, child), "PostgreSQL", 60_000);
  return { origin, child, folder };
}

/** The URL of this data folder's database. */
export function databaseOf(dataDir) {
  if (!databases.has(dataDir)) databases.set(dataDir, (async () => {
    cluster ??= startCluster();
    const { origin } = await cluster;
    const name = `parley_${databases.size}`;
    await sql(`${origin}/postgres`, `CREATE DATABASE ${name}`);
    return `${origin}/${name}`;
  })());
  return databases.get(dataDir);
}

/** Ends the cluster and takes its folder away. */
export async function removeCluster() {
  if (cluster === null) return;
  const { child, folder } = await cluster;
  cluster = null;
  databases.clear();
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGQUIT");
  await within(ended, "end of PostgreSQL", 30_000);
  await rm(folder, { recursive: true, force: true });
}
