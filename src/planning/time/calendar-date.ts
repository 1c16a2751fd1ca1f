/**
 * Calendar dates without a clock: a date is a *day number*, the days since 1970-01-01 in the proleptic
 * Gregorian calendar, so that adding days is adding and no time zone or daylight saving time can shift a plan.
 * At the edges a date is an ISO 8601 string, `YYYY-MM-DD`.
 */

const DAYS_PER_YEAR = 365;
/** The Gregorian calendar repeats itself every 400 years, which have this many days: a whole number of weeks. */
const DAYS_PER_ERA = 146_097;
/** Days from 0000-03-01, where the count below begins, to 1970-01-01. */
const EPOCH_SHIFT = 719_468;

/** ISO 8601 writes years with four digits; dates beyond need an agreement that readers do not have. */
export const FIRST_DAY = dayOfParts(1, 1, 1);
export const LAST_DAY = dayOfParts(9999, 12, 31);

/**
 * The day number of a date written as `YYYY-MM-DD`, or undefined when the text is no such date (a wrong form,
 * 30 February, year 0). O(1).
 */
export function parseDate(text: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return undefined;
  const [year, month, date] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (year < 1 || month < 1 || month > 12 || date < 1 || date > 31) return undefined;
  const day = dayOfParts(year, month, date);
  // 30 February counts on into March: only a real date comes back as it was written.
  return formatDate(day) === text ? day : undefined;
}

/** The date of a day number as `YYYY-MM-DD`. Throws a RangeError outside the years 1 to 9999. O(1). */
export function formatDate(day: number): string {
  if (!Number.isInteger(day) || day < FIRST_DAY || day > LAST_DAY)
    throw new RangeError(`expected a day number between ${FIRST_DAY} and ${LAST_DAY}, got ${day}`);
  const { year, month, date } = partsOfDay(day);
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(date).padStart(2, "0")}`;
}

/** The weekday as ISO 8601 numbers it: 1 is Monday, 7 is Sunday. */
export function weekdayOf(day: number): number {
  // 1970-01-01 was a Thursday.
  return modulo(day + 3, 7) + 1;
}

/** The Monday of the ISO week that a day lies in. */
export function mondayOf(day: number): number {
  return day - weekdayOf(day) + 1;
}

/** The ISO 8601 week of a day, such as `2027-W01`: the year is the one that the week's Thursday lies in. */
export function isoWeekOf(day: number): string {
  const thursday = mondayOf(day) + 3;
  const { year } = partsOfDay(thursday);
  const week = Math.floor((thursday - dayOfParts(year, 1, 1)) / 7) + 1;
  return `${String(year).padStart(4, "0")}-W${String(week).padStart(2, "0")}`;
}

/*
 * Years are counted from March, so that a leap day is the last day of its year and the lengths of the months
 * follow one linear formula: five months from March, August or January on have 153 days.
 */

function dayOfParts(year: number, month: number, date: number): number {
  const monthFromMarch = (month + 9) % 12;
  const marchYear = month <= 2 ? year - 1 : year;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  const dayOfYear = Math.floor((153 * monthFromMarch + 2) / 5) + date - 1;
  return marchYear * DAYS_PER_YEAR + leapDays + dayOfYear - EPOCH_SHIFT;
}

function partsOfDay(day: number): { year: number; month: number; date: number } {
  const sinceMarch0 = day + EPOCH_SHIFT;
  const era = Math.floor(sinceMarch0 / DAYS_PER_ERA);
  const dayOfEra = sinceMarch0 - era * DAYS_PER_ERA;
  // Take the leap days out of the count: one every 1,460 days, none at 36,524, one at 146,096.
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      DAYS_PER_YEAR,
  );
  const leapDays = Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100);
  const dayOfYear = dayOfEra - (yearOfEra * DAYS_PER_YEAR + leapDays);
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = ((monthFromMarch + 2) % 12) + 1;
  return { year: era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, date };
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}
