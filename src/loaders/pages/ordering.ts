export type Direction = "asc" | "desc";

/** The place of a row in an ordered list: what it is ordered by, then its slug, which no other row has. */
export interface Place {
  readonly key: string | number;
  readonly slug: string;
}

/** One way to order a table, in terms of Prisma. */
export interface Ordering<OrderBy, Condition> {
  orderBy(direction: Direction): OrderBy[];
  /** The rows strictly beyond a place, in the direction. */
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
  SLUG: bySlug,
  NAME: byName,
  HOURS: byHours,
};

/** What a row is ordered by: the `key` of its place. */
export function orderKey(
  row: { readonly slug: string; readonly name: string; readonly hours?: number | null },
  order: HourOrder,
): string | number {
  if (order === "NAME") return row.name;
  if (order === "HOURS") return row.hours ?? 0;
  return row.slug;
}
