import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  allOf,
  anyOf,
  type Requirement,
  requirementTree,
  skill,
  withoutSkills,
} from "../../../src/graph/model/requirement.ts";
import { unlocks } from "../../../src/graph/walk/closure.ts";
import {
  type HypotheticalChange,
  hypotheticalGraph,
  MAX_HYPOTHETICAL_CHANGES,
} from "../../../src/planning/scenarios/hypothetical-graph.ts";
import { whatIfSearch } from "../../../src/planning/scenarios/what-if.ts";
import { bruteForcePath } from "../../support/brute-force-path.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { django, anyOf as either, graphOf } from "../../support/graphs.ts";
import { leavesOf, reachable } from "../../support/random-graph.ts";
import { runToEnd } from "../../support/run-to-end.ts";
import { solveLearningPath } from "../../support/solve.ts";

const change = (owners: number, skills: number): fc.Arbitrary<HypotheticalChange> => {
  const owner = fc.nat({ max: owners - 1 });
  const leaf = fc.nat({ max: skills }).map((index) => skill(index));
  const tree = fc.oneof(
    leaf,
    fc.tuple(leaf, leaf).map((of) => allOf(...of)),
    fc.tuple(leaf, leaf).map((of) => anyOf(...of)),
  );
  return fc.oneof(
    fc.record({ kind: fc.constant("REMOVE_SKILL" as const), skill: fc.nat({ max: skills - 1 }) }),
    fc.record({ kind: fc.constant("SET_COST" as const), owner, cost: fc.nat({ max: 30 }) }),
    fc.record(
      { kind: fc.constant("SET_REQUIREMENT" as const), owner, requirement: tree },
      { requiredKeys: ["kind", "owner"] },
    ),
    fc.record({ kind: fc.constant("ADD_PREREQUISITE" as const), owner, requirement: tree }),
    fc.record({ kind: fc.constant("DROP_PREREQUISITE" as const), owner, skill: fc.nat({ max: skills - 1 }) }),
  );
};

describe("hypotheticalGraph", () => {
  it("leaves the graph and its spare room alone", () => {
    fc.assert(
      fc.property(choiceQuestion(5), ({ graph }) => {
        const arrays = Object.values(graph).filter((value) => value instanceof Int32Array);
        const integers = () => arrays.map(({ buffer }) => [...new Int32Array(buffer)]);
        const before = integers();
        hypotheticalGraph(graph, [
          { kind: "ADD_SKILL", cost: 1, requirement: allOf(skill(0), skill(graph.skillCount - 1)) },
          { kind: "ADD_PREREQUISITE", owner: 0, requirement: skill(graph.skillCount) },
        ]);
        expect(integers()).toEqual(before);
      }),
    );
  });
});

describe("whatIfSearch", () => {
  it("answers as the changed graph would, and says what then cannot be learned", () => {
    fc.assert(
      fc.property(
        choiceQuestion(7).chain((asked) =>
          fc.record({
            asked: fc.constant(asked),
            changes: fc.array(change(asked.owners.length, asked.skillCount), { maxLength: 3 }),
            added: fc.record({ kind: fc.constant("ADD_SKILL" as const), cost: fc.nat({ max: 9 }) }),
          }),
        ),
        ({ asked, changes, added }) => {
          const { graph, question, skillCount } = asked;
          const answer = runToEnd(whatIfSearch(graph, [...changes, added], question));
          expect(answer.today).toEqual(solveLearningPath(graph, question));

          const { graph: changed, removed, ownerIndex } = answer.changed;
          const owners = Array.from({ length: changed.ownerCount }, (_, index) => {
            const old = answer.changed.todaysOwner(index);
            return old === undefined
              ? { cost: added.cost, requirement: undefined }
              : {
                  cost: changed.cost[index]!,
                  requirement: requirementAfter(asked.owners[old]!.requirement, old, changes, removed),
                };
          });
          const goals = question.goals.filter((goal) => !removed.includes(goal)).map(ownerIndex);
          const choose = question.choose.filter((chosen) => !removed.includes(chosen));
          const known = question.known.filter((had) => !removed.includes(had));
          const avoid = [...question.avoid, ...removed];
          const best = bruteForcePath({
            graph: changed,
            owners,
            skillCount: skillCount + 1,
            question: { goals, known, choose, avoid },
          });
          if (answer.then.kind === "unreachable") expect(best).toBeUndefined();
          else expect(answer.then.cost).toBe(best!.cost);
          expect(answer.goalsRemoved).toEqual(question.goals.filter((goal) => removed.includes(goal)));
          if (answer.today.kind === "path" && answer.then.kind === "path") {
            const path = new Set(answer.today.skills);
            for (const dropped of answer.difference!.dropped) path.delete(dropped);
            for (const skillAdded of answer.difference!.added) path.add(skillAdded);
            expect([...path].sort()).toEqual([...answer.then.skills].sort());
            expect(answer.difference!.extraCost).toBe(answer.then.cost - answer.today.cost);
          } else expect(answer.difference).toBeUndefined();

          const could = reachable(asked);
          const can = reachable({ skillCount: skillCount + 1, owners });
          const lost = [...could].filter((index) => !can.has(index)).sort((a, b) => a - b);
          expect(answer.unlearnable).toEqual(lost);
          expect(answer.loop === undefined).toBe(lost.length === 0);
        },
      ),
      { numRuns: 120 },
    );
  });

  it("adds a shortcut, and leaves today's graph as it was", () => {
    const { graph, index, slugsOf } = django();
    const before = structuredClone(graph);
    const sqlite = graph.skillCount;
    const answer = runToEnd(
      whatIfSearch(
        graph,
        [
          { kind: "ADD_SKILL", cost: 500 },
          {
            kind: "SET_REQUIREMENT",
            owner: index("django"),
            requirement: allOf(
              skill(index("python")),
              skill(index("http")),
              anyOf(skill(index("mysql")), skill(sqlite)),
            ),
          },
          { kind: "SET_COST", owner: index("python"), cost: 7_000 },
        ],
        { goals: [index("blog")], known: [index("git")], choose: [], avoid: [] },
      ),
    );
    expect(graph).toEqual(before);
    expect(answer.difference).toEqual({
      added: [sqlite],
      dropped: [index("sql"), index("mysql")],
      extraCost: 500 - 1_000 - 1_500 - 2_000,
    });
    if (answer.then.kind === "unreachable") throw new Error("expected a path");
    expect(slugsOf(answer.then.skills.filter((step) => step !== sqlite)).sort()).toEqual([
      "django",
      "http",
      "python",
    ]);
  });

  it("patches a few requirements, and as many as a graph has", () => {
    const names = Array.from({ length: 130 }, (_, at) => `s${String(at).padStart(3, "0")}`);
    const graphWith = (count: number) =>
      graphOf({
        ...Object.fromEntries(
          names.map((name, at) => [name, at < count ? either("base", "other") : "other"]),
        ),
        base: [],
        other: [],
      });
    for (const count of [5, 130]) {
      const { graph, index } = graphWith(count);
      const { graph: changed, changed: owners } = hypotheticalGraph(graph, [
        { kind: "REMOVE_SKILL", skill: index("base") },
      ]);
      expect(owners).toHaveLength(count + 1);
      for (let owner = 0; owner < changed.ownerCount; owner++)
        expect(leavesOf(requirementTree(changed, owner))).toEqual(
          leavesOf(requirementTree(graph, owner)).filter((leaf) => leaf !== index("base")),
        );
      expect(Array.from(unlocks(changed, [index("other")], 1).skills)).toHaveLength(130);
    }
  });

  it("names the loop that a change would close", () => {
    const { graph, index, indices } = graphOf({ a: [], b: "a", c: "b", d: [] });
    const answer = runToEnd(
      whatIfSearch(graph, [{ kind: "ADD_PREREQUISITE", owner: index("a"), requirement: skill(index("c")) }], {
        goals: [index("c")],
        known: [],
        choose: [],
        avoid: [],
      }),
    );
    expect(answer.unlearnable).toEqual(indices("a", "b", "c"));
    expect(answer.loop).toEqual(indices("a", "c", "b"));
    expect(answer.then.kind).toBe("unreachable");
  });

  it.each<[string, HypotheticalChange]>([
    ["an owner that is not there", { kind: "SET_COST", owner: 99, cost: 1 }],
    ["a skill that is not there", { kind: "REMOVE_SKILL", skill: 9 }],
    ["a skill before the first", { kind: "REMOVE_SKILL", skill: -1 }],
    ["a negative cost", { kind: "SET_COST", owner: 0, cost: -1 }],
    ["a requirement of an unknown skill", { kind: "SET_REQUIREMENT", owner: 0, requirement: skill(77) }],
    [
      "a group that needs too many",
      { kind: "ADD_SKILL", cost: 1, requirement: { atLeast: 2, of: [skill(0)] } },
    ],
  ])("refuses %s", (_, wrong) => {
    const { graph } = django();
    expect(() => hypotheticalGraph(graph, [wrong])).toThrow(RangeError);
  });

  it("refuses more changes than a what-if has", () => {
    const { graph } = django();
    const many = new Array(MAX_HYPOTHETICAL_CHANGES + 1).fill({ kind: "ADD_SKILL", cost: 1 });
    expect(() => hypotheticalGraph(graph, many)).toThrow("expected at most");
  });
});

/** An owner's requirement after the changes, in their order, and at the end without the removed skills. */
function requirementAfter(
  today: Requirement<number> | undefined,
  owner: number,
  changes: readonly HypotheticalChange[],
  removed: readonly number[],
): Requirement<number> | undefined {
  if (removed.includes(owner)) return undefined;
  let tree = today;
  for (const change of changes) {
    if (!("owner" in change) || change.owner !== owner) continue;
    if (change.kind === "SET_REQUIREMENT") tree = change.requirement;
    if (change.kind === "ADD_PREREQUISITE")
      tree = tree === undefined ? change.requirement : allOf(tree, change.requirement);
    if (change.kind === "DROP_PREREQUISITE" && tree !== undefined)
      tree = withoutSkills(tree, new Set([change.skill]));
  }
  return tree === undefined ? undefined : withoutSkills(tree, new Set(removed));
}
