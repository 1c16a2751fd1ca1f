import { chainRows, IntList, MarkedValues, transpose } from "../../graph/model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { PathQuestion } from "../path-question.ts";

/**
 * The part of a graph that a question can touch: what the goals may use, not through known or avoided skills.
 *
 * *Nodes* are skills, groups, and the other owners among the goals. A skill's node carries its requirement's
 * root group itself. A node is met when `need` of its members are; a node that needs nothing has no members.
 * Nodes that cannot be met are members of nothing.
 *
 * The lists are working memory of this module, overwritten by the next call and longer than their contents.
 */
export interface RelevantProblem {
  readonly nodeCount: number;
  /** Per node: the reference it came from: a skill, `~group`, or an owner beyond the skills. */
  readonly origin: Int32Array;
  readonly need: Int32Array;
  /** Per node: where its members begin in `members`. */
  readonly memberStart: Int32Array;
  /** Per node: where its members end. */
  readonly memberEnd: Int32Array;
  readonly members: Int32Array;
  /** Per node: where the nodes that it is a member of begin in `users`; one more entry than nodes. */
  readonly userStart: Int32Array;
  readonly users: Int32Array;
  /** Nodes that must be met, without repetition. */
  readonly goals: readonly number[];
  /** Whether members may lead back to where they are used. */
  readonly hasLoop: boolean;
}

/** Marks on skills; others bear their node. */
const NO_NODE = -1;
const KNOWN = -2;
const AVOIDED = -3;

const marks = new MarkedValues();
const origin = new IntList();
const need = new IntList();
const memberStart = new IntList();
const memberEnd = new IntList();
const members = new IntList();
const userStart = new IntList();
const users = new IntList();
const missing = new IntList();
const queue = new IntList();
/** Whether an avoided skill was left out. */
let isAvoiding = false;

interface Latest {
  readonly graph: PrerequisiteGraph;
  readonly question: PathQuestion;
  readonly problem: RelevantProblem;
}
/** The problem that the lists hold, where it is that of a question alone. */
let latest: Latest | undefined;

/**
 * Collects the relevant part of the graph; `also` are references to be met besides the goals. `undefined` when
 * something cannot be met.
 *
 * Time and memory are linear in the requirements reached from the goals, whatever the size of the graph.
 */
export function relevantProblem(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  also: readonly number[] = [],
): RelevantProblem | undefined {
  latest = undefined;
  marks.begin(graph.ownerCount);
  for (const skill of question.avoid) marks.set(skill, AVOIDED);
  for (const skill of question.known) marks.set(skill, KNOWN);
  origin.clear();
  need.clear();
  memberStart.clear();
  memberEnd.clear();
  members.clear();
  isAvoiding = false;

  const goals: number[] = [];
  for (const list of [question.goals, question.choose, also]) {
    for (const reference of list) {
      if (reference >= 0 && marks.has(reference)) {
        if (marks.get(reference) === AVOIDED) return undefined;
        continue;
      }
      if (reference >= 0) marks.set(reference, origin.length);
      goals.push(origin.length);
      origin.push(reference);
    }
  }
  // New nodes are appended while earlier ones are expanded, so that each node's members lie together.
  for (let node = 0; node < origin.length; node++) {
    memberStart.push(members.length);
    expand(graph, origin.items[node]!);
    memberEnd.push(members.length);
  }
  listUsers();
  const nodeCount = origin.length;
  const isLoopy = hasLoop(nodeCount);
  // Without loops, and as long as no member was left out, there is nothing that cannot be met.
  if ((isLoopy || isAvoiding) && !keepLearnable(goals)) return undefined;
  const problem = {
    nodeCount,
    origin: origin.items,
    need: need.items,
    memberStart: memberStart.items,
    memberEnd: memberEnd.items,
    members: members.items,
    userStart: userStart.items,
    users: users.items,
    goals,
    hasLoop: isLoopy,
  };
  if (also.length === 0) latest = { graph, question, problem };
  return problem;
}

/**
 * The relevant part for a question without one of the skills that it chooses; what only that skill leads to may be among the
 * nodes, too. O(goals) where the question itself was collected last; otherwise it is collected anew.
 */
export function relevantWithout(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  chosen: number,
): RelevantProblem | undefined {
  const choose = question.choose.filter((skill) => skill !== chosen);
  if (latest?.graph !== graph || latest.question !== question)
    return relevantProblem(graph, { ...question, choose });
  const { problem } = latest;
  if (question.goals.includes(chosen)) return problem;
  return { ...problem, goals: problem.goals.filter((node) => problem.origin[node] !== chosen) };
}

/** Adds the need and the members of the next node. */
function expand(graph: PrerequisiteGraph, from: number): void {
  const { members: all, groupStart, groupNeed } = graph;
  const reference = from < 0 ? from : graph.requirement[from]!;
  if (reference === NONE) {
    need.push(0);
    return;
  }
  if (reference >= 0) {
    need.push(addMember(reference) ? 0 : 1);
    return;
  }
  const begin = groupStart[~reference]!;
  const end = groupStart[~reference + 1]!;
  let wanted = groupNeed[~reference]!;
  if (wanted === end - begin) {
    for (let m = begin; m < end; m++) if (addMember(all[m]!)) wanted--;
  } else {
    for (let m = begin; m < end; m++) if (all[m]! >= 0 && marks.get(all[m]!) === KNOWN) wanted--;
    if (wanted > 0) for (let m = begin; m < end; m++) addMember(all[m]!);
  }
  need.push(Math.max(wanted, 0));
}

/** Adds a member of the next node, unless it is avoided or known. Whether it is known. */
function addMember(reference: number): boolean {
  let node = reference < 0 ? NO_NODE : marks.get(reference);
  if (node < NO_NODE) {
    if (node === AVOIDED) isAvoiding = true;
    return node === KNOWN;
  }
  if (node === NO_NODE) {
    node = origin.length;
    if (reference >= 0) marks.set(reference, node);
    origin.push(reference);
  }
  members.push(node);
  return false;
}

function listUsers(): void {
  const nodeCount = origin.length;
  transpose(
    nodeCount,
    memberStart.items,
    memberEnd.items,
    members.items,
    nodeCount,
    userStart.reserve(nodeCount + 2),
    users.reserve(members.length),
  );
}

/** Whether members lead back anywhere: whether there is no order in which all members of a node come before it. */
function hasLoop(nodeCount: number): boolean {
  const left = missing.reserve(nodeCount);
  const begin = memberStart.items;
  const end = memberEnd.items;
  for (let node = 0; node < nodeCount; node++) left[node] = end[node]! - begin[node]!;
  return chainRows(nodeCount, left, userStart.items, users.items, queue.reserve(nodeCount)) < nodeCount;
}

/** Leaves out the members that forward chaining does not meet. False when a goal is among them. */
function keepLearnable(goals: readonly number[]): boolean {
  const nodeCount = origin.length;
  const left = missing.reserve(nodeCount);
  left.set(need.items.subarray(0, nodeCount));
  const met = queue.reserve(nodeCount);
  if (chainRows(nodeCount, left, userStart.items, users.items, met) === nodeCount) return true;
  for (const goal of goals) if (left[goal]! > 0) return false;
  const member = members.items;
  for (let node = 0; node < nodeCount; node++) {
    const begin = memberStart.items[node]!;
    let kept = begin;
    for (let m = begin; m < memberEnd.items[node]!; m++)
      if (left[member[m]!]! <= 0) member[kept++] = member[m]!;
    memberEnd.items[node] = left[node]! > 0 ? begin : kept;
  }
  listUsers();
  return true;
}
