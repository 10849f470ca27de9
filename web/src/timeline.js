// The messages of one channel as pure functions: order, duplicates, messages on their way, and the rows to show.

/** Instants have 0 to 9 digits of fraction, more than a Date keeps: compare the seconds, then the digits. */
export function compareInstants(a, b) {
  const [secondsA, fractionA] = splitInstant(a);
  const [secondsB, fractionB] = splitInstant(b);
  if (secondsA !== secondsB) return secondsA < secondsB ? -1 : 1;
  return fractionA === fractionB ? 0 : fractionA < fractionB ? -1 : 1;
}

function splitInstant(instant) {
  const [seconds, fraction = ""] = instant.replace("Z", "").split(".");
  return [seconds, fraction.padEnd(9, "0")];
}

const inOrder = (a, b) => compareInstants(a.createdAt, b.createdAt) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/** Both lists as one: every id once (the incoming form of it), oldest first. */
export function mergeMessages(known, incoming) {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of incoming) byId.set(message.id, message);
  return [...byId.values()].sort(inOrder);
}

/** Those of `incoming` that `known` does not have. */
export function newAmong(known, incoming) {
  const ids = new Set(known.map((message) => message.id));
  return incoming.filter((message) => !ids.has(message.id));
}

/**
 * What is known after the server's newest page, or newest pages, have come: what they have, and what they cannot know of.
 * `asked` are the ids that were known when they were asked for; one of those that lies within the pages' reach and is not
 * among them is gone.
 */
export function refreshMessages(known, pages, { asked, hasOlder }) {
  const there = new Set(pages.map((message) => message.id));
  const oldest = pages.at(-1);
  const isGone = (message) => asked.has(message.id) && !there.has(message.id) && (!hasOlder || inOrder(message, oldest) >= 0);
  return mergeMessages(known.filter((message) => !isGone(message)), pages);
}

const names = (files) => (files ?? []).map((file) => file.fileName ?? file.name).join("/");

/**
 * Messages on their way, less those that have arrived. A message of mine takes away the first pending one of the same text
 * and files that was handed to the server; one that still waits for the connection cannot have arrived.
 */
export function settlePending(pending, arrived, myId) {
  const left = [...pending];
  for (const message of arrived) {
    if (message.author?.id !== myId) continue;
    const at = left.findIndex((one) => one.state !== "queued" && one.content === message.content && names(one.files) === names(message.attachments));
    if (at >= 0) left.splice(at, 1);
  }
  return left;
}

/** Changed after it was said? */
export const isEdited = (message) => Boolean(message.updatedAt) && compareInstants(message.updatedAt, message.createdAt) > 0;

const GROUP_GAP_MS = 5 * 60 * 1000;
const dayOf = (instant) => new Date(instant).toDateString();

/**
 * The rows of the list: a separator before each day's first message, and messages that know whether they begin and end
 * a run of one author. Pending ones follow all others.
 */
export function layoutRows(messages, pending, myId) {
  const rows = [];
  let previous = null;
  const add = (row, authorId, at) => {
    const day = dayOf(at);
    if (previous?.day !== day) rows.push({ kind: "day", key: `day ${day}`, at });
    row.first = !previous || previous.day !== day || previous.authorId !== authorId || Date.parse(at) - previous.time > GROUP_GAP_MS;
    row.last = true;
    if (previous && !row.first) previous.row.last = false;
    rows.push(row);
    previous = { row, day, authorId, time: Date.parse(at) };
  };
  for (const message of messages) {
    const authorId = message.author?.id ?? null;
    add({ kind: "message", key: message.id, message, mine: authorId === myId }, authorId, message.createdAt);
  }
  for (const one of pending) add({ kind: "pending", key: `pending ${one.receipt}`, pending: one, mine: true }, myId, one.at);
  return rows;
}
