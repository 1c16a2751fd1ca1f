import { IntList } from "../graph/int-list.ts";
import type { PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import type { ChoiceProblem } from "./choice-problem.ts";
import { loopComponents } from "./loop-components.ts";
import type { RelevantProblem } from "./relevant-problem.ts";

/**
 * What is left to choose after the necessary was taken: parts that have nothing to do with one another, so
 * that the best path is the necessary skills and the best choice in each part.
 */
export interface OpenChoices {
  /** Skills that this analysis found to be in every path. */
  readonly necessary: readonly number[];
  readonly parts: readonly ChoicePart[];
}

export interface ChoicePart {
  readonly problem: ChoiceProblem;
  /** Per node of the problem: the reference it came from, a skill or `~group` or another owner. */
  readonly origin: Int32Array;
  /** How much more a hundredth of an hour weighs than a step. */
  readonly factor: number;
}

const necessary = new IntList();
const missing = new IntList();
const isNecessary = new IntList();
const isTrue = new IntList();
const queue = new IntList();
const loop = new IntList();
const part = new IntList();
const local = new IntList();

/**
 * Splits a relevant problem.
 *
 * A node is necessary when the goals need all they can get down to it. Where a necessary node is used, it
 * counts as met, because its own requirement is met anyway, except inside a loop that it is part of itself,
 * where that would let skills hold each other up. What then still lacks members is open; open nodes that share
 * no undecided node are independent.
 *
 * Time and memory O(nodes + members) of the relevant problem.
 */
export function openChoices(graph: PrerequisiteGraph, relevant: RelevantProblem): OpenChoices {
  const { origin } = relevant;
  markNecessary(relevant);
  const loops = loopComponents(relevant, loop);
  const demands = contract(relevant, loops);
  const skills: number[] = [];
  for (let i = 0; i < necessary.length; i++) {
    const reference = origin[necessary.items[i]!]!;
    if (reference >= 0 && reference < graph.skillCount) skills.push(reference);
  }
  return {
    necessary: skills,
    parts: demands.length === 0 ? [] : buildParts(graph, relevant, loops, demands),
  };
}

function markNecessary({ nodeCount, need, memberStart, memberEnd, members, goals }: RelevantProblem): void {
  const marked = isNecessary.reserve(nodeCount).fill(0, 0, nodeCount);
  necessary.clear();
  for (const goal of goals) {
    marked[goal] = 1;
    necessary.push(goal);
  }
  for (let i = 0; i < necessary.length; i++) {
    const node = necessary.items[i]!;
    const begin = memberStart[node]!;
    const end = memberEnd[node]!;
    if (end - begin > need[node]!) continue;
    for (let m = begin; m < end; m++) {
      const member = members[m]!;
      if (marked[member] === 1) continue;
      marked[member] = 1;
      necessary.push(member);
    }
  }
}

/** Whether the member, though perhaps not met yet, counts as met for the user because it is necessary. */
function countsAsMet(member: number, user: number, loops: Int32Array | undefined): boolean {
  return isNecessary.items[member] === 1 && (loops === undefined || loops[member] !== loops[user]);
}

/**
 * Fills `missing` with what each node still lacks and `isTrue` with what is settled; returns the necessary
 * nodes that still lack something.
 */
function contract(relevant: RelevantProblem, loops: Int32Array | undefined): number[] {
  const { nodeCount, need, origin, userStart, users } = relevant;
  const left = missing.reserve(nodeCount);
  left.set(need.subarray(0, nodeCount));
  const settled = isTrue.reserve(nodeCount).fill(0, 0, nodeCount);
  for (let i = 0; i < necessary.length; i++) {
    const node = necessary.items[i]!;
    for (let u = userStart[node]!; u < userStart[node + 1]!; u++)
      if (countsAsMet(node, users[u]!, loops)) left[users[u]!]!--;
  }
  queue.clear();
  for (let node = 0; node < nodeCount; node++) {
    if (left[node]! > 0 || (origin[node]! >= 0 && isNecessary.items[node] === 0)) continue;
    settled[node] = 1;
    queue.push(node);
  }
  for (let head = 0; head < queue.length; head++) {
    const node = queue.items[head]!;
    for (let u = userStart[node]!; u < userStart[node + 1]!; u++) {
      const user = users[u]!;
      if (countsAsMet(node, user, loops)) continue;
      left[user]!--;
      if (left[user]! > 0 || settled[user] === 1) continue;
      if (origin[user]! >= 0 && isNecessary.items[user] === 0) continue;
      settled[user] = 1;
      queue.push(user);
    }
  }
  const demands: number[] = [];
  for (let i = 0; i < necessary.length; i++)
    if (settled[necessary.items[i]!] === 0) demands.push(necessary.items[i]!);
  return demands;
}

/** Gathers what each demand leads to, and joins demands that lead to the same undecided node. */
function buildParts(
  graph: PrerequisiteGraph,
  relevant: RelevantProblem,
  loops: Int32Array | undefined,
  demands: readonly number[],
): ChoicePart[] {
  const { nodeCount, memberStart, memberEnd, members } = relevant;
  // `part` is a union-find forest over open nodes; −1 for the rest.
  const parent = part.reserve(nodeCount).fill(-1, 0, nodeCount);
  const rootOf = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  queue.clear();
  for (const demand of demands) {
    parent[demand] = demand;
    queue.push(demand);
  }
  for (let head = 0; head < queue.length; head++) {
    const node = queue.items[head]!;
    if (missing.items[node]! <= 0) continue;
    for (let m = memberStart[node]!; m < memberEnd[node]!; m++) {
      const member = members[m]!;
      if (isTrue.items[member] === 1 || countsAsMet(member, node, loops)) continue;
      if (parent[member] === -1) {
        parent[member] = rootOf(node);
        queue.push(member);
      } else parent[rootOf(member)] = rootOf(node);
    }
  }
  const nodesOf = new Map<number, number[]>();
  for (let i = 0; i < queue.length; i++) {
    const node = queue.items[i]!;
    const root = rootOf(node);
    const nodes = nodesOf.get(root);
    if (nodes === undefined) nodesOf.set(root, [node]);
    else nodes.push(node);
  }
  return Array.from(nodesOf.values(), (nodes) => buildPart(graph, relevant, loops, nodes));
}

function buildPart(
  graph: PrerequisiteGraph,
  relevant: RelevantProblem,
  loops: Int32Array | undefined,
  nodes: readonly number[],
): ChoicePart {
  const { memberStart, memberEnd, members, nodeCount } = relevant;
  const n = nodes.length;
  const localOf = local.reserve(nodeCount);
  nodes.forEach((node, index) => {
    localOf[node] = index;
  });
  const origin = new Int32Array(n);
  const need = new Int32Array(n);
  const start = new Int32Array(n + 1);
  const userStart = new Int32Array(n + 2);
  const list: number[] = [];
  const goals: number[] = [];
  const preference: number[] = [];
  let cost = 0;
  for (let v = 0; v < n; v++) {
    const node = nodes[v]!;
    origin[v] = relevant.origin[node]!;
    need[v] = Math.max(missing.items[node]!, 0);
    if (isNecessary.items[node] === 1) goals.push(v);
    else if (origin[v]! >= 0) {
      preference.push(v);
      cost += graph.cost[origin[v]!]!;
    }
    if (need[v]! > 0) {
      for (let m = memberStart[node]!; m < memberEnd[node]!; m++) {
        const member = members[m]!;
        if (isTrue.items[member] === 1 || countsAsMet(member, node, loops)) continue;
        list.push(localOf[member]!);
        userStart[localOf[member]! + 2]!++;
      }
    }
    start[v + 1] = list.length;
  }
  for (let v = 2; v < n + 2; v++) userStart[v]! += userStart[v - 1]!;
  const users = new Int32Array(list.length);
  for (let v = 0; v < n; v++)
    for (let m = start[v]!; m < start[v + 1]!; m++) users[userStart[list[m]! + 1]!++] = v;
  preference.sort((a, b) => origin[a]! - origin[b]!);
  // Sums of weights must stay exact.
  const factor = Math.max(
    1,
    Math.min(
      preference.length + 1,
      Math.floor((Number.MAX_SAFE_INTEGER - preference.length) / Math.max(cost, 1)),
    ),
  );
  const weight = new Float64Array(n);
  for (const v of preference) weight[v] = graph.cost[origin[v]!]! * factor + 1;
  const problem = {
    nodeCount: n,
    weight,
    need,
    memberStart: start,
    members: Int32Array.from(list),
    userStart,
    users,
    goals,
    preference,
  };
  return { problem, origin, factor };
}
