// A day in which everything happens, and what the event log has of it: exactly the events of discodeit.md 7.4, for whom they
// are, without a gap, the same over every store. G2: an event if and only if its change.

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { Browser, admin, giveRole, jsonBody, messagesPath, multipart } from "./support/people.js";
import { logOf } from "./support/log.js";
import { databaseOf, hasPostgres } from "./support/postgres.js";
import { Redis } from "./support/redis.js";
import { Server, removeScratchFolders, scratchFolder } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { eventually, slow } from "./support/time.js";

after(removeScratchFolders);
const there = await hasPostgres();
const PASSWORD = "Str0ng-enough!";

/** Of one change the channels have no order among them, and neither have files and notifications, which come later. */
function inOrder(lines) {
  const kind = (line) => line.replace(/^notification/, "binary").split("_")[0], out = [];
  for (let i = 0, end; i < lines.length; i = end) {
    for (end = i; end < lines.length && kind(lines[end]) === kind(lines[i]); end++);
    out.push(...lines.slice(i, end).sort());
  }
  return out;
}

/** What happens, and what is told of it. People and channels are known by name. */
class Day {
  people = {};
  names = new Map();     // id => name
  seen = new Map();      // stream => seq
  last = new Map();      // stream => time
  said = new Map();      // time of a message => its text
  all = [];

  constructor(server) { this.server = server; }

  name(id, name) { this.names.set(id, name); return id; }
  nameOf(id) { return this.names.get(id) ?? `?${id}`; }

  /* -- one line for each event -- */

  audience(row) { return row.audience === "*" ? "all" : row.audience.split(",").map((id) => this.nameOf(id)).sort().join("+"); }
  file(one) { return `${one.file_name}(${one.content_type}, ${one.size}, ${one.status})`; }
  user(one) {
    assert.equal("online" in one, false, "what changes without a commit is not stored");
    return [this.nameOf(one.id), one.username, one.email.split("@")[0], one.role, one.profile ? this.file(one.profile) : "-"].join(" ");
  }
  channel(one) {
    const members = (one.participants ?? []).map((member) => member.username).sort().join("+");
    const last = one.last_message_at === undefined ? "-" : `"${this.said.get(one.last_message_at)}"`;
    return [this.nameOf(one.id), one.type, one.name ?? "-", one.description ?? "-", `[${members}]`, last].join(" ");
  }
  line(row) {
    const { type, payload } = row, to = this.audience(row);
    if (type === "message_created") {
      this.said.set(row.time, payload.content);
      assert.equal(payload.id, row.id);
      assert.equal("online" in payload.author, false);
      const { username, profile } = payload.author;
      return `message_created ${this.nameOf(row.stream.split(".")[1])} by ${username}${profile ? ` ${this.file(profile)}` : ""}: ` +
        `"${payload.content}" [${(payload.attachments ?? []).map((one) => this.file(one)).join()}]`;
    }
    if (!/^(user|channel|notification|binary)_/.test(type)) throw new Error(`an event ${type} in ${row.stream}`);
    const what = {
      user: () => this.user(payload),
      channel: () => this.channel(payload),
      notification: () => {
        assert.equal(payload.receiver_id, row.audience);
        return `"${payload.title}" "${payload.content}"`;
      },
      binary: () => this.file(payload),
    }[type.split("_")[0]]();
    return `${type} to ${to}: ${what}`;
  }

  /** The rows that were not seen yet, messages first. */
  async news() {
    const rows = (await logOf(this.server)).filter((row) => row.seq > (this.seen.get(row.stream) ?? 0))
      .filter(({ stream }) => stream === "events" || stream.startsWith("channels."));  // the others are for instances, not for people
    return rows.sort((a, b) => (a.stream === "events") - (b.stream === "events"));
  }

  /** Exactly these events come of it. */
  async tell(what, act, expected) {
    await act();
    let rows;
    await eventually(async () => (rows = await this.news()).length >= expected.length, `what is told of: ${what}`, slow(10_000)).catch(() => {});
    for (const row of rows) {
      assert.equal(row.seq, (this.seen.get(row.stream) ?? 0) + 1, `${what}: no gap in ${row.stream}`);
      assert.ok(row.time > (this.last.get(row.stream) ?? 0n), `${what}: time rises in ${row.stream}`);
      this.seen.set(row.stream, row.seq);
      this.last.set(row.stream, row.time);
    }
    const lines = inOrder(rows.map((row) => this.line(row)));
    assert.deepEqual(lines, inOrder(expected), what);
    this.all.push(...lines);
  }

  /* -- what people do -- */

  async signUp(name) {
    const browser = new Browser(this.server);
    const answer = await browser.signUp({ username: name, email: `${name}@example.org`, password: PASSWORD });
    assert.equal(answer.status, 201, answer.text);
    this.name(answer.json.id, name.toUpperCase());
    browser.account = { username: name, password: PASSWORD };
    this.people[name] = browser;
  }

  async ok(by, method, path, body, status) {
    const answer = await this.people[by].fetch(method, path, { body: body?.body, headers: body?.headers ?? { "Content-Length": 0 } });
    assert.equal(answer.status, status, `${method} ${path}: ${answer.text}`);
    return answer.json;
  }

  async login(name) {
    const answer = await this.people[name].login(this.people[name].account);
    assert.equal(answer.status, 200, answer.text);
  }

  async say(name, channel, text) {
    const stomp = await RawStomp.connect(this.people[name]);
    await stomp.sayDurably(channel, text);
    stomp.destroy();
  }

  async messageId(by, channel, content) {
    const { content: page } = await this.ok(by, "GET", messagesPath(channel), undefined, 200);
    return page.find((one) => one.content === content).id;
  }
}

const update = (fields, ...more) =>
  multipart([{ name: "userUpdateRequest", filename: "blob", type: "application/json", value: JSON.stringify(fields) }, ...more]);

/** What a user is told as, by name; his role and picture change in the course of the day. */
const user = (name, { as = name, role = name === "admin" ? "ADMIN" : "USER", picture = "-", mail = name } = {}) =>
  `${name.toUpperCase()} ${as} ${mail} ${role} ${picture}`;
const updated = (name, more) => `user_updated to all: ${user(name, more)}`;
const channel = (what, to, text) => `channel_${what} to ${to}: ${text}`;

/** The events of a whole day. `restart` begins the night: the server comes again, with other flags. */
async function live(server, restart) {
  const day = new Day(server);
  const { people } = day, ids = {};
  const step = (what, act, ...expected) => day.tell(what, act, expected);
  const id = (name) => people[name].id;

  await step("the first start: nobody is there to be told", async () => {
    people.admin = await admin(server);
    day.name(people.admin.id, "ADMIN");
  }, updated("admin"));

  for (const name of ["ann", "bob", "cho", "dan"]) {
    await step(`${name} signs up`, () => day.signUp(name), `user_created to all: ${user(name)}`);
    await step(`${name} logs in`, () => day.login(name), updated(name));
  }
  await step("what is refused tells nothing", async () => {
    assert.equal((await new Browser(server).signUp({ username: "ann", email: "x@example.org", password: PASSWORD })).status, 409);
    assert.equal((await people.ann.post("/api/channels/public", jsonBody({ name: "no", description: "" }))).status, 403);
    assert.equal((await new Browser(server).login({ username: "ann", password: "wrong" })).status, 401);
    await day.ok("ann", "PATCH", `/api/users/${id("bob")}`, update({ newUsername: "mine" }), 403);
    await day.ok("ann", "DELETE", `/api/users/${id("bob")}`, undefined, 403);
    assert.equal((await giveRole(people.ann, id("ann"), "ADMIN")).status, 403);
  });

  /* channels */
  await step("a PUBLIC channel", async () => {
    const made = await day.ok("admin", "POST", "/api/channels/public", jsonBody({ name: "lunch", description: "where" }), 201);
    ids.lunch = day.name(made.id, "#lunch");
  }, channel("created", "all", "#lunch PUBLIC lunch where [] -"));
  await step("it is renamed", () => day.ok("admin", "PATCH", `/api/channels/${ids.lunch}`, jsonBody({ newName: "food", newDescription: "what" }), 200),
    channel("updated", "all", "#lunch PUBLIC food what [] -"));
  await step("a PRIVATE channel", async () => {
    const made = await day.ok("ann", "POST", "/api/channels/private", jsonBody({ participantIds: [id("bob"), id("ann")] }), 201);
    ids.two = day.name(made.id, "#two");
  }, channel("created", "ANN+BOB", "#two PRIVATE - - [ann+bob] -"));
  await step("the same two get the same channel again", async () => {
    const made = await day.ok("bob", "POST", "/api/channels/private", jsonBody({ participantIds: [id("ann"), id("bob")] }), 201);
    assert.equal(made.id, ids.two);
  });
  await step("one of three", async () => {
    const made = await day.ok("cho", "POST", "/api/channels/private", jsonBody({ participantIds: ["ann", "bob", "cho"].map(id) }), 201);
    ids.three = day.name(made.id, "#three");
  }, channel("created", "ANN+BOB+CHO", "#three PRIVATE - - [ann+bob+cho] -"));

  /* bells and messages */
  await step("a read status tells nothing", async () => {
    const body = jsonBody({ userId: id("bob"), channelId: ids.lunch, lastReadAt: "2026-03-02T09:15:30.482Z" });
    const status = await day.ok("bob", "POST", "/api/readStatuses", body, 201);
    const path = `/api/readStatuses/${status.id}`;
    await day.ok("bob", "PATCH", path, jsonBody({ newLastReadAt: null, newNotificationEnabled: true }), 200);
    await day.ok("bob", "PATCH", path, jsonBody({ newLastReadAt: "2026-03-02T10:15:30.482Z", newNotificationEnabled: null }), 200);
  });
  await step("a message where one has the bell on", () => day.say("ann", ids.lunch, "soup?"),
    'message_created #lunch by ann: "soup?" []',
    'notification_created to BOB: "ann (#food)" "soup?"');
  await step("his own message", () => day.say("bob", ids.lunch, "yes"), 'message_created #lunch by bob: "yes" []');
  await step("a message to one", () => day.say("ann", ids.two, "psst"),
    'message_created #two by ann: "psst" []',
    'notification_created to BOB: "ann" "psst"');
  await step("a message to two", () => day.say("cho", ids.three, "hello"),
    'message_created #three by cho: "hello" []',
    'notification_created to ANN: "cho" "hello"',
    'notification_created to BOB: "cho" "hello"');
  await step("a stranger's message is refused", async () => {
    const stomp = await RawStomp.connect(people.dan);
    stomp.say(ids.two, "me too");
    await stomp.refused();
  });
  await step("a channel is told with its last message", () => day.ok("admin", "PATCH", `/api/channels/${ids.lunch}`, jsonBody({ newName: "lunch" }), 200),
    channel("updated", "all", '#lunch PUBLIC lunch what [] "yes"'));
  await step("reading, editing and deleting tell nothing", async () => {
    for (const one of await day.ok("bob", "GET", "/api/notifications", undefined, 200)) await day.ok("bob", "DELETE", `/api/notifications/${one.id}`, undefined, 204);
    const path = `/api/messages/${await day.messageId("bob", ids.lunch, "yes")}`;
    await day.ok("bob", "PATCH", path, jsonBody({ newContent: "no" }), 200);
    await day.ok("bob", "DELETE", path, undefined, 204);
  });

  /* logins and users: whoever shares a PRIVATE channel with him has him in the side bar (D7.4) */
  const two = (members) => channel("updated", "ANN+BOB", `#two PRIVATE - - [${members}] "psst"`);
  const three = (members) => channel("updated", "ANN+BOB+CHO", `#three PRIVATE - - [${members}] "hello"`);
  const ann = (more, as = "ann") => [updated("ann", more), two(`${as}+bob`), three(`${as}+bob+cho`)];
  await step("a refresh tells nothing", async () => assert.equal((await people.ann.refresh()).status, 200));
  await step("a login that displaces another", () => day.login("ann"), ...ann());
  await step("a logout", async () => assert.equal((await people.ann.logout()).status, 204), ...ann());
  await step("a second logout tells nothing", async () => {
    await people.ann.csrf();
    assert.equal((await people.ann.logout()).status, 204);
  });
  await step("back again", () => day.login("ann"), ...ann());
  await step("another name and address", () => day.ok("ann", "PATCH", `/api/users/${id("ann")}`, update({ newUsername: "anna", newEmail: "anna@example.org" }), 200),
    ...ann({ as: "anna", mail: "anna" }, "anna"));
  await step("the same name again tells nothing", () => day.ok("ann", "PATCH", `/api/users/${id("ann")}`, update({ newUsername: "anna" }), 200));
  await step("another password", () => day.ok("ann", "PATCH", `/api/users/${id("ann")}`, update({ newPassword: "An0ther-one!" }), 200),
    ...ann({ as: "anna", mail: "anna" }, "anna"));
  await step("another role", async () => assert.equal((await giveRole(people.admin, id("bob"), "CHANNEL_MANAGER")).status, 200),
    updated("bob", { role: "CHANNEL_MANAGER" }), two("anna+bob"), three("anna+bob+cho"),
    'notification_created to BOB: "권한이 변경되었습니다." "USER -> CHANNEL_MANAGER"');
  await step("with which he logs in", () => day.login("bob"),
    updated("bob", { role: "CHANNEL_MANAGER" }), two("anna+bob"), three("anna+bob+cho"));
  await step("the same role again tells nothing", async () => assert.equal((await giveRole(people.admin, id("bob"), "CHANNEL_MANAGER")).status, 200));

  /* files */
  const picture = (status) => `me.png(image/png, 3, ${status})`;
  await step("a picture", () => day.ok("ann", "PATCH", `/api/users/${id("ann")}`, update({}, { name: "profile", filename: "me.png", type: "image/png", value: "PNG" }), 200),
    ...ann({ as: "anna", mail: "anna", picture: picture("PROCESSING") }, "anna"),
    `binary_content_updated to all: ${picture("SUCCESS")}`);
  await step("a message with files", () => {
    const parts = [
      { name: "messageCreateRequest", filename: "blob", type: "application/json", value: JSON.stringify({ content: "", channelId: ids.two, authorId: id("ann") }) },
      { name: "attachments", filename: "a.txt", type: "text/plain", value: "one" },
      { name: "attachments", filename: "고양이.png", type: "image/png", value: "three" },
    ];
    return day.ok("ann", "POST", "/api/messages", multipart(parts), 201);
  },
    `message_created #two by anna ${picture("SUCCESS")}: "" [a.txt(text/plain, 3, PROCESSING),고양이.png(image/png, 5, PROCESSING)]`,
    'notification_created to BOB: "anna" "a.txt (+1)"',
    "binary_content_updated to ANN+BOB: a.txt(text/plain, 3, SUCCESS)",
    "binary_content_updated to ANN+BOB: 고양이.png(image/png, 5, SUCCESS)");

  /* farewells */
  await step("a PUBLIC channel is deleted", () => day.ok("bob", "DELETE", `/api/channels/${ids.lunch}`, undefined, 204),
    channel("deleted", "all", '#lunch PUBLIC lunch what [] "soup?"'));
  await step("which can be done once", () => day.ok("bob", "DELETE", `/api/channels/${ids.lunch}`, undefined, 404));
  await step("a user of no channel goes", () => day.ok("dan", "DELETE", `/api/users/${id("dan")}`, undefined, 204), `user_deleted to all: ${user("dan")}`);
  await step("one of two and of three goes", () => day.ok("bob", "DELETE", `/api/users/${id("bob")}`, undefined, 204),
    channel("deleted", "ANN", '#two PRIVATE - - [anna] ""'),
    channel("updated", "ANN+CHO", '#three PRIVATE - - [anna+cho] "hello"'),
    `user_deleted to all: ${user("bob", { role: "CHANNEL_MANAGER" })}`);

  /* the night */
  await step("a start tells nothing", restart);
  await step("cho comes once more", () => day.login("cho"), updated("cho"),
    channel("updated", "ANN+CHO", '#three PRIVATE - - [anna+cho] "hello"'));
  await step("and falls asleep", () => {}, updated("cho"),
    channel("updated", "ANN+CHO", '#three PRIVATE - - [anna+cho] "hello"'));
  await step("that is all", restart);
  return day.all;
}

async function wholeDay(flags) {
  const server = await Server.start({ ...flags, "notify-interval": "200ms", "login-sweep": "200ms" });
  const events = await live(server, async () => {
    await server.stop();
    server.flags["access-lifetime"] = server.flags["refresh-lifetime"] = "1500ms";
    await server.restart();
  });
  await server.stop();
  return events;
}

test("D7.4 G2 the event log of a day in SQLite", () => wholeDay({}));

test("D7.4 G2 the event log of a day in PostgreSQL", { skip: !there }, async () =>
  wholeDay({ "database-url": await databaseOf(await scratchFolder()) }));

test("D7.4 G2 the event log of a day with logins in Redis", async () => {
  const redis = await Redis.start();
  await wholeDay({ "redis-url": redis.url });
  await redis.stop();
});
