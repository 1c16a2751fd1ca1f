/** What the shipped graph answers to the core query: the one place for these figures in the tests. */
export const CORE_ANSWER = { hours: 601, steps: 106, weeks: 61 } as const;
