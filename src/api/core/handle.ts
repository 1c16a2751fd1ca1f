import {
  type GraphSnapshot,
  indexOfId,
  indexOfSlug,
  type SnapshotTable,
} from "../../store/snapshot/graph-snapshot.ts";

/**
 * What resolvers of a skill, project, role or roadmap get as their parent: its index in the snapshot and nothing
 * else. Slug, name, hours and structure are read from the snapshot, without a row and without a promise; the other
 * columns come through the row loaders. So a learning path of any length that asks for slugs, names and hours
 * touches no database.
 *
 * `__typename` is how graphql-js tells the members of interfaces and unions apart.
 */
abstract class Handle {
  /** The place in its table of the snapshot. */
  readonly index: number;
  constructor(index: number) {
    this.index = index;
  }
}

export class SkillHandle extends Handle {
  readonly __typename = "Skill";
}

export class ProjectHandle extends Handle {
  readonly __typename = "Project";
}

export class RoleHandle extends Handle {
  readonly __typename = "Role";
}

export class RoadmapHandle extends Handle {
  readonly __typename = "Roadmap";
}

/** Anything that has a requirement: an owner of the prerequisite graph. */
export type OwnerHandle = SkillHandle | ProjectHandle | RoleHandle | RoadmapHandle;
export type OwnerType = OwnerHandle["__typename"];

/** The owners of one type. */
interface Owners<Type extends OwnerType> {
  readonly kind: Uppercase<Type>;
  readonly table: (snapshot: GraphSnapshot) => SnapshotTable;
  /** The first of their indices in the prerequisite graph. */
  readonly first: (snapshot: GraphSnapshot) => number;
  readonly handle: (index: number) => Extract<OwnerHandle, { readonly __typename: Type }>;
}

/** The table of all that differs between the types of owners. */
export const OWNERS: { readonly [Type in OwnerType]: Owners<Type> } = {
  Skill: {
    kind: "SKILL",
    table: ({ skills }) => skills,
    first: () => 0,
    handle: (index) => new SkillHandle(index),
  },
  Project: {
    kind: "PROJECT",
    table: ({ projects }) => projects,
    first: ({ firstProject }) => firstProject,
    handle: (index) => new ProjectHandle(index),
  },
  Role: {
    kind: "ROLE",
    table: ({ roles }) => roles,
    first: ({ firstRole }) => firstRole,
    handle: (index) => new RoleHandle(index),
  },
  Roadmap: {
    kind: "ROADMAP",
    table: ({ roadmaps }) => roadmaps,
    first: ({ firstRoadmap }) => firstRoadmap,
    handle: (index) => new RoadmapHandle(index),
  },
};

export function isOwnerType(type: string): type is OwnerType {
  return Object.hasOwn(OWNERS, type);
}

function tableOf(snapshot: GraphSnapshot, { __typename }: OwnerHandle): SnapshotTable {
  return OWNERS[__typename].table(snapshot);
}

export function slugOf(snapshot: GraphSnapshot, owner: OwnerHandle): string {
  return tableOf(snapshot, owner).slugs.at(owner.index)!;
}

export function nameOf(snapshot: GraphSnapshot, owner: OwnerHandle): string {
  return tableOf(snapshot, owner).names.at(owner.index)!;
}

/** The database id of an owner. */
export function rowId(snapshot: GraphSnapshot, owner: OwnerHandle): number {
  return tableOf(snapshot, owner).ids[owner.index]!;
}

/** The index of an owner in the prerequisite graph. */
export function ownerIndex(snapshot: GraphSnapshot, owner: OwnerHandle): number {
  return OWNERS[owner.__typename].first(snapshot) + owner.index;
}

/** The owner at an index in the prerequisite graph. */
export function ownerHandle(snapshot: GraphSnapshot, owner: number): OwnerHandle {
  if (owner < snapshot.firstProject) return new SkillHandle(owner);
  if (owner < snapshot.firstRole) return new ProjectHandle(owner - snapshot.firstProject);
  if (owner < snapshot.firstRoadmap) return new RoleHandle(owner - snapshot.firstRole);
  return new RoadmapHandle(owner - snapshot.firstRoadmap);
}

/** The hours of a cost: the graph counts in hundredths of an hour. */
export function hours(cost: number): number {
  return cost / 100;
}

/** The owner of a database id, or `undefined` for a row that is younger than the snapshot. */
export function ownerOfId<Type extends OwnerType>(snapshot: GraphSnapshot, type: Type, id: number) {
  const { table, handle } = OWNERS[type];
  const index = indexOfId(table(snapshot), id);
  return index === undefined ? undefined : handle(index);
}

/** The owners that a column of some rows names, in their order; those that are younger than the snapshot are left out. */
export function ownersIn<Type extends OwnerType, Column extends string>(
  snapshot: GraphSnapshot,
  type: Type,
  column: Column,
  rows: readonly Readonly<Record<Column, number>>[],
) {
  return rows.flatMap((row) => ownerOfId(snapshot, type, row[column]) ?? []);
}

/** The owner that has a slug or had it before, or `undefined`. */
export function ownerOfSlug<Type extends OwnerType>(snapshot: GraphSnapshot, type: Type, slug: string) {
  const { table, handle } = OWNERS[type];
  const index = indexOfSlug(table(snapshot), slug);
  return index === undefined ? undefined : handle(index);
}

/** A number that tells apart the entities of one type that have constant fields. */
export function entityKey(source: unknown): number | undefined {
  return source instanceof Handle ? source.index : undefined;
}
