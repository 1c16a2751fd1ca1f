import type { PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import { GONE, renumberedGraph } from "../graph/renumbered-graph.ts";
import type { Requirement } from "../graph/requirement.ts";
import { withRequirements } from "../graph/with-requirement.ts";
import type { GraphSnapshot, SnapshotTable } from "./graph-snapshot.ts";
import { OWNER_KINDS, type OwnerKind, type OwnerRow, type OwnerRows, requirementOf } from "./owner-rows.ts";
import { SlugIndex } from "./slug-index.ts";

/** A snapshot made from the one before, and the skills whose requirement is not what it was. */
export interface PatchedSnapshot {
  readonly snapshot: GraphSnapshot;
  readonly changedSkills: readonly number[];
}

/** The changed owners of each kind. */
export type ChangedSlugs = Readonly<Record<OwnerKind, readonly string[]>>;

/**
 * The snapshot of a later revision: the last one with the owners of these slugs as `stored` has them now, or gone
 * where it has them no longer. All that changed in between must be among them. The last snapshot stays as it is;
 * arrays in which nothing differs are shared, also between several patches of one snapshot, so that a write that
 * fails at its commit leaves no trace but a little spare room taken.
 *
 * A change of names or hours copies one array, a change of requirements what `withRequirements` copies. Owners
 * that come or go move all that stand behind them: O(graph) in plain passes over arrays.
 */
export function patchedSnapshot(
  last: GraphSnapshot,
  revision: number,
  changed: ChangedSlugs,
  stored: OwnerRows,
): PatchedSnapshot {
  const before = tablesOf(last);
  const after = {
    SKILL: patchedTable(before.SKILL, changed.SKILL, stored.SKILL),
    PROJECT: patchedTable(before.PROJECT, changed.PROJECT, stored.PROJECT),
    ROLE: patchedTable(before.ROLE, changed.ROLE, stored.ROLE),
    ROADMAP: patchedTable(before.ROADMAP, changed.ROADMAP, stored.ROADMAP),
  };
  const placed = renumbered(last.graph, before, after, changed);
  const first = firstIndices(after);
  const costs = new Map<number, number>();
  const requirements = new Map<number, Requirement<number> | undefined>();
  const skillIndex = (slug: string): number => {
    const index = after.SKILL.indexOf.get(slug);
    if (index === undefined)
      throw new Error(`expected the skill ${slug} in the snapshot or among the changes`);
    return index;
  };
  for (const kind of OWNER_KINDS)
    for (const [slug, { hours, nodes }] of stored[kind]) {
      const index = after[kind].indexOf.get(slug)!;
      costs.set(first[kind] + index, Math.round(hours * 100));
      requirements.set(first[kind] + index, requirementOf(nodes, skillIndex));
    }
  const required = withRequirements(placed, requirements);
  const graph = withCosts(required, costs);
  const changedSkills = [...requirements.keys()].filter(
    (owner) => owner < graph.skillCount && graph.requirement[owner] !== placed.requirement[owner],
  );
  return {
    changedSkills,
    snapshot: {
      revision,
      graph,
      skills: after.SKILL,
      projects: after.PROJECT,
      roles: after.ROLE,
      roadmaps: after.ROADMAP,
      firstProject: first.PROJECT,
      firstRole: first.ROLE,
      firstRoadmap: first.ROADMAP,
    },
  };
}

type Tables = Readonly<Record<OwnerKind, SnapshotTable>>;

function tablesOf({ skills, projects, roles, roadmaps }: GraphSnapshot): Tables {
  return { SKILL: skills, PROJECT: projects, ROLE: roles, ROADMAP: roadmaps };
}

function firstIndices(tables: Tables): Record<OwnerKind, number> {
  const project = tables.SKILL.slugs.length;
  const role = project + tables.PROJECT.slugs.length;
  return { SKILL: 0, PROJECT: project, ROLE: role, ROADMAP: role + tables.ROLE.slugs.length };
}

function patchedTable(
  table: SnapshotTable,
  changed: readonly string[],
  stored: ReadonlyMap<string, OwnerRow>,
): SnapshotTable {
  const gone = new Set<string>();
  const added: OwnerRow[] = [];
  const kept: [index: number, row: OwnerRow][] = [];
  for (const slug of changed) {
    const row = stored.get(slug);
    const index = table.indexOf.get(slug);
    if (row === undefined) {
      if (index !== undefined) gone.add(slug);
    } else if (index === undefined) added.push(row);
    else kept.push([index, row]);
  }
  let { names, ids, indexOf } = table;
  const renamed = kept.filter(([index, { name }]) => names[index] !== name);
  if (renamed.length > 0) {
    const copy = names.slice();
    for (const [index, { name }] of renamed) copy[index] = name;
    names = copy;
  }
  // Deleted and made again since the last snapshot.
  const remade = kept.filter(([index, { id }]) => ids[index] !== id);
  if (remade.length > 0) {
    ids = ids.slice();
    for (const [index, { id }] of remade) ids[index] = id;
    indexOf = new SlugIndex(table.slugs, ids);
  }
  const same = { slugs: table.slugs, names, ids, indexOf };
  return added.length === 0 && gone.size === 0 ? same : merged(same, added, gone);
}

/** A table with rows that come and go, in the order of slugs. O(table). */
function merged(table: SnapshotTable, added: readonly OwnerRow[], gone: ReadonlySet<string>): SnapshotTable {
  const coming = added.toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
  const size = table.slugs.length + coming.length - gone.size;
  const slugs: string[] = [];
  const names: string[] = [];
  const ids = new Int32Array(size);
  let next = 0;
  const add = (slug: string, name: string, id: number) => {
    ids[slugs.length] = id;
    slugs.push(slug);
    names.push(name);
  };
  table.slugs.forEach((slug, index) => {
    for (let row = coming[next]; row !== undefined && row.slug < slug; row = coming[++next])
      add(row.slug, row.name, row.id);
    if (!gone.has(slug)) add(slug, table.names[index]!, table.ids[index]!);
  });
  for (const row of coming.slice(next)) add(row.slug, row.name, row.id);
  const idOf = new Map(coming.map(({ slug, id }) => [slug, id]));
  const indexOf =
    table.indexOf instanceof SlugIndex ? table.indexOf.next(slugs, ids, idOf) : new SlugIndex(slugs, ids);
  return { slugs, names, ids, indexOf };
}

/** The graph with its owners where the new tables have them; what has just come costs and needs nothing. */
function renumbered(
  graph: PrerequisiteGraph,
  before: Tables,
  after: Tables,
  changed: ChangedSlugs,
): PrerequisiteGraph {
  if (OWNER_KINDS.every((kind) => after[kind].slugs === before[kind].slugs)) return graph;
  const firstBefore = firstIndices(before);
  const firstAfter = firstIndices(after);
  const placeOf = new Int32Array(graph.ownerCount);
  let goes = false;
  for (const kind of OWNER_KINDS) {
    const { slugs } = after[kind];
    let place = 0;
    before[kind].slugs.forEach((slug, index) => {
      while (place < slugs.length && slugs[place]! < slug) place++;
      const stays = slugs[place] === slug;
      goes ||= !stays;
      placeOf[firstBefore[kind] + index] = stays ? firstAfter[kind] + place : GONE;
    });
  }
  const ownerCount = firstAfter.ROADMAP + after.ROADMAP.slugs.length;
  const skillCount = after.SKILL.slugs.length;
  // What goes is named by nobody any more, but by those that have changed with it.
  const cleared = new Map<number, undefined>();
  if (goes)
    for (const kind of OWNER_KINDS)
      for (const slug of changed[kind]) {
        const index = before[kind].indexOf.get(slug);
        if (index !== undefined) cleared.set(firstBefore[kind] + index, undefined);
      }
  return renumberedGraph(withRequirements(graph, cleared), { ownerCount, skillCount, placeOf });
}

function withCosts(graph: PrerequisiteGraph, costs: ReadonlyMap<number, number>): PrerequisiteGraph {
  const differing = [...costs].filter(([owner, cost]) => graph.cost[owner] !== cost);
  if (differing.length === 0) return graph;
  const cost = graph.cost.slice();
  for (const [owner, now] of differing) cost[owner] = now;
  return { ...graph, cost };
}
