import type { GraphSnapshot, SnapshotTable } from "../../store/snapshot/graph-snapshot.ts";

/**
 * What resolvers of a skill, project, role or roadmap get as their parent: its index in the snapshot and
 * nothing else. Slug, name, hours and structure are read from the snapshot, without a row and without a
 * promise; the other columns come through the row loaders. So a learning path of any length that asks for
 * slugs, names and hours touches no database.
 *
 * `__typename` is what graphql-js tells the members of interfaces and unions by.
 */
export abstract class Handle {
  /** The place in its table of the snapshot. */
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

export class SkillHandle extends Handle {
  readonly __typename = "Skill";
  table(snapshot: GraphSnapshot): SnapshotTable {
    return snapshot.skills;
  }
  /** The index in the prerequisite graph. */
  owner(_snapshot: GraphSnapshot): number {
    return this.index;
  }
}

export class ProjectHandle extends Handle {
  readonly __typename = "Project";
  table(snapshot: GraphSnapshot): SnapshotTable {
    return snapshot.projects;
  }
  owner(snapshot: GraphSnapshot): number {
    return snapshot.firstProject + this.index;
  }
}

export class RoleHandle extends Handle {
  readonly __typename = "Role";
  table(snapshot: GraphSnapshot): SnapshotTable {
    return snapshot.roles;
  }
  owner(snapshot: GraphSnapshot): number {
    return snapshot.firstRole + this.index;
  }
}

export class RoadmapHandle extends Handle {
  readonly __typename = "Roadmap";
  table(snapshot: GraphSnapshot): SnapshotTable {
    return snapshot.roadmaps;
  }
  owner(snapshot: GraphSnapshot): number {
    return snapshot.firstRoadmap + this.index;
  }
}

/** Whatever has a requirement: an owner of the prerequisite graph. */
export type OwnerHandle = SkillHandle | ProjectHandle | RoleHandle | RoadmapHandle;

/** The owner of an index in the prerequisite graph. */
export function ownerHandle(snapshot: GraphSnapshot, owner: number): OwnerHandle {
  if (owner < snapshot.firstProject) return new SkillHandle(owner);
  if (owner < snapshot.firstRole) return new ProjectHandle(owner - snapshot.firstProject);
  if (owner < snapshot.firstRoadmap) return new RoleHandle(owner - snapshot.firstRole);
  return new RoadmapHandle(owner - snapshot.firstRoadmap);
}

export function slugOf(snapshot: GraphSnapshot, handle: OwnerHandle): string {
  return handle.table(snapshot).slugs[handle.index]!;
}

/** The database id of what a handle stands for. */
export function rowId(snapshot: GraphSnapshot, handle: OwnerHandle): number {
  return handle.table(snapshot).ids[handle.index]!;
}

/** Hundredths of an hour, as the graph counts costs, in hours. */
export function hours(cost: number): number {
  return cost / 100;
}

const indicesById = new WeakMap<SnapshotTable, Int32Array>();

/** The index of a database id, or `undefined` for a row that is younger than the snapshot. O(1) after the first. */
export function indexOfId(table: SnapshotTable, id: number): number | undefined {
  let indices = indicesById.get(table);
  if (indices === undefined) {
    indices = new Int32Array(table.ids.reduce((most, next) => Math.max(most, next), 0) + 1).fill(-1);
    for (let index = 0; index < table.ids.length; index++) indices[table.ids[index]!] = index;
    indicesById.set(table, indices);
  }
  const index = indices[id];
  return index === undefined || index < 0 ? undefined : index;
}

/** The skill of a database id, or `undefined` for a row that is younger than the snapshot. */
export function skillOfId(snapshot: GraphSnapshot, id: number): SkillHandle | undefined {
  const index = indexOfId(snapshot.skills, id);
  return index === undefined ? undefined : new SkillHandle(index);
}

/** The handles of those rows that the snapshot holds, in their order. */
export function skillsOfIds(snapshot: GraphSnapshot, ids: readonly number[]): SkillHandle[] {
  return ids.flatMap((id) => skillOfId(snapshot, id) ?? []);
}
