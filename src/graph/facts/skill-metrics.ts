import { eachLeaf } from "../model/fold.ts";
import type { PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { learnable } from "../walk/chaining.ts";
import { betweenness } from "./betweenness.ts";
import { redundantPrerequisites } from "./transitive-reduction.ts";

/** Beyond this, dependents of dependents are not counted: it takes a pass over all edges for every 32 skills. */
export const MAX_SKILLS_MEASURED = 100_000;

/**
 * Figures for each skill, by index, over its *forward edges*: from each skill that a requirement names to the skill that
 * has the requirement, where the first can be learned before the second when everybody learns as early as possible. Those
 * are all edges, unless alternatives form loops: then the edges back are left out.
 */
export interface SkillMetrics {
  /** Skills whose requirement names it. */
  readonly dependents: Int32Array;
  /** The *blocking factor*: the skills that forward edges lead to from it, directly or not. */
  readonly blocking: Int32Array;
  /** The *delay factor*: the skills on the longest chain of forward edges through it, itself included. */
  readonly delay: Int32Array;
  /** The *structural complexity*: the sum of both. */
  readonly complexity: Int32Array;
  /** The *centrality*: see `centralities`. */
  readonly centrality: Float64Array;
  /** Of its prerequisites, those that follow from others; see `redundantPrerequisites`. */
  readonly redundant: Int32Array;
  /** The share of shortest ways between other skills that pass it; see `betweenness`. */
  readonly betweenness: Float64Array;
  /** 1 where an owner that is no skill asks for it, directly or through what skills require. */
  readonly isNeeded: Uint8Array;
}

/**
 * The metrics of curricula of Heileman and others, "Curricular Analytics" (arXiv 1811.09676), and others. They are defined for
 * prerequisites that are all needed; alternatives count like these. Undefined for a graph of more than `MAX_SKILLS_MEASURED` skills.
 *
 * Time O(skills / 32 · edges), and that of `betweenness` and `redundantPrerequisites`; memory O(edges).
 */
export function skillMetrics(graph: PrerequisiteGraph): SkillMetrics | undefined {
  const { skillCount } = graph;
  if (skillCount > MAX_SKILLS_MEASURED) return undefined;
  const edges = forwardEdges(graph);
  const redundant = new Int32Array(skillCount);
  const skills = Array.from({ length: skillCount }, (_, skill) => skill);
  for (const { owner } of redundantPrerequisites(graph, skills)) redundant[owner]!++;
  const blocking = reachable(edges, skillCount);
  const delay = chains(edges, skillCount);
  return {
    dependents: edges.dependents,
    blocking,
    delay,
    complexity: blocking.map((count, skill) => count + delay[skill]!),
    centrality: centralities(edges, skillCount),
    redundant,
    betweenness: betweenness(skillCount, edges.from, edges.to),
    isNeeded: needed(graph),
  };
}

interface Edges {
  /** Each edge once, in the order in which its second end can be learned. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly dependents: Int32Array;
}

function forwardEdges(graph: PrerequisiteGraph): Edges {
  const { rank, reached } = learnable(graph);
  const dependents = new Int32Array(graph.skillCount);
  const from: number[] = [];
  const to: number[] = [];
  const last = new Int32Array(graph.skillCount).fill(-1);
  for (const owner of reached)
    eachLeaf(graph, owner, (skill) => {
      if (skill === owner || last[skill] === owner) return;
      last[skill] = owner;
      dependents[skill]!++;
      if (rank[skill]! < 0 || rank[skill]! > rank[owner]!) return;
      from.push(skill);
      to.push(owner);
    });
  return { from: Int32Array.from(from), to: Int32Array.from(to), dependents };
}

/** How many skills edges lead to from each, 32 at a time: later edges first, so that one pass is enough. */
function reachable({ from, to }: Edges, skillCount: number): Int32Array {
  const counts = new Int32Array(skillCount);
  const words = new Int32Array(skillCount);
  for (let block = 0; block < skillCount; block += 32) {
    words.fill(0);
    for (let e = from.length - 1; e >= 0; e--) {
      const place = to[e]! - block;
      const own = place >= 0 && place < 32 ? 1 << place : 0;
      words[from[e]!]! |= words[to[e]!]! | own;
    }
    for (let skill = 0; skill < skillCount; skill++) counts[skill]! += bitsIn(words[skill]!);
  }
  return counts;
}

function bitsIn(word: number): number {
  let count = 0;
  for (let rest = word; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** The skills on the longest chain through each. */
function chains({ from, to }: Edges, skillCount: number): Int32Array {
  const before = new Int32Array(skillCount).fill(1);
  const after = new Int32Array(skillCount).fill(1);
  for (let e = 0; e < from.length; e++) before[to[e]!] = Math.max(before[to[e]!]!, before[from[e]!]! + 1);
  for (let e = from.length - 1; e >= 0; e--) after[from[e]!] = Math.max(after[from[e]!]!, after[to[e]!]! + 1);
  return before.map((length, skill) => length + after[skill]! - 1);
}

/**
 * For each skill the number of skills on each *long path* through it, summed over these paths: chains of forward edges from a
 * skill that has nothing before it to one that has nothing after it. 0 for those two themselves. The number of paths can grow
 * exponentially; what is beyond the largest number is that number.
 */
function centralities({ from, to }: Edges, skillCount: number): Float64Array {
  const before = longPaths(from, to, skillCount);
  const after = longPaths(to.toReversed(), from.toReversed(), skillCount);
  return before.paths.map((paths, skill) => {
    if (before.isEnd[skill] === 1 || after.isEnd[skill] === 1) return 0;
    // The skill itself is on both halves of each path.
    const sum =
      before.lengths[skill]! * after.paths[skill]! + paths * (after.lengths[skill]! - after.paths[skill]!);
    return Number.isFinite(sum) ? sum : Number.MAX_VALUE;
  });
}

/** The paths from ends to each skill: how many they are, and how many skills are on all of them together. */
function longPaths(from: Int32Array, to: Int32Array, skillCount: number) {
  const isEnd = new Uint8Array(skillCount).fill(1);
  for (const skill of to) isEnd[skill] = 0;
  const paths = Float64Array.from(isEnd);
  const lengths = Float64Array.from(isEnd);
  for (let e = 0; e < from.length; e++) {
    paths[to[e]!]! += paths[from[e]!]!;
    lengths[to[e]!]! += lengths[from[e]!]! + paths[from[e]!]!;
  }
  return { isEnd, paths, lengths };
}

function needed(graph: PrerequisiteGraph): Uint8Array {
  const { skillCount, ownerCount } = graph;
  const isNeeded = new Uint8Array(skillCount);
  const queue: number[] = [];
  const visit = (owner: number) => {
    eachLeaf(graph, owner, (skill) => {
      if (isNeeded[skill] === 1) return;
      isNeeded[skill] = 1;
      queue.push(skill);
    });
  };
  for (let owner = skillCount; owner < ownerCount; owner++) visit(owner);
  for (let skill = queue.pop(); skill !== undefined; skill = queue.pop()) visit(skill);
  return isNeeded;
}
