// Notifications: kept by the server until they are read, which deletes them (discodeit.md 4.6, 8.4).

import { isUnread } from "./channels.js";
import { keepIfSame } from "./store.js";

const only = (list) => (list.length === 1 ? list[0] : null);

/**
 * The channel that a notification is about, if its title tells: "haneul (#general)", or the name of a person alone where the
 * chat is private. Of several with that person it is the one that is unread. Pure.
 */
export function channelOfNotice({ title }, { channels, users, reads }) {
  const [, author, name] = title.match(/^(.*?)(?: \(#?(.+)\))?$/s);
  const named = channels.filter((channel) => channel.type === "PUBLIC" && channel.name === name);
  if (named.length > 0) return only(named);
  const person = users.find((user) => user.username === author);
  const shared = channels.filter((channel) => channel.type === "PRIVATE" && channel.participants.some((one) => one.id === person?.id));
  return only(shared) ?? only(shared.filter((channel) => isUnread(channel, reads[channel.id])));
}

/** The two roles that a notification of a change names, or null. Pure. */
export const rolesOfNotice = ({ content }) => content.match(/^(USER|CHANNEL_MANAGER|ADMIN) -> (USER|CHANNEL_MANAGER|ADMIN)$/)?.slice(1) ?? null;

export class Notices {
  #api;
  #store;
  #gone = new Set();  // deleted here: a list that was asked for before may still have them

  constructor(api, store) {
    this.#api = api;
    this.#store = store;
  }

  async reload() {
    const list = await this.#api.notifications();
    this.#store.set((state) => ({ notices: keepIfSame(state.notices, list.filter(({ id }) => !this.#gone.has(id))) }));
  }

  async dismiss({ id }) {
    this.#gone.add(id);
    this.#store.set((state) => ({ notices: state.notices.filter((one) => one.id !== id) }));
    try {
      await this.#api.deleteNotification(id);
    } catch (error) {
      if (error.status === 404) return;  // another tab was faster
      this.#gone.delete(id);
      throw error;
    }
  }

  dismissAll() { return Promise.all(this.#store.get().notices.map((one) => this.dismiss(one))); }
}
