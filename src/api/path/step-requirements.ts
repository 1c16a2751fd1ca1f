import type { Context } from "../context.ts";
import { type OwnerHandle, ownerHandle, RoadmapHandle, rowId, type SkillHandle } from "../core/entity.ts";
import { type RequirementPart, requirementOf, requirementOfStep } from "../requirement/tree.ts";

/** Where a requirement asks for a step. */
export interface StepRequirement {
  readonly requiredBy: OwnerHandle;
  /** The leaf that names the step. */
  readonly leaf: RequirementPart;
  /** The innermost group around the leaf that does not need all of its members. */
  readonly choice: RequirementPart | undefined;
}

/** The leaves that name a skill in the requirements of some owners. Statements only for roadmaps. */
export function stepRequirements(
  context: Context,
  skill: SkillHandle,
  owners: readonly number[],
): StepRequirement[] | Promise<StepRequirement[]> {
  const found = owners.map((owner) => requirementsBy(context, skill, ownerHandle(context.snapshot, owner)));
  return found.some((entry) => entry instanceof Promise)
    ? Promise.all(found).then((lists) => lists.flat())
    : found.flatMap((entry) => (entry instanceof Promise ? [] : entry));
}

function requirementsBy(
  context: Context,
  skill: SkillHandle,
  requiredBy: OwnerHandle,
): StepRequirement[] | Promise<StepRequirement[]> {
  if (!(requiredBy instanceof RoadmapHandle))
    return leavesOf(skill, requiredBy, requirementOf(context.snapshot, requiredBy));
  const ofSteps = async () => {
    const steps = await context.loaders.roadmapSteps.load(rowId(context.snapshot, requiredBy));
    const requirements = await Promise.all(steps.map(({ id }) => requirementOfStep(context, id)));
    return requirements.flatMap((parts) => leavesOf(skill, requiredBy, parts));
  };
  return ofSteps();
}

function leavesOf(
  skill: SkillHandle,
  requiredBy: OwnerHandle,
  parts: readonly RequirementPart[],
): StepRequirement[] {
  const byOrdinal = new Map(parts.map((part) => [part.ordinal, part]));
  const above = ({ parentOrdinal }: RequirementPart) =>
    parentOrdinal === undefined ? undefined : byOrdinal.get(parentOrdinal);
  return parts
    .filter((part) => part.skill === skill.index)
    .map((leaf) => {
      let choice = above(leaf);
      while (choice !== undefined && choice.atLeast === choice.members.length) choice = above(choice);
      return { requiredBy, leaf, choice };
    });
}
