// What the list of channels means to one user. Pure.

import { compareInstants } from "./timeline.js";

/** The private channel of exactly these two, if there is one. */
export function findDirect(channels, myId, otherId) {
  return channels.find((channel) => channel.type === "PRIVATE" && channel.participants.length === 2 &&
    [myId, otherId].every((id) => channel.participants.some((user) => user.id === id)));
}

export const othersIn = (channel, myId) => channel.participants.filter((user) => user.id !== myId);

/** A private channel has no name: it goes by those of the others. */
export const channelName = (channel, myId, unknown) =>
  channel.type === "PUBLIC" ? channel.name : othersIn(channel, myId).map((user) => user.username).join(", ") || unknown;

/** Public ones as the server orders them, private ones with the latest talk first. */
export function splitChannels(channels) {
  const latest = (channel) => channel.lastMessageAt ?? "";
  return {
    open: channels.filter((channel) => channel.type === "PUBLIC"),
    direct: channels.filter((channel) => channel.type === "PRIVATE")
      .sort((a, b) => (latest(a) && latest(b) ? compareInstants(latest(b), latest(a)) : latest(a) ? -1 : latest(b) ? 1 : 0)),
  };
}

export const later = (a, b) => (!a ? b : !b ? a : compareInstants(a, b) >= 0 ? a : b);

/**
 * The fresh list of the server, asked for when `asked` was known. Where a message came over the socket meanwhile, its instant
 * is not forgotten; otherwise the server's word holds, also when the newest message is gone.
 */
export function mergeChannels(asked, known, fresh) {
  const instants = (list) => new Map(list.map((channel) => [channel.id, channel.lastMessageAt]));
  const [before, now] = [instants(asked), instants(known)];
  return fresh.map((channel) => (before.get(channel.id) === now.get(channel.id) ? channel
    : { ...channel, lastMessageAt: later(channel.lastMessageAt, now.get(channel.id)) }));
}

export const touch = (channels, id, instant) =>
  channels.map((channel) => (channel.id === id ? { ...channel, lastMessageAt: later(channel.lastMessageAt, instant) } : channel));

/** Something was said, and not before the user looked last (discodeit.md 8.2). */
export function isUnread(channel, read) {
  if (!channel.lastMessageAt) return false;
  return !read || compareInstants(channel.lastMessageAt, read.lastReadAt) > 0;
}

/** May this user create, rename and delete channels (discodeit.md 3.10)? */
export const managesChannels = (user) => user.role === "CHANNEL_MANAGER" || user.role === "ADMIN";

/** Whose name or e-mail has the wanted letters in it, me left out; those who are here first. */
export function searchPeople(users, myId, wanted, language) {
  const text = wanted.trim().toLocaleLowerCase();
  return users.filter((user) => user.id !== myId && [user.username, user.email].some((one) => (one ?? "").toLocaleLowerCase().includes(text)))
    .sort((a, b) => Number(b.online ?? false) - Number(a.online ?? false) || a.username.localeCompare(b.username, language));
}
