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

const later = (a, b) => (!a ? b : !b ? a : compareInstants(a, b) >= 0 ? a : b);

/**
 * The fresh list of the server, where a message that came over the socket meanwhile is not forgotten.
 */
export function mergeChannels(known, fresh) {
  const before = new Map(known.map((channel) => [channel.id, channel]));
  return fresh.map((channel) => ({ ...channel, lastMessageAt: later(channel.lastMessageAt, before.get(channel.id)?.lastMessageAt) }));
}

export const touch = (channels, id, instant) =>
  channels.map((channel) => (channel.id === id ? { ...channel, lastMessageAt: later(channel.lastMessageAt, instant) } : channel));

/** What was seen of each channel. Channels met for the first time count as read, except those that appear while we watch. */
export function markSeen(seen, channels, { firstLook }) {
  const next = { ...seen };
  for (const channel of channels) if (!(channel.id in next)) next[channel.id] = firstLook ? channel.lastMessageAt : null;
  return next;
}

export function isUnread(channel, seen) {
  if (!channel.lastMessageAt) return false;
  const last = seen[channel.id];
  return !last || compareInstants(channel.lastMessageAt, last) > 0;
}
