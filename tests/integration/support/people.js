// REST as a browser does it: a cookie jar, the CSRF header, the bearer token; and people who have signed up.

import assert from "node:assert/strict";
import { request as httpRequest } from "node:http";
import { ADMIN } from "./server.js";
import { dial } from "./dial.js";
import { deferred, within } from "./time.js";

/**
 * One request over a connection of its own, nothing added. Gives {status, headers, cookies (Set-Cookie lines parsed), octets, text,
 * json}. `apartFrom`: connections on whose workers it must not be served.
 */
export async function request(server, method, path, { headers = {}, body, apartFrom } = {}) {
  const done = deferred();
  const sent = body === undefined ? null : Buffer.from(body);
  const socket = await dial(server, { apartFrom });
  const outgoing = httpRequest({
    host: "127.0.0.1", port: server.port, method, path, createConnection: () => socket,
    headers: { ...(sent ? { "Content-Length": sent.length } : {}), ...headers },
  }, (incoming) => {
    const chunks = [];
    incoming.on("data", (chunk) => chunks.push(chunk));
    incoming.on("error", done.reject);
    incoming.on("end", () => {
      const octets = Buffer.concat(chunks);
      const text = octets.toString("utf8");
      const type = incoming.headers["content-type"] ?? "";
      done.resolve({
        status: incoming.statusCode,
        headers: incoming.headers,
        cookies: (incoming.headers["set-cookie"] ?? []).map(parseSetCookie),
        octets,
        text,
        json: method !== "HEAD" && type.startsWith("application/json") ? JSON.parse(text) : undefined,
      });
    });
  });
  outgoing.on("error", done.reject);
  outgoing.end(sent ?? undefined);
  return within(done.promise, `answer to ${method} ${path}`);
}

export function parseSetCookie(line) {
  const [pair, ...rest] = line.split(/;\s*/);
  const at = pair.indexOf("=");
  const attributes = {};
  for (const one of rest) {
    const [name, value] = one.split("=");
    attributes[name.toLowerCase()] = value ?? true;
  }
  return { name: pair.slice(0, at), value: pair.slice(at + 1), attributes };
}

/** A multipart/form-data body: [{name, value, filename?, type?}]; a value is text or octets. */
export function multipart(parts) {
  const boundary = "----parley-test-9f2c";
  const pieces = parts.flatMap(({ name, value, filename, type }) => [
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${filename === undefined ? "" : `; filename="${filename}"`}\r\n` +
    `${type ? `Content-Type: ${type}\r\n` : ""}\r\n`, value, "\r\n"]);
  const body = Buffer.concat([...pieces, `--${boundary}--\r\n`].map((piece) => Buffer.from(piece)));
  return { headers: { "Content-Type": `multipart/form-data; boundary=${boundary}` }, body };
}

export const jsonBody = (value) => ({ headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) });
export const signUpBody = (user) =>
  multipart([{ name: "userCreateRequest", filename: "blob", type: "application/json", value: JSON.stringify(user) }]);
export const loginBody = ({ username, password }) =>
  multipart([{ name: "username", value: username }, { name: "password", value: password }]);

/** A browser: it keeps cookies, copies XSRF-TOKEN into the header (D3.3), and holds an access token once logged in. */
export class Browser {
  constructor(server, headers = {}) {
    this.server = server;
    this.headers = headers;
    this.jar = new Map();
    this.token = null;
  }

  cookieHeader() { return [...this.jar].map(([name, value]) => `${name}=${value}`).join("; "); }

  async fetch(method, path, { headers = {}, body, bearer = this.token, apartFrom } = {}) {
    const all = { ...this.headers, ...headers };
    if (this.jar.size > 0) all.Cookie ??= this.cookieHeader();
    if (this.jar.has("XSRF-TOKEN")) all["X-XSRF-TOKEN"] ??= this.jar.get("XSRF-TOKEN");
    if (bearer) all.Authorization ??= `Bearer ${bearer}`;
    const answer = await request(this.server, method, path, { headers: all, body, apartFrom });
    for (const { name, value, attributes } of answer.cookies) {
      if (attributes["max-age"] === "0") this.jar.delete(name);
      else this.jar.set(name, value);
    }
    return answer;
  }

  get(path, options) { return this.fetch("GET", path, options); }
  post(path, body, options = {}) {
    return this.fetch("POST", path, { ...options, body: body?.body ?? options.body, headers: { ...body?.headers, ...options.headers } });
  }

  async csrf() { return this.get("/api/auth/csrf-token"); }

  async signUp(user) {
    if (!this.jar.has("XSRF-TOKEN")) await this.csrf();
    return this.post("/api/users", signUpBody(user), { bearer: null });
  }

  async login(credentials, options = {}) {
    if (!this.jar.has("XSRF-TOKEN")) await this.csrf();
    const answer = await this.post("/api/auth/login", loginBody(credentials), { bearer: null, ...options });
    if (answer.status === 200) {
      this.token = answer.json.accessToken;
      this.user = answer.json.userDto;
      this.id = this.user.id;
    }
    return answer;
  }

  refresh(options) { return this.post("/api/auth/refresh", undefined, { bearer: null, headers: { "Content-Length": 0 }, ...options }); }
  logout(options) { return this.post("/api/auth/logout", undefined, { bearer: null, headers: { "Content-Length": 0 }, ...options }); }
}

let serial = 0;
/** Nobody else's name. */
export const freshUser = (name = "user") => {
  serial += 1;
  const username = `${name}-${process.pid}-${serial}`;
  return { username, email: `${username}@example.org`, password: "Str0ng-enough!" };
};

/** Somebody who has signed up and logged in. */
export async function person(server, name) {
  const account = freshUser(name);
  const browser = new Browser(server);
  const created = await browser.signUp(account);
  assert.equal(created.status, 201, created.text);
  const answer = await browser.login(account);
  assert.equal(answer.status, 200, answer.text);
  browser.account = account;
  return browser;
}

export async function admin(server) {
  const browser = new Browser(server);
  const answer = await browser.login(ADMIN);
  assert.equal(answer.status, 200, answer.text);
  browser.account = ADMIN;
  return browser;
}

/** `by` has to be an ADMIN. */
export const giveRole = (by, id, newRole) =>
  by.fetch("PUT", "/api/auth/role", jsonBody({ userId: id, newRole }));

/** Somebody who has been given this role, and logged in with it. */
export async function personWithRole(by, role) {
  const browser = await person(by.server, role.toLowerCase());
  const answer = await giveRole(by, browser.id, role);
  assert.equal(answer.status, 200, answer.text);
  assert.equal((await browser.login(browser.account)).status, 200);
  return browser;
}

/** The PUBLIC channel that is there from the start. */
export async function general(browser) {
  const { json } = await browser.get(`/api/channels?userId=${browser.id}`);
  const channel = json.find((one) => one.type === "PUBLIC" && one.name === "general");
  assert.ok(channel, "there is a PUBLIC channel general");
  return channel;
}

let channels = 0;
/** A PUBLIC channel of its own; `by` has to be the ADMIN. */
export async function publicChannel(by, name = `room-${process.pid}-${++channels}`) {
  const answer = await by.post("/api/channels/public", jsonBody({ name, description: "" }));
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
}

export async function privateChannel(by, ...others) {
  const answer = await by.post("/api/channels/private", jsonBody({ participantIds: [...others.map((one) => one.id), by.id] }));
  assert.equal(answer.status, 201, answer.text);
  return answer.json;
}

export const messagesPath = (channelId, more = "") =>
  `/api/messages?channelId=${channelId}&size=50&sort=createdAt,desc${more}`;

/** All messages of a channel, oldest first. `options` as for request(). */
export async function history(browser, channelId, options) {
  const all = [];
  for (let cursor = ""; ;) {
    const answer = await browser.get(messagesPath(channelId, cursor && `&cursor=${encodeURIComponent(cursor)}`), options);
    assert.equal(answer.status, 200, answer.text);
    all.push(...answer.json.content);
    if (!answer.json.hasNext) return all.reverse();
    cursor = answer.json.nextCursor;
  }
}
