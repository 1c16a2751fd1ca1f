import type { Effort } from "../../planning/limits.ts";
import { DEFAULT_KNOWN_IMPLIES, type KnownImplies } from "../../planning/problem/known-implies.ts";
import { MAX_LIKE_PERCENT, MIN_LIKE_PERCENT, type Objective } from "../../planning/scenarios/objective.ts";
import { MAX_PLAN_WEEKS } from "../../planning/time/schedule.ts";
import { MAX_DAYS_OFF } from "../../planning/time/study-time.ts";
import { builder, type SchemaTypes } from "../builder.ts";
import { MAX_GOALS, MAX_LISTED_SKILLS, MAX_WEEKLY_HOURS } from "../limits.ts";
import { ResourcePreferencesInput } from "../resource/resource.ts";

export const GoalInput = builder.inputType("GoalInput", {
  description: "A goal of a learner, by slug. Exactly one field must be set.",
  isOneOf: true,
  fields: (t) => ({
    skill: t.string({ description: "To learn this skill." }),
    role: t.string({ description: "To meet the requirement of this role." }),
    project: t.string({ description: "To be ready for this project." }),
    roadmap: t.string({ description: "To learn what the steps of this roadmap require." }),
  }),
});
export type GoalInput = typeof GoalInput.$inferInput;

/** Descriptions of arguments that several queries have. */
export const GOALS = `What to reach, all of it: 1 to ${MAX_GOALS} goals.`;
export const KNOWN = `Slugs of the skills that the learner has, at most ${MAX_LISTED_SKILLS}. What else counts as known because of them, \`knownImplies\` says.`;
export const CHOOSE = `Slugs of skills that must be part of the path, such as a programming language; at most ${MAX_LISTED_SKILLS}.`;
export const AVOID = `Slugs of skills that must not be part of the path, unless they are known; at most ${MAX_LISTED_SKILLS}.`;
export const IMPLIED_PREREQUISITES =
  "True means `knownImplies: PREREQUISITES_AND_PARTS`. False leaves it to `knownImplies`, and means `PARTS` where that is absent.";
export const USE_KNOWN_IMPLIES = "Use `knownImplies`, which also says what becomes of parts.";
export const NOT_KNOWN = `Slugs of skills that do not count as known because of others, at most ${MAX_LISTED_SKILLS}; nor do skills that cannot be learned without them, nor what only these imply. For a learner who disagrees with \`takenAsKnown\`.`;
export const IMPLIES = `What else counts as known because of the skills in \`known\`. The answer lists it with the reason in \`takenAsKnown\`. Absent: \`${DEFAULT_KNOWN_IMPLIES}\`.`;

export const KnownImpliesEnum = builder.enumType("KnownImplies", {
  description: "What else a learner knows who knows a skill.",
  values: {
    NOTHING: {
      description: "Nothing: only the skills listed are known. Right where a learner ticks off steps.",
    },
    PARTS: {
      description:
        "The parts of the skill, and theirs: who knows Git knows branches. Not what takes more hours than the skill itself: that is an example of it, such as a database product, or goes beyond it.",
    },
    PREREQUISITES_AND_PARTS: {
      description:
        "Also the skills that nobody can have skipped on the way to it, with their parts: who knows Django knows Python. Where a requirement offers alternatives, none of them is implied.",
    },
  } satisfies Record<KnownImplies, object>,
});

/** The days of the week as the enum `Weekday` names them, Monday first. */
export const WEEKDAYS = [
  "MONDAY",
  "TUESDAY",
  "WEDNESDAY",
  "THURSDAY",
  "FRIDAY",
  "SATURDAY",
  "SUNDAY",
] as const;

/** The same days as `WeekdayHoursInput` names them. */
export const WEEKDAY_FIELDS = WEEKDAYS.map((day) => day.toLowerCase() as Lowercase<typeof day>);

/** The same days as people write them, without a full stop. */
const nameOf = (day: string) => `${day.slice(0, 1).toUpperCase()}${day.slice(1).toLowerCase()}`;

function recordOf<Key extends string, Value>(keys: readonly Key[], valueFor: (key: Key) => Value) {
  return Object.fromEntries(keys.map((key) => [key, valueFor(key)])) as Record<Key, Value>;
}

const WeekdayEnum = builder.enumType("Weekday", {
  description: "A day of the week.",
  values: recordOf(WEEKDAYS, (day) => ({ description: `${nameOf(day)}.` })),
});

const WeekdayHoursInput = builder.inputType("WeekdayHoursInput", {
  description: "The learner's hours on each day of the week. A day that is absent has no hours.",
  fields: (t) =>
    recordOf(WEEKDAY_FIELDS, (day) => t.float({ description: `The hours on a ${nameOf(day)}.` })),
});

const DaysOffInput = builder.inputType("DaysOffInput", {
  description: "A range of days without learning, such as a holiday.",
  fields: (t) => ({
    from: t.field({ type: "LocalDate", required: true, description: "The first day off." }),
    through: t.field({
      type: "LocalDate",
      required: true,
      description: "The last day off; the same day for a single day off.",
    }),
  }),
});

const LikeInput = builder.inputType("LikeInput", {
  description: "How much the learner likes a skill.",
  fields: (t) => ({
    skill: t.string({ required: true, description: "The slug of the skill." }),
    percent: t.float({
      required: true,
      description: `How much its hours count when paths are compared, from ${MIN_LIKE_PERCENT} to ${MAX_LIKE_PERCENT} percent: below 100 for a skill the learner likes, above for one the learner dislikes.`,
    }),
  }),
});

const OptimiseEnum = builder.enumType("Optimise", {
  description: "What the path should have the least of.",
  values: {
    HOURS: { description: "Hours." },
    STEPS: { description: "Steps; among paths with equally few steps, hours." },
    MARKET: {
      description:
        "Hours, where the hours of a skill count less the more roles ask for it: half when every role does.",
    },
  } satisfies Record<Objective["optimise"], object>,
});

export const SearchEffortEnum = builder.enumType("SearchEffort", {
  description:
    "How much may be spent on the proof that a path is the cheapest. Nearly every question is proved at once, whatever the effort; it matters where hundreds of alternatives depend on one another.",
  values: {
    INSTANT: {
      description:
        "An answer within a tenth of a second: the best path found by then, with what is proved of it.",
    },
    NORMAL: { description: "A few seconds for a proof where it takes that long." },
    THOROUGH: { description: "Up to a minute for a proof where it takes that long." },
  } satisfies Record<Effort, object>,
});

export const UnknownSlugsEnum = builder.enumType("UnknownSlugs", {
  description: "What to do about slugs of skills, and of roles held, that do not exist, or no longer.",
  values: {
    REFUSE: { description: "Answer with NotFoundError, which lists all of them." },
    IGNORE: {
      description:
        "Answer as if `known`, `notKnown`, `choose`, `avoid`, `likes` and the `roles` of a standing did not name them, and list them in `ignored`. Unknown goals are refused.",
    },
  },
});

const PlannedProjectsEnum = builder.enumType("PlannedProjects", {
  description: "Which projects a plan has beside the steps of its path.",
  values: {
    NONE: { description: "None." },
    CORE: {
      description:
        "Those that the goal roles ask for (`Role.projects`), as far as the path makes them feasible; none where no role asks for any.",
    },
    FEW: {
      description: "A few that together practise most of the path: those of `LearningPath.projects`.",
    },
    ALL: { description: "All that become feasible along the path." },
  },
});
export const LearningPathInput = builder.inputType("LearningPathInput", {
  description: "Who wants to learn what, when and how.",
  fields: (t) => ({
    goals: t.field({ type: [GoalInput], required: true, description: GOALS }),
    known: t.stringList({ defaultValue: [], description: KNOWN }),
    choose: t.stringList({ defaultValue: [], description: CHOOSE }),
    avoid: t.stringList({ defaultValue: [], description: AVOID }),
    knownImplies: t.field({ type: KnownImpliesEnum, description: IMPLIES }),
    notKnown: t.stringList({ defaultValue: [], description: NOT_KNOWN }),
    knownImpliesPrerequisites: t.boolean({
      deprecationReason: USE_KNOWN_IMPLIES,
      description: IMPLIED_PREREQUISITES,
    }),
    includeOptional: t.boolean({
      defaultValue: false,
      description: "Whether to add the optional skills of the goal roles to `choose`.",
    }),
    optimise: t.field({
      type: OptimiseEnum,
      defaultValue: "HOURS",
      description: "What the path should have the least of.",
    }),
    likes: t.field({
      type: [LikeInput],
      defaultValue: [],
      description: `Skills whose hours count for less or more than they are; at most ${MAX_LISTED_SKILLS}, each once.`,
    }),
    effort: t.field({
      type: SearchEffortEnum,
      defaultValue: "NORMAL",
      description:
        "How much may be spent on a proof that the path takes the fewest hours. With `optimise`, with `likes` and for hypothetical changes it is always `INSTANT`.",
    }),
    unknown: t.field({
      type: UnknownSlugsEnum,
      defaultValue: "REFUSE",
      description: "What to do about slugs of skills that do not exist, or no longer.",
    }),
    weeklyHours: t.float({
      description: `The learner's hours a week, spread evenly over \`studyDays\`: from 0.01 to ${MAX_WEEKLY_HOURS}, and at most 24 a day. Rounded to hundredths.`,
    }),
    studyDays: t.field({ type: [WeekdayEnum], description: "The weekdays to learn on. Absent: every day." }),
    hoursPerWeekday: t.field({
      type: WeekdayHoursInput,
      description:
        "The hours of each day of the week, 0 or from 0.01 to 24, instead of `weeklyHours` and `studyDays`. Rounded to hundredths.",
    }),
    maxHoursPerDay: t.float({
      description: "The most hours a day that meeting the `deadline` may take: from 0.01 to 24. Absent: 24.",
    }),
    startOn: t.field({ type: "LocalDate", description: "The first day of learning, such as 2027-01-04." }),
    daysOff: t.field({
      type: [DaysOffInput],
      defaultValue: [],
      description: `Days without learning; at most ${MAX_DAYS_OFF} ranges.`,
    }),
    deadline: t.field({
      type: "LocalDate",
      description: `The last day of learning; needs \`startOn\`. When no hours are given, the schedule uses the fewest hours a week that meet it. A plan lasts at most ${MAX_PLAN_WEEKS} weeks.`,
    }),
    projects: t.field({
      type: PlannedProjectsEnum,
      defaultValue: "CORE",
      description:
        "Which projects the plan has: those of `LearningPath.plannedProjects`. `projectHours` has their hours, which `totalHours` does not hold; the schedule makes time for them, each after what it practises.",
    }),
    preferences: t.field({
      type: ResourcePreferencesInput,
      description: "Which resources the learner wants. Absent: any.",
    }),
  }),
});
export type LearningPathInput = typeof LearningPathInput.$inferInput;

export const USE_INPUT = "Put it into `input`, as for `learningPath`.";

/** The arguments of questions that took the fields of the input one by one before they took an `input`. */
export function fieldArgs(arg: PothosSchemaTypes.QueryFieldBuilder<SchemaTypes, unknown>["arg"]) {
  const deprecationReason = USE_INPUT;
  return {
    goals: arg({ type: [GoalInput], deprecationReason, description: GOALS }),
    known: arg.stringList({ deprecationReason, description: KNOWN }),
    knownImpliesPrerequisites: arg.boolean({ deprecationReason, description: IMPLIED_PREREQUISITES }),
  };
}
