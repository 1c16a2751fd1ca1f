import fc from "fast-check";
import { expect, it } from "vitest";
import { skill } from "../../../src/graph/model/requirement.ts";
import type { PathQuestion } from "../../../src/planning/path-question.ts";
import type { HypotheticalChange } from "../../../src/planning/scenarios/hypothetical-graph.ts";
import { impactSearch } from "../../../src/planning/scenarios/impact.ts";
import { whatIfSearch } from "../../../src/planning/scenarios/what-if.ts";
import { choiceQuestion } from "../../support/choice-questions.ts";
import { django } from "../../support/graphs.ts";
import { runToEnd } from "../../support/run-to-end.ts";

const changesOf = (owners: number, skills: number): fc.Arbitrary<HypotheticalChange[]> => {
  const owner = fc.nat({ max: owners - 1 });
  const named = fc.nat({ max: skills - 1 });
  return fc.array(
    fc.oneof(
      fc.record({ kind: fc.constant("REMOVE_SKILL" as const), skill: named }),
      fc.record({ kind: fc.constant("SET_COST" as const), owner: named, cost: fc.nat({ max: 30 }) }),
      fc.record({ kind: fc.constant("ADD_PREREQUISITE" as const), owner, requirement: named.map(skill) }),
      fc.record({ kind: fc.constant("DROP_PREREQUISITE" as const), owner, skill: named }),
    ),
    { maxLength: 3 },
  );
};

it("says of each question what a what-if says of it alone, also of those that it does not search", () => {
  fc.assert(
    fc.property(
      choiceQuestion(8).chain((asked) =>
        fc.record({
          asked: fc.constant(asked),
          changes: changesOf(asked.owners.length, asked.skillCount),
        }),
      ),
      ({ asked: { graph, question, owners }, changes }) => {
        const questions: PathQuestion[] = [
          question,
          ...owners.map((_, owner) => ({ goals: [owner], known: [], choose: [], avoid: [] })),
        ];
        const { changed, unlearnable, loop } = runToEnd(impactSearch(graph, changes, questions));
        const alone = questions.map((each) => runToEnd(whatIfSearch(graph, changes, each)));
        const expected = alone.flatMap(({ today, then, difference }, at) => {
          const before = today.kind === "path" ? today.cost : undefined;
          const after = then.kind === "path" ? then.cost : undefined;
          const isSame =
            difference === undefined
              ? before === undefined && after === undefined
              : difference.extraCost === 0 && difference.added.length + difference.dropped.length === 0;
          return isSame ? [] : [{ question: at, before, after }];
        });
        expect(changed).toEqual(expected);
        expect(unlearnable).toEqual(alone[0]!.unlearnable);
        expect(loop).toEqual(alone[0]!.loop);
      },
    ),
  );
});

it("tells another way of the same hours, and no more than that", () => {
  const { graph, index: at } = django();
  const questions = ["django", "git"].map((goal) => ({
    goals: [at(goal)],
    known: [],
    choose: [],
    avoid: [],
  }));
  const changes: HypotheticalChange[] = [
    { kind: "SET_COST", owner: at("mysql"), cost: 2500 },
    { kind: "SET_COST", owner: at("postgresql"), cost: 2000 },
  ];
  const { changed } = runToEnd(impactSearch(graph, changes, questions));
  expect(changed).toEqual([{ question: 0, before: 18_300, after: 18_300 }]);
});
