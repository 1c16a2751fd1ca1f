import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/store.ts";
import { WRITING } from "../support/api.ts";
import { faultsOf, startWriters, untilServing } from "../support/crashes.ts";
import { ask } from "../support/http.ts";
import { type FaultyServer, startFaultyServer } from "../support/postgresql-server.ts";
import { type ServedProcess, serveInProcess } from "../support/served-process.ts";
import { isEachOnce, startSubscribers } from "../support/subscribers.ts";

/** Processes that are killed while they write. How often: as often as a suite has time for; the bench does it more. */

const WRITERS = 8;
/** How many writes are acknowledged between two kills. */
const BETWEEN = 5;
const SERVER_KILLS = 5;
const EMBEDDED_KILLS = 2;
const SUBSCRIBERS = 4;
const FOLLOWED_WRITES = 200;
const DISCONNECTS = 30;
const RETRIED_KILLS = 3;
const RETRIED = 16;
/** Within so many milliseconds writes are sent, and their server is killed. */
const SENT_WITHIN_MS = 40;

describe("two servers on one PostgreSQL", () => {
  let database: FaultyServer;
  let url: string;
  let servers: ServedProcess[];
  beforeAll(async () => {
    database = await startFaultyServer();
    url = await database.createDatabase("crashes");
    servers = [];
    for (let nth = 0; nth < 2; nth++) servers.push(await serveInProcess({ DATABASE_URL: url }));
  });
  afterAll(async () => {
    for (const server of servers) await server.kill();
    await database.stop();
  });

  test("nothing that was acknowledged is lost, nothing is half written, and servers find their database again", async () => {
    const writers = startWriters(
      servers.map((server) => server.url),
      WRITERS,
    );
    await writers.more(BETWEEN);
    for (let kill = 0; kill < SERVER_KILLS; kill++) {
      const server = servers[kill % servers.length]!;
      await server.kill();
      // The other goes on meanwhile.
      await writers.more(BETWEEN);
      await server.restart();
    }
    await database.kill();
    await database.start();
    await writers.more(BETWEEN);
    await writers.stop();
    const store = await openStore({ databaseUrl: url, dataDir: "" });
    expect(writers.faults).toEqual([]);
    expect(await faultsOf(store, writers.acknowledged)).toEqual([]);
    expect(writers.acknowledged.length).toBeGreaterThan((SERVER_KILLS + 1) * BETWEEN);
    for (const server of servers) await untilServing(server.url, store.snapshot().revision);
    await store.close();
  });

  test("a write whose server was killed is done once when another is sent it again with its key", async () => {
    const create = async (url: string, slug: string) => {
      const query = `mutation { createSkill(input: { slug: "${slug}", name: "${slug}", hours: 1 }, idempotencyKey: "${slug}") {
        __typename ... on SkillWrite { written { revision isReplay } } ... on Error { message } } }`;
      const answer = await ask(url, query, {}, WRITING).catch(() => undefined);
      return answer?.data?.createSkill;
    };
    let unanswered = 0;
    const slugs: string[] = [];
    for (let kill = 0; kill < RETRIED_KILLS; kill++) {
      const server = servers[kill % 2]!;
      const other = servers[(kill + 1) % 2]!;
      const own = Array.from({ length: RETRIED }, (_, nth) => `retried-${kill}-${nth}`);
      slugs.push(...own);
      const sent = own.map(async (slug) => {
        await sleep(Math.random() * SENT_WITHIN_MS);
        return create(server.url, slug);
      });
      await sleep(Math.random() * SENT_WITHIN_MS);
      await server.kill();
      const first = await Promise.all(sent);
      const again = await Promise.all(own.map((slug) => create(other.url, slug)));
      for (const [nth, { written, ...refusal }] of again.entries()) {
        expect(refusal).toEqual({ __typename: "SkillWrite" });
        // What was acknowledged is not done again.
        if (first[nth] === undefined) unanswered++;
        else expect(written).toEqual({ ...first[nth].written, isReplay: true });
      }
      await server.restart();
    }
    expect(unanswered).toBeGreaterThan(0);
    const store = await openStore({ databaseUrl: url, dataDir: "" });
    const created = await store.prisma.change.findMany({ where: { slug: { in: slugs } } });
    expect(created.map(({ slug }) => slug).sort()).toEqual(slugs.sort());
    expect(created.every(({ operation }) => operation === "CREATED")).toBe(true);
    await store.close();
  });

  test("every subscriber sees every revision once and in order, whatever connections are lost and servers killed", async () => {
    const store = await openStore({ databaseUrl: url, dataDir: "" });
    const since = store.snapshot().revision;
    const urls = servers.map((server) => server.url);
    const subscribers = startSubscribers(urls, SUBSCRIBERS, since, Math.random);
    const writers = startWriters(urls, 2, "s");
    for (let nth = 1; nth <= DISCONNECTS; nth++) {
      await writers.more(Math.floor(FOLLOWED_WRITES / DISCONNECTS));
      subscribers.disconnect();
      if (nth === DISCONNECTS / 2) {
        await servers[0]!.kill();
        await servers[0]!.restart();
      }
    }
    await writers.stop();
    await store.refresh();
    const { revision } = store.snapshot();
    await subscribers.until(revision);
    await subscribers.stop();
    expect(subscribers.seen.map((seen) => isEachOnce(seen, since, revision))).toEqual(
      new Array(SUBSCRIBERS).fill(true),
    );
    expect(revision - since).toBeGreaterThan((FOLLOWED_WRITES * 9) / 10);
    await store.close();
  });
});

test("the embedded database, with one process, neither", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "skills-graph-crashes-"));
  const server = await serveInProcess({ DATA_DIR: dataDir });
  const writers = startWriters([server.url], WRITERS);
  for (let kill = 0; kill < EMBEDDED_KILLS; kill++) {
    await writers.more(BETWEEN);
    await server.kill();
    await server.restart();
  }
  await writers.more(BETWEEN);
  await writers.stop();
  expect(await server.stop()).toBe(0);
  const store = await openStore({ dataDir });
  expect(writers.faults).toEqual([]);
  expect(await faultsOf(store, writers.acknowledged)).toEqual([]);
  await store.close();
  await rm(dataDir, { recursive: true });
});
