import { expect, test } from "vitest";
import { findUnlearnable } from "../../../src/graph/facts/learnability.ts";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import { type TwoServers, twoServers } from "../../support/two-servers.ts";

/** Two servers on one PostgreSQL, each with connections and a snapshot of its own, as two processes have them. */

const RUNS = 20;
/** Skills whose edges, one each way round a ring, close a loop when all are written. */
const RING = 6;
const slugs = Array.from({ length: RING }, (_, at) => `s${at}`);

const APPLY = `mutation ($changes: [HypotheticalChangeInput!]!, $expectedRevision: Int) {
  applyChanges(changes: $changes, expectedRevision: $expectedRevision) { __typename ... on GraphWrite { revision } ... on Error { message } }
}`;

/** Writes by the first server and the second in turn. */
const writerOf =
  ({ both }: TwoServers) =>
  async (at: number, variables: object) =>
    (await both[at % 2]!.write(APPLY, { ...variables })).data.applyChanges;

test(`edges that together close a loop: in ${RUNS} runs none ends unlearnable, and just one edge is refused`, async () => {
  const servers = await twoServers();
  const write = writerOf(servers);
  const stores = servers.both.map((each) => each.store);
  const [{ store }] = servers.both;
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
  await servers.close();
}, 120_000);

test("of writes for the same revision one is done, and the others are told of a conflict", async () => {
  const servers = await twoServers();
  const write = writerOf(servers);
  const [{ store }] = servers.both;
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
  await servers.close();
}, 60_000);
