import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDate, parseDate } from "../../../src/planning/time/calendar-date.ts";
import { leastEffort, WEEKLY_EFFORT_STEP } from "../../../src/planning/time/deadline.ts";
import { schedule } from "../../../src/planning/time/schedule.ts";

const weekdays = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 7 });
const items = fc
  .array(fc.integer({ min: 0, max: 9_000 }), { minLength: 1, maxLength: 6 })
  .map((costs) => costs.map((cost) => ({ cost })));
const START = "2028-02-24";

describe("leastEffort", () => {
  it("is enough, and a step less is not", () => {
    fc.assert(
      fc.property(
        items,
        weekdays,
        fc.integer({ min: 0, max: 60 }),
        fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 8 }),
        fc.integer({ min: 100, max: 2_400 }),
        (given, chosen, days, off, mostPerDay) => {
          const deadline = formatDate(parseDate(START)! + days);
          const daysOff = off.map((shift) => {
            const day = formatDate(parseDate(START)! + shift);
            return { from: day, through: day };
          });
          const answer = leastEffort(given, {
            startOn: START,
            deadline,
            weekdays: chosen,
            daysOff,
            mostPerDay,
          });
          const finishWith = (weekly: number) => {
            const plan = schedule(given, { startOn: START, effort: { weekly, weekdays: chosen }, daysOff });
            return plan.kind === "schedule" ? plan.finishOn! : "never";
          };
          const mostWeekly = mostPerDay * chosen.length;
          if (answer.kind === "least-effort") {
            if (answer.weekly > 0) expect(finishWith(answer.weekly)).toBe(answer.finishOn);
            expect(answer.finishOn! <= deadline).toBe(true);
            expect(answer.weekly).toBeLessThanOrEqual(mostWeekly);
            const less = Math.ceil(answer.weekly / WEEKLY_EFFORT_STEP - 1) * WEEKLY_EFFORT_STEP;
            if (less > 0) expect(finishWith(less) > deadline).toBe(true);
            else expect(answer.weekly).toBe(given.some(({ cost }) => cost > 0) ? answer.weekly : 0);
          } else {
            expect(answer.kind).toBe("deadline-missed");
            if (answer.kind !== "deadline-missed") return;
            expect(answer.earliest).toBe(finishWith(mostWeekly));
            expect(answer.earliest > deadline).toBe(true);
            expect(answer.mostWeekly).toBe(mostWeekly);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it("never finishes later with more hours a week", () => {
    fc.assert(
      fc.property(items, weekdays, fc.integer({ min: 50, max: 2_000 }), (given, chosen, weekly) => {
        const finish = (hours: number) => {
          const plan = schedule(given, { startOn: START, effort: { weekly: hours, weekdays: chosen } });
          return plan.kind === "schedule" ? plan.finishOn! : "9999";
        };
        expect(finish(weekly + 1) <= finish(weekly)).toBe(true);
      }),
    );
  });

  it("says the earliest date when there is no way", () => {
    expect(
      leastEffort([{ cost: 10_000 }], { startOn: "2027-01-04", deadline: "2027-01-07", mostPerDay: 800 }),
    ).toEqual({
      kind: "deadline-missed",
      deadline: "2027-01-07",
      mostWeekly: 5_600,
      earliest: "2027-01-16",
      message:
        "expected a deadline of 2027-01-16 or later for 100 hours at no more than 56 hours a week, got " +
        "2027-01-07: move the deadline, start earlier or ask for less",
    });
  });

  it("asks for no effort where there is nothing to do", () => {
    const question = { startOn: "2027-01-04", deadline: "2027-01-04" };
    expect(leastEffort([], question)).toEqual({ kind: "least-effort", weekly: 0, finishOn: undefined });
    expect(leastEffort([{ cost: 0 }], question)).toEqual({
      kind: "least-effort",
      weekly: 0,
      finishOn: "2027-01-04",
    });
  });

  it("takes a deadline beyond the longest plan for that plan's end", () => {
    const answer = leastEffort([{ cost: 2_600_00 }], { startOn: "2027-01-04", deadline: "9999-12-31" });
    expect(answer).toMatchObject({ kind: "least-effort", weekly: 100 });
  });

  it.each([
    [{ deadline: "2027-01-03" }, "INVALID_DATE"],
    [{ deadline: "whenever" }, "INVALID_DATE"],
    [{ mostPerDay: 0 }, "INVALID_EFFORT"],
    [{ mostPerDay: 2_401 }, "INVALID_EFFORT"],
    [{ weekdays: [] }, "INVALID_EFFORT"],
    [{ startOn: "2027-01-32" }, "INVALID_DATE"],
    [{ daysOff: [{ from: "2027-01-01", through: "9999-12-31" }] }, "TOO_LONG"],
  ])("refuses %j", (change, reason) => {
    expect(
      leastEffort([{ cost: 1 }], { startOn: "2027-01-04", deadline: "2027-02-01", ...change }),
    ).toMatchObject({ kind: "refused", reason });
  });
});
