import { transpose } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { ChoiceProblem } from "./choice-problem.ts";
import { stepWeights } from "./step-weights.ts";

/** Nodes and members, before they are weighed. */
export interface OpenNodes {
  /** Per node: the reference it came from, a skill or `~group` or another owner. */
  readonly origin: Int32Array;
  /** Per node: 1 if it must be met. */
  readonly isGoal: Uint8Array;
  readonly need: Int32Array;
  /** Per node: where its members begin; one more entry than nodes. */
  readonly memberStart: Int32Array;
  readonly members: Int32Array;
  /** Whether members may lead back to where they are used. */
  readonly hasLoop: boolean;
}

/** How many integers the content of a subproblem has for each node, its members aside. */
const NODE_FIELDS = 4;

/**
 * The nodes that a list of integers describes: 1 or 0 for whether members may lead back to where they are used, and for
 * each node the reference it came from, 1 if it must be met, how many members it needs, how many it has, and these.
 */
export function openNodes(content: Int32Array): OpenNodes {
  const starts: number[] = [];
  for (let at = 1; at < content.length; at += NODE_FIELDS + content[at + NODE_FIELDS - 1]!) starts.push(at);
  const memberStart = new Int32Array(starts.length + 1);
  const members = new Int32Array(content.length - 1 - NODE_FIELDS * starts.length);
  starts.forEach((at, node) => {
    const from = memberStart[node]!;
    const first = at + NODE_FIELDS;
    const count = content[first - 1]!;
    members.set(content.subarray(first, first + count), from);
    memberStart[node + 1] = from + count;
  });
  return {
    origin: Int32Array.from(starts, (at) => content[at]!),
    isGoal: Uint8Array.from(starts, (at) => content[at + 1]!),
    need: Int32Array.from(starts, (at) => content[at + 2]!),
    memberStart,
    members,
    hasLoop: content[0] === 1,
  };
}

export interface WeighedChoices {
  readonly problem: ChoiceProblem;
  /** Per node: the node that stands for it, itself unless it is bundled. */
  readonly bundle: Int32Array;
}

/**
 * Weighs the nodes. A node that only one other needs, and needs always, is *bundled* with it: the weight of
 * both is the other's, and the node itself costs nothing, since it is in a plan when the other is. So what an
 * alternative brings along is seen at once. O(nodes log nodes).
 */
export function weighChoices(graph: PrerequisiteGraph, open: OpenNodes): WeighedChoices {
  const uses = usesOf(open);
  const bundle = bundles(open, uses);
  return { problem: { ...uses, ...weigh(graph, open, bundle) }, bundle };
}

type Uses = Pick<ChoiceProblem, "userStart" | "users">;

/** The members backwards. */
function usesOf({ origin, memberStart, members }: OpenNodes): Uses {
  const nodeCount = origin.length;
  const userStart = new Int32Array(nodeCount + 2);
  const users = new Int32Array(members.length);
  transpose(nodeCount, memberStart, memberStart.subarray(1), members, nodeCount, userStart, users);
  return { userStart, users };
}

function bundles(open: OpenNodes, { userStart, users }: Uses): Int32Array {
  const { isGoal, need, memberStart } = open;
  const nodeCount = need.length;
  const bundle = new Int32Array(nodeCount);
  for (let v = 0; v < nodeCount; v++) {
    bundle[v] = v;
    const only = userStart[v]!;
    if (isGoal[v] === 1 || userStart[v + 1]! - only !== 1) continue;
    const user = users[only]!;
    if (isGoal[user] === 0 && memberStart[user + 1]! - memberStart[user]! === need[user]) bundle[v] = user;
  }
  // Bundled nodes cannot wait for one another in a ring: nothing outside would need them.
  for (let v = 0; v < nodeCount; v++) {
    let end = v;
    while (bundle[end] !== end) end = bundle[end]!;
    for (let at = v; at !== end; ) {
      const next = bundle[at]!;
      bundle[at] = end;
      at = next;
    }
  }
  return bundle;
}

function weigh(
  graph: PrerequisiteGraph,
  { origin, isGoal, need, memberStart, members, hasLoop }: OpenNodes,
  bundle: Int32Array,
): Omit<ChoiceProblem, keyof Uses> {
  const nodeCount = origin.length;
  const weight = new Float64Array(nodeCount);
  const goals: number[] = [];
  /** The nodes that are steps when they are taken. */
  const steps: number[] = [];
  for (let v = 0; v < nodeCount; v++) {
    if (isGoal[v] === 1) goals.push(v);
    else if (origin[v]! >= 0) steps.push(v);
  }
  const skills = steps.map((v) => origin[v]!);
  const { weights, ...units } = stepWeights(graph, skills);
  const preference: number[] = [];
  /** Per preferred node: the first skill of its bundle. */
  const firstSkill = new Map<number, number>();
  steps.forEach((v, step) => {
    const carrier = bundle[v]!;
    if (weight[carrier] === 0) preference.push(carrier);
    weight[carrier]! += weights[step]!;
    firstSkill.set(carrier, Math.min(origin[v]!, firstSkill.get(carrier) ?? origin[v]!));
  });
  preference.sort((a, b) => firstSkill.get(a)! - firstSkill.get(b)!);
  return {
    nodeCount,
    weight,
    need,
    memberStart,
    members,
    goals,
    preference,
    hasLoop,
    ...units,
  };
}
