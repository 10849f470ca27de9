// A socket, octet by octet, and the least of an HTTP client: requests as they are typed, answers as they come.

import { dial, workerOf } from "./dial.js";
import { DEADLINE_MS, deferred, within } from "./time.js";

export class RawSocket {
  #chunks = [];  // what came and was not taken; joined when somebody looks at it
  #length = 0;
  #wake = deferred();
  #ended = false;
  #failed = null;

  /** `apartFrom`: connections on whose workers it must not land. */
  static async open(server, { allowHalfOpen = true, apartFrom } = {}) {
    const raw = new RawSocket();
    const socket = await dial(server, { allowHalfOpen, apartFrom });
    raw.server = server;
    raw.socket = socket;
    socket.on("error", (error) => { raw.#failed = error; raw.#stir(); });
    socket.on("data", (data) => { raw.#chunks.push(data); raw.#length += data.length; raw.#stir(); });
    socket.on("end", () => { raw.#ended = true; raw.#stir(); });
    socket.on("close", () => { raw.#ended = true; raw.#stir(); });
    return raw;
  }

  /** Known when it has been accepted. */
  async findWorker() {
    this.worker ??= await workerOf(this.server, this.socket);
    return this.worker;
  }

  #stir() {
    this.#wake.resolve();
    this.#wake = deferred();
  }

  write(data) { this.socket.write(data); }

  /** Each octet in a segment of its own, as far as the system lets us. */
  async writeSlowly(data) {
    for (const octet of Buffer.from(data)) {
      await new Promise((resolve) => this.socket.write(Buffer.from([octet]), resolve));
    }
  }

  /** The peer hears that we say no more. */
  halfClose() { this.socket.end(); }

  destroy() { this.socket.destroy(); }

  pause() { this.socket.pause(); }
  resume() { this.socket.resume(); }

  get isEnded() { return this.#ended; }
  get wasReset() { return this.#failed?.code === "ECONNRESET"; }
  get pending() {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0];
  }

  #take(n) {
    const octets = this.pending;
    this.#chunks = [octets.subarray(n)];
    this.#length -= n;
    return octets.subarray(0, n);
  }

  #shown() { return JSON.stringify(this.pending.subarray(0, 400).toString("latin1")); }

  /**
   * `find(octets)` gives {value, used} when there is enough; else {need}, if it knows how many octets it needs, or nothing.
   * Rejects when the peer ends before.
   */
  async read(find, what, ms = DEADLINE_MS) {
    const until = Date.now() + ms;
    let need = 0;
    for (;;) {
      const found = this.#length >= need && find(this.pending);
      if (found && "used" in found) {
        this.#take(found.used);
        return found.value;
      }
      need = found?.need ?? need;
      if (this.#ended || this.#failed) throw new Error(`the peer ended before ${what}; unread: ${this.#shown()}`);
      await within(this.#wake.promise, () => `${what}; unread: ${this.#shown()}`, Math.max(1, until - Date.now()));
    }
  }

  readExactly(n, what = `${n} octets`) {
    return this.read((octets) => (octets.length >= n ? { value: octets.subarray(0, n), used: n } : { need: n }), what);
  }

  /** Everything up to the peer's end. */
  async readToEnd(ms = DEADLINE_MS) {
    const until = Date.now() + ms;
    while (!this.#ended && !this.#failed) await within(this.#wake.promise, "end of the connection", Math.max(1, until - Date.now()));
    return this.#take(this.#length);
  }

  /** One answer: {status, reason, fields (lower case, arrays), body}. `head`: it answers a HEAD and has no body. */
  async response({ head = false, ms } = {}) {
    const text = await this.read((octets) => {
      const end = octets.indexOf("\r\n\r\n");
      return end >= 0 && { value: octets.subarray(0, end).toString("latin1"), used: end + 4 };
    }, "head of an answer", ms);
    const [line, ...lines] = text.split("\r\n");
    const [, version, status, reason] = line.match(/^(HTTP\/1\.[01]) (\d{3}) (.*)$/) ?? [];
    if (!status) throw new Error(`not a status line: ${line}`);
    const fields = {};
    for (const one of lines) {
      const colon = one.indexOf(":");
      (fields[one.slice(0, colon).toLowerCase()] ??= []).push(one.slice(colon + 1).trim());
    }
    const length = Number(fields["content-length"]?.[0] ?? 0);
    const hasBody = !head && Number(status) >= 200 && status !== "204" && status !== "304";
    const body = hasBody ? await this.readExactly(length, "body of an answer") : Buffer.alloc(0);
    return { version, status: Number(status), reason, fields, body, text: body.toString("utf8") };
  }
}

/** One request over a connection of its own, as typed; closes it. */
export async function exchange(server, request, options) {
  const raw = await RawSocket.open(server);
  try {
    raw.write(request);
    return await raw.response(options);
  } finally {
    raw.destroy();
  }
}
