import type { Unreachable } from "../../planning/path-question.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import { Goal, ownerHandle, SkillHandle, slugOf } from "../core/entity.ts";
import {
  ErrorInterface,
  type MissingSkill,
  UnreachableGoalError,
  type UnreachedGoal,
} from "../core/errors.ts";
import { Skill } from "../skill/skill.ts";

/** An answer, or an UnreachableGoalError that says which goals are out of reach and why. */
export function orUnreachable<Answer extends { readonly kind: string }>(
  snapshot: GraphSnapshot,
  answer: Answer | Unreachable,
): Answer {
  if (!isUnreachable(answer)) return answer;
  const goals = answer.unreached.map(({ goal, missing }) => ({
    goal: ownerHandle(snapshot, goal),
    missing: missing.map(({ skill, cause }) => ({ skill: new SkillHandle(skill), cause })),
  }));
  const first = goals[0]!;
  const why = first.missing
    .map(({ skill, cause }) => `${slugOf(snapshot, skill)} is ${cause === "AVOIDED" ? "avoided" : "unmet"}`)
    .join(", ");
  const more = goals.length > 1 ? ` (and ${goals.length - 1} more)` : "";
  throw new UnreachableGoalError(
    `No path reaches ${first.goal.__typename.toLowerCase()} ${slugOf(snapshot, first.goal)}${more}: ${why}.`,
    goals,
  );
}

function isUnreachable(answer: { readonly kind: string }): answer is Unreachable {
  return answer.kind === "unreachable";
}

export const MissingCause = builder.enumType("MissingCause", {
  description: "Why a skill is out of reach.",
  values: {
    AVOIDED: { description: "The input avoids it." },
    UNMET: { description: "Its own requirement cannot be met." },
  },
});

export const MissingSkillType = builder.objectRef<MissingSkill>("MissingSkill").implement({
  description: "A skill that stands in the way of a goal.",
  fields: (t) => ({
    skill: t.field({ type: Skill, description: "The skill.", resolve: ({ skill }) => skill }),
    cause: t.field({
      type: MissingCause,
      description: "Why the skill is out of reach.",
      resolve: ({ cause }) => cause,
    }),
  }),
});

const UnreachedGoalType = builder.objectRef<UnreachedGoal>("UnreachedGoal").implement({
  description: "A goal that is out of reach, and why.",
  fields: (t) => ({
    goal: t.field({ type: Goal, description: "The goal.", resolve: ({ goal }) => goal }),
    missing: t.field({
      type: [MissingSkillType],
      description: "The skills that stand in the way. Allowing one that is avoided may be enough.",
      resolve: ({ missing }) => [...missing],
    }),
  }),
});

builder.objectType(UnreachableGoalError, {
  name: "UnreachableGoalError",
  description: "Some of the goals are out of reach, whichever skills are learned.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    goals: t.field({
      type: [UnreachedGoalType],
      description: "The goals that are out of reach.",
      resolve: ({ goals }) => [...goals],
    }),
  }),
});
