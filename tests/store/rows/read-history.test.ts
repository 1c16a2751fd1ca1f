import fc from "fast-check";
import { expect, it } from "vitest";
import { toRows } from "../../../src/seeding/rows.ts";
import { ENTITIES, ENTITY_KINDS } from "../../../src/store/rows/entities.ts";
import type { GraphRows } from "../../../src/store/rows/graph-rows.ts";
import { readGraphRows } from "../../../src/store/rows/read-graph.ts";
import { type History, readHistory } from "../../../src/store/rows/read-history.ts";
import { earlierSnapshot } from "../../../src/store/snapshot/earlier-snapshot.ts";
import type { GraphSnapshot } from "../../../src/store/snapshot/graph-snapshot.ts";
import { describeOnBothDatabases } from "../../support/databases.ts";
import { contents } from "../../support/graph-contents.ts";
import { attempt, FIRST, write } from "../../support/random-writes.ts";

/** The entities of a revision, by kind and slug. */
function bySlug(rows: GraphRows): Map<string, object> {
  return new Map(
    ENTITY_KINDS.flatMap((kind) => rows[ENTITIES[kind].list].map((row) => [`${kind} ${row.slug}`, row])),
  );
}

/** What a history says against the graph as it was read at both revisions. */
function expectHistory({ entities, before, after }: History, was: GraphRows, is: GraphRows): void {
  const [allBefore, allAfter] = [bySlug(was), bySlug(is)];
  const [toldBefore, toldAfter] = [bySlug(before), bySlug(after)];
  const named = new Set<string>();
  for (const entity of entities) {
    for (const [slug, told, all] of [
      [entity.before, toldBefore, allBefore],
      [entity.after, toldAfter, allAfter],
    ] as const) {
      const key = `${entity.kind} ${slug}`;
      if (slug === undefined) continue;
      named.add(key);
      expect(told.get(key)).toEqual(all.get(key));
      expect(told.get(key)).toBeDefined();
    }
  }
  for (const key of new Set([...allBefore.keys(), ...allAfter.keys()]))
    if (!named.has(key)) expect(allAfter.get(key)).toEqual(allBefore.get(key));
}

/** A snapshot without the ids of rows. */
function named({ revision, graph, skills, projects, roles, roadmaps }: GraphSnapshot) {
  const tables = [skills, projects, roles, roadmaps].map(({ slugs, names, indexOf }) =>
    slugs.map((slug, index) => [slug, names.at(index), indexOf.get(slug)]),
  );
  return { revision, graph: contents(graph), tables };
}

/** Whatever was written before, it can take its place. */
const FEWER = { ...FIRST, roles: FIRST.roles?.slice(5) };

describeOnBothDatabases("the history of a stretch of revisions", (open) => {
  it("is what differs between the graph before and after it, and gives back every earlier graph", async () => {
    const store = await open();
    const counts = { stretches: 0, deleted: 0 };
    await fc.assert(
      fc.asyncProperty(fc.array(write, { minLength: 2, maxLength: 8 }), async (writes) => {
        await store.write(toRows(FIRST), "first", { replace: true });
        const versions: { snapshot: GraphSnapshot; rows: GraphRows; named: unknown }[] = [];
        const note = async () => {
          const snapshot = store.snapshot();
          if (versions.at(-1)?.snapshot === snapshot) return;
          versions.push({ snapshot, rows: await readGraphRows(store.prisma), named: named(snapshot) });
        };
        await note();
        for (const [at, each] of writes.entries()) {
          // Some deletions for certain, in the middle.
          if (at === 1) await store.write(toRows(FEWER), "fewer", { replace: true });
          await attempt(store, each);
          await note();
        }
        for (const [at, from] of versions.entries())
          for (const to of versions.slice(at)) {
            const { revision } = from.snapshot;
            const history = await readHistory(store.prisma, revision, to.snapshot.revision);
            expectHistory(history, from.rows, to.rows);
            counts.stretches++;
            counts.deleted += history.entities.filter(({ after }) => after === undefined).length;
            if (to === versions.at(-1))
              expect(named(earlierSnapshot(to.snapshot, revision, history))).toEqual(from.named);
          }
        for (const { snapshot, named: before } of versions) expect(named(snapshot)).toEqual(before);
      }),
      { numRuns: 10 },
    );
    expect(counts.stretches).toBeGreaterThan(20);
    expect(counts.deleted).toBeGreaterThan(5);
  });
});
