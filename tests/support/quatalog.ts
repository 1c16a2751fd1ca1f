import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildPrerequisiteGraph } from "../../src/graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import type { Requirement } from "../../src/graph/model/requirement.ts";
import type { GraphFile } from "../../src/seeding/graph-file.ts";
import type { RequirementFile } from "../../src/seeding/requirement-file.ts";

/** The university catalogue beside the repository: courses with AND/OR requirements and their exact optima. */
const folder = fileURLToPath(new URL("../../../shared/data/rpi-quatalog/", import.meta.url));

/** Why tests that need the catalogue skip, or `undefined` when it is there. */
export const quatalogAbsent: string | undefined = existsSync(`${folder}graph.json`)
  ? undefined
  : "the course catalogue is not beside the repository (../shared/data/rpi-quatalog)";

type Tree = { readonly skill: string } | { readonly op: "all" | "any"; readonly of: readonly Tree[] };

interface Catalogue {
  readonly nodes: readonly { readonly id: string; readonly title: string | null }[];
  readonly trees: Readonly<Record<string, Tree>>;
}

function readCatalogue(): Catalogue {
  return JSON.parse(readFileSync(`${folder}graph.json`, "utf8"));
}

/** Course ids of a catalogue in the order of their slugs; ids that are named but never defined included. */
function courseIds(catalogue: Catalogue): string[] {
  const ids = new Set(catalogue.nodes.map((node) => node.id));
  for (const [id, tree] of Object.entries(catalogue.trees)) {
    ids.add(id);
    const stack = [tree];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if ("skill" in at) ids.add(at.skill);
      else stack.push(...at.of);
    }
  }
  return [...ids].sort((a, b) => (slugOf(a) < slugOf(b) ? -1 : 1));
}

function slugOf(id: string): string {
  return id.toLowerCase();
}

export interface Quatalog {
  readonly graph: PrerequisiteGraph;
  readonly ids: readonly string[];
  /** Per course with a requirement: its index and the least number of other courses it takes. */
  readonly targets: readonly { readonly id: string; readonly skill: number; readonly minimum: number }[];
}

/** What one course costs, in hundredths of an hour. */
export const COURSE_COST = 100;

/** The catalogue as a prerequisite graph in which every course costs `COURSE_COST`. */
export function quatalog(): Quatalog {
  const catalogue = readCatalogue();
  const ids = courseIds(catalogue);
  const indexOf = new Map(ids.map((id, index) => [id, index]));
  const requirement = (tree: Tree): Requirement<number> => {
    if ("skill" in tree) return { skill: indexOf.get(tree.skill)! };
    return { atLeast: tree.op === "all" ? tree.of.length : 1, of: tree.of.map(requirement) };
  };
  const graph = buildPrerequisiteGraph(
    ids.length,
    ids.map((id) => {
      const tree = catalogue.trees[id];
      return { cost: COURSE_COST, requirement: tree === undefined ? undefined : requirement(tree) };
    }),
  );
  const optima: Readonly<Record<string, { readonly minimum: number }>> = JSON.parse(
    readFileSync(`${folder}optimum.json`, "utf8"),
  );
  const targets = Object.entries(optima).map(([id, { minimum }]) => ({
    id,
    skill: indexOf.get(id)!,
    minimum,
  }));
  return { graph, ids, targets };
}

/** The catalogue as a graph file, for the import: one hour a course. */
export function quatalogGraphFile(): GraphFile {
  const catalogue = readCatalogue();
  const titles = new Map(catalogue.nodes.map((node) => [node.id, node.title]));
  const requires = (tree: Tree): RequirementFile => {
    if ("skill" in tree) return slugOf(tree.skill);
    return tree.op === "all" ? { allOf: tree.of.map(requires) } : { anyOf: tree.of.map(requires) };
  };
  const skills = courseIds(catalogue).map((id) => {
    const tree = catalogue.trees[id];
    return {
      slug: slugOf(id),
      name: titles.get(id) ?? id,
      kind: "CONCEPT" as const,
      hours: 1,
      ...(tree === undefined ? {} : { requires: requires(tree) }),
    };
  });
  return { skills };
}
