// Starts parleyd on a port that the system chooses, over a data folder of its own, and ends it by its pid.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { databaseOf, removeCluster } from "./postgres.js";
import { redisFlags } from "./redis.js";
import { Inbox, deferred, slow, within } from "./time.js";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../..");
export const PARLEYD = resolve(process.env.PARLEYD || join(ROOT, "build/parleyd"));
export const ADMIN = { username: "admin", password: "Tests-admin-1!" };

const running = new Set();
const folders = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => process.exit(1));

/** A folder that goes when the test process has closed its servers. */
export async function scratchFolder() {
  const folder = await mkdtemp(join(tmpdir(), "parley-test-"));
  folders.add(folder);
  return folder;
}

export async function removeScratchFolders() {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  folders.clear();
  await removeCluster();
}

/** So that nobody's publisher and subscriber share a thread by necessity, however few cores there are. */
export const WORKERS = 4;

/** Sanitizers speak on the standard error, whatever the exit status. */
const SANITIZER = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|UndefinedBehaviorSanitizer|runtime error:|Assertion/;

/**
 * Runs parleyd to its end with these arguments; for what it says and does before it serves.
 * Gives {code, signal, stdout, stderr}.
 */
export async function runParleyd(args, env = {}) {
  const child = spawn(PARLEYD, args, { env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  running.add(child);
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"]) child[name].on("data", (data) => { said[name] += data; });
  const end = deferred();
  child.on("error", end.reject);
  child.on("close", (code, signal) => { running.delete(child); end.resolve({ code, signal, ...said }); });
  return within(end.promise, `end of ${PARLEYD} ${args.join(" ")}`);
}

export class Server {
  /**
   * Options are parleyd's flags without their dashes, e.g. {"request-timeout": "300ms"}. `dataDir`: a folder to start
   * over; `port`: a port to come back on; `env`: more of the environment.
   */
  static async start(flags = {}, { dataDir, port = 0, env = {} } = {}) {
    assert.ok(existsSync(PARLEYD), `there is no ${PARLEYD}: build it, or say where it is in PARLEYD`);
    const server = new Server();
    server.flags = {
      "admin-password": ADMIN.password,
      "bcrypt-cost": "4",
      "log-level": "debug",
      "spread": "0",
      "workers": String(WORKERS),
      ...(await redisFlags()),
      ...flags,
    };
    server.dataDir = dataDir ?? join(await scratchFolder(), "data");
    if (process.env.PARLEY_TEST_STORE === "postgresql") server.flags["database-url"] ??= await databaseOf(server.dataDir);
    await server.#spawn(port, env);
    return server;
  }

  async #spawn(port, env) {
    const args = Object.entries({ listen: `127.0.0.1:${port}`, "data-dir": this.dataDir, ...this.flags })
      .filter(([, value]) => value !== null).map(([name, value]) => `--${name}=${value}`);
    const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("PARLEY_")));
    const child = spawn(PARLEYD, args, { env: { ...clean, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    running.add(child);
    this.child = child;
    this.pid = child.pid;
    this.stdout = "";
    this.stderr = "";
    const ready = deferred();
    const end = deferred();
    this.ended = end.promise;
    child.stdout.on("data", (data) => {
      this.stdout += data;
      const line = this.stdout.match(/^parleyd is ready: http:\/\/127\.0\.0\.1:(\d+)\/$/m);
      if (line) ready.resolve(Number(line[1]));
    });
    child.stderr.on("data", (data) => {
      const begin = this.stderr.lastIndexOf("\n") + 1;  // of the line that is not whole yet
      this.stderr += data;
      this.#hear(this.stderr.slice(begin));
    });
    child.on("error", (error) => ready.reject(error));
    child.on("close", (code, signal) => {
      running.delete(child);
      ready.reject(new Error(`parleyd ended with ${signal ?? code} before it was ready: ${this.stderr}`));
      end.resolve({ code, signal });
    });
    this.port = await within(ready.promise, "ready line", slow(15_000));
    this.host = `127.0.0.1:${this.port}`;
    this.origin = `http://${this.host}`;
  }

  get workers() { return Number(this.flags.workers); }

  #accepted = new Map();  // address of a client => deferred worker

  #acceptedBy(peer) {
    if (!this.#accepted.has(peer)) this.#accepted.set(peer, deferred());
    return this.#accepted.get(peer);
  }

  #hear(lines) {
    for (const [, worker, peer] of lines.matchAll(/"event":"accepted","worker":"(\d+)","peer":"([^"]+)"\}\n/g))
      this.#acceptedBy(peer).resolve(Number(worker));
  }

  /** Which worker accepted the connection from this address (at --log-level debug). */
  workerOf(peer) { return within(this.#acceptedBy(peer).promise, `line of the connection from ${peer}`); }

  signal(name) { this.child.kill(name); }

  /** SIGTERM, and it has to leave in good order: exit status 0, and nothing from a sanitizer. */
  async stop() {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.signal("SIGTERM");
    const { code, signal } = await within(this.ended, "end after SIGTERM", slow(15_000));
    assert.equal(SANITIZER.test(this.stderr), false, this.stderr);
    assert.equal(signal, null, `ended by ${signal}: ${this.stderr}`);
    assert.equal(code, 0, `exit status ${code}: ${this.stderr}`);
  }

  /** What a power cut leaves: no farewell. */
  async kill() {
    this.signal("SIGKILL");
    await within(this.ended, "end after SIGKILL");
  }

  /** Once more over the same data folder, on the same port unless told otherwise. */
  async restart({ port = this.port } = {}) {
    await this.#spawn(port, {});
  }
}

/**
 * For a test file: a server that is there for all of its tests, and `prepare(server)` done before the first. `hooks` are
 * node:test's {before, after}, `options` as of Server.start(). The server itself is `.now`.
 */
export function serverOf({ before, after }, flags = {}, prepare = () => {}, options = {}) {
  const holder = { now: null };
  before(async () => {
    holder.now = await Server.start(flags, options);
    await prepare(holder.now);
  });
  after(async () => {
    try {
      await holder.now?.stop();
    } finally {
      await removeScratchFolders();
    }
  });
  return holder;
}
