import type { RejectedAlternative } from "../../planning/explain/alternatives.ts";
import type { PathDifference } from "../../planning/explain/path-difference.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { Goal, hours, ownerHandle, SkillHandle } from "../core/entity.ts";
import { memo } from "../core/memo.ts";
import { runTask } from "../core/run-task.ts";
import { Skill } from "../skill/skill.ts";
import { type AnsweredPath, alternativesOf } from "./learning-path.ts";
import { PathDifferenceType } from "./path-difference.ts";

/** An alternative in its place. */
export interface AlternativeShape {
  readonly path: AnsweredPath;
  readonly step: number;
  /** The place among the alternatives of the step. */
  readonly at: number;
  readonly rejected: RejectedAlternative;
}

/** What each alternative of each step would change; searched for all together, so that others get their turn. */
const differencesOf = memo(
  async (path: AnsweredPath, context: Context): Promise<(PathDifference | undefined)[][]> =>
    runTask(
      "alternativeDifferences",
      context.snapshot.graph,
      path.question,
      path.solved,
      await alternativesOf(path, context),
    ),
);

/** The alternatives of a step. A promise only where the search takes long. */
export function alternativesOfStep(
  path: AnsweredPath,
  step: number,
  context: Context,
): AlternativeShape[] | Promise<AlternativeShape[]> {
  const found = alternativesOf(path, context);
  return found instanceof Promise
    ? found.then((all) => shapesOf(path, step, all[step]!))
    : shapesOf(path, step, found[step]!);
}

function shapesOf(
  path: AnsweredPath,
  step: number,
  rejected: readonly RejectedAlternative[],
): AlternativeShape[] {
  return rejected.map((rejected, at) => ({ path, step, at, rejected }));
}

export const PathAlternative = builder.objectRef<AlternativeShape>("PathAlternative").implement({
  description: "What a requirement offers in place of a step, and what it would have cost.",
  fields: (t) => ({
    skill: t.field({
      type: Skill,
      description: "The skill to take instead; the first one where several belong together.",
      resolve: ({ rejected }) => new SkillHandle(rejected.skill),
    }),
    skills: t.field({
      type: [Skill],
      description: "All skills to take instead, in the author's order.",
      resolve: ({ rejected }) => rejected.skills.map((skill) => new SkillHandle(skill)),
    }),
    offeredBy: t.field({
      type: Goal,
      description: "Whose requirement leaves the choice.",
      resolve: ({ rejected }, _args, { snapshot }) => ownerHandle(snapshot, rejected.owner),
    }),
    extraHours: t.float({
      nullable: true,
      description:
        "How many hours more the cheapest path takes that has the alternative and not the step. Null when there is no such path, or none was found.",
      resolve: ({ rejected }) => (rejected.extraCost === undefined ? null : hours(rejected.extraCost)),
    }),
    isExact: t.boolean({
      description: "Whether `extraHours` is proved. False when the search ran out of its budget.",
      resolve: ({ rejected }) => rejected.isExact,
    }),
    instead: t.field({
      type: PathDifferenceType,
      nullable: true,
      description:
        "What else would change: the cheapest path that has the alternative and not the step, next to this one. Null when there is none, or none was found.",
      resolve: async ({ path, step, at }, _args, context) => (await differencesOf(path, context))[step]![at],
    }),
  }),
});
