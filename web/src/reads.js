// How far the user has read each channel, and for which the bell is on (discodeit.md 4.5, 8.2). The instants are the server's
// own, those of messages, so that a wrong clock of this machine marks nothing as read or unread.

import { isUnread, later } from "./channels.js";

const PAUSE_MS = 800;  // a lively channel is not told of message by message
const NOTHING_SAID = "1970-01-01T00:00:00Z";

/** The server's list, where a reading it was not told of yet is not forgotten. Pure. */
export function mergeReads(known, list) {
  const fresh = Object.fromEntries(list.map((read) => [read.channelId, { ...read, lastReadAt: later(read.lastReadAt, known[read.channelId]?.lastReadAt) }]));
  const unborn = Object.values(known).filter((read) => !read.id && !(read.channelId in fresh));
  return { ...Object.fromEntries(unborn.map((read) => [read.channelId, read])), ...fresh };
}

export class Reads {
  #api;
  #store;
  #turns = new Map();   // channel id → the last of its calls: one at a time
  #timers = new Map();  // channel id → the call that is due
  #untold = new Set();  // channel ids that the server was to be told of in vain
  #writes = 0;          // so that a list asked for before a change does not undo it

  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  stop() {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  async reload() {
    for (const channelId of this.#untold) this.#tellLater(channelId, 0);
    this.#untold.clear();
    const before = this.#writes;
    const list = await this.#api.readStatuses(this.#store.get().me.id);
    if (before === this.#writes) this.#store.set((state) => ({ reads: mergeReads(state.reads, list) }));
  }

  /** The channel has been read to its newest message. */
  markRead(channel) {
    const read = this.#read(channel.id);
    if (read && (read.id || this.#timers.has(channel.id)) && !isUnread(channel, read)) return;
    this.#put(channel.id, { lastReadAt: channel.lastMessageAt ?? NOTHING_SAID });
    this.#tellLater(channel.id, read?.id ? PAUSE_MS : 0);
  }

  #tellLater(channelId, pause) {
    clearTimeout(this.#timers.get(channelId));
    this.#timers.set(channelId, setTimeout(async () => {
      const failed = await this.#inTurn(channelId, () => this.#tell(channelId)).then(() => false, () => true);
      this.#timers.delete(channelId);
      if (failed) this.#untold.add(channelId);
    }, pause));
  }

  async setBell(channel, notificationEnabled) {
    const before = this.#read(channel.id)?.notificationEnabled ?? false;
    this.#put(channel.id, { notificationEnabled });
    try {
      await this.#inTurn(channel.id, async () => {
        await this.#ensure(channel.id);
        const answer = await this.#api.updateReadStatus(this.#read(channel.id).id, { notificationEnabled });
        this.#put(channel.id, { notificationEnabled: answer.notificationEnabled });
      });
    } catch (error) {
      this.#put(channel.id, { notificationEnabled: before });
      throw error;
    }
  }

  #read(channelId) { return this.#store.get().reads[channelId]; }

  #put(channelId, change) {
    this.#writes += 1;
    this.#store.set((state) => {
      const read = state.reads[channelId] ?? { id: null, channelId, userId: state.me.id, lastReadAt: NOTHING_SAID, notificationEnabled: false };
      return { reads: { ...state.reads, [channelId]: { ...read, ...change } } };
    });
  }

  #inTurn(channelId, task) {
    const turn = (this.#turns.get(channelId) ?? Promise.resolve()).catch(() => {}).then(task);
    this.#turns.set(channelId, turn);
    return turn;
  }

  /** The server's read status of the channel, made now if there is none: another tab may have been faster. */
  async #ensure(channelId) {
    const { id, lastReadAt } = this.#read(channelId);
    if (id) return false;
    try {
      const made = await this.#api.createReadStatus(this.#store.get().me.id, channelId, lastReadAt);
      this.#put(channelId, { id: made.id, notificationEnabled: made.notificationEnabled });  // one that was there already may ring
      return true;
    } catch (error) {
      if (error.status !== 409) throw error;
      const list = await this.#api.readStatuses(this.#store.get().me.id);
      const there = list.find((read) => read.channelId === channelId);
      if (!there) throw error;
      this.#put(channelId, { id: there.id, notificationEnabled: there.notificationEnabled });
      return false;
    }
  }

  async #tell(channelId) {
    if (!this.#read(channelId) || await this.#ensure(channelId)) return;
    const { id, lastReadAt } = this.#read(channelId);
    try {
      await this.#api.updateReadStatus(id, { lastReadAt });
    } catch (error) {
      if (error.status === 404) this.#put(channelId, { id: null });  // made anew when the channel is looked at again
      throw error;
    }
  }
}
