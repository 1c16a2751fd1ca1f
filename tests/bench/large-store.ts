import { resourceUsage } from "node:process";
import { isGroup, type Requirement, requirementTree } from "../../src/graph/model/requirement.ts";
import { possiblePrerequisites } from "../../src/graph/walk/closure.ts";
import { graphFile } from "../../src/seeding/graph-file.ts";
import type { RequirementFile } from "../../src/seeding/requirement-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { NO_ROWS } from "../../src/store/rows/graph-rows.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { startPostgresql } from "../support/postgresql-server.ts";
import { fillDatabase, syntheticSlug } from "./large-database.ts";
import { median, quantile, timedAsync } from "./measure.ts";
import type { Row } from "./report.ts";
import { untilStopped } from "./running.ts";

/** A graph in a database, and how long a write to it may take. */
export interface LargeStore {
  readonly skills: number;
  /** The number in words. */
  readonly named: string;
  /** In milliseconds. */
  readonly goal: { readonly atMost: number; readonly aim: number };
}

export const LARGE_STORES: readonly LargeStore[] = [
  { skills: 100_000, named: "10⁵", goal: { atMost: 20, aim: 5 } },
  { skills: 1_000_000, named: "10⁶", goal: { atMost: 50, aim: 5 } },
];

const MEGABYTE = 2 ** 20;
/** How many skills are added and deleted at most. */
const SKILLS_WRITTEN = 15;
const written = ({ named }: LargeStore) => `one edge written at ${named} skills → visible to a read`;

/** The row that is not measured when there is no time to fill a database. */
export function largeStoreLeftOut(large: LargeStore, note: string): Row {
  return { what: written(large), figure: undefined, unit: "ms", goal: large.goal, note };
}

/** Many skills in PostgreSQL: how long the store takes to open, and to write one edge from end to end. */
export async function benchLargeStore(large: LargeStore, changes: number): Promise<Row[]> {
  const { skills, named, goal } = large;
  const postgres = await startPostgresql();
  const stop = untilStopped(() => postgres.stop());
  try {
    const databaseUrl = await postgres.createDatabase("large");
    const nodes = await fillDatabase(databaseUrl, skills);
    const before = process.memoryUsage.rss();
    let store: Store | undefined;
    const opening = await timedAsync(async () => {
      store = await openStore({ databaseUrl, dataDir: "" });
    });
    if (store === undefined) throw new Error("expected a store");
    const peak = resourceUsage().maxRSS * 1024;
    const close = untilStopped(store.close);
    try {
      const edges = await writeEdges(store, skills, changes);
      const { added, deleted } = await writeSkills(store, skills, Math.min(changes, SKILLS_WRITTEN));
      return [
        {
          what: written(large),
          figure: median(edges),
          unit: "ms",
          goal,
          note: `the whole write in PostgreSQL, and the first read: transaction, checks, new snapshot; p99 ${quantile(edges, 0.99).toFixed(0)} ms of ${changes}`,
        },
        {
          what: `one skill added at ${named} skills → visible to a read`,
          figure: median(added),
          unit: "ms",
          goal: { atMost: goal.atMost, aim: 10 },
          note: `the same; at most ${Math.max(...added).toFixed(0)} ms of ${added.length}`,
        },
        {
          what: `one skill deleted at ${named} skills → no longer visible`,
          figure: median(deleted),
          unit: "ms",
          note: `the same; at most ${Math.max(...deleted).toFixed(0)} ms`,
        },
        {
          what: `start-up with ${named} skills in PostgreSQL: the store opened`,
          figure: opening / 1000,
          unit: "s",
          note: `${nodes.toLocaleString("en")} requirement nodes, read in pieces; resident memory ${(before / MEGABYTE).toFixed(0)} MB before, ${(peak / MEGABYTE).toFixed(0)} MB at most since this process began`,
        },
      ];
    } finally {
      await close();
    }
  } finally {
    await stop();
  }
}

/** Milliseconds of writes on top of one another: each adds one prerequisite to a skill and reads it back. */
async function writeEdges(store: Store, count: number, changes: number): Promise<number[]> {
  const first = store.snapshot();
  const times: number[] = [];
  const foundation = first.graph.requirement.findIndex((_, skill) => isFree(store, skill));
  for (let change = 1; times.length < changes; change++) {
    const owner = (change * 7_919_113) % count;
    if (isFree(store, owner)) continue;
    const { graph, skills } = store.snapshot();
    const inFile = (requirement: Requirement<number>): RequirementFile =>
      isGroup(requirement)
        ? { atLeast: requirement.atLeast, of: requirement.of.map(inFile) }
        : skills.slugs.at(requirement.skill)!;
    const requires = { allOf: [inFile(requirementTree(graph, owner)!), skills.slugs.at(foundation)!] };
    const row = {
      slug: skills.slugs.at(owner)!,
      name: skills.names.at(owner)!,
      kind: "CONCEPT",
      hours: graph.cost[owner]! / 100,
      requires,
    };
    const rows = toRows(graphFile.parse({ skills: [row] }));
    times.push(
      await timedAsync(async () => {
        await store.write(rows, "bench");
        if (!possiblePrerequisites(store.snapshot().graph, [owner]).skills.includes(foundation))
          throw new Error(`expected skill ${owner} to need the new prerequisite`);
      }),
    );
  }
  return times;
}

/** Whether a skill needs nothing. */
function isFree(store: Store, skill: number): boolean {
  return requirementTree(store.snapshot().graph, skill) === undefined;
}

/** Milliseconds until new skills, which move the indices of half the others, are there, and until they are gone again. */
async function writeSkills(
  store: Store,
  count: number,
  changes: number,
): Promise<Record<"added" | "deleted", number[]>> {
  const added: number[] = [];
  const deleted: number[] = [];
  for (let change = 1; added.length < changes; change++) {
    const needed = syntheticSlug((change * 7_919_113) % count);
    const slug = `${needed}-more`;
    const row = { slug, name: "More", kind: "CONCEPT", hours: 1, requires: needed };
    const rows = toRows(graphFile.parse({ skills: [row] }));
    added.push(
      await timedAsync(async () => {
        await store.write(rows, "bench");
        const { graph, skills } = store.snapshot();
        const index = skills.indexOf.get(slug);
        if (index === undefined || graph.requirement[index] !== skills.indexOf.get(needed))
          throw new Error(`expected ${slug} to need ${needed}`);
      }),
    );
    deleted.push(
      await timedAsync(async () => {
        await store.write(NO_ROWS, "bench", { deleted: { SKILL: [slug] } });
        const { graph, skills } = store.snapshot();
        if (skills.indexOf.has(slug) || graph.skillCount !== count) throw new Error(`expected no ${slug}`);
      }),
    );
  }
  return { added, deleted };
}
