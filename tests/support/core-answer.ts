/** What the shipped graph answers to the core query: the one place for these figures in the tests. */
export const CORE_ANSWER = { hours: 587, steps: 99, projectHours: 70, weeks: 66 } as const;
