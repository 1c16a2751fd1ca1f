import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { buildPrerequisiteGraph, type OwnerInput } from "../../../src/graph/model/graph-builder.ts";
import { allOf, anyOf, isGroup, type Requirement, skill } from "../../../src/graph/model/requirement.ts";
import { chooseProjects, milestones, withProjects } from "../../../src/planning/time/milestones.ts";

const SKILLS = 8;

const requirement: fc.Arbitrary<Requirement<number>> = fc.letrec<{ tree: Requirement<number> }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, depthSize: "small" },
    fc.integer({ min: 0, max: SKILLS - 1 }).map((index) => skill(index)),
    fc
      .array(tie("tree"), { minLength: 0, maxLength: 4 })
      .chain((of) => fc.integer({ min: 0, max: of.length }).map((atLeast) => ({ atLeast, of }))),
  ),
})).tree;

function isMet(node: Requirement<number> | undefined, had: ReadonlySet<number>): boolean {
  if (node === undefined) return true;
  if (!isGroup(node)) return had.has(node.skill);
  return node.of.filter((member) => isMet(member, had)).length >= node.atLeast;
}

const skillOwners: OwnerInput[] = Array.from({ length: SKILLS }, (_, index) => ({
  cost: 100 * (index + 1),
  requirement: undefined,
}));

describe("milestones", () => {
  it("stand where the requirement is met and what they practise is learned, and a step earlier that was not so", () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(requirement, { nil: undefined }), { maxLength: 5 }),
        fc.shuffledSubarray([...Array(SKILLS).keys()]),
        fc.subarray([...Array(SKILLS).keys()]),
        fc.subarray([...Array(SKILLS).keys()]),
        (requirements, order, known, practises) => {
          const path = order.filter((index) => !known.includes(index));
          const graph = buildPrerequisiteGraph(SKILLS, [
            ...skillOwners,
            ...requirements.map((tree) => ({ cost: 700, requirement: tree })),
          ]);
          const projects = requirements.map((_, index) => ({ owner: SKILLS + index, practises }));
          const found = milestones(graph, path, known, projects);
          const had = (steps: number) => new Set([...known, ...path.slice(0, steps)]);
          for (const [index, tree] of requirements.entries()) {
            const milestone = found.find(({ project }) => project === SKILLS + index);
            const practised = path.filter((step) => practises.includes(step));
            if (milestone === undefined) {
              expect(!isMet(tree, had(path.length)) || (isMet(tree, had(0)) && practised.length === 0)).toBe(
                true,
              );
              continue;
            }
            expect(milestone.practises).toEqual(practised);
            expect(milestone.afterSteps > 0 || practised.length > 0).toBe(true);
            expect(milestone.cost).toBe(700);
            expect(isMet(tree, had(milestone.afterSteps))).toBe(true);
            const hasPractised = (steps: number) => practised.every((step) => path.indexOf(step) < steps);
            expect(hasPractised(milestone.afterSteps)).toBe(true);
            const before = milestone.afterSteps - 1;
            if (before >= 0) expect(isMet(tree, had(before)) && hasPractised(before)).toBe(false);
          }
          const places = found.map(({ afterSteps }) => afterSteps);
          expect(places).toEqual([...places].sort((a, b) => a - b));

          const plan = withProjects(graph, path, found);
          expect(plan.filter(({ kind }) => kind === "SKILL").map(({ owner }) => owner)).toEqual(path);
          for (const { project, afterSteps } of found) {
            const place = plan.findIndex(({ kind, owner }) => kind === "PROJECT" && owner === project);
            expect(plan.slice(0, place).filter(({ kind }) => kind === "SKILL")).toHaveLength(afterSteps);
          }
          expect(plan).toHaveLength(path.length + found.length);
        },
      ),
      { numRuns: 400 },
    );
  });

  it("chooses few projects that practise most, and says what is left", () => {
    // 0 … 5 are learned in order; one project practises the middle four, two share the rest among them.
    const graph = buildPrerequisiteGraph(SKILLS, [
      ...skillOwners,
      { cost: 500, requirement: allOf(skill(0), skill(1)) },
      { cost: 500, requirement: anyOf(skill(3), skill(4)) },
      { cost: 900, requirement: skill(2) },
      { cost: 100, requirement: skill(2) },
    ]);
    const path = [0, 1, 2, 3, 4, 5];
    const feasible = milestones(
      graph,
      path,
      [],
      [
        { owner: 8, practises: [0, 1, 2] },
        { owner: 9, practises: [2, 3, 4] },
        { owner: 10, practises: [1, 2, 3, 7] },
        { owner: 11, practises: [2, 3, 4] },
      ],
    );
    const choice = chooseProjects(graph, path, feasible);
    expect(choice).toEqual({
      milestones: [
        { project: 8, afterSteps: 3, practises: [0, 1, 2], cost: 500 },
        { project: 11, afterSteps: 5, practises: [2, 3, 4], cost: 100 },
      ],
      practised: [0, 1, 2, 3, 4],
      unpractised: [5],
      practisedCost: 1_500,
      isOptimal: true,
    });
    expect(chooseProjects(graph, path, feasible, 1).milestones.map(({ project }) => project)).toEqual([11]);
    expect(chooseProjects(graph, path, [])).toMatchObject({
      milestones: [],
      unpractised: path,
      isOptimal: true,
    });
  });
});
