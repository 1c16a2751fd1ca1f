import { endOfGroups } from "../model/fold.ts";
import { IntList, MarkedValues, Marks } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";

/** The longest chain of a learning path: what sets its duration when everything else is learned side by side. */
export interface CriticalPath {
  /** From first to last; each waits for the one before. Empty for an empty path. */
  readonly skills: readonly number[];
  /** The sum of their costs, in hundredths of an hour. */
  readonly cost: number;
}

const known = new Marks();
const places = new MarkedValues();
const groupVia = new IntList();
/** The member being looked at: when it is met, and through which place; −1 is from the start. */
const met = { at: 0, via: -1 };

/**
 * The critical path of skills in learning order. Each skill waits for its requirement, and that for the members
 * which meet it first: of k-of-n members, the k that are done earliest among what is known and what comes before
 * in the order. Ties go to the author's order, and between chains to the one that ends first in the order.
 *
 * Time O(requirements of the skills, k-of-n groups sorted), memory O(skills). Throws a RangeError when the order
 * is not one in which each requirement is met.
 */
export function criticalPath(
  graph: PrerequisiteGraph,
  order: ArrayLike<number>,
  knownSkills: Iterable<number> = [],
): CriticalPath {
  known.begin(graph.ownerCount);
  known.addAll(knownSkills);
  places.begin(graph.ownerCount);
  // Doubles: a long path can cost more than 32 bits hold.
  const finish = new Float64Array(order.length);
  const via = new Int32Array(order.length);
  let last = -1;
  for (let place = 0; place < order.length; place++) {
    const skill = order[place]!;
    meetRequirement(graph, skill, finish);
    if (met.at === Number.POSITIVE_INFINITY)
      throw new RangeError(
        `expected a learning order, but skill ${skill} at place ${place} needs more than comes before it`,
      );
    finish[place] = met.at + graph.cost[skill]!;
    via[place] = met.via;
    places.set(skill, place);
    if (last === -1 || finish[place]! > finish[last]!) last = place;
  }
  const skills: number[] = [];
  for (let place = last; place >= 0; place = via[place]!) skills.push(order[place]!);
  return { skills: skills.reverse(), cost: last === -1 ? 0 : finish[last]! };
}

/** Sets `met` to when the owner's requirement is met, by the places so far. */
function meetRequirement(graph: PrerequisiteGraph, owner: number, finish: Float64Array): void {
  const { groupStart, groupNeed, members } = graph;
  const reference = graph.requirement[owner]!;
  met.at = 0;
  met.via = -1;
  if (reference === NONE) return;
  if (reference >= 0) {
    meetSkill(reference, finish);
    return;
  }
  const root = ~reference;
  const end = endOfGroups(graph, root);
  const vias = groupVia.reserve(end - root);
  const times: number[] = [];
  for (let g = end - 1; g >= root; g--) {
    const candidates: { at: number; via: number }[] = [];
    for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++) {
      const member = members[m]!;
      if (member < 0) candidates.push({ at: times[~member - root]!, via: vias[~member - root]! });
      else {
        meetSkill(member, finish);
        candidates.push({ at: met.at, via: met.via });
      }
    }
    const deciding = nth(candidates, groupNeed[g]!);
    times[g - root] = deciding.at;
    vias[g - root] = deciding.via;
  }
  met.at = times[0]!;
  met.via = vias[0]!;
}

function meetSkill(skill: number, finish: Float64Array): void {
  const place = places.get(skill);
  met.via = place;
  if (place >= 0) met.at = finish[place]!;
  else met.at = known.has(skill) ? 0 : Number.POSITIVE_INFINITY;
}

/** The n-th earliest; of equals the first written. */
function nth<Timed extends { readonly at: number }>(items: readonly Timed[], n: number): Timed {
  const times = items.map(({ at }) => at).sort((a, b) => a - b);
  return items.find(({ at }) => at === times[n - 1])!;
}
