import type { InputRef, ObjectRef } from "@pothos/core";
import type { Loaders } from "../../loaders/loaders.ts";
import type { AnyOrder, Ordered, Pages } from "../../loaders/pages/page.ts";
import type { RowLoader } from "../../loaders/rows.ts";
import { builder, type SchemaTypes } from "../builder.ts";
import type { Context } from "../context.ts";
import { type Order, parseFilter, resolvePage, type WithoutNulls } from "./connection.ts";
import { OWNERS, type OwnerHandle, type OwnerType, ownerOfId, ownerOfSlug } from "./handle.ts";
import { notFound } from "./suggestions.ts";

/** Where a noun is listed from, and how. */
interface Listing<Row extends Ordered, Filter extends object, Field extends AnyOrder> {
  readonly filter: InputRef<Filter>;
  readonly order: InputRef<Order<Field>>;
  pages(context: Context): Pages<Row, WithoutNulls<Filter>, Field>;
}

interface Noun<Row extends Ordered, Entity extends object, Filter extends object, Field extends AnyOrder>
  extends Listing<Row, Filter, Field> {
  /** What the query for one says of itself. */
  readonly description: string;
  /** The same of the query for many, where it is more than usual. */
  readonly pageDescription?: string;
  /** Absent: by name. */
  readonly defaultOrder?: AnyOrder & Field;
  /** The entity of a slug. Throws, or rejects with, NotFoundError. */
  find(slug: string, context: Context): Entity | Promise<Entity>;
  /** The entity of a row; `undefined` for a row that is younger than the snapshot. */
  toNode(row: Row, context: Context): Entity | undefined;
}

/**
 * Adds the two queries of a noun: the one of a slug, such as `resource`, and the connection of all, such as
 * `resources`. See `resolvePage` for what that costs and throws.
 */
export function addNounQueries<
  Row extends Ordered,
  Entity extends object,
  Filter extends object,
  Field extends AnyOrder,
>(type: ObjectRef<SchemaTypes, Entity>, noun: Noun<Row, Entity, Filter, Field>): void {
  addQueries(type, noun);
}

/** The same for the nouns that the snapshot holds. `rows` remember what a page has read. */
export function addOwnerQueries<
  Row extends Ordered & { readonly id: number },
  Filter extends object,
  Field extends AnyOrder,
>(
  type: ObjectRef<SchemaTypes, OwnerHandle>,
  name: OwnerType,
  listing: Listing<Row, Filter, Field> & {
    rows(loaders: Loaders): RowLoader<number, Row>;
  },
): void {
  const { kind } = OWNERS[name];
  addNounQueries(type, {
    ...listing,
    description: `The ${name.toLowerCase()} of a slug. Null, with a NOT_FOUND error that suggests others, when there is none.`,
    find: (slug, context) => ownerOfSlug(context.snapshot, name, slug) ?? notFound(context, kind, slug),
    toNode: (row, { snapshot, loaders }) => {
      listing.rows(loaders).prime(row.id, row);
      return ownerOfId(snapshot, name, row.id);
    },
  });
}

/** Pothos infers nothing from the parameters of a generic function, so the types are widened here. */
function addQueries(
  type: ObjectRef<SchemaTypes, object>,
  noun: Noun<Ordered, object, object, AnyOrder>,
): void {
  const { filter, order, defaultOrder = "NAME" } = noun;
  const one = type.name.toLowerCase();
  builder.queryFields((t) => ({
    [one]: t.field({
      type,
      nullable: true,
      description: noun.description,
      args: { slug: t.arg.string({ required: true, description: `The slug of the ${one}.` }) },
      resolve: (_root, { slug }, context) => noun.find(slug, context),
    }),
    [`${one}s`]: t.connection(
      {
        type,
        nullable: true,
        description: noun.pageDescription ?? `The ${one}s, page by page.`,
        args: {
          filter: t.arg({ type: filter, description: "Which to list. Absent: all." }),
          orderBy: t.arg({
            type: order,
            description: `In which order. Absent: by ${defaultOrder.toLowerCase()}.`,
          }),
        },
        resolve: (_root, args, context) =>
          resolvePage(noun.pages(context), defaultOrder, args, parseFilter(args.filter), (row) =>
            noun.toNode(row, context),
          ),
      },
      { name: `${type.name}Connection`, description: `A page of ${one}s.` },
      { name: `${type.name}Edge` },
    ),
  }));
}
