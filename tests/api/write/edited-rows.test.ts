import fc from "fast-check";
import { expect, test } from "vitest";
import { editedRows, readRowsToEdit } from "../../../src/api/write/edited-rows.ts";
import { isGroup, type Requirement, requirementTree } from "../../../src/graph/model/requirement.ts";
import { hypotheticalGraph } from "../../../src/planning/scenarios/hypothetical-graph.ts";
import { graphFile } from "../../../src/seeding/graph-file.ts";
import { toRows } from "../../../src/seeding/rows.ts";
import type { GraphRows, RequirementNodeRow } from "../../../src/store/rows/graph-rows.ts";
import { readGraphRows } from "../../../src/store/rows/read-graph.ts";
import { requirementRows } from "../../../src/store/rows/requirement-rows.ts";
import type { GraphSnapshot } from "../../../src/store/snapshot/graph-snapshot.ts";
import { emptyDatabases } from "../../support/database-pool.ts";

const SKILLS = ["a", "b", "c", "d"];
const ADDED = ["x", "y"];
const ALL = [...SKILLS, ...ADDED];

/** What the API takes: groups have members, and ask for one to all of them. */
const tree = (skills: number): fc.Arbitrary<Requirement<number>> =>
  fc.letrec<{ node: Requirement<number> }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 2 },
      fc.nat({ max: skills - 1 }).map((skill) => ({ skill })),
      fc
        .array(tie("node"), { minLength: 1, maxLength: 4 })
        .chain((of) => fc.integer({ min: 1, max: of.length }).map((atLeast) => ({ atLeast, of }))),
    ),
  })).node;

const change = fc.oneof(
  fc.record({ kind: fc.constant("REMOVE_SKILL" as const), skill: fc.nat({ max: 3 }) }),
  fc.record({
    kind: fc.constant("SET_COST" as const),
    owner: fc.nat({ max: 3 }),
    cost: fc.nat({ max: 999 }),
  }),
  fc.record(
    { kind: fc.constant("SET_REQUIREMENT" as const), owner: fc.nat({ max: 4 }), requirement: tree(6) },
    { requiredKeys: ["kind", "owner"] },
  ),
  fc.record({
    kind: fc.constant("ADD_PREREQUISITE" as const),
    owner: fc.nat({ max: 4 }),
    requirement: tree(6),
  }),
  fc.record({
    kind: fc.constant("DROP_PREREQUISITE" as const),
    owner: fc.nat({ max: 5 }),
    skill: fc.nat({ max: 5 }),
  }),
);

/** Whether a requirement is met by the skills of a set of bits. */
function isMet(requirement: Requirement<number> | undefined, known: number): boolean {
  if (requirement === undefined) return true;
  if (!isGroup(requirement)) return (known & (1 << requirement.skill)) !== 0;
  return requirement.of.filter((member) => isMet(member, known)).length >= requirement.atLeast;
}

function treeOf(rows: readonly RequirementNodeRow[], ordinal = 0): Requirement<number> | undefined {
  const row = rows[ordinal];
  if (row === undefined) return undefined;
  if (row.needs !== null) return { skill: ALL.indexOf(row.needs) };
  const of = rows.flatMap(({ parentOrdinal }, at) =>
    parentOrdinal === ordinal ? (treeOf(rows, at) ?? []) : [],
  );
  return { atLeast: row.atLeast ?? 0, of };
}

test("the rows that are written make the graph that a what-if shows", async () => {
  const store = await emptyDatabases.open();
  const skills = SKILLS.map((slug, at) => ({ slug, name: slug, hours: at + 1 }));
  const requires = { allOf: ["a", { atLeast: 2, of: ["b", "c", { anyOf: ["d", "a"] }] }] };
  const rows = toRows(
    graphFile.parse({
      skills: skills.map((skill) =>
        skill.slug === "d" ? { ...skill, requires: { anyOf: ["a", "c"] } } : skill,
      ),
      projects: [{ slug: "p", name: "P", hours: 1, requires }],
      roadmaps: [
        {
          slug: "r",
          name: "R",
          ordered: true,
          steps: [
            { name: "1", requires: "a" },
            { name: "2", requires },
          ],
        },
      ],
    }),
  );
  await store.write(rows, "test");
  const snapshot: GraphSnapshot = store.snapshot();
  const everything = await readGraphRows(store.prisma);
  const added = ADDED.map((slug) => ({ slug, name: slug }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { maxLength: 6 }),
      fc.array(fc.option(tree(6), { nil: undefined }), { minLength: 2, maxLength: 2 }),
      async (others, ofAdded) => {
        const changes = [
          ...ofAdded.map((requirement) => ({
            kind: "ADD_SKILL" as const,
            cost: 100,
            ...(requirement && { requirement }),
          })),
          ...others,
        ];
        const then = hypotheticalGraph(snapshot.graph, changes);
        const edited = editedRows(
          snapshot,
          { changes, added },
          await readRowsToEdit(store.prisma, snapshot, changes),
        );
        const deleted = new Set(edited.deleted.SKILL);
        const ofRows = <Row extends { readonly slug: string }>(
          list: (of: GraphRows) => readonly Row[],
          slug: string,
        ) =>
          list(edited.rows).find((row) => row.slug === slug) ??
          list(everything).find((row) => row.slug === slug)!;
        for (const [index, slug] of ALL.entries()) {
          if (deleted.has(slug)) continue;
          const row = ofRows((of) => of.skills, slug);
          expect(Math.round(row.hours * 100)).toBe(then.graph.cost[index]);
          same(treeOf(row.requirement), requirementTree(then.graph, index));
        }
        const project = ofRows((of) => of.projects, "p");
        same(
          treeOf(project.requirement),
          requirementTree(then.graph, then.ownerIndex(snapshot.firstProject)),
        );
        const steps = ofRows((of) => of.roadmaps, "r").steps.flatMap(
          (step) => treeOf(step.requirement) ?? [],
        );
        const roadmap = then.ownerIndex(snapshot.firstRoadmap);
        if (!others.some((other) => "requirement" in other && other.owner === 5))
          same({ atLeast: steps.length, of: steps }, requirementTree(then.graph, roadmap));
      },
    ),
    { numRuns: 500 },
  );
  await store.close();
});

function same(one: Requirement<number> | undefined, other: Requirement<number> | undefined): void {
  for (let known = 0; known < 1 << ALL.length; known++) expect(isMet(one, known)).toBe(isMet(other, known));
}

/** The rows that are read of a graph. */
test("rows of a requirement are those of a graph file", () => {
  const requirement = {
    atLeast: 1,
    of: [{ skill: "a" }, { atLeast: 2, of: [{ skill: "b" }, { skill: "c" }] }],
  };
  const [skill] = toRows(
    graphFile.parse({
      skills: [{ slug: "s", name: "S", hours: 1, requires: { anyOf: ["a", { allOf: ["b", "c"] }] } }],
    }),
  ).skills;
  expect(requirementRows(requirement)).toEqual(skill!.requirement);
});
