import { builder } from "../builder.ts";
import { hours, SkillHandle } from "../core/entity.ts";
import { Skill } from "../skill/skill.ts";
import { type AnsweredPath, reasonsOf } from "./learning-path.ts";
import { alternativesOfStep, PathAlternative } from "./path-alternative.ts";
import { StepReasonType } from "./step-reason.ts";

/** A step of a path, as resolvers see it. */
export interface PathStepShape {
  readonly path: AnsweredPath;
  /** The place in `path.solved.skills`. */
  readonly at: number;
}

const places = new WeakMap<AnsweredPath, ReadonlyMap<number, number>>();

/** The steps of some skills of a path, in the order of the skills. O(skills) after the first. */
export function stepsOf(path: AnsweredPath, skills: readonly number[]): PathStepShape[] {
  let placeOf = places.get(path);
  if (placeOf === undefined) {
    placeOf = new Map(path.solved.skills.map((skill, at) => [skill, at]));
    places.set(path, placeOf);
  }
  return skills.flatMap((skill) => {
    const at = placeOf.get(skill);
    return at === undefined ? [] : [{ path, at }];
  });
}

export const PathStep = builder.objectRef<PathStepShape>("PathStep").implement({
  description: "One skill to learn. Whatever it requires is known or comes before it.",
  fields: (t) => ({
    position: t.int({ description: "The place in the path, from 1.", resolve: ({ at }) => at + 1 }),
    stage: t.int({
      description:
        "From 0. Steps of one stage can be learned side by side: each waits only for earlier stages.",
      resolve: ({ path, at }) => path.solved.stages[at]!,
    }),
    hours: t.float({
      description: "The hours of the skill.",
      resolve: ({ path, at }, _args, { snapshot }) => hours(snapshot.graph.cost[path.solved.skills[at]!]!),
    }),
    skill: t.field({
      type: Skill,
      description: "The skill.",
      resolve: ({ path, at }) => new SkillHandle(path.solved.skills[at]!),
    }),
    because: t.field({
      type: StepReasonType,
      description: "Why it is there.",
      resolve: ({ path, at }, _args, context) => ({
        skill: path.solved.skills[at]!,
        reason: reasonsOf(path, context)[at]!,
        request: path.request,
      }),
    }),
    alternatives: t.field({
      type: [PathAlternative],
      description: "What could have taken its place, and what that would have cost.",
      resolve: ({ path, at }, _args, context) => alternativesOfStep(path, at, context),
    }),
  }),
});
