import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isGroup, type Requirement } from "../../../src/graph/model/requirement.ts";
import { explainSearch } from "../../../src/planning/explain/explain.ts";
import { bruteForcePath, isMet } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import type { AskedGraph } from "../../support/random-questions.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

/** The leaves of a tree, without the parts that nothing meets already. */
function leavesOf(tree: Requirement<number> | undefined): number[] {
  if (tree === undefined || isMet(tree, () => false)) return [];
  return isGroup(tree) ? tree.of.flatMap(leavesOf) : [tree.skill];
}

/** The skills that are named on the way back from the goals, not behind what is known or avoided. */
function askedFor({ owners, question }: AskedGraph): Set<number> {
  const closed = new Set([...question.known, ...question.avoid]);
  const named = new Set<number>();
  const owed = [...question.goals, ...question.choose];
  for (const owner of owed)
    for (const leaf of leavesOf(owners[owner]!.requirement)) {
      if (closed.has(leaf) || named.has(leaf)) continue;
      named.add(leaf);
      owed.push(leaf);
    }
  return named;
}

describe("explainSearch", () => {
  it("gives each skill the reason that trying everything gives it", () => {
    fc.assert(
      fc.property(choiceQuestion(7), (asked) => {
        const { graph, question, skillCount } = asked;
        const path = solveLearningPath(graph, question);
        if (path.kind === "unreachable") return;
        for (let skill = 0; skill < skillCount; skill++) {
          const reason = runToEnd(explainSearch(graph, skill, question, path));
          const withSkill = bruteForcePath({
            ...asked,
            question: { ...question, choose: [...question.choose, skill] },
          });
          if (path.skills.includes(skill))
            expect(reason).toMatchObject({ kind: "IN_PATH", position: path.skills.indexOf(skill) });
          else if (question.known.includes(skill)) expect(reason.kind).toBe("KNOWN");
          else if (question.avoid.includes(skill)) expect(reason.kind).toBe("AVOIDED");
          else if (reason.kind === "UNLEARNABLE") {
            expect(withSkill).toBeUndefined();
            expect(reason.missing.length).toBeGreaterThan(0);
          } else if (reason.kind === "REJECTED") {
            expect(reason.difference.extraCost).toBe(withSkill!.cost - path.cost);
            expect(reason.difference.added).toContain(skill);
            expect(reason.isExact).toBe(true);
            expect(askedFor(asked)).toContain(skill);
          } else {
            expect(reason).toEqual({ kind: "NOT_RELEVANT" });
            expect(askedFor(asked)).not.toContain(skill);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it("names what was preferred and who offered the choice", () => {
    const { graph, index, indices } = graphOf(
      {
        ada: "algol",
        algol: [],
        django: "python",
        elixir: "ada",
        jquery: [],
        python: [],
        rails: "ruby",
        ruby: [],
      },
      { others: { backend: anyOf("django", "rails", "elixir") }, costs: { ruby: 300 } },
    );
    const question = { goals: [index("backend")], known: [], choose: [], avoid: [index("ada")] };
    const path = solveLearningPath(graph, question);
    if (path.kind === "unreachable") throw new Error("expected a path");
    const explain = (slug: string) => runToEnd(explainSearch(graph, index(slug), question, path));
    expect(explain("django")).toEqual({
      kind: "IN_PATH",
      position: 1,
      because: { goals: indices("backend"), requiredBy: indices("backend") },
    });
    expect(explain("rails")).toEqual({
      kind: "REJECTED",
      difference: { added: indices("ruby", "rails"), dropped: indices("python", "django"), extraCost: 200 },
      preferred: indices("python", "django"),
      offeredBy: indices("backend"),
      isExact: true,
    });
    expect(explain("ruby")).toMatchObject({ kind: "REJECTED", offeredBy: [] });
    expect(explain("elixir")).toEqual({
      kind: "UNLEARNABLE",
      missing: [{ skill: index("ada"), cause: "AVOIDED" }],
    });
    expect(explain("ada")).toEqual({ kind: "AVOIDED" });
    // Asked for only on a way that is closed.
    expect(explain("algol")).toEqual({ kind: "NOT_RELEVANT" });
    expect(explain("jquery")).toEqual({ kind: "NOT_RELEVANT" });
  });
});
