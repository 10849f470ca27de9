// What the user does and what the server says, turned into changes of the store. Knows no DOM but the visibility of the page.

import { findDirect, markSeen, mergeChannels, touch } from "./channels.js";
import { prefs } from "./prefs.js";
import { Socket } from "./socket.js";
import { timelineOf } from "./store.js";
import { mergeMessages, newAmong, settlePending } from "./timeline.js";

const POLL_MS = 10_000;
const SETTLE_MS = 12_000;      // a message not seen again after this long is looked for in the history
const CATCH_UP_PAGES = 5;      // a longer absence starts the list anew

export class Chat {
  #api;
  #store;
  #socket;
  #poller = null;
  #stop = new AbortController();

  drafts = new Map();    // channel id → what stands in its composer

  onArrived = () => {};  // (messages): said by others in the open channel just now
  onProblem = () => {};  // (error or text): to be shown in passing

  constructor(session, api, store) {
    this.#api = api;
    this.#store = store;
    this.#socket = new Socket((how) => session.freshToken(how), {
      onState: (connection) => store.set((state) => ({ connection, wasConnected: state.wasConnected || connection === "connected" })),
      onOpen: () => this.#resume(),
      onMessage: (message) => this.#arrived(message.channelId, [message]),
      onReceipt: (receipt) => this.#pendingChange(receipt, { state: "sent" }),
      onError: (error) => this.#refused(error),
    });
  }

  start() {
    const options = { signal: this.#stop.signal };
    document.addEventListener("visibilitychange", () => this.#awake(), options);
    addEventListener("focus", () => this.#awake(), options);
    addEventListener("online", () => this.#awake(), options);
    this.#poller = setInterval(() => document.hidden || this.poll(), POLL_MS);
    this.#socket.open();
    this.poll();
  }

  stop() {
    this.#stop.abort();
    clearInterval(this.#poller);
    this.#socket.close();
  }

  // ---- lists of channels and people

  #awake() {
    if (document.hidden) return;
    this.#socket.wake();
    this.poll();
  }

  async poll() {
    const { me, listed } = this.#store.get();
    try {
      const [users, fresh] = await Promise.all([this.#api.users(), this.#api.channels(me.id)]);
      this.#store.set((state) => {
        const channels = mergeChannels(state.channels, fresh);
        const known = state.listed ? state.seen : prefs.seen(me.id);
        return {
          users, channels, listed: true,
          me: users.find((user) => user.id === me.id) ?? me,
          seen: markSeen(known ?? {}, channels, { firstLook: !known }),
        };
      });
      this.#leaveIfGone();
      this.#look();
      if (!listed) this.#openFirst();
    } catch (error) {
      if (!listed && !this.#stop.signal.aborted) this.onProblem(error);
    }
  }

  /** Where the user was last time, or the first channel there is. */
  #openFirst() {
    const { channels, me, currentId } = this.#store.get();
    const last = prefs.lastChannel(me.id);
    const first = channels.find((channel) => channel.id === last) ?? channels.find((channel) => channel.type === "PUBLIC");
    if (first && !currentId) this.open(first.id);
  }

  #leaveIfGone() {
    const { channels, currentId } = this.#store.get();
    if (!currentId || channels.some((channel) => channel.id === currentId)) return;
    this.#socket.watch(null);
    this.#store.set({ currentId: null });
    this.onProblem("channelGone");
  }

  /** The open channel has been read, as far as anybody looks at the page. */
  #look() {
    const { channels, currentId, seen, me } = this.#store.get();
    const channel = channels.find((one) => one.id === currentId);
    if (!document.hidden && channel && seen[channel.id] !== channel.lastMessageAt) {
      this.#store.set({ seen: { ...seen, [channel.id]: channel.lastMessageAt } });
    }
    prefs.setSeen(me.id, this.#store.get().seen);
  }

  async createChannel(name, description) {
    const channel = await this.#api.createPublic(name, description);
    await this.#enter(channel);
  }

  /** The private chat with one person: the one that there is, or a new one. */
  async openDirect(userId) {
    const { channels, me } = this.#store.get();
    const existing = findDirect(channels, me.id, userId);
    if (existing) return this.open(existing.id);
    return this.#enter(await this.#api.createPrivate([userId, me.id]));
  }

  #enter(channel) {
    this.#store.set((state) => ({ channels: [...state.channels.filter((one) => one.id !== channel.id), channel] }));
    return this.open(channel.id);
  }

  // ---- the open channel

  async open(channelId) {
    const { currentId, me } = this.#store.get();
    if (channelId === currentId) return;
    this.#store.set({ currentId: channelId });
    prefs.setLastChannel(me.id, channelId);
    this.#look();
    await this.#socket.watch(channelId);
    await this.load(channelId);
  }

  /** The newest messages: all there are to know at first, later those that were missed. */
  async load(channelId = this.#store.get().currentId) {
    const known = timelineOf(this.#store.get(), channelId);
    if (known.phase === "failed") this.#update(channelId, { phase: "loading" });
    try {
      if (known.phase === "ready") await this.#catchUp(channelId);
      else await this.#loadFirst(channelId);
      this.#flush(channelId);
    } catch (error) {
      if (timelineOf(this.#store.get(), channelId).phase !== "ready") this.#update(channelId, { phase: "failed" });
      else this.onProblem(error);
    }
  }

  async #loadFirst(channelId) {
    const page = await this.#api.messages(channelId);
    this.#arrived(channelId, page.content);
    this.#update(channelId, { phase: "ready", cursor: page.nextCursor, hasOlder: page.hasNext });
  }

  /** Pages backwards until something known turns up. After too long an absence the list starts anew from the newest. */
  async #catchUp(channelId) {
    const known = new Set(timelineOf(this.#store.get(), channelId).messages.map((message) => message.id));
    const missed = [];
    let page, cursor = null;
    for (let count = 0; count < CATCH_UP_PAGES; count++) {
      page = await this.#api.messages(channelId, cursor);
      missed.push(...page.content);
      if (!page.hasNext || page.content.some((message) => known.has(message.id))) return this.#arrived(channelId, missed);
      cursor = page.nextCursor;
    }
    this.#update(channelId, { messages: [], cursor, hasOlder: page.hasNext });
    this.#arrived(channelId, missed);
  }

  async loadOlder() {
    const { currentId } = this.#store.get();
    const { cursor, hasOlder, loadingOlder } = timelineOf(this.#store.get(), currentId);
    if (!hasOlder || loadingOlder) return;
    this.#update(currentId, { loadingOlder: true });
    try {
      const page = await this.#api.messages(currentId, cursor);
      this.#update(currentId, (timeline) => ({
        messages: mergeMessages(timeline.messages, page.content), cursor: page.nextCursor, hasOlder: page.hasNext,
      }));
    } catch (error) {
      this.onProblem(error);
    }
    this.#update(currentId, { loadingOlder: false });
  }

  #update(channelId, change) {
    this.#store.set((state) => {
      const timeline = timelineOf(state, channelId);
      const next = { ...timeline, ...(typeof change === "function" ? change(timeline) : change) };
      return { timelines: { ...state.timelines, [channelId]: next } };
    });
  }

  #arrived(channelId, messages) {
    const { me, currentId } = this.#store.get();
    const before = timelineOf(this.#store.get(), channelId);
    const fresh = newAmong(before.messages, messages);
    if (fresh.length === 0) return;
    this.#update(channelId, {
      messages: mergeMessages(before.messages, fresh),
      pending: settlePending(before.pending, fresh, me.id),
    });
    for (const { createdAt } of fresh) this.#store.set((state) => ({ channels: touch(state.channels, channelId, createdAt) }));
    this.#meet(fresh);
    if (channelId !== currentId) return;
    this.#look();
    if (before.phase === "ready") this.onArrived(fresh.filter((message) => message.author?.id !== me.id));
  }

  /** Whoever speaks and is not known yet has signed up since the last look. */
  #meet(messages) {
    const { users, listed } = this.#store.get();
    const known = new Set(users.map((user) => user.id));
    if (listed && messages.some(({ author }) => author && !known.has(author.id))) this.poll();
  }

  // ---- sending

  send(text) {
    const { currentId } = this.#store.get();
    const pending = { receipt: `send-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`, content: text, at: new Date().toISOString(), state: "queued" };
    this.#update(currentId, (timeline) => ({ pending: [...timeline.pending, pending] }));
    this.#flush(currentId);
  }

  retry(receipt) {
    this.#pendingChange(receipt, { state: "queued", reason: null });
    this.#flush(this.#store.get().currentId);
  }

  discard(receipt) {
    this.#update(this.#store.get().currentId, (timeline) => ({ pending: timeline.pending.filter((one) => one.receipt !== receipt) }));
  }

  /** Hands over what waits, in its order. */
  #flush(channelId) {
    if (!this.#socket.connected) return;
    const { me } = this.#store.get();
    for (const { receipt, content, state } of timelineOf(this.#store.get(), channelId).pending) {
      if (state !== "queued") continue;
      this.#pendingChange(receipt, { state: "sending" });
      this.#socket.publish(receipt, { content, channelId, authorId: me.id });
      setTimeout(() => this.#lookFor(channelId, receipt), SETTLE_MS);
    }
  }

  /** No word of a message for long: the history knows whether it was said. */
  async #lookFor(channelId, receipt) {
    const waits = () => this.#inFlight(channelId).includes(receipt);
    if (this.#stop.signal.aborted || !waits() || !this.#socket.connected) return;
    await this.load(channelId);
    if (waits()) this.#pendingChange(receipt, { state: "failed" });
  }

  /** The receipts of what the server was given and has not shown yet. */
  #inFlight(channelId) {
    return timelineOf(this.#store.get(), channelId).pending
      .filter((one) => one.state === "sending" || one.state === "sent").map((one) => one.receipt);
  }

  #pendingChange(receipt, change) {
    for (const [channelId, timeline] of Object.entries(this.#store.get().timelines)) {
      if (!timeline.pending.some((one) => one.receipt === receipt)) continue;
      this.#update(channelId, { pending: timeline.pending.map((one) => (one.receipt === receipt ? { ...one, ...change } : one)) });
    }
  }

  // ---- the connection

  /** Connected, for the first time or again: listen, fetch what was missed, and settle what was on its way when it broke. */
  async #resume() {
    const { currentId, timelines } = this.#store.get();
    await this.#socket.watch(currentId);
    for (const [channelId, { pending }] of Object.entries(timelines)) {
      if (channelId !== currentId && pending.length === 0) continue;
      const broken = this.#inFlight(channelId);
      await this.load(channelId);
      const lost = this.#inFlight(channelId).filter((receipt) => broken.includes(receipt));
      for (const receipt of lost) this.#pendingChange(receipt, { state: "failed" });
    }
  }

  #refused({ message, receipt }) {
    this.#pendingChange(receipt, { state: "failed", reason: message });
    if (this.#socket.watchedBy(receipt)) {  // to ask again would only be refused again
      this.#socket.watch(null);
      this.#store.set({ currentId: null });
    }
    this.onProblem(message || "failed");
  }
}
