/** What the shipped graph answers to the core query: the one place for these figures in the tests. */
export const CORE_ANSWER = { hours: 584, steps: 107, weeks: 59 } as const;
