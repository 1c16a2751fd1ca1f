import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { canBeMet } from "../../src/graph/facts/learnability.ts";
import { NONE, type PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import { bothOf, requirementTree } from "../../src/graph/model/requirement.ts";
import { learnable } from "../../src/graph/walk/chaining.ts";
import { possiblePrerequisites } from "../../src/graph/walk/closure.ts";
import { syntheticGraph, syntheticOwners } from "../support/synthetic-graph.ts";
import { withRequirement } from "../support/with-requirement.ts";
import { benchLargeStore, LARGE_STORES, largeStoreLeftOut } from "./large-store.ts";
import { median, quantile, timed } from "./measure.ts";
import type { Row } from "./report.ts";

const SKILLS = 1_000_000;
const MEGABYTE = 2 ** 20;

/**
 * A graph of a million skills: what it weighs, how long it takes to build, and to change by one edge; in memory, and
 * where there is time to fill a database, from end to end.
 */
export async function benchScale(options: {
  readonly changes: number;
  /** Takes one to two minutes more. */
  readonly withDatabase: boolean;
}): Promise<Row[]> {
  const inMemory = benchGraph(options.changes);
  const inDatabase: Row[] = [];
  for (const large of LARGE_STORES)
    if (options.withDatabase) inDatabase.push(...(await benchLargeStore(large, options.changes)));
    else
      inDatabase.push(
        largeStoreLeftOut(large, "left out with --quick: filling the database takes a minute or two"),
      );
  return [...inMemory, ...inDatabase];
}

function benchGraph(changes: number): Row[] {
  const generating = timed(() => {
    let owners = 0;
    for (const _ of syntheticOwners({ skills: SKILLS })) owners++;
    if (owners !== SKILLS) throw new Error(`expected ${SKILLS} skills, got ${owners}`);
  });
  const before = memory();
  let graph: PrerequisiteGraph | undefined;
  const building = timed(() => {
    graph = syntheticGraph({ skills: SKILLS });
  });
  if (graph === undefined) throw new Error("expected a graph");
  const measured = memory() - before;
  const edges = edgesOf(graph);
  // A snapshot also holds the database id of each skill.
  const counted = bytesOf(graph) + SKILLS * Int32Array.BYTES_PER_ELEMENT;
  const times = changeTimes(graph, changes);
  return [
    {
      what: "snapshot of 10⁶ skills, bytes an edge, names aside",
      figure: counted / edges,
      unit: "bytes",
      goal: { atMost: 64, aim: 24 },
      note: `${edges.toLocaleString("en")} edges, ${(counted / MEGABYTE).toFixed(0)} MB of typed arrays, database ids included`,
    },
    {
      what: "the same, by what the process holds after the build",
      figure: measured / edges,
      unit: "bytes",
      goal: { atMost: 64, aim: 24 },
      note: "heap and array buffers after garbage collection; database ids not included",
    },
    {
      what: "building the graph of 10⁶ skills from a stream",
      figure: Math.max(0, building - generating) / 1000,
      unit: "s",
      note: `the generator's own ${(generating / 1000).toFixed(1)} s taken off`,
    },
    {
      what: "one edge added at 10⁶ skills → visible to a read, in memory",
      figure: median(times),
      unit: "ms",
      note: `check, new graph, first read; p99 ${quantile(times, 0.99).toFixed(1)} ms of ${changes}`,
    },
  ];
}

/**
 * Milliseconds of changes on top of one another: each adds one prerequisite to a skill, checks that it can still
 * be learned, and reads its prerequisites.
 */
function changeTimes(first: PrerequisiteGraph, changes: number): number[] {
  const { stage } = learnable(first);
  const foundation = stage.indexOf(0);
  let graph = first;
  return Array.from({ length: changes }, (_, change) => {
    let owner = (change * 7_919_113) % SKILLS;
    while (stage[owner] === 0) owner = (owner + 1) % SKILLS;
    return timed(() => {
      const more = bothOf(requirementTree(graph, owner), { skill: foundation });
      const changed = withRequirement(graph, owner, more);
      if (!canBeMet(changed, owner)) throw new Error(`expected skill ${owner} to be learnable`);
      if (!possiblePrerequisites(changed, [owner]).skills.includes(foundation))
        throw new Error(`expected skill ${owner} to need the new prerequisite`);
      graph = changed;
    });
  });
}

/** The leaves of all requirements. */
function edgesOf({ members, requirement }: PrerequisiteGraph): number {
  let edges = 0;
  for (const member of members) if (member >= 0) edges++;
  for (const reference of requirement) if (reference >= 0 && reference !== NONE) edges++;
  return edges;
}

/** The bytes of the graph's arrays, each with the spare room behind it. */
function bytesOf(graph: PrerequisiteGraph): number {
  const buffers = new Set<ArrayBufferLike>();
  for (const value of Object.values(graph)) if (ArrayBuffer.isView(value)) buffers.add(value.buffer);
  let bytes = 0;
  for (const { byteLength } of buffers) bytes += byteLength;
  return bytes;
}

/** What the process holds once the garbage is gone. */
function memory(): number {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  if (typeof collect !== "function") throw new Error("expected Node to offer its garbage collector");
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}
