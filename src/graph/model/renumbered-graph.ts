import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";
import { asRoomy, roomy } from "./spare-room.ts";

/** Neighbours that stay neighbours: what was at `from` up to before `to` is from `at` on. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly at: number;
}

/** How owners are numbered after some have come or gone. */
export interface Renumbering {
  /** How many owners, and how many skills among them, there are then. */
  readonly ownerCount: number;
  readonly skillCount: number;
  /** The owners that stay, in their order; skills come first before and after. Owners in no run go. */
  readonly runs: readonly Run[];
}

/**
 * A copy of the graph with its owners numbered anew: those that come cost and need nothing yet, and nothing speaks for them. Owners that go
 * must need nothing, and no requirement may name them. Shares what does not name owners, with its spare room: `groupNeed`,
 * `groupStart`, and `usedBy` where nothing in it changes; no other buffer with the graph given.
 *
 * Time and memory O(graph), for a few runs in passes that do little more than copy: a skill more among 10⁶ with
 * 5·10⁶ prerequisites takes a hundredth of the time of building the graph anew.
 */
export function renumberedGraph(
  graph: PrerequisiteGraph,
  { ownerCount, skillCount, runs }: Renumbering,
): PrerequisiteGraph {
  const steps = stepsOf(runs);
  const references = (before: Int32Array, after: Int32Array) =>
    renumber(before, after, steps, graph.ownerCount);
  const requirement = placed(graph.requirement, runs, ownerCount, NONE);
  const firstMoved = steps[0]?.from ?? graph.ownerCount;
  // Of owners, lists of uses name those whose whole requirement is one skill.
  const isUseMoved = graph.requirement.subarray(firstMoved).some((reference) => reference >= 0);
  return {
    ownerCount,
    skillCount,
    cost: placed(graph.cost, runs, ownerCount, 0),
    merits: graph.merits.map((merit) => placed(merit, runs, skillCount, 0)),
    requirement: renumber(requirement, requirement, steps, graph.ownerCount),
    groupNeed: graph.groupNeed,
    groupStart: graph.groupStart,
    members: references(graph.members, asRoomy(graph.members)),
    groupParent: references(graph.groupParent, asRoomy(graph.groupParent)),
    usedByStart: placed(graph.usedByStart, runs, skillCount, 0),
    usedBy: isUseMoved ? references(graph.usedBy, roomy(graph.usedBy.length)) : graph.usedBy,
  };
}

/** An array by owner or skill as it is in the new order; `none` of those that come. */
export function placed(before: Int32Array, runs: readonly Run[], count: number, none: number): Int32Array {
  const after = new Int32Array(count);
  if (none !== 0) after.fill(none);
  for (const { from, to, at } of runs) if (from < before.length) after.set(before.subarray(from, to), at);
  return after;
}

/** From here on numbers move by so much more than those before. */
interface Step {
  readonly from: number;
  readonly by: number;
}

function stepsOf(runs: readonly Run[]): Step[] {
  const steps: Step[] = [];
  let moved = 0;
  for (const { from, at } of runs) {
    const by = at - from - moved;
    if (by !== 0) steps.push({ from, by });
    moved += by;
  }
  return steps;
}

/** Up to so many steps a pass for each takes less time than one that looks each number up in a table. */
const FEW_STEPS = 6;
/** How many integers are copied and then numbered anew, while the processor still has them at hand. */
const PIECE = 16_384;

/**
 * Copies references and numbers them anew. Owners and skills are numbers ≥ 0, groups below. An owner that goes is
 * named by left-over groups only, and becomes any other number ≥ 0: a group that belongs to an owner is where the groups of
 * another end.
 */
function renumber(
  before: Int32Array,
  after: Int32Array,
  steps: readonly Step[],
  ownerCount: number,
): Int32Array {
  // The last first, so that what has moved is not taken for what is to move.
  const lastFirst = steps.toReversed();
  const table = steps.length > FEW_STEPS ? movesOf(steps, ownerCount) : undefined;
  for (let from = 0; from < after.length; from += PIECE) {
    const end = Math.min(from + PIECE, after.length);
    if (before !== after) after.set(before.subarray(from, end), from);
    if (table !== undefined) moveBy(table, after, from, end);
    else for (const step of lastFirst) moveFrom(step.from, step.by, after, from, end);
  }
  return after;
}

/** Per owner by how much its number moves. */
function movesOf(steps: readonly Step[], ownerCount: number): Int32Array {
  const moves = new Int32Array(ownerCount);
  let moved = 0;
  steps.forEach(({ from, by }, at) => {
    moved += by;
    moves.fill(moved, from, steps[at + 1]?.from);
  });
  return moves;
}

function moveBy(moves: Int32Array, references: Int32Array, begin: number, end: number): void {
  for (let at = begin; at < end; at++) {
    const reference = references[at]!;
    if (reference >= 0) references[at] = reference + moves[reference]!;
  }
}

/**
 * A loop of its own, as short as can be: it runs over all that a graph holds. Without a branch, which the
 * processor would guess wrong for half of the references: the sign says which are below 0 or before the first that moves.
 */
function moveFrom(first: number, by: number, references: Int32Array, begin: number, end: number): void {
  for (let at = begin; at < end; at++) {
    const reference = references[at]!;
    references[at] = reference + (by & ~((reference | (reference - first)) >> 31));
  }
}
