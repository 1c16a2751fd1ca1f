import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { alternativesSearch } from "../../src/planning/explain/alternatives.ts";
import { learningPathSearch } from "../../src/planning/learning-path.ts";
import { choiceQuestion } from "../support/choice-questions.ts";
import type { AskedGraph } from "../support/random-questions.ts";

// Searches pause after half a million operations; here after every one, so that small ones pause too.
vi.mock("../../src/planning/limits.ts", async (original) => ({
  ...(await original<typeof import("../../src/planning/limits.ts")>()),
  WORK_PER_SLICE: 1,
}));

/** On a copy of the graph, for which nothing is remembered. */
function* search({ graph: given, question }: AskedGraph) {
  const graph = { ...given };
  const path = yield* learningPathSearch(graph, question);
  if (path.kind === "unreachable") return path;
  return { path, alternatives: yield* alternativesSearch(graph, question, path) };
}

function finish<Result>(running: Generator<void, Result>): Result {
  for (;;) {
    const step = running.next();
    if (step.done) return step.value;
  }
}

test("searches that take turns on one thread do not disturb one another", () => {
  let turns = 0;
  fc.assert(
    fc.property(fc.array(choiceQuestion(12), { minLength: 2, maxLength: 5 }), (questions) => {
      const alone = questions.map((question) => finish(search(question)));
      const running = questions.map((question) => search(question));
      const together: unknown[] = [];
      while (running.some((_, at) => !(at in together)))
        running.forEach((one, at) => {
          if (at in together) return;
          const step = one.next();
          if (step.done) together[at] = step.value;
          else turns++;
        });
      expect(together).toEqual(alone);
    }),
    { numRuns: 500 },
  );
  // Otherwise nothing took turns and nothing was shown.
  expect(turns).toBeGreaterThan(500);
});
