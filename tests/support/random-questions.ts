import fc from "fast-check";
import { buildPrerequisiteGraph, type OwnerInput } from "../../src/graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import type { Requirement } from "../../src/graph/model/requirement.ts";
import type { PathQuestion } from "../../src/planning/path-question.ts";

/** A graph with a question about it; `toString` shows both when a property fails. */
export interface AskedGraph {
  readonly owners: readonly OwnerInput[];
  readonly skillCount: number;
  readonly graph: PrerequisiteGraph;
  readonly question: PathQuestion;
}

/**
 * Random graphs of at most `maxSkills` skills, with requirements nested up to two deep, loops through
 * alternatives (and hopeless ones), members that repeat, groups that need nothing, and costs of zero.
 */
export function askedGraph(maxSkills: number): fc.Arbitrary<AskedGraph> {
  return fc.integer({ min: 1, max: maxSkills }).chain((skillCount) => {
    const skill = fc.integer({ min: 0, max: skillCount - 1 });
    const leaf: fc.Arbitrary<Requirement<number>> = skill.map((index) => ({ skill: index }));
    const groupOf = (member: fc.Arbitrary<Requirement<number>>, maxLength: number) =>
      fc
        .array(member, { minLength: 1, maxLength })
        .chain((of) => fc.integer({ min: 0, max: of.length }).map((atLeast) => ({ atLeast, of })));
    const inner = fc.oneof({ weight: 3, arbitrary: leaf }, { weight: 2, arbitrary: groupOf(leaf, 3) });
    const requirement = fc.oneof(leaf, groupOf(leaf, 4), groupOf(inner, 3));
    const cost = fc.constantFrom(0, 0, 1, 1, 2, 3, 5, 100);
    const owner = (none: number) =>
      fc.record({
        cost,
        requirement: fc.oneof(
          { weight: none, arbitrary: fc.constant(undefined) },
          { weight: 3, arbitrary: requirement },
        ),
      });
    return fc
      .record({
        skills: fc.array(owner(1), { minLength: skillCount, maxLength: skillCount }),
        others: fc.array(owner(0), { maxLength: 2 }),
        known: fc.array(skill, { maxLength: 2 }),
        choose: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(skill, { maxLength: 2 })),
        avoid: fc.oneof({ weight: 2, arbitrary: fc.constant([]) }, fc.array(skill, { maxLength: 2 })),
      })
      .chain(({ skills, others, known, choose, avoid }) => {
        const owners = [...skills, ...others];
        const goal = fc.integer({ min: 0, max: owners.length - 1 });
        return fc.array(goal, { minLength: 1, maxLength: 3 }).map((goals) => ({
          owners,
          skillCount,
          graph: buildPrerequisiteGraph(skillCount, owners),
          question: { goals, known, choose, avoid },
        }));
      });
  });
}

/**
 * As `askedGraph`, but nearly every skill has alternatives, nothing is known, and a last owner asks for much at
 * once, so that the choices hang together.
 */
export function interlockedQuestion(skillCount: number): fc.Arbitrary<AskedGraph> {
  const leaf: fc.Arbitrary<Requirement<number>> = fc
    .integer({ min: 0, max: skillCount - 1 })
    .map((index) => ({ skill: index }));
  const choice = fc
    .array(leaf, { minLength: 2, maxLength: 4 })
    .chain((of) => fc.integer({ min: 1, max: of.length - 1 }).map((atLeast) => ({ atLeast, of })));
  const allOf = (member: fc.Arbitrary<Requirement<number>>, minLength: number, maxLength: number) =>
    fc.array(member, { minLength, maxLength }).map((of) => ({ atLeast: of.length, of }));
  const cost = fc.integer({ min: 1, max: 12 });
  const skill = fc.record({
    cost,
    requirement: fc.oneof(fc.constant(undefined), choice, allOf(fc.oneof(leaf, choice), 1, 2)),
  });
  return fc
    .record({
      skills: fc.array(skill, { minLength: skillCount, maxLength: skillCount }),
      goal: fc.record({ cost, requirement: allOf(choice, 2, 5) }),
    })
    .map(({ skills, goal }) => {
      const owners = [...skills, goal];
      return {
        owners,
        skillCount,
        graph: buildPrerequisiteGraph(skillCount, owners),
        question: { goals: [skillCount], known: [], choose: [], avoid: [] },
      };
    });
}

/** The same question where two merits speak for skills, and costs are such that many paths cost the same. */
export function withMerits(asked: fc.Arbitrary<AskedGraph>): fc.Arbitrary<AskedGraph> {
  return asked.chain(({ owners, skillCount, question }) => {
    const merit = fc
      .array(fc.integer({ min: 0, max: 3 }), { minLength: skillCount, maxLength: skillCount })
      .map((figures) => Int32Array.from(figures));
    return fc.array(merit, { minLength: 1, maxLength: 2 }).map((merits) => {
      const even = owners.map((owner) => ({ ...owner, cost: Math.min(owner.cost, 2) }));
      const graph = { ...buildPrerequisiteGraph(skillCount, even), merits };
      return { owners: even, skillCount, graph, question };
    });
  });
}
