import fc from "fast-check";
import { expect, it } from "vitest";
import { againstPrerequisites } from "../../../src/planning/order/against-prerequisites.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import { runToEnd } from "../../support/run-to-end.ts";

/** ```
 * python | java → web → api,  git
 * ``` */
it("finds what a roadmap names before something that it needs", () => {
  const { graph, indices, slugsOf } = graphOf({
    api: "web",
    git: [],
    java: [],
    python: [],
    web: anyOf("java", "python"),
  });
  const roadmap = [indices("api", "python"), indices("git", "web"), indices("api", "java")];
  const { pairs, inversions } = runToEnd(againstPrerequisites(graph, roadmap));
  // Nobody needs Python or Java in particular.
  expect(pairs).toBe(1);
  expect(inversions.map(({ prerequisite, dependent }) => slugsOf([prerequisite, dependent]))).toEqual([
    ["web", "api"],
  ]);
});

it("counts each pair of which one cannot be learned without the other", () => {
  const roadmap = fc.array(fc.array(fc.nat({ max: 6 }), { maxLength: 3 }), { maxLength: 5 });
  fc.assert(
    fc.property(choiceQuestion(7), roadmap, (asked, steps) => {
      const { graph, skillCount } = asked;
      const placed = steps.map((skills) => skills.filter((skill) => skill < skillCount));
      const found = runToEnd(againstPrerequisites(graph, placed));
      const stepOf = (skill: number) => placed.findIndex((skills) => skills.includes(skill));
      const named = [...new Set(placed.flat())];
      const reach = (goal: number, avoid: number[]) =>
        bruteForcePath({ ...asked, question: { goals: [goal], known: [], choose: [], avoid } }) !== undefined;
      const pairs = named.flatMap((dependent) =>
        named
          .filter(
            (prerequisite) =>
              stepOf(prerequisite) !== stepOf(dependent) &&
              reach(dependent, []) &&
              !reach(dependent, [prerequisite]),
          )
          .map((prerequisite) => ({ prerequisite, dependent })),
      );
      const key = ({ prerequisite, dependent }: (typeof pairs)[number]) => `${prerequisite} ${dependent}`;
      expect(found.pairs).toBe(pairs.length);
      expect(found.inversions.map(key).sort()).toEqual(
        pairs
          .filter(({ prerequisite, dependent }) => stepOf(prerequisite) > stepOf(dependent))
          .map(key)
          .sort(),
      );
    }),
    { numRuns: 100 },
  );
});
