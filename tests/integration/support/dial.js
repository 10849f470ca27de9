// Connections, and which worker they land on. Workers share a port, and the system deals out connections by a hash of
// both ends, so a test that wants another worker dials until it has one. Which it is, the server's log says of each
// address: every connection here comes from one of its own, because ports are used again.

import assert from "node:assert/strict";
import { connect } from "node:net";
import { deferred, within } from "./time.js";

const TRIES = 200;  // of which each lands apart with at least one chance in four
let dialled = 0;

/** 127.1.0.1 and upwards. */
function nextAddress() {
  dialled += 1;
  return `127.${1 + ((dialled >> 16) & 127)}.${(dialled >> 8) & 255}.${dialled & 255}`;
}

async function dialOnce(server, options) {
  const opened = deferred();
  const socket = connect({ port: server.port, host: "127.0.0.1", localAddress: nextAddress(), noDelay: true, ...options });
  socket.on("error", opened.reject);
  socket.on("connect", opened.resolve);
  await within(opened.promise, "connection");
  return socket;
}

/** Where a connected socket landed. */
export const workerOf = (server, socket) => server.workerOf(`${socket.localAddress}:${socket.localPort}`);

/**
 * A connected socket. `apartFrom`: connections with a `worker`, whose workers it must not land on; of a server with one
 * worker nothing is demanded. `options` are net.connect()'s.
 */
export async function dial(server, { apartFrom = [], ...options } = {}) {
  const taken = new Set(server.workers === 1 ? [] : [apartFrom].flat().map((one) => one.worker));
  if (taken.size === 0) return dialOnce(server, options);
  assert.ok(!taken.has(undefined), "a connection whose worker is not known");
  assert.ok(taken.size < server.workers, `${taken.size} of ${server.workers} workers are taken`);
  for (let i = 0; i < TRIES; i++) {
    const socket = await dialOnce(server, options);
    if (!taken.has(await workerOf(server, socket))) return socket;
    socket.destroy();
  }
  throw new Error(`${TRIES} connections, and all on the workers ${[...taken]}`);
}

/** What the test says of two connections between which something is to pass. */
export function assertApart(server, one, other) {
  assert.notEqual(one.worker, undefined);
  if (server.workers > 1) assert.notEqual(one.worker, other.worker, "on different workers");
}
