// What was said in the channels: pages of the past, what arrives, what was missed, and changes to one's own words.

import { touch } from "./channels.js";
import { timelineOf, updateTimeline } from "./store.js";
import { mergeMessages, newAmong, refreshMessages, settlePending } from "./timeline.js";

const CATCH_UP_PAGES = 5;  // a longer absence starts the list anew

export class History {
  #api;
  #store;
  #on;

  /** Handlers: onNew(channelId, messages, {live}) for those not known before, onProblem(error). */
  constructor(api, store, handlers) {
    this.#api = api;
    this.#store = store;
    this.#on = handlers;
  }

  #timeline(channelId) { return timelineOf(this.#store.get(), channelId); }

  /** The newest messages: all there are to know at first, later those that were missed, changed or taken away. */
  async load(channelId) {
    const known = this.#timeline(channelId);
    if (known.phase === "failed") updateTimeline(this.#store, channelId, { phase: "loading" });
    try {
      if (known.phase === "ready") await this.#catchUp(channelId);
      else await this.#loadFirst(channelId);
      return true;
    } catch (error) {
      if (this.#timeline(channelId).phase !== "ready") updateTimeline(this.#store, channelId, { phase: "failed" });
      else if (error.status !== 404) this.#on.onProblem(error);  // the list of channels tells of one that is gone
      return false;
    }
  }

  async #loadFirst(channelId) {
    const page = await this.#api.messages(channelId);
    this.arrived(channelId, page.content);
    updateTimeline(this.#store, channelId, { phase: "ready", cursor: page.nextCursor, hasOlder: page.hasNext });
  }

  /** Pages backwards until something known turns up. After too long an absence the list starts anew from the newest. */
  async #catchUp(channelId) {
    const asked = new Set(this.#timeline(channelId).messages.map((message) => message.id));
    const missed = [];
    let page, cursor = null;
    for (let count = 0; count < CATCH_UP_PAGES; count++) {
      page = await this.#api.messages(channelId, cursor);
      missed.push(...page.content);
      if (!page.hasNext || page.content.some((message) => asked.has(message.id))) return this.#refresh(channelId, missed, { asked, hasOlder: page.hasNext });
      cursor = page.nextCursor;
    }
    updateTimeline(this.#store, channelId, { messages: [], cursor, hasOlder: page.hasNext });
    this.arrived(channelId, missed);
  }

  #refresh(channelId, messages, how) {
    this.arrived(channelId, messages);
    updateTimeline(this.#store, channelId, (timeline) => ({ messages: refreshMessages(timeline.messages, messages, how) }));
  }

  async loadOlder(channelId) {
    const { cursor, hasOlder, loadingOlder } = this.#timeline(channelId);
    if (!hasOlder || loadingOlder) return;
    updateTimeline(this.#store, channelId, { loadingOlder: true });
    try {
      const page = await this.#api.messages(channelId, cursor);
      updateTimeline(this.#store, channelId, (timeline) => ({
        messages: mergeMessages(timeline.messages, page.content), cursor: page.nextCursor, hasOlder: page.hasNext,
      }));
    } catch (error) {
      this.#on.onProblem(error);
    }
    updateTimeline(this.#store, channelId, { loadingOlder: false });
  }

  /** Takes in what is new of these; what is known stays as it is. */
  arrived(channelId, messages) {
    const { me } = this.#store.get();
    const before = this.#timeline(channelId);
    const fresh = newAmong(before.messages, messages);
    if (fresh.length === 0) return;
    updateTimeline(this.#store, channelId, {
      messages: mergeMessages(before.messages, fresh),
      pending: settlePending(before.pending, fresh, me.id),
    });
    for (const { createdAt } of fresh) this.#store.set((state) => ({ channels: touch(state.channels, channelId, createdAt) }));
    this.#on.onNew(channelId, fresh, { live: before.phase === "ready" });
  }

  // ---- one's own words

  async edit(message, content) {
    const answer = await this.#api.updateMessage(message.id, content);
    this.#change(message, (one) => ({ ...one, content: answer?.content ?? content, updatedAt: answer?.updatedAt ?? new Date().toISOString() }));
  }

  async remove(message) {
    await this.#api.deleteMessage(message.id);
    this.#change(message, () => null);
  }

  #change({ id, channelId }, change) {
    updateTimeline(this.#store, channelId, (timeline) => ({
      messages: timeline.messages.map((one) => (one.id === id ? change(one) : one)).filter(Boolean),
    }));
  }
}
