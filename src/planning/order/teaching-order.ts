import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { chapterGroups } from "./chapter-order.ts";
import { type Chapter, fewestChapters } from "./chapters.ts";
import { withLaterSteps } from "./later-chapters.ts";
import { jobsOf, type LinkedJobs, MAX_BRANCHED_JOBS } from "./least-order.ts";
import { newOrder, rememberedOrder } from "./remembered-order.ts";
import { topicRanks } from "./topic-ranks.ts";
import { connectedParts, type StepGraph, usedPrerequisites } from "./used-prerequisites.ts";
import { inUsualOrder } from "./usual-order.ts";

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
  /** Whether it is proved that no order of the path by the same chapters and groups carries less; see `carriedBy`. */
  readonly isProved: boolean;
}

/**
 * A path as a teacher would give it, in chapters that each stay within a topic. What counts, the first most:
 *
 * 1. the fewest chapters (`fewestChapters`), with steps in later ones of their topic where that is better
 *    (`withLaterSteps`);
 * 2. chapters in groups: foundations first, then what an author puts in an order (`chapterGroups`); a chapter begins with
 *    the skill that is its topic, such as APIs, and what that needs;
 * 3. the least carried, summed over the prerequisites used: the time between the end of one and the start of what needs
 *    it, which a learner has to remember meanwhile (Nesbit and Hunka 1987).
 *
 * As chapters stay together, the third falls apart into questions that do not bear on one another: in which order the
 * chapters of a group come, and in which the steps of a chapter. Steps without a topic are one chapter with those without
 * a topic that they hang together with: a path without topics comes in the order that carries least.
 *
 * `path` must be in learning order. `maxWork` is for each of these questions: see `leastOrder`.
 */
export function* teachingOrderSearch(
  graph: PrerequisiteGraph,
  path: readonly number[],
  guide: TeachingGuide,
  maxWork: number,
): Generator<void, TeachingOrder> {
  const steps = usedPrerequisites(graph, path);
  const topicAt = topicsAt(path, steps, guide.topicOf);
  const chapters = yield* withLaterSteps(yield* fewestChapters(topicAt, steps), steps);
  const jobs = jobsOf(steps);
  const composites = compositesOf(chapters, jobs);
  const ranks = topicRanks(path, topicAt, guide);
  const order: number[] = [];
  let isProved = true;
  for (const group of chapterGroups(chapters, composites, ranks)) {
    const known = rememberedOrder(graph, composites, group, maxWork);
    const inGroup = "order" in known ? known : yield* newOrder(graph, known, composites, group, maxWork);
    isProved &&= inGroup.isProved;
    for (const chapter of inGroup.order)
      for (const stretch of beginningWithTopic(path, chapters[chapter]!, steps)) {
        const begun =
          stretch.length > MAX_BRANCHED_JOBS ? yield* inUsualOrder(graph, path, steps, stretch) : stretch;
        const known = rememberedOrder(graph, jobs, begun, maxWork);
        const inStretch = "order" in known ? known : yield* newOrder(graph, known, jobs, begun, maxWork);
        isProved &&= inStretch.isProved;
        for (const step of inStretch.order) order.push(step);
      }
  }
  return { order, isProved };
}

/** The steps of a chapter in two: the skill that is its topic with what it needs of them, if it is among them, and the rest. */
function beginningWithTopic(
  path: readonly number[],
  { topic, steps }: Chapter,
  { needs }: StepGraph,
): readonly (readonly number[])[] {
  let itself = 0;
  while (itself < steps.length && path[steps[itself]!] !== topic) itself++;
  if (itself === steps.length) return [steps];
  // What comes before it in learning order is all that it may need.
  if (itself === 0) return [steps.slice(0, 1), steps.slice(1)];
  const beginning = new Set([steps[itself]!]);
  for (const step of beginning)
    for (const before of needs[step]!) if (steps.includes(before)) beginning.add(before);
  return [steps.filter((step) => beginning.has(step)), steps.filter((step) => !beginning.has(step))];
}

/** The topic of each step; steps without one have one of their own, with the others that hang together with them. */
function topicsAt(path: readonly number[], steps: StepGraph, topicOf: TeachingGuide["topicOf"]): number[] {
  const without: number[] = [];
  const topics: number[] = new Array(path.length);
  for (let place = 0; place < path.length; place++) {
    const topic = topicOf.get(path[place]!);
    if (topic === undefined) without.push(place);
    topics[place] = topic ?? -1;
  }
  connectedParts(without, steps).forEach((part, nth) => {
    for (const place of part) topics[place] = -1 - nth;
  });
  return topics;
}

/** Chapters as jobs, which need one another where their steps do; what is entered again needs what it continues. */
function compositesOf(chapters: readonly Chapter[], jobs: LinkedJobs): LinkedJobs {
  const chapterAt: number[] = new Array(jobs.time.length);
  const needs: number[][] = [];
  const usedBy: number[][] = [];
  const weight: number[] = [];
  const time: number[] = [];
  /** Per chapter the last one that was found to need it. */
  const neededBy: number[] = [];
  for (let chapter = 0; chapter < chapters.length; chapter++) {
    for (const step of chapters[chapter]!.steps) chapterAt[step] = chapter;
    needs.push([]);
    usedBy.push([]);
    neededBy.push(-1);
  }
  const last = new Map<number, number>();
  for (let chapter = 0; chapter < chapters.length; chapter++) {
    const { topic, steps } = chapters[chapter]!;
    const need = (before: number) => {
      if (neededBy[before] === chapter || before === chapter) return;
      neededBy[before] = chapter;
      needs[chapter]!.push(before);
      usedBy[before]!.push(chapter);
    };
    let allWeight = 0;
    let allTime = 0;
    for (const step of steps) {
      allWeight += jobs.weight[step]!;
      allTime += jobs.time[step]!;
      for (const before of jobs.needs[step]!) need(chapterAt[before]!);
    }
    weight.push(allWeight);
    time.push(allTime);
    need(last.get(topic) ?? chapter);
    last.set(topic, chapter);
  }
  return { needs, usedBy, weight, time };
}
