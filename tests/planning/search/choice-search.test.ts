import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PrerequisiteGraph } from "../../../src/graph/model/prerequisite-graph.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { SearchSpace } from "../../../src/planning/problem/choice-problem.ts";
import { openChoices } from "../../../src/planning/problem/open-choices.ts";
import { relevantProblem } from "../../../src/planning/problem/relevant-problem.ts";
import { runToEnd } from "../../../src/planning/run-to-end.ts";
import { ChoiceSearch, type SearchOutcome } from "../../../src/planning/search/choice-search.ts";
import { leastCostByHighs } from "../../bench/highs.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { interlockedGroups, interlockedLayers } from "../../support/hard-graphs.ts";
import { interlockedQuestion } from "../../support/random-questions.ts";

const MUCH_WORK = 1_000_000_000;

/** The thorough search alone, which small questions hardly ever come to otherwise. */
function thoroughly(graph: PrerequisiteGraph, question: PathQuestion): { cost: number; skills: number[] } {
  const choices = openChoices(graph, relevantProblem(graph, question)!);
  const skills = [...choices.necessary];
  for (const part of choices.parts) {
    const space = new SearchSpace(part.problem, { maxWork: MUCH_WORK });
    const outcome: SearchOutcome = runToEnd(new ChoiceSearch(space, 0).solve());
    expect(outcome.lowerBound).toBe(outcome.weight);
    skills.push(...part.skillsOf(outcome.plan!));
  }
  skills.sort((a, b) => a - b);
  return { cost: skills.reduce((sum, skill) => sum + graph.cost[skill]!, 0), skills };
}

describe("ChoiceSearch", () => {
  it("finds in its thorough search what trying every set of skills finds", () => {
    fc.assert(
      fc.property(interlockedQuestion(10), (asked) => {
        const best = bruteForcePath(asked);
        if (best !== undefined) expect(thoroughly(asked.graph, asked.question)).toEqual(best);
      }),
      { numRuns: Number(process.env.PROPERTY_RUNS ?? 500) },
    );
  });

  it("agrees with an integer programme on larger questions without loops", async () => {
    const leastCost = await leastCostByHighs();
    for (let seed = 1; seed <= 4; seed++)
      for (const { name, graph, goal } of [
        interlockedGroups(30, 40, 3, seed),
        interlockedGroups(40, 30, 4, seed),
        interlockedLayers(4, 10, seed),
      ]) {
        const { cost } = thoroughly(graph, { goals: [goal], known: [], choose: [], avoid: [] });
        expect(cost, `${name}, seed ${seed}`).toBe(leastCost(graph, goal));
      }
  });
});
