import { eachLeaf, RequirementFold } from "../model/fold.ts";
import { groupByKey, MarkedValues, Marks } from "../model/integers.ts";
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
/** Per place: when its skill is learned; infinite until that is known. Doubles: a path can cost more than 32 bits hold. */
let finish = new Float64Array(0);
/** Per place: how many skills are learned before it. */
let rank = new Int32Array(0);
/** Skills of this rank and later do not count. */
let ownRank = 0;
/** Whether some skill was looked at that does not count. */
let looksAhead = false;

function finishOf(skill: number): number {
  const place = places.get(skill);
  if (place < 0) return known.has(skill) ? 0 : Number.POSITIVE_INFINITY;
  if (rank[place]! < ownRank) return finish[place]!;
  looksAhead = true;
  return Number.POSITIVE_INFINITY;
}

/**
 * The critical path of skills in learning order: no number of learners is through with them faster. Each skill waits
 * for its requirement, and that for the members which meet it first: of k-of-n members, the k that are done earliest
 * among what is known and the skills. Ties go to the author's order, and between chains to the one that ends first in
 * the order.
 *
 * Where alternatives form loops, a skill may be open sooner by way of one that comes later in the order; then times are
 * found in the order of times. Time O(requirements of the skills, k-of-n groups sorted), and with loops O(n² +
 * requirements of the n skills, each read as often as it has members among them); memory O(requirements). Throws a
 * RangeError when the skills do not lead to one of them.
 */
export function criticalPath(
  graph: PrerequisiteGraph,
  order: ArrayLike<number>,
  knownSkills: Iterable<number> = [],
): CriticalPath {
  known.begin(graph.ownerCount);
  known.addAll(knownSkills);
  places.begin(graph.ownerCount);
  for (let place = 0; place < order.length; place++) places.set(order[place]!, place);
  finish = new Float64Array(order.length);
  rank = new Int32Array(order.length);
  if (!timeInOrder(graph, order)) timeByTime(graph, order);
  const left = finish.indexOf(Number.POSITIVE_INFINITY);
  if (left >= 0)
    throw new RangeError(
      `expected skills that lead to one another, but skill ${order[left]} at place ${left} needs more`,
    );
  return chainTo(graph, order);
}

/** When each skill is learned, one after the other; false when one may be learned sooner by way of a later one. */
function timeInOrder(graph: PrerequisiteGraph, order: ArrayLike<number>): boolean {
  for (let place = 0; place < order.length; place++) rank[place] = place;
  looksAhead = false;
  for (ownRank = 0; ownRank < order.length; ownRank++) finish[ownRank] = doneAt(graph, order[ownRank]!);
  return !looksAhead;
}

/**
 * When each skill is learned, the earliest first: whatever is learned next can no longer be learned sooner (Knuth's
 * generalization of Dijkstra's algorithm).
 */
function timeByTime(graph: PrerequisiteGraph, order: ArrayLike<number>): void {
  finish.fill(Number.POSITIVE_INFINITY);
  rank.fill(order.length);
  ownRank = order.length;
  const { start, values: users } = usersAmong(graph, order);
  /** The places that are open, the latest first. */
  const open: number[] = [];
  const look = (place: number) => {
    if (finish[place]! < Number.POSITIVE_INFINITY) return;
    const done = doneAt(graph, order[place]!);
    if (done === Number.POSITIVE_INFINITY) return;
    finish[place] = done;
    let at = open.length;
    while (at > 0 && finish[open[at - 1]!]! <= done) at--;
    open.splice(at, 0, place);
  };
  for (let place = 0; place < order.length; place++) look(place);
  let learned = 0;
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    rank[place] = learned++;
    for (let u = start[place]!; u < start[place + 1]!; u++) look(users[u]!);
  }
}

function doneAt(graph: PrerequisiteGraph, skill: number): number {
  return requirements.fold(graph, graph.requirement[skill]!, finishOf) + graph.cost[skill]!;
}

/** Per place: the places of the skills whose requirements name its skill, as `groupByKey` gives them. */
function usersAmong(graph: PrerequisiteGraph, skills: ArrayLike<number>): ReturnType<typeof groupByKey> {
  const named: number[] = [];
  const naming: number[] = [];
  for (let place = 0; place < skills.length; place++)
    eachLeaf(graph, skills[place]!, (skill) => {
      const at = places.get(skill);
      if (at < 0) return;
      named.push(at);
      naming.push(place);
    });
  return groupByKey(skills.length, named, naming);
}

/** The chain of skills that leads to the one learned last, once all have their times. */
function chainTo(graph: PrerequisiteGraph, skills: ArrayLike<number>): CriticalPath {
  let last = -1;
  for (let place = 0; place < skills.length; place++)
    if (last === -1 || finish[place]! > finish[last]!) last = place;
  const chain: number[] = [];
  for (let place = last; place >= 0; ) {
    const skill = skills[place]!;
    chain.push(skill);
    ownRank = rank[place]!;
    const metAt = requirements.fold(graph, graph.requirement[skill]!, finishOf);
    place = decidingPlace(graph, graph.requirement[skill]!, metAt);
  }
  return { skills: chain.reverse(), cost: last === -1 ? 0 : finish[last]! };
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
