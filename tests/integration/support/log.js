// SPDX-License-Identifier: MIT
// The event log as it lies in the store, its envelopes read by the schema itself (schema/proto): what another program that
// knows nothing but the schema would see.

import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { sqlOf } from "./postgres.js";

const SCHEMA = join(dirname(fileURLToPath(import.meta.url)), "../../../schema/proto/parley/v1");
const run = promisify(execFile);

/* ---- the schema ---- */

/** {messages: name => number => {name, type, repeated}, enums: name => number => name} of what is not nested. */
function readSchema() {
  const messages = {}, enums = {};
  for (const file of ["types", "dto", "event"]) {
    const text = readFileSync(join(SCHEMA, `${file}.proto`), "utf8").replace(/\/\/.*$/gm, "");
    for (const [, kind, name, body] of text.matchAll(/^(message|enum) (\w+) \{\n(.*?)^\}/gms)) {
      if (kind === "enum") enums[name] = Object.fromEntries([...body.matchAll(/(\w+) = (\d+);/g)].map(([, value, n]) => [n, value]));
      else messages[name] = Object.fromEntries([...body.matchAll(/(optional |required |repeated |)(\w+) (\w+) = (\d+);/g)]
        .map(([, label, type, field, n]) => [n, { name: field, type, repeated: label === "repeated " }]));
    }
  }
  return { messages, enums };
}

const schema = readSchema();
const toUuid = (octets) => octets.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** Octets as the message of this name; what the schema does not know is an error. Uuids are text, instants BigInt. */
function decode(name, octets) {
  const out = {};
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const octet = octets[at++];
      value |= BigInt(octet & 0x7f) << shift;
      if (octet < 0x80) return value;
    }
  };
  while (at < octets.length) {
    const key = varint();
    const field = schema.messages[name][key >> 3n];
    if (!field) throw new Error(`${name} has no field ${key >> 3n}`);
    let value;
    if ((key & 7n) === 0n) {
      value = varint();
    } else {
      const length = Number(varint());
      value = octets.subarray(at, at + length);
      at += length;
      if (value.length !== length) throw new Error(`${name}.${field.name} is cut`);
    }
    value = valueOf(field.type, value);
    if (field.repeated) (out[field.name] ??= []).push(value);
    else if (field.name in out) throw new Error(`${name}.${field.name} stands there twice`);
    else out[field.name] = value;
  }
  return out;
}

function valueOf(type, value) {
  if (type in schema.enums) return schema.enums[type][value].replace(/^(ROLE|CHANNEL_TYPE|BINARY_CONTENT_STATUS)_/, "");
  if (type === "Uuid") return toUuid(decode(type, value).value);
  if (type === "Instant") return decode(type, value).microseconds;
  if (type in schema.messages) return decode(type, value);
  if (type === "sint64") return (value >> 1n) ^ -(value & 1n);
  if (type === "bool") return value !== 0n;
  return { string: () => value.toString("utf8"), bytes: () => value }[type]?.() ?? Number(value);
}

/* ---- the table ---- */

const COLUMNS = {
  sqlite: "stream, seq, time, audience, lower(hex(id)), lower(hex(envelope))",
  postgresql: "stream, seq, (EXTRACT(EPOCH FROM time) * 1000000)::bigint, audience, replace(id::text, '-', ''), encode(envelope, 'hex')",
};

async function rowsOf(server) {
  const url = server.flags["database-url"];
  const select = `SELECT ${COLUMNS[url ? "postgresql" : "sqlite"]} FROM log ORDER BY stream, seq`;
  const text = url ? await sqlOf(url, select)
    : (await run("sqlite3", ["-readonly", "-list", join(server.dataDir, "parley.db"), select], { maxBuffer: 1 << 26 })).stdout.trim();
  return text === "" ? [] : text.split("\n").map((line) => line.split("|"));
}

/** All rows, by stream and seq: {stream, seq, time, audience, id, type, payload}. */
export async function logOf(server) {
  return (await rowsOf(server)).map(([stream, seq, time, audience, id, octets]) => {
    const { id: own, stream: named, audience: whom, ...rest } = decode("Envelope", Buffer.from(octets, "hex"));
    const [[type, payload], ...more] = Object.entries(rest);
    if (more.length > 0) throw new Error(`an envelope with ${more.map(([name]) => name)} besides`);
    if (own !== toUuid(Buffer.from(id, "hex")) || named !== stream || whom !== audience)
      throw new Error(`row ${stream} ${seq}: id, stream or audience of the envelope are not the columns'`);
    return { stream, seq: Number(seq), time: BigInt(time), audience, id: own, type, payload };
  });
}
