import type { Chapter } from "./chapters.ts";
import type { StepGraph } from "./used-prerequisites.ts";

/**
 * The chapters with some steps in later ones of their topics: where a topic is entered again, a step that more steps need
 * than it needs itself waits until then, because it is carried for less. From the last step of a chapter on, and only where
 * chapters do not wait for one another in a loop. O(chapters that are continued · (steps + uses)).
 *
 * `chapters` come and are returned in an order in which they can be learned. Pauses between chapters.
 */
export function* withLaterSteps(
  chapters: readonly Chapter[],
  { needs, usedBy }: StepGraph,
): Generator<void, readonly Chapter[]> {
  const next = continued(chapters);
  if (next.size === 0) return chapters;
  const moving = chapters.map(({ topic, steps }) => ({ topic, steps: steps.slice() }));
  const chapterAt: number[] = new Array(needs.length);
  for (let chapter = 0; chapter < moving.length; chapter++)
    for (const step of moving[chapter]!.steps) chapterAt[step] = chapter;
  /** What a chapter needs, over others. */
  const neededBy = (chapter: number): Set<number> => {
    const found = new Set([chapter]);
    for (const at of found)
      for (const step of moving[at]!.steps) for (const before of needs[step]!) found.add(chapterAt[before]!);
    return found;
  };
  for (const [chapter, later] of next) {
    yield;
    const needed = neededBy(later).add(chapter);
    needed.delete(later);
    const { steps } = moving[chapter]!;
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at]!;
      if (needs[step]!.length >= usedBy[step]!.length) continue;
      if (usedBy[step]!.some((user) => needed.has(chapterAt[user]!))) continue;
      steps.splice(at, 1);
      moving[later]!.steps.push(step);
      chapterAt[step] = later;
    }
    moving[later]!.steps.sort((a, b) => a - b);
  }
  return inLearningOrder(moving, needs, chapterAt, next);
}

/** Per chapter that is continued the next chapter of its topic; in the order of the chapters. */
function continued(chapters: readonly Chapter[]): ReadonlyMap<number, number> {
  const last = new Map<number, number>();
  const pairs: [number, number][] = [];
  chapters.forEach(({ topic }, chapter) => {
    const before = last.get(topic);
    if (before !== undefined) pairs.push([before, chapter]);
    last.set(topic, chapter);
  });
  return new Map(pairs.sort(([a], [b]) => a - b));
}

/** Chapters, those without steps left out, each after those that it needs and the one that it continues. */
function inLearningOrder(
  chapters: readonly Chapter[],
  needs: StepGraph["needs"],
  chapterAt: readonly number[],
  next: ReadonlyMap<number, number>,
): readonly Chapter[] {
  const before = new Map([...next].map(([chapter, later]) => [later, chapter]));
  const isAdded = new Uint8Array(chapters.length);
  const sorted: Chapter[] = [];
  // As deep as steps were moved past one another: before, all were in order.
  const add = (at: number) => {
    if (isAdded[at]) return;
    isAdded[at] = 1;
    const earlier = before.get(at);
    if (earlier !== undefined) add(earlier);
    const { steps } = chapters[at]!;
    for (const step of steps) for (const needed of needs[step]!) add(chapterAt[needed]!);
    if (steps.length > 0) sorted.push(chapters[at]!);
  };
  for (let at = 0; at < chapters.length; at++) add(at);
  return sorted;
}
