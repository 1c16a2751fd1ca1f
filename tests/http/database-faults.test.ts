import pg from "pg";
import pino from "pino";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { readConfig } from "../../src/config.ts";
import { type RunningServer, startServer } from "../../src/http/server.ts";
import { serve } from "../../src/main.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { type FaultyServer, startFaultyServer } from "../support/postgresql-server.ts";

/** A PostgreSQL server of our own, and what clients see while it is locked, frozen, lost and back. */

const silent = pino({ level: "silent" });
const SKILLS = 60;
const slug = (at: number) => `skill-${at}`;

let database: FaultyServer;
let url: string;
let store: Store;
let server: RunningServer;
beforeAll(async () => {
  database = await startFaultyServer();
  url = await database.createDatabase("faults");
  store = await openStore({ databaseUrl: url, dataDir: "", statementTimeoutMs: 1_000 });
  const skills = Array.from({ length: SKILLS }, (_, at) => ({
    ...{ slug: slug(at), name: `Skill ${at}`, kind: "CONCEPT", hours: 1, summary: "What it is." },
    ...(at > 0 && { requires: slug(at - 1) }),
  }));
  await store.write(toRows(graphFile.parse({ skills })), "test");
  server = await startServer(store, silent, { host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server.close();
  await store.close();
  await database.stop();
});

async function get(path: string) {
  const response = await fetch(server.url + path, { signal: AbortSignal.timeout(60_000) });
  return {
    status: response.status,
    retryAfter: response.headers.get("retry-after"),
    body: await response.json(),
  };
}
const ask = (query: string) => get(`/graphql?query=${encodeURIComponent(query)}`);

/** A question that needs a row, which the loaders keep once they have it. */
const askRow = (at: number) => ask(`{ skill(slug: "${slug(at)}") { summary } }`);
/** One that needs none; each asks something else. */
let known = 0;
const askPath = () =>
  ask(
    `{ learningPath(input: { goals: [{ skill: "${slug(SKILLS - 1)}" }], known: ["${slug(known++)}"] }) { ... on LearningPath { totalHours } } }`,
  );

/** The first of the rows that nobody has asked for. */
let row = 0;
async function expectUnavailable() {
  const { status, retryAfter, body } = await askRow(row);
  expect({ status, retryAfter }).toEqual({ status: 503, retryAfter: "5" });
  expect(body.errors).toMatchObject([
    {
      message: "The database does not answer at the moment: ask again a little later.",
      extensions: { code: "SERVICE_UNAVAILABLE" },
    },
  ]);
  // As many as must wait for one another's connections.
  const more = await Promise.all(Array.from({ length: 40 }, (_, at) => askRow(row + at)));
  expect(more.map(({ status }) => status)).toEqual(more.map(() => 503));
  expect(await askPath()).toMatchObject({
    status: 200,
    body: { data: { learningPath: { totalHours: expect.any(Number) } } },
  });
  expect(await get("/health")).toMatchObject({ status: 200, body: { status: "live" } });
}

async function expectBack() {
  await vi.waitFor(
    async () => expect((await get("/ready")).body).toEqual({ status: "ready", revision: 1 }),
    60_000,
  );
  await vi.waitFor(async () => expect(await askRow(row)).toMatchObject({ status: 200 }), 60_000);
  row++;
}

test("while another session holds a lock, what needs rows is refused, and answered once it is released", async () => {
  const other = new pg.Client(url);
  await other.connect();
  await other.query('BEGIN; LOCK TABLE "Skill" IN ACCESS EXCLUSIVE MODE');
  await expectUnavailable();
  await other.query("ROLLBACK");
  await other.end();
  await expectBack();
});

test("while the database is frozen, too, and readiness does not wait for it", async () => {
  database.freeze();
  try {
    expect(await get("/ready")).toMatchObject({
      status: 503,
      body: { status: "unavailable", reason: "The database has not answered within 800 ms." },
    });
    await expectUnavailable();
  } finally {
    database.thaw();
  }
  await expectBack();
});

test("while the database is lost, too, and it is found again", async () => {
  await database.lose();
  expect(await get("/ready")).toMatchObject({
    status: 503,
    body: { status: "unavailable", reason: "The database cannot be reached, or cannot be read." },
  });
  await expectUnavailable();
  await database.start();
  await expectBack();
});

test("a service that starts before its database waits for it, and says so", async () => {
  await database.lose();
  const config = { ...readConfig({}), port: 0, databaseUrl: url };
  const [service, other] = await Promise.all([serve(config, silent), serve(config, silent)]);
  const read = async (path: string) => {
    const response = await fetch(service.url + path);
    return {
      status: response.status,
      retryAfter: response.headers.get("retry-after"),
      body: await response.json(),
    };
  };
  const question = `/graphql?query=${encodeURIComponent("{ graph { revision } }")}`;
  expect(await read("/health")).toMatchObject({ status: 200, body: { status: "live" } });
  expect(await read("/ready")).toMatchObject({
    status: 503,
    body: { status: "unavailable", reason: "The database has not been reached yet." },
  });
  expect(await read(question)).toMatchObject({
    ...{ status: 503, retryAfter: "5" },
    body: { errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }] },
  });
  // One may be stopped while it waits.
  await other.close();
  await database.start();
  await vi.waitFor(async () => expect((await read("/ready")).status).toBe(200), 60_000);
  expect(await read(question)).toMatchObject({ status: 200, body: { data: { graph: { revision: 1 } } } });
  await service.close();
  await expectBack();
});

test("a frozen database does not keep a server from stopping", async () => {
  const second = await openStore({ databaseUrl: url, dataDir: "", statementTimeoutMs: 1_000 });
  database.freeze();
  try {
    await expect(second.ping()).rejects.toThrow();
    await second.close();
  } finally {
    database.thaw();
  }
});
