import { eachLeaf, eachLeafOf, ownerOfUse } from "./fold.ts";
import { ascending } from "./integers.ts";
import type { PrerequisiteGraph } from "./prerequisite-graph.ts";
import { roomy, take, takenOf } from "./spare-room.ts";

type Uses = Pick<PrerequisiteGraph, "usedByStart" | "usedByEnd" | "usedBy">;

/** What one changed owner does to the uses of one skill. */
interface UseChange {
  readonly owner: number;
  /** How many uses go, and which come. */
  gone: number;
  readonly added: number[];
}

/**
 * The lists of uses after some owners' requirements have changed, which `replaced` has by their owners, those of the skills that old or new requirements
 * name written anew behind the others, each still in the order of owners. Between the old places of owners, uses
 * are copied in stretches: a foundation with ten thousand uses costs a copy of 40 KB. Where the lists begin and end is
 * written over in a graph that is `isOwn`.
 */
export function moveUses(
  before: PrerequisiteGraph,
  after: PrerequisiteGraph,
  replaced: ReadonlyMap<number, number>,
  isOwn: boolean,
): Uses {
  const touched = useChanges(before, after, replaced);
  let length = 0;
  for (const [skill, changes] of touched) {
    length += before.usedByEnd[skill]! - before.usedByStart[skill]!;
    for (const { gone, added } of changes) length += added.length - gone;
  }
  const isRoom = takenOf(before.usedBy, length) !== undefined;
  const uses = isRoom ? before : closeGaps(before, length);
  const usedBy = take(uses.usedBy, length);
  const usedByStart = isOwn ? uses.usedByStart : uses.usedByStart.slice();
  const usedByEnd = isOwn ? uses.usedByEnd : uses.usedByEnd.slice();

  let next = usedBy.length - length;
  const copy = (from: number, to: number) => {
    usedBy.set(before.usedBy.subarray(from, to), next);
    next += to - from;
  };
  for (const [skill, changes] of touched) {
    const end = before.usedByEnd[skill]!;
    let from = before.usedByStart[skill]!;
    usedByStart[skill] = next;
    for (const { owner, gone, added } of changes) {
      const place = firstUseFrom(before, from, end, owner);
      copy(from, place);
      for (const use of added) usedBy[next++] = use;
      from = place + gone;
    }
    copy(from, end);
    usedByEnd[skill] = next;
  }
  return { usedByStart, usedByEnd, usedBy };
}

/** Per skill that old or new requirements name what changes, in the order of owners. */
function useChanges(
  before: PrerequisiteGraph,
  after: PrerequisiteGraph,
  replaced: ReadonlyMap<number, number>,
): Map<number, UseChange[]> {
  const touched = new Map<number, UseChange[]>();
  for (const owner of [...replaced.keys()].sort(ascending)) {
    const of = (skill: number): UseChange => {
      const list = touched.get(skill) ?? [];
      touched.set(skill, list);
      const last = list.at(-1);
      if (last?.owner === owner) return last;
      const change = { owner, gone: 0, added: [] };
      list.push(change);
      return change;
    };
    eachLeafOf(before, replaced.get(owner)!, (skill) => {
      of(skill).gone += 1;
    });
    eachLeaf(after, owner, (skill, group) => {
      of(skill).added.push(group < 0 ? owner : ~group);
    });
  }
  return touched;
}

/** The first place in a part of a list of uses where an owner stands that is not before this one. */
function firstUseFrom(graph: PrerequisiteGraph, from: number, end: number, owner: number): number {
  let [low, high] = [from, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ownerOfUse(graph, graph.usedBy[middle]!) < owner) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The lists one behind the other again, without what changes have left between them. */
export function closeGaps(graph: PrerequisiteGraph, extra: number): Uses {
  const { skillCount } = graph;
  const usedByStart = new Int32Array(skillCount);
  const usedByEnd = new Int32Array(skillCount);
  let length = 0;
  for (let s = 0; s < skillCount; s++) length += graph.usedByEnd[s]! - graph.usedByStart[s]!;
  const usedBy = roomy(length, extra);
  let next = 0;
  for (let s = 0; s < skillCount; s++) {
    usedByStart[s] = next;
    for (let u = graph.usedByStart[s]!; u < graph.usedByEnd[s]!; u++) usedBy[next++] = graph.usedBy[u]!;
    usedByEnd[s] = next;
  }
  return { usedByStart, usedByEnd, usedBy };
}
