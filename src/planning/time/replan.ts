import { RequirementFold } from "../../graph/model/fold.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { mondayOf, parseDate } from "./calendar-date.ts";
import type { PlanStep } from "./milestones.ts";
import type { Schedule } from "./schedule.ts";

/** What is left of a plan, in the order in which it goes on. */
export interface Replanned {
  readonly steps: readonly PlanStep[];
  /** How many of them, from the first on, stay where the plan had them: in the week of the day. */
  readonly kept: number;
}

const folds = new RequirementFold();

/**
 * What is left of a plan on a day: first what was planned for the week of that day and can be begun, since that is what the
 * learner has arranged for, then all else in the order of the plan, what is late first. A step of this week that needs a late
 * one waits for it. So each step still comes after what it needs. O(plan + requirements of this week's steps).
 *
 * `planned` is the schedule of `steps`, `known` what the learner had before, `done` the skills learned since.
 */
export function replan(
  graph: PrerequisiteGraph,
  steps: readonly PlanStep[],
  planned: Schedule,
  {
    on,
    known,
    done,
  }: { readonly on: string; readonly known: readonly number[]; readonly done: ReadonlySet<number> },
): Replanned {
  const monday = mondayOf(parseDate(on)!);
  const week = planned.weeks.find(({ startsOn }) => parseDate(startsOn) === monday);
  const ofWeek = new Set(week?.items.map(({ item }) => item));
  const isDone = ({ kind, owner }: PlanStep) => kind === "SKILL" && done.has(owner);
  const had = new Set([...known, ...done]);
  const isMet = ({ owner }: PlanStep) =>
    folds.fold(graph, graph.requirement[owner]!, (skill) =>
      had.has(skill) ? 0 : Number.POSITIVE_INFINITY,
    ) === 0;
  const kept: PlanStep[] = [];
  const rest: PlanStep[] = [];
  for (const [at, step] of steps.entries()) {
    if (isDone(step)) continue;
    const isKept = ofWeek.has(at) && isMet(step);
    (isKept ? kept : rest).push(step);
    if (isKept && step.kind === "SKILL") had.add(step.owner);
  }
  return { steps: [...kept, ...rest], kept: kept.length };
}
