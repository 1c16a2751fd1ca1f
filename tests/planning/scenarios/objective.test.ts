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

  /** A question, and for its skills demands in a unit, and likes. */
  const preferences = (demand: fc.Arbitrary<number>) =>
    fc.tuple(
      choiceQuestion(8),
      fc.array(demand, { minLength: 8, maxLength: 8 }),
      fc.uniqueArray(
        fc.record({
          skill: fc.nat({ max: 7 }),
          percent: fc.integer({ min: MIN_LIKE_PERCENT, max: MAX_LIKE_PERCENT }),
        }),
        // Three likes of one skill have no common denominator that is looked for.
        { maxLength: 3, selector: ({ skill }) => skill },
      ),
    );

  it("weighs hours by demand and liking, exactly, and still reports hours", () => {
    const ROLES = 12;
    fc.assert(
      fc.property(preferences(fc.nat({ max: ROLES })), ([asked, holders, liked]) => {
        const likes = liked.filter(({ skill }) => skill < asked.skillCount);
        const demand = holders.map((count) => count / ROLES);
        const path = runToEnd(
          objectivePathSearch(asked.graph, asked.question, { optimise: "MARKET", demand, likes }),
        );
        // In whole numbers: hundredths of a percent of half a role.
        const best = bruteForcePath(
          recosted(asked, (skill) => {
            let weight = asked.owners[skill]!.cost * (2 * ROLES - (holders[skill] ?? 0)) * 10 ** 6;
            for (const like of likes) if (like.skill === skill) weight = (weight / 100) * like.percent;
            return weight;
          }),
        );
        if (path.kind === "unreachable") {
          expect(best).toBeUndefined();
          return;
        }
        expect([...path.skills].sort((a, b) => a - b)).toEqual(best!.skills);
        expect(path.cost).toBe(hoursOf(asked, path.skills));
        expect(path.isOptimal).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it("is as good as can be told where demands are any numbers, and does not call that proved", () => {
    fc.assert(
      fc.property(preferences(fc.double({ min: 0, max: 1, noNaN: true })), ([asked, demand, liked]) => {
        const likes = liked.filter(({ skill }) => skill < asked.skillCount);
        const weigh = (skill: number) => {
          let weight = asked.owners[skill]!.cost * (100 - (demand[skill] ?? 0) * 50);
          for (const like of likes) if (like.skill === skill) weight = (weight * like.percent) / 100;
          return weight;
        };
        const path = runToEnd(
          objectivePathSearch(asked.graph, asked.question, { optimise: "MARKET", demand, likes }),
        );
        const best = bruteForcePath(recosted(asked, weigh));
        if (path.kind === "unreachable") {
          expect(best).toBeUndefined();
          return;
        }
        const weight = path.skills.reduce((sum, skill) => sum + weigh(skill), 0);
        expect(weight).toBeCloseTo(best!.cost, 2);
        // Each weight may miss what it stands for by a millionth, and both sums have as many as there are skills at most.
        if (path.isOptimal) expect(weight - best!.cost).toBeLessThan(2e-6 * asked.skillCount);
      }),
      { numRuns: 150 },
    );
  });

  it("tells what is liked very much apart", () => {
    const { graph, index, slugsOf } = graphOf(
      { a: [], b: [] },
      { others: { goal: anyOf("a", "b") }, costs: { a: 140, b: 60 } },
    );
    const question = { goals: [index("goal")], known: [], choose: [], avoid: [] };
    const likes = [0, 1].map((skill) => ({ skill, percent: 1 }));
    const path = runToEnd(objectivePathSearch(graph, question, { optimise: "HOURS", likes }));
    if (path.kind === "unreachable") throw new Error("expected a path");
    expect([slugsOf(path.skills), path.cost, path.isOptimal]).toEqual([["b"], 60, true]);
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
