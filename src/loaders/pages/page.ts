type Direction = "asc" | "desc";

/** The place of a row in an ordered list: the value that the list is ordered by, then the unique slug. */
export interface Place {
  readonly key: string | number;
  readonly slug: string;
}

export interface PageRequest<Filter, Order extends string> {
  readonly filter: Filter;
  readonly order: Order;
  readonly descending: boolean;
  /** Only rows after this place in the list. */
  readonly after: Place | undefined;
  /** Only rows before this place in the list. */
  readonly before: Place | undefined;
  /** Take the last rows of the list instead of the first. */
  readonly fromEnd: boolean;
  readonly size: number;
}

export interface Page<Row> {
  /** In the order of the list. */
  readonly rows: readonly Row[];
  /** Whether the list goes on in the direction of reading: after the last row, or before the first one. */
  readonly more: boolean;
}

/** The pages of one table. */
export interface Pages<Row, Filter, Order extends string> {
  load(request: PageRequest<Filter, Order>): Promise<Page<Row>>;
  /** How many rows pass the filter. */
  count(filter: Filter): Promise<number>;
}

/** One way to order a table, in terms of Prisma. */
interface Ordering<OrderBy, Condition> {
  orderBy(direction: Direction): OrderBy[];
  /** The rows strictly after a place, when the list is read in the direction. */
  beyond(direction: Direction, place: Place): Condition;
}

type Past<Value> = { gt: Value } | { lt: Value };

function past<Value>(direction: Direction, value: Value): Past<Value> {
  return direction === "asc" ? { gt: value } : { lt: value };
}

type NameOrderBy = { slug: Direction } | { name: Direction };
type NameCondition =
  | { slug: Past<string> }
  | { OR: ({ name: Past<string> } | { name: string; slug: Past<string> })[] };
type HourOrderBy = NameOrderBy | { hours: Direction };
type HourCondition =
  | NameCondition
  | { OR: ({ hours: Past<number> } | { hours: number; slug: Past<string> })[] };

const bySlug: Ordering<NameOrderBy, NameCondition> = {
  orderBy: (direction) => [{ slug: direction }],
  beyond: (direction, { slug }) => ({ slug: past(direction, slug) }),
};
const byName: Ordering<NameOrderBy, NameCondition> = {
  orderBy: (direction) => [{ name: direction }, { slug: direction }],
  beyond: (direction, { key, slug }) => ({
    OR: [{ name: past(direction, String(key)) }, { name: String(key), slug: past(direction, slug) }],
  }),
};
const byHours: Ordering<HourOrderBy, HourCondition> = {
  orderBy: (direction) => [{ hours: direction }, { slug: direction }],
  beyond: (direction, { key, slug }) => ({
    OR: [{ hours: past(direction, Number(key)) }, { hours: Number(key), slug: past(direction, slug) }],
  }),
};

export type NameOrder = "SLUG" | "NAME";
export type HourOrder = NameOrder | "HOURS";

/** The orders of tables with a name. */
export const NAME_ORDERS: Record<NameOrder, Ordering<NameOrderBy, NameCondition>> = {
  SLUG: bySlug,
  NAME: byName,
};

/** The orders of tables with a name and hours that are never null. */
export const HOUR_ORDERS: Record<HourOrder, Ordering<HourOrderBy, HourCondition>> = {
  ...NAME_ORDERS,
  HOURS: byHours,
};

/** The value that a row is ordered by: the `key` of its place. */
export function orderKey(
  row: { readonly slug: string; readonly name: string; readonly hours?: number | null },
  order: HourOrder,
): string | number {
  if (order === "NAME") return row.name;
  if (order === "HOURS") return row.hours ?? 0;
  return row.slug;
}

/** What pages ask of a table. */
export interface PagedTable<Row, OrderBy, Condition> {
  findMany(query: { where: { AND: Condition[] }; orderBy: OrderBy[]; take: number }): Promise<Row[]>;
  count(query: { where: { AND: Condition[] } }): Promise<number>;
}

/**
 * The pages of a table, by keyset: a cursor names the rows between which to go on, not a number of rows to skip.
 * So rows that are written or deleted meanwhile make no other row appear twice or not at all. (Prisma's own
 * cursors look up their row, and return nothing once it is deleted.) A page is one SQL statement besides those
 * of `where`; with an index on the order, its time does not depend on the place.
 */
export function pagesOf<Row, Filter, Order extends string, OrderBy, Condition, Where>(
  table: PagedTable<Row, OrderBy, Condition | Where>,
  orders: Readonly<Record<Order, Ordering<OrderBy, Condition>>>,
  where: (filter: Filter) => Promise<Where[]> | Where[],
): Pages<Row, Filter, Order> {
  return {
    async load({ filter, order, descending, after, before, fromEnd, size }) {
      const ordering = orders[order];
      const forwards: Direction = descending ? "desc" : "asc";
      const backwards: Direction = descending ? "asc" : "desc";
      const conditions: (Condition | Where)[] = await where(filter);
      if (after !== undefined) conditions.push(ordering.beyond(forwards, after));
      if (before !== undefined) conditions.push(ordering.beyond(backwards, before));
      // One row more than asked for shows whether the list goes on.
      const read = await table.findMany({
        where: { AND: conditions },
        orderBy: ordering.orderBy(fromEnd ? backwards : forwards),
        take: size + 1,
      });
      const rows = read.slice(0, size);
      return { rows: fromEnd ? rows.reverse() : rows, more: read.length > size };
    },
    count: async (filter) => table.count({ where: { AND: await where(filter) } }),
  };
}
