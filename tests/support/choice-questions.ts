import fc from "fast-check";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import { allOf, type Requirement, skill } from "../../src/graph/model/requirement.ts";
import type { AskedGraph } from "./random-questions.ts";

/**
 * Random graphs in which most questions have an answer with several steps and real choices: requirements mostly
 * name lower indices, and the goal needs a few groups of alternatives. Now and then a member leads forward, so
 * that loops through alternatives occur, and something is known, chosen or avoided.
 */
export function choiceQuestion(maxSkills: number): fc.Arbitrary<AskedGraph> {
  return fc.integer({ min: 4, max: maxSkills }).chain((skillCount) => {
    const any = fc.nat({ max: skillCount - 1 });
    const requirementBelow = (index: number): fc.Arbitrary<Requirement<number> | undefined> => {
      const leaf = fc
        .oneof({ weight: 8, arbitrary: fc.nat({ max: index - 1 }) }, { weight: 1, arbitrary: any })
        .map((member) => skill(member));
      return fc.oneof(
        { weight: 2, arbitrary: fc.constant(undefined) },
        { weight: 2, arbitrary: leaf },
        { weight: 4, arbitrary: groupOf(fc.oneof(leaf, leaf, groupOf(leaf))) },
      );
    };
    const goal = fc.array(
      groupOf(
        fc.oneof(
          any.map((member) => skill(member)),
          groupOf(any.map((member) => skill(member))),
        ),
      ),
      {
        minLength: 1,
        maxLength: 3,
      },
    );
    const seldom = fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(any, { maxLength: 1 }));
    return fc
      .record({
        requirements: fc.tuple(
          ...Array.from({ length: skillCount }, (_, index) =>
            index === 0 ? fc.constant(undefined) : requirementBelow(index),
          ),
        ),
        costs: fc.array(fc.nat({ max: 20 }), { minLength: skillCount, maxLength: skillCount }),
        goal,
        more: seldom,
        known: seldom,
        choose: seldom,
        avoid: seldom,
      })
      .map(({ requirements, costs, goal: groups, more, known, choose, avoid }) => {
        const owners = [
          ...requirements.map((requirement, index) => ({ cost: costs[index]!, requirement })),
          { cost: 0, requirement: allOf(...groups) },
        ];
        const graph = buildPrerequisiteGraph(skillCount, owners);
        return {
          owners,
          skillCount,
          graph,
          question: { goals: [skillCount, ...more], known, choose, avoid },
        };
      });
  });
}

/** Two or three members, of which mostly one is enough. */
function groupOf(member: fc.Arbitrary<Requirement<number>>): fc.Arbitrary<Requirement<number>> {
  return fc
    .array(member, { minLength: 2, maxLength: 3 })
    .chain((of) =>
      fc
        .oneof(
          { weight: 3, arbitrary: fc.constant(1) },
          { weight: 2, arbitrary: fc.integer({ min: 1, max: of.length }) },
        )
        .map((atLeast) => ({ atLeast, of })),
    );
}
