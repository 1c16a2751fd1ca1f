import { parseDate } from "../../planning/time/calendar-date.ts";
import {
  type DaysOff,
  type Effort,
  EVERY_WEEKDAY,
  MAX_DAY_COST,
  MAX_DAYS_OFF,
} from "../../planning/time/study-time.ts";
import { ValidationError } from "../core/errors.ts";
import { MAX_WEEKLY_HOURS } from "../limits.ts";

/** The days of the week as clients name them, Monday first. */
export const WEEKDAYS = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];
export type WeekdayHours = { readonly [Day in Lowercase<Weekday>]?: number | null };

/** When a learner learns, as clients write it. */
export interface PlanTimeInput {
  readonly weeklyHours?: number | null;
  readonly studyDays?: readonly Weekday[] | null;
  readonly hoursPerWeekday?: WeekdayHours | null;
  readonly maxHoursPerDay?: number | null;
  readonly startOn?: string | null;
  readonly daysOff?: readonly DaysOff[] | null;
  readonly deadline?: string | null;
}

/** The same, checked; hours are in hundredths. */
export interface PlanTime {
  readonly startOn: string | undefined;
  /** `undefined`: the learner did not say. */
  readonly effort: Effort | undefined;
  /** Weekdays as ISO 8601 numbers them. */
  readonly weekdays: readonly number[];
  readonly mostPerDay: number;
  readonly daysOff: readonly DaysOff[];
  readonly deadline: string | undefined;
}

/** Of a learner who said nothing of time. */
export const ANY_TIME: PlanTime = {
  startOn: undefined,
  effort: undefined,
  weekdays: EVERY_WEEKDAY,
  mostPerDay: MAX_DAY_COST,
  daysOff: [],
  deadline: undefined,
};

const HOURS_A_DAY = MAX_DAY_COST / 100;

/** Checks what an input says of time, and says which field is wrong. Throws ValidationError. */
export function parsePlanTime(input: PlanTimeInput): PlanTime {
  const startOn = dateOf("input.startOn", input.startOn);
  const deadline = dateOf("input.deadline", input.deadline);
  if (deadline !== undefined && startOn === undefined)
    throw fault("input.startOn", "a date, since there is a deadline", "none");
  // Dates of four-digit years compare as texts.
  if (deadline !== undefined && startOn !== undefined && deadline < startOn)
    throw fault("input.deadline", `${startOn} or later, since learning starts then`, deadline);
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

function effortOf(input: PlanTimeInput): { effort: Effort | undefined; weekdays: readonly number[] } {
  const { weeklyHours, hoursPerWeekday, studyDays } = input;
  if (hoursPerWeekday != null) {
    if (weeklyHours != null)
      throw fault("input.weeklyHours", "absent where hoursPerWeekday is given", weeklyHours);
    if (studyDays != null)
      throw fault("input.studyDays", "absent where hoursPerWeekday is given", `${studyDays.length} days`);
    const perWeekday = WEEKDAYS.map((day) => hoursOfDay(day, hoursPerWeekday));
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

function hoursOfDay(day: Weekday, hours: WeekdayHours): number {
  const name = lowercase(day);
  const value = hours[name] ?? 0;
  return value === 0 ? 0 : hundredths(`input.hoursPerWeekday.${name}`, value, HOURS_A_DAY);
}

function lowercase<Text extends string>(text: Text): Lowercase<Text> {
  return text.toLowerCase() as Lowercase<Text>;
}

function daysOffOf(daysOff: readonly DaysOff[]): readonly DaysOff[] {
  if (daysOff.length > MAX_DAYS_OFF)
    throw fault("input.daysOff", `a list of at most ${MAX_DAYS_OFF}`, `${daysOff.length} entries`);
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

/** Hours as hundredths: at least one, since who gives time gives some. */
function hundredths(argument: string, hours: number, most: number): number {
  if (!(hours > 0 && hours <= most)) throw fault(argument, `more than 0 and at most ${most}`, hours);
  return Math.max(1, Math.round(hours * 100));
}

function fault(argument: string, expected: string, received: string | number): ValidationError {
  return new ValidationError({ argument, expected, received });
}
