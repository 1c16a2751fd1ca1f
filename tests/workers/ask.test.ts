import { afterAll, expect, test } from "vitest";
import { learningPathSearch } from "../../src/planning/learning-path.ts";
import { runToEnd } from "../../src/planning/run-to-end.ts";
import { ask, closeWorkers } from "../../src/workers/ask.ts";
import { hardGraphs } from "../support/hard-graphs.ts";

afterAll(() => closeWorkers());

test("a hard question gets the answer that it would get here", async () => {
  const { graph, goal } = hardGraphs()[1]!;
  const question = { goals: [goal], known: [], choose: [], avoid: [] };
  const found = ask("learningPath", graph, question);
  expect(found).toBeInstanceOf(Promise);
  expect(await found).toEqual(runToEnd(learningPathSearch(graph, question)));
});
