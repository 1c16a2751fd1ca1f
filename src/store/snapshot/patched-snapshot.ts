import { withValues } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { placed, type Run, renumberedGraph } from "../../graph/model/renumbered-graph.ts";
import type { Requirement } from "../../graph/model/requirement.ts";
import { withRequirements } from "../../graph/model/with-requirement.ts";
import { type GraphSnapshot, SlugIndex, type SnapshotTable } from "./graph-snapshot.ts";
import { patchedMerits } from "./merits.ts";
import { patchedOutline } from "./outline.ts";
import {
  OWNER_KINDS,
  type OwnerKind,
  type OwnerRow,
  type OwnerRows,
  perOwnerKind,
  requirementOf,
} from "./owner-rows.ts";
import { type Stretch, stretchesOf } from "./stretches.ts";

/** A snapshot made from the one before, and the skills whose requirement has changed. */
export interface PatchedSnapshot {
  readonly snapshot: GraphSnapshot;
  readonly changedSkills: readonly number[];
}

/**
 * Whether one of the changed owners has another slug than the last snapshot has it under, or was merged with another.
 * Such a snapshot is read anew, since owners are numbered in the order of their slugs. O(changed).
 */
export function isRenamed(last: GraphSnapshot, stored: OwnerRows): boolean {
  const tables = tablesOf(last);
  return OWNER_KINDS.some((kind) =>
    [...stored[kind].values()].some(({ formerSlugs }) =>
      formerSlugs.some((slug) => tables[kind].indexOf.has(slug)),
    ),
  );
}

/** The changed owners of each kind. */
export type ChangedSlugs = Readonly<Record<OwnerKind, readonly string[]>>;

/**
 * The snapshot of a later revision: the last one, with the owners of these slugs as `stored` has them; those that
 * `stored` lacks are removed. `changed` must name every owner that changed in between. The last snapshot is not
 * modified. Arrays without changes are shared, also between several patches of one snapshot: a write that fails at
 * its commit leaves no trace but a little spare room taken.
 *
 * A change of names or hours copies one array, a change of requirements what `withRequirements` copies. New and
 * deleted owners move all that come after them: O(graph) in plain passes over arrays.
 */
export function patchedSnapshot(
  last: GraphSnapshot,
  revision: number,
  changed: ChangedSlugs,
  stored: OwnerRows,
): PatchedSnapshot {
  const tables = tablesOf(last);
  const changes = perOwnerKind((kind) => patchedTable(tables[kind], changed[kind], stored[kind]));
  const after = perOwnerKind((kind) => changes[kind].table);
  const moved = renumbered(last.graph, tables, changes, changed);
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
  const isOwn = moved !== last.graph;
  const skills = [...requirements.keys()].filter((owner) => owner < moved.skillCount);
  const before = skills.map((skill) => moved.requirement[skill]);
  const required = withRequirements(moved, requirements, isOwn);
  const changedSkills = skills.filter((skill, at) => required.requirement[skill] !== before[at]);
  const rowsOf = (kind: OwnerKind) => ({ stored: [...stored[kind].values()], gone: changes[kind].gone });
  const idOf = (slug: string) => after.SKILL.ids[skillIndex(slug)]!;
  const outline = patchedOutline(last.outline, rowsOf("SKILL"), rowsOf("ROADMAP"), idOf);
  const cost = withValues(required.cost, costs, isOwn);
  const merits = patchedMerits(
    required,
    after.SKILL.ids,
    outline.support,
    { first: first.ROLE, end: first.ROADMAP },
    { skills, areRoles: changed.ROLE.length > 0, isOwn },
  );
  const isSame = cost === required.cost && merits === required.merits;
  const graph = isSame ? required : { ...required, cost, merits };
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
      outline,
    },
  };
}

type Tables = Readonly<Record<OwnerKind, SnapshotTable>>;

interface TableChange {
  readonly table: SnapshotTable;
  /** How the table is made from the one before; undefined when no row is new or deleted. */
  readonly stretches: readonly Stretch[] | undefined;
  /** The ids of the deleted rows. */
  readonly gone: readonly number[];
}

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
): TableChange {
  if (changed.length === 0) return { table, stretches: undefined, gone: [] };
  const goneAt: number[] = [];
  const coming: OwnerRow[] = [];
  const kept: [index: number, row: OwnerRow][] = [];
  for (const slug of changed) {
    const row = stored.get(slug);
    const index = table.indexOf.get(slug);
    if (row === undefined) {
      if (index !== undefined) goneAt.push(index);
    } else if (index === undefined) coming.push(row);
    else kept.push([index, row]);
  }
  let { names, ids } = table;
  const renamed = kept.filter(([index, { name }]) => names.at(index) !== name);
  if (renamed.length > 0) names = names.with(new Map(renamed.map(([index, { name }]) => [index, name])));
  // Deleted and created again since the last snapshot.
  const remade = kept.filter(([index, { id }]) => ids[index] !== id);
  if (remade.length > 0) {
    ids = ids.slice();
    for (const [index, { id }] of remade) ids[index] = id;
  }
  const former = patchedFormer(
    table,
    changed.flatMap((slug) => stored.get(slug) ?? []),
    goneAt.concat(kept.map(([index]) => index)),
  );
  const same = { ...table, names, ids, former };
  // A row that was made again has another id.
  const gone = [...goneAt, ...remade.map(([index]) => index)].map((index) => table.ids[index]!);
  if (coming.length === 0 && goneAt.length === 0) return { table: same, stretches: undefined, gone };
  coming.sort((a, b) => (a.slug < b.slug ? -1 : 1));
  const comingAt = coming.map(({ slug }) => table.slugs.firstNotBefore(slug));
  const stretches = stretchesOf(
    table.slugs.length,
    comingAt,
    goneAt.sort((a, b) => a - b),
  );
  return { table: merged(same, coming, stretches), stretches, gone };
}

/** The former slugs after rows have changed; those at some places had others before, or are gone. */
function patchedFormer(
  { former, ids }: SnapshotTable,
  rows: readonly OwnerRow[],
  changedAt: readonly number[],
): ReadonlyMap<string, number> {
  if (former.size === 0 && rows.every(({ formerSlugs }) => formerSlugs.length === 0)) return former;
  const changed = new Set(changedAt.map((index) => ids[index]));
  const kept = [...former].filter(([, id]) => !changed.has(id));
  return new Map([
    ...kept,
    ...rows.flatMap(({ id, formerSlugs }) => formerSlugs.map((slug) => [slug, id] as const)),
  ]);
}

/** A table with its new and without its deleted rows, in the order of slugs. */
function merged(
  table: SnapshotTable,
  coming: readonly OwnerRow[],
  stretches: readonly Stretch[],
): SnapshotTable {
  const slugs = table.slugs.merged(stretches, (row) => coming[row]!.slug);
  const names = table.names.merged(stretches, (row) => coming[row]!.name);
  const ids = placed(table.ids, runsOf(stretches), slugs.length, 0);
  let next = 0;
  for (const { from, to, row } of stretches) {
    next += to - from;
    if (row !== undefined) ids[next++] = coming[row]!.id;
  }
  return { slugs, names, ids, indexOf: new SlugIndex(slugs), former: table.former };
}

/** Where what is kept of a list is in the one that follows, `first` items after its beginning in both. */
function runsOf(stretches: readonly Stretch[], firstBefore = 0, firstAfter = 0): Run[] {
  const runs: Run[] = [];
  let at = firstAfter;
  for (const { from, to, row } of stretches) {
    if (to > from) runs.push({ from: firstBefore + from, to: firstBefore + to, at });
    at += to - from + (row === undefined ? 0 : 1);
  }
  return runs;
}

/** The graph with its owners where the new tables have them. New owners cost and need nothing yet. */
function renumbered(
  graph: PrerequisiteGraph,
  before: Tables,
  changes: Readonly<Record<OwnerKind, TableChange>>,
  changed: ChangedSlugs,
): PrerequisiteGraph {
  if (OWNER_KINDS.every((kind) => changes[kind].stretches === undefined)) return graph;
  const firstBefore = firstIndices(before);
  const first = firstIndices(perOwnerKind((kind) => changes[kind].table));
  const runs = OWNER_KINDS.flatMap((kind) => {
    const all = [{ from: 0, to: before[kind].slugs.length, row: undefined }];
    return runsOf(changes[kind].stretches ?? all, firstBefore[kind], first[kind]);
  });
  // Only owners that have changed too can still name what is deleted.
  const cleared = new Map<number, undefined>();
  if (runs.reduce((kept, { from, to }) => kept + to - from, 0) < graph.ownerCount)
    for (const kind of OWNER_KINDS)
      for (const slug of changed[kind]) {
        const index = before[kind].indexOf.get(slug);
        if (index !== undefined) cleared.set(firstBefore[kind] + index, undefined);
      }
  return renumberedGraph(withRequirements(graph, cleared), {
    ownerCount: first.ROADMAP + changes.ROADMAP.table.slugs.length,
    skillCount: first.PROJECT,
    runs,
  });
}
