import { ascending } from "../../graph/model/integers.ts";
import type { Chapter } from "./chapters.ts";
import type { LinkedJobs } from "./least-order.ts";

/** A foundation is a topic on which steps of so many other topics stand; where an author decides on few topics, of a fifth, two at least. */
const TOPICS_ON_FOUNDATION = 3;
const SHARE_ON_FOUNDATION = 0.2;
const LEAST_ON_FOUNDATION = 2;

/**
 * Chapters in groups, each to come after the one before: first the foundations, with all that they need; then what the author
 * does not name and what stands on foundations alone, such as testing and debugging on writing code; then what the
 * author puts in an order, a group for each with what it needs and is left; then all others. What the author does not name
 * but builds on comes as soon as it can. Where no author names anything, foundations come first, then all others.
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
  const isTaken: boolean[] = chapters.map(() => false);
  const addTo = (group: number[], list: readonly number[]) => {
    for (const chapter of list) {
      if (isTaken[chapter]) continue;
      isTaken[chapter] = true;
      group.push(chapter);
    }
  };
  /** Takes chapters with all that they need, of those that are left. */
  const take = (wanted: readonly number[]) => {
    const group: number[] = [];
    addTo(group, wanted);
    for (const chapter of group) addTo(group, needs[chapter]!);
    if (group.length > 0) groups.push(group.sort(ascending));
  };
  const all = [...chapters.keys()];
  const ranks = chapters.map(({ topic }) => rankOf.get(topic));
  const ranked = all.filter((chapter) => ranks[chapter] !== undefined);
  const topics = new Set(chapters.map(({ topic }) => topic)).size;
  const few = Math.max(LEAST_ON_FOUNDATION, Math.ceil(topics * SHARE_ON_FOUNDATION));
  const enough = ranked.length > 0 ? Math.min(TOPICS_ON_FOUNDATION, few) : TOPICS_ON_FOUNDATION;
  take(all.filter((chapter) => hasTopicsOnIt(chapters, chapter, usedBy[chapter]!, enough)));
  const isOnFoundations = (chapter: number): boolean =>
    needs[chapter]!.length > 0 && needs[chapter]!.every((before) => isTaken[before]);
  if (ranked.length > 0)
    take(all.filter((chapter) => ranks[chapter] === undefined && isOnFoundations(chapter)));
  const builtOn = new Set(ranked);
  for (const chapter of builtOn) for (const before of needs[chapter]!) builtOn.add(before);
  for (const chapter of ranked.sort((a, b) => ranks[a]! - ranks[b]! || a - b)) {
    const group = [chapter];
    for (const user of usedBy[chapter]!) if (ranks[user] === undefined && builtOn.has(user)) group.push(user);
    take(group);
  }
  take(all);
  return groups;
}

/** Whether so many topics other than a chapter's own use it. */
function hasTopicsOnIt(
  chapters: readonly Chapter[],
  chapter: number,
  users: readonly number[],
  enough: number,
): boolean {
  if (users.length < enough) return false;
  const topics = [chapters[chapter]!.topic];
  for (const user of users) {
    const { topic } = chapters[user]!;
    if (topics.includes(topic)) continue;
    topics.push(topic);
    // The first is its own.
    if (topics.length > enough) return true;
  }
  return false;
}
