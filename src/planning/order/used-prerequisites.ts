import { eachLeaf } from "../../graph/model/fold.ts";
import { IntList, MarkedValues, transpose } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";

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
/** The uses that are found, step by step: the place of the prerequisite. */
const found = new IntList();
/** Where the uses of each step begin. */
const start = new IntList();

/**
 * The prerequisites that a path uses: the members of a step's requirement that come before it. In learning order those
 * are all that the path has, except where alternatives form a loop. O(requirements of the steps).
 */
export function usedPrerequisites(graph: PrerequisiteGraph, path: readonly number[]): StepGraph {
  placeOf.begin(graph.cost.length);
  path.forEach((skill, place) => {
    placeOf.set(skill, place);
  });
  found.clear();
  start.clear();
  let place = 0;
  const add = (member: number) => {
    const before = placeOf.get(member);
    if (before === -1 || before >= place) return;
    for (let i = start.items[place]!; i < found.length; i++) if (found.items[i] === before) return;
    found.push(before);
  };
  for (; place < path.length; place++) {
    start.push(found.length);
    eachLeaf(graph, path[place]!, add);
  }
  start.push(found.length);
  const needs = lists(path.length, start.items, found.items);
  const usedStart = new Int32Array(path.length + 2);
  const users = new Int32Array(found.length);
  transpose(path.length, start.items, start.items.subarray(1), found.items, path.length, usedStart, users);
  const usedBy = lists(path.length, usedStart, users);
  return { cost: path.map((skill) => graph.cost[skill]!), needs, usedBy };
}

/** Compressed rows as lists, which take no more room than they need. */
function lists(rowCount: number, rowStart: Int32Array, items: Int32Array): number[][] {
  const rows: number[][] = new Array(rowCount);
  for (let row = 0; row < rowCount; row++) {
    const from = rowStart[row]!;
    const list: number[] = new Array(rowStart[row + 1]! - from);
    for (let i = 0; i < list.length; i++) list[i] = items[from + i]!;
    rows[row] = list;
  }
  return rows;
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
  const reach = (step: number) => {
    if (partAt.get(step) !== NO_PART) return;
    partAt.set(step, parts.length);
    reached.push(step);
  };
  for (const first of steps) {
    if (partAt.get(first) !== NO_PART) continue;
    reached.length = 0;
    reach(first);
    for (const step of reached) {
      needs[step]!.forEach(reach);
      usedBy[step]!.forEach(reach);
    }
    parts.push([]);
  }
  for (const step of steps) parts[partAt.get(step)]!.push(step);
  return parts;
}
