import { NONE, type PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import type { PathQuestion } from "./path-question.ts";

/**
 * The part of a graph that a question can touch: what the goals may use, not through known or avoided skills.
 *
 * *Nodes* are skills, groups, and the other owners among the goals. A skill's node carries its requirement's
 * root group itself. A node is met when `need` of its members are; a node that needs nothing has no members.
 * Members that cannot be learned are left out, so every node can be met.
 */
export interface RelevantProblem {
  readonly nodeCount: number;
  /** Per node: the skill, or −1 for what costs nothing itself. */
  readonly skill: readonly number[];
  /** Per node: the reference it came from: a skill, `~group`, or an owner beyond the skills. */
  readonly origin: readonly number[];
  readonly need: readonly number[];
  /** Per node: where its members begin; one more entry than nodes. */
  readonly memberStart: readonly number[];
  readonly members: readonly number[];
  /** Nodes that must be met, without repetition. */
  readonly goals: readonly number[];
}

/** Marks on skills that survive between questions, so that a question allocates nothing per skill of the graph. */
interface Marks {
  readonly stamp: Int32Array;
  readonly value: Int32Array;
  generation: number;
}

const marksOf = new WeakMap<PrerequisiteGraph, Marks>();

const KNOWN = -1;
const AVOIDED = -2;

function freshMarks(graph: PrerequisiteGraph): Marks {
  let marks = marksOf.get(graph);
  if (marks === undefined) {
    marks = {
      stamp: new Int32Array(graph.ownerCount),
      value: new Int32Array(graph.ownerCount),
      generation: 0,
    };
    marksOf.set(graph, marks);
  }
  if (marks.generation === 0x7fffffff) {
    marks.stamp.fill(0);
    marks.generation = 0;
  }
  marks.generation++;
  return marks;
}

/**
 * Collects the relevant part of the graph. `undefined` when some goal cannot be met.
 *
 * Time and memory are linear in the requirements reached from the goals, whatever the size of the graph
 * (apart from two numbers per owner, allocated once per graph).
 */
export function relevantProblem(
  graph: PrerequisiteGraph,
  question: PathQuestion,
): RelevantProblem | undefined {
  const marks = freshMarks(graph);
  const { stamp, value, generation } = marks;
  const mark = (owner: number, as: number) => {
    stamp[owner] = generation;
    value[owner] = as;
  };
  for (const skill of question.avoid) mark(skill, AVOIDED);
  for (const skill of question.known) mark(skill, KNOWN);

  const skill: number[] = [];
  const origin: number[] = [];
  const goals: number[] = [];
  for (const list of [question.goals, question.choose]) {
    for (const owner of list) {
      if (stamp[owner] !== generation) {
        mark(owner, skill.length);
        goals.push(skill.length);
        skill.push(owner < graph.skillCount ? owner : -1);
        origin.push(owner);
      } else if (value[owner] === AVOIDED) return undefined;
    }
  }

  const need: number[] = [];
  const memberStart: number[] = [];
  const members: number[] = [];
  // New nodes are appended while earlier ones are expanded, so that each node's members lie together.
  for (let node = 0; node < origin.length; node++) {
    memberStart.push(members.length);
    const from = origin[node]!;
    const requirement = from < 0 ? from : graph.requirement[from]!;
    if (requirement === NONE) {
      need.push(0);
      continue;
    }
    const group = ~requirement;
    let wanted = 1;
    let begin = 0;
    let end = 1;
    if (requirement < 0) {
      wanted = graph.groupNeed[group]!;
      begin = graph.groupStart[group]!;
      end = graph.groupStart[group + 1]!;
    }
    for (let m = begin; m < end; m++) {
      const member = requirement < 0 ? graph.members[m]! : requirement;
      if (member >= 0 && stamp[member] === generation && value[member] === KNOWN) wanted--;
    }
    if (wanted <= 0) {
      need.push(0);
      continue;
    }
    need.push(wanted);
    for (let m = begin; m < end; m++) {
      const member = requirement < 0 ? graph.members[m]! : requirement;
      if (member >= 0 && stamp[member] === generation) {
        if (value[member]! >= 0) members.push(value[member]!);
        continue;
      }
      if (member >= 0) mark(member, skill.length);
      members.push(skill.length);
      skill.push(member >= 0 ? member : -1);
      origin.push(member);
    }
  }
  memberStart.push(members.length);
  return onlyLearnable({ nodeCount: skill.length, skill, origin, need, memberStart, members, goals });
}

/** Leaves out the members that forward chaining does not meet. `undefined` when a goal is among them. */
function onlyLearnable(problem: RelevantProblem): RelevantProblem | undefined {
  const { nodeCount, need, memberStart, members } = problem;
  const { start, users } = usersOf(problem);
  const missing = need.slice();
  const queue: number[] = [];
  for (let node = 0; node < nodeCount; node++) if (missing[node] === 0) queue.push(node);
  for (let head = 0; head < queue.length; head++) {
    const met = queue[head]!;
    for (let u = start[met]!; u < start[met + 1]!; u++)
      if (--missing[users[u]!]! === 0) queue.push(users[u]!);
  }
  if (queue.length === nodeCount) return problem;
  for (const goal of problem.goals) if (missing[goal]! > 0) return undefined;
  const keptStart: number[] = [];
  const kept: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    keptStart.push(kept.length);
    for (let m = memberStart[node]!; m < memberStart[node + 1]!; m++)
      if (missing[members[m]!]! <= 0) kept.push(members[m]!);
  }
  keptStart.push(kept.length);
  return { ...problem, memberStart: keptStart, members: kept };
}

/** Per node: the nodes it is a member of, as often as it is one. Time and memory O(nodes + members). */
export function usersOf(problem: Pick<RelevantProblem, "nodeCount" | "memberStart" | "members">): {
  readonly start: Int32Array;
  readonly users: Int32Array;
} {
  const { nodeCount, memberStart, members } = problem;
  const start = new Int32Array(nodeCount + 2);
  for (let m = 0; m < members.length; m++) start[members[m]! + 2]!++;
  for (let node = 2; node < nodeCount + 2; node++) start[node]! += start[node - 1]!;
  const users = new Int32Array(members.length);
  for (let node = 0; node < nodeCount; node++)
    for (let m = memberStart[node]!; m < memberStart[node + 1]!; m++) users[start[members[m]! + 1]!++] = node;
  return { start, users };
}
