import pino from "pino";
import { expect, test } from "vitest";
import { findUnlearnable } from "../../../src/graph/facts/learnability.ts";
import { startServer } from "../../../src/http/server.ts";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { openStore, type Store } from "../../../src/store/store.ts";
import { API_TOKEN, WRITING } from "../../support/api.ts";
import { ask } from "../../support/http.ts";
import { newPostgresqlDatabase } from "../../support/postgresql.ts";

/** Two servers on one PostgreSQL, each with connections and a snapshot of its own, as two processes have them. */

const RUNS = 20;
/** Skills whose edges, one each way round a ring, close a loop when all are written. */
const RING = 6;
const slugs = Array.from({ length: RING }, (_, at) => `s${at}`);

const APPLY = `mutation ($changes: [HypotheticalChangeInput!]!, $expectedRevision: Int) {
  applyChanges(changes: $changes, expectedRevision: $expectedRevision) { __typename ... on GraphWrite { revision } ... on Error { message } }
}`;

async function twoServers() {
  const databaseUrl = await newPostgresqlDatabase("migrated");
  const open = async () => {
    const store = await openStore({ databaseUrl, dataDir: "" });
    const address = { host: "127.0.0.1", port: 0, apiToken: API_TOKEN };
    const server = await startServer(store, pino({ level: "silent" }), address);
    return { store, server };
  };
  const both = [await open(), await open()] as const;
  const [{ store }] = both;
  const write = async (at: number, variables: object) =>
    (await ask(both[at % 2]!.server.url, APPLY, { ...variables }, WRITING)).data.applyChanges;
  const close = async () => {
    for (const { store, server } of both) {
      await server.close();
      await store.close();
    }
  };
  return { store, stores: both.map((each): Store => each.store), write, close };
}

test(`edges that together close a loop: in ${RUNS} runs none ends unlearnable, and just one edge is refused`, async () => {
  const { store, stores, write, close } = await twoServers();
  for (let run = 1; run <= RUNS; run++) {
    await store.write(
      toRows(graphFile.parse({ skills: slugs.map((slug) => ({ slug, name: slug, hours: run })) })),
      "test",
      { replace: true },
    );
    const answers = await Promise.all(
      slugs.map((slug, at) => {
        const requires = { skill: slugs[(at + 1) % RING] };
        return write(at, { changes: [{ addPrerequisite: { to: { skill: slug }, requires } }] });
      }),
    );
    const outcomes = answers.map(({ __typename }) => __typename).sort();
    // Who loses the race again and again is told so; whoever wrote is in the graph.
    expect(outcomes.filter((type) => !/^(GraphWrite|UnlearnableError|ConflictError)$/.test(type))).toEqual(
      [],
    );
    const written = answers.filter(({ __typename }) => __typename === "GraphWrite");
    expect(written.length).toBeLessThan(RING);
    expect(new Set(written.map(({ revision }) => revision)).size).toBe(written.length);
    for (const each of stores) {
      await each.refresh();
      const { graph } = each.snapshot();
      expect(findUnlearnable(graph)).toBeUndefined();
      expect(graph.requirement.filter((requirement) => requirement >= 0)).toHaveLength(written.length);
    }
  }
  await close();
}, 120_000);

test("of writes for the same revision one is done, and the others are told of a conflict", async () => {
  const { store, write, close } = await twoServers();
  await store.write(toRows(graphFile.parse({ skills: [{ slug: "a", name: "A", hours: 1 }] })), "test");
  const answers = await Promise.all(
    Array.from({ length: 8 }, (_, at) =>
      write(at, { expectedRevision: 1, changes: [{ setHours: { skill: "a", hours: at + 2 } }] }),
    ),
  );
  const types = answers.map(({ __typename }) => __typename).sort();
  expect(types).toEqual([...new Array(7).fill("ConflictError"), "GraphWrite"]);
  await store.refresh();
  expect(store.snapshot().revision).toBe(2);
  await close();
}, 60_000);
