// Starts echo_server on a port that the system chooses and ends it by its pid. The clients are those of
// tests/integration/support; what is only needed here stands below.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { RawSocket } from "../../integration/support/raw.js";
import { OP, RawWebSocket } from "../../integration/support/ws.js";
import { deferred, slow, within } from "../../integration/support/time.js";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const ECHO_SERVER = resolve(process.env.ECHO_SERVER || join(ROOT, "build/echo_server"));
const SANITIZER = /AddressSanitizer|LeakSanitizer|ThreadSanitizer|UndefinedBehaviorSanitizer|runtime error:|Assertion/;

/** Octets of a message or a body that the server takes. */
export const MOST = 16 * 1024 * 1024;

class EchoServer {
  workers = 1;  // which one a connection lands on makes no difference here
  workerOf() { return 0; }

  static async start(...more) {
    assert.ok(existsSync(ECHO_SERVER), `there is no ${ECHO_SERVER}: build it, or say where it is in ECHO_SERVER`);
    const server = new EchoServer();
    const child = spawn(ECHO_SERVER, ["--port", "0", ...more], { stdio: ["ignore", "pipe", "pipe"] });
    process.on("exit", () => child.kill("SIGKILL"));
    server.child = child;
    server.stderr = "";
    const ready = deferred();
    const end = deferred();
    server.ended = end.promise;
    let stdout = "";
    child.stdout.on("data", (data) => {
      stdout += data;
      if (stdout.includes("\n")) ready.resolve(Number(stdout.split("\n")[0]));
    });
    child.stderr.on("data", (data) => { server.stderr += data; });
    child.on("error", ready.reject);
    child.on("close", (code, signal) => {
      ready.reject(new Error(`echo_server ended with ${signal ?? code}: ${server.stderr}`));
      end.resolve({ code, signal });
    });
    server.port = await within(ready.promise, "port", slow(15_000));
    server.host = `127.0.0.1:${server.port}`;
    return server;
  }

  /** It has to leave in good order: exit status 0, nothing from a sanitizer. */
  async stop() {
    this.child.kill("SIGTERM");
    const { code, signal } = await within(this.ended, "end after SIGTERM", slow(15_000));
    assert.equal(SANITIZER.test(this.stderr), false, this.stderr);
    assert.equal(signal, null, `ended by ${signal}: ${this.stderr}`);
    assert.equal(code, 0, `exit status ${code}: ${this.stderr}`);
  }
}

/** A server that is there for all tests of a file; `hooks` are node:test's {before, after}. It is `.now`. */
export function echoServer({ before, after }, ...more) {
  const holder = { now: null };
  before(async () => { holder.now = await EchoServer.start(...more); });
  after(async () => { await holder.now?.stop(); });
  return holder;
}

/** A WebSocket on /echo. */
export const openEcho = (server, fields = {}) => RawWebSocket.open(server.now, { path: "/echo", ...fields });

/** Runs `body` with a WebSocket on /echo that goes when it is done. */
export async function withEcho(server, body, fields) {
  const ws = await openEcho(server, fields);
  try {
    return await body(ws);
  } finally {
    ws.destroy();
  }
}

/** Sent octets must come to this: the close code (null: no code), the end, and not a frame of data before. */
export async function expectClose(server, octets, code, { cut = 0, before = [] } = {}) {
  await withEcho(server, async (ws) => {
    await writeCut(ws.raw, octets, cut);
    const seen = [];
    const close = await ws.closedAndOver({ seen });
    assert.deepEqual(seen.map((one) => [one.opcode, one.text]), before, "frames before the close frame");
    assert.equal(close.code, code ?? 1005, `${octets.subarray(0, 40).toString("hex")}: ${close.code} ${close.reason}`);
  });
}

/** Sent octets must come back as one message of this kind. */
export async function expectEcho(server, octets, opcode, payload, { cut = 0 } = {}) {
  await withEcho(server, async (ws) => {
    await writeCut(ws.raw, octets, cut);
    const one = await ws.next();
    assert.equal(one.opcode, opcode);
    assert.equal(one.fin, true);
    assert.ok(one.payload.equals(Buffer.from(payload)), `${one.payload.length} octets came back`);
    assert.deepEqual(await ws.alive(), [], "nothing that was not asked for");
  });
}

/** 0: at once; else so many octets a segment, as far as the system lets us. */
export async function writeCut(raw, octets, cut) {
  if (cut === 0) {
    raw.write(octets);
    return;
  }
  for (let at = 0; at < octets.length; at += cut) {
    await new Promise((done) => raw.socket.write(octets.subarray(at, at + cut), done));
  }
}

/** One request on a connection of its own; the answer, and what came behind it until the server's end, if it ended. */
export async function refusedRequest(server, request, status, { cut = 0 } = {}) {
  const raw = await RawSocket.open(server.now);
  try {
    await writeCut(raw, Buffer.from(request, "latin1"), cut);
    const answer = await raw.response();
    const shown = JSON.stringify(request.slice(0, 200));
    assert.equal(answer.status, status, `${shown}: ${answer.status} ${answer.text}`);
    assert.equal(answer.fields.connection?.[0], "close", shown);
    raw.halfClose();
    assert.equal((await raw.readToEnd()).length, 0, `${shown}: one answer, and nothing behind it`);
    return answer;
  } finally {
    raw.destroy();
  }
}

export { OP, RawSocket, RawWebSocket };
