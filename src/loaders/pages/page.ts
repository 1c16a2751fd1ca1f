import type { Direction, Ordering, Place } from "./ordering.ts";

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
  /** Whether the list goes on in the direction of reading: beyond the last row, or before the first one. */
  readonly more: boolean;
}

/** The pages of one table. */
export interface Pages<Row, Filter, Order extends string> {
  load(request: PageRequest<Filter, Order>): Promise<Page<Row>>;
  /** How many rows pass the filter. */
  count(filter: Filter): Promise<number>;
}

/**
 * One page of a table, by keyset: a cursor says between which rows to go on, not how many to skip, so rows
 * that are written or deleted meanwhile neither repeat nor hide others. (Prisma's own cursors look their row
 * up, and find nothing once it is deleted.) One SQL statement; with an index on the order, its time does not
 * depend on the place.
 */
export async function loadPage<Row, OrderBy, Condition, Order extends string>(
  ordering: Ordering<OrderBy, Condition>,
  request: PageRequest<unknown, Order>,
  find: (conditions: Condition[], orderBy: OrderBy[], take: number) => Promise<Row[]>,
): Promise<Page<Row>> {
  const forwards: Direction = request.descending ? "desc" : "asc";
  const backwards: Direction = request.descending ? "asc" : "desc";
  const conditions: Condition[] = [];
  if (request.after !== undefined) conditions.push(ordering.beyond(forwards, request.after));
  if (request.before !== undefined) conditions.push(ordering.beyond(backwards, request.before));
  const orderBy = ordering.orderBy(request.fromEnd ? backwards : forwards);
  const found = await find(conditions, orderBy, request.size + 1);
  const rows = found.slice(0, request.size);
  return { rows: request.fromEnd ? rows.reverse() : rows, more: found.length > request.size };
}
