import { endOfGroups } from "../../graph/model/fold.ts";
import { IntList, MarkedValues } from "../../graph/model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";

/** The steps of a path with the prerequisites that they use among one another, by place in the path. */
export interface StepGraph {
  /** Per step its cost, in hundredths of an hour. */
  readonly cost: readonly number[];
  /** Per step the places of its prerequisites, each once. */
  readonly needs: readonly (readonly number[])[];
  /** Per step the places of the steps that need it. */
  readonly usedBy: readonly (readonly number[])[];
}

const placeOf = new MarkedValues();
/** Per place the last that was found to use it. */
const lastUse = new IntList();
/** How many uses there are of each place, then how many are listed. */
const uses = new IntList();
/** What the step at hand uses. */
const found = new IntList();

/**
 * The prerequisites that a path uses: the members of a step's requirement that come before it. In learning order those
 * are all that the path has, except where alternatives form a loop. O(requirements of the steps).
 */
export function usedPrerequisites(graph: PrerequisiteGraph, path: readonly number[]): StepGraph {
  const { length } = path;
  placeOf.begin(graph.cost.length);
  for (let place = 0; place < length; place++) placeOf.set(path[place]!, place);
  lastUse.reserve(length).fill(-1, 0, length);
  const count = uses.reserve(length).fill(0, 0, length);
  const cost: number[] = new Array(length);
  const needs: number[][] = new Array(length);
  for (let place = 0; place < length; place++) {
    cost[place] = graph.cost[path[place]!]!;
    const list = needsAt(graph, path[place]!, place);
    for (let i = 0; i < list.length; i++) count[list[i]!]!++;
    needs[place] = list;
  }
  const usedBy: number[][] = new Array(length);
  for (let place = 0; place < length; place++) usedBy[place] = new Array(count[place]!);
  count.fill(0, 0, length);
  for (let place = 0; place < length; place++) {
    const list = needs[place]!;
    for (let i = 0; i < list.length; i++) usedBy[list[i]!]![count[list[i]!]!++] = place;
  }
  return { cost, needs, usedBy };
}

/** The places before this one of the members of the requirement of the skill at it. */
function needsAt(graph: PrerequisiteGraph, skill: number, place: number): number[] {
  const { members, groupStart } = graph;
  const reference = graph.requirement[skill]!;
  if (reference === NONE) return [];
  if (reference >= 0) {
    const before = placeOf.get(reference);
    return before >= 0 && before < place ? [before] : [];
  }
  found.clear();
  const last = lastUse.items;
  const end = groupStart[endOfGroups(graph, ~reference)]!;
  for (let m = groupStart[~reference]!; m < end; m++) {
    const before = members[m]! < 0 ? -1 : placeOf.get(members[m]!);
    if (before < 0 || before >= place || last[before] === place) continue;
    last[before] = place;
    found.push(before);
  }
  const list: number[] = new Array(found.length);
  for (let i = 0; i < list.length; i++) list[i] = found.items[i]!;
  return list;
}

/** What an order carries: summed over the prerequisites used, the cost between the end of one and the start of its use. */
export function carriedCost({ cost, needs }: StepGraph, order: readonly number[]): number {
  const end = new Float64Array(cost.length);
  let now = 0;
  let carried = 0;
  for (const step of order) {
    for (const prerequisite of needs[step]!) carried += now - end[prerequisite]!;
    now += cost[step]!;
    end[step] = now;
  }
  return carried;
}

/** The part of each step that is looked at: see `connectedParts`. */
const partAt = new MarkedValues();
const NO_PART = -2;

/** The steps in the parts that share no prerequisite with one another; parts and steps in the order given. O(size). */
export function connectedParts(
  steps: readonly number[],
  { needs, usedBy }: Pick<StepGraph, "needs" | "usedBy">,
): number[][] {
  partAt.begin(needs.length);
  for (const step of steps) partAt.set(step, NO_PART);
  const parts: number[][] = [];
  const reached: number[] = [];
  const reachAll = (list: readonly number[]) => {
    for (let i = 0; i < list.length; i++) {
      if (partAt.get(list[i]!) !== NO_PART) continue;
      partAt.set(list[i]!, parts.length);
      reached.push(list[i]!);
    }
  };
  for (const first of steps) {
    if (partAt.get(first) !== NO_PART) continue;
    reached.length = 0;
    partAt.set(first, parts.length);
    reached.push(first);
    for (const step of reached) {
      reachAll(needs[step]!);
      reachAll(usedBy[step]!);
    }
    parts.push([]);
  }
  for (const step of steps) parts[partAt.get(step)]!.push(step);
  return parts;
}
