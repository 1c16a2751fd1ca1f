import type { GraphSnapshot, SnapshotTable } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";

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

/** For each type of owner: its table, the first of its indices in the prerequisite graph, and its class. */
const OWNERS = {
  Skill: { table: ({ skills }) => skills, first: () => 0, Handle: SkillHandle },
  Project: {
    table: ({ projects }) => projects,
    first: ({ firstProject }) => firstProject,
    Handle: ProjectHandle,
  },
  Role: { table: ({ roles }) => roles, first: ({ firstRole }) => firstRole, Handle: RoleHandle },
  Roadmap: {
    table: ({ roadmaps }) => roadmaps,
    first: ({ firstRoadmap }) => firstRoadmap,
    Handle: RoadmapHandle,
  },
} satisfies Record<OwnerType, OwnerKind>;

interface OwnerKind {
  readonly table: (snapshot: GraphSnapshot) => SnapshotTable;
  readonly first: (snapshot: GraphSnapshot) => number;
  readonly Handle: new (index: number) => OwnerHandle;
}

export type OwnerType = OwnerHandle["__typename"];

export function isOwnerType(type: string): type is OwnerType {
  return Object.hasOwn(OWNERS, type);
}

/** The types of everything that has a slug. */
export type EntityType = OwnerType | "Resource" | "Document";

export function isEntityType(type: string): type is EntityType {
  return isOwnerType(type) || type === "Resource" || type === "Document";
}

/** The same as clients write it. */
export type EntityKind = Uppercase<EntityType>;

export const EntityKindEnum = builder.enumType("EntityKind", {
  description: "The kinds of things that have a slug.",
  values: {
    SKILL: { description: "Something that can be learned." },
    RESOURCE: { description: "Something to learn from." },
    PROJECT: { description: "Something to build or do." },
    ROLE: { description: "A job." },
    ROADMAP: { description: "An author's list of steps." },
    DOCUMENT: { description: "A text that supports rows of the graph." },
  } satisfies Record<EntityKind, object>,
});

/** The table of an owner in the snapshot. */
export function tableOf(snapshot: GraphSnapshot, { __typename }: OwnerHandle): SnapshotTable {
  return OWNERS[__typename].table(snapshot);
}

export function slugOf(snapshot: GraphSnapshot, owner: OwnerHandle): string {
  return tableOf(snapshot, owner).slugs[owner.index]!;
}

export function nameOf(snapshot: GraphSnapshot, owner: OwnerHandle): string {
  return tableOf(snapshot, owner).names[owner.index]!;
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

/** The owner of a type and a slug, or `undefined`. */
export function ownerOfSlug(snapshot: GraphSnapshot, type: OwnerType, slug: string): OwnerHandle | undefined {
  const { table, Handle } = OWNERS[type];
  const index = table(snapshot).indexOf.get(slug);
  return index === undefined ? undefined : new Handle(index);
}

/** The hours of a cost: the graph counts in hundredths of an hour. */
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

/** The skills of those rows that the snapshot holds, in their order. */
export function skillsOfIds(snapshot: GraphSnapshot, ids: readonly number[]): SkillHandle[] {
  return ids.flatMap((id) => skillOfId(snapshot, id) ?? []);
}

/**
 * The `extensions` of a field of a skill, project, role or roadmap whose value is read from the snapshot and depends
 * on nothing else. Compiled operations keep the text of such fields for as long as the revision lasts.
 */
export const CONSTANT = { isConstant: true };

/** A number that tells apart the entities of one type that have constant fields. */
export function entityKey(source: unknown): number | undefined {
  return source instanceof Handle ? source.index : undefined;
}

export const Goal = builder.interfaceRef<OwnerHandle>("Goal").implement({
  description:
    "What a learner can aim for: a skill, a role, a project or a roadmap. To reach it is to learn the skill, or to meet the requirement of the other three.",
  fields: (t) => ({
    id: t.id({ description: "The id for `node`." }),
    slug: t.string({
      description: "The name in links and inputs: lower case, digits and hyphens.",
      extensions: CONSTANT,
      resolve: (goal, _args, { snapshot }) => slugOf(snapshot, goal),
    }),
    name: t.string({
      description: "The name as people write it.",
      extensions: CONSTANT,
      resolve: (goal, _args, { snapshot }) => nameOf(snapshot, goal),
    }),
  }),
});
