import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findUnlearnable } from "../../src/graph/facts/learnability.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { subscribe, take } from "../support/events.ts";
import { ask } from "../support/http.ts";
import { type TwoServers, twoServers } from "../support/two-servers.ts";

/** Two servers on a database that is taken to have neither advisory locks nor LISTEN and NOTIFY. */

const RUNS = 5;
const RING = 6;
const slugs = Array.from({ length: RING }, (_, at) => `s${at}`);
const APPLY = `mutation ($changes: [HypotheticalChangeInput!]!) {
  applyChanges(changes: $changes) { __typename ... on GraphWrite { revision } ... on Error { message } }
}`;
const rowsOf = (hours: number, own: readonly string[] = slugs) =>
  toRows(graphFile.parse({ skills: own.map((slug) => ({ slug, name: slug, hours })) }));

describe("with DATABASE_FEATURES=minimal", () => {
  const statements: string[] = [];
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await twoServers({
      databaseFeatures: "minimal",
      onQuery: (sql) => statements.push(sql),
    });
  });
  afterAll(() => servers.close());

  test("writers take turns from the first write on, when there is no row yet to lock", async () => {
    const stores = servers.both.map(({ store }) => store);
    const outcomes = await Promise.all(
      Array.from({ length: 8 }, (_, at) => stores[at % 2]!.write(rowsOf(1, [`first-${at}`]), "test")),
    );
    expect(outcomes.map(({ revision }) => revision).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  test("edges that together close a loop never make the graph unlearnable", async () => {
    const [{ store }] = servers.both;
    for (let run = 1; run <= RUNS; run++) {
      await store.write(rowsOf(run), "test", { replace: true });
      const answers = await Promise.all(
        slugs.map((slug, at) => {
          const requires = { skill: slugs[(at + 1) % RING] };
          return servers.both[at % 2]!.write(APPLY, {
            changes: [{ addPrerequisite: { to: { skill: slug }, requires } }],
          });
        }),
      );
      const types = answers.map(({ data }) => data.applyChanges.__typename);
      expect(types.filter((type) => !/^(GraphWrite|UnlearnableError|ConflictError)$/.test(type))).toEqual([]);
      await store.refresh();
      expect(findUnlearnable(store.snapshot().graph)).toBeUndefined();
    }
  });

  test("the other server hears by asking: at once for a revision that is named, soon for its subscribers", async () => {
    const [first, second] = servers.both;
    await second.store.refresh();
    const { events, leave } = await subscribe(second.server.url);
    const { revision } = (await first.write(APPLY, { changes: [{ setHours: { skill: "s0", hours: 500 } }] }))
      .data.applyChanges;
    const { data } = await ask(second.server.url, "{ graph { revision } }", undefined, {
      "x-min-revision": String(revision),
    });
    expect(data.graph.revision).toBe(revision);
    expect(await take(events, 1)).toMatchObject([{ id: String(revision) }]);
    leave();
  });

  test("none of its statements needs more", () => {
    expect(statements.length).toBeGreaterThan(100);
    expect(statements.filter((sql) => /advisory|notify|listen/i.test(sql))).toEqual([]);
  });
});
