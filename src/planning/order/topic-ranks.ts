import type { TeachingGuide } from "./teaching-order.ts";

/**
 * Where the author who orders most of a path, of equal ones the first, puts its topics on average. `topicAt` has the topic
 * of each step; steps without one have a negative number. O(roadmaps × steps), once the roadmaps have been read.
 */
export function topicRanks(
  path: readonly number[],
  topicAt: readonly number[],
  { topicOf, roadmaps }: TeachingGuide,
): ReadonlyMap<number, number> {
  let ranked: Ranked | undefined;
  let most = 0;
  for (const roadmap of roadmaps) {
    const these = rankedSkills(roadmap, topicOf);
    if (these.rankOf.size <= most) continue;
    let onPath = 0;
    for (const skill of path) onPath += these.isNamed[skill] ?? 0;
    if (onPath <= most) continue;
    most = onPath;
    ranked = these;
  }
  if (ranked === undefined) return new Map();
  // Steps without a topic have one for this path only.
  const own = new Map<number, Average>();
  for (let place = 0; place < path.length; place++) {
    if (topicAt[place]! >= 0) continue;
    const rank = ranked.rankOf.get(path[place]!);
    if (rank !== undefined) add(own, topicAt[place]!, rank);
  }
  return own.size === 0 ? ranked.ofTopics : new Map([...ranked.ofTopics, ...means(own)]);
}

/** What an ordered roadmap says of the order of skills and of their topics. */
interface Ranked {
  readonly topicOf: TeachingGuide["topicOf"];
  /** The step that names each skill first. */
  readonly rankOf: ReadonlyMap<number, number>;
  /** 1 for each skill that it names: every question looks for all skills of its path, in every roadmap. */
  readonly isNamed: Uint8Array;
  /** Per topic the mean of these: all that an author names of a topic tells where it belongs, whatever of it is on a path. */
  readonly ofTopics: ReadonlyMap<number, number>;
}
const rankedOf = new WeakMap<readonly (readonly number[])[], Ranked>();

/** What a roadmap says. Worked out once. */
function rankedSkills(roadmap: readonly (readonly number[])[], topicOf: TeachingGuide["topicOf"]): Ranked {
  const before = rankedOf.get(roadmap);
  if (before?.topicOf === topicOf) return before;
  const rankOf = new Map<number, number>();
  roadmap.forEach((skills, rank) => {
    for (const skill of skills) if (!rankOf.has(skill)) rankOf.set(skill, rank);
  });
  const averages = new Map<number, Average>();
  for (const [skill, rank] of rankOf) {
    const topic = topicOf.get(skill);
    if (topic !== undefined) add(averages, topic, rank);
  }
  let highest = -1;
  for (const skill of rankOf.keys()) highest = Math.max(highest, skill);
  const isNamed = new Uint8Array(highest + 1);
  for (const skill of rankOf.keys()) isNamed[skill] = 1;
  const ranked = { topicOf, rankOf, isNamed, ofTopics: new Map(means(averages)) };
  rankedOf.set(roadmap, ranked);
  return ranked;
}

interface Average {
  sum: number;
  count: number;
}

function add(averages: Map<number, Average>, topic: number, rank: number): void {
  const average = averages.get(topic);
  if (average === undefined) averages.set(topic, { sum: rank, count: 1 });
  else {
    average.sum += rank;
    average.count++;
  }
}

function means(averages: ReadonlyMap<number, Average>): [number, number][] {
  return Array.from(averages, ([topic, { sum, count }]) => [topic, sum / count]);
}
