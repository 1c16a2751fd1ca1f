import { RequirementFold } from "../model/fold.ts";
import { MarkedValues, Marks } from "../model/integers.ts";
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
const requirements = new RequirementFold();
/** Per place so far: when its skill is learned. Doubles: a long path can cost more than 32 bits hold. */
let finish = new Float64Array(0);

function finishOf(skill: number): number {
  const place = places.get(skill);
  if (place >= 0) return finish[place]!;
  return known.has(skill) ? 0 : Number.POSITIVE_INFINITY;
}

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
  finish = new Float64Array(order.length);
  const via = new Int32Array(order.length);
  let last = -1;
  for (let place = 0; place < order.length; place++) {
    const skill = order[place]!;
    const metAt = requirements.fold(graph, graph.requirement[skill]!, finishOf);
    if (metAt === Number.POSITIVE_INFINITY)
      throw new RangeError(
        `expected a learning order, but skill ${skill} at place ${place} needs more than comes before it`,
      );
    finish[place] = metAt + graph.cost[skill]!;
    via[place] = decidingPlace(graph, graph.requirement[skill]!, metAt);
    places.set(skill, place);
    if (last === -1 || finish[place]! > finish[last]!) last = place;
  }
  const skills: number[] = [];
  for (let place = last; place >= 0; place = via[place]!) skills.push(order[place]!);
  return { skills: skills.reverse(), cost: last === -1 ? 0 : finish[last]! };
}

/**
 * The place of the skill for which the requirement folded last has waited, the first one written of several; −1 when
 * it is met from the start.
 */
function decidingPlace(
  { members, groupStart }: PrerequisiteGraph,
  requirement: number,
  metAt: number,
): number {
  if (requirement === NONE) return -1;
  let member = requirement;
  while (member < 0) {
    let m = groupStart[~member]!;
    while (requirements.ofMember(m) !== metAt) m++;
    member = members[m]!;
  }
  return places.get(member);
}
