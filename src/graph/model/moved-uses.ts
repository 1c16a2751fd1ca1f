import { eachLeaf, eachLeafOf, endOfUses, ownerOfUse } from "./fold.ts";
import { ascending } from "./integers.ts";
import { NONE, type PrerequisiteGraph } from "./prerequisite-graph.ts";
import { roomy, take, takenOf } from "./spare-room.ts";

type Uses = Pick<PrerequisiteGraph, "usedByStart" | "usedBy">;

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
 * are copied in stretches: a foundation with ten thousand uses costs a copy of 40 KB. Where the lists begin is
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
    let size = endOfUses(before, skill) - before.usedByStart[skill]!;
    for (const { gone, added } of changes) size += added.length - gone;
    if (size > 0) length += size + 1;
  }
  const isRoom = takenOf(before.usedBy, length) !== undefined;
  const uses = isRoom ? before : closeGaps(before, length);
  const usedBy = take(uses.usedBy, length);
  const usedByStart = isOwn ? uses.usedByStart : uses.usedByStart.slice();

  let next = usedBy.length - length;
  const copy = (from: number, to: number) => {
    usedBy.set(before.usedBy.subarray(from, to), next);
    next += to - from;
  };
  for (const [skill, changes] of touched) {
    const end = endOfUses(before, skill);
    let from = before.usedByStart[skill]!;
    const start = next;
    for (const { owner, gone, added } of changes) {
      const place = firstUseFrom(before, from, end, owner);
      copy(from, place);
      for (const use of added) usedBy[next++] = use;
      from = place + gone;
    }
    copy(from, end);
    usedByStart[skill] = next === start ? 0 : start;
    if (next > start) usedBy[next++] = NONE;
  }
  return { usedByStart, usedBy };
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
  let length = 1;
  for (let s = 0; s < skillCount; s++) {
    const size = endOfUses(graph, s) - graph.usedByStart[s]!;
    if (size > 0) length += size + 1;
  }
  const usedBy = roomy(length, extra);
  usedBy[0] = NONE;
  let next = 1;
  for (let s = 0; s < skillCount; s++) {
    let u = graph.usedByStart[s]!;
    if (graph.usedBy[u] === NONE) continue;
    usedByStart[s] = next;
    while (graph.usedBy[u] !== NONE) usedBy[next++] = graph.usedBy[u++]!;
    usedBy[next++] = NONE;
  }
  return { usedByStart, usedBy };
}
