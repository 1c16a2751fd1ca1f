import { MAX_LIKE_PERCENT, MIN_LIKE_PERCENT, type Objective } from "../../planning/scenarios/objective.ts";
import { MAX_PLAN_WEEKS } from "../../planning/time/schedule.ts";
import { MAX_DAYS_OFF } from "../../planning/time/study-time.ts";
import { builder } from "../builder.ts";
import { MAX_GOALS, MAX_LISTED_SKILLS, MAX_WEEKLY_HOURS } from "../limits.ts";
import { ResourcePreferencesInput } from "../resource/resource.ts";
import { GoalInput, IMPLIED, KNOWN } from "./learner-input-types.ts";
import type { PlannedProjects } from "./plan-request.ts";
import type { Weekday } from "./plan-time.ts";

const WeekdayEnum = builder.enumType("Weekday", {
  description: "A day of the week.",
  values: {
    MONDAY: { description: "Monday." },
    TUESDAY: { description: "Tuesday." },
    WEDNESDAY: { description: "Wednesday." },
    THURSDAY: { description: "Thursday." },
    FRIDAY: { description: "Friday." },
    SATURDAY: { description: "Saturday." },
    SUNDAY: { description: "Sunday." },
  } satisfies Record<Weekday, object>,
});

const WeekdayHoursInput = builder.inputType("WeekdayHoursInput", {
  description: "How many hours the learner has on each day of the week; a day that is absent has none.",
  fields: (t) => ({
    monday: t.float({ description: "The hours of a Monday." }),
    tuesday: t.float({ description: "The hours of a Tuesday." }),
    wednesday: t.float({ description: "The hours of a Wednesday." }),
    thursday: t.float({ description: "The hours of a Thursday." }),
    friday: t.float({ description: "The hours of a Friday." }),
    saturday: t.float({ description: "The hours of a Saturday." }),
    sunday: t.float({ description: "The hours of a Sunday." }),
  }),
});

const DaysOffInput = builder.inputType("DaysOffInput", {
  description: "Days without learning, such as holidays.",
  fields: (t) => ({
    from: t.field({ type: "LocalDate", required: true, description: "The first day off." }),
    through: t.field({
      type: "LocalDate",
      required: true,
      description: "The last day off; the same for a single day.",
    }),
  }),
});

const LikeInput = builder.inputType("LikeInput", {
  description: "How much the learner likes a skill.",
  fields: (t) => ({
    skill: t.string({ required: true, description: "The slug of the skill." }),
    percent: t.float({
      required: true,
      description: `How much its hours count when paths are compared, from ${MIN_LIKE_PERCENT} to ${MAX_LIKE_PERCENT} percent: below 100 for what is liked, above for what is disliked.`,
    }),
  }),
});

const OptimiseEnum = builder.enumType("Optimise", {
  description: "What a path is to have least of.",
  values: {
    HOURS: { description: "Hours." },
    STEPS: { description: "Steps; among equally few, hours." },
    MARKET: {
      description:
        "Hours, those on a skill counting less the more roles ask for it: half when all of the graph's roles do.",
    },
  } satisfies Record<Objective["optimise"], object>,
});

const PlannedProjectsEnum = builder.enumType("PlannedProjects", {
  description: "Which projects the schedule makes time for.",
  values: {
    NONE: { description: "None." },
    FEW: {
      description: "The few that together practise most of the path: those of `LearningPath.projects`.",
    },
    ALL: { description: "All that become feasible along the path." },
  } satisfies Record<PlannedProjects, object>,
});

export const LearningPathInput = builder.inputType("LearningPathInput", {
  description: "Who wants to learn what, when and how.",
  fields: (t) => ({
    goals: t.field({
      type: [GoalInput],
      required: true,
      description: `What to reach, all of it; from 1 to ${MAX_GOALS} goals.`,
    }),
    known: t.stringList({ defaultValue: [], description: KNOWN }),
    choose: t.stringList({
      defaultValue: [],
      description: `Slugs of skills that must be part of the path, such as the language to take; at most ${MAX_LISTED_SKILLS}.`,
    }),
    avoid: t.stringList({
      defaultValue: [],
      description: `Slugs of skills that must not be part of the path, unless they are known; at most ${MAX_LISTED_SKILLS}.`,
    }),
    knownImpliesPrerequisites: t.boolean({ defaultValue: false, description: IMPLIED }),
    includeOptional: t.boolean({
      defaultValue: false,
      description: "Whether to add the optional skills of the roles among the goals to what is chosen.",
    }),
    optimise: t.field({
      type: OptimiseEnum,
      defaultValue: "HOURS",
      description: "What the path is to have least of.",
    }),
    likes: t.field({
      type: [LikeInput],
      defaultValue: [],
      description: `Skills whose hours count less or more than others; at most ${MAX_LISTED_SKILLS}, each once.`,
    }),
    weeklyHours: t.float({
      description: `How many hours a week the learner has, spread evenly over \`studyDays\`: more than 0, at most ${MAX_WEEKLY_HOURS} and 24 a day. Counted in hundredths.`,
    }),
    studyDays: t.field({
      type: [WeekdayEnum],
      description: "The weekdays to learn on; absent: all.",
    }),
    hoursPerWeekday: t.field({
      type: WeekdayHoursInput,
      description:
        "The hours of each day of the week, from 0 to 24, in place of `weeklyHours` and `studyDays`. Counted in hundredths.",
    }),
    maxHoursPerDay: t.float({
      description:
        "The most hours that a `deadline` may ask for on a day: more than 0, at most 24; absent: 24.",
    }),
    startOn: t.field({ type: "LocalDate", description: "The first day of learning, such as 2027-01-04." }),
    daysOff: t.field({
      type: [DaysOffInput],
      defaultValue: [],
      description: `Days without learning; at most ${MAX_DAYS_OFF} ranges.`,
    }),
    deadline: t.field({
      type: "LocalDate",
      description: `The last day of learning; needs \`startOn\`. With it and without hours, the schedule takes the least effort that meets it. Plans last at most ${MAX_PLAN_WEEKS} weeks.`,
    }),
    projects: t.field({
      type: PlannedProjectsEnum,
      defaultValue: "NONE",
      description: "Which projects the schedule makes time for.",
    }),
    preferences: t.field({
      type: ResourcePreferencesInput,
      description: "Which resources the learner wants; absent: any.",
    }),
  }),
});
