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
import { slow, within } from "./time.js";

const SCRIPT = join(dirname(fileURLToPath(import.meta.url)), "../../support/postgres_server");
const ORIGIN = "postgresql://parley:parley@127.0.0.1";
const NO_SERVER = 77;  // exit status of SCRIPT
const run = promisify(execFile);

let cluster = null;  // a promise of {folder, port, child}
const databases = new Map();  // data folder => promise of its URL

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Runs statements; what they say, as psql prints it. */
export async function sqlOf(url, statements) {
  const { stdout } = await run("psql", ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--command", statements, url]);
  return stdout.trim();
}

async function untilItAnswers(url, child) {
  for (;;) {
    try {
      return await sqlOf(url, "SELECT 1");
    } catch (error) {
      if (child.exitCode !== null) throw new Error("PostgreSQL ended before it was ready", { cause: error });
    }
  }
}

async function runServer(folder, port) {
  const child = spawn(SCRIPT, ["run", folder, String(port)], { stdio: "ignore" });
  child.unref();  // a test file need not wait for it, nor end it
  process.on("exit", () => child.kill("SIGQUIT"));
  await within(untilItAnswers(`${ORIGIN}:${port}/postgres`, child), "PostgreSQL", slow(60_000));
  return child;
}

async function startCluster() {
  const folder = await mkdtemp(join(tmpdir(), "parley-postgres-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  await run(SCRIPT, ["prepare", folder]);
  const port = await freePort();
  return { folder, port, child: await runServer(folder, port) };
}

/** False on a machine without PostgreSQL. */
export async function hasPostgres() {
  cluster ??= startCluster();
  try {
    await cluster;
    return true;
  } catch (error) {
    cluster = null;
    if (error.code === NO_SERVER) return false;
    throw error;
  }
}

async function end(child) {
  const ended = new Promise((resolve) => child.on("close", resolve));
  child.kill("SIGQUIT");
  await within(ended, "end of PostgreSQL", slow(30_000));
}

/** Does something while the server is gone, as after a crash. */
export async function withoutPostgres(act) {
  const now = await cluster;
  await end(now.child);
  try {
    await act();
  } finally {
    now.child = await runServer(now.folder, now.port);
  }
}

/** The URL of this data folder's database. */
export function databaseOf(dataDir) {
  if (!databases.has(dataDir)) databases.set(dataDir, (async () => {
    cluster ??= startCluster();
    const { port } = await cluster;
    const name = `parley_${databases.size}`;
    await sqlOf(`${ORIGIN}:${port}/postgres`, `CREATE DATABASE ${name}`);
    return `${ORIGIN}:${port}/${name}`;
  })());
  return databases.get(dataDir);
}

/** Ends the cluster and takes its folder away. */
export async function removeCluster() {
  if (cluster === null) return;
  const { child, folder } = await cluster;
  cluster = null;
  databases.clear();
  await end(child);
  await rm(folder, { recursive: true, force: true });
}
