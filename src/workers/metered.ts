import { workDone } from "../planning/search/work-done.ts";

/** What searches have taken so far for one answer, in the elementary operations of `planning/limits.ts`. */
export interface Spent {
  work: number;
}

/** A search that adds what it did to what was spent, once it ends. What is given up before is not counted. */
export function* metered<Result>(search: Generator<void, Result>, spent: Spent): Generator<void, Result> {
  let work = 0;
  for (;;) {
    const before = workDone.total;
    const step = search.next();
    work += workDone.total - before;
    if (step.done) {
      spent.work += work;
      return step.value;
    }
    yield;
  }
}
