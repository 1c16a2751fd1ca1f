import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { Outline } from "./outline.ts";

/** One kind of row in the snapshot, numbered in the order of slugs (JavaScript's string order). */
export interface SnapshotTable {
  readonly slugs: readonly string[];
  readonly names: readonly string[];
  /** The database ids, by index. */
  readonly ids: Int32Array;
  /** The index of a slug. */
  readonly indexOf: Pick<ReadonlyMap<string, number>, "get" | "has">;
  /** The database ids of former slugs: see `indexOfSlug`. */
  readonly former: ReadonlyMap<string, number>;
}

/**
 * The whole structure of the graph at one revision, in memory. Owners of `graph` are numbered skills first,
 * then projects, roles and roadmaps; `firstProject` … say where each kind begins. A roadmap's requirement is
 * all of its steps' requirements. What speaks for skills are the `MERITS`.
 */
export interface GraphSnapshot {
  readonly revision: number;
  readonly graph: PrerequisiteGraph;
  readonly skills: SnapshotTable;
  readonly projects: SnapshotTable;
  readonly roles: SnapshotTable;
  readonly roadmaps: SnapshotTable;
  readonly firstProject: number;
  readonly firstRole: number;
  readonly firstRoadmap: number;
  readonly outline: Outline;
}

/** The index of a slug, or of the row that had it before. */
export function indexOfSlug(table: SnapshotTable, slug: string): number | undefined {
  const index = table.indexOf.get(slug);
  if (index !== undefined) return index;
  const id = table.former.get(slug);
  return id === undefined ? undefined : indexOfId(table, id);
}

const formerSlugs = new WeakMap<SnapshotTable["former"], Map<number, string[]>>();

/** The slugs that the row at an index had before. O(1) after the first. */
export function formerSlugsOf({ former, ids }: SnapshotTable, index: number): readonly string[] {
  let byId = formerSlugs.get(former);
  if (byId === undefined) {
    byId = new Map();
    for (const [slug, id] of former) byId.set(id, [...(byId.get(id) ?? []), slug]);
    formerSlugs.set(former, byId);
  }
  return byId.get(ids[index]!) ?? [];
}

const indicesById = new WeakMap<SnapshotTable, Int32Array>();

/** The index of a database id, or `undefined` for a row that is younger than the snapshot. O(1) after the first. */
export function indexOfId(table: SnapshotTable, id: number): number | undefined {
  let indices = indicesById.get(table);
  if (indices === undefined) {
    indices = indexOfIds(table.ids);
    indicesById.set(table, indices);
  }
  const index = indices[id];
  return index === undefined || index < 0 ? undefined : index;
}

/** The shared map is made anew when it holds more than this many times the slugs of the table, and this many more. */
const LEFT_OVER = 2;
const LEAST_LEFT_OVER = 1_000;

/**
 * Finds the index of a slug in one snapshot, in constant time. Successive tables share one map from slugs to ids,
 * which do not change, and differ only in the index of each id: adding a skill to a million costs a copy of
 * integers instead of a third of a second for a new map.
 *
 * The map may hold more slugs than a table: later ones, and those of writes that failed.
 */
export class SlugIndex {
  readonly #slugs: readonly string[];
  readonly #idOf: Map<string, number>;
  readonly #indexOfId: Int32Array;

  /** `idOf` holds every slug already, when it is given. Ids are given out from 1 without large gaps. */
  constructor(slugs: readonly string[], ids: Int32Array, idOf?: Map<string, number>) {
    this.#slugs = slugs;
    this.#idOf = idOf ?? new Map(slugs.map((slug, index) => [slug, ids[index]!]));
    this.#indexOfId = indexOfIds(ids);
  }

  get(slug: string): number | undefined {
    const id = this.#idOf.get(slug);
    if (id === undefined) return undefined;
    const index = this.#indexOfId[id];
    return index !== undefined && this.#slugs[index] === slug ? index : undefined;
  }

  has(slug: string): boolean {
    return this.get(slug) !== undefined;
  }

  /** The index of the table that follows, whose ids are these; `added` are the slugs that are new in it. */
  next(slugs: readonly string[], ids: Int32Array, added: ReadonlyMap<string, number>): SlugIndex {
    if (this.#idOf.size > LEFT_OVER * slugs.length + LEAST_LEFT_OVER) return new SlugIndex(slugs, ids);
    for (const [slug, id] of added) {
      const before = this.#idOf.get(slug);
      // A slug that comes back under another id would be lost to the tables before.
      if (before !== undefined && before !== id) return new SlugIndex(slugs, ids);
    }
    for (const [slug, id] of added) this.#idOf.set(slug, id);
    return new SlugIndex(slugs, ids, this.#idOf);
  }
}

/** The index of each id; −1 for ids that no row has. */
export function indexOfIds(ids: Int32Array): Int32Array {
  let highest = 0;
  for (const id of ids) if (id > highest) highest = id;
  const indices = new Int32Array(highest + 1).fill(-1);
  for (let index = 0; index < ids.length; index++) indices[ids[index]!] = index;
  return indices;
}
