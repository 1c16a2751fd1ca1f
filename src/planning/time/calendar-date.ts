/**
 * Calendar dates without a clock: a date is a *day number*, the days since 1970-01-01 in the proleptic
 * Gregorian calendar, so that adding days is adding and no time zone or daylight saving time can shift a plan.
 * At the edges a date is an ISO 8601 string, `YYYY-MM-DD`. The platform's calendar converts between them, in UTC.
 */

const MS_PER_DAY = 86_400_000;

/** ISO 8601 writes years with four digits; dates beyond need an agreement that readers do not have. */
export const FIRST_DAY = Date.parse("0001-01-01") / MS_PER_DAY;
export const LAST_DAY = Date.parse("9999-12-31") / MS_PER_DAY;

/**
 * The day number of a date written as `YYYY-MM-DD`, or undefined when the text is no such date (a wrong form,
 * 30 February, year 0). O(1).
 */
export function parseDate(text: string): number | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = Date.parse(text) / MS_PER_DAY;
  // 30 February may count on into March: only a real date comes back as it was written.
  return day >= FIRST_DAY && formatDate(day) === text ? day : undefined;
}

/** The date of a day number as `YYYY-MM-DD`. Throws a RangeError outside the years 1 to 9999. O(1). */
export function formatDate(day: number): string {
  if (!Number.isInteger(day) || day < FIRST_DAY || day > LAST_DAY)
    throw new RangeError(`expected a day number between ${FIRST_DAY} and ${LAST_DAY}, got ${day}`);
  return new Date(day * MS_PER_DAY).toISOString().slice(0, 10);
}

/** The weekday as ISO 8601 numbers it: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday. The remainder is negative for days before.
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

/** The Monday of the ISO week that a day lies in. */
export function mondayOf(day: number): number {
  return day - weekdayOf(day) + 1;
}

/** The ISO 8601 week of a day, such as `2027-W01`: the year is the one that the week's Thursday lies in. */
export function isoWeekOf(day: number): string {
  const thursday = mondayOf(day) + 3;
  const year = String(new Date(thursday * MS_PER_DAY).getUTCFullYear()).padStart(4, "0");
  const week = Math.floor((thursday - Date.parse(`${year}-01-01`) / MS_PER_DAY) / 7) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}
