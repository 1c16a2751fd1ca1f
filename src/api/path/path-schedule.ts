import type { LeastEffort } from "../../planning/time/deadline.ts";
import type { PlanStep } from "../../planning/time/milestones.ts";
import { MAX_PLAN_WEEKS, type Schedule, type ScheduledWeek } from "../../planning/time/schedule.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { Goal, hours, ownerHandle } from "../core/entity.ts";
import { DeadlineMissedError, PlanRefusedError } from "../core/errors.ts";
import { LearningPath } from "./learning-path-type.ts";
import { PathStep, type PathStepShape } from "./path-step.ts";
import { deadlineOf, type PlanSchedule, type SkillDates, scheduleOf, skillDatesOf } from "./plan-schedule.ts";

const PlanItemKind = builder.enumType("PlanItemKind", {
  description: "What is done.",
  values: {
    SKILL: { description: "A skill is learned." },
    PROJECT: { description: "A project is carried out." },
  } satisfies Record<PlanStep["kind"], object>,
});

interface ItemShape {
  readonly plan: PlanSchedule;
  /** The place in `plan.steps`. */
  readonly at: number;
}

const ScheduleItem = builder.objectRef<ItemShape>("ScheduleItem").implement({
  description: "A skill or a project in its place in the calendar.",
  fields: (t) => ({
    position: t.int({ description: "The place in the schedule, from 1.", resolve: ({ at }) => at + 1 }),
    kind: t.field({
      type: PlanItemKind,
      description: "Whether a skill is learned or a project carried out.",
      resolve: ({ plan, at }) => plan.steps[at]!.kind,
    }),
    subject: t.field({
      type: Goal,
      description: "The skill or the project.",
      resolve: ({ plan, at }, _args, { snapshot }) => ownerHandle(snapshot, plan.steps[at]!.owner),
    }),
    hours: t.float({
      description: "The hours it takes.",
      resolve: ({ plan, at }) => hours(plan.steps[at]!.cost),
    }),
    startOn: t.field({
      type: "LocalDate",
      description: "The first day worked on it.",
      resolve: ({ plan, at }) => plan.schedule.items[at]!.startOn,
    }),
    endOn: t.field({
      type: "LocalDate",
      description: "The last day worked on it; the same when it fits into one day.",
      resolve: ({ plan, at }) => plan.schedule.items[at]!.endOn,
    }),
  }),
});

interface WeekItemShape extends ItemShape {
  readonly cost: number;
}

const ScheduleWeekItem = builder.objectRef<WeekItemShape>("ScheduleWeekItem").implement({
  description: "What falls into a week of a skill or a project.",
  fields: (t) => ({
    hours: t.float({ description: "The hours of it in this week.", resolve: ({ cost }) => hours(cost) }),
    item: t.field({ type: ScheduleItem, description: "The whole of it.", resolve: (item) => item }),
  }),
});

interface WeekShape {
  readonly plan: PlanSchedule;
  readonly week: ScheduledWeek;
}

const ScheduleWeek = builder.objectRef<WeekShape>("ScheduleWeek").implement({
  description: "A week of the schedule, Monday to Sunday.",
  fields: (t) => ({
    number: t.int({ description: "From 1: the week of `startOn`.", resolve: ({ week }) => week.number }),
    isoWeek: t.string({
      description: "The name that ISO 8601 gives it, such as 2027-W01.",
      resolve: ({ week }) => week.isoWeek,
    }),
    startsOn: t.field({
      type: "LocalDate",
      description: "Its Monday.",
      resolve: ({ week }) => week.startsOn,
    }),
    availableHours: t.float({
      description: "The hours that the learner has in it; 0 in a week off.",
      resolve: ({ week }) => hours(week.capacity),
    }),
    hours: t.float({
      description: "The hours that the plan uses of them: all, but for the last week.",
      resolve: ({ week }) => hours(week.cost),
    }),
    items: t.field({
      type: [ScheduleWeekItem],
      description: "What is worked on, in order; empty in a week off.",
      resolve: ({ plan, week }) => week.items.map(({ item, cost }) => ({ plan, at: item, cost })),
    }),
  }),
});

const LearningSchedule = builder.objectRef<PlanSchedule>("LearningSchedule").implement({
  description:
    "A path in the learner's calendar, one step after the other and without gaps. Dates have no time zone.",
  fields: (t) => ({
    startOn: t.field({
      type: "LocalDate",
      description: "The first day of the plan.",
      resolve: ({ schedule }) => schedule.startOn,
    }),
    finishOn: t.field({
      type: "LocalDate",
      nullable: true,
      description: "The last day worked; null when there is nothing to do.",
      resolve: ({ schedule }) => schedule.finishOn,
    }),
    totalHours: t.float({
      description: "The hours of everything in it: those of the path and of the projects planned.",
      resolve: ({ schedule }) => hours(schedule.cost),
    }),
    totalWeeks: t.int({
      description: "How many weeks it spans, weeks off included.",
      resolve: ({ schedule }) => schedule.weeks.length,
    }),
    items: t.field({
      type: [ScheduleItem],
      description: "The skills and projects in their order, each with its dates.",
      resolve: (plan) => plan.steps.map((_, at) => ({ plan, at })),
    }),
    weeks: t.field({
      type: [ScheduleWeek],
      description: `Every week from the first to the last, at most ${MAX_PLAN_WEEKS}.`,
      resolve: (plan) => plan.schedule.weeks.map((week) => ({ plan, week })),
    }),
  }),
});

interface DeadlineShape extends LeastEffort {
  readonly deadline: string;
}

const DeadlineEffort = builder.objectRef<DeadlineShape>("DeadlineEffort").implement({
  description: "What it takes to be done by a deadline.",
  fields: (t) => ({
    deadline: t.field({
      type: "LocalDate",
      description: "The deadline asked for.",
      resolve: ({ deadline }) => deadline,
    }),
    weeklyHours: t.float({
      description:
        "The fewest hours a week, in quarters of an hour and spread evenly over the study days, with which everything is done in time.",
      resolve: ({ weekly }) => hours(weekly),
    }),
    finishOn: t.field({
      type: "LocalDate",
      nullable: true,
      description: "The last day worked with these hours; null when there is nothing to do.",
      resolve: ({ finishOn }) => finishOn,
    }),
  }),
});

builder.objectFields(LearningPath, (t) => ({
  schedule: t.field({
    type: LearningSchedule,
    nullable: true,
    description:
      "The path in the learner's calendar. Null when the input has no `startOn`, or neither hours nor a `deadline`.",
    errors: {
      types: [PlanRefusedError, DeadlineMissedError],
      union: { name: "LearningScheduleResult", description: "A schedule, or why there is none." },
    },
    resolve: async (path, _args, context) => {
      const planned = await scheduleOf(path, context);
      if (planned === undefined || !("kind" in planned)) return planned;
      throw planned.kind === "refused" ? new PlanRefusedError(planned) : new DeadlineMissedError(planned);
    },
  }),
  deadline: t.field({
    type: DeadlineEffort,
    nullable: true,
    description: "What it takes to meet the deadline of the input. Null without one.",
    errors: {
      types: [PlanRefusedError, DeadlineMissedError],
      union: {
        name: "DeadlineResult",
        description: "The effort that a deadline takes, or why none is enough.",
      },
    },
    resolve: async (path, _args, context): Promise<DeadlineShape | undefined> => {
      const least = await deadlineOf(path, context);
      if (least === undefined) return undefined;
      if (least.kind === "refused") throw new PlanRefusedError(least);
      if (least.kind === "deadline-missed") throw new DeadlineMissedError(least);
      return { ...least, deadline: path.request.time.deadline! };
    },
  }),
}));

/** A date of a step. A promise only where rows had to be read for the schedule. */
function dateOf(
  { path, at }: PathStepShape,
  context: Context,
  date: (item: Schedule["items"][number]) => string,
): string | undefined | Promise<string | undefined> {
  const dates = skillDatesOf(path, context);
  const find = (found: SkillDates) => {
    const item = found.get(path.solved.skills[at]!);
    return item && date(item);
  };
  return dates instanceof Promise ? dates.then(find) : find(dates);
}

builder.objectFields(PathStep, (t) => ({
  startOn: t.field({
    type: "LocalDate",
    nullable: true,
    description:
      "The first day worked on it. Null where there is no schedule: `LearningPath.schedule` says why.",
    resolve: (step, _args, context) => dateOf(step, context, ({ startOn }) => startOn),
  }),
  endOn: t.field({
    type: "LocalDate",
    nullable: true,
    description: "The last day worked on it. Null where there is no schedule.",
    resolve: (step, _args, context) => dateOf(step, context, ({ endOn }) => endOn),
  }),
}));
