import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createContext } from "../../src/api/context.ts";
import { planLink } from "../../src/api/path/plan-link.ts";
import { type LearningPathInput, parsePlanRequest } from "../../src/api/path/plan-request.ts";
import { PlanQueryFault, parsePlanQuery } from "../../src/http/plan-query.ts";
import { openApi, type TestApi } from "../support/api.ts";
import { operationsGraph } from "../support/operations-graph.ts";

let api: TestApi;
beforeAll(async () => {
  api = await openApi(operationsGraph());
});
afterAll(() => api.close());

const inputs: Record<string, LearningPathInput> = {
  "a role": { goals: [{ role: "backend-developer" }] },
  "goals of every kind": {
    goals: [{ role: "data-engineer" }, { skill: "sql" }, { project: "todo-api" }, { roadmap: "three-steps" }],
  },
  "all about skills": {
    goals: [{ role: "backend-developer" }],
    known: ["git", "http"],
    choose: ["python", "sql"],
    avoid: ["mysql"],
    optimise: "STEPS",
    likes: [
      { skill: "java", percent: 12.5 },
      { skill: "python", percent: 400 },
    ],
  },
  "hours a week on some days": {
    goals: [{ skill: "sql" }],
    weeklyHours: 7.25,
    studyDays: ["SATURDAY", "TUESDAY"],
    startOn: "2027-01-04",
    daysOff: [
      { from: "2027-01-09", through: "2027-01-09" },
      { from: "2027-12-24", through: "2028-01-02" },
    ],
    projects: "FEW",
  },
  "hours of each day": {
    goals: [{ skill: "sql" }],
    hoursPerWeekday: { monday: 0.5, sunday: 12 },
    startOn: "2028-02-29",
    deadline: "2030-01-01",
    maxHoursPerDay: 3.5,
  },
  preferences: {
    goals: [{ skill: "sql" }],
    optimise: "MARKET",
    preferences: {
      kinds: ["BOOK", "COURSE_PLATFORM"],
      maxCost: "FREEMIUM",
      languages: ["en", "pt-BR"],
      atMost: 3,
    },
  },
};

test.each(Object.entries(inputs))("a link says the whole request again: %s", async (_, input) => {
  const context = createContext(api.store);
  const request = await parsePlanRequest(context, input);
  const link = planLink(context.snapshot, "checklist", request);
  expect(link).toMatch(/^\/learning-path\.md\?[\w=&,.:-]+$/);
  const query = parsePlanQuery(new URLSearchParams(link!.slice(link!.indexOf("?") + 1)));
  const again = await parsePlanRequest(context, query.input);
  // The order of goals says nothing: a link names them by kind.
  const sorted = (goals: readonly number[]) => [...goals].sort((a, b) => a - b);
  expect({ ...again, question: { ...again.question, goals: sorted(again.question.goals) } }).toEqual({
    ...request,
    question: { ...request.question, goals: sorted(request.question.goals) },
  });
});

test("what is implied or optional stands in the link in full, so that it means the same", async () => {
  const context = createContext(api.store);
  const request = await parsePlanRequest(context, {
    goals: [{ role: "backend-developer" }],
    known: ["django"],
    knownImpliesPrerequisites: true,
    includeOptional: true,
  });
  expect(planLink(context.snapshot, "calendar", request)).toBe(
    "/learning-path.ics?role=backend-developer&known=django,python&choose=observability",
  );
});

test("a link that nobody could send is none", async () => {
  const context = createContext(api.store);
  const { goals } = inputs["a role"]!;
  const daysOff = Array.from({ length: 1_000 }, () => ({ from: "2027-01-09", through: "2027-01-10" }));
  const request = await parsePlanRequest(context, { goals, daysOff });
  expect(planLink(context.snapshot, "calendar", request)).toBeUndefined();
});

describe("by hand", () => {
  const parse = (text: string) => parsePlanQuery(new URLSearchParams(text));

  test("lists may be repeated or have commas, words are read in any case, empty values are none", () => {
    const { input, events } = parse(
      "role=a&role=b,%20c&known=&projects=Few&events=WEEK&daysOff=2027-05-01&includeOptional=TRUE&weeklyHours=",
    );
    expect(input).toMatchObject({
      goals: [{ role: "a" }, { role: "b" }, { role: "c" }],
      known: [],
      projects: "FEW",
      daysOff: [{ from: "2027-05-01", through: "2027-05-01" }],
      includeOptional: true,
      weeklyHours: undefined,
    });
    expect(events).toBe("WEEK");
  });

  test.each([
    ["goal=git", "Expected parameters among role, skill,"],
    ["weeklyHours=ten", 'Expected a number in weeklyHours, got "ten".'],
    ["weeklyHours=1e3", 'Expected a number in weeklyHours, got "1e3".'],
    ["weeklyHours=1&weeklyHours=2", "Expected weeklyHours once, got it several times."],
    ["likes=python", 'Expected likes such as python:50, got "python".'],
    [
      "hoursPerWeekday=funday:2",
      'Expected hoursPerWeekday to be monday or tuesday or wednesday or thursday or friday or saturday or sunday, got "funday".',
    ],
    ["daysOff=2027-01-01..2027-01-02..2027-01-03", "Expected daysOff such as"],
    ["maxCost=cheap", 'Expected maxCost to be free or freemium or paid, got "cheap".'],
    ["includeOptional=yes", 'Expected includeOptional to be true or false, got "yes".'],
    ["studyDays=__proto__", "Expected studyDays to be monday"],
  ])("%s is refused in words", (text, message) => {
    expect(() => parse(text)).toThrow(PlanQueryFault);
    expect(() => parse(text)).toThrow(message);
  });
});
