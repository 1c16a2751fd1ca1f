/** What the shipped graph answers to the core query: the one place for these figures in the tests. */
export const CORE_ANSWER = { hours: 587, steps: 99, weeks: 59 } as const;
