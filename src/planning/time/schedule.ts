import { formatDate, isoWeekOf, LAST_DAY, mondayOf } from "./calendar-date.ts";
import {
  type PlanRefusal,
  refuse,
  type StudyTime,
  studyDays,
  type Timetable,
  timetable,
} from "./study-time.ts";

/** Fifty years: longer than a working life, short enough to list every week of it. */
export const MAX_PLAN_WEEKS = 2_600;

/** What an item takes, in hundredths of an hour: a step of a path, a project. Items are done in their order. */
export interface PlanItem {
  readonly cost: number;
}

interface ScheduledItem {
  /** Its place in the list given. */
  readonly item: number;
  /** The first and the last day worked on it, as `YYYY-MM-DD`; the same when it fits into one day. */
  readonly startOn: string;
  readonly endOn: string;
}

export interface ScheduledWeek {
  /** From 1, the week that the plan starts in. */
  readonly number: number;
  /** Its ISO 8601 name, such as `2027-W01`. */
  readonly isoWeek: string;
  /** Its Monday. */
  readonly startsOn: string;
  /** The time that the learner has in it from `startOn` on, in hundredths of an hour; 0 in a week off. */
  readonly capacity: number;
  /** The time that the plan uses of it: all, but for the last week. */
  readonly cost: number;
  /** What is worked on, in order, with the part that falls into this week. */
  readonly items: readonly { readonly item: number; readonly cost: number }[];
}

export interface Schedule {
  readonly kind: "schedule";
  readonly startOn: string;
  /** The last day worked; absent when there is nothing to do. */
  readonly finishOn: string | undefined;
  /** All items together, in hundredths of an hour. */
  readonly cost: number;
  /** One entry per item, in their order. */
  readonly items: readonly ScheduledItem[];
  /** Every week, Monday to Sunday, from that of `startOn` to that of `finishOn`, weeks off included. */
  readonly weeks: readonly ScheduledWeek[];
}

/**
 * Puts items into a learner's days, one after the other and without gaps: each day is filled up before the
 * next begins, and an item may run over many days. Time on days off is lost, not made up for. An item that
 * costs nothing falls on the day on which the item before it ends, and at the start on the first day with time.
 *
 * O(items + days of the plan). Refuses (never throws) dates and efforts that make no sense and plans of more
 * than `MAX_PLAN_WEEKS` weeks. Throws a RangeError on a cost that is negative or not whole.
 */
export function schedule(items: readonly PlanItem[], time: StudyTime): Schedule | PlanRefusal {
  const table = timetable(time);
  if (table.kind === "refused") return table;
  const total = totalCost(items);
  const lastDay = lastDayOf(table);
  const scheduled: ScheduledItem[] = [];
  const weeks = new WeekList(table);

  const days = studyDays(table, lastDay);
  let today = { day: 0, capacity: 0, left: 0 };
  const nextDay = (): boolean => {
    const { value } = days.next();
    if (value === undefined) return false;
    today = { ...value, left: value.capacity };
    weeks.open(value.day);
    return true;
  };
  if (items.length > 0 && !nextDay()) return tooLong(table, total);
  for (const [item, { cost }] of items.entries()) {
    if (cost > 0 && today.left === 0 && !nextDay()) return tooLong(table, total);
    const startOn = today.day;
    let left = cost;
    for (;;) {
      const spent = Math.min(left, today.left);
      weeks.add(item, spent);
      today.left -= spent;
      left -= spent;
      if (left === 0) break;
      if (!nextDay()) return tooLong(table, total);
    }
    scheduled.push({ item, startOn: formatDate(startOn), endOn: formatDate(today.day) });
  }
  return {
    kind: "schedule",
    startOn: formatDate(table.start),
    finishOn: items.length > 0 ? formatDate(today.day) : undefined,
    cost: total,
    items: scheduled,
    weeks: weeks.list(),
  };
}

/** The day on which so much work is done when worked at from the start of a timetable on; absent beyond the limit. */
export function finishDay(table: Timetable, cost: number): number | undefined {
  let left = cost;
  for (const { day, capacity } of studyDays(table, lastDayOf(table))) {
    left -= capacity;
    if (left <= 0) return day;
  }
  return undefined;
}

/** The sum of the items' costs. Throws a RangeError on a cost that is negative or not whole. */
export function totalCost(items: readonly PlanItem[]): number {
  let total = 0;
  for (const { cost } of items) {
    if (!Number.isSafeInteger(cost) || cost < 0)
      throw new RangeError(`expected an item's cost as a whole number of hundredths of an hour, got ${cost}`);
    total += cost;
  }
  return total;
}

/** The last day that a plan may reach. */
export function lastDayOf(table: Timetable): number {
  return Math.min(mondayOf(table.start) + 7 * MAX_PLAN_WEEKS - 1, LAST_DAY);
}

/** That a plan outruns the limit, with what would help. */
export function tooLong(table: Timetable, cost: number): PlanRefusal {
  const weekly = table.perWeekday.reduce((sum, hours) => sum + hours, 0);
  return refuse(
    "TOO_LONG",
    `expected a plan of at most ${MAX_PLAN_WEEKS} weeks that ends by ${formatDate(lastDayOf(table))}, ` +
      `got ${cost / 100} hours at ${weekly / 100} hours a week: give it more hours a week, fewer days off or fewer goals`,
  );
}

/** Collects weeks as the days go by; remembers the weeks without work between them. */
class WeekList {
  private readonly weeks: { monday: number; cost: number; items: { item: number; cost: number }[] }[] = [];

  constructor(private readonly table: Timetable) {}

  /** Begins the weeks up to that of a day. */
  open(day: number): void {
    const last = mondayOf(day);
    let monday = this.weeks.at(-1)?.monday ?? mondayOf(this.table.start) - 7;
    while (monday < last) {
      monday += 7;
      this.weeks.push({ monday, cost: 0, items: [] });
    }
  }

  add(item: number, cost: number): void {
    const week = this.weeks.at(-1)!;
    week.cost += cost;
    const entry = week.items.at(-1);
    if (entry?.item === item) entry.cost += cost;
    else week.items.push({ item, cost });
  }

  list(): ScheduledWeek[] {
    const capacity = new Map<number, number>();
    const end = this.weeks.at(-1);
    if (end !== undefined)
      for (const { day, capacity: hours } of studyDays(this.table, Math.min(end.monday + 6, LAST_DAY)))
        capacity.set(mondayOf(day), (capacity.get(mondayOf(day)) ?? 0) + hours);
    return this.weeks.map(({ monday, cost, items }, index) => ({
      number: index + 1,
      isoWeek: isoWeekOf(monday),
      startsOn: formatDate(monday),
      capacity: capacity.get(monday) ?? 0,
      cost,
      items,
    }));
  }
}
