/** Steps of a path that follow one another and belong to one topic. */
export interface Section {
  /** Absent for steps without a topic. */
  readonly topic: number | undefined;
  /** The places of its first step and behind its last one. */
  readonly from: number;
  readonly end: number;
}

/** The sections of a path, in order: a new one begins wherever the topic changes. O(steps). */
export function sectionsOf(path: readonly number[], topicOf: ReadonlyMap<number, number>): Section[] {
  const sections: { topic: number | undefined; from: number; end: number }[] = [];
  path.forEach((skill, place) => {
    const topic = topicOf.get(skill);
    const last = sections.at(-1);
    if (last !== undefined && last.topic === topic) last.end = place + 1;
    else sections.push({ topic, from: place, end: place + 1 });
  });
  return sections;
}
