import { eachLeaf, endOfGroups, ownerOfUse } from "../model/fold.ts";
import { IntList, MarkedValues } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { redundantEdges } from "./transitive-reduction.ts";

/** More than this no page shows and no layout places in time. */
export const DEFAULT_SUBGRAPH_NODES = 2_000;

export interface SubgraphOptions {
  /** Which way to walk from the roots. */
  readonly direction: "prerequisites" | "dependents";
  /** How many requirements to follow; all when absent. */
  readonly depth?: number;
  /** How many nodes to return at most, the roots among them; `DEFAULT_SUBGRAPH_NODES` when absent. */
  readonly maxNodes?: number;
  /** Leaves out plain edges that say no more than longer ways inside the subgraph. */
  readonly reduced?: boolean;
}

/** A part of the graph as flat lists. */
export interface Subgraph {
  /** The roots, then what was reached, nearest first. */
  readonly owners: Int32Array;
  /** Per owner: its distance from the roots, 0 for a root. */
  readonly depth: Int32Array;
  /** Per edge: the skill that is asked for. */
  readonly prerequisite: Int32Array;
  /** Per edge: the owner that asks for it. */
  readonly dependent: Int32Array;
  /** Per edge: 1 when the dependent can do without, because a group above needs fewer than all its members. */
  readonly isAlternative: Uint8Array;
  /** Whether there was more within the depth than `maxNodes` allowed. */
  readonly isTruncated: boolean;
}

const places = new MarkedValues();
const owners = new IntList();
const depths = new IntList();
const prerequisites = new IntList();
const dependents = new IntList();
const alternatives = new IntList();
const edgeOf = new MarkedValues();
const groupAlternative = new IntList();

/**
 * The owners around some roots and all edges between them, also those that the walk did not take. At most one
 * edge per pair; it is plain if any of its places in the requirement is.
 *
 * Time O(requirements of the answer), and for dependents the places where its skills are asked for; the
 * reduction O(nodes · edges / 32).
 */
export function subgraph(
  graph: PrerequisiteGraph,
  roots: Iterable<number>,
  options: SubgraphOptions,
): Subgraph {
  const isTruncated = gather(graph, roots, options);
  prerequisites.clear();
  dependents.clear();
  alternatives.clear();
  for (let at = 0; at < owners.length; at++) addEdges(graph, owners.items[at]!);
  if (options.reduced) dropRedundant();
  return {
    owners: owners.toArray(),
    depth: depths.toArray(),
    prerequisite: prerequisites.toArray(),
    dependent: dependents.toArray(),
    isAlternative: Uint8Array.from(alternatives.items.subarray(0, alternatives.length)),
    isTruncated,
  };
}

/** Fills `owners` and `depths`, breadth first; true when it had to stop early. */
function gather(graph: PrerequisiteGraph, roots: Iterable<number>, options: SubgraphOptions): boolean {
  const depth = options.depth ?? Number.POSITIVE_INFINITY;
  const maxNodes = options.maxNodes ?? DEFAULT_SUBGRAPH_NODES;
  places.begin(graph.ownerCount);
  owners.clear();
  depths.clear();
  /** False when there is no room. */
  const add = (owner: number, at: number): boolean => {
    if (places.has(owner)) return true;
    if (owners.length >= maxNodes) return false;
    places.set(owner, owners.length);
    owners.push(owner);
    depths.push(at);
    return true;
  };
  for (const root of roots) if (!add(root, 0)) return true;
  for (let at = 0; at < owners.length && depths.items[at]! < depth; at++) {
    const owner = owners.items[at]!;
    const next = depths.items[at]! + 1;
    const hadRoom =
      options.direction === "prerequisites"
        ? eachLeaf(graph, owner, (skill) => add(skill, next))
        : everyUse(graph, owner, (dependent) => add(dependent, next));
    if (!hadRoom) return true;
  }
  return false;
}

function everyUse(graph: PrerequisiteGraph, owner: number, visit: (owner: number) => boolean): boolean {
  if (owner >= graph.skillCount) return true;
  for (let u = graph.usedByStart[owner]!; graph.usedBy[u] !== NONE; u++)
    if (!visit(ownerOfUse(graph, graph.usedBy[u]!))) return false;
  return true;
}

/** Adds the edges into an owner from the gathered skills. */
function addEdges(graph: PrerequisiteGraph, owner: number): void {
  const { groupNeed, groupStart, groupParent } = graph;
  const reference = graph.requirement[owner]!;
  const root = reference !== NONE && reference < 0 ? ~reference : 0;
  if (reference !== NONE && reference < 0) {
    const end = endOfGroups(graph, root);
    const isAlternative = groupAlternative.reserve(end - root);
    for (let g = root; g < end; g++) {
      const above = g === root ? 0 : isAlternative[~groupParent[g]! - root]!;
      isAlternative[g - root] = groupNeed[g]! < groupStart[g + 1]! - groupStart[g]! ? 1 : above;
    }
  }
  edgeOf.begin(graph.skillCount);
  eachLeaf(graph, owner, (skill, group) => {
    if (!places.has(skill)) return;
    const isAlternative = group === -1 ? 0 : groupAlternative.items[group - root]!;
    const edge = edgeOf.get(skill);
    if (edge >= 0) alternatives.items[edge]! &= isAlternative;
    else {
      edgeOf.set(skill, prerequisites.length);
      prerequisites.push(skill);
      dependents.push(owner);
      alternatives.push(isAlternative);
    }
  });
}

function dropRedundant(): void {
  const plain: number[] = [];
  for (let e = 0; e < prerequisites.length; e++) if (alternatives.items[e] === 0) plain.push(e);
  const redundant = redundantEdges(
    owners.length,
    plain.map((e) => places.get(prerequisites.items[e]!)),
    plain.map((e) => places.get(dependents.items[e]!)),
  );
  const dropped = new Set(plain.filter((_, at) => redundant[at] === 1));
  let kept = 0;
  for (let e = 0; e < prerequisites.length; e++) {
    if (dropped.has(e)) continue;
    prerequisites.items[kept] = prerequisites.items[e]!;
    dependents.items[kept] = dependents.items[e]!;
    alternatives.items[kept++] = alternatives.items[e]!;
  }
  prerequisites.length = dependents.length = alternatives.length = kept;
}
