import { buildPrerequisiteGraph, type OwnerInput } from "../graph/model/graph-builder.ts";
import { NONE, type PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { isGroup, type Requirement } from "../graph/model/requirement.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import { bareRequirement } from "./graph-file.ts";
import type { ReadRow, ReadRows, RowOf } from "./read-graph-file.ts";
import { type PlacedRequirement, requirementsOf } from "./row-references.ts";

/** What is stored before the files are imported. */
export interface ExistingGraph {
  readonly snapshot: GraphSnapshot;
  /** The slugs of the stored resources. */
  readonly resources: ReadonlySet<string>;
  /** The stored documents by id, each with its number of lines where that is known. */
  readonly documents: ReadonlyMap<string, number | undefined>;
}

/** The lists whose rows have requirements, in the order in which the graph numbers their rows. */
export const OWNER_LISTS = ["skills", "projects", "roles", "roadmaps"] as const;
export type OwnerList = (typeof OWNER_LISTS)[number];

/** What has a requirement: a row of the files, or a stored one that they do not replace. */
export interface CombinedOwner {
  readonly list: OwnerList;
  readonly slug: string;
  /** The row of the files; absent for a stored one and for a skill that is only named. */
  readonly row: ReadRow<unknown> | undefined;
  /** The requirements of the row, with where in it they stand. */
  readonly placed: readonly PlacedRequirement[];
}

/** The graph as it would be after the import. Owners are numbered skills first, each list in slug order. */
export interface CombinedGraph {
  readonly graph: PrerequisiteGraph;
  readonly owners: readonly CombinedOwner[];
  readonly indexOfSkill: ReadonlyMap<string, number>;
}

/**
 * Puts the rows of files on top of the stored graph. Made for checking, it also takes what is wrong: of rows
 * with one slug the first counts, a row that does not follow the schema has no requirement, a skill that is
 * only named exists and needs nothing, and a group needs at most the members it has. So one fault is one
 * finding. O(rows + requirement nodes) and sorting.
 */
export function combineGraph(rows: ReadRows, existing: ExistingGraph | undefined): CombinedGraph {
  const owners: CombinedOwner[] = [];
  const requirements = new Map<CombinedOwner, Requirement<string> | undefined>();
  const named = new Set<string>();
  for (const list of OWNER_LISTS) {
    const bySlug = new Map<string, CombinedOwner>();
    for (const [slug, requirement] of storedRequirements(list, existing)) {
      const owner: CombinedOwner = { list, slug, row: undefined, placed: [] };
      bySlug.set(slug, owner);
      requirements.set(owner, requirement);
    }
    const seen = new Set<string>();
    for (const { owner, requirement } of readOwners(list, rows[list])) {
      if (seen.has(owner.slug)) continue;
      seen.add(owner.slug);
      bySlug.set(owner.slug, owner);
      requirements.set(owner, requirement);
    }
    owners.push(...bySlug.values());
  }
  for (const requirement of requirements.values())
    if (requirement !== undefined) addLeaves(requirement, named);
  for (const owner of owners) if (owner.list === "skills") named.delete(owner.slug);
  for (const slug of named) owners.push({ list: "skills", slug, row: undefined, placed: [] });

  owners.sort(
    (a, b) => OWNER_LISTS.indexOf(a.list) - OWNER_LISTS.indexOf(b.list) || (a.slug < b.slug ? -1 : 1),
  );
  const indexOfSkill = new Map<string, number>();
  for (const { list, slug } of owners) if (list === "skills") indexOfSkill.set(slug, indexOfSkill.size);
  const inputs = owners.map((owner): OwnerInput => {
    const requirement = requirements.get(owner);
    return { cost: 0, requirement: requirement && withIndices(requirement, indexOfSkill) };
  });
  return { graph: buildPrerequisiteGraph(indexOfSkill.size, inputs), owners, indexOfSkill };
}

function readOwners<List extends OwnerList>(list: List, rows: readonly ReadRow<RowOf<List>>[]) {
  return rows.flatMap((row) => {
    if (row.slug === undefined) return [];
    const placed = row.row === undefined ? [] : requirementsOf(list, row.row);
    const parts = placed.map(({ requirement }) => bareRequirement(requirement));
    const requirement = parts.length > 1 ? { atLeast: parts.length, of: parts } : parts[0];
    const owner: CombinedOwner = { list, slug: row.slug, row, placed };
    return [{ owner, requirement }];
  });
}

function* storedRequirements(
  list: OwnerList,
  existing: ExistingGraph | undefined,
): Generator<[slug: string, requirement: Requirement<string> | undefined]> {
  if (existing === undefined) return;
  const { snapshot } = existing;
  const first = {
    skills: 0,
    projects: snapshot.firstProject,
    roles: snapshot.firstRole,
    roadmaps: snapshot.firstRoadmap,
  };
  for (const [i, slug] of snapshot[list].slugs.entries()) {
    const reference = snapshot.graph.requirement[first[list] + i] ?? NONE;
    yield [slug, reference === NONE ? undefined : storedRequirement(snapshot, reference)];
  }
}

/** The tree behind a reference of the snapshot. Recursive: stored trees have a bounded depth. */
function storedRequirement(snapshot: GraphSnapshot, reference: number): Requirement<string> {
  if (reference >= 0) return { skill: snapshot.skills.slugs[reference]! };
  const { members, groupStart, groupNeed } = snapshot.graph;
  const of = [...members.subarray(groupStart[~reference]!, groupStart[~reference + 1]!)];
  return { atLeast: groupNeed[~reference]!, of: of.map((member) => storedRequirement(snapshot, member)) };
}

function addLeaves(requirement: Requirement<string>, to: Set<string>): void {
  if (isGroup(requirement)) for (const member of requirement.of) addLeaves(member, to);
  else to.add(requirement.skill);
}

function withIndices(
  requirement: Requirement<string>,
  indexOfSkill: ReadonlyMap<string, number>,
): Requirement<number> {
  if (!isGroup(requirement)) return { skill: indexOfSkill.get(requirement.skill)! };
  const of = requirement.of.map((member) => withIndices(member, indexOfSkill));
  return { atLeast: Math.min(requirement.atLeast, of.length), of };
}
