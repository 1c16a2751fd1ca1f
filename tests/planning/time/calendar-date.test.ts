import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FIRST_DAY,
  formatDate,
  isoWeekOf,
  LAST_DAY,
  mondayOf,
  parseDate,
  weekdayOf,
} from "../../../src/planning/time/calendar-date.ts";

const day = fc.integer({ min: FIRST_DAY, max: LAST_DAY });

describe("calendar dates", () => {
  it("agrees with the platform's calendar in UTC", () => {
    fc.assert(
      fc.property(day, (d) => {
        const platform = new Date(d * 86_400_000);
        expect(formatDate(d)).toBe(platform.toISOString().slice(0, 10));
        expect(parseDate(formatDate(d))).toBe(d);
        expect(weekdayOf(d) % 7).toBe(platform.getUTCDay());
      }),
      { numRuns: 2_000 },
    );
  });

  it("walks through four hundred years without a gap", () => {
    const from = parseDate("1899-12-31")!;
    const wrong: string[] = [];
    for (let d = from; d <= from + 146_097; d++)
      if (formatDate(d) !== new Date(d * 86_400_000).toISOString().slice(0, 10)) wrong.push(formatDate(d));
    expect(wrong).toEqual([]);
  });

  it("knows leap days", () => {
    expect(parseDate("2028-02-29")).toBe(parseDate("2028-03-01")! - 1);
    expect(parseDate("2000-02-29")).toBeDefined();
    expect(parseDate("1900-02-29")).toBeUndefined();
    expect(parseDate("2027-02-29")).toBeUndefined();
  });

  it.each([
    "",
    "2027-1-04",
    "2027-01-04T00:00:00Z",
    "2027-13-01",
    "2027-00-10",
    "2027-04-31",
    "2027-04-00",
    "0000-01-01",
    "+12027-01-01",
    "2027-01-04\n",
  ])("refuses %j", (text) => {
    expect(parseDate(text)).toBeUndefined();
  });

  it("refuses to write a day outside of four-digit years", () => {
    expect(formatDate(FIRST_DAY)).toBe("0001-01-01");
    expect(formatDate(LAST_DAY)).toBe("9999-12-31");
    for (const bad of [FIRST_DAY - 1, LAST_DAY + 1, 0.5, Number.NaN])
      expect(() => formatDate(bad)).toThrow(RangeError);
  });

  it("puts a day into the week of its Thursday", () => {
    const week = (text: string) => isoWeekOf(parseDate(text)!);
    expect(week("2027-01-03")).toBe("2026-W53");
    expect(week("2027-01-04")).toBe("2027-W01");
    expect(week("2024-12-30")).toBe("2025-W01");
    expect(week("2028-01-02")).toBe("2027-W52");
    fc.assert(
      fc.property(day, (d) => {
        expect(weekdayOf(mondayOf(d))).toBe(1);
        expect(d - mondayOf(d)).toBe(weekdayOf(d) - 1);
        expect(isoWeekOf(d)).toBe(isoWeekOf(mondayOf(d)));
        expect(isoWeekOf(d + 7 <= LAST_DAY ? d + 7 : d - 7)).not.toBe(isoWeekOf(d));
      }),
    );
  });
});
