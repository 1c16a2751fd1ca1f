import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createContext } from "../../../src/api/context.ts";
import { type LearningPathInput, WEEKDAYS } from "../../../src/api/path/input.ts";
import { planLink, planQuery, readPlanQuery } from "../../../src/api/path/link.ts";
import { PlanLinkError } from "../../../src/api/path/link-formats.ts";
import { parsePlanRequest } from "../../../src/api/path/request.ts";
import { RESOURCE_COSTS } from "../../../src/planning/cover/path-resources.ts";
import { ResourceKind } from "../../../src/store/generated/client/enums.ts";
import { openApi, type TestApi } from "../../support/api.ts";
import { operationsGraph } from "../../support/operations-graph.ts";

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

/** Writes the request of an input as a link, reads it, and expects the same request. */
async function expectRoundTrip(input: LearningPathInput): Promise<void> {
  const context = createContext(api.store);
  const request = await parsePlanRequest(context, input);
  const link = planLink(context.snapshot, "checklist", request);
  expect(link).toMatch(/^\/learning-path\.md\?[\w=&,.:-]+$/);
  const query = readPlanQuery(new URLSearchParams(link!.slice(link!.indexOf("?") + 1)));
  expect(await parsePlanRequest(context, query.input)).toEqual(request);
}

test.each(Object.entries(inputs))("a link says the whole request: %s", (_, input) => expectRoundTrip(input));

test("a link says the whole request, whatever it is", async () => {
  const slug = fc.constantFrom("git", "http", "java", "python", "django", "spring", "sql", "web-service");
  const goal = fc.oneof(
    slug.map((skill) => ({ skill })),
    fc.constantFrom("backend-developer", "data-engineer").map((role) => ({ role })),
    fc.constantFrom("todo-api", "shop-design").map((project) => ({ project })),
    fc.constant({ roadmap: "three-steps" }),
  );
  const hours = fc.double({ min: 0.01, max: 24, noNaN: true });
  const days = fc.subarray([...WEEKDAYS], { minLength: 1 });
  const studyHours = fc.oneof(
    fc.record({ weeklyHours: hours, studyDays: fc.option(days, { nil: undefined }) }),
    days.chain((days) =>
      fc.record(Object.fromEntries(days.map((day) => [day.toLowerCase(), hours]))).map((hoursPerWeekday) => ({
        hoursPerWeekday,
      })),
    ),
  );
  const date = fc
    .date({ min: new Date("2027-01-01"), max: new Date("2039-12-31"), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
  const range = fc.tuple(date, date).map((dates) => dates.sort());
  const input = fc
    .record(
      {
        goals: fc.array(goal, { minLength: 1, maxLength: 4 }),
        known: fc.array(slug),
        notKnown: fc.array(slug),
        wanted: fc.tuple(fc.uniqueArray(slug), fc.boolean()),
        knownImplies: fc.constantFrom(
          "NOTHING" as const,
          "PARTS" as const,
          "PREREQUISITES_AND_PARTS" as const,
        ),
        optimise: fc.constantFrom("HOURS" as const, "STEPS" as const, "MARKET" as const),
        likes: fc.uniqueArray(
          fc.record({ skill: slug, percent: fc.double({ min: 1, max: 1_000, noNaN: true }) }),
          { selector: ({ skill }) => skill },
        ),
        studyHours,
        effort: fc.constantFrom("INSTANT" as const, "NORMAL" as const, "THOROUGH" as const),
        maxHoursPerDay: hours,
        dates: range,
        daysOff: fc.array(range.map(([from, through]) => ({ from: from!, through: through! }))),
        projects: fc.constantFrom("NONE" as const, "CORE" as const, "FEW" as const, "ALL" as const),
        preferences: fc.record(
          {
            kinds: fc.subarray(Object.values(ResourceKind), { minLength: 1 }),
            maxCost: fc.constantFrom(...RESOURCE_COSTS),
            languages: fc.subarray(["en", "de-AT", "pt-BR"], { minLength: 1 }),
            atMost: fc.integer({ min: 1, max: 200 }),
          },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: ["goals"] },
    )
    .map(({ wanted: [skills, isChosen] = [[], false], studyHours, dates, ...rest }) => ({
      ...rest,
      ...studyHours,
      choose: isChosen ? skills : [],
      avoid: isChosen ? [] : skills,
      startOn: dates?.[0],
      deadline: dates?.[1],
    }));
  await fc.assert(fc.asyncProperty(input, expectRoundTrip), { numRuns: 300 });
});

test("a link says what known skills imply and names the optional skills", async () => {
  const context = createContext(api.store);
  const request = await parsePlanRequest(context, {
    goals: [{ role: "backend-developer" }],
    known: ["django"],
    knownImpliesPrerequisites: true,
    includeOptional: true,
  });
  expect(planLink(context.snapshot, "calendar", request)).toBe(
    "/learning-path.ics?role=backend-developer&known=django&choose=observability&knownImplies=prerequisites_and_parts",
  );
});

test.each<[LearningPathInput, string]>([
  [{ goals: [{ skill: "sql" }], known: ["git"] }, "skill=sql&known=git&knownImplies=prerequisites_and_parts"],
  [
    { goals: [{ skill: "sql" }], known: ["git"], knownImplies: "PARTS" },
    "skill=sql&known=git&knownImplies=parts",
  ],
  [
    { goals: [{ skill: "sql" }], known: ["git"], knownImpliesPrerequisites: false },
    "skill=sql&known=git&knownImplies=parts",
  ],
  [{ goals: [{ skill: "sql" }] }, "skill=sql"],
])("a link of %j says what known skills imply, wherever some are", async (input, expected) => {
  const context = createContext(api.store);
  const request = await parsePlanRequest(context, input);
  expect(planQuery(context.snapshot, request)).toBe(expected);
  // What is kept is asked for somebody who knows more by then.
  expect(planQuery(context.snapshot, request, true)).toContain("knownImplies=");
});

test("there is no link when it would be too long to be sent", async () => {
  const context = createContext(api.store);
  const { goals } = inputs["a role"]!;
  const daysOff = Array.from({ length: 1_000 }, () => ({ from: "2027-01-09", through: "2027-01-10" }));
  const request = await parsePlanRequest(context, { goals, daysOff });
  expect(planLink(context.snapshot, "calendar", request)).toBeUndefined();
});

describe("by hand", () => {
  const parse = (text: string) => readPlanQuery(new URLSearchParams(text));

  test("lists may be repeated or have commas, words are read in any case, empty values count as absent", () => {
    const { input, events } = parse(
      "role=a&role=b,%20c&known=&projects=Few&events=Item&daysOff=2027-05-01&includeOptional=TRUE&weeklyHours=",
    );
    expect(input).toEqual({
      goals: [{ role: "a" }, { role: "b" }, { role: "c" }],
      projects: "FEW",
      daysOff: [{ from: "2027-05-01", through: "2027-05-01" }],
      includeOptional: true,
      unknown: "IGNORE",
      preferences: {},
    });
    expect(events).toBe("ITEM");
  });

  test("parameters of others are passed over, and links ignore unknown skills unless they say otherwise", () => {
    const { input } = parse("utm_source=mail&role=a&fbclid=x&gclid=1&mc_cid=&ref=z");
    expect(input).toEqual({ goals: [{ role: "a" }], unknown: "IGNORE", preferences: {} });
    expect(parse("role=a&unknown=refuse").input.unknown).toBe("REFUSE");
  });

  test.each([
    ["goals=git&weeklyHour=10", 'Expected the parameter weeklyHours, got "weeklyHour".'],
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
    expect(() => parse(text)).toThrow(PlanLinkError);
    expect(() => parse(text)).toThrow(message);
  });
});
