import type { Chapter } from "./chapters.ts";
import type { StepGraph } from "./used-prerequisites.ts";

/**
 * The chapters with some steps in later ones of their topics: where a topic is entered again, a step that more steps need
 * than it needs itself waits until then, because it is carried for less. From the last step on, and only where chapters do
 * not wait for one another in a loop. O(steps that could wait · uses).
 *
 * `chapters` come and are returned in an order in which they can be learned. Pauses between chapters.
 */
export function* withLaterSteps(
  chapters: readonly Chapter[],
  { needs, usedBy }: StepGraph,
): Generator<void, readonly Chapter[]> {
  const chapterAt: number[] = [];
  /** The next chapter of the same topic. */
  const next: (number | undefined)[] = [];
  const last = new Map<number, number>();
  chapters.forEach(({ topic, steps }, chapter) => {
    for (const step of steps) chapterAt[step] = chapter;
    const before = last.get(topic);
    if (before !== undefined) next[before] = chapter;
    last.set(topic, chapter);
  });
  if (last.size === chapters.length) return chapters;
  const inside = chapters.map(({ steps }) => new Set(steps));
  /** Whether what uses a step is not needed in a later chapter of its topic. */
  const canWait = (step: number, later: number): boolean => {
    const found = new Set(usedBy[step]!.map((user) => chapterAt[user]!));
    found.delete(later);
    for (const chapter of found) {
      if (chapter === later) return false;
      for (const other of inside[chapter]!) for (const user of usedBy[other]!) found.add(chapterAt[user]!);
      if (next[chapter] !== undefined) found.add(next[chapter]);
    }
    return true;
  };
  for (let chapter = chapters.length - 1; chapter >= 0; chapter--) {
    if (next[chapter] === undefined) continue;
    yield;
    for (const step of chapters[chapter]!.steps.toReversed()) {
      if (needs[step]!.length >= usedBy[step]!.length) continue;
      for (let later = next[chapter]; later !== undefined && canWait(step, later); later = next[later]) {
        inside[chapterAt[step]!]!.delete(step);
        inside[later]!.add(step);
        chapterAt[step] = later;
      }
    }
  }
  const later = chapters.map(({ topic }, at) => ({ topic, steps: [...inside[at]!].sort((a, b) => a - b) }));
  return inLearningOrder(later, needs, chapterAt);
}

/** Chapters, those without steps left out, each after those that it needs and the one that it continues. */
function inLearningOrder(
  chapters: readonly Chapter[],
  needs: StepGraph["needs"],
  chapterAt: readonly number[],
): readonly Chapter[] {
  const sorted = new Set<Chapter>();
  const last = new Map<number, number>();
  const before = chapters.map(({ topic, steps }, at) => {
    const earlier = last.get(topic);
    last.set(topic, at);
    const needed = steps.flatMap((step) => needs[step]!.map((other) => chapterAt[other]!));
    return earlier === undefined ? needed : [earlier, ...needed];
  });
  const add = (at: number) => {
    const chapter = chapters[at]!;
    if (sorted.has(chapter)) return;
    for (const other of before[at]!) if (other !== at) add(other);
    sorted.add(chapter);
  };
  for (const at of chapters.keys()) add(at);
  return [...sorted].filter(({ steps }) => steps.length > 0);
}
