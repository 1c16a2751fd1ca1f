import { parseDate } from "../../planning/time/calendar-date.ts";
import type { PlanStep } from "../../planning/time/milestones.ts";
import { replan } from "../../planning/time/replan.ts";
import { type Schedule, schedule } from "../../planning/time/schedule.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { type Answer, addAnswerId } from "../core/cache-id.ts";
import {
  fault,
  NotFoundError,
  PlanRefusedError,
  results,
  UnreachableGoalError,
  ValidationError,
} from "../core/errors.ts";
import { answerInput } from "../path/path.ts";
import { planStepsOf, scheduleOf } from "../path/schedule.ts";
import { ownData, skillOf } from "./own-data.ts";
import { keptInput, SavedPlanType } from "./saved-plan.ts";

/** How far a learner is with a plan, and how it goes on. */

type ReplannedStep = Answer<
  PlanStep & Schedule["items"][number] & { readonly plan: string; readonly isKept: boolean }
>;

interface ReplannedShape {
  readonly plan: string;
  readonly all: readonly PlanStep[];
  readonly planned: Schedule;
  readonly then: Schedule;
  readonly steps: readonly ReplannedStep[];
}

const costOf = (steps: readonly { readonly cost: number }[]) =>
  steps.reduce((sum, { cost }) => sum + cost, 0);

const ReplannedStepType = builder.objectRef<ReplannedStep>("ReplannedStep").implement({
  description: "What is left of one step of a plan.",
  fields: (t) => ({
    subject: t.goal("The skill or the project.", ({ owner }) => owner),
    hours: t.hours("The hours that are left of it: without those recorded as spent.", ({ cost }) => cost),
    startOn: t.expose("startOn", { type: "LocalDate", description: "The first day of work on it." }),
    endOn: t.expose("endOn", { type: "LocalDate", description: "The last day of work on it." }),
    isKept: t.exposeBoolean("isKept", {
      description: "Whether it stays first, since the plan has it in this week and it can be begun.",
    }),
  }),
});
addAnswerId(ReplannedStepType, ({ plan, item }) => [plan, item]);

const ReplannedPlan = builder.objectRef<Answer<ReplannedShape>>("ReplannedPlan").implement({
  description: "How far the learner is with a plan, and how it goes on from a day.",
  fields: (t) => ({
    totalSteps: t.int({ description: "The steps of the plan.", resolve: ({ all }) => all.length }),
    doneSteps: t.int({
      description: "How many of them are recorded as known.",
      resolve: ({ all, steps }) => all.length - steps.length,
    }),
    totalHours: t.hours("The hours of the plan.", ({ all }) => costOf(all)),
    leftHours: t.hours("The hours that are left.", ({ steps }) => costOf(steps)),
    plannedFinishOn: t.field({
      type: "LocalDate",
      nullable: true,
      description: "The last day of the plan as it was. Null where it has nothing to do.",
      resolve: ({ planned }) => planned.finishOn ?? null,
    }),
    finishOn: t.field({
      type: "LocalDate",
      nullable: true,
      description: "The last day as it goes on. Null when all is done.",
      resolve: ({ then }) => then.finishOn ?? null,
    }),
    steps: t.field({
      type: [ReplannedStepType],
      description: "What is left: first what was planned for this week and can be begun, then all else.",
      resolve: ({ steps }) => [...steps],
    }),
  }),
});
addAnswerId(ReplannedPlan, ({ plan }) => [plan]);

builder.objectField(SavedPlanType, "replanned", (t) =>
  t.field({
    type: ReplannedPlan,
    description:
      "How far the learner is with the plan, and how it goes on: what it has in the week of a day stays, the rest moves behind it. Its steps are those of the path today as it was saved; what is recorded as known is done, but not what else counts as known because of it, and hours recorded of what is being learned are spent.",
    args: {
      from: t.arg({ type: "LocalDate", required: true, description: "The day from which it goes on." }),
    },
    errors: results("ReplannedPlanResult", "How the plan goes on, or why it cannot.", [
      NotFoundError,
      PlanRefusedError,
      UnreachableGoalError,
      ValidationError,
    ]),
    resolve: async (plan, args, context) => {
      const found = await replanned(context, plan.question, args.from);
      const steps = found.steps.map((step) => ({ ...step, args, plan: plan.id }));
      return { ...found, steps, args, plan: plan.id };
    },
  }),
);

async function replanned(context: Context, question: string, from: string) {
  const path = await answerInput(context, keptInput(question));
  const [all, planned] = await Promise.all([planStepsOf(path, context), scheduleOf(path, context)]);
  const { effort, daysOff } = path.request.time;
  if (planned?.kind === "refused") throw new PlanRefusedError(planned);
  if (planned?.kind !== "schedule" || effort === undefined)
    throw fault("plan", "one with a start and hours a week", "none of them");
  if (parseDate(from) === undefined) throw fault("from", "a date", from);
  const startOn = from < planned.startOn ? planned.startOn : from;
  const { done, spent } = await progressOf(context);
  const { known } = path.question;
  const { steps, kept } = replan(context.snapshot.graph, all, planned, { on: startOn, known, done });
  const left = steps.map((step) => ({
    ...step,
    cost: step.kind === "SKILL" ? Math.max(0, step.cost - (spent.get(step.owner) ?? 0)) : step.cost,
  }));
  const then = schedule(left, { startOn, effort, daysOff });
  if (then.kind === "refused") throw new PlanRefusedError(then);
  const dated = then.items.map((dates, at) => ({ ...left[at]!, ...dates, isKept: at < kept }));
  return { all, planned, then, steps: dated };
}

/** The skills that are learned, and what is spent on those that are being learned, in hundredths of an hour. */
async function progressOf(context: Context) {
  const done = new Set<number>();
  const spent = new Map<number, number>();
  for (const entry of await ownData(context).progress()) {
    const skill = skillOf(context.snapshot, entry);
    if (skill === undefined) continue;
    if (entry.state === "KNOWN") done.add(skill.index);
    if (entry.state === "LEARNING") spent.set(skill.index, Math.round((entry.hours ?? 0) * 100));
  }
  return { done, spent };
}
