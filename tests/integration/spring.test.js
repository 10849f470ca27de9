// In the place of a Spring server: its environment as it is, its database adopted as it stands, its files where they lie
// (discodeit.md 3.6, 3.11, section 11, 12.3). A real PostgreSQL and a real Redis.

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, test } from "node:test";
import { Browser, multipart } from "./support/people.js";
import { databaseOf, hasPostgres, removeCluster, sqlOf } from "./support/postgres.js";
import { Redis } from "./support/redis.js";
import { Server, runParleyd, scratchFolder } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { eventually } from "./support/time.js";

const id = (n) => `aaaaaaaa-0000-4000-8000-${String(n).padStart(12, "0")}`;
const [HANEUL, DAMI, BOSS, OPEN, CLOSED, FILE, PICTURE, FIRST, SECOND, PRIVATE, TOLD] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(id);
// BCryptPasswordEncoder(10) of "Spring-pass1!"
const HASH = "$2a$10$N9qo8uLOickgx2ZMRZoMye6xV.o3fNIMoUpxDR7J99dFafahHa/5i";

/** The tables as the reference makes them, with what it had in them. */
const REFERENCE = `
CREATE TABLE binary_contents (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz, file_name varchar(255) NOT NULL,
  size bigint NOT NULL, content_type varchar(100) NOT NULL, status varchar(20) NOT NULL);
CREATE TABLE users (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz, username varchar(50) UNIQUE NOT NULL,
  email varchar(100) UNIQUE NOT NULL, password varchar(60) NOT NULL, profile_id uuid REFERENCES binary_contents (id) ON DELETE SET NULL, role varchar(20) NOT NULL);
CREATE TABLE channels (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz, name varchar(100), description varchar(500), type varchar(10) NOT NULL);
CREATE TABLE messages (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz, content text,
  channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE, author_id uuid REFERENCES users (id) ON DELETE SET NULL);
CREATE TABLE message_attachments (message_id uuid, attachment_id uuid REFERENCES binary_contents (id) ON DELETE CASCADE, PRIMARY KEY (message_id, attachment_id));
CREATE TABLE read_statuses (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, updated_at timestamptz, user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  channel_id uuid NOT NULL REFERENCES channels (id) ON DELETE CASCADE, last_read_at timestamptz NOT NULL, notification_enabled boolean NOT NULL, UNIQUE (user_id, channel_id));
CREATE TABLE notifications (id uuid PRIMARY KEY, created_at timestamptz NOT NULL, receiver_id uuid NOT NULL, title varchar(255) NOT NULL, content text NOT NULL);
INSERT INTO binary_contents VALUES ('${FILE}', now(), NULL, '회의록.txt', 6, 'text/plain', 'SUCCESS'), ('${PICTURE}', now(), NULL, 'me.png', 3, 'image/png', 'SUCCESS');
INSERT INTO users VALUES ('${HANEUL}', now(), NULL, 'haneul', 'haneul@example.org', '${HASH}', '${PICTURE}', 'USER'),
  ('${DAMI}', now(), NULL, 'dami', 'dami@example.org', '${HASH}', NULL, 'CHANNEL_MANAGER');
INSERT INTO channels VALUES ('${OPEN}', now(), NULL, '공지', '모두에게', 'PUBLIC'), ('${CLOSED}', now(), NULL, NULL, NULL, 'PRIVATE');
INSERT INTO messages VALUES ('${FIRST}', now() - interval '2 hours', NULL, 'before', '${OPEN}', '${HANEUL}'),
  ('${SECOND}', now() - interval '1 hour', NULL, 'with a file', '${OPEN}', '${DAMI}'), ('${PRIVATE}', now() - interval '1 hour', NULL, 'between us', '${CLOSED}', '${DAMI}');
INSERT INTO message_attachments VALUES ('${SECOND}', '${FILE}');
INSERT INTO read_statuses VALUES ('${id(20)}', now(), NULL, '${HANEUL}', '${CLOSED}', now(), true), ('${id(21)}', now(), NULL, '${DAMI}', '${CLOSED}', now(), true),
  ('${id(22)}', now(), NULL, '${HANEUL}', '${OPEN}', now(), true);
INSERT INTO notifications VALUES ('${TOLD}', now(), '${HANEUL}', 'dami (#공지)', 'with a file');`;

const part = (name, value) => ({ name, filename: "blob", type: "application/json", value: JSON.stringify(value) });
const ok = (answer, status = 200) => {
  assert.equal(answer.status, status, answer.text);
  return answer.json;
};

after(removeCluster);

test("D3.11 D12.3 the environment and the database of a Spring deployment start parleyd, and its people find what they had", async (t) => {
  if (!(await hasPostgres())) return t.skip("there is no PostgreSQL on this machine");
  const dataDir = await scratchFolder();
  const files = join(await scratchFolder(), "storage");
  const url = await databaseOf(dataDir);
  const redis = await Redis.start();
  await sqlOf(url, REFERENCE);
  await mkdir(files);
  await writeFile(join(files, FILE), "내용");
  await writeFile(join(files, PICTURE), "png");
  const env = {
    SPRING_PROFILES_ACTIVE: "prod", SERVER_PORT: "80", KAFKA_BOOTSTRAP_SERVERS: "broker:29092",
    SPRING_DATASOURCE_URL: `jdbc:${url.replace("parley:parley@", "")}`, SPRING_DATASOURCE_USERNAME: "parley", SPRING_DATASOURCE_PASSWORD: "parley",
    REDIS_HOST: "127.0.0.1", REDIS_PORT: String(redis.port),
    JWT_ACCESS_SECRET: "spring-access-secret-spring-access-secret", JWT_REFRESH_SECRET: "spring-refresh-secret-spring-refresh-secret",
    JWT_ACCESS_EXPIRATION_MS: "1800000", JWT_REFRESH_EXPIRATION_MS: "604800000",
    DISCODEIT_ADMIN_USERNAME: "boss", DISCODEIT_ADMIN_EMAIL: "boss@example.org", DISCODEIT_ADMIN_PASSWORD: "Admin-pass1!",
    STORAGE_TYPE: "local", STORAGE_LOCAL_ROOT_PATH: files,
  };
  const check = await runParleyd(["--data-dir", dataDir, "--migrate", "check"], env);
  assert.match(`${check.stdout}${check.stderr}`, /0001/, "what is lacking is told, and nothing done");
  assert.equal(await sqlOf(url, "SELECT count(*) FROM information_schema.tables WHERE table_name = 'log'"), "0");
  const server = await Server.start({ "admin-password": null, "redis-url": null, "database-url": null }, { dataDir, env });
  try {
    const [haneul, dami, boss] = [new Browser(server), new Browser(server), new Browser(server)];
    ok(await boss.login({ username: "boss", password: "Admin-pass1!" }));
    assert.equal(boss.user.role, "ADMIN");
    assert.equal((await haneul.login({ username: "haneul", password: "spring-pass1!" })).status, 401);
    ok(await haneul.login({ username: "haneul", password: "Spring-pass1!" }));
    ok(await dami.login({ username: "dami", password: "Spring-pass1!" }));
    assert.equal(haneul.user.profile.id, PICTURE);
    assert.equal((await haneul.get(`/api/binaryContents/${PICTURE}/download`)).text, "png");
    assert.deepEqual(ok(await haneul.get(`/api/channels?userId=${HANEUL}`)).map((one) => one.id).filter((one) => [OPEN, CLOSED].includes(one)).sort(), [OPEN, CLOSED]);
    const page = ok(await haneul.get(`/api/messages?channelId=${OPEN}`));
    assert.deepEqual(page.content.map((one) => [one.content, one.author.username]), [["with a file", "dami"], ["before", "haneul"]]);
    const [attachment] = page.content[0].attachments;
    assert.deepEqual([attachment.id, attachment.fileName, attachment.status], [FILE, "회의록.txt", "SUCCESS"]);
    assert.equal((await haneul.get(`/api/binaryContents/${FILE}/download`)).text, "내용");
    assert.deepEqual(ok(await haneul.get("/api/notifications")).map((one) => one.id), [TOLD], "old messages are not told anew");
    assert.equal(ok(await haneul.get(`/api/readStatuses?userId=${HANEUL}`)).length, 2);

    const socket = await RawStomp.connect(haneul);
    await socket.subscribe("s", `/sub/channels.${OPEN}.messages`);
    const sent = ok(await dami.post("/api/messages", multipart([part("messageCreateRequest", { content: "and after", channelId: OPEN }),
      { name: "attachments", filename: "new.txt", type: "text/plain", value: "new" }])), 201);
    assert.equal(JSON.parse((await socket.expect("MESSAGE")).text).id, sent.id);
    socket.destroy();
    await eventually(async () => (await readFile(join(files, sent.attachments[0].id), "utf8").catch(() => "")) === "new", "the new file lies beside the old");
    await eventually(async () => ok(await haneul.get("/api/notifications")).some((one) => one.content === "and after"), "the notification");

    assert.equal((await dami.fetch("DELETE", `/api/messages/${SECOND}`, { headers: { "Content-Length": 0 } })).status, 204);
    assert.equal(await sqlOf(url, `SELECT count(*) FROM binary_contents WHERE id = '${FILE}'`), "0");
    assert.equal((await haneul.get(`/api/binaryContents/${FILE}`)).status, 404);
    assert.doesNotMatch(server.stderr, /spring-(access|refresh)-secret|Admin-pass1!/);
  } finally {
    await server.stop();
    await redis.stop?.();
  }
});
