import { buildPrerequisiteGraph } from "../graph/model/graph-builder.ts";
import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { isGroup, type Requirement, requirementTree } from "../graph/model/requirement.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import type { ReadRow, ReadRows, RowOf } from "./read-rows.ts";
import { bareRequirement } from "./requirement-file.ts";
import { type PlacedRequirement, requirementsOf } from "./row-references.ts";

/** What is stored before the files are imported. */
export interface ExistingGraph {
  readonly snapshot: GraphSnapshot;
  /** Whether rows keep the stored requirement when they give none, not even null. */
  readonly isKept: boolean;
  /** The slugs of the stored resources. */
  readonly resources: ReadonlySet<string>;
  /** Their slugs by those that they had before. */
  readonly formerResources: ReadonlyMap<string, string>;
  /** The stored documents by id, each with its number of lines where that is known. */
  readonly documents: ReadonlyMap<string, number | undefined>;
}

/** The lists whose rows have requirements, in the order in which the graph numbers their rows. */
export const OWNER_LISTS = ["skills", "projects", "roles", "roadmaps"] as const;
export type OwnerList = (typeof OWNER_LISTS)[number];

/** A row with a requirement, of the files or stored, where the files do not replace it. */
export interface CombinedOwner {
  readonly list: OwnerList;
  readonly slug: string;
  /** The row of the files; absent for a stored one and for a skill that is only named. */
  readonly row: ReadRow<unknown> | undefined;
  /** The requirements of the row, with their paths in it. */
  readonly placed: readonly PlacedRequirement[];
  /** All of them as one. */
  readonly requirement: Requirement<string> | undefined;
}

/** The graph as it would be after the import. Owners are numbered skills first, each list in slug order. */
export interface CombinedGraph {
  readonly graph: PrerequisiteGraph;
  readonly owners: readonly CombinedOwner[];
  readonly indexOfSkill: ReadonlyMap<string, number>;
}

/**
 * Puts the rows of files on top of the stored graph. Since it is built to be checked, it also accepts faults, so
 * that each is found once: of several rows with one slug the first counts, a row that does not follow the schema
 * has no requirement, a skill that is only named exists and needs nothing, and a group needs at most the members
 * that it has. O(rows + requirement nodes) and sorting.
 */
export function combineGraph(rows: ReadRows, existing: ExistingGraph | undefined): CombinedGraph {
  const owners: CombinedOwner[] = [];
  for (const list of OWNER_LISTS) {
    const bySlug = new Map<string, CombinedOwner>();
    for (const owner of readOwners(list, rows[list]))
      if (!bySlug.has(owner.slug)) bySlug.set(owner.slug, owner);
    for (const stored of storedOwners(list, existing)) {
      const owner = bySlug.get(stored.slug);
      const isGiven = owner?.row?.given.has(list === "roadmaps" ? "steps" : "requires");
      if (owner === undefined) bySlug.set(stored.slug, stored);
      else if (existing?.isKept && !isGiven)
        bySlug.set(stored.slug, { ...owner, requirement: stored.requirement });
    }
    // One by one: as arguments of `push`, those of a large import would not fit on the stack.
    for (const owner of bySlug.values()) owners.push(owner);
  }
  const named = new Set<string>();
  for (const { requirement } of owners) if (requirement !== undefined) addSkills(requirement, named);
  for (const owner of owners) if (owner.list === "skills") named.delete(owner.slug);
  for (const slug of named) owners.push(ownerWithoutRow("skills", slug, undefined));

  owners.sort(
    (a, b) => OWNER_LISTS.indexOf(a.list) - OWNER_LISTS.indexOf(b.list) || (a.slug < b.slug ? -1 : 1),
  );
  const indexOfSkill = new Map<string, number>();
  for (const { list, slug } of owners) if (list === "skills") indexOfSkill.set(slug, indexOfSkill.size);
  const inputs = owners.map(({ requirement }) => ({
    cost: 0,
    requirement: requirement && renamed(requirement, (slug) => indexOfSkill.get(slug)!),
  }));
  return { graph: buildPrerequisiteGraph(indexOfSkill.size, inputs), owners, indexOfSkill };
}

function ownerWithoutRow(
  list: OwnerList,
  slug: string,
  requirement: Requirement<string> | undefined,
): CombinedOwner {
  return { list, slug, row: undefined, placed: [], requirement };
}

function readOwners(list: OwnerList, rows: readonly ReadRow<RowOf<OwnerList>>[]): CombinedOwner[] {
  return rows.flatMap((row) => {
    if (row.slug === undefined) return [];
    const placed = row.row === undefined ? [] : requirementsOf(row.row);
    const parts = placed.map(({ requirement }) => bareRequirement(requirement));
    const requirement = parts.length > 1 ? { atLeast: parts.length, of: parts } : parts[0];
    return [{ list, slug: row.slug, row, placed, requirement }];
  });
}

function storedOwners(list: OwnerList, existing: ExistingGraph | undefined): CombinedOwner[] {
  if (existing === undefined) return [];
  const { graph, skills, firstProject, firstRole, firstRoadmap } = existing.snapshot;
  const first = { skills: 0, projects: firstProject, roles: firstRole, roadmaps: firstRoadmap }[list];
  return existing.snapshot[list].slugs.map((slug, i) => {
    const tree = requirementTree(graph, first + i);
    return ownerWithoutRow(list, slug, tree && renamed(tree, (skill) => skills.slugs.at(skill)!));
  });
}

function addSkills(requirement: Requirement<string>, to: Set<string>): void {
  if (isGroup(requirement)) for (const member of requirement.of) addSkills(member, to);
  else to.add(requirement.skill);
}

/** A requirement with other names for its skills. Recursive: requirements have a bounded depth. */
function renamed<From, To>(requirement: Requirement<From>, nameOf: (skill: From) => To): Requirement<To> {
  if (!isGroup(requirement)) return { skill: nameOf(requirement.skill) };
  const of = requirement.of.map((member) => renamed(member, nameOf));
  return { atLeast: Math.min(requirement.atLeast, of.length), of };
}
