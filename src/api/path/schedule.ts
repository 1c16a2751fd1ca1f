import { type DeadlineMissed, type LeastEffort, leastEffort } from "../../planning/time/deadline.ts";
import { type PlanStep, withProjects } from "../../planning/time/milestones.ts";
import { MAX_PLAN_WEEKS, type Schedule, type ScheduledWeek, schedule } from "../../planning/time/schedule.ts";
import type { Effort, PlanRefusal } from "../../planning/time/study-time.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { DeadlineMissedError, PlanRefusedError, results } from "../core/errors.ts";
import { andThen, memo } from "../core/run.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { type AnsweredPath, LearningPath } from "./path.ts";
import { MilestoneType, plannedProjectsOf } from "./projects.ts";
import { PathStep, type PathStepShape } from "./step.ts";
import type { PlanTime } from "./time.ts";

/** A skill or a project in its place in the calendar. */
type PlanItem = PlanStep & Schedule["items"][number];

interface PlanSchedule extends Schedule {
  readonly items: readonly PlanItem[];
}

type Planned = PlanSchedule | PlanRefusal | DeadlineMissed;

/** The steps of a path, with the planned projects in their places. A promise only where there are projects. */
export const planStepsOf = memo(
  (path: AnsweredPath, context: Context): readonly PlanStep[] | Promise<readonly PlanStep[]> =>
    andThen(plannedProjectsOf(path, context), ({ milestones }) =>
      withProjects(context.snapshot.graph, path.solved.skills, milestones),
    ),
);

/**
 * The schedule of a path. `undefined` when the input has no start, or neither hours nor a deadline. With a deadline
 * and no hours, it uses the fewest hours a week that meet the deadline.
 */
export const scheduleOf = memo(
  (path: AnsweredPath, context: Context): Planned | undefined | Promise<Planned | undefined> =>
    andThen(planStepsOf(path, context), (steps) => planned(path.request.time, steps)),
);

type SkillDates = ReadonlyMap<number, PlanItem>;

/** When each skill of a path is learned; empty without a schedule. */
const skillDatesOf = memo((path: AnsweredPath, context: Context): SkillDates | Promise<SkillDates> =>
  andThen(scheduleOf(path, context), (plan) => {
    const skills = plan?.kind === "schedule" ? plan.items.filter(({ kind }) => kind === "SKILL") : [];
    return new Map(skills.map((item) => [item.owner, item]));
  }),
);

/** Puts steps into the learner's time. `undefined` as for `scheduleOf`. O(steps + days). */
export function planned(time: PlanTime, steps: readonly PlanStep[]): Planned | undefined {
  const { startOn, daysOff, weekdays } = time;
  if (startOn === undefined) return undefined;
  let effort: Effort | undefined = time.effort;
  if (effort === undefined) {
    const least = leastEffortOf(time, steps);
    if (least === undefined || least.kind !== "least-effort") return least;
    // When all steps take no time, the least effort is 0, which no schedule accepts.
    effort = { weekly: Math.max(1, least.weekly), weekdays };
  }
  const made = schedule(steps, { startOn, effort, daysOff });
  if (made.kind === "refused") return made;
  return { ...made, items: made.items.map((dates, at) => ({ ...steps[at]!, ...dates })) };
}

/** The fewest hours a week that meet the deadline; `undefined` without one. */
function leastEffortOf(time: PlanTime, steps: readonly PlanStep[]) {
  const { startOn, deadline, weekdays, daysOff, mostPerDay } = time;
  if (startOn === undefined || deadline === undefined) return undefined;
  return leastEffort(steps, { startOn, deadline, weekdays, daysOff, mostPerDay });
}

function refuse(result: PlanRefusal | DeadlineMissed): never {
  throw result.kind === "refused" ? new PlanRefusedError(result) : new DeadlineMissedError(result);
}

const PlanItemKind = builder.enumType("PlanItemKind", {
  description: "What is done.",
  values: {
    SKILL: { description: "A skill is learned." },
    PROJECT: { description: "A project is carried out." },
  } satisfies Record<PlanStep["kind"], object>,
});

const ScheduleItem = builder.objectRef<OfPath<PlanItem>>("ScheduleItem").implement({
  description: "A skill or a project in the calendar.",
  fields: (t) => ({
    position: t.int({
      description: "The position in the schedule, from 1.",
      resolve: ({ item }) => item + 1,
    }),
    kind: t.expose("kind", {
      type: PlanItemKind,
      description: "Whether a skill is learned or a project is carried out.",
    }),
    subject: t.goal("The skill or the project.", ({ owner }) => owner),
    hours: t.hours("The hours it takes.", ({ cost }) => cost),
    startOn: t.expose("startOn", { type: "LocalDate", description: "The first day of work on it." }),
    endOn: t.expose("endOn", {
      type: "LocalDate",
      description: "The last day of work on it; the same as `startOn` when it fits into one day.",
    }),
  }),
});
addPartId(ScheduleItem, ({ path, item }) => [path, item]);

interface WeekItemShape {
  readonly week: number;
  readonly item: OfPath<PlanItem>;
  readonly cost: number;
}

const ScheduleWeekItem = builder.objectRef<WeekItemShape>("ScheduleWeekItem").implement({
  description: "The part of a skill or a project that falls into one week.",
  fields: (t) => ({
    hours: t.hours("The hours in this week.", ({ cost }) => cost),
    item: t.expose("item", { type: ScheduleItem, description: "The whole skill or project." }),
  }),
});
addPartId(ScheduleWeekItem, ({ week, item }) => [item.path, week, item.item]);

const ScheduleWeek = builder
  .objectRef<ScheduledWeek & { readonly plan: OfPath<PlanSchedule> }>("ScheduleWeek")
  .implement({
    description: "A week of the schedule, Monday to Sunday.",
    fields: (t) => ({
      number: t.exposeInt("number", {
        description: "The number of the week, from 1: the week of `startOn`.",
      }),
      isoWeek: t.exposeString("isoWeek", {
        description: "The week as ISO 8601 names it, such as 2027-W01.",
      }),
      startsOn: t.expose("startsOn", { type: "LocalDate", description: "The Monday of the week." }),
      availableHours: t.hours(
        "The hours that the learner has in this week; 0 in a week off.",
        ({ capacity }) => capacity,
      ),
      hours: t.hours(
        "The hours that the plan uses: all available ones, except in the last week.",
        ({ cost }) => cost,
      ),
      items: t.field({
        type: [ScheduleWeekItem],
        description: "The work of the week, in order; empty in a week off.",
        resolve: ({ plan: { path, items: all }, number, items }) =>
          items.map(({ item, cost }) => ({ week: number, item: { ...all[item]!, path }, cost })),
      }),
    }),
  });
addPartId(ScheduleWeek, ({ plan, number }) => [plan.path, number]);

const LearningSchedule = builder.objectRef<OfPath<PlanSchedule>>("LearningSchedule").implement({
  description:
    "A path in the learner's calendar, one step after the other and without gaps. Dates have no time zone.",
  fields: (t) => ({
    startOn: t.expose("startOn", { type: "LocalDate", description: "The first day of the plan." }),
    finishOn: t.expose("finishOn", {
      type: "LocalDate",
      nullable: true,
      description: "The last day of work; null when there is nothing to do.",
    }),
    totalHours: t.hours(
      "The hours of the whole schedule: those of the path and of the planned projects.",
      ({ cost }) => cost,
    ),
    totalWeeks: t.int({
      description: "The number of weeks that it spans, including weeks off.",
      resolve: ({ weeks }) => weeks.length,
    }),
    items: t.field({
      type: [ScheduleItem],
      description: "The skills and projects in order, with their dates.",
      resolve: ({ path, items }) => items.map((item) => ({ ...item, path })),
    }),
    weeks: t.field({
      type: [ScheduleWeek],
      description: `All weeks, from the first to the last: at most ${MAX_PLAN_WEEKS}.`,
      resolve: (plan) => plan.weeks.map((week) => ({ ...week, plan })),
    }),
  }),
});
addPartId(LearningSchedule, ({ path }) => [path]);

type DeadlineShape = OfPath<LeastEffort & { readonly deadline: string }>;

const DeadlineEffort = builder.objectRef<DeadlineShape>("DeadlineEffort").implement({
  description: "The effort that it takes to meet a deadline.",
  fields: (t) => ({
    deadline: t.expose("deadline", { type: "LocalDate", description: "The deadline of the input." }),
    weeklyHours: t.hours(
      "The fewest hours a week that meet the deadline when they are spread evenly over the study days, rounded up to a quarter of an hour.",
      ({ weekly }) => weekly,
    ),
    finishOn: t.expose("finishOn", {
      type: "LocalDate",
      nullable: true,
      description: "The last day of work with these hours; null when there is nothing to do.",
    }),
  }),
});
addPartId(DeadlineEffort, ({ path }) => [path]);

builder.objectFields(LearningPath, (t) => ({
  schedule: t.field({
    type: LearningSchedule,
    nullable: true,
    description:
      "The path in the learner's calendar. Null when the input has no `startOn`, or neither hours nor a `deadline`.",
    errors: results("LearningScheduleResult", "A schedule, or why there is none.", [
      PlanRefusedError,
      DeadlineMissedError,
    ]),
    resolve: async (path, _args, context) => {
      const plan = await scheduleOf(path, context);
      if (plan === undefined) return undefined;
      return plan.kind === "schedule" ? { ...plan, path } : refuse(plan);
    },
  }),
  deadline: t.field({
    type: DeadlineEffort,
    nullable: true,
    description: "What it takes to meet the `deadline` of the input. Null without a deadline.",
    errors: results("DeadlineResult", "The effort that meets a deadline, or why no effort does.", [
      PlanRefusedError,
      DeadlineMissedError,
    ]),
    resolve: async (path, _args, context): Promise<DeadlineShape | undefined> => {
      const { time } = path.request;
      const least = leastEffortOf(time, await planStepsOf(path, context));
      if (least === undefined) return undefined;
      return least.kind === "least-effort" ? { ...least, path, deadline: time.deadline! } : refuse(least);
    },
  }),
}));

/** The options of a field that is a date of a step. A promise only where the schedule has to read rows. */
function dateField(description: string, dateOf: (item: PlanItem) => string) {
  return {
    type: "LocalDate",
    nullable: true,
    description,
    deprecationReason:
      "Use `LearningPath.schedule { items }`: it has the dates of projects as well, and says why there are none.",
    resolve: ({ path, at }: PathStepShape, _args: object, context: Context) =>
      andThen(skillDatesOf(path, context), (dates) => {
        const item = dates.get(path.solved.skills[at]!);
        return item && dateOf(item);
      }),
  } as const;
}

builder.objectFields(PathStep, (t) => ({
  startOn: t.field(
    dateField(
      "The first day of work on the step. Null without a schedule: `LearningPath.schedule` says why there is none.",
      ({ startOn }) => startOn,
    ),
  ),
  endOn: t.field(
    dateField("The last day of work on the step. Null without a schedule.", ({ endOn }) => endOn),
  ),
}));

builder.objectField(MilestoneType, "feasibleOn", (t) =>
  t.field({
    type: "LocalDate",
    nullable: true,
    description: "The day on which the project becomes feasible in the schedule. Null without a schedule.",
    resolve: async ({ path, afterSteps }, _args, context) => {
      const dates = await skillDatesOf(path, context);
      if (afterSteps > 0) return dates.get(path.solved.skills[afterSteps - 1]!)?.endOn;
      return dates.size > 0 ? path.request.time.startOn : null;
    },
  }),
);
