import { unwritten } from "./integers.ts";
import { moveReferences, type Step } from "./moved-references.ts";
import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";
import { asRoomy, roomyToWrite } from "./spare-room.ts";

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
    moveReferences(before, after, steps, graph.ownerCount);
  const requirement = placed(graph.requirement, runs, ownerCount, NONE);
  const isUseMoved = requiresOneSkill(graph, steps[0]?.from ?? graph.ownerCount);
  return {
    ownerCount,
    skillCount,
    cost: placed(graph.cost, runs, ownerCount, 0),
    merits: graph.merits.map((merit) => placed(merit, runs, skillCount, 0)),
    requirement: references(requirement, requirement),
    groupNeed: graph.groupNeed,
    groupStart: graph.groupStart,
    members: references(graph.members, asRoomy(graph.members)),
    groupParent: references(graph.groupParent, asRoomy(graph.groupParent)),
    usedByStart: placed(graph.usedByStart, runs, skillCount, 0),
    usedBy: isUseMoved ? references(graph.usedBy, roomyToWrite(graph.usedBy.length)) : graph.usedBy,
  };
}

/** Whether the requirement of any owner from one on is a skill: lists of uses name such owners, and groups otherwise. */
function requiresOneSkill({ requirement }: PrerequisiteGraph, from: number): boolean {
  for (let owner = from; owner < requirement.length; owner++) if (requirement[owner]! >= 0) return true;
  return false;
}

/** An array by owner or skill as it is in the new order; `none` of those that come. */
export function placed(before: Int32Array, runs: readonly Run[], count: number, none: number): Int32Array {
  const after = unwritten(count);
  let written = 0;
  for (const { from, to, at } of runs) {
    if (from >= before.length) break;
    const kept = before.subarray(from, to);
    after.fill(none, written, at).set(kept, at);
    written = at + kept.length;
  }
  return after.fill(none, written);
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
