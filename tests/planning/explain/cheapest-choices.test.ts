import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cheapestChoicesSearch, MAX_SWAPS } from "../../../src/planning/explain/cheapest-choices.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import type { AskedGraph } from "../../support/random-questions.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

/** ```
 * python ─┬→ django | flask ─┐
 * java   ─┼→ spring          ├→ backend = language & framework & (mysql | postgresql)
 * ruby   ─┴→ rails           ┘
 * ``` */
const backend = () =>
  graphOf(
    {
      django: "python",
      flask: "python",
      java: [],
      mysql: [],
      postgresql: [],
      python: [],
      rails: "ruby",
      ruby: [],
      spring: "java",
    },
    {
      others: {
        backend: [
          anyOf("java", "python", "ruby"),
          anyOf("django", "flask", "rails", "spring"),
          anyOf("mysql", "postgresql"),
        ],
      },
      costs: {
        python: 800,
        flask: 300,
        django: 500,
        java: 1200,
        spring: 900,
        ruby: 900,
        rails: 600,
        mysql: 200,
        postgresql: 250,
      },
    },
  );

/** The cheapest of all derivable sets that lack some of these skills: one search for each skill left out. */
function cheapestOther(asked: AskedGraph, best: readonly number[]): number | undefined {
  const costs = best.flatMap((skill) => {
    const question = { ...asked.question, avoid: [...asked.question.avoid, skill] };
    return bruteForcePath({ ...asked, question })?.cost ?? [];
  });
  return costs.length === 0 ? undefined : Math.min(...costs);
}

describe("cheapestChoicesSearch", () => {
  it("prices each language with its framework", () => {
    const { graph, index, slugsOf } = backend();
    const question = { goals: [index("backend")], known: [], choose: [], avoid: [] };
    const answer = runToEnd(cheapestChoicesSearch(graph, question));
    if (answer.kind === "unreachable") throw new Error("expected choices");
    expect(slugsOf(answer.best.skills).sort()).toEqual(["flask", "mysql", "python"]);
    expect(
      answer.choices.map(({ swaps, path, difference }) => ({
        instead: `${slugsOf([swaps[0]!.choose])} instead of ${slugsOf([swaps[0]!.insteadOf])}`,
        path: slugsOf(path.skills).sort().join(),
        extra: difference.extraCost,
      })),
    ).toEqual([
      { instead: "postgresql instead of mysql", path: "flask,postgresql,python", extra: 50 },
      { instead: "django instead of flask", path: "django,mysql,python", extra: 200 },
      { instead: "ruby instead of python", path: "mysql,rails,ruby", extra: 400 },
      { instead: "java instead of python", path: "java,mysql,spring", extra: 1000 },
    ]);
    expect(answer.isComplete).toBe(true);
    expect(runToEnd(cheapestChoicesSearch(graph, question, { atMost: 2 }))).toEqual({
      ...answer,
      choices: answer.choices.slice(0, 2),
    });
  });

  it("swaps a chosen step as if it had not been chosen", () => {
    const { graph, index, indices, slugsOf } = backend();
    const question = { goals: [index("backend")], known: [], choose: indices("ruby"), avoid: [] };
    const answer = runToEnd(cheapestChoicesSearch(graph, question, { steps: indices("ruby") }));
    if (answer.kind === "unreachable") throw new Error("expected choices");
    expect(
      answer.choices.map(({ swaps, difference }) => [slugsOf([swaps[0]!.choose])[0], difference.extraCost]),
    ).toEqual([
      ["python", -400],
      ["java", 600],
    ]);
  });

  it("looks only at the choices of the steps asked for", () => {
    const { graph, index, indices, slugsOf } = backend();
    const question = { goals: [index("backend")], known: [], choose: [], avoid: [] };
    const answer = runToEnd(cheapestChoicesSearch(graph, question, { steps: indices("python", "java") }));
    if (answer.kind === "unreachable") throw new Error("expected choices");
    expect(answer.choices.map(({ swaps }) => slugsOf([swaps[0]!.choose]))).toEqual([["ruby"], ["java"]]);
  });

  it("stops at its limit and says so", () => {
    const pages = Array.from({ length: MAX_SWAPS + 5 }, (_, at) => `page-${at}`);
    const { graph, index } = graphOf(Object.fromEntries(pages.map((page) => [page, [] as string[]])), {
      others: { book: anyOf(...pages) },
    });
    const question = { goals: [index("book")], known: [], choose: [], avoid: [] };
    const answer = runToEnd(cheapestChoicesSearch(graph, question));
    if (answer.kind === "unreachable") throw new Error("expected choices");
    expect(answer.isComplete).toBe(false);
    expect(answer.choices).toHaveLength(MAX_SWAPS);
  });

  it("is exact for each swap, and its first choice for all paths that are not the best one and more", () => {
    fc.assert(
      fc.property(choiceQuestion(8), (asked) => {
        const { graph, question } = asked;
        const answer = runToEnd(cheapestChoicesSearch(graph, question));
        const best = bruteForcePath(asked);
        if (answer.kind === "unreachable") {
          expect(best).toBeUndefined();
          return;
        }
        expect(answer.best).toEqual(solveLearningPath(graph, question));
        const paths = new Set<string>();
        const chosen = new Set(question.choose);
        let before = 0;
        for (const { swaps, path, difference } of answer.choices) {
          for (const { choose, insteadOf } of swaps) {
            expect(answer.best.skills).toContain(insteadOf);
            expect(path.skills).toContain(choose);
            expect(path.skills).not.toContain(insteadOf);
            const swapped = {
              ...question,
              choose: [...question.choose.filter((skill) => skill !== insteadOf), choose],
              avoid: [...question.avoid, insteadOf],
            };
            const exact = bruteForcePath({ ...asked, question: swapped })!;
            expect([...path.skills].sort((a, b) => a - b)).toEqual(exact.skills);
          }
          expect(difference.extraCost).toBe(path.cost - answer.best.cost);
          expect(path.cost).toBeGreaterThanOrEqual(before);
          before = path.cost;
          paths.add([...path.skills].sort().join());
        }
        expect(paths.size).toBe(answer.choices.length);
        // Without a chosen step a path may cost less; all others keep what was chosen.
        const kept = answer.choices.filter(({ swaps }) =>
          swaps.some(({ insteadOf }) => !chosen.has(insteadOf)),
        );
        expect(kept[0]?.path.cost).toBe(
          cheapestOther(
            asked,
            answer.best.skills.filter((skill) => !chosen.has(skill)),
          ),
        );
      }),
      { numRuns: 150 },
    );
  });
});
