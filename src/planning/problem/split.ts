import { AttachedValues } from "../../graph/model/attached-values.ts";
import { groupByKey, IntList, rootOf } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { PathQuestion } from "../path-question.ts";
import type { Subproblem } from "../search/subproblem.ts";
import { type SubproblemMemory, subproblemMemory } from "../search/subproblem-memory.ts";
import { loopComponents } from "./loop-components.ts";
import { type RelevantProblem, relevantProblem, relevantWithout } from "./relevant.ts";

/**
 * What is left to choose after the necessary was taken. The best path is the necessary skills and the best
 * choice in each subproblem.
 */
export interface OpenChoices {
  /** Skills that this analysis found to be in every path. */
  readonly necessary: readonly number[];
  readonly subproblems: readonly Subproblem[];
}

const necessary = new IntList();
const missing = new IntList();
const isNecessary = new IntList();
const isTrue = new IntList();
const queue = new IntList();
const loop = new IntList();
const forest = new IntList();
const local = new IntList();
const content = new IntList();

interface Analysed {
  readonly graph: PrerequisiteGraph;
  readonly choices: OpenChoices;
}
const analysed = new AttachedValues<PathQuestion, Analysed>();

/**
 * The open choices of a question, or `undefined` when its goals cannot be reached. Worked out once for each
 * question object and graph: a path and the prices of its alternatives begin with the same.
 */
export function choicesOf(graph: PrerequisiteGraph, question: PathQuestion): OpenChoices | undefined {
  const before = analysed.get(question);
  if (before?.graph === graph) return before.choices;
  const relevant = relevantProblem(graph, question);
  if (relevant === undefined) return undefined;
  const choices = openChoices(graph, relevant);
  analysed.set(question, { graph, choices });
  return choices;
}

/**
 * The same of a question without one of the skills that it chooses, and of the subproblems only the one that holds this
 * skill, if any does.
 */
export function choicesWithout(
  graph: PrerequisiteGraph,
  question: PathQuestion,
  chosen: number,
): OpenChoices | undefined {
  const relevant = relevantWithout(graph, question, chosen);
  return relevant && openChoices(graph, relevant, chosen);
}

/**
 * Splits a relevant problem; given a skill, only the subproblem that holds it is described.
 *
 * A node is necessary when the goals need all they can get down to it. Where a necessary node is used, it
 * counts as met, because its own requirement is met anyway, except inside a loop that it is part of itself,
 * where that would let skills hold each other up. What then still lacks members is open; open nodes that share
 * no undecided node are independent.
 *
 * Time and memory O(nodes + members) of the relevant problem.
 */
export function openChoices(
  graph: PrerequisiteGraph,
  relevant: RelevantProblem,
  holding?: number,
): OpenChoices {
  const { origin } = relevant;
  markNecessary(relevant);
  const loops = relevant.hasLoop ? loopComponents(relevant, loop) : undefined;
  const demands = contract(relevant, loops);
  const skills: number[] = [];
  for (let i = 0; i < necessary.length; i++) {
    const reference = origin[necessary.items[i]!]!;
    if (reference >= 0 && reference < graph.skillCount) skills.push(reference);
  }
  if (demands.length === 0) return { necessary: skills, subproblems: [] };
  const subproblems = subproblemsOf(subproblemMemory(graph), relevant, loops, demands, holding);
  return { necessary: skills, subproblems };
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
  const { nodeCount, need, origin, memberStart, memberEnd, members, userStart, users } = relevant;
  const left = missing.reserve(nodeCount);
  const settled = isTrue.reserve(nodeCount).fill(0, 0, nodeCount);
  const marked = isNecessary.items;
  queue.clear();
  for (let node = 0; node < nodeCount; node++) {
    let lacking = need[node]!;
    const begin = memberStart[node]!;
    const end = memberEnd[node]!;
    // All members of a necessary node that needs them all are necessary.
    if (loops === undefined && marked[node] === 1 && end - begin === lacking) lacking = 0;
    else for (let m = begin; m < end; m++) if (countsAsMet(members[m]!, node, loops)) lacking--;
    left[node] = lacking;
    if (lacking > 0 || (origin[node]! >= 0 && marked[node] === 0)) continue;
    settled[node] = 1;
    // What counts as met everywhere has been counted.
    if (loops !== undefined || marked[node] === 0) queue.push(node);
  }
  for (let head = 0; head < queue.length; head++) {
    const node = queue.items[head]!;
    for (let u = userStart[node]!; u < userStart[node + 1]!; u++) {
      const user = users[u]!;
      if (countsAsMet(node, user, loops)) continue;
      left[user]!--;
      if (left[user]! > 0 || settled[user] === 1) continue;
      if (origin[user]! >= 0 && marked[user] === 0) continue;
      settled[user] = 1;
      queue.push(user);
    }
  }
  const demands: number[] = [];
  for (let i = 0; i < necessary.length; i++)
    if (settled[necessary.items[i]!] === 0) demands.push(necessary.items[i]!);
  return demands;
}

/** Gathers what the demands lead to, as subproblems: demands that lead to the same undecided node share one. */
function subproblemsOf(
  memory: SubproblemMemory,
  relevant: RelevantProblem,
  loops: Int32Array | undefined,
  demands: readonly number[],
  holding: number | undefined,
): Subproblem[] {
  const { start, values: nodes } = gather(relevant, loops, demands);
  const subproblems: Subproblem[] = [];
  for (let i = 0; i + 1 < start.length; i++) {
    if (holding !== undefined && !isAmong(holding, relevant, nodes, start[i]!, start[i + 1]!)) continue;
    describe(relevant, loops, nodes, start[i]!, start[i + 1]!);
    subproblems.push(memory.find(content));
  }
  return subproblems;
}

function isAmong(
  reference: number,
  { origin }: RelevantProblem,
  nodes: Int32Array,
  first: number,
  end: number,
): boolean {
  for (let v = first; v < end; v++) if (origin[nodes[v]!] === reference) return true;
  return false;
}

/** Writes the nodes of a subproblem into `content`, as `openNodes` reads them. */
function describe(
  relevant: RelevantProblem,
  loops: Int32Array | undefined,
  nodes: Int32Array,
  first: number,
  end: number,
): void {
  const localOf = local.reserve(relevant.nodeCount);
  for (let v = first; v < end; v++) localOf[nodes[v]!] = v - first;
  content.clear();
  content.push(loops === undefined ? 0 : 1);
  for (let v = first; v < end; v++) {
    const node = nodes[v]!;
    const need = Math.max(missing.items[node]!, 0);
    content.push(relevant.origin[node]!);
    content.push(isNecessary.items[node]!);
    content.push(need);
    const countAt = content.length;
    content.push(0);
    if (need === 0) continue;
    for (let m = relevant.memberStart[node]!; m < relevant.memberEnd[node]!; m++) {
      const member = relevant.members[m]!;
      if (isTrue.items[member] === 1 || countsAsMet(member, node, loops)) continue;
      content.push(localOf[member]!);
    }
    content.items[countAt] = content.length - countAt - 1;
  }
}

/** The open nodes by subproblem. Subproblems, and the nodes of each, are in the order in which the demands lead to them. */
function gather(
  relevant: RelevantProblem,
  loops: Int32Array | undefined,
  demands: readonly number[],
): ReturnType<typeof groupByKey> {
  const { nodeCount, memberStart, memberEnd, members } = relevant;
  // A union-find forest over the open nodes; −1 for the rest.
  const above = forest.reserve(nodeCount).fill(-1, 0, nodeCount);
  queue.clear();
  for (const demand of demands) {
    above[demand] = demand;
    queue.push(demand);
  }
  for (let head = 0; head < queue.length; head++) {
    const node = queue.items[head]!;
    if (missing.items[node]! <= 0) continue;
    for (let m = memberStart[node]!; m < memberEnd[node]!; m++) {
      const member = members[m]!;
      if (isTrue.items[member] === 1 || countsAsMet(member, node, loops)) continue;
      if (above[member] === -1) {
        above[member] = rootOf(above, node);
        queue.push(member);
      } else above[rootOf(above, member)] = rootOf(above, node);
    }
  }
  const nodes = queue.items.subarray(0, queue.length);
  // Per root, the number of its subproblem.
  const number = local.reserve(nodeCount).fill(-1, 0, nodeCount);
  let count = 0;
  const subproblem = new Int32Array(nodes.length);
  for (let i = 0; i < nodes.length; i++) {
    const root = rootOf(above, nodes[i]!);
    if (number[root] === -1) number[root] = count++;
    subproblem[i] = number[root]!;
  }
  return groupByKey(count, subproblem, nodes);
}
