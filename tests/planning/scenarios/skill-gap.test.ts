import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  assumedSkills,
  MAX_TRANSITIONS,
  skillGapSearch,
  transitionsSearch,
} from "../../../src/planning/scenarios/skill-gap.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { anyOf, graphOf } from "../../support/graphs.ts";
import { hardGraphs } from "../../support/hard-graphs.ts";
import { runToEnd } from "../../support/run-to-end.ts";

/** ```
 * python → django ─┐          git ─┐
 * ruby   → rails  ─┴→ backend ←────┘   devops ← git & linux & python   data ← python & sql
 * ``` */
const jobs = () =>
  graphOf(
    { django: "python", git: [], linux: [], python: [], rails: "ruby", ruby: [], sql: [] },
    {
      others: {
        backend: ["git", anyOf("django", "rails")],
        data: ["python", "sql"],
        devops: ["git", "linux", "python"],
      },
      costs: { python: 800, django: 500, ruby: 900, rails: 300, git: 100, linux: 400, sql: 200 },
    },
  );

describe("skillGapSearch", () => {
  it("is what is missing from what is known, at least cost", () => {
    fc.assert(
      fc.property(choiceQuestion(8), (asked) => {
        const { graph, skillCount } = asked;
        const { known } = asked.question;
        const gap = runToEnd(skillGapSearch(graph, { known, roles: [] }, skillCount));
        const ask = (had: readonly number[], avoid: readonly number[] = []) =>
          bruteForcePath({ ...asked, question: { goals: [skillCount], known: had, choose: [], avoid } });
        const missing = ask(known);
        const fromNothing = ask([]);
        if (gap.kind === "unreachable") {
          expect(missing === undefined || fromNothing === undefined).toBe(true);
          return;
        }
        expect([gap.path.cost, gap.costFromNothing]).toEqual([missing!.cost, fromNothing!.cost]);
        expect(gap.assumed).toEqual([...new Set(known)].sort((a, b) => a - b));
        expect(gap.necessary).toEqual(
          [...gap.path.skills].sort((a, b) => a - b).filter((skill) => ask(known, [skill]) === undefined),
        );
        expect(gap.isExact).toBe(true);
      }),
      { numRuns: 80 },
    );
  });

  it("takes a role held for its cheapest skills, and what is known besides into account", () => {
    const { graph, index, indices, slugsOf } = jobs();
    const assume = (known: string[]) => {
      const held = runToEnd(assumedSkills(graph, { known: indices(...known), roles: indices("backend") }));
      if (held.kind === "unreachable") throw new Error("expected skills");
      return slugsOf(held.skills);
    };
    expect(assume([])).toEqual(["git", "rails", "ruby"]);
    expect(assume(["python"])).toEqual(["django", "git", "python"]);
    const gap = runToEnd(skillGapSearch(graph, { known: [], roles: indices("backend") }, index("devops")));
    if (gap.kind === "unreachable") throw new Error("expected a gap");
    expect(slugsOf(gap.path.skills).sort()).toEqual(["linux", "python"]);
    expect([gap.path.cost, gap.costFromNothing]).toEqual([1_200, 1_300]);
    expect(gap.necessary).toEqual(indices("linux", "python"));
  });
});

describe("transitionsSearch", () => {
  it("ranks the other roles, the nearest first", () => {
    const { graph, indices, slugsOf } = jobs();
    const ranked = runToEnd(
      transitionsSearch(
        graph,
        { known: indices("python"), roles: indices("backend") },
        indices("backend", "data", "devops"),
      ),
    );
    if (ranked.kind === "unreachable") throw new Error("expected roles");
    expect(
      ranked.roles.map(({ role, path, costFromNothing }) => [slugsOf([role])[0], path.cost, costFromNothing]),
    ).toEqual([
      ["data", 200, 1_000],
      ["devops", 400, 1_300],
    ]);
    expect(slugsOf(ranked.assumed)).toEqual(["django", "git", "python"]);
  });

  it("has a path to every role, though unproved, when the budget is spent", () => {
    const { graph, goal } = hardGraphs()[0]!;
    const standing = { known: [], roles: [] };
    const ranked = runToEnd(transitionsSearch(graph, standing, [goal, 0, 1], { maxWork: 0 }));
    if (ranked.kind === "unreachable") throw new Error("expected roles");
    expect(ranked.roles.map(({ role }) => role).toSorted()).toEqual([0, 1, goal]);
    expect(ranked.roles.at(-1)!.path).toMatchObject({ isOptimal: false });
  });

  it("never puts a nearer role behind a farther one, and leaves out what cannot be reached", () => {
    fc.assert(
      fc.property(choiceQuestion(7), fc.uniqueArray(fc.nat({ max: 7 }), { maxLength: 5 }), (asked, some) => {
        const owners = some.filter((owner) => owner < asked.owners.length);
        const { known } = asked.question;
        const ranked = runToEnd(transitionsSearch(asked.graph, { known, roles: [] }, owners));
        if (ranked.kind === "unreachable") throw new Error("expected roles");
        const costs = owners
          .flatMap((owner) => {
            const ask = (had: readonly number[]) =>
              bruteForcePath({ ...asked, question: { goals: [owner], known: had, choose: [], avoid: [] } });
            return ask([]) === undefined ? [] : (ask(known)?.cost ?? []);
          })
          .sort((a, b) => a - b);
        expect(ranked.roles.map(({ path }) => path.cost)).toEqual(costs);
      }),
      { numRuns: 60 },
    );
  });

  it("refuses more roles than it can rank", () => {
    const { graph } = jobs();
    const many = Array.from({ length: MAX_TRANSITIONS + 1 }, (_, at) => at);
    expect(() => runToEnd(transitionsSearch(graph, { known: [], roles: [] }, many))).toThrow(RangeError);
  });
});
