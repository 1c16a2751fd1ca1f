import { join } from "node:path";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { Requirement } from "../../src/graph/model/requirement.ts";
import { graphFilesAt } from "../../src/seeding/graph-files.ts";
import { readGraphFiles } from "../../src/seeding/read-graph-file.ts";
import { bareRequirement } from "../../src/seeding/requirement-file.ts";
import { solveLearningPath } from "./solve.ts";

/** The shipped graph without a database. */
const { rows } = await readGraphFiles(graphFilesAt([join(import.meta.dirname, "..", "..", "seeds")]).files);
const bySlug = (a: { slug: string }, b: { slug: string }) => (a.slug < b.slug ? -1 : 1);
export const skills = rows.skills.flatMap(({ row }) => row ?? []).sort(bySlug);
export const roles = rows.roles.flatMap(({ row }) => row ?? []);
export const projects = rows.projects.flatMap(({ row }) => row ?? []);
export const roadmaps = rows.roadmaps.flatMap(({ row }) => row ?? []);
export const skillOf = new Map(skills.map((skill) => [skill.slug, skill]));
const indexOf = new Map(skills.map(({ slug }, index) => [slug, index]));

export function index(slug: string): number {
  const found = indexOf.get(slug);
  if (found === undefined) throw new Error(`expected a skill of the seeds, got "${slug}"`);
  return found;
}

function withIndices(requirement: Requirement<string>): Requirement<number> {
  if ("skill" in requirement) return { skill: index(requirement.skill) };
  return { atLeast: requirement.atLeast, of: requirement.of.map(withIndices) };
}

/** Skills in the order of their slugs, then roles and projects in the order of the files. */
export const graph = buildPrerequisiteGraph(
  skills.length,
  [
    ...skills.map(({ hours, requires }) => ({ hours, requires })),
    ...[...roles, ...projects].map(({ requires }) => ({ hours: 0, requires })),
  ].map(({ hours, requires }) => ({
    cost: Math.round(hours * 100),
    requirement: requires === undefined ? undefined : withIndices(bareRequirement(requires)),
  })),
);

export const ownerOfRole = (slug: string) => skills.length + roles.findIndex((role) => role.slug === slug);
export const ownerOfProject = (slug: string) =>
  skills.length + roles.length + projects.findIndex((project) => project.slug === slug);

/** The cheapest path to some owners of the graph, with the slugs of its skills. Throws where there is none. */
export function pathTo(
  goals: readonly number[],
  { choose = [], known = [] }: { choose?: readonly string[]; known?: readonly string[] } = {},
) {
  const path = solveLearningPath(graph, {
    goals,
    known: known.map(index),
    choose: choose.map(index),
    avoid: [],
  });
  if (path.kind !== "path") throw new Error(`expected a path, got ${JSON.stringify(path)}`);
  return { ...path, slugs: path.skills.map((skill) => skills[skill]!.slug) };
}
