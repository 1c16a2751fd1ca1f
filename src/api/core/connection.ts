import {
  type AnyOrder,
  isFigureOrder,
  type Ordered,
  orderKey,
  type Page,
  type Pages,
  type Place,
} from "../../loaders/pages/page.ts";
import { Cost } from "../../store/generated/client/enums.ts";
import { isStorable } from "../../store/storable-text.ts";
import { builder } from "../builder.ts";
import { DEFAULT_PAGE_SIZE, MAX_FILTER_VALUES, MAX_PAGE_SIZE } from "../limits.ts";
import { checkCount, checkRange, checkText } from "./check.ts";
import { fault, type ValidationError } from "./errors.ts";

/**
 * Relay connections over the pages of the loaders: their order, cursors and filters. Pothos' own
 * `resolveCursorConnection` is not used: it shortens a page that is too large without a word, where ours is refused.
 */

const OrderDirection = builder.enumType("OrderDirection", {
  description: "The direction of an order.",
  values: {
    ASC: { description: "The smallest first." },
    DESC: { description: "The greatest first." },
  },
});

/** What every noun can be ordered by. */
export const BY_NAME = { SLUG: { description: "By slug." }, NAME: { description: "By name." } };

/** What can be ordered by hours, too. */
export const BY_HOURS = { ...BY_NAME, HOURS: { description: "By hours." } };

/** The input that orders a noun by one of some values. */
export function orderInput<Values extends Readonly<Record<string, { readonly description: string }>>>(
  noun: string,
  values: Values,
) {
  const nouns = `${noun.toLowerCase()}s`;
  const field = builder.enumType(`${noun}OrderField`, {
    description: `What ${nouns} can be ordered by. Ties go by slug.`,
    values,
  });
  return builder.inputType(`${noun}Order`, {
    description: `How to order ${nouns}.`,
    fields: (t) => ({
      field: t.field({ type: field, required: true, description: "What to order by." }),
      direction: t.field({
        type: OrderDirection,
        required: true,
        defaultValue: "ASC",
        description: "In which direction.",
      }),
    }),
  });
}

export interface PageArguments {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
}

/** How to order a table, as clients write it. */
export interface Order<Field extends string> {
  readonly field: Field;
  readonly direction: "ASC" | "DESC";
}

interface ConnectionArguments<Field extends string> extends PageArguments {
  readonly orderBy?: Order<Field> | null;
}

/**
 * A page of a table as a Relay connection. `toNode` may leave out rows that the snapshot of the request does not hold
 * yet. One SQL statement, and one more when `totalCount` is selected.
 *
 * Throws ValidationError on a page size beyond the limit, on `first` together with `last`, and on a cursor that is
 * broken or belongs to another order, or to another revision where that decides the order.
 */
export async function resolvePage<Row extends Ordered, Entity, Filter, Field extends AnyOrder>(
  pages: Pages<Row, Filter, Field>,
  defaultOrder: Field,
  args: ConnectionArguments<Field>,
  filter: Filter,
  toNode: (row: Row) => Entity | undefined,
) {
  const { after, before } = args;
  const order = args.orderBy?.field ?? defaultOrder;
  const revision = isFigureOrder(order) ? pages.revision : undefined;
  const page = await pages.load({
    filter,
    order,
    descending: args.orderBy?.direction === "DESC",
    after: after == null ? undefined : decodeCursor(after, order, "after", revision),
    before: before == null ? undefined : decodeCursor(before, order, "before", revision),
    ...pageSize(args),
  });
  return toConnection(args, page, {
    cursorOf: (row) => encodeCursor(order, { key: orderKey(row, order), slug: row.slug }, revision),
    toNode,
    totalCount: () => pages.count(filter),
  });
}

/** How many rows to read, and from which end. Throws ValidationError as `resolvePage` does. */
export function pageSize({ first, last }: PageArguments): { size: number; fromEnd: boolean } {
  if (first != null && last != null) throw fault("last", "absent where first is given", last);
  if (first != null) checkRange("first", first, 0, MAX_PAGE_SIZE);
  if (last != null) checkRange("last", last, 0, MAX_PAGE_SIZE);
  return { size: first ?? last ?? DEFAULT_PAGE_SIZE, fromEnd: last != null };
}

/** A page that was read with these arguments as a Relay connection. */
export function toConnection<Row, Entity>(
  { last, after, before }: PageArguments,
  { rows, more }: Page<Row>,
  {
    cursorOf,
    toNode,
    totalCount,
  }: {
    readonly cursorOf: (row: Row) => string;
    readonly toNode: (row: Row) => Entity | undefined;
    readonly totalCount: () => Promise<number>;
  },
) {
  const edges = rows.flatMap((row) => {
    const node = toNode(row);
    return node === undefined ? [] : [{ cursor: cursorOf(row), node }];
  });
  return {
    edges,
    pageInfo: {
      hasNextPage: last == null ? more : before != null,
      hasPreviousPage: last == null ? after != null : more,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}

/** An input without the nulls that GraphQL lets clients write for "absent". */
export type WithoutNulls<Input> = { [Name in keyof Input]: Exclude<Input[Name], null> };

/**
 * A filter without the nulls that GraphQL lets clients write for "absent". Throws ValidationError on texts that are
 * too long or that the database cannot hold, and on lists that are too long.
 */
export function parseFilter<Input extends object>(input: Input | null | undefined): WithoutNulls<Input> {
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null);
  for (const [name, value] of given) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    checkCount(`filter.${name}`, list, MAX_FILTER_VALUES);
    for (const text of list) if (typeof text === "string") checkText(`filter.${name}`, text);
  }
  return Object.fromEntries(given) as WithoutNulls<Input>;
}

/**
 * The cursor of a row: the order of the list that it was given out with, its place there, and the revision where there is
 * one. It names a place between rows, so it stays valid when rows are written or deleted, the row itself included. But any
 * write may change the figures of all rows: a list that is ordered by these is told apart by its revision.
 */
export function encodeCursor(order: AnyOrder, { key, slug }: Place, revision?: number): string {
  return packCursor(revision === undefined ? [order, key, slug] : [order, key, slug, revision]);
}

/**
 * The place of a cursor. Throws ValidationError when it is broken, or was given out with another order or at another
 * revision than the one given.
 */
export function decodeCursor(cursor: string, order: AnyOrder, argument: string, revision?: number): Place {
  const [given, key, slug, at, ...rest] = unpackCursor(cursor);
  if (typeof given !== "string" || typeof slug !== "string" || rest.length > 0 || !isStorable(slug))
    throw brokenCursor(cursor, argument);
  if (given !== order)
    throw fault(argument, `a cursor of a list ordered by ${order}`, `one of a list ordered by ${given}`);
  if (!isKey(key, order) || typeof at !== typeof revision) throw brokenCursor(cursor, argument);
  if (at !== revision)
    throw fault(
      argument,
      `a cursor of revision ${revision}, since a write may change the order by ${order} (begin with the first page again)`,
      `one of revision ${at}`,
    );
  return { key, slug };
}

function isKey(key: unknown, order: AnyOrder): key is Place["key"] {
  switch (order) {
    case "SLUG":
    case "NAME":
      return typeof key === "string" && isStorable(key);
    case "HOURS":
      return key === null || (typeof key === "number" && Number.isFinite(key));
    case "COST":
      return key === null || Object.values<unknown>(Cost).includes(key);
    default:
      return typeof key === "number" && Number.isFinite(key);
  }
}

export function brokenCursor(cursor: string, argument: string): ValidationError {
  return fault(argument, "a cursor that this server has given out", cursor);
}

/** A list of values as text that is safe in URLs. */
export function packCursor(parts: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(parts), "utf8").toString("base64url");
}

/** What `packCursor` was given; an empty list for a text that it cannot have made. */
export function unpackCursor(cursor: string): unknown[] {
  try {
    const decoded: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(decoded) ? decoded : [];
  } catch {
    return [];
  }
}

/**
 * The ranks of a page among `total` things whose only order is their rank, from 0, and whether there are more in the
 * direction of reading. The cursor of one is `packCursor([order, rank])`. Throws ValidationError as `resolvePage` does.
 */
export function ranksOf(order: string, args: PageArguments, total: number) {
  const { size, fromEnd } = pageSize(args);
  const start = args.after == null ? 0 : rankOf(order, args.after, "after") + 1;
  const last = args.before == null ? total : Math.min(total, rankOf(order, args.before, "before"));
  const end = Math.max(start, last);
  return fromEnd
    ? { from: Math.max(start, end - size), to: end, more: end - size > start }
    : { from: start, to: Math.min(end, start + size), more: start + size < end };
}

function rankOf(order: string, cursor: string, argument: string): number {
  const [given, rank, ...rest] = unpackCursor(cursor);
  const isRank = typeof rank === "number" && Number.isSafeInteger(rank) && rank >= 0;
  if (given !== order || !isRank || rest.length > 0) throw brokenCursor(cursor, argument);
  return rank;
}
