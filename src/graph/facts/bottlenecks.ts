import { Marks } from "../model/marks.ts";
import type { PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { unlocks } from "../walk/closure.ts";
import { LocalChaining } from "../walk/local-chaining.ts";
import { CANDIDATES_AT_ONCE, Necessity } from "./necessity.ts";

const outside = new Marks();
const chaining = new LocalChaining();

/**
 * What nobody could reach any more without this skill: the owners for which it is a necessary prerequisite. This
 * is what a bottleneck means where there are alternatives; counting dependents alone would blame skills that
 * everyone can go around. Ascending; every skill of the graph must be learnable.
 *
 * Time O(requirements of what the skill may unlock), memory likewise.
 */
export function lostWithout(graph: PrerequisiteGraph, skill: number): Int32Array {
  const { skills, others } = unlocks(graph, [skill]);
  const owners = new Int32Array(skills.length + others.length);
  owners.set(skills);
  owners.set(others, skills.length);
  owners.sort();
  outside.begin(graph.ownerCount);
  outside.add(skill);
  // All that the skill does not unlock can be learned without it.
  chaining.run(graph, owners, outside, false);
  return owners.filter((_, place) => chaining.rankAt(place) < 0);
}

/**
 * Per skill: for how many skills it is a necessary prerequisite, itself not counted. 0 for what is not learnable.
 *
 * Time O(skills / 32 · leaves) at most, a third of a second at 10,000 skills with five prerequisites each and growing
 * with the square of their number: for large graphs ask `lostWithout` about the skills that matter.
 * Memory O(skills + leaves).
 */
export function bottlenecks(graph: PrerequisiteGraph): Int32Array {
  const { skillCount } = graph;
  const skills = Int32Array.from({ length: skillCount }, (_, skill) => skill);
  const counts = new Int32Array(skillCount);
  const necessity = new Necessity();
  outside.begin(graph.ownerCount);
  chaining.run(graph, skills, outside, true);
  const order = chaining.reached.toArray();
  necessity.prepare(graph, skills, chaining, outside, true);
  for (let from = 0; from < order.length; from += CANDIDATES_AT_ONCE) {
    const block = order.subarray(from, from + CANDIDATES_AT_ONCE);
    necessity.carry(block);
    for (let rank = from; rank < order.length; rank++) {
      const skill = order[rank]!;
      // The lowest bit that is set, taken off until none is.
      for (let word = necessity.wordOf(skill); word !== 0; word &= word - 1) {
        const candidate = block[31 - Math.clz32(word & -word)]!;
        if (candidate !== skill) counts[candidate]! += 1;
      }
    }
  }
  return counts;
}
