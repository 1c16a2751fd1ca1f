import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OPERATION_TOO_LARGE } from "../../src/api/operation-limits.ts";
import { openApi, type TestApi } from "../support/api.ts";
import { operationsGraph } from "../support/operations-graph.ts";

/** Whatever a client asks of planning, the answer is one: a path, an error of a union, or a named fault. */

let api: TestApi;
beforeAll(async () => {
  api = await openApi(operationsGraph());
});
afterAll(() => api.close());

const QUERY = `
query Everything($input: LearningPathInput!, $plain: LearningPathInput!, $skill: String!, $first: Int!, $atMost: Int, $roles: [String!]!,
  $from: StandingInput!, $to: GoalInput!, $changes: [HypotheticalChangeInput!]!, $preferences: ResourcePreferencesInput) {
  learningPath(input: $input) {
    __typename
    ... on Error { message }
    ... on LearningPath {
      totalHours preferenceHours calendar checklist
      schedule { __typename ... on Error { message } ... on LearningSchedule { finishOn totalWeeks items { startOn } } }
      deadline { __typename ... on Error { message } }
      stages { hours } criticalPath { hours leastHours(people: $first) }
      milestones(first: $first) { feasibleOn } projects(atMost: $atMost) { coverage unpractised { position } }
      resources(preferences: $preferences) { __typename ... on Error { message } }
      choices(first: $first) { __typename ... on PathChoices { choices { path { totalHours calendar } } } }
      sensitivity(first: $first) { __typename ... on PathSensitivity { hours { changesAtHours } prerequisites { difference { extraHours } } } }
      explain(skill: $skill) { __typename ... on Explanation { text } }
      steps { startOn endOn resources(first: $first) { slug } because { isChosen requirements { node { id } choice { atLeast } } }
        alternatives { extraHours instead { extraHours } } }
    }
  }
  skillGap(from: $from, to: $to) { __typename ... on Error { message } ... on SkillGap { missingHours path { steps { hours } } } }
  transitions(from: $from, to: $roles, first: $first) { __typename ... on Transitions { roles { readiness } } }
  compareRoles(roles: $roles) { __typename ... on Error { message } }
  whatIf(changes: $changes, input: $plain) {
    __typename
    ... on Error { message }
    ... on WhatIf {
      today { totalHours } hypothetical { totalHours finishOn steps { slug name hours } } missing { cause skill { slug } }
      difference { extraHours added { slug } dropped { slug } } goalsRemoved { slug } unlearnable { slug } loop { slug }
    }
  }
  readyToLearn(first: $first) {
    __typename
    ... on ReadyToLearn { skills { projectsUnlocked feasibleNext { slug } } notReady(first: $first) { unmet { id } } }
  }
}`;

const SKILLS = [
  "git",
  "http",
  "python",
  "java",
  "django",
  "spring",
  "sql",
  "mysql",
  "web-service",
  "observability",
];
const slug = fc.oneof(
  { weight: 60, arbitrary: fc.constantFrom(...SKILLS) },
  { weight: 1, arbitrary: fc.constantFrom("", "nothing", "added-1", "\u0000", "constructor") },
);
const role = fc.constantFrom("backend-developer", "data-engineer", "data-engineer", "nobody");
const goal = fc.oneof(
  slug.map((skill) => ({ skill })),
  role.map((name) => ({ role: name })),
  fc.constantFrom({ project: "todo-api" }, { project: "shop-design" }, { roadmap: "three-steps" }),
);
const few = <Value>(value: fc.Arbitrary<Value>, maxLength = 3) => fc.array(value, { maxLength });
const hours = fc.oneof(
  { weight: 20, arbitrary: fc.double({ min: 0.01, max: 60, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 1e-300, 1e300, 168) },
);
const date = fc.constantFrom(
  "2027-01-04",
  "2028-02-29",
  "9999-12-31",
  "0001-01-01",
  "2027-06-30",
  "0000-01-01",
);
const seldom = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: value });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { freq: 2 });
const count = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -1, 2_147_483_647) },
);
const preferences = fc.record(
  {
    kinds: few(fc.constantFrom("BOOK", "COURSE")),
    maxCost: maybe(fc.constantFrom("FREE", "FREEMIUM", "PAID")),
    languages: few(fc.constantFrom("en", "de-AT", "")),
    atMost: maybe(count),
  },
  { requiredKeys: [] },
);
const { requirement } = fc.letrec((tie) => ({
  requirement: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    slug.map((skill) => ({ skill })),
    fc.array(tie("requirement"), { maxLength: 3 }).map((allOf) => ({ allOf })),
    fc.array(tie("requirement"), { maxLength: 3 }).map((anyOf) => ({ anyOf })),
    fc
      .record({ count: fc.integer({ min: 0, max: 3 }), of: fc.array(tie("requirement"), { maxLength: 3 }) })
      .map((atLeast) => ({ atLeast })),
  ),
}));
const change = fc.oneof(
  fc
    .record({
      slug: fc.constantFrom(
        "added-1",
        "added-2",
        "added-3",
        "added-1",
        "added-2",
        "added-3",
        "added-4",
        "Not A Slug",
        "git",
      ),
      hours,
      requires: maybe(requirement),
    })
    .map((addSkill) => ({ addSkill })),
  slug.map((removeSkill) => ({ removeSkill })),
  fc.record({ skill: slug, hours }).map((setHours) => ({ setHours })),
  fc.record({ of: goal, requires: maybe(requirement) }).map((setRequirement) => ({ setRequirement })),
  fc.record({ to: goal, requires: requirement }).map((addPrerequisite) => ({ addPrerequisite })),
  fc.record({ from: goal, skill: slug }).map((dropPrerequisite) => ({ dropPrerequisite })),
);
const input = fc.record(
  {
    goals: fc.oneof({ weight: 9, arbitrary: fc.array(goal, { minLength: 1, maxLength: 3 }) }, few(goal, 0)),
    known: few(slug, 4),
    choose: few(slug, 2),
    avoid: few(slug, 2),
    knownImplies: fc.constantFrom("NOTHING", "PARTS", "PREREQUISITES_AND_PARTS"),
    notKnown: few(slug, 2),
    knownImpliesPrerequisites: fc.boolean(),
    includeOptional: fc.boolean(),
    optimise: fc.constantFrom("HOURS", "HOURS", "STEPS", "MARKET"),
    likes: few(fc.record({ skill: slug, percent: fc.constantFrom(1, 2.5, 50, 400, 1_000, 1, 50, 1e300) }), 2),
    weeklyHours: maybe(hours),
    studyDays: seldom(few(fc.constantFrom("MONDAY", "SUNDAY"), 2)),
    hoursPerWeekday: seldom(fc.record({ monday: hours, friday: maybe(hours) }, { requiredKeys: [] })),
    maxHoursPerDay: maybe(hours),
    startOn: maybe(date),
    daysOff: few(fc.record({ from: date, through: date }), 2),
    deadline: maybe(date),
    projects: fc.constantFrom("NONE", "CORE", "FEW", "ALL"),
    preferences: maybe(preferences),
  },
  { requiredKeys: ["goals"] },
);
/** What a what-if understands, and now and then more. */
const plain = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      goals: fc.array(goal, { minLength: 1, maxLength: 2 }),
      known: few(slug, 2),
      weeklyHours: fc.constantFrom(10, undefined),
      startOn: fc.constantFrom("2027-01-04", undefined),
    }),
  },
  { weight: 1, arbitrary: input },
);
const variables = fc.record({
  input,
  plain,
  skill: slug,
  first: count,
  atMost: maybe(count),
  roles: few(role),
  from: fc.record({ known: few(slug), roles: few(role, 1) }, { requiredKeys: [] }),
  to: goal,
  changes: fc.oneof(
    { weight: 9, arbitrary: fc.array(change, { minLength: 1, maxLength: 3 }) },
    fc.constant([]),
  ),
  preferences: maybe(preferences),
});

test("no input of planning is an internal fault", async () => {
  const outcomes = new Set<string>();
  await fc.assert(
    fc.asyncProperty(variables, async (given) => {
      const { status, data, errors } = await api.ask(QUERY, given);
      // Pages that the variables make too large are refused before anything is executed.
      const code = status === 400 ? OPERATION_TOO_LARGE : "BAD_USER_INPUT";
      if (status !== 400) expect(status).toBe(200);
      for (const { extensions, message } of errors)
        expect([extensions.code, message]).toEqual([code, message]);
      for (const result of Object.values<{ __typename: string } | null>(data ?? {}))
        if (result !== null) outcomes.add(result.__typename);
    }),
    { numRuns: 200 },
  );
  // The inputs are not all refused at once.
  for (const outcome of ["LearningPath", "WhatIf", "SkillGap", "Transitions"])
    expect([...outcomes]).toContain(outcome);
});
