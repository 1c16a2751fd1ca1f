import { formatDate, parseDate } from "./calendar-date.ts";
import { finishDay, lastDayOf, type PlanItem, tooLong, totalCost } from "./schedule.ts";
import {
  type DaysOff,
  EVERY_WEEKDAY,
  invalidDate,
  MAX_DAY_COST,
  type PlanRefusal,
  refuse,
  spreadOverWeek,
  type Timetable,
  timetable,
  weekdaysRefusal,
} from "./study-time.ts";

/** The least effort is rounded up to a quarter of an hour a week: nobody plans finer. */
export const WEEKLY_EFFORT_STEP = 25;

export interface DeadlineQuestion {
  readonly startOn: string;
  /** The last day that may be worked on, as `YYYY-MM-DD`. */
  readonly deadline: string;
  /** Spread evenly over these weekdays, by default all, as `Effort.weekly` is. */
  readonly weekdays?: readonly number[];
  readonly daysOff?: readonly DaysOff[];
  /** The most that the learner can give a day, in hundredths of an hour; by default all 24 hours. */
  readonly mostPerDay?: number;
}

export interface LeastEffort {
  readonly kind: "least-effort";
  /** The least multiple of `WEEKLY_EFFORT_STEP` a week with which the items are done by the deadline. */
  readonly weekly: number;
  /** When the items are done with that effort; absent when there is nothing to do. */
  readonly finishOn: string | undefined;
}

/** That no effort meets the deadline, with what can be had instead. */
export interface DeadlineMissed {
  readonly kind: "deadline-missed";
  readonly deadline: string;
  /** The most that can be worked a week, in hundredths of an hour. */
  readonly mostWeekly: number;
  /** When the items are done with that. */
  readonly earliest: string;
  readonly message: string;
}

/**
 * The least weekly effort that gets the items done by a deadline, under the same spread over the days as
 * `schedule` uses, rounded up to `WEEKLY_EFFORT_STEP`: by bisection, since more hours a week never finish
 * later. Work that costs nothing asks for no effort: `weekly` is 0.
 *
 * When even the most that can be worked a day is too little, the answer is the earliest date possible. A
 * deadline beyond the longest plan (`MAX_PLAN_WEEKS`) counts as that plan's last day.
 * O(items + log(effort) · days). Throws a RangeError on a cost that is negative or not whole.
 */
export function leastEffort(
  items: readonly PlanItem[],
  question: DeadlineQuestion,
): LeastEffort | DeadlineMissed | PlanRefusal {
  const weekdays = [...new Set(question.weekdays ?? EVERY_WEEKDAY)];
  const refusal = weekdaysRefusal(weekdays);
  if (refusal !== undefined) return refusal;
  const mostPerDay = question.mostPerDay ?? MAX_DAY_COST;
  if (!Number.isSafeInteger(mostPerDay) || mostPerDay <= 0 || mostPerDay > MAX_DAY_COST)
    return refuse(
      "INVALID_EFFORT",
      `expected at most ${MAX_DAY_COST / 100} hours a day and more than 0, got ${mostPerDay / 100}`,
    );
  const deadline = parseDate(question.deadline);
  if (deadline === undefined) return invalidDate("deadline", question.deadline);
  const mostWeekly = mostPerDay * weekdays.length;
  const most = timetable({ ...question, effort: { weekly: mostWeekly, weekdays } });
  if (most.kind === "refused") return most;
  if (deadline < most.start)
    return refuse(
      "INVALID_DATE",
      `expected a deadline on or after the start, got ${question.deadline} before ${question.startOn}`,
    );

  const cost = totalCost(items);
  const earliest = finishDay(most, cost);
  if (earliest === undefined) return tooLong(most, cost);
  if (items.length === 0) return { kind: "least-effort", weekly: 0, finishOn: undefined };
  if (earliest > deadline) return missed(question.deadline, mostWeekly, cost, earliest);
  if (cost === 0) return { kind: "least-effort", weekly: 0, finishOn: formatDate(earliest) };

  const last = Math.min(deadline, lastDayOf(most));
  const finishWith = (steps: number): number | undefined =>
    finishDay(withWeekly(most, Math.min(steps * WEEKLY_EFFORT_STEP, mostWeekly), weekdays), cost);
  let tooLittle = 0;
  let enough = Math.ceil(mostWeekly / WEEKLY_EFFORT_STEP);
  while (enough - tooLittle > 1) {
    const middle = (tooLittle + enough) >> 1;
    const finish = finishWith(middle);
    if (finish !== undefined && finish <= last) enough = middle;
    else tooLittle = middle;
  }
  return {
    kind: "least-effort",
    weekly: Math.min(enough * WEEKLY_EFFORT_STEP, mostWeekly),
    finishOn: formatDate(finishWith(enough)!),
  };
}

function withWeekly(table: Timetable, weekly: number, weekdays: readonly number[]): Timetable {
  return { ...table, perWeekday: spreadOverWeek(weekly, weekdays) };
}

function missed(deadline: string, mostWeekly: number, cost: number, earliest: number): DeadlineMissed {
  const date = formatDate(earliest);
  return {
    kind: "deadline-missed",
    deadline,
    mostWeekly,
    earliest: date,
    message:
      `expected a deadline of ${date} or later for ${cost / 100} hours at no more than ${mostWeekly / 100} ` +
      `hours a week, got ${deadline}: move the deadline, start earlier or ask for less`,
  };
}
