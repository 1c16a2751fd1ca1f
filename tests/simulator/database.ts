import { GraphBuilder } from "../../src/graph/model/graph-builder.ts";
import type { Changes, LoggedChange } from "../../src/store/rows/changes.ts";
import { ENTITIES, ENTITY_KINDS, type EntityKind, perKind } from "../../src/store/rows/entities.ts";
import { type GraphRows, NO_ROWS } from "../../src/store/rows/graph-rows.ts";
import type { InsertedRevision } from "../../src/store/rows/graph-tables.ts";
import type { Once } from "../../src/store/rows/idempotency.ts";
import type { HighestIds } from "../../src/store/rows/ids.ts";
import type { EntityRow, Overwritten } from "../../src/store/rows/overwritten.ts";
import type { Before, StoredEntity } from "../../src/store/rows/stored-entities.ts";
import type { WriteOutcome } from "../../src/store/rows/write-graph.ts";
import {
  type GraphSnapshot,
  SlugIndex,
  type SnapshotTable,
} from "../../src/store/snapshot/graph-snapshot.ts";
import { meritsOf } from "../../src/store/snapshot/merits.ts";
import type { Outline } from "../../src/store/snapshot/outline.ts";
import {
  type ChangedOwners,
  OWNER_KINDS,
  type OwnerKind,
  type OwnerRow,
  ownersIn,
  perOwnerKind,
  requirementOf,
} from "../../src/store/snapshot/owner-rows.ts";
import { TextList } from "../../src/store/snapshot/text-list.ts";
import { GraphWriteError } from "../../src/store/store-errors.ts";

/**
 * The tables of the graph in memory: a state that is never modified, and what each statement answers of it or makes of it.
 * `tests/simulator/database.test.ts` holds it against the tables of a real database.
 */

interface StoredRow extends StoredEntity {
  readonly row: EntityRow;
  /** Of kinds that have a requirement. */
  readonly owner: OwnerRow | undefined;
}

interface Logged extends LoggedChange {
  readonly revision: number;
}

export interface State {
  readonly entities: Readonly<Record<EntityKind, ReadonlyMap<string, StoredRow>>>;
  readonly revisions: readonly InsertedRevision["revision"][];
  readonly log: readonly Logged[];
  /** By idempotency key: what was asked for, and the outcome as JSON. */
  readonly outcomes: ReadonlyMap<string, { readonly request: string; readonly outcome: string }>;
}

export const EMPTY: State = {
  entities: perKind(() => new Map()),
  revisions: [],
  log: [],
  outcomes: new Map(),
};

/** A statement that would break a key of a table. */
export class UniqueViolation extends Error {}

export function revisionOf({ revisions }: State): number {
  return revisions.at(-1)?.number ?? 0;
}

export function readFirstOutcome({ outcomes }: State, { key, request }: Once): WriteOutcome | undefined {
  const found = outcomes.get(key);
  if (found === undefined) return undefined;
  if (found.request !== request) throw new GraphWriteError("KEY_REUSED", "expected a key that was not used");
  const outcome: WriteOutcome = JSON.parse(found.outcome);
  return { ...outcome, isReplay: true };
}

export function keepOutcome(state: State, { key, request }: Once, outcome: WriteOutcome): State {
  const { isReplay: _, ...kept } = outcome;
  return {
    ...state,
    outcomes: new Map(state.outcomes).set(key, { request, outcome: JSON.stringify(kept) }),
  };
}

/** All entities that are stored: more than a write of some asks for, which makes no difference to it. */
export function readBefore(state: State): Before {
  return { revision: revisionOf(state), highestIds: readHighestIds(state), stored: state.entities };
}

export function readHighestIds({ entities }: State): HighestIds {
  return new Map(
    ENTITY_KINDS.map((kind): [string, number] => {
      let highest = 0;
      for (const { id } of entities[kind].values()) highest = Math.max(highest, id);
      return [ENTITIES[kind].table, highest];
    }),
  );
}

export function readOverwritten({ entities }: State): Overwritten {
  return ({ kind, slug }) => entities[kind].get(slug)?.row;
}

/** All rows. */
export function readRows({ entities }: State): GraphRows {
  const skills: GraphRows["skills"][number][] = [];
  for (const { row } of entities.SKILL.values())
    if ("requirement" in row && "partOf" in row) skills.push(row);
  return { ...NO_ROWS, skills };
}

export function deleteRows(state: State, { deletedIds }: Changes): State {
  return {
    ...state,
    entities: perKind((kind) => {
      if (deletedIds[kind].length === 0) return state.entities[kind];
      const gone = new Set(deletedIds[kind]);
      return new Map([...state.entities[kind]].filter(([, { id }]) => !gone.has(id)));
    }),
  };
}

/** Throws `UniqueViolation`. */
export function insert(state: State, { changes, ids, revision }: InsertedRevision): State {
  if (revision.number <= revisionOf(state))
    throw new UniqueViolation(`expected a new revision, ${revision.number} is there`);
  const owners: Readonly<Partial<Record<EntityKind, ReadonlyMap<string, OwnerRow>>>> = ownersIn(
    changes.rows,
    ids,
  );
  return {
    ...state,
    entities: perKind((kind) => {
      const rows = changes.rows[ENTITIES[kind].list];
      if (rows.length === 0) return state.entities[kind];
      const stored = new Map(state.entities[kind]);
      for (const row of rows) {
        const { slug, digest } = row;
        stored.set(slug, { id: ids.of(kind, slug), digest, row, owner: owners[kind]?.get(slug) });
      }
      return stored;
    }),
    revisions: [...state.revisions, revision],
    log: [...state.log, ...changes.log.map((change) => ({ ...change, revision: revision.number }))],
  };
}

export function readChangedOwners(state: State, after: number, most: number): ChangedOwners | undefined {
  const slugs = perOwnerKind(() => new Set<string>());
  const isOwner = (kind: EntityKind): kind is OwnerKind => OWNER_KINDS.some((each) => each === kind);
  let count = 0;
  for (const { revision, kind, slug } of state.log) {
    if (revision <= after || !isOwner(kind) || slugs[kind].has(slug)) continue;
    slugs[kind].add(slug);
    if (++count > most) return undefined;
  }
  return {
    revision: revisionOf(state),
    slugs: perOwnerKind((kind) => [...slugs[kind]]),
    owners: perOwnerKind((kind) => {
      const rows = new Map<string, OwnerRow>();
      for (const slug of slugs[kind]) {
        const owner = state.entities[kind].get(slug)?.owner;
        if (owner !== undefined) rows.set(slug, owner);
      }
      return rows;
    }),
  };
}

/** Snapshots of states that schedule after schedule begins with. */
const kept = new WeakMap<State, GraphSnapshot>();

/** Makes the snapshot of a state once for all. */
export function keepSnapshot(state: State): void {
  const snapshot = builtSnapshot(state);
  const { graph } = snapshot;
  // Without spare room, in which one would see what another has done: whoever patches these arrays copies them.
  const copied = Object.fromEntries(
    Object.entries(graph).map(([name, value]) => [name, value instanceof Int32Array ? value.slice() : value]),
  );
  kept.set(state, { ...snapshot, graph: { ...graph, ...copied } });
}

/** The whole graph, not by patching. Objects of its own, since loaders and the like are attached to them. */
export function readSnapshot(state: State): GraphSnapshot {
  const same = kept.get(state);
  return same === undefined ? builtSnapshot(state) : { ...same, graph: { ...same.graph } };
}

function builtSnapshot(state: State): GraphSnapshot {
  const rows = perOwnerKind((kind) => {
    const owners = [...state.entities[kind].values()].flatMap(({ owner }) => owner ?? []);
    return owners.sort((a, b) => (a.slug < b.slug ? -1 : 1));
  });
  const tables = perOwnerKind((kind) => tableOf(rows[kind]));
  const skillIndex = (slug: string) => tables.SKILL.indexOf.get(slug)!;
  const builder = new GraphBuilder(rows.SKILL.length);
  const all = OWNER_KINDS.flatMap((kind) => rows[kind]);
  for (const { hours } of all) builder.addOwner(Math.round(hours * 100));
  for (const [owner, { nodes }] of all.entries()) {
    const requirement = requirementOf(nodes, skillIndex);
    if (requirement !== undefined) builder.addRequirement(owner, requirement);
  }
  const firstProject = rows.SKILL.length;
  const firstRole = firstProject + rows.PROJECT.length;
  const firstRoadmap = firstRole + rows.ROLE.length;
  const graph = builder.finish();
  const outline = outlineOf(rows);
  const merits = meritsOf(graph, tables.SKILL.ids, outline.support, { first: firstRole, end: firstRoadmap });
  return {
    revision: revisionOf(state),
    graph: { ...graph, merits },
    skills: tables.SKILL,
    projects: tables.PROJECT,
    roles: tables.ROLE,
    roadmaps: tables.ROADMAP,
    ...{ firstProject, firstRole, firstRoadmap, outline },
  };
}

function tableOf(rows: readonly OwnerRow[]): SnapshotTable {
  const slugs = TextList.of(rows.map(({ slug }) => slug));
  const ids = Int32Array.from(rows, ({ id }) => id);
  return {
    ...{ slugs, ids, names: TextList.of(rows.map(({ name }) => name)) },
    indexOf: new SlugIndex(slugs),
    former: new Map(),
  };
}

function outlineOf({ SKILL, ROADMAP }: Readonly<Record<OwnerKind, readonly OwnerRow[]>>): Outline {
  const ids = new Map(SKILL.map(({ slug, id }) => [slug, id]));
  return {
    wholes: new Map(
      SKILL.flatMap(({ id, wholes }) =>
        wholes.length === 0 ? [] : [[id, wholes.map((whole) => ids.get(whole)!)]],
      ),
    ),
    orderedRoadmaps: new Set(ROADMAP.flatMap(({ id, isOrdered }) => (isOrdered ? [id] : []))),
    support: new Map(SKILL.flatMap(({ id, support }) => (support === 0 ? [] : [[id, support]]))),
  };
}
