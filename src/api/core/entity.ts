import type { ObjectRef } from "@pothos/core";
import { GraphQLError } from "graphql";
import type { Loaders } from "../../loaders/loaders.ts";
import type { ListLoader } from "../../loaders/rows.ts";
import { getDatamodel } from "../../store/generated/pothos.ts";
import { builder, type SchemaTypes } from "../builder.ts";
import type { Context } from "../context.ts";
import { encodeGlobalId } from "./global-id.ts";
import { isOwnerType, nameOf, type OwnerHandle, type OwnerType, rowId, slugOf } from "./handle.ts";
import { CONSTANT, OF_REVISION } from "./kept.ts";

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

/** The types of what clients know by its kind. */
export const TYPE_OF: Readonly<Record<EntityKind, EntityType>> = {
  SKILL: "Skill",
  RESOURCE: "Resource",
  PROJECT: "Project",
  ROLE: "Role",
  ROADMAP: "Roadmap",
  DOCUMENT: "Document",
};

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
    summary: t.string({ description: "What it is, in one or two sentences." }),
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
    extensions: OF_REVISION,
    resolve: async (owner: OwnerHandle, _args: object, { snapshot, loaders }: Context) => {
      const row = await loaderOf(loaders).load(rowId(snapshot, owner));
      return orStale(row, `A ${table.toLowerCase()}`)[column];
    },
  });
}

/** For owners: the type, description and resolver of a field that lists the rows of a loader. */
export function rowsOf<Row, Name extends string>(
  type: ObjectRef<SchemaTypes, Row>,
  description: string,
  loader: Name,
) {
  const list: [typeof type] = [type];
  type Rows = Readonly<Record<Name, ListLoader<number, Row>>>;
  return {
    type: list,
    description,
    extensions: OF_REVISION,
    resolve: (owner: OwnerHandle, _args: object, context: Pick<Context, "snapshot"> & { loaders: Rows }) =>
      context.loaders[loader].load(rowId(context.snapshot, owner)),
  };
}

/** Rows of one kind; all of them where no kind is given. */
export function ofKind<Kind, Row extends { readonly kind: Kind }>(
  rows: readonly Row[],
  kind: Kind | null | undefined,
): readonly Row[] {
  return kind == null ? rows : rows.filter((row) => row.kind === kind);
}
