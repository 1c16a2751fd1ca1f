import fc from "fast-check";
import { expect, test } from "vitest";
import { choicesOf, choicesWithout } from "../../../src/planning/problem/split.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { allPlans, smallQuestion, weightOf } from "../../support/choice-problems.ts";

test("the necessary skills and the lightest plan of each subproblem make the cheapest path", () => {
  let several = 0;
  let necessaryCount = 0;
  fc.assert(
    fc.property(smallQuestion(), (asked) => {
      const { graph, question } = asked;
      const best = bruteForcePath(asked);
      const choices = choicesOf(graph, question);
      expect(choices !== undefined).toBe(best !== undefined);
      if (choices === undefined || best === undefined) return;
      const { necessary, subproblems } = choices;
      for (const skill of necessary) expect(best.skills).toContain(skill);
      const taken = subproblems.flatMap((subproblem) => {
        const plans = allPlans(subproblem.problem);
        const weights = plans.map((plan) => weightOf(subproblem.problem, plan));
        return subproblem.skillsOf(plans[weights.indexOf(Math.min(...weights))]!);
      });
      const skills = [...necessary, ...taken];
      expect(new Set(skills).size).toBe(skills.length);
      const cost = skills.reduce((sum, skill) => sum + graph.cost[skill]!, 0);
      // The weights put costs first and then the number of steps.
      expect([cost, skills.length]).toEqual([best.cost, best.skills.length]);
      if (subproblems.length > 1) several++;
      necessaryCount += necessary.length;
    }),
    { numRuns: 2_000 },
  );
  expect(several).toBeGreaterThan(5);
  expect(necessaryCount).toBeGreaterThan(1_000);
});

test("choices that share no undecided skill are independent", () => {
  fc.assert(
    fc.property(smallQuestion(), ({ graph, question }) => {
      const { subproblems } = choicesOf(graph, question) ?? { subproblems: [] };
      for (let skill = 0; skill < graph.skillCount; skill++)
        expect(subproblems.filter((one) => one.nodeOf(skill) !== undefined).length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 500 },
  );
});

test("without a chosen skill are the same whether the question was the last to be looked at or not", () => {
  let held = 0;
  fc.assert(
    fc.property(smallQuestion(), fc.nat(), fc.nat(), ({ graph, question }, a, b) => {
      const choose = [...new Set([...question.choose, a % graph.skillCount, b % graph.skillCount])];
      const asked = { ...question, choose };
      const chosen = choose[a % choose.length]!;
      const isReachable = choicesOf(graph, { ...asked }) !== undefined;
      const atOnce = choicesWithout(graph, asked, chosen);
      choicesOf(graph, { ...question });
      const later = choicesWithout(graph, asked, chosen);
      const alone = choicesOf(graph, { ...asked, choose: choose.filter((skill) => skill !== chosen) });
      if (!isReachable || alone === undefined) return;
      const holding = alone.subproblems.filter((one) => one.nodeOf(chosen) !== undefined);
      held += holding.length;
      for (const choices of [atOnce, later]) {
        expect(choices?.necessary).toEqual(alone.necessary);
        expect(choices?.subproblems).toEqual(holding);
        for (const [at, one] of holding.entries()) expect(choices?.subproblems[at]).toBe(one);
      }
    }),
    { numRuns: 2_000 },
  );
  expect(held).toBeGreaterThan(50);
});
