// What the user does and what the server says, turned into changes of the store. The parts know one matter each; this is
// what holds them together. Knows no DOM but the visibility of the page.

import { findDirect, mergeChannels } from "./channels.js";
import { Files } from "./files.js";
import { History } from "./history.js";
import { Notices, channelOfNotice } from "./notices.js";
import { Outbox } from "./outbox.js";
import { prefs } from "./prefs.js";
import { Reads } from "./reads.js";
import { Socket } from "./socket.js";
import { keepIfSame, timelineOf } from "./store.js";

const POLL_MS = 10_000;
const LOOK_BACK_TURNS = 3;  // every so many polls the open channel is asked for what was edited and deleted

export class Chat {
  #api;
  #session;
  #store;
  #socket;
  #poller = null;
  #turns = 0;
  #writes = 0;           // a list that was asked for before a change is old
  #stop = new AbortController();

  drafts = new Map();    // channel id → {text, files} that stand in its composer

  onArrived = () => {};  // (messages): said by others in the open channel just now
  onProblem = () => {};  // (error or text): to be shown in passing

  constructor(session, api, store) {
    this.#api = api;
    this.#session = session;
    this.#store = store;
    this.files = new Files(api);
    this.reads = new Reads(api, store);
    this.notices = new Notices(api, store);
    this.history = new History(api, store, {
      onNew: (channelId, messages, how) => this.#new(channelId, messages, how),
      onProblem: (error) => this.onProblem(error),
    });
    this.#socket = new Socket((how) => session.freshToken(how), {
      onState: (connection) => store.set((state) => ({ connection, wasConnected: state.wasConnected || connection === "connected" })),
      onOpen: () => this.#resume(),
      onMessage: (message) => this.history.arrived(message.channelId, [message]),
      onReceipt: (receipt) => this.outbox.change(receipt, { state: "sent" }),
      onError: (error) => this.#refused(error),
    });
    this.outbox = new Outbox(api, store, this.#socket, this.history);
  }

  start() {
    const options = { signal: this.#stop.signal };
    document.addEventListener("visibilitychange", () => this.#awake(), options);
    addEventListener("focus", () => this.#awake(), options);
    addEventListener("online", () => this.#awake(), options);
    this.#poller = setInterval(() => document.hidden || this.#turn(), POLL_MS);
    this.#socket.open();
    this.poll();
  }

  stop() {
    this.#stop.abort();
    clearInterval(this.#poller);
    for (const part of [this.outbox, this.reads, this.files]) part.stop();
    this.#socket.close();
  }

  get #channel() { return this.#channelOf(this.#store.get().currentId); }

  #channelOf(id) { return this.#store.get().channels.find((one) => one.id === id); }

  // ---- lists of channels and people

  #awake() {
    if (document.hidden) return;
    this.#socket.wake();
    this.poll();
    this.#lookBack();
  }

  #turn() {
    this.poll();
    if (++this.#turns % LOOK_BACK_TURNS === 0) this.#lookBack();
  }

  /** Edits and deletions by others come by no other way. */
  #lookBack() {
    const { currentId } = this.#store.get();
    if (currentId && timelineOf(this.#store.get(), currentId).phase === "ready") this.history.load(currentId);
  }

  async poll() {
    const writes = this.#writes;
    const { me, channels: asked, listed } = this.#store.get();
    try {
      this.notices.reload().catch(() => {});  // the lists do without
      const [users, fresh] = await Promise.all([this.#api.users(), this.#api.channels(me.id), this.reads.reload()]);
      if (this.#stop.signal.aborted) return;
      if (writes !== this.#writes) return this.poll();
      this.#store.set((state) => ({
        users: keepIfSame(state.users, users),
        channels: keepIfSame(state.channels, mergeChannels(asked, state.channels, fresh)),
        me: keepIfSame(state.me, users.find((user) => user.id === me.id) ?? state.me),
        listed: true,
      }));
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
    const { currentId } = this.#store.get();
    if (!currentId || this.#channel) return;
    this.#leave();
    this.onProblem("channelGone");
  }

  #leave() {
    this.#socket.watch(null);
    this.#store.set({ currentId: null });
  }

  /** The open channel has been read, as far as anybody looks at the page. */
  #look() {
    if (!document.hidden && this.#channel) this.reads.markRead(this.#channel);
  }

  async #write(call) {
    const answer = await call;
    this.#writes += 1;
    return answer;
  }

  // ---- channels

  async createChannel(name, description) { await this.#enter(await this.#write(this.#api.createPublic(name, description))); }

  async updateChannel(id, name, description) {
    this.#replace(await this.#write(this.#api.updateChannel(id, name, description)));
  }

  async deleteChannel(id) {
    await this.#write(this.#api.deleteChannel(id));
    if (this.#store.get().currentId === id) this.#leave();
    this.#store.set((state) => ({ channels: state.channels.filter((one) => one.id !== id) }));
    this.poll();
  }

  /** The private chat with these people: the one that there is with one of them, or a new one. */
  async openPrivate(userIds) {
    const { channels, me } = this.#store.get();
    const existing = userIds.length === 1 && findDirect(channels, me.id, userIds[0]);
    if (existing) return this.open(existing.id);
    return this.#enter(await this.#write(this.#api.createPrivate([...userIds, me.id])));
  }

  #replace(channel) {
    this.#store.set((state) => ({ channels: state.channels.map((one) => (one.id === channel.id ? channel : one)) }));
  }

  #enter(channel) {
    this.#store.set((state) => ({ channels: [...state.channels.filter((one) => one.id !== channel.id), channel] }));
    return this.open(channel.id);
  }

  /** A notification has been read: it goes, and what it is about opens. */
  async openNotice(notice) {
    const channel = channelOfNotice(notice, this.#store.get());
    await Promise.all([this.notices.dismiss(notice), channel && this.open(channel.id)]);
    return Boolean(channel);
  }

  // ---- people

  async setRole(user, role) {
    await this.#write(this.#api.setRole(user.id, role));
    await this.poll();
  }

  async updateMe(change, picture) {
    const me = await this.#write(this.#api.updateUser(this.#store.get().me.id, change, picture));
    this.#session.rename(me);
    this.#store.set((state) => ({ me, users: state.users.map((user) => (user.id === me.id ? me : user)) }));
    this.poll();
  }

  async deleteMe() {
    await this.#api.deleteUser(this.#store.get().me.id);
    this.#session.forget();
  }

  // ---- the open channel

  async open(channelId) {
    const { currentId, me } = this.#store.get();
    if (channelId === currentId) return;
    this.#store.set({ currentId: channelId });
    prefs.setLastChannel(me.id, channelId);
    this.#look();
    await this.#socket.watch(channelId);
    await this.#load(channelId);
  }

  load() { return this.#load(this.#store.get().currentId); }

  async #load(channelId) {
    if (await this.history.load(channelId)) this.outbox.flush(channelId);
  }

  #new(channelId, messages, { live }) {
    this.#meet(messages);
    if (channelId !== this.#store.get().currentId) return;
    this.#look();
    const { me } = this.#store.get();
    if (live) this.onArrived(messages.filter((message) => message.author?.id !== me.id));
  }

  /** Whoever speaks and is not known yet has signed up since the last look. */
  #meet(messages) {
    const { users, listed } = this.#store.get();
    const known = new Set(users.map((user) => user.id));
    if (listed && messages.some(({ author }) => author && !known.has(author.id))) this.poll();
  }

  // ---- the connection

  /** Connected, for the first time or again: listen, fetch what was missed, and settle what was on its way when it broke. */
  async #resume() {
    const { currentId, timelines } = this.#store.get();
    await this.#socket.watch(currentId);
    for (const [channelId, { pending }] of Object.entries(timelines)) {
      if (channelId !== currentId && pending.length === 0) continue;
      const broken = this.outbox.inFlight(channelId);
      await this.#load(channelId);
      const lost = this.outbox.inFlight(channelId).filter((receipt) => broken.includes(receipt));
      for (const receipt of lost) this.outbox.change(receipt, { state: "failed" });
    }
  }

  #refused({ message, receipt }) {
    this.outbox.change(receipt, { state: "failed", reason: message });
    if (this.#socket.watchedBy(receipt)) this.#leave();  // to ask again would only be refused again
    this.onProblem(message || "failed");
  }
}
