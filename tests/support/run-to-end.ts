/** Runs a search in one go. */
export function runToEnd<Result>(search: Generator<void, Result>): Result {
  for (;;) {
    const step = search.next();
    if (step.done) return step.value;
  }
}
