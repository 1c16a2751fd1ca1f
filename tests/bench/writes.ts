import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findUnlearnable } from "../../src/graph/facts/learnability.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { openStore } from "../../src/store/store.ts";
import { WRITING } from "../support/api.ts";
import { buildSource } from "../support/built.ts";
import { faultsOf, startWriters, untilServing } from "../support/crashes.ts";
import { ask } from "../support/http.ts";
import { type FaultyServer, startFaultyServer } from "../support/postgresql-server.ts";
import { type ServedProcess, serveInProcess } from "../support/served-process.ts";
import { isEachOnce, startSubscribers } from "../support/subscribers.ts";
import { quantile } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

/** How often everything is done. */
export interface WriteCounts {
  readonly writes: number;
  readonly serverKills: number;
  readonly databaseKills: number;
  readonly embeddedKills: number;
  readonly followed: number;
  readonly disconnects: number;
  readonly runs: number;
}

export const FEW_WRITES: WriteCounts = {
  ...{ writes: 50, serverKills: 4, databaseKills: 1, embeddedKills: 2 },
  ...{ followed: 200, disconnects: 30, runs: 3 },
};
export const MANY_WRITES: WriteCounts = {
  ...{ writes: 1_000, serverKills: 100, databaseKills: 10, embeddedKills: 100 },
  ...{ followed: 10_000, disconnects: 1_000, runs: 20 },
};

const WRITERS = 8;
/** How many writes are acknowledged between two kills. */
const BETWEEN = 10;
const SUBSCRIBERS = 8;
/** Clients of whom each writes one edge of a ring. */
const RING = 32;

const APPLY = `mutation ($changes: [HypotheticalChangeInput!]!) {
  applyChanges(changes: $changes) { __typename ... on GraphWrite { revision } ... on Error { message } }
}`;

/**
 * Writes by several servers on one database, each in a process of its own, and what is lost of them: nothing. Rows go to
 * `rows` as they are there: on a busy machine the whole may not end in time.
 */
export async function benchWrites(counts: WriteCounts, rows: Row[]): Promise<Row[]> {
  buildSource();
  const database = await startFaultyServer();
  const stopDatabase = untilStopped(() => database.stop());
  const servers: ServedProcess[] = [];
  const stopServers = untilStopped(async () => {
    await Promise.all(servers.map((server) => server.kill()));
  });
  try {
    const databaseUrl = await database.createDatabase("writes");
    for (let nth = 0; nth < 2; nth++) servers.push(await serveInProcess({ DATABASE_URL: databaseUrl }));
    const on = { database, databaseUrl, servers };
    rows.push(...(await readYourWrites(on, counts)));
    for (const part of [rings, kills, followers]) rows.push(await part(on, counts));
    rows.push(await embeddedKills(counts));
    return [];
  } finally {
    await stopServers();
    await stopDatabase();
  }
}

interface Served {
  readonly database: FaultyServer;
  readonly databaseUrl: string;
  readonly servers: readonly ServedProcess[];
}

async function apply(url: string, changes: readonly object[]): Promise<number> {
  const { data, errors } = await ask(url, APPLY, { changes }, WRITING);
  const revision: unknown = data?.applyChanges?.revision;
  if (typeof revision !== "number") throw new Error(JSON.stringify({ data, errors }));
  return revision;
}

/** One server writes, the other is asked at once: for that revision, and for whatever it has. */
async function readYourWrites({ servers }: Served, { writes }: WriteCounts): Promise<Row[]> {
  const [first, second] = [servers[0]!.url, servers[1]!.url];
  const read = async (url: string, headers: Record<string, string>): Promise<number> =>
    (await ask(url, "{ graph { revision } }", undefined, headers)).data.graph.revision;
  const setHours = (url: string, hours: number) => apply(url, [{ setHours: { skill: "git", hours } }]);
  let stale = 0;
  const waits: number[] = [];
  for (let nth = 1; nth <= writes; nth++) {
    const [writer, reader] = nth % 2 === 0 ? [first, second] : [second, first];
    const revision = await setHours(writer, nth);
    const begun = performance.now();
    if ((await read(reader, { "x-min-revision": String(revision) })) < revision) stale++;
    waits.push(performance.now() - begun);
  }
  let staleWithout = 0;
  const staleness: number[] = [];
  for (let nth = 1; nth <= writes; nth++) {
    const [writer, reader] = nth % 2 === 0 ? [first, second] : [second, first];
    const revision = await setHours(writer, writes + nth);
    const begun = performance.now();
    let asked = 0;
    while ((await read(reader, {})) < revision) asked++;
    staleness.push(performance.now() - begun);
    if (asked > 0) staleWithout++;
  }
  return [
    {
      what: "writes by one server that another has not seen, asked with X-Min-Revision",
      figure: stale,
      unit: `of ${writes}`,
      goal: { atMost: 0, aim: 0 },
      note: `answered in ${quantile(waits, 0.5).toFixed(1)} ms, p99 ${quantile(waits, 0.99).toFixed(1)} ms`,
    },
    {
      what: "the same without: until the other answers from it, p99",
      figure: quantile(staleness, 0.99),
      unit: "ms",
      note: `median ${quantile(staleness, 0.5).toFixed(1)} ms; ${staleWithout} of ${writes} first answers were of an older revision`,
    },
  ];
}

/** Clients that write the edges of a ring at once, which all together would be a loop. */
async function rings({ databaseUrl, servers }: Served, { runs }: WriteCounts): Promise<Row> {
  const slugs = Array.from({ length: RING }, (_, at) => `ring-${at}`);
  const store = await openStore({ databaseUrl, dataDir: "" });
  let written = 0;
  let unlearnable = 0;
  let ms = 0;
  for (let run = 1; run <= runs; run++) {
    const skills = slugs.map((slug) => ({ slug, name: slug, hours: run }));
    await store.write(toRows(graphFile.parse({ skills })), "bench");
    const begun = performance.now();
    const answers = await Promise.all(
      slugs.map((slug, at) => {
        const requires = { skill: slugs[(at + 1) % RING] };
        const changes = [{ addPrerequisite: { to: { skill: slug }, requires } }];
        return ask(servers[at % servers.length]!.url, APPLY, { changes }, WRITING);
      }),
    );
    ms += performance.now() - begun;
    written += answers.filter(({ data }) => data?.applyChanges?.__typename === "GraphWrite").length;
    await store.refresh();
    if (findUnlearnable(store.snapshot().graph) !== undefined) unlearnable++;
  }
  await store.close();
  return {
    what: `runs of ${RING} clients of two servers that write the edges of a ring: ended unlearnable`,
    figure: unlearnable,
    unit: `of ${runs}`,
    goal: { atMost: 0, aim: 0 },
    note: `${written} edges written, ${((1_000 * written) / ms).toFixed(0)} a second`,
  };
}

async function followers(
  { databaseUrl, servers }: Served,
  { followed, disconnects }: WriteCounts,
): Promise<Row> {
  const store = await openStore({ databaseUrl, dataDir: "" });
  const since = store.snapshot().revision;
  const urls = servers.map(({ url }) => url);
  const subscribers = startSubscribers(urls, SUBSCRIBERS, since, Math.random);
  const writers = startWriters(urls, 2, "s");
  const begun = performance.now();
  for (let nth = 1; nth <= disconnects; nth++) {
    await writers.more(Math.floor(followed / disconnects));
    subscribers.disconnect();
    if (nth === Math.floor(disconnects / 2)) {
      await servers[0]!.kill();
      await servers[0]!.restart();
    }
  }
  await writers.stop();
  const seconds = (performance.now() - begun) / 1_000;
  await store.refresh();
  const { revision } = store.snapshot();
  await subscribers.until(revision);
  await subscribers.stop();
  await store.close();
  return {
    what: "subscribers that have missed a revision, got one twice or out of order",
    figure: subscribers.seen.filter((seen) => !isEachOnce(seen, since, revision)).length,
    unit: `of ${SUBSCRIBERS}`,
    goal: { atMost: 0, aim: 0 },
    note: `${revision - since} revisions in ${seconds.toFixed(0)} s, ${disconnects} disconnects, one kill -9 of two servers`,
  };
}

async function kills(
  { database, databaseUrl, servers }: Served,
  { serverKills, databaseKills }: WriteCounts,
): Promise<Row> {
  const writers = startWriters(
    servers.map(({ url }) => url),
    WRITERS,
  );
  const perDatabaseKill = Math.ceil(serverKills / Math.max(1, databaseKills));
  for (let kill = 1; kill <= serverKills; kill++) {
    await writers.more(BETWEEN);
    const server = servers[kill % servers.length]!;
    await server.kill();
    await server.restart();
    if (kill % perDatabaseKill !== 0) continue;
    await writers.more(BETWEEN);
    await database.kill();
    await database.start();
  }
  await writers.more(BETWEEN);
  await writers.stop();
  const store = await openStore({ databaseUrl, dataDir: "" });
  const faults = [...writers.faults, ...(await faultsOf(store, writers.acknowledged))];
  for (const { url } of servers) await untilServing(url, store.snapshot().revision);
  await store.close();
  return {
    what: `PostgreSQL: writes lost or half written, of ${WRITERS} writers`,
    figure: faults.length,
    unit: `of ${writers.acknowledged.length}`,
    goal: { atMost: 0, aim: 0 },
    note: `${serverKills} kill -9 of servers, ${Math.floor(serverKills / perDatabaseKill)} of PostgreSQL; ${writers.unanswered} writes had no answer or were to be sent again ${faults[0] ?? ""}`,
  };
}

async function embeddedKills({ embeddedKills }: WriteCounts): Promise<Row> {
  const dataDir = mkdtempSync(join(tmpdir(), "skills-graph-bench-"));
  const server = await serveInProcess({ DATA_DIR: dataDir });
  const stop = untilStopped(async () => {
    await server.kill();
    rmSync(dataDir, { recursive: true });
  });
  try {
    const writers = startWriters([server.url], WRITERS);
    for (let kill = 0; kill < embeddedKills; kill++) {
      await writers.more(BETWEEN);
      await server.kill();
      await server.restart();
    }
    await writers.more(BETWEEN);
    await writers.stop();
    await server.kill();
    const store = await openStore({ dataDir });
    const faults = [...writers.faults, ...(await faultsOf(store, writers.acknowledged))];
    await store.close();
    await server.restart();
    return {
      what: `embedded: writes lost or half written, of ${WRITERS} writers`,
      figure: faults.length,
      unit: `of ${writers.acknowledged.length}`,
      goal: { atMost: 0, aim: 0 },
      note: `${embeddedKills} kill -9 of the server; ${writers.unanswered} writes had no answer ${faults[0] ?? ""}`,
    };
  } finally {
    await stop();
  }
}
