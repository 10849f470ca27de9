// Messages on their way out: text over the socket, whatever has files as a form. Each stays pending until it is seen to have
// arrived, or to have failed, and then the user decides.

import { isAborted } from "./errors.js";
import { timelineOf, updateTimeline } from "./store.js";

const SETTLE_MS = 12_000;  // a message not seen again after this long is looked for in the history

const newReceipt = () => `send-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`;

export class Outbox {
  #api;
  #store;
  #socket;
  #history;
  #uploads = new Map();  // receipt → AbortController
  #stopped = false;

  constructor(api, store, socket, history) {
    this.#api = api;
    this.#store = store;
    this.#socket = socket;
    this.#history = history;
  }

  stop() {
    this.#stopped = true;
    for (const upload of this.#uploads.values()) upload.abort();
  }

  send(channelId, content, files = []) {
    const pending = { receipt: newReceipt(), content, files, at: new Date().toISOString(), state: "queued", progress: 0 };
    updateTimeline(this.#store, channelId, (timeline) => ({ pending: [...timeline.pending, pending] }));
    this.flush(channelId);
  }

  retry(channelId, receipt) {
    this.change(receipt, { state: "queued", reason: null, progress: 0 });
    this.flush(channelId);
  }

  /** Also cancels, if it is still being uploaded. */
  discard(channelId, receipt) {
    this.#uploads.get(receipt)?.abort();
    updateTimeline(this.#store, channelId, (timeline) => ({ pending: timeline.pending.filter((one) => one.receipt !== receipt) }));
  }

  /** Hands over what waits, in its order. */
  flush(channelId) {
    if (!this.#socket.connected) return;
    for (const one of timelineOf(this.#store.get(), channelId).pending) {
      if (one.state !== "queued") continue;
      if (one.files.length > 0) this.#upload(channelId, one);
      else this.#publish(channelId, one);
    }
  }

  #publish(channelId, { receipt, content }) {
    this.change(receipt, { state: "sending" });
    this.#socket.publish(receipt, { content, channelId, authorId: this.#store.get().me.id });
    setTimeout(() => this.#lookFor(channelId, receipt), SETTLE_MS);
  }

  async #upload(channelId, { receipt, content, files }) {
    const upload = new AbortController();
    this.#uploads.set(receipt, upload);
    this.change(receipt, { state: "uploading" });
    try {
      const message = await this.#api.createMessage({ content, channelId, authorId: this.#store.get().me.id }, files,
        { onProgress: (progress) => this.change(receipt, { progress }), signal: upload.signal });
      this.#history.arrived(channelId, [message]);
      this.discard(channelId, receipt);
    } catch (error) {
      if (!isAborted(error)) this.change(receipt, { state: "failed", reason: error });
    }
    this.#uploads.delete(receipt);
  }

  /** No word of a message for long: the history knows whether it was said. */
  async #lookFor(channelId, receipt) {
    const waits = () => this.inFlight(channelId).includes(receipt);
    if (this.#stopped || !waits() || !this.#socket.connected) return;
    await this.#history.load(channelId);
    if (waits()) this.change(receipt, { state: "failed" });
  }

  /** The receipts of what the server was given over the socket and has not shown yet. */
  inFlight(channelId) {
    return timelineOf(this.#store.get(), channelId).pending
      .filter((one) => one.state === "sending" || one.state === "sent").map((one) => one.receipt);
  }

  change(receipt, change) {
    for (const [channelId, timeline] of Object.entries(this.#store.get().timelines)) {
      if (!timeline.pending.some((one) => one.receipt === receipt)) continue;
      updateTimeline(this.#store, channelId, { pending: timeline.pending.map((one) => (one.receipt === receipt ? { ...one, ...change } : one)) });
    }
  }
}
