import fc from "fast-check";
import { expect, it } from "vitest";
import { buildPrerequisiteGraph, type OwnerInput } from "../../../src/graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../../../src/graph/model/prerequisite-graph.ts";
import { type Run, renumberedGraph } from "../../../src/graph/model/renumbered-graph.ts";
import { isGroup, type Requirement } from "../../../src/graph/model/requirement.ts";
import { withRequirements } from "../../../src/graph/model/with-requirement.ts";
import { contents } from "../../support/graph-contents.ts";
import { leavesOf, randomGraph, randomRequirement } from "../../support/random-graph.ts";
import { withRequirement } from "../../support/with-requirement.ts";

function moved(requirement: Requirement<number>, placeOf: ArrayLike<number>): Requirement<number> {
  return isGroup(requirement)
    ? { atLeast: requirement.atLeast, of: requirement.of.map((member) => moved(member, placeOf)) }
    : { skill: placeOf[requirement.skill]! };
}

const NEW: OwnerInput = { cost: 0, requirement: undefined };

it("equals a full build of what stays and comes, and can be patched again", () => {
  fc.assert(
    fc.property(
      randomGraph({ maxSkills: 8, maxOthers: 4 }),
      fc.array(fc.nat({ max: 2 }), { minLength: 13, maxLength: 13 }),
      fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
      ({ graph, owners, skillCount }, coming, going) => {
        const clear = new Map<number, undefined>();
        owners.forEach(({ requirement }, owner) => {
          const isCleared = going[owner] || leavesOf(requirement).some((skill) => going[skill]);
          if (isCleared) clear.set(owner, undefined);
        });
        const placeOf = new Int32Array(owners.length);
        const runs: Run[] = [];
        const after: OwnerInput[] = [];
        let skills = 0;
        owners.forEach(({ cost, requirement }, owner) => {
          for (let more = 0; more < coming[owner]!; more++) after.push(NEW);
          placeOf[owner] = after.length;
          if (!going[owner]) {
            runs.push({ from: owner, to: owner + 1, at: after.length });
            after.push({ cost, requirement: clear.has(owner) ? undefined : requirement });
          }
          if (owner === skillCount - 1) skills = after.length;
        });
        const expected = after.map(({ cost, requirement }) => ({
          cost,
          requirement: requirement === undefined ? undefined : moved(requirement, placeOf),
        }));
        const cleared = withRequirements(graph, clear);
        const before = contents(cleared);
        let now = renumberedGraph(cleared, { ownerCount: after.length, skillCount: skills, runs });
        expect(contents(now)).toEqual(contents(buildPrerequisiteGraph(skills, expected)));
        // Left-over groups must not run into those that follow, nor come back when room is made.
        for (let round = 0; round < 60 && skills > 0; round++)
          now = withRequirement(now, 0, {
            atLeast: 1 + (round % 2),
            of: [{ skill: 0 }, { skill: skills - 1 }],
          });
        if (skills > 0)
          expected[0] = {
            cost: expected[0]!.cost,
            requirement: { atLeast: 2, of: [{ skill: 0 }, { skill: skills - 1 }] },
          };
        expect(contents(now)).toEqual(contents(buildPrerequisiteGraph(skills, expected)));
        expect(contents(cleared)).toEqual(before);
      },
    ),
    { numRuns: 200 },
  );
});

/** As a what-if does: further skills behind the others. */
function widened(graph: PrerequisiteGraph, more: number): PrerequisiteGraph {
  return renumberedGraph(graph, {
    ownerCount: graph.ownerCount + more,
    skillCount: graph.skillCount + more,
    runs: [
      { from: 0, to: graph.skillCount, at: 0 },
      { from: graph.skillCount, to: graph.ownerCount, at: graph.skillCount + more },
    ],
  });
}

it("is the graph built with additional skills", () => {
  fc.assert(
    fc.property(randomGraph({ maxOthers: 3 }), fc.nat({ max: 3 }), ({ graph, owners, skillCount }, more) => {
      const added: OwnerInput[] = new Array(more).fill(NEW);
      const wide = [...owners.slice(0, skillCount), ...added, ...owners.slice(skillCount)];
      expect(contents(widened(graph, more))).toEqual(
        contents(buildPrerequisiteGraph(skillCount + more, wide)),
      );
    }),
  );
});

it("goes its own way from the graph before, whichever of them is changed when", () => {
  const before = (owners: readonly OwnerInput[]): OwnerInput[] => [
    NEW,
    ...owners.map(({ cost, requirement }) => ({
      cost,
      requirement:
        requirement &&
        moved(
          requirement,
          Int32Array.from(owners, (_, at) => at + 1),
        ),
    })),
  ];
  const withOneBefore = (graph: PrerequisiteGraph) =>
    renumberedGraph(graph, {
      ownerCount: graph.ownerCount + 1,
      skillCount: graph.skillCount + 1,
      runs: [{ from: 0, to: graph.ownerCount, at: 1 }],
    });
  const change = fc.record({
    line: fc.nat({ max: 1 }),
    owner: fc.nat({ max: 20 }),
    requirement: randomRequirement(2, 2),
    isRenumbered: fc.boolean(),
  });
  // Some use up the spare room, which both lines share.
  const changes = fc.oneof(
    fc.array(change, { maxLength: 10 }),
    fc.array(change, { maxLength: 60, size: "max" }),
  );
  fc.assert(
    fc.property(randomGraph({ maxOthers: 2 }), changes, (random, changes) => {
      fc.pre(random.skillCount >= 2);
      const { graph, owners, skillCount } = random;
      const lines = [
        { graph, owners: [...owners], skills: skillCount },
        { graph: withOneBefore(graph), owners: before(owners), skills: skillCount + 1 },
      ];
      for (const { line, owner, requirement, isRenumbered } of changes) {
        const changed = lines[line]!;
        if (isRenumbered) {
          changed.graph = withOneBefore(changed.graph);
          changed.owners = before(changed.owners);
          changed.skills++;
        }
        const at = owner % changed.owners.length;
        changed.graph = withRequirement(changed.graph, at, requirement);
        changed.owners[at] = { cost: changed.owners[at]!.cost, requirement };
        for (const { graph, skills, owners } of lines)
          expect(contents(graph)).toEqual(contents(buildPrerequisiteGraph(skills, owners)));
      }
    }),
    { numRuns: 200 },
  );
});
