import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDate, parseDate, weekdayOf } from "../../../src/planning/time/calendar-date.ts";
import { MAX_PLAN_WEEKS, type Schedule, schedule } from "../../../src/planning/time/schedule.ts";
import {
  type DaysOff,
  type Effort,
  MAX_DAYS_OFF,
  type StudyTime,
  spreadOverWeek,
} from "../../../src/planning/time/study-time.ts";

/** What each day would offer, by the words of the contract and one day at a time. */
function capacityOn(day: number, time: StudyTime): number {
  const iso = formatDate(day);
  if (iso < time.startOn) return 0;
  if (time.daysOff?.some(({ from, through }) => from <= iso && iso <= through)) return 0;
  const { effort } = time;
  const perWeekday =
    "perWeekday" in effort
      ? effort.perWeekday
      : spreadOverWeek(effort.weekly, effort.weekdays ?? [1, 2, 3, 4, 5, 6, 7]);
  return perWeekday[weekdayOf(day) - 1]!;
}

const start = fc
  .integer({ min: parseDate("2023-12-20")!, max: parseDate("2032-03-05")! })
  .map((day) => formatDate(day));
const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
const effort: fc.Arbitrary<Effort> = fc.oneof(
  fc.record({ weekly: fc.integer({ min: 60, max: 2_400 }) }),
  fc.record({ weekly: fc.integer({ min: 60, max: 2_400 }), weekdays }),
  fc
    .array(fc.integer({ min: 0, max: 2_400 }), { minLength: 7, maxLength: 7 })
    .filter((hours) => hours.some((cost) => cost > 50))
    .map((perWeekday) => ({ perWeekday })),
);
const studyTime: fc.Arbitrary<StudyTime> = fc
  .record({
    startOn: start,
    effort,
    off: fc.array(fc.tuple(fc.integer({ min: -20, max: 120 }), fc.integer({ min: 0, max: 20 })), {
      maxLength: 6,
    }),
  })
  .map(({ startOn, effort: given, off }) => ({
    startOn,
    effort: given,
    daysOff: off.map(([shift, length]): DaysOff => {
      const from = parseDate(startOn)! + shift;
      return { from: formatDate(from), through: formatDate(from + length) };
    }),
  }));
const items = fc
  .array(
    fc.oneof(
      { weight: 1, arbitrary: fc.constant(0) },
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
    ),
    {
      maxLength: 12,
    },
  )
  .map((costs) => costs.map((cost) => ({ cost })));

function scheduled(result: ReturnType<typeof schedule>): Schedule {
  if (result.kind === "refused") throw new Error(result.message);
  return result;
}

describe("schedule", () => {
  it("conserves hours, keeps the order, works on no day off and in no week over its hours", () => {
    fc.assert(
      fc.property(items, studyTime, (given, time) => {
        const result = schedule(given, time);
        fc.pre(result.kind === "schedule");
        const plan = scheduled(result);

        const spent = given.map(() => 0);
        let previous = -1;
        for (const week of plan.weeks) {
          const monday = parseDate(week.startsOn)!;
          expect(weekdayOf(monday)).toBe(1);
          let capacity = 0;
          for (let day = monday; day < monday + 7; day++) capacity += capacityOn(day, time);
          expect(week.capacity).toBe(capacity);
          expect(week.cost).toBeLessThanOrEqual(capacity);
          expect(week.items.reduce((sum, part) => sum + part.cost, 0)).toBe(week.cost);
          for (const part of week.items) {
            expect(part.item).toBeGreaterThanOrEqual(previous);
            previous = part.item;
            spent[part.item]! += part.cost;
          }
        }
        expect(spent).toEqual(given.map((item) => item.cost));
        expect(plan.cost).toBe(given.reduce((sum, item) => sum + item.cost, 0));

        let reached = time.startOn;
        for (const [index, item] of plan.items.entries()) {
          expect(item.item).toBe(index);
          expect(item.startOn >= reached && item.endOn >= item.startOn).toBe(true);
          expect(capacityOn(parseDate(item.startOn)!, time)).toBeGreaterThan(0);
          expect(capacityOn(parseDate(item.endOn)!, time)).toBeGreaterThan(0);
          reached = item.endOn;
        }
        expect(plan.finishOn).toBe(plan.items.at(-1)?.endOn);
      }),
      { numRuns: 200 },
    );
  });

  it("wastes no time: what is done by each end date is all that the days before could hold", () => {
    fc.assert(
      fc.property(items, studyTime, (given, time) => {
        const result = schedule(given, time);
        fc.pre(result.kind === "schedule");
        const plan = scheduled(result);
        let cost = 0;
        for (const item of plan.items) {
          cost += given[item.item]!.cost;
          let offered = 0;
          for (let day = parseDate(time.startOn)!; day < parseDate(item.endOn)!; day++)
            offered += capacityOn(day, time);
          // It could not have ended a day earlier, and does end on that day.
          if (cost > 0) expect(offered).toBeLessThan(cost);
          expect(offered + capacityOn(parseDate(item.endOn)!, time)).toBeGreaterThanOrEqual(cost);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("lists every week up to the last, weeks off included", () => {
    const plan = scheduled(
      schedule([{ cost: 1_500 }, { cost: 0 }], {
        startOn: "2027-01-04",
        effort: { weekly: 1_000 },
        daysOff: [{ from: "2027-01-11", through: "2027-01-17" }],
      }),
    );
    expect(
      plan.weeks.map(({ number, isoWeek, startsOn, capacity, cost }) => [
        number,
        isoWeek,
        startsOn,
        capacity,
        cost,
      ]),
    ).toEqual([
      [1, "2027-W01", "2027-01-04", 1_000, 1_000],
      [2, "2027-W02", "2027-01-11", 0, 0],
      [3, "2027-W03", "2027-01-18", 1_000, 500],
    ]);
    expect(plan.items).toEqual([
      { item: 0, startOn: "2027-01-04", endOn: "2027-01-21" },
      { item: 1, startOn: "2027-01-21", endOn: "2027-01-21" },
    ]);
  });

  it("counts leap days and the days on which clocks change like any other", () => {
    const daily = { weekly: 700 };
    for (const [startOn, finishOn] of [
      ["2028-02-28", "2028-03-01"],
      ["2027-02-27", "2027-03-01"],
      ["2027-03-27", "2027-03-29"],
      ["2027-10-30", "2027-11-01"],
    ] as const)
      expect(scheduled(schedule([{ cost: 300 }], { startOn, effort: daily })).finishOn).toBe(finishOn);
  });

  it("spreads a week so that it sums up and never takes a day's time away for more hours", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), weekdays, (weekly, chosen) => {
        const spread = spreadOverWeek(weekly, chosen);
        expect(spread.reduce((sum, cost) => sum + cost, 0)).toBe(weekly);
        expect(spread.every((cost, index) => cost === 0 || chosen.includes(index + 1))).toBe(true);
        const more = spreadOverWeek(weekly + 1, chosen);
        expect(more.every((cost, index) => cost >= spread[index]!)).toBe(true);
        const used = spread.filter((_, index) => chosen.includes(index + 1));
        expect(Math.max(...used) - Math.min(...used)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("has nothing to schedule for nothing", () => {
    expect(schedule([], { startOn: "2027-01-04", effort: { weekly: 1 } })).toEqual({
      kind: "schedule",
      startOn: "2027-01-04",
      finishOn: undefined,
      cost: 0,
      items: [],
      weeks: [],
    });
  });

  it.each<[string, Partial<StudyTime>, string]>([
    ["a start that is no date", { startOn: "2027-02-30" }, "INVALID_DATE"],
    ["negative hours", { effort: { weekly: -1 } }, "INVALID_EFFORT"],
    ["hours that are no number", { effort: { weekly: Number.NaN } }, "INVALID_EFFORT"],
    ["more than a day has", { effort: { weekly: 2_401, weekdays: [3] } }, "INVALID_EFFORT"],
    ["no weekday", { effort: { weekly: 10, weekdays: [] } }, "INVALID_EFFORT"],
    ["an eighth weekday", { effort: { weekly: 10, weekdays: [8] } }, "INVALID_EFFORT"],
    ["six weekdays' hours", { effort: { perWeekday: [1, 1, 1, 1, 1, 1] } }, "INVALID_EFFORT"],
    ["no hours at all", { effort: { weekly: 0 } }, "NO_TIME"],
    ["days off backwards", { daysOff: [{ from: "2027-02-02", through: "2027-02-01" }] }, "INVALID_DAYS_OFF"],
    ["a day off that is no date", { daysOff: [{ from: "soon", through: "2027-02-01" }] }, "INVALID_DATE"],
    [
      "too many days off",
      { daysOff: new Array(MAX_DAYS_OFF + 1).fill({ from: "2027-02-01", through: "2027-02-01" }) },
      "INVALID_DAYS_OFF",
    ],
    ["days off for ever", { daysOff: [{ from: "2026-01-01", through: "9999-12-31" }] }, "TOO_LONG"],
    ["a plan of more than the limit", { effort: { weekly: 1 } }, "TOO_LONG"],
  ])("refuses %s", (_, change, reason) => {
    const result = schedule([{ cost: MAX_PLAN_WEEKS + 1 }], {
      startOn: "2027-01-04",
      effort: { weekly: 100 },
      ...change,
    });
    expect(result).toMatchObject({ kind: "refused", reason });
  });

  it("makes the longest plan allowed, and the last one of the calendar", () => {
    const plan = scheduled(
      schedule([{ cost: MAX_PLAN_WEEKS }], { startOn: "2027-01-04", effort: { weekly: 1 } }),
    );
    expect(plan.weeks).toHaveLength(MAX_PLAN_WEEKS);
    expect(
      scheduled(schedule([{ cost: 1 }], { startOn: "9999-12-31", effort: { weekly: 700 } })).finishOn,
    ).toBe("9999-12-31");
    expect(schedule([{ cost: 101 }], { startOn: "9999-12-31", effort: { weekly: 700 } })).toMatchObject({
      reason: "TOO_LONG",
    });
  });
});
