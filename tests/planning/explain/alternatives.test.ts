import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Requirement } from "../../../src/graph/model/requirement.ts";
import { differenceTo } from "../../../src/planning/explain/alternatives.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import { compareAlternatives } from "../../support/alternatives-model.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import {
  allOf,
  anyOf,
  atLeast,
  django,
  graphOf,
  legalLoop,
  sharedAlternative,
  twoOfThree,
  type WrittenGraph,
} from "../../support/graphs.ts";
import { type AskedGraph, askedGraph, withMerits } from "../../support/random-questions.ts";
import { rejectedAlternatives, solveLearningPath } from "../../support/solve.ts";

function rejected(written: WrittenGraph, asked: Partial<PathQuestion>): string[] {
  const question = { goals: [], known: [], choose: [], avoid: [], ...asked };
  const path = solveLearningPath(written.graph, question);
  if (path.kind !== "path") throw new Error("expected a path");
  return rejectedAlternatives(written.graph, question, path).flatMap((list, at) =>
    list.map(
      ({ skills, owner, extraCost }) =>
        `${written.slugsOf([path.skills[at]!])} over ${written.slugsOf(skills)} in ${written.slugsOf([owner])}: ${extraCost}`,
    ),
  );
}

function differences(written: WrittenGraph, asked: Partial<PathQuestion>): string[] {
  const { graph, slugsOf } = written;
  const question = { goals: [], known: [], choose: [], avoid: [], ...asked };
  const path = solveLearningPath(graph, question);
  if (path.kind === "unreachable") throw new Error("expected a path");
  return rejectedAlternatives(graph, question, path).flatMap((list, at) =>
    list.map((alternative) => {
      const difference = differenceTo(graph, question, path, alternative);
      const change = difference
        ? `+${slugsOf(difference.added)} -${slugsOf(difference.dropped)} ${difference.extraCost}`
        : "no way";
      return `${slugsOf(alternative.skills)} for ${slugsOf([path.skills[at]!])}: ${change}`;
    }),
  );
}

describe("rejectedAlternatives", () => {
  it("prices the branches not taken", () => {
    const written = django();
    expect(rejected(written, { goals: written.indices("blog") })).toMatchInlineSnapshot(`
      [
        "mysql over postgresql in django: 500",
      ]
    `);
    const shared = sharedAlternative();
    expect(rejected(shared, { goals: shared.indices("goal") })).toMatchInlineSnapshot(`
      [
        "shared over x,y in p: 100",
        "shared over y,x in q: 100",
      ]
    `);
    const two = twoOfThree();
    expect(rejected(two, { goals: two.indices("data") })).toMatchInlineSnapshot(`
      [
        "mongodb over postgresql in data: 0",
        "mysql over postgresql in data: 0",
      ]
    `);
    expect(
      rejected(shared, { goals: shared.indices("p"), choose: shared.indices("x") }),
    ).toMatchInlineSnapshot(`
      [
        "x over shared in p: 200",
      ]
    `);
    const loop = legalLoop();
    expect(rejected(loop, { goals: loop.indices("goal") })).toMatchInlineSnapshot(`[]`);
  });

  it("names what the price buys, one entry for each choice of a branch", () => {
    const nested = (a: Requirement<string>) =>
      graphOf(
        { a: [], b: [], c: [], d: [], s: "b" },
        { others: { goal: a }, costs: { a: 100, b: 500, c: 5000, d: 600, s: 0 } },
      );
    const either = nested(anyOf("a", anyOf("b", "c")));
    const goals = either.indices("goal");
    expect(rejected(either, { goals })).toEqual(["a over b in goal: 400", "a over c in goal: 4900"]);
    expect(rejected(either, { goals, avoid: either.indices("b") })).toEqual(["a over c in goal: 4900"]);
    expect(rejected(either, { goals, avoid: either.indices("b", "c") })).toEqual([]);
    expect(rejected(nested(anyOf("a", atLeast(2, "b", "c", "d"))), { goals })).toEqual([
      "a over b,d in goal: 1000",
      "a over b,c in goal: 5400",
    ]);
    expect(rejected(nested(anyOf("a", allOf("d", anyOf("s", "c")))), { goals })).toEqual([
      "a over d,s,b in goal: 1000",
      "a over d,c in goal: 5500",
    ]);
  });

  it("keeps branches apart that name the same skills", () => {
    const written = graphOf(
      { d0: [], d1: [], d2: [] },
      {
        others: { goal: anyOf(anyOf("d2", "d1"), "d0", allOf("d2", "d1")) },
        costs: { d0: 900, d1: 3300, d2: 100 },
      },
    );
    expect(rejected(written, { goals: written.indices("goal") })).toEqual([
      "d2 over d1 in goal: 3200",
      "d2 over d0 in goal: 800",
    ]);
  });

  it("says what else changes", () => {
    /** shop = (python | (java & maven) | 2 of (ruby, gem, rake)) & (django for python …) */
    const written = graphOf(
      {
        python: [],
        java: [],
        maven: "java",
        ruby: [],
        gem: "ruby",
        rake: "ruby",
        web: anyOf("python", "java", "ruby"),
      },
      {
        others: {
          shop: ["web", anyOf("python", allOf("java", "maven"), atLeast(2, "gem", "rake", "ruby"))],
        },
        costs: { python: 500, java: 800, ruby: 600, gem: 150, rake: 120 },
      },
    );
    const goals = written.indices("shop");
    expect(differences(written, { goals })).toEqual([
      "java,maven for python: +java,maven -python 400",
      "ruby,rake for python: +ruby,rake -python 220",
      "gem,ruby for python: +ruby,gem -python 250",
      "rake,ruby for python: +ruby,rake -python 220",
    ]);
    // A chosen step is priced as if it had not been chosen.
    expect(differences(written, { goals, choose: written.indices("java") })).toContain(
      "python for java: +python -java,maven -400",
    );
  });

  it("agrees with trying every set of skills that makes a choice without the step", () => {
    let priced = 0;
    const agrees = (asked: AskedGraph) => {
      priced += compareAlternatives(asked);
    };
    const numRuns = Number(process.env.PROPERTY_RUNS ?? 2000);
    fc.assert(fc.property(askedGraph(7), agrees), { numRuns });
    fc.assert(fc.property(choiceQuestion(7), agrees), { numRuns: numRuns / 4 });
    fc.assert(fc.property(withMerits(choiceQuestion(7)), agrees), { numRuns: numRuns / 4 });
    expect(priced).toBeGreaterThan(numRuns / 4);
  });
});
