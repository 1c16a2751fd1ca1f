import { chainRows, groupByKey } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { LocalChaining } from "../walk/chaining.ts";
import { possiblePrerequisites } from "../walk/closure.ts";
import { CANDIDATES_AT_ONCE, Necessity } from "./necessity.ts";

/** An owner names a skill that it would need all the same, because another of its prerequisites needs it. */
export interface RedundantPrerequisite {
  readonly owner: number;
  readonly skill: number;
  /** Another plain prerequisite of the owner; itself not redundant. */
  readonly impliedBy: number;
}

const chaining = new LocalChaining();
const necessity = new Necessity();

/**
 * The redundant plain prerequisites. *Plain* is what an owner needs whatever it chooses: a leaf at the root, or
 * under groups that need all their members. One is redundant when every way to another one that does not pass the
 * owner holds it. Branches of alternatives are never redundant, and never make anything redundant. Dropping all
 * that is named, at once, leaves every possible path as it is: whoever comes to an owner has learned the others
 * without it, and "cannot be learned without" has no loops.
 *
 * In the order of owners, then the author's. A skill that one owner names twice is not reported for that.
 * Time: per owner with at least two plain prerequisites, O(leaves behind it); memory O(the largest of these).
 */
export function redundantPrerequisites(
  graph: PrerequisiteGraph,
  owners: Iterable<number> = allOwners(graph),
): RedundantPrerequisite[] {
  const found: RedundantPrerequisite[] = [];
  for (const owner of owners) {
    const plain = plainPrerequisites(graph, owner);
    // What needs nothing implies nothing.
    if (plain.length < 2 || plain.every((skill) => graph.requirement[skill] === NONE)) continue;
    const implied = findImplied(graph, owner, plain);
    for (const skill of plain) {
      const by = implied.get(skill);
      if (by === undefined) continue;
      // There is one: whatever implies a redundant skill that implies this one, implies this one.
      found.push({ owner, skill, impliedBy: by.find((other) => !implied.has(other))! });
    }
  }
  return found;
}

/** The skills an owner needs whatever it chooses, each once, in the author's order. O(its requirement). */
export function plainPrerequisites(graph: PrerequisiteGraph, owner: number): number[] {
  const { members, groupStart, groupNeed } = graph;
  const plain = new Set<number>();
  const stack = [graph.requirement[owner]!];
  for (let member = stack.pop(); member !== undefined && member !== NONE; member = stack.pop()) {
    if (member >= 0) plain.add(member);
    else if (groupNeed[~member] === groupStart[~member + 1]! - groupStart[~member]!)
      for (let m = groupStart[~member + 1]! - 1; m >= groupStart[~member]!; m--) stack.push(members[m]!);
  }
  return [...plain];
}

/** Per plain prerequisite that others imply: those others, in the author's order. */
function findImplied(
  graph: PrerequisiteGraph,
  owner: number,
  plain: readonly number[],
): Map<number, number[]> {
  const behind = possiblePrerequisites(graph, [owner]).skills;
  chaining.run(graph, behind, []);
  const learnable = plain.filter((skill) => chaining.rankOf(skill) >= 0);
  const implied = new Map<number, number[]>();
  necessity.prepare(graph, chaining);
  for (let from = 0; from < learnable.length; from += CANDIDATES_AT_ONCE) {
    const block = learnable.slice(from, from + CANDIDATES_AT_ONCE);
    necessity.carry(block);
    for (const by of learnable) {
      const word = necessity.wordOf(by);
      block.forEach((skill, bit) => {
        if (skill === by || ((word >>> bit) & 1) === 0) return;
        const list = implied.get(skill);
        if (list === undefined) implied.set(skill, [by]);
        else list.push(by);
      });
    }
  }
  return implied;
}

function* allOwners(graph: PrerequisiteGraph): Iterable<number> {
  for (let owner = 0; owner < graph.ownerCount; owner++) yield owner;
}

/**
 * The transitive reduction of a list of edges (Aho, Garey & Ullman 1972): per edge 1 when the list holds a longer
 * way from its beginning to its end, so that it can be left out. Edges between nodes that are on a loop, or behind
 * one, are kept. Of equal edges none makes another redundant.
 *
 * 32 beginnings at a time are carried forward in topological order: time O(nodes · edges / 32), memory
 * O(nodes + edges).
 */
export function redundantEdges(
  nodeCount: number,
  from: ArrayLike<number>,
  to: ArrayLike<number>,
): Uint8Array {
  const redundant = new Uint8Array(from.length);
  const { order, edgesInto, intoStart } = sortNodes(nodeCount, from, to);
  const longer = new Int32Array(nodeCount);
  const own = new Int32Array(nodeCount);
  for (let first = 0; first < order.length; first += 32) {
    const block = order.subarray(first, first + 32);
    longer.fill(0);
    block.forEach((node, bit) => {
      own[node] = 1 << bit;
    });
    for (let at = first; at < order.length; at++) {
      const node = order[at]!;
      let beyond = 0;
      let direct = 0;
      for (let e = intoStart[node]!; e < intoStart[node + 1]!; e++) {
        const before = from[edgesInto[e]!]!;
        beyond |= longer[before]!;
        direct |= own[before]!;
      }
      for (let e = intoStart[node]!; e < intoStart[node + 1]!; e++)
        if ((own[from[edgesInto[e]!]!]! & beyond) !== 0) redundant[edgesInto[e]!] = 1;
      longer[node] = beyond | direct;
    }
    block.forEach((node) => {
      own[node] = 0;
    });
  }
  return redundant;
}

/** The nodes that are not behind a loop in topological order, and the edges into each node. */
function sortNodes(nodeCount: number, from: ArrayLike<number>, to: ArrayLike<number>) {
  const { start: intoStart, values: edgesInto } = groupByKey(nodeCount, to);
  const out = groupByKey(nodeCount, from, to);
  const waiting = new Int32Array(nodeCount);
  for (let n = 0; n < nodeCount; n++) waiting[n] = intoStart[n + 1]! - intoStart[n]!;
  const order = new Int32Array(nodeCount);
  const placed = chainRows(nodeCount, waiting, out.start, out.values, order);
  return { order: order.subarray(0, placed), edgesInto, intoStart };
}
