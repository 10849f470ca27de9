// SPDX-License-Identifier: MIT
// What is PostgreSQL's alone: a database of the reference schema is adopted, and a server that goes and comes back.
// Nothing is tested where there is no PostgreSQL.

import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import { Browser, admin, history, jsonBody } from "./support/people.js";
import { databaseOf, hasPostgres, sqlOf, withoutPostgres } from "./support/postgres.js";
import { Server, removeScratchFolders, runParleyd, scratchFolder } from "./support/server.js";
import { slow, within } from "./support/time.js";

// discodeit.md section 11, as the base project makes it.
const REFERENCE = `
CREATE TABLE binary_contents (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz,
  file_name varchar(255) NOT NULL, size bigint NOT NULL, content_type varchar(100) NOT NULL, status varchar(20) NOT NULL);
CREATE TABLE users (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz,
  username varchar(50) UNIQUE NOT NULL, email varchar(100) UNIQUE NOT NULL, password varchar(60) NOT NULL,
  profile_id uuid, role varchar(20) NOT NULL);
CREATE TABLE channels (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz,
  name varchar(100), description varchar(500), type varchar(10) NOT NULL);
CREATE TABLE messages (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz,
  content text, channel_id uuid NOT NULL, author_id uuid);
CREATE TABLE message_attachments (message_id uuid, attachment_id uuid, PRIMARY KEY (message_id, attachment_id));
CREATE TABLE read_statuses (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz,
  user_id uuid NOT NULL, channel_id uuid NOT NULL, last_read_at timestamptz NOT NULL,
  notification_enabled boolean NOT NULL, UNIQUE (user_id, channel_id));
ALTER TABLE users ADD FOREIGN KEY (profile_id) REFERENCES binary_contents (id) ON DELETE SET NULL;
ALTER TABLE messages ADD FOREIGN KEY (channel_id) REFERENCES channels (id) ON DELETE CASCADE;
ALTER TABLE messages ADD FOREIGN KEY (author_id) REFERENCES users (id) ON DELETE SET NULL;
INSERT INTO users VALUES ('11111111-1111-4111-8111-111111111111', '2025-01-02T03:04:05.678901Z', NULL, 'haneul',
  'haneul@example.org', '$2a$10$N9qo8uLOickgx2ZMRZoMyeSGlqXd/zUH7k3mOVL.uu.i/tujwrIh6', NULL, 'ADMIN');
INSERT INTO channels VALUES ('22222222-2222-4222-8222-222222222222', now(), NULL, '공지', NULL, 'PUBLIC');
INSERT INTO messages VALUES ('33333333-3333-4333-8333-333333333333', '2025-01-02T03:04:05.678901Z', NULL, '안녕',
  '22222222-2222-4222-8222-222222222222', '11111111-1111-4111-8111-111111111111');
`;

const there = await hasPostgres();

/** Until `act` gives true. */
async function until(act, what) {
  const every = async () => {
    while (!await act()) await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await within(every(), what, slow(30_000));
}

describe("PostgreSQL", { skip: !there }, () => {
  after(removeScratchFolders);

  const make = (by, name) => by.post("/api/channels/public", jsonBody({ name, description: "" }));
  const names = async (by) => (await by.get(`/api/channels?userId=${by.id}`)).json.map((one) => one.name);

  test("D11 a database of the reference schema is adopted: people log in, channels and messages are there", async () => {
    const dataDir = await scratchFolder();
    const url = await databaseOf(dataDir);
    await sqlOf(url, REFERENCE);
    const check = await runParleyd(["--database-url", url, "--migrate", "check"]);
    assert.equal(check.code, 0, check.stderr);
    assert.match(check.stdout, /would apply 0001_first/);
    assert.equal(await sqlOf(url, "SELECT to_regclass('streams') IS NULL"), "t", "nothing was changed");
    const server = await Server.start({ "database-url": url }, { dataDir });
    const haneul = new Browser(server);
    assert.equal((await haneul.login({ username: "haneul", password: "pass1234!" })).status, 200);
    assert.equal(haneul.user.role, "ADMIN");
    const { json: channels } = await haneul.get(`/api/channels?userId=${haneul.id}`);
    assert.deepEqual(channels.map((one) => one.name), ["공지"]);
    assert.equal((await make(haneul, "새 방")).status, 201);
    const all = await history(haneul, channels[0].id);
    assert.deepEqual(all.map((one) => [one.content, one.author.username]), [["안녕", "haneul"]]);
    assert.equal(all[0].createdAt, "2025-01-02T03:04:05.678901Z");
    await server.stop();
  });

  test("a database with other tables of these names is refused, and left as it was", async () => {
    const dataDir = await scratchFolder();
    const url = await databaseOf(dataDir);
    await sqlOf(url, "CREATE TABLE users (id bigint PRIMARY KEY, name text)");
    const { code, stderr } = await runParleyd(["--database-url", url, "--data-dir", dataDir, "--listen", "127.0.0.1:0"]);
    assert.equal(code, 3);
    assert.match(stderr, /profile_id|users/);
    assert.equal(await sqlOf(url, "SELECT to_regclass('channels') IS NULL AND to_regclass('parley_versions') IS NULL"), "t");
  });

  test("what cannot be connected to is said without the password", async () => {
    const dataDir = await scratchFolder();
    const url = await databaseOf(dataDir);
    const wrong = url.replace(":parley@", ":s3cr3t-word@");
    for (const address of [wrong, `${wrong}?nonsense=1`, "postgresql://u:s3cr3t-word@[::1/x"]) {
      const { code, stdout, stderr } =
        await runParleyd(["--database-url", address, "--data-dir", dataDir, "--listen", "127.0.0.1:0"]);
      assert.equal(code, 3);
      assert.doesNotMatch(stdout + stderr, /s3cr3t-word/);
      assert.match(stderr, /database/);
    }
    const { stderr } = await runParleyd(["--listen", "127.0.0.1:0", "--data-dir", dataDir], {
      SPRING_DATASOURCE_URL: `jdbc:${url.replace("parley:parley@", "")}`,
      SPRING_DATASOURCE_USERNAME: "nobody-there",
      SPRING_DATASOURCE_PASSWORD: "s3cr3t-word",
    });
    assert.match(stderr, /nobody-there/, "the names of other servers are understood");
    assert.doesNotMatch(stderr, /s3cr3t-word/);
  });

  test("while the server is gone REST says 503 with Retry-After; then all goes on by itself, nothing lost, nothing twice", async () => {
    const dataDir = await scratchFolder();
    const url = await databaseOf(dataDir);
    const server = await Server.start({ "database-url": url }, { dataDir });
    const by = await admin(server);
    assert.equal((await make(by, "before")).status, 201);
    let made = 0;
    await withoutPostgres(async () => {
      await until(async () => (await make(by, `meanwhile ${++made}`)).status === 503, "503");
      const answer = await by.get("/api/channels");
      assert.equal(answer.status, 503);
      assert.ok(Number(answer.headers["retry-after"]) >= 1);
    });
    await until(async () => (await make(by, "after")).status === 201, "201");
    assert.deepEqual((await names(by)).filter((one) => !one.startsWith("meanwhile")), ["general", "before", "after"]);
    await server.stop();
  });
});
