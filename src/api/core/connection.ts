import type { Page, Pages } from "../../loaders/pages/page.ts";
import { type HourOrder, orderKey } from "../../loaders/pages/page.ts";
import { builder } from "../builder.ts";
import { DEFAULT_PAGE_SIZE, MAX_FILTER_VALUES, MAX_PAGE_SIZE } from "../limits.ts";
import { checkCount, checkRange, checkText } from "./check.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { fault } from "./errors.ts";

export const OrderDirection = builder.enumType("OrderDirection", {
  description: "The direction of an order.",
  values: {
    ASC: { description: "The smallest first." },
    DESC: { description: "The greatest first." },
  },
});

const SLUG_AND_NAME = { SLUG: { description: "By slug." }, NAME: { description: "By name." } };

/** The input that orders a noun, in the plural, that has a slug and a name. */
export function nameOrderInput(noun: string, nouns: string) {
  const field = builder.enumType(`${noun}OrderField`, {
    description: `What ${nouns} can be ordered by. Ties go by slug.`,
    values: SLUG_AND_NAME,
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

/** The input that orders a noun, in the plural, that has a slug, a name and hours. */
export function hourOrderInput(noun: string, nouns: string) {
  const field = builder.enumType(`${noun}OrderField`, {
    description: `What ${nouns} can be ordered by. Ties go by slug.`,
    values: { ...SLUG_AND_NAME, HOURS: { description: "By hours." } },
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

interface ConnectionArguments<Order extends string> extends PageArguments {
  readonly orderBy?: { readonly field: Order; readonly direction: "ASC" | "DESC" } | null;
}

interface Ordered {
  readonly slug: string;
  readonly name: string;
  readonly hours?: number | null;
}

/**
 * A page of a table as a Relay connection. `toNode` may leave out rows that the snapshot of the request does
 * not hold yet. One SQL statement, and one more when `totalCount` is selected.
 *
 * Throws BAD_USER_INPUT on a page size beyond the limit, on `first` together with `last` and on a cursor that
 * is broken or belongs to another order.
 */
export async function resolvePage<Row extends Ordered, Entity, Filter, Order extends HourOrder>(
  pages: Pages<Row, Filter, Order>,
  defaultOrder: Order,
  args: ConnectionArguments<Order>,
  filter: Filter,
  toNode: (row: Row) => Entity | undefined,
) {
  const { after, before } = args;
  const order = args.orderBy?.field ?? defaultOrder;
  const page = await pages.load({
    filter,
    order,
    descending: args.orderBy?.direction === "DESC",
    after: after == null ? undefined : decodeCursor(after, order, "after"),
    before: before == null ? undefined : decodeCursor(before, order, "before"),
    ...pageSize(args),
  });
  return toConnection(args, page, {
    cursorOf: (row) => encodeCursor(order, { key: orderKey(row, order), slug: row.slug }),
    toNode,
    totalCount: () => pages.count(filter),
  });
}

/** How many rows to read, and from which end. Throws BAD_USER_INPUT as `resolvePage` does. */
export function pageSize({ first, last }: PageArguments): { size: number; fromEnd: boolean } {
  if (first != null && last != null) throw fault("last", "absent where first is given", last);
  if (first != null) checkRange("first", first, 0, MAX_PAGE_SIZE);
  if (last != null) checkRange("last", last, 0, MAX_PAGE_SIZE);
  return { size: first ?? last ?? DEFAULT_PAGE_SIZE, fromEnd: last != null };
}

/** A page that was read by these arguments as a Relay connection. */
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

/**
 * A filter without the nulls that GraphQL lets clients write for "absent". Throws BAD_USER_INPUT on texts that
 * are too long or that no database can hold, and on lists that are too long.
 */
export function parseFilter<Input extends object>(
  input: Input | null | undefined,
): { [Name in keyof Input]: Exclude<Input[Name], null> } {
  const given = Object.entries(input ?? {}).filter(([, value]) => value !== null);
  for (const [name, value] of given) {
    const list: readonly unknown[] = Array.isArray(value) ? value : [value];
    checkCount(`filter.${name}`, list, MAX_FILTER_VALUES);
    for (const text of list) if (typeof text === "string") checkText(`filter.${name}`, text);
  }
  return Object.fromEntries(given) as { [Name in keyof Input]: Exclude<Input[Name], null> };
}
