import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  MAX_LIKE_PERCENT,
  MIN_LIKE_PERCENT,
  marketDemand,
  type Objective,
  objectivePathSearch,
  withOptionalSkills,
} from "../../../src/planning/scenarios/objective.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import type { AskedGraph } from "../../support/random-questions.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

/** The same question with other costs. */
function recosted(asked: AskedGraph, cost: (skill: number) => number): AskedGraph {
  return { ...asked, owners: asked.owners.map((owner, index) => ({ ...owner, cost: cost(index) })) };
}

const hoursOf = (asked: AskedGraph, skills: readonly number[]) =>
  skills.reduce((sum, skill) => sum + asked.owners[skill]!.cost, 0);

describe("objectivePathSearch", () => {
  it("takes the fewest steps, among those the fewest hours", () => {
    fc.assert(
      fc.property(choiceQuestion(8), (asked) => {
        const path = runToEnd(objectivePathSearch(asked.graph, asked.question, { optimise: "STEPS" }));
        const best = bruteForcePath(recosted(asked, (skill) => 10_000 + asked.owners[skill]!.cost));
        if (path.kind === "unreachable") {
          expect(best).toBeUndefined();
          return;
        }
        expect([...path.skills].sort((a, b) => a - b)).toEqual(best!.skills);
        expect(path.cost).toBe(hoursOf(asked, path.skills));
        expect(path.isOptimal).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("weighs hours by demand and liking, and still reports hours", () => {
    fc.assert(
      fc.property(
        choiceQuestion(8),
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 8, maxLength: 8 }),
        fc.array(
          fc.record({
            skill: fc.nat({ max: 7 }),
            percent: fc.integer({ min: MIN_LIKE_PERCENT, max: MAX_LIKE_PERCENT }),
          }),
          {
            maxLength: 3,
          },
        ),
        (asked, demand, liked) => {
          const likes = liked.filter(({ skill }) => skill < asked.skillCount);
          const objective: Objective = { optimise: "MARKET", demand, likes };
          const path = runToEnd(objectivePathSearch(asked.graph, asked.question, objective));
          const weighed = recosted(asked, (skill) => {
            let percent = 100 - (demand[skill] ?? 0) * 50;
            for (const like of likes) if (like.skill === skill) percent = (percent * like.percent) / 100;
            return Math.round((asked.owners[skill]!.cost * percent) / 100);
          });
          const best = bruteForcePath(weighed);
          if (path.kind === "unreachable") {
            expect(best).toBeUndefined();
            return;
          }
          expect(path.objective).toEqual({ cost: best!.cost, lowerBound: best!.cost });
          expect([...path.skills].sort((a, b) => a - b)).toEqual(best!.skills);
          expect(path.cost).toBe(hoursOf(asked, path.skills));
        },
      ),
      { numRuns: 150 },
    );
  });

  it("is the learning path for hours without likes", () => {
    fc.assert(
      fc.property(choiceQuestion(7), ({ graph, question }) => {
        const path = runToEnd(objectivePathSearch(graph, question, { optimise: "HOURS" }));
        const plain = solveLearningPath(graph, question);
        if (plain.kind === "unreachable") {
          expect(path).toEqual(plain);
          return;
        }
        expect(path).toEqual({
          kind: "path",
          skills: plain.skills,
          stages: plain.stages,
          cost: plain.cost,
          isOptimal: true,
          objective: { cost: plain.cost, lowerBound: plain.cost },
        });
      }),
    );
  });

  it("keeps sums exact where hours are as large as they can be", () => {
    const names = Array.from({ length: 400 }, (_, at) => `s${String(at).padStart(3, "0")}`);
    const { graph, index, slugsOf } = graphOf(
      Object.fromEntries(names.map((name) => [name, [] as string[]])),
      {
        others: { all: names.slice(0, 398), either: anyOf("s398", "s399") },
        costs: Object.fromEntries(names.map((name) => [name, name === "s399" ? 1_000_000 : 10_000_000])),
      },
    );
    const question = { goals: [index("all"), index("either")], known: [], choose: [], avoid: [] };
    const path = runToEnd(objectivePathSearch(graph, question, { optimise: "STEPS" }));
    if (path.kind === "unreachable") throw new Error("expected a path");
    expect(path.skills).toHaveLength(399);
    expect(slugsOf(path.skills)).toContain("s399");
    expect(path.isOptimal).toBe(true);
  });

  it.each<[string, Objective]>([
    ["no demand for the market", { optimise: "MARKET" }],
    ["a demand beyond all", { optimise: "MARKET", demand: [1.5] }],
    ["a free like", { optimise: "HOURS", likes: [{ skill: 0, percent: 0 }] }],
    ["a like that is no number", { optimise: "HOURS", likes: [{ skill: 0, percent: Number.NaN }] }],
  ])("refuses %s", (_, objective) => {
    const { graph } = graphOf({ a: [] });
    const question = { goals: [0], known: [], choose: [], avoid: [] };
    expect(() => runToEnd(objectivePathSearch(graph, question, objective))).toThrow(RangeError);
  });
});

describe("marketDemand", () => {
  it("is the weight of the roles that name a skill or cannot do without it", () => {
    const { graph, index } = graphOf(
      { django: "python", git: [], python: [], rails: "ruby", ruby: [] },
      { others: { backend: ["git", anyOf("django", "rails")], data: "django" } },
    );
    const demand = marketDemand(graph, [
      { owner: index("backend"), weight: 3 },
      { owner: index("data"), weight: 1 },
    ]);
    const of = (slug: string) => demand[index(slug)];
    expect([of("git"), of("django"), of("rails"), of("python"), of("ruby")]).toEqual([
      0.75, 1, 0.75, 0.25, 0,
    ]);
    expect([...marketDemand(graph, [])]).toEqual([0, 0, 0, 0, 0]);
  });
});

describe("withOptionalSkills", () => {
  it("adds what can be had and keeps the question answerable", () => {
    fc.assert(
      fc.property(
        choiceQuestion(7),
        fc.array(fc.nat({ max: 6 })),
        ({ graph, question, skillCount }, some) => {
          const optional = some.filter((skill) => skill < skillCount);
          const { question: extended, leftOut } = withOptionalSkills(graph, question, optional);
          if (solveLearningPath(graph, question).kind === "unreachable") return;
          const path = solveLearningPath(graph, extended);
          if (path.kind === "unreachable") throw new Error("expected a path");
          for (const skill of optional) {
            const isHad = path.skills.includes(skill) || question.known.includes(skill);
            expect(isHad).toBe(!leftOut.includes(skill));
          }
          for (const skill of leftOut)
            expect(solveLearningPath(graph, { ...question, choose: [...question.choose, skill] }).kind).toBe(
              "unreachable",
            );
        },
      ),
      { numRuns: 300 },
    );
  });
});
