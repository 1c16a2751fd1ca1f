import { parseDate } from "../../planning/time/calendar-date.ts";
import {
  type DaysOff,
  type Effort,
  EVERY_WEEKDAY,
  MAX_DAY_COST,
  MAX_DAYS_OFF,
} from "../../planning/time/study-time.ts";
import { checkCount, checkRange } from "../core/check.ts";
import { fault } from "../core/errors.ts";
import { MAX_WEEKLY_HOURS } from "../limits.ts";
import { type LearningPathInput, WEEKDAY_FIELDS, WEEKDAYS } from "./input.ts";

/** When a learner learns, checked. Hours are in hundredths. */
export interface PlanTime {
  readonly startOn: string | undefined;
  /** `undefined` when the input gives no hours. */
  readonly effort: Effort | undefined;
  /** The days to learn on, numbered as in ISO 8601: 1 is Monday. */
  readonly weekdays: readonly number[];
  readonly mostPerDay: number;
  readonly daysOff: readonly DaysOff[];
  readonly deadline: string | undefined;
}

/** The time of an input that says nothing about time. */
export const ANY_TIME: PlanTime = {
  startOn: undefined,
  effort: undefined,
  weekdays: EVERY_WEEKDAY,
  mostPerDay: MAX_DAY_COST,
  daysOff: [],
  deadline: undefined,
};

const HOURS_A_DAY = MAX_DAY_COST / 100;

/** Checks the fields of an input that are about time. Throws ValidationError, which names the field. */
export function parsePlanTime(input: LearningPathInput): PlanTime {
  const startOn = dateOf("input.startOn", input.startOn);
  const deadline = dateOf("input.deadline", input.deadline);
  if (deadline !== undefined && startOn === undefined)
    throw fault("input.startOn", "a date, because there is a deadline", "none");
  // Dates with four-digit years sort as text.
  if (deadline !== undefined && startOn !== undefined && deadline < startOn)
    throw fault("input.deadline", `${startOn} or later, because learning starts then`, deadline);
  const { effort, weekdays } = effortOf(input);
  const most = input.maxHoursPerDay ?? HOURS_A_DAY;
  return {
    startOn,
    effort,
    weekdays,
    mostPerDay: hundredths("input.maxHoursPerDay", most, HOURS_A_DAY),
    daysOff: daysOffOf(input.daysOff ?? []),
    deadline,
  };
}

function effortOf(input: LearningPathInput): Pick<PlanTime, "effort" | "weekdays"> {
  const { weeklyHours, hoursPerWeekday, studyDays } = input;
  if (hoursPerWeekday != null) {
    if (weeklyHours != null)
      throw fault("input.weeklyHours", "absent when hoursPerWeekday is given", weeklyHours);
    if (studyDays != null)
      throw fault("input.studyDays", "absent when hoursPerWeekday is given", `${studyDays.length} days`);
    const perWeekday = WEEKDAY_FIELDS.map((day) => {
      const hours = hoursPerWeekday[day] ?? 0;
      return hours === 0 ? 0 : hundredths(`input.hoursPerWeekday.${day}`, hours, HOURS_A_DAY);
    });
    const weekdays = EVERY_WEEKDAY.filter((day) => perWeekday[day - 1]! > 0);
    if (weekdays.length === 0)
      throw fault("input.hoursPerWeekday", "more than 0 on at least one day", "0 hours a week");
    return { effort: { perWeekday }, weekdays };
  }
  if (studyDays?.length === 0) throw fault("input.studyDays", "at least one day", "an empty list");
  const weekdays =
    studyDays == null
      ? EVERY_WEEKDAY
      : [...new Set(studyDays.map((day) => WEEKDAYS.indexOf(day) + 1))].sort();
  if (weeklyHours == null) return { effort: undefined, weekdays };
  const weekly = hundredths("input.weeklyHours", weeklyHours, MAX_WEEKLY_HOURS);
  if (weekly > weekdays.length * MAX_DAY_COST)
    throw fault("input.weeklyHours", `at most ${HOURS_A_DAY} on each of the study days`, weeklyHours);
  return { effort: { weekly, weekdays }, weekdays };
}

function daysOffOf(daysOff: readonly DaysOff[]): readonly DaysOff[] {
  checkCount("input.daysOff", daysOff, MAX_DAYS_OFF);
  for (const [at, { from, through }] of daysOff.entries()) {
    dateOf(`input.daysOff[${at}].from`, from);
    dateOf(`input.daysOff[${at}].through`, through);
    if (through < from) throw fault(`input.daysOff[${at}].through`, `${from} or later`, through);
  }
  return daysOff;
}

function dateOf(argument: string, text: string | null | undefined): string | undefined {
  if (text == null) return undefined;
  if (parseDate(text) === undefined) throw fault(argument, "a date from 0001-01-01 to 9999-12-31", text);
  return text;
}

/** The fewest hours that are planned: what is less would have to be rounded to nothing or to more than was given. */
const LEAST_HOURS = 0.01;

/** Hours in hundredths, rounded. */
function hundredths(argument: string, hours: number, most: number): number {
  checkRange(argument, hours, LEAST_HOURS, most);
  return Math.round(hours * 100);
}
