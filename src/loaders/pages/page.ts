import type { Prisma } from "../../store/generated/client/client.ts";
import { Cost } from "../../store/generated/client/enums.ts";

type Direction = "asc" | "desc";

/** The place of a row in an ordered list: the value that the list is ordered by, then the unique slug. */
export interface Place {
  /** Null where the row does not say, which counts as the most. */
  readonly key: string | number | null;
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
  /** The revision of the figures that some orders go by: places in such a list are of this revision alone. */
  readonly revision?: number;
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

export type ResourceOrder = HourOrder | "COST";

/** The orders of skills by figures of the graph as a whole, which no column holds. */
export const FIGURE_ORDERS = [
  "DEPENDENTS",
  "DEPENDENT_SKILLS",
  "BLOCKING_FACTOR",
  "DELAY_FACTOR",
  "STRUCTURAL_COMPLEXITY",
  "CENTRALITY",
  "REDUNDANT_PREREQUISITES",
  "BETWEENNESS",
  "TAUGHT_BY",
  "PRACTISED_BY",
] as const;
export type FigureOrder = (typeof FIGURE_ORDERS)[number];
export type SkillOrder = HourOrder | FigureOrder;
export type AnyOrder = ResourceOrder | SkillOrder;

const figureOrders: ReadonlySet<string> = new Set(FIGURE_ORDERS);

export function isFigureOrder(order: AnyOrder): order is FigureOrder {
  return figureOrders.has(order);
}

type ResourceOrdering = Ordering<Prisma.ResourceOrderByWithRelationInput, Prisma.ResourceWhereInput>;

/** By a column that may be null; the databases put nulls after the greatest value. */
function byOptional<Value>(
  orderBy: (direction: Direction) => Prisma.ResourceOrderByWithRelationInput,
  read: (key: Place["key"]) => Value | null,
  is: (value: Value | null) => Prisma.ResourceWhereInput,
  isPast: (direction: Direction, value: Value) => Prisma.ResourceWhereInput,
): ResourceOrdering {
  return {
    orderBy: (direction) => [orderBy(direction), { slug: direction }],
    beyond: (direction, { key, slug }) => {
      const value = read(key);
      const sameKey = { AND: [is(value), { slug: past(direction, slug) }] };
      if (value === null) return direction === "asc" ? sameKey : { OR: [sameKey, { NOT: is(null) }] };
      return { OR: [sameKey, isPast(direction, value), ...(direction === "asc" ? [is(null)] : [])] };
    },
  };
}

const COSTS: readonly Cost[] = Object.values(Cost);

/** The orders of resources, whose hours and costs may be unknown. */
export const RESOURCE_ORDERS: Record<ResourceOrder, ResourceOrdering> = {
  ...NAME_ORDERS,
  HOURS: byOptional(
    (direction) => ({ hours: direction }),
    (key) => (key === null ? null : Number(key)),
    (hours) => ({ hours }),
    (direction, hours) => ({ hours: past(direction, hours) }),
  ),
  COST: byOptional(
    (direction) => ({ cost: direction }),
    (key) => COSTS.find((cost) => cost === key) ?? null,
    (cost) => ({ cost }),
    (direction, cost) => {
      const at = COSTS.indexOf(cost);
      return { cost: { in: direction === "asc" ? COSTS.slice(at + 1) : COSTS.slice(0, at) } };
    },
  ),
};

/** What a row can be ordered by. */
export interface Ordered {
  readonly slug: string;
  readonly name: string;
  readonly hours?: number | null;
  readonly cost?: string | null;
  /** What it is ordered by where that is a figure. */
  readonly figure?: number;
}

/** The value that a row is ordered by: the `key` of its place. */
export function orderKey(row: Ordered, order: AnyOrder): Place["key"] {
  switch (order) {
    case "SLUG":
      return row.slug;
    case "NAME":
      return row.name;
    case "HOURS":
      return row.hours ?? null;
    case "COST":
      return row.cost ?? null;
    default:
      return row.figure ?? 0;
  }
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
