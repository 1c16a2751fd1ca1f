import fc from "fast-check";
import { expect, it } from "vitest";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";
import type { GraphFile } from "../../src/seeding/graph-file.ts";
import { bareRequirement, type RequirementFile } from "../../src/seeding/requirement-file.ts";
import { toRows } from "../../src/seeding/rows.ts";
import { readSnapshot } from "../../src/store/snapshot/build-snapshot.ts";
import { describeOnBothDatabases } from "../support/databases.ts";
import { contents, snapshotContents } from "../support/graph-contents.ts";
import { type RandomGraph, randomGraph } from "../support/random-graph.ts";
import { sampleFile } from "../support/sample-file.ts";

/** What the file says a snapshot is, spelled out: owners in order, slugs in JavaScript's order. */
function expectedGraph(file: GraphFile): PrerequisiteGraph {
  const bySlug = <Row extends { readonly slug: string }>(rows: readonly Row[] = []) =>
    rows.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  const skills = bySlug(file.skills);
  const index = new Map(skills.map(({ slug }, i) => [slug, i]));
  const indexed = (requirement: Requirement<string>): Requirement<number> =>
    isGroup(requirement)
      ? { atLeast: requirement.atLeast, of: requirement.of.map(indexed) }
      : { skill: index.get(requirement.skill)! };
  const owner = (hours: number, ...requires: (RequirementFile | undefined)[]) => {
    const trees = requires.filter((each) => each !== undefined).map((each) => indexed(bareRequirement(each)));
    const requirement = trees.length > 1 ? { atLeast: trees.length, of: trees } : trees[0];
    return { cost: Math.round(hours * 100), requirement };
  };
  return buildPrerequisiteGraph(skills.length, [
    ...skills.map(({ hours, requires }) => owner(hours, requires)),
    ...bySlug(file.projects).map(({ hours, requires }) => owner(hours, requires)),
    ...bySlug(file.roles).map(({ requires }) => owner(0, requires)),
    ...bySlug(file.roadmaps).map(({ steps }) => owner(0, ...steps.map(({ requires }) => requires))),
  ]);
}

/** Slugs in an order that English rules, which ignore hyphens, would change. */
const SLUGS = ["b-a", "ba", "a-c", "ab", "c", "b", "a9", "a-1", "zz", "z-z"];

function toFile({ skillCount, owners }: RandomGraph): GraphFile {
  const slug = (skill: number) => SLUGS[skill]!;
  const written = (requirement: Requirement<number>): RequirementFile =>
    isGroup(requirement)
      ? { atLeast: requirement.atLeast, of: requirement.of.map(written) }
      : slug(requirement.skill);
  const rows = owners.map(({ cost, requirement }, i) => ({
    slug: i < skillCount ? slug(i) : `owner-${i}`,
    name: `Owner ${i}`,
    hours: cost / 4,
    ...(requirement === undefined ? {} : { requires: written(requirement) }),
  }));
  const others = rows.slice(skillCount);
  return {
    skills: rows.slice(0, skillCount).map((row) => ({ ...row, kind: "CONCEPT" })),
    projects: others.slice(0, 2).map((row) => ({ ...row, kind: "APPLICATION" })),
    roles: others.slice(2, 4).map(({ slug, name, requires }) => ({ slug, name, requires })),
    roadmaps: [
      {
        slug: "a-roadmap",
        name: "A roadmap",
        ordered: true,
        steps: others.slice(4).map(({ name, requires }) => ({ name, requires })),
      },
    ],
  };
}

describeOnBothDatabases("the snapshot", (open) => {
  it("is what was written, whatever was stored before", async () => {
    const store = await open();
    await fc.assert(
      fc.asyncProperty(randomGraph({ maxSkills: 10, maxOthers: 7, learnable: true }), async (random) => {
        const file = toFile(random);
        await store.write(toRows(file), "random", { replace: true });
        const { graph, skills } = store.snapshot();
        expect(contents(graph)).toEqual(contents(expectedGraph(file)));
        expect([...skills.slugs]).toEqual(file.skills?.map(({ slug }) => slug).toSorted());
      }),
      { numRuns: 10 },
    );
  });

  it("is the same in whatever pieces it is read", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample");
    const edited = { ...sampleFile().skills!.find(({ slug }) => slug === "css")!, requires: "git" };
    await store.write(toRows({ skills: [edited] }), "edited");
    const expected = snapshotContents(store.snapshot());
    for (const size of [1, 2, 3, 7]) {
      const pieces = { entities: size, nodes: size };
      expect(snapshotContents(await readSnapshot(store.prisma, pieces))).toEqual(expected);
    }
  });

  it("knows every entity by slug, name and id", async () => {
    const store = await open();
    await store.write(toRows(sampleFile()), "sample");
    const { graph, skills, projects, roles, roadmaps, outline, ...rest } = store.snapshot();
    expect(contents(graph)).toEqual({
      ...contents(expectedGraph(sampleFile())),
      merits: [
        [0, 0, 0, 0, 301, 0, 0, 0, 0],
        [0, 0, 1, 1, 0, 0, 0, 0, 0],
      ],
    });
    expect(rest).toEqual({ revision: 1, firstProject: 9, firstRole: 10, firstRoadmap: 11 });
    expect([...roadmaps.slugs]).toEqual(["first-steps", "loose-list"]);
    expect([...outline.orderedRoadmaps].map((id) => roadmaps.slugs.at(roadmaps.ids.indexOf(id)))).toEqual([
      "first-steps",
    ]);
    const tables = {
      skill: skills,
      project: projects,
      role: roles,
      roadmap: roadmaps,
    };
    const stored = {
      skill: await store.prisma.skill.findMany(),
      project: await store.prisma.project.findMany(),
      role: await store.prisma.role.findMany(),
      roadmap: await store.prisma.roadmap.findMany(),
    };
    for (const kind of ["skill", "project", "role", "roadmap"] as const) {
      const { slugs, names, ids, indexOf } = tables[kind];
      expect(slugs).toHaveLength(stored[kind].length);
      for (const row of stored[kind]) {
        const index = indexOf.get(row.slug)!;
        expect([slugs.at(index), names.at(index), ids[index]]).toEqual([row.slug, row.name, row.id]);
      }
    }
  });
});
