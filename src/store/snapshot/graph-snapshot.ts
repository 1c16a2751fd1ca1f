import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";

/** One kind of row in the snapshot, numbered in the order of slugs (JavaScript's string order). */
export interface SnapshotTable {
  readonly slugs: readonly string[];
  readonly names: readonly string[];
  /** The database ids, by index. */
  readonly ids: Int32Array;
  /** The index of a slug. */
  readonly indexOf: Pick<ReadonlyMap<string, number>, "get" | "has">;
}

/**
 * The whole structure of the graph at one revision, in memory. Owners of `graph` are numbered skills first,
 * then projects, roles and roadmaps; `firstProject` … say where each kind begins. A roadmap's requirement is
 * all of its steps' requirements.
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
}
