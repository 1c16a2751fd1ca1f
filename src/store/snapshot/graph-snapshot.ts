import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { Outline } from "./outline.ts";
import type { TextList } from "./text-list.ts";

/** One kind of row in the snapshot, numbered in the order of slugs (JavaScript's string order). */
export interface SnapshotTable {
  readonly slugs: TextList;
  readonly names: TextList;
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

/**
 * Finds the index of a slug among ordered ones. O(log slugs): a microsecond of 10⁶, where a map answers in a fifth of that
 * and takes 100 MB, which every collection of garbage looks through.
 */
export class SlugIndex {
  readonly #slugs: TextList;

  /** In JavaScript's order, each once. */
  constructor(slugs: TextList) {
    this.#slugs = slugs;
  }

  get(slug: string): number | undefined {
    const place = this.#slugs.firstNotBefore(slug);
    return this.#slugs.at(place) === slug ? place : undefined;
  }

  has(slug: string): boolean {
    return this.get(slug) !== undefined;
  }
}

/** The index of each id; −1 for ids that no row has. */
export function indexOfIds(ids: Int32Array): Int32Array {
  // Not with `of`, which takes twice the time: whoever adds a skill to 10⁶ waits for this.
  const { length } = ids;
  let highest = 0;
  for (let index = 0; index < length; index++) if (ids[index]! > highest) highest = ids[index]!;
  const indices = new Int32Array(highest + 1).fill(-1);
  for (let index = 0; index < length; index++) indices[ids[index]!] = index;
  return indices;
}
