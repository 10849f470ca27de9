// A real redis-server on loopback, on a port that was free, over a folder of its own; ended by its pid. And the least of a
// client of it.

import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deferred, slow, within } from "./time.js";

const running = new Set();
const folders = new Set();
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function freePort() {
  const server = createServer();
  await new Promise((resolve, reject) => server.on("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export class Redis {
  static async start() {
    const redis = new Redis();
    redis.port = await freePort();
    redis.folder = await mkdtemp(join(tmpdir(), "parley-redis-"));
    folders.add(redis.folder);
    await redis.restart();
    return redis;
  }

  get url() { return `redis://127.0.0.1:${this.port}/2`; }

  /** Over what it has on the disk, on the same port. */
  async restart() {
    const child = spawn("redis-server", ["--port", this.port, "--bind", "127.0.0.1", "--dir", this.folder, "--appendonly", "yes",
      "--appendfsync", "always", "--save", ""], { stdio: ["ignore", "pipe", "inherit"] });
    running.add(child);
    this.child = child;
    const ready = deferred();
    const end = deferred();
    this.ended = end.promise;
    let said = "";
    child.stdout.on("data", (data) => {
      said += data;
      if (said.includes("Ready to accept connections")) ready.resolve();
    });
    child.on("error", ready.reject);
    child.on("close", () => {
      running.delete(child);
      ready.reject(new Error(`redis-server ended: ${said}`));
      end.resolve();
    });
    await within(ready.promise, "ready line of redis-server", slow(15_000));
    child.unref();  // it must not keep a test process that is done; the end of that ends it
    child.stdout.unref();
  }

  /** As by loss of power. */
  async kill() {
    this.child.kill("SIGKILL");
    await within(this.ended, "end of redis-server");
  }

  async stop() {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
    folders.delete(this.folder);
  }

  /** Several commands on one connection; the last reply as it came, for tests that only need to look at it. */
  async say(...commands) {
    const socket = connect({ port: this.port, host: "127.0.0.1" });
    const done = deferred();
    let reply = "";
    socket.on("data", (data) => { reply += data; });
    socket.on("error", done.reject);
    socket.on("close", () => done.resolve(reply));
    for (const words of [["SELECT", "2"], ...commands, ["QUIT"]])
      socket.write(`*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join("")}`);
    await within(done.promise, "answer of redis-server");
    return reply;
  }
}

let shared = null;

/** With PARLEY_TEST_REDIS=1 every server that is started keeps its logins in one Redis of this test process. */
export async function redisFlags() {
  if (process.env.PARLEY_TEST_REDIS !== "1") return {};
  shared ??= Redis.start();
  return { "redis-url": (await shared).url };
}
