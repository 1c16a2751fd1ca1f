import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { type StepGraph, usedPrerequisites } from "./used-prerequisites.ts";

/** Steps of a path that follow one another and belong to one topic. */
export interface Section {
  /** Absent for steps without a topic. */
  readonly topic: number | undefined;
  /** The places of its first step and behind its last one. */
  readonly from: number;
  readonly end: number;
  /** The skill because of which its topic was left before and is entered again here: a step needs it, and it comes between. */
  readonly returnsBecause: number | undefined;
}

/** The sections of a path, in order: a new one begins wherever the topic changes. O(steps + uses · sections that return). */
export function sectionsOf(
  graph: PrerequisiteGraph,
  path: readonly number[],
  topicOf: ReadonlyMap<number, number>,
): Section[] {
  const sections: {
    topic: number | undefined;
    from: number;
    end: number;
    returnsBecause: number | undefined;
  }[] = [];
  path.forEach((skill, place) => {
    const topic = topicOf.get(skill);
    const last = sections.at(-1);
    if (last !== undefined && last.topic === topic) last.end = place + 1;
    else sections.push({ topic, from: place, end: place + 1, returnsBecause: undefined });
  });
  const endOf = new Map<number, number>();
  let steps: StepGraph | undefined;
  for (const section of sections) {
    const { topic, from, end } = section;
    if (topic === undefined) continue;
    const before = endOf.get(topic);
    endOf.set(topic, end);
    if (before === undefined) continue;
    steps ??= usedPrerequisites(graph, path);
    const isTopic = (place: number) => place < before && topicOf.get(path[place]!) === topic;
    const place = neededBetween(steps, before, from, end, isTopic);
    section.returnsBecause = place === undefined ? undefined : path[place];
  }
  return sections;
}

/** The first place from `before` to `from` that a step from `from` to `end` needs; one that needs what `isTopic`, if any does. */
function neededBetween(
  { needs }: StepGraph,
  before: number,
  from: number,
  end: number,
  isTopic: (place: number) => boolean,
): number | undefined {
  let first: number | undefined;
  for (let step = from; step < end; step++)
    for (const needed of needs[step]!) {
      if (needed < before || needed >= from) continue;
      first ??= needed;
      const found = new Set([needed]);
      for (const place of found) {
        if (isTopic(place)) return needed;
        for (const other of needs[place]!) found.add(other);
      }
    }
  return first;
}
