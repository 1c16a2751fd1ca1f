/** Runs a search in one go, for callers that have the thread to themselves: commands, workers, tests. */
export function runToEnd<Result>(search: Generator<void, Result>): Result {
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}
