import { describe, expect, test } from "vitest";
import type { LearningPathInput } from "../../../src/api/path/input.ts";
import { ANY_TIME, parsePlanTime } from "../../../src/api/path/time.ts";

const parse = (time: Omit<LearningPathInput, "goals">) => parsePlanTime({ goals: [], ...time });

describe("the time of an input", () => {
  test("is any time where the input says nothing", () => {
    expect(parse({})).toEqual(ANY_TIME);
    expect(parse({ weeklyHours: null, studyDays: null, daysOff: null, deadline: null })).toEqual(ANY_TIME);
  });

  test("spreads weekly hours over the study days, each once and Monday first", () => {
    const { effort, weekdays } = parse({ weeklyHours: 7.25, studyDays: ["SUNDAY", "TUESDAY", "SUNDAY"] });
    expect(weekdays).toEqual([2, 7]);
    expect(effort).toEqual({ weekly: 725, weekdays: [2, 7] });
  });

  test("takes the days with hours as the days to learn on", () => {
    const { effort, weekdays } = parse({ hoursPerWeekday: { saturday: 4, monday: 0.5, friday: 0 } });
    expect(weekdays).toEqual([1, 6]);
    expect(effort).toEqual({ perWeekday: [50, 0, 0, 0, 0, 400, 0] });
  });

  test("plans the least hours as given", () => {
    expect(parse({ weeklyHours: 0.01 }).effort).toMatchObject({ weekly: 1 });
    expect(parse({ maxHoursPerDay: 0.01 }).mostPerDay).toBe(1);
  });

  test.each<[string, Omit<LearningPathInput, "goals">, string]>([
    ["hours twice", { weeklyHours: 5, hoursPerWeekday: { monday: 1 } }, "input.weeklyHours to be absent"],
    ["days twice", { studyDays: ["MONDAY"], hoursPerWeekday: { monday: 1 } }, "input.studyDays to be absent"],
    ["a week without hours", { hoursPerWeekday: { monday: 0 } }, "more than 0 on at least one day"],
    ["a day of 25 hours", { hoursPerWeekday: { sunday: 25 } }, "input.hoursPerWeekday.sunday"],
    ["no study day", { weeklyHours: 5, studyDays: [] }, "input.studyDays to be at least one day"],
    ["more than the study days have", { weeklyHours: 25, studyDays: ["MONDAY"] }, "at most 24 on each"],
    ["no hours", { weeklyHours: 0 }, "input.weeklyHours to be between 0.01 and 168, got 0"],
    [
      "less than is planned",
      { weeklyHours: 0.001 },
      "input.weeklyHours to be between 0.01 and 168, got 0.001",
    ],
    [
      "a moment a day",
      { hoursPerWeekday: { monday: 1e-9 } },
      "input.hoursPerWeekday.monday to be between 0.01",
    ],
    ["a moment at most", { maxHoursPerDay: 0.009 }, "input.maxHoursPerDay to be between 0.01 and 24"],
    ["a deadline without a start", { deadline: "2027-01-04" }, "input.startOn to be a date"],
    ["a deadline before the start", { startOn: "2027-01-05", deadline: "2027-01-04" }, "2027-01-05 or later"],
    [
      "days off that end early",
      { daysOff: [{ from: "2027-01-05", through: "2027-01-04" }] },
      "daysOff[0].through",
    ],
    [
      "too many days off",
      { daysOff: Array(1_001).fill({ from: "2027-01-05", through: "2027-01-05" }) },
      "1000",
    ],
    ["the year 0", { startOn: "0000-01-01" }, "a date from 0001-01-01"],
  ])("refuses %s", (_, time, message) => {
    expect(() => parse(time)).toThrow(message);
  });
});
