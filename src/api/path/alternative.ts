import type { RejectedAlternative, RejectedAlternatives } from "../../planning/explain/alternatives.ts";
import type { PathDifference } from "../../planning/explain/path-difference.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { Goal, hours, ownerHandle, SkillHandle } from "../core/entity.ts";
import { memo, runTask } from "../core/run.ts";
import { Skill } from "../skill/skill.ts";
import type { AnsweredPath } from "./path.ts";

/** An alternative to a step. */
interface AlternativeShape {
  readonly path: AnsweredPath;
  readonly step: number;
  /** The index among the alternatives to the step. */
  readonly at: number;
  readonly rejected: RejectedAlternative;
}

/** What could have taken the place of each step. A promise only where the search takes long. */
const alternativesOf = memo(
  (
    { question, solved }: AnsweredPath,
    { snapshot }: Context,
  ): RejectedAlternatives | Promise<RejectedAlternatives> =>
    runTask("alternatives", snapshot.graph, question, solved),
);

/** What each alternative to each step would change: one task for all of them. */
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

/** The alternatives to a step. A promise only where the search takes long. */
export function alternativesOfStep(
  path: AnsweredPath,
  step: number,
  context: Context,
): AlternativeShape[] | Promise<AlternativeShape[]> {
  const all = alternativesOf(path, context);
  return all instanceof Promise
    ? all.then((all) => shapesOf(path, step, all[step]!))
    : shapesOf(path, step, all[step]!);
}

function shapesOf(
  path: AnsweredPath,
  step: number,
  alternatives: readonly RejectedAlternative[],
): AlternativeShape[] {
  return alternatives.map((rejected, at) => ({ path, step, at, rejected }));
}

export const PathDifferenceType = builder.objectRef<PathDifference>("PathDifference").implement({
  description: "How another path differs from this one.",
  fields: (t) => ({
    added: t.field({
      type: [Skill],
      description: "The skills that only the other path has, in its order.",
      resolve: ({ added }) => added.map((skill) => new SkillHandle(skill)),
    }),
    dropped: t.field({
      type: [Skill],
      description: "The skills that only this path has, in its order.",
      resolve: ({ dropped }) => dropped.map((skill) => new SkillHandle(skill)),
    }),
    extraHours: t.float({
      description: "How many more hours the other path takes; negative when it takes fewer.",
      resolve: ({ extraCost }) => hours(extraCost),
    }),
  }),
});

export const PathAlternative = builder.objectRef<AlternativeShape>("PathAlternative").implement({
  description: "What a requirement offers in place of a step, and what it would have cost.",
  fields: (t) => ({
    skill: t.field({
      type: Skill,
      description: "The skill to learn instead: the first one when the alternative has several.",
      resolve: ({ rejected }) => new SkillHandle(rejected.skill),
    }),
    skills: t.field({
      type: [Skill],
      description: "All skills of the alternative, in the author's order.",
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
        "How many more hours the cheapest path takes that has the alternative and not the step. Null when there is no such path, or the search found none.",
      resolve: ({ rejected }) => (rejected.extraCost === undefined ? null : hours(rejected.extraCost)),
    }),
    isExact: t.boolean({
      description: "Whether `extraHours` is proved. False when the search ran out of budget.",
      resolve: ({ rejected }) => rejected.isExact,
    }),
    instead: t.field({
      type: PathDifferenceType,
      nullable: true,
      description:
        "How the cheapest path that has the alternative and not the step differs from this one. Null when there is no such path, or the search found none.",
      resolve: async ({ path, step, at }, _args, context) => (await differencesOf(path, context))[step]![at],
    }),
  }),
});
