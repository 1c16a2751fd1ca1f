import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { workDone } from "../search/work-done.ts";
import { type CarriedOrder, leastCarriedPart } from "./least-carried.ts";
import { connectedParts, type StepGraph, usedPrerequisites } from "./used-prerequisites.ts";

/** What authors say about how skills belong together and follow one another; by skill. */
export interface TeachingGuide {
  /** The topic of each skill that has one. */
  readonly topicOf: ReadonlyMap<number, number>;
  /** The ordered roadmaps: per step the skills that it names. */
  readonly roadmaps: readonly (readonly (readonly number[])[])[];
}

export interface TeachingOrder {
  /** The places of the given path, in the order in which they are to be learned. */
  readonly order: readonly number[];
  /** In hundredths of an hour; no order of the path carries less than the lower bound. */
  readonly carried: number;
  readonly carriedLowerBound: number;
  /** How many prerequisites the path uses. */
  readonly uses: number;
}

/** On a foundation stand steps of at least so many other topics. */
const TOPICS_ON_FOUNDATION = 3;

/**
 * The order of a path that carries least: summed over the prerequisites used, the time between the end of one and the
 * start of what needs it, which a learner has to remember meanwhile (Nesbit and Hunka 1987).
 *
 * A part of the path that hangs together begins with its foundation, the step on which steps of most other topics stand,
 * and what that needs: by carried time alone a backend developer would learn a hundred hours of databases before writing
 * a line of code. Parts that use nothing of one another may stand in any order at no cost. Those with a foundation come
 * first, that of most topics before the others; then the author decides who orders most of the path, then staying within
 * a topic.
 *
 * `path` must be in learning order. `maxWork` is for each part: see `leastCarriedPart`. Pauses between parts.
 */
export function* teachingOrderSearch(
  graph: PrerequisiteGraph,
  path: readonly number[],
  guide: TeachingGuide,
  maxWork: number,
): Generator<void, TeachingOrder> {
  const steps = usedPrerequisites(graph, path);
  const topicAt = (place: number) => guide.topicOf.get(path[place]!) ?? -1;
  const parts: FoundedPart[] = [];
  for (const part of connectedParts([...path.keys()], steps)) {
    const foundation = foundationOf(part, topicAt, steps);
    const ordered =
      part.length === 1
        ? { order: part, carried: 0, lowerBound: 0, work: 0 }
        : yield* rememberedPart(graph, path, steps, part, foundation.steps, maxWork);
    parts.push({ ...ordered, topicsOnIt: foundation.topicsOnIt });
  }
  return {
    order: arranged(path, steps, parts, guide).flatMap(({ order }) => order),
    carried: parts.reduce((sum, { carried }) => sum + carried, 0),
    carriedLowerBound: parts.reduce((sum, { lowerBound }) => sum + lowerBound, 0),
    uses: steps.needs.reduce((sum, { length }) => sum + length, 0),
  };
}

/** A part with how many other topics stand on its foundation; 0 where it has none. */
interface FoundedPart extends CarriedOrder {
  readonly topicsOnIt: number;
}

/** The step of a part on which steps of most other topics stand, of equal ones the first, after all that it needs. */
function foundationOf(
  part: readonly number[],
  topicAt: (place: number) => number,
  { needs, usedBy }: StepGraph,
): { readonly steps: readonly number[]; readonly topicsOnIt: number } {
  let foundation: number | undefined;
  let topicsOnIt = TOPICS_ON_FOUNDATION - 1;
  for (const place of part) {
    const others = new Set(usedBy[place]!.map(topicAt));
    others.delete(topicAt(place));
    if (others.size <= topicsOnIt) continue;
    topicsOnIt = others.size;
    foundation = place;
  }
  if (foundation === undefined) return { steps: [], topicsOnIt: 0 };
  const found = new Set([foundation]);
  for (const place of found) for (const needed of needs[place]!) found.add(needed);
  return { steps: part.filter((place) => found.has(place)), topicsOnIt };
}

/** The orders of the parts of one graph that are remembered; each takes some hundred bytes. */
const MAX_REMEMBERED_PARTS = 2_000;
const remembered = new WeakMap<PrerequisiteGraph, Map<string, CarriedOrder>>();

/** `leastCarriedPart`, once for equal parts of a graph: learners with one goal mostly differ elsewhere. */
function* rememberedPart(
  graph: PrerequisiteGraph,
  path: readonly number[],
  steps: StepGraph,
  part: readonly number[],
  beginning: readonly number[],
  maxWork: number,
): Generator<void, CarriedOrder> {
  let memory = remembered.get(graph);
  if (memory === undefined || memory.size >= MAX_REMEMBERED_PARTS) {
    memory = new Map();
    remembered.set(graph, memory);
  }
  // The same skills in the same order use the same prerequisites.
  const skillsOf = (places: readonly number[]) => places.map((place) => path[place]).join();
  const key = `${maxWork}:${skillsOf(beginning)}:${skillsOf(part)}`;
  const found = memory.get(key);
  if (found !== undefined) {
    workDone.total += found.work;
    return { ...found, order: found.order.map((nth) => part[nth]!) };
  }
  const answer = yield* leastCarriedPart(steps, part, maxWork, beginning);
  workDone.total += answer.work;
  const nthOf = new Map(part.map((place, nth) => [place, nth]));
  memory.set(key, { ...answer, order: answer.order.map((place) => nthOf.get(place)!) });
  return answer;
}

/** A part with what decides its place. */
interface RankedPart {
  readonly part: FoundedPart;
  /** The first and last topic. */
  readonly topics: readonly [number, number];
  /** Where the author puts its skills; those that the author leaves out are missing. */
  readonly ranks: readonly number[];
}

/** The parts in the order of `teachingOrderSearch`. */
function arranged(
  path: readonly number[],
  steps: StepGraph,
  parts: readonly FoundedPart[],
  { topicOf, roadmaps }: TeachingGuide,
): FoundedPart[] {
  const rankOf = ranksIn(path, roadmaps);
  const topicAt = (place: number) => topicOf.get(path[place]!) ?? -1;
  const ranked = parts.map((part) => {
    const ranks = part.order.flatMap((place) => rankOf.get(path[place]!) ?? []);
    const topics = [topicAt(part.order[0]!), topicAt(part.order.at(-1)!)] as const;
    return { part, topics, topic: mainTopic(part.order, topicAt, steps), ranks };
  });
  const ranksOfTopic = new Map<number, number[]>();
  for (const { topic, ranks } of ranked)
    ranksOfTopic.set(topic, [...(ranksOfTopic.get(topic) ?? []), ...ranks]);
  const sorted = ranked
    .map((each) => ({ ...each, rank: mean(each.ranks), topicRank: mean(ranksOfTopic.get(each.topic)!) }))
    .sort(
      (a, b) =>
        a.topicRank - b.topicRank ||
        a.topic - b.topic ||
        a.rank - b.rank ||
        a.part.order[0]! - b.part.order[0]!,
    );
  const foundations = sorted.filter(({ part }) => part.topicsOnIt > 0);
  const rest = sorted.filter(({ part }) => part.topicsOnIt === 0);
  foundations.sort((a, b) => b.part.topicsOnIt - a.part.topicsOnIt);
  return [...foundations, ...withFewestInversions(rest)].map(({ part }) => part);
}

/** More parts stay as they are sorted: to compare each pair of them would take seconds. */
const MAX_ARRANGED_PARTS = 200;

/** How many inversions of the author's order a change of topic may save: none. */
const INVERSION = 1_000;

/**
 * Moves one part at a time to where the fewest pairs stand against the author's order and then the fewest topics change,
 * until nothing is gained. O(rounds × parts²), and each pair of ranks once.
 */
function withFewestInversions(sorted: readonly RankedPart[]): readonly RankedPart[] {
  if (sorted.length > MAX_ARRANGED_PARTS) return sorted;
  const parts = [...sorted];
  /** By how many pairs more the author wants the first after the second than before it. */
  const against = new Map(parts.map((a) => [a, new Map(parts.map((b) => [b, pairsAgainst(a, b)]))]));
  const changes = (a: RankedPart | undefined, b: RankedPart | undefined) =>
    a === undefined || b === undefined || a.topics[1] === b.topics[0] ? 0 : 1;
  for (let isBetter = true; isBetter; ) {
    isBetter = false;
    for (const part of sorted) {
      const from = parts.indexOf(part);
      parts.splice(from, 1);
      const cuts = (at: number) =>
        changes(parts[at - 1], part) + changes(part, parts[at]) - changes(parts[at - 1], parts[at]);
      let value = 0;
      let least = Number.POSITIVE_INFINITY;
      let to = from;
      let here = 0;
      for (let at = 0; at <= parts.length; at++) {
        if (at > 0) value += against.get(parts[at - 1]!)!.get(part)! * INVERSION;
        const total = value + cuts(at);
        if (at === from) here = total;
        if (total >= least) continue;
        least = total;
        to = at;
      }
      if (least >= here) to = from;
      else isBetter = true;
      parts.splice(to, 0, part);
    }
  }
  return parts;
}

function pairsAgainst(first: RankedPart, second: RankedPart): number {
  let pairs = 0;
  for (const a of first.ranks) for (const b of second.ranks) pairs += Math.sign(a - b);
  return pairs;
}

/** Where the author who orders most of a path puts its skills, from 0 to 1; the first of those who order as much. */
function ranksIn(path: readonly number[], roadmaps: TeachingGuide["roadmaps"]): ReadonlyMap<number, number> {
  const onPath = new Set(path);
  let most = new Map<number, number>();
  for (const roadmap of roadmaps) {
    const ranks = new Map<number, number>();
    roadmap.forEach((skills, step) => {
      for (const skill of skills)
        if (onPath.has(skill) && !ranks.has(skill)) ranks.set(skill, (step + 0.5) / roadmap.length);
    });
    if (ranks.size > most.size) most = ranks;
  }
  return most;
}

/** What an author does not order comes after what one does. */
function mean(ranks: readonly number[]): number {
  return ranks.length === 0 ? 1 : ranks.reduce((sum, rank) => sum + rank, 0) / ranks.length;
}

/** The topic in which a part spends most time, of equal ones the first. */
function mainTopic(part: readonly number[], topicAt: (place: number) => number, { cost }: StepGraph): number {
  const costs = new Map<number, number>();
  for (const place of part) costs.set(topicAt(place), (costs.get(topicAt(place)) ?? 0) + cost[place]!);
  return [...costs].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}
