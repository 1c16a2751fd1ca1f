import { GraphQLError } from "graphql";
import type { Loaders } from "../../loaders/loaders.ts";
import { getDatamodel } from "../../store/generated/pothos.ts";
import type { GraphSnapshot, SnapshotTable } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";

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

function tableOf(snapshot: GraphSnapshot, { __typename }: OwnerHandle): SnapshotTable {
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

/** The owner of a database id, or `undefined` for a row that is younger than the snapshot. */
export function ownerOfId<Type extends OwnerType>(snapshot: GraphSnapshot, type: Type, id: number) {
  const { table, handle } = OWNERS[type];
  const index = indexOfId(table(snapshot), id);
  return index === undefined ? undefined : handle(index);
}

/** The owners of those rows that the snapshot holds, in their order. */
export function ownersOfIds<Type extends OwnerType>(
  snapshot: GraphSnapshot,
  type: Type,
  ids: readonly number[],
) {
  return ids.flatMap((id) => ownerOfId(snapshot, type, id) ?? []);
}

/** The owner of a slug, or `undefined`. */
export function ownerOfSlug<Type extends OwnerType>(snapshot: GraphSnapshot, type: Type, slug: string) {
  const { table, handle } = OWNERS[type];
  const index = table(snapshot).indexOf.get(slug);
  return index === undefined ? undefined : handle(index);
}

/**
 * The Relay id of an entity: its type and slug. Slugs, not row numbers, so that an id means the same in every
 * database that the same files were imported into. Other types have what finds their objects in place of the slug.
 */
export function encodeGlobalId(type: string, slug: string): string {
  return Buffer.from(`${type}:${slug}`, "utf8").toString("base64");
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
    id: t.id({
      description: "The id for `node`.",
      extensions: CONSTANT,
      resolve: (goal, _args, { snapshot }) => encodeGlobalId(goal.__typename, slugOf(snapshot, goal)),
    }),
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

/**
 * A row that belongs to the snapshot of the request, or an error of the code STALE_REVISION: a write may delete the
 * row after the request took its snapshot and before the row is read. The client can only repeat the request.
 * `what` names the row at the beginning of a sentence, such as "A skill".
 */
export function orStale<Row>(row: Row | undefined, what: string): Row {
  if (row !== undefined) return row;
  throw new GraphQLError(`${what} was deleted while this request was answered. Send it again.`, {
    extensions: { code: "STALE_REVISION" },
  });
}

const { models } = getDatamodel().datamodel;

/** The description of a table in the Prisma schema. Throws on a table that has none. */
export function tableDescription(table: string): string {
  const text = models[table]?.documentation;
  if (text === undefined) throw new Error(`expected the Prisma model ${table} to have a /// comment`);
  return text;
}

/** The description of a column in the Prisma schema. Throws on a column that has none. */
export function columnDescription(table: string, column: string): string {
  const text = models[table]?.fields.find((field) => field.name === column)?.documentation;
  if (text === undefined)
    throw new Error(`expected the Prisma column ${table}.${column} to have a /// comment`);
  return text;
}

/**
 * For owners, whose parent object is not their row: gives the description and the resolver of a field that is a
 * column of the row.
 */
export function columnsOf<Row extends object>(
  table: OwnerType,
  loaderOf: (loaders: Loaders) => { load(id: number): Promise<Row | undefined> },
) {
  return <Column extends keyof Row & string>(column: Column) => ({
    description: columnDescription(table, column),
    resolve: async (owner: OwnerHandle, _args: object, { snapshot, loaders }: Context) => {
      const row = await loaderOf(loaders).load(rowId(snapshot, owner));
      return orStale(row, `A ${table.toLowerCase()}`)[column];
    },
  });
}
