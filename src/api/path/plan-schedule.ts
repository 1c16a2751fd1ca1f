import { type DeadlineMissed, type LeastEffort, leastEffort } from "../../planning/time/deadline.ts";
import { type PlanStep, withProjects } from "../../planning/time/milestones.ts";
import { type Schedule, schedule } from "../../planning/time/schedule.ts";
import type { Effort, PlanRefusal } from "../../planning/time/study-time.ts";
import type { Context } from "../context.ts";
import { memo } from "../core/memo.ts";
import type { AnsweredPath } from "./learning-path.ts";
import { fewProjectsOf, milestonesOf } from "./path-projects.ts";
import type { PlanTime } from "./plan-time.ts";

/** What is done, in order, and when. */
export interface PlanSchedule {
  readonly steps: readonly PlanStep[];
  readonly schedule: Schedule;
}

/** The steps of a path with the projects asked for in their places. A promise only where there are some. */
export const planStepsOf = memo(
  (path: AnsweredPath, context: Context): readonly PlanStep[] | Promise<readonly PlanStep[]> => {
    const { graph } = context.snapshot;
    const { skills } = path.solved;
    switch (path.request.projects) {
      case "NONE":
        return withProjects(graph, skills, []);
      case "ALL":
        return milestonesOf(path, context).then((all) => withProjects(graph, skills, all));
      case "FEW":
        return fewProjectsOf(path, context).then((few) => withProjects(graph, skills, few.milestones));
    }
  },
);

type Planned = PlanSchedule | PlanRefusal | DeadlineMissed;

/**
 * The schedule of a path; `undefined` when the input does not say from when on, or neither how many hours nor
 * until when. With a deadline and no hours, the least effort that meets the deadline is planned.
 */
export const scheduleOf = memo(
  (path: AnsweredPath, context: Context): Planned | undefined | Promise<Planned | undefined> => {
    const steps = planStepsOf(path, context);
    const { time } = path.request;
    return steps instanceof Promise ? steps.then((known) => planned(time, known)) : planned(time, steps);
  },
);

export type SkillDates = ReadonlyMap<number, Schedule["items"][number]>;

/** When each skill of a path is learned; empty without a schedule. */
export const skillDatesOf = memo((path: AnsweredPath, context: Context): SkillDates | Promise<SkillDates> => {
  const dates = (plan: Planned | undefined): SkillDates =>
    plan === undefined || "kind" in plan
      ? new Map()
      : new Map(
          plan.steps.flatMap(({ kind, owner }, at) =>
            kind === "SKILL" ? [[owner, plan.schedule.items[at]!]] : [],
          ),
        );
  const plan = scheduleOf(path, context);
  return plan instanceof Promise ? plan.then(dates) : dates(plan);
});

/** What the deadline takes; `undefined` without one. */
export async function deadlineOf(
  path: AnsweredPath,
  context: Context,
): Promise<LeastEffort | DeadlineMissed | PlanRefusal | undefined> {
  return leastEffortOf(path.request.time, await planStepsOf(path, context));
}

function leastEffortOf(time: PlanTime, steps: readonly PlanStep[]) {
  const { startOn, deadline, weekdays, daysOff, mostPerDay } = time;
  if (startOn === undefined || deadline === undefined) return undefined;
  return leastEffort(steps, { startOn, deadline, weekdays, daysOff, mostPerDay });
}

/** Steps in the learner's time; `undefined` when the learner did not say when. O(steps + days). */
export function planned(time: PlanTime, steps: readonly PlanStep[]): Planned | undefined {
  const { startOn, daysOff, weekdays } = time;
  if (startOn === undefined) return undefined;
  let effort: Effort | undefined = time.effort;
  if (effort === undefined) {
    const least = leastEffortOf(time, steps);
    if (least === undefined || least.kind !== "least-effort") return least;
    // Work that takes no time asks for no effort; a week without any would be refused.
    effort = { weekly: Math.max(1, least.weekly), weekdays };
  }
  const made = schedule(steps, { startOn, effort, daysOff });
  return made.kind === "refused" ? made : { steps, schedule: made };
}
