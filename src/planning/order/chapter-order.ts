import type { Chapter } from "./chapters.ts";
import type { LinkedJobs } from "./least-order.ts";

/** A foundation is a topic on which steps of at least so many other topics stand. */
const TOPICS_ON_FOUNDATION = 3;

/**
 * Chapters in groups, each to come after the one before: first the foundations, with all that they need; then what the
 * author puts in an order, a group for each with what it needs and is left; then all others. What the author does not name
 * but builds on comes as soon as it can: writing code with the language, not with the framework.
 *
 * `jobs` has the needs and uses of the chapters; `rankOf` has where the author puts a topic, if anywhere.
 * O(chapters · log chapters + uses).
 */
export function chapterGroups(
  chapters: readonly Chapter[],
  { needs, usedBy }: LinkedJobs,
  rankOf: ReadonlyMap<number, number>,
): readonly (readonly number[])[] {
  const groups: number[][] = [];
  const isTaken = new Uint8Array(chapters.length);
  /** Takes chapters with all that they need, of those that are left. */
  const take = (wanted: readonly number[]) => {
    const group: number[] = [];
    const add = (chapter: number) => {
      if (isTaken[chapter]) return;
      isTaken[chapter] = 1;
      group.push(chapter);
    };
    wanted.forEach(add);
    for (const chapter of group) needs[chapter]!.forEach(add);
    if (group.length > 0) groups.push(group.sort((a, b) => a - b));
  };
  const others = (chapter: number): number => {
    const topics = new Set<number>();
    for (const user of usedBy[chapter]!) topics.add(chapters[user]!.topic);
    topics.delete(chapters[chapter]!.topic);
    return topics.size;
  };
  const all = [...chapters.keys()];
  take(all.filter((chapter) => others(chapter) >= TOPICS_ON_FOUNDATION));
  const ranks = chapters.map(({ topic }) => rankOf.get(topic));
  const ranked = all.filter((chapter) => ranks[chapter] !== undefined);
  const builtOn = new Set(ranked);
  for (const chapter of builtOn) for (const before of needs[chapter]!) builtOn.add(before);
  for (const chapter of ranked.sort((a, b) => ranks[a]! - ranks[b]! || a - b))
    take([chapter, ...usedBy[chapter]!.filter((user) => builtOn.has(user) && ranks[user] === undefined)]);
  take(all);
  return groups;
}
