import { IntList } from "../model/int-list.ts";
import { Marks } from "../model/marks.ts";
import { endOfGroups, NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import type { LocalChaining } from "./local-chaining.ts";

const visited = new Marks();
const derived = new IntList();
const metGroups = new IntList();

/**
 * One way to meet the owners' requirements: for every group the first members, in the author's order, that the
 * chaining reached before the owner. Some way, not the cheapest. The owners must have been reached and are left
 * out, as is what is `known`; the chaining has been run with those marks.
 *
 * The answer is valid until the next call. Time O(requirements of the answer).
 */
export function derivation(
  graph: PrerequisiteGraph,
  owners: Iterable<number>,
  chaining: LocalChaining,
  known: Marks,
): Int32Array {
  visited.begin(graph.ownerCount);
  derived.clear();
  const start = [...owners];
  visited.addAll(start);
  for (const owner of start) addSupport(graph, owner, chaining, known);
  for (let at = 0; at < derived.length; at++) addSupport(graph, derived.items[at]!, chaining, known);
  return derived.items.subarray(0, derived.length);
}

function addSupport(graph: PrerequisiteGraph, owner: number, chaining: LocalChaining, known: Marks): void {
  const { members, groupStart, groupNeed } = graph;
  const rank = chaining.rankAt(chaining.placeOf(owner));
  const reference = graph.requirement[owner]!;
  if (reference === NONE) return;
  if (reference >= 0) {
    addSkill(reference, known);
    return;
  }
  const root = ~reference;
  const end = endOfGroups(graph, root);
  const met = metGroups.reserve(end - root);
  const isMet = (member: number): boolean => {
    if (member < 0) return met[~member - root] === 1;
    const place = chaining.placeOf(member);
    return place < 0 ? known.has(member) : chaining.rankAt(place) >= 0 && chaining.rankAt(place) < rank;
  };
  for (let g = end - 1; g >= root; g--) {
    let count = 0;
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) if (isMet(members[m]!)) count++;
    met[g - root] = count >= groupNeed[g]! ? 1 : 0;
  }
  // Groups inside come later, so a group is taken (2) before it is looked at.
  met[0] = 2;
  for (let g = root; g < end; g++) {
    if (met[g - root] !== 2) continue;
    let wanted = groupNeed[g]!;
    for (let m = groupStart[g]!; m < groupStart[g + 1]! && wanted > 0; m++) {
      const member = members[m]!;
      if (!isMet(member)) continue;
      wanted--;
      if (member >= 0) addSkill(member, known);
      else met[~member - root] = 2;
    }
  }
}

function addSkill(skill: number, known: Marks): void {
  if (!known.has(skill) && visited.add(skill)) derived.push(skill);
}
