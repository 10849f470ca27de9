// What an operator asks (discodeit.md 13.3, protocols.md 1.16, docs/operations.md): health, info, metrics, lines of the log.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { Browser, admin, general, jsonBody, person, request } from "./support/people.js";
import { hasPostgres, databaseOf, withoutPostgres } from "./support/postgres.js";
import { parsePrometheus, valueOf } from "./support/prometheus.js";
import { RawSocket } from "./support/raw.js";
import { Redis } from "./support/redis.js";
import { Server, removeScratchFolders, scratchFolder, serverOf } from "./support/server.js";
import { RawStomp } from "./support/stomp.js";
import { eventually, slow } from "./support/time.js";
import { OP, RawWebSocket, closePayload } from "./support/ws.js";

const postgres = await hasPostgres();  // before the first test: a file that waits between two of them may be taken for done
const server = serverOf({ before, after });
const ask = (path, on = server.now, method = "GET") => request(on, method, `/actuator${path}`);
const scrape = async (on = server.now) => parsePrometheus((await ask("/prometheus", on)).text);

/** Asks until the answer will do, and gives how long that took. */
async function until(what, condition) {
  const began = Date.now();
  await eventually(condition, what, slow(15_000));
  return Date.now() - began;
}

/** What `act` adds to each of these series: {key: [name, labels]}; some may be counted a moment later. */
async function counted(series, act, expected, on = server.now) {
  const read = async () => {
    const families = await scrape(on);
    return Object.fromEntries(Object.entries(series).map(([key, [name, labels]]) => [key, valueOf(families, name, labels)]));
  };
  const first = await read();
  await act();
  let added;
  await until(`${JSON.stringify(expected)}`, async () => {
    const now = await read();
    added = Object.fromEntries(Object.keys(series).map((key) => [key, now[key] - first[key]]));
    return Object.keys(expected).every((key) => (expected[key] < 0 ? added[key] <= expected[key] : added[key] >= expected[key]));
  }).catch((error) => assert.deepEqual(added, expected, error.message));
  assert.deepEqual(added, expected);
}

const logged = (event, on = server.now) => on.stderr.split("\n").filter((one) => one.includes(`"event":"${event}"`)).map((one) => JSON.parse(one));

/* ---- what it says of itself ---- */

test("D13.3 health is UP with its parts; liveness and readiness are its groups, and anybody may ask", async () => {
  const health = await ask("/health");
  assert.equal(health.status, 200);
  const { status, components, groups } = health.json;
  assert.equal(status, "UP");
  assert.deepEqual(groups, ["liveness", "readiness"]);
  assert.ok(components.diskSpace.details.free > components.diskSpace.details.threshold);
  for (const name of ["db", "diskSpace", "livenessState", "readinessState"]) assert.equal(components[name].status, "UP", name);
  assert.deepEqual((await ask("/health/liveness")).json, { status: "UP" });
  const readiness = (await ask("/health/readiness")).json;
  assert.equal(readiness.status, "UP");
  assert.deepEqual(readiness.components.db, components.db);
  assert.ok(!("diskSpace" in readiness.components), "a full disk is no reason to go elsewhere");
  assert.deepEqual((await ask("/health/db")).json, components.db);
  assert.equal((await ask("/health/nothing")).status, 404);
});

test("D13.3 --health-details off: no more than whether it is up", async () => {
  const shy = await Server.start({ "health-details": "off" });
  assert.deepEqual((await ask("/health", shy)).json, { status: "UP", groups: ["liveness", "readiness"] });
  assert.deepEqual((await ask("/health/readiness", shy)).json, { status: "UP" });
  assert.equal((await ask("/health/db", shy)).status, 404);
  await shy.stop();
});

test("D13.3 info has the name Discodeit and a version, and what it runs on", async () => {
  const { json } = await ask("/info");
  assert.equal(json.app.name, "Discodeit");
  assert.equal(json.app.version, "3.0-M12");
  assert.match(json.build.version, /^\d+\.\d+\.\d+$/);
  assert.equal(json.store.type, process.env.PARLEY_TEST_STORE ?? "sqlite");
  assert.equal(json.workers, server.now.workers);
  assert.deepEqual((await ask("/loggers")).json.loggers.ROOT, { configuredLevel: "DEBUG", effectiveLevel: "DEBUG" });
  assert.ok("history" in (await ask("/caches")).json.cacheManagers.parley.caches);
});

test("D13.3 HEAD is GET without a body; anything else is 405", async () => {
  for (const path of ["", "/health", "/health/liveness", "/info", "/metrics", "/metrics/message.create.async", "/prometheus", "/loggers", "/caches"]) {
    const head = await ask(path, server.now, "HEAD"), get = await ask(path);
    assert.equal(head.status, 200, path);
    assert.equal(head.text, "");
    assert.ok(Number(head.headers["content-length"]) > 0);
    assert.equal(head.headers["content-type"], get.headers["content-type"]);
    const post = await ask(path, server.now, "POST");
    assert.equal(post.status, 405, path);
    assert.equal(post.headers.allow, "GET, HEAD");
  }
});

test("OB-1 what Prometheus gets is in its format, and every family of it is in docs/metrics.md", async () => {
  const answer = await ask("/prometheus");
  assert.equal(answer.headers["content-type"], "text/plain; version=0.0.4; charset=utf-8");
  const families = parsePrometheus(answer.text);
  const page = readFileSync(new URL("../../docs/metrics.md", import.meta.url), "utf8");
  for (const name of families.keys()) assert.ok(page.includes(`\`${name.replace(/_max$/, "")}\``), name);
  assert.ok(valueOf(families, "process_resident_memory_bytes") > 1e6);
  assert.ok(valueOf(families, "process_cpu_seconds_total") > 0);
  assert.ok(Math.abs(valueOf(families, "process_start_time_seconds") - Date.now() / 1000) < 600);
});

test("D13.3 each name of /actuator/metrics has the shape of Spring Boot's, and drills down by tag", async () => {
  const { names } = (await ask("/metrics")).json;
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes("message.create.async") && names.includes("cache.gets"));
  for (const name of names) {
    const { json } = await ask(`/metrics/${name}`);
    assert.equal(json.name, name);
    assert.ok(json.description.length > 0);
    assert.ok(Array.isArray(json.availableTags));
  }
  await ask("/health/nothing");
  const all = (await ask("/metrics/http.server.requests")).json;
  assert.deepEqual(all.measurements.map((one) => one.statistic), ["COUNT", "TOTAL_TIME", "MAX"]);
  assert.deepEqual(all.availableTags.map((one) => one.tag), ["method", "uri", "outcome"]);
  const some = (await ask("/metrics/http.server.requests?tag=outcome:CLIENT_ERROR&tag=uri:/actuator/health/%7B%7D")).json;
  assert.ok(some.measurements[0].value >= 1 && some.measurements[0].value < all.measurements[0].value);
  assert.deepEqual(some.availableTags, [{ tag: "method", values: ["GET"] }]);
  assert.equal((await ask("/metrics/http.server.requests?tag=outcome:NONE")).status, 404);
  assert.equal((await ask("/metrics/http.server.requests?tag=outcome")).status, 404);
  assert.equal((await ask("/metrics/nothing")).status, 404);
});

/* ---- each number moves when the thing happens ---- */

test("OB-1 OB-2 a session, its frames, its messages and its end are counted; so is message.create.async (D13.3)", async () => {
  const one = await person(server.now, "counted");
  const channel = await general(one);
  let stomp;
  await counted({
    opened: ["parley_sessions_opened_total", { transport: "websocket" }],
    now: ["parley_sessions", { transport: "websocket" }],
    connect: ["parley_stomp_frames_received_total", { command: "CONNECT" }],
    subscribe: ["parley_stomp_frames_received_total", { command: "SUBSCRIBE" }],
    send: ["parley_stomp_frames_received_total", { command: "SEND" }],
    connected: ["parley_stomp_frames_sent_total", { command: "CONNECTED" }],
    message: ["parley_stomp_frames_sent_total", { command: "MESSAGE" }],
    receipt: ["parley_stomp_frames_sent_total", { command: "RECEIPT" }],
    subscriptions: ["parley_subscriptions", {}],
    destinations: ["parley_destinations", {}],
    deliveries: ["parley_deliveries_total", {}],
    created: ["message_create_async_seconds_count", {}],
    fanout: ["parley_fanout_count", {}],
  }, async () => {
    stomp = await RawStomp.connect(one);
    await stomp.done("SUBSCRIBE", { id: "s", destination: `/sub/channels.${channel.id}.messages` });
    const seen = [];
    await stomp.sayDurably(channel.id, "first", seen);
    await stomp.sayDurably(channel.id, "second", seen);
  }, { opened: 1, now: 1, connect: 1, subscribe: 1, send: 2, connected: 1, message: 2, receipt: 3, subscriptions: 1, destinations: 1, deliveries: 2, created: 2, fanout: 2 });
  const timer = (await ask("/metrics/message.create.async")).json;
  assert.deepEqual(timer.measurements.map((one) => one.statistic), ["COUNT", "TOTAL_TIME", "MAX"]);
  const [count, total, most] = timer.measurements.map((one) => one.value);
  assert.ok(count >= 2 && total >= most && most > 0, JSON.stringify(timer));
  await counted({
    now: ["parley_sessions", { transport: "websocket" }],
    subscriptions: ["parley_subscriptions", {}],
    disconnect: ["parley_stomp_frames_received_total", { command: "DISCONNECT" }],
    lost: ["parley_sessions_failed_total", { cause: "CONNECTION_LOST" }],
  }, async () => {
    stomp.send("DISCONNECT", { receipt: "bye" });
    await stomp.expect("RECEIPT");
    await stomp.ws.closed();
    stomp.destroy();
  }, { now: -1, subscriptions: -1, disconnect: 1, lost: 0 });
});

test("OB-2 refusals by cause: a wrong password, a missing token, a frame that is none, nowhere to send to", async () => {
  const one = await person(server.now, "refused");
  await counted({
    credentials: ["parley_http_refused_total", { code: "INVALID_USER_CREDENTIALS" }],
    token: ["parley_http_refused_total", { code: "UNAUTHENTICATED" }],
    login: ["http_server_requests_seconds_count", { method: "POST", uri: "/api/auth/login", outcome: "CLIENT_ERROR" }],
    nowhere: ["http_server_requests_seconds_count", { method: "UNKNOWN", uri: "NOT_FOUND", outcome: "CLIENT_ERROR" }],
  }, async () => {
    assert.equal((await new Browser(server.now).login({ ...one.account, password: "wrong-Passw0rd" })).status, 401);
    assert.equal((await request(server.now, "GET", "/api/users")).status, 401);
    assert.equal((await request(server.now, "GET", "/api/nowhere")).status, 404);
  }, { credentials: 1, token: 1, login: 1, nowhere: 1 });
  const stomp = await RawStomp.connect(one);
  await counted({
    dropped: ["parley_stomp_dropped_total", { cause: "no_route" }],
    placed: ["parley_stomp_published_total", { outcome: "placed" }],
    malformed: ["parley_sessions_failed_total", { cause: "STOMP_COMMAND" }],
    error: ["parley_stomp_frames_sent_total", { command: "ERROR" }],
  }, async () => {
    stomp.send("SEND", { destination: "/pub/nothing" }, "x");
    await stomp.done("SEND", { destination: "/topic/counted" }, "x", []);
    stomp.send("NONSENSE");
    await stomp.expect("ERROR");
    stomp.destroy();
  }, { dropped: 1, placed: 1, malformed: 1, error: 1 });
  await counted({ opened: ["parley_sessions_failed_total", { cause: "INVALID_TOKEN" }] }, async () => {
    const other = await RawStomp.open(server.now);
    other.send("CONNECT", { "accept-version": "1.2", host: "x", Authorization: "Bearer nonsense" });
    await other.refused();
    other.destroy();
  }, { opened: 1 });
});

test("OB-2 close codes of clients, pings and octets", async () => {
  await counted({
    away: ["parley_websocket_closes_total", { code: "1001" }],
    own: ["parley_websocket_closes_total", { code: "4xxx" }],
    none: ["parley_websocket_closes_total", { code: "1005" }],
  }, async () => {
    for (const code of [1001, 4321, null]) {
      const ws = await RawWebSocket.open(server.now);
      ws.send(OP.CLOSE, code === null ? Buffer.alloc(0) : closePayload(code));
      await ws.closed();
      ws.destroy();
    }
  }, { away: 1, own: 1, none: 1 });
  const before = await scrape();
  await ask("/prometheus");
  const now = await scrape();
  for (const direction of ["received", "sent"])
    assert.ok(valueOf(now, "parley_network_bytes_total", { direction }) > valueOf(before, "parley_network_bytes_total", { direction }));
});

test("OB-3 a session that is gone without a word has one line: user, address, code, cause, age and octets", async () => {
  const one = await person(server.now, "lost");
  const stomp = await RawStomp.connect(one);
  const { localAddress, localPort } = stomp.ws.raw.socket;
  const mine = () => logged("session_failed").filter((line) => line.address === `${localAddress}:${localPort}`);
  await counted({ lost: ["parley_sessions_failed_total", { cause: "CONNECTION_LOST" }] }, () => stomp.destroy(), { lost: 1 });
  await until("line", () => mine().length > 0);
  const [line, ...more] = mine();
  assert.deepEqual(more, []);
  assert.equal(line.user, one.id);
  assert.equal(line.code, "1006");
  assert.equal(line.cause, "CONNECTION_LOST");
  assert.match(line.session, /^\d+-\d+-\d+$/);
  assert.ok(Number(line.seconds) < 60);
  assert.ok(Number(line.octets_in) > 500 && Number(line.octets_out) > 100, JSON.stringify(line));
});

test("OB-2 G5 a client that does not read: what waits for it is seen, and that it was cut off, by cause", async () => {
  const small = await Server.start({ "send-buffer": "64k", workers: "1" });
  const one = await person(small, "slow");
  const [reader, writer] = [await RawStomp.connect(one), await RawStomp.connect(one)];
  await reader.done("SUBSCRIBE", { id: "s", destination: "/topic/flood" });
  reader.ws.raw.pause();
  const body = "x".repeat(60_000);
  await counted({ failed: ["parley_sessions_failed_total", { cause: "SEND_LIMIT" }] }, async () => {
    for (let i = 0; logged("session_failed", small).length === 0; i++) {
      assert.ok(i < 2000, "120 MB are more than any socket holds");
      await writer.done("SEND", { destination: "/topic/flood" }, body, []);
    }
  }, { failed: 1 }, small);
  const families = await scrape(small);
  assert.ok(valueOf(families, "parley_output_stalls_total") > 0);
  assert.ok(valueOf(families, "parley_output_dropped_bytes_total") > 0);
  assert.ok(valueOf(families, "parley_output_queued_bytes") <= 128 * 1024, "nothing is forgotten: what was dropped does not count as waiting");
  assert.equal(logged("session_failed", small)[0].code, "4500");
  reader.destroy();
  writer.destroy();
  await small.stop();
});

test("design 9: the id of an answer stands in the line about its request", async () => {
  const answer = await request(server.now, "GET", "/api/users");
  const id = answer.headers["discodeit-request-id"];
  assert.match(id, /^[0-9a-f]{32}$/);
  await until("line", () => logged("request").some((line) => line.request === id));
  const line = logged("request").find((one) => one.request === id);
  assert.deepEqual({ method: line.method, uri: line.uri, status: line.status }, { method: "GET", uri: "/api/users", status: "401" });
  assert.ok(Number(line.ms) >= 0);
  assert.notEqual((await request(server.now, "GET", "/api/users")).headers["discodeit-request-id"], id);
});

/* ---- what it stands on goes and comes back ---- */

test("G8 while it leaves it is not ready, and alive", async () => {
  const leaving = await Server.start({ workers: "1", spread: "5s" });
  const sockets = [];
  for (let i = 0; i < 20; i++) {
    const raw = await RawSocket.open(leaving);
    raw.write("GET /actuator/health/readiness HTTP/1.1\r\nHost: x\r\n\r\n");
    assert.equal((await raw.response()).status, 200);
    sockets.push(raw);
  }
  leaving.signal("SIGTERM");
  await sockets[0].readToEnd();
  const last = sockets.at(-1);  // told last: it has seconds left
  last.write("GET /actuator/health/readiness HTTP/1.1\r\nHost: x\r\n\r\n");
  const answer = await last.response();
  assert.equal(answer.status, 503);
  const { status, components } = JSON.parse(answer.body.toString());
  assert.equal(status, "OUT_OF_SERVICE");
  assert.equal(components.db.status, "UP");
  for (const raw of sockets) raw.destroy();
  await leaving.stop();
});

describe("PostgreSQL", { skip: !postgres }, () => {
  test("design 9: without its store it is alive and not ready, says so in a metric and in lines with the answers' ids; then all is well by itself", async () => {
    const dataDir = await scratchFolder();
    const mine = await Server.start({ "database-url": await databaseOf(dataDir) }, { dataDir });
    const by = await admin(mine);
    assert.equal((await ask("/health/readiness", mine)).status, 200);
    await withoutPostgres(async () => {
      const took = await until("readiness 503", async () => (await ask("/health/readiness", mine)).status === 503);
      assert.ok(took < slow(2_000), `${took} ms`);
      const health = await ask("/health", mine);
      assert.equal(health.status, 503);
      assert.equal(health.json.status, "DOWN");
      assert.deepEqual(health.json.components.db, { status: "DOWN", details: { database: "PostgreSQL" } });
      assert.equal((await ask("/health/liveness", mine)).status, 200);
      const families = await scrape(mine);
      assert.equal(valueOf(families, "parley_store_up"), 0);
      assert.equal(valueOf(families, "parley_ready"), 0);
      assert.ok(valueOf(families, "parley_store_connections_lost_total") > 0);
      await counted({
        refused: ["parley_store_refused_total", {}],
        unavailable: ["parley_http_refused_total", { code: "SERVICE_UNAVAILABLE" }],
      }, async () => {
        const answer = await by.post("/api/channels/public", jsonBody({ name: "no", description: "" }));
        assert.equal(answer.status, 503);
        const id = answer.headers["discodeit-request-id"];
        await until("line", () => logged("request_failed", mine).some((line) => line.request === id && line.status === "503"));
      }, { refused: 1, unavailable: 1 }, mine);
    });
    await until("readiness", async () => (await ask("/health/readiness", mine)).status === 200);
    await until("health", async () => (await ask("/health", mine)).json.status === "UP");
    const families = await scrape(mine);
    assert.equal(valueOf(families, "parley_store_up"), 1);
    assert.ok(valueOf(families, "parley_store_connections_made_again_total") > 0);
    assert.equal((await by.post("/api/channels/public", jsonBody({ name: "yes", description: "" }))).status, 201);
    assert.deepEqual(logged("request_failed", mine).filter(({ uri }) => uri.startsWith("/actuator")), [], "a probe has heard what it asked for");
    const back = logged("store", mine).filter(({ what }) => what === "connected");
    assert.ok(back.length > 0 && back.every(({ level }) => level === "info"), "that it is back is no error");
    await mine.stop();
  });
});

test("design 9: without Redis it is alive and not ready; with it again all is well by itself", async () => {
  const redis = await Redis.start();
  const mine = await Server.start({ "redis-url": redis.url, "redis-timeout": "500ms" });
  await until("readiness", async () => (await ask("/health/readiness", mine)).status === 200);
  const one = await person(mine, "redis");
  assert.equal((await ask("/info", mine)).json.logins.type, "redis");
  assert.ok(valueOf(await scrape(mine), "parley_redis_calls_total") > 0);
  await redis.kill();
  const took = await until("readiness 503", async () => (await ask("/health/readiness", mine)).status === 503);
  assert.ok(took < slow(2_000), `${took} ms`);
  assert.equal((await ask("/health", mine)).json.components.redis.status, "DOWN");
  assert.equal((await ask("/health/liveness", mine)).status, 200);
  const families = await scrape(mine);
  assert.equal(valueOf(families, "parley_redis_up"), 0);
  assert.ok(valueOf(families, "parley_redis_connections_lost_total", { connection: "calls" }) > 0);
  await counted({ hits: ["cache_gets_total", { cache: "logins", result: "hit" }] },
    async () => assert.equal((await one.get("/api/users")).status, 200), { hits: 1 }, mine);
  await redis.restart();
  await until("readiness", async () => (await ask("/health/readiness", mine)).status === 200);
  assert.equal(valueOf(await scrape(mine), "parley_redis_up"), 1);
  await mine.stop();
  await redis.stop();
});
