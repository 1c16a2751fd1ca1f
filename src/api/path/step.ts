import type { ListLoader } from "../../loaders/rows.ts";
import {
  differenceTo,
  type RejectedAlternative,
  type RejectedAlternatives,
} from "../../planning/explain/alternatives.ts";
import { type StepReason, stepReasons } from "../../planning/explain/because.ts";
import type { PathDifference } from "../../planning/explain/path-difference.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId, type Place } from "../core/cache-id.ts";
import { Goal } from "../core/entity.ts";
import { hours, type OwnerHandle, ownerHandle } from "../core/handle.ts";
import { andThen, memo, runTask } from "../core/run.ts";
import { GroupRequirement, RequirementNode, requirementId } from "../requirement/requirement.ts";
import { type RequirementPart, requirementsOf } from "../requirement/tree.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import type { AnsweredPath } from "./path.ts";

/** A step of a path, as resolvers see it. */
export interface PathStepShape {
  readonly path: AnsweredPath;
  /** The index in `path.solved.skills`. */
  readonly at: number;
}

/** The position of each skill of a path. */
const positionsOf = memo(
  ({ solved }: AnsweredPath): ReadonlyMap<number, number> =>
    new Map(solved.skills.map((skill, at) => [skill, at])),
);

/** The steps of some skills of a path, in the order of the skills. O(skills) after the first call for a path. */
export function stepsOf(path: AnsweredPath, skills: readonly number[]): PathStepShape[] {
  const positions = positionsOf(path);
  return skills.flatMap((skill) => {
    const at = positions.get(skill);
    return at === undefined ? [] : [{ path, at }];
  });
}

/**
 * For each row that the skills of a path are linked to, by its id in a column of the links: those skills, in their
 * order. One statement.
 */
export async function linkedSkills<Column extends string>(
  { solved }: AnsweredPath,
  { skills }: GraphSnapshot,
  links: ListLoader<number, Readonly<Record<Column, number>>>,
  column: Column,
): Promise<Map<number, number[]>> {
  const rows = await Promise.all(solved.skills.map((skill) => links.load(skills.ids[skill]!)));
  const linked = new Map<number, number[]>();
  for (const [at, list] of rows.entries())
    for (const row of list) {
      const skills = linked.get(row[column]);
      if (skills === undefined) linked.set(row[column], [solved.skills[at]!]);
      else skills.push(solved.skills[at]!);
    }
  return linked;
}

/** Why each step is there, in the order of the steps. */
export const reasonsOf = memo(({ question, solved }: AnsweredPath, { snapshot }: Context): StepReason[] =>
  stepReasons(snapshot.graph, question, solved),
);

/** Where a requirement asks for a step. */
interface StepRequirement {
  readonly requiredBy: OwnerHandle;
  /** The leaf that names the step. */
  readonly leaf: RequirementPart;
  /** The innermost group around the leaf that does not need all of its members. */
  readonly choice: RequirementPart | undefined;
}

/** Where the requirements of some owners name a skill. Only the requirements of roadmaps take statements. */
function stepRequirements(
  context: Context,
  skill: number,
  owners: readonly number[],
): StepRequirement[] | Promise<StepRequirement[]> {
  const lists = owners.map((owner) => {
    const requiredBy = ownerHandle(context.snapshot, owner);
    return andThen(requirementsOf(context, requiredBy), (requirements) =>
      requirements.flatMap((parts) => leavesOf(skill, requiredBy, parts)),
    );
  });
  return lists.some((list) => list instanceof Promise)
    ? Promise.all(lists).then((lists) => lists.flat())
    : lists.flatMap((list) => (list instanceof Promise ? [] : list));
}

function leavesOf(
  skill: number,
  requiredBy: OwnerHandle,
  parts: readonly RequirementPart[],
): StepRequirement[] {
  const byOrdinal = new Map(parts.map((part) => [part.ordinal, part]));
  const groupAround = ({ parentOrdinal }: RequirementPart) =>
    parentOrdinal === undefined ? undefined : byOrdinal.get(parentOrdinal);
  return parts
    .filter((part) => part.skill === skill)
    .map((leaf) => {
      let choice = groupAround(leaf);
      while (choice !== undefined && choice.atLeast === choice.members.length) choice = groupAround(choice);
      return { requiredBy, leaf, choice };
    });
}

const StepRequirementType = builder.objectRef<StepRequirement>("StepRequirement").implement({
  description: "The place in a requirement that asks for a step.",
  fields: (t) => ({
    requiredBy: t.expose("requiredBy", { type: Goal, description: "Whose requirement it is." }),
    node: t.expose("leaf", {
      type: RequirementNode,
      description: "The node that names the step, with its reason and its citations.",
    }),
    choice: t.expose("choice", {
      type: GroupRequirement,
      nullable: true,
      description:
        "The innermost group around the node that leaves a choice, such as one of several languages. Null when no group does.",
    }),
  }),
});
addCacheId(StepRequirementType, ({ leaf }, { snapshot }) => [snapshot.revision, requirementId(leaf)]);

type Reason = OfPath<{ readonly skill: number; readonly reason: StepReason }>;

const StepReasonType = builder.objectRef<Reason>("StepReason").implement({
  description: "Why a step is in a path.",
  fields: (t) => ({
    goals: t.goals(
      "The goals and chosen skills that need the step. Includes the step itself when it is one of them.",
      ({ reason }) => reason.goals,
    ),
    requiredBy: t.goals(
      "The steps and goals whose own requirement the step helps to meet directly.",
      ({ reason }) => reason.requiredBy,
    ),
    requirements: t.field({
      type: [StepRequirementType],
      description: "Where the requirements of `requiredBy` name the step, and who says so.",
      resolve: ({ skill, reason }, _args, context) => stepRequirements(context, skill, reason.requiredBy),
    }),
    isGoal: t.boolean({
      description: "Whether the step is itself a goal.",
      resolve: ({ skill, path }) => path.question.goals.includes(skill),
    }),
    isChosen: t.boolean({
      description: "Whether the input chose it.",
      resolve: ({ skill, path }) =>
        path.question.choose.includes(skill) && !path.request.optional.includes(skill),
    }),
    isOptional: t.boolean({
      description: "Whether `includeOptional` added it as an optional skill of a role.",
      resolve: ({ skill, path }) => path.request.optional.includes(skill),
    }),
  }),
});
addPartId(StepReasonType, ({ path, skill }) => [path, skill]);

/** An alternative to a step. */
export interface AlternativeShape {
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
    context: Context,
  ): RejectedAlternatives | Promise<RejectedAlternatives> =>
    runTask("alternatives", context, question, solved),
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

/** `path`: the one that the other is compared with; `place`: what the other is for. */
type Difference = OfPath<PathDifference & { readonly place: Place }>;

export const PathDifferenceType = builder.objectRef<Difference>("PathDifference").implement({
  description: "How another path differs from this one.",
  fields: (t) => ({
    added: t.skills("The skills that only the other path has, in its order.", ({ added }) => added),
    dropped: t.skills("The skills that only this path has, in its order.", ({ dropped }) => dropped),
    extraHours: t.hours(
      "How many more hours the other path takes; negative when it takes fewer.",
      ({ extraCost }) => extraCost,
    ),
  }),
});

addPartId(PathDifferenceType, ({ path, place }) => [path, ...place]);

export const PathAlternative = builder.objectRef<AlternativeShape>("PathAlternative").implement({
  description:
    "Another way to the goals, without a step: what a requirement offers in its place, and what it would have cost. One for each choice.",
  fields: (t) => ({
    skill: t.skill("The skill to learn instead: the first of `skills`.", ({ rejected }) => rejected.skill),
    skills: t.skills(
      "All skills that the alternative adds to the path: those that the requirement names in the author's order, then what they bring along. Where there is no such path, the skills that the requirement names and the path does not have.",
      ({ rejected }) => rejected.skills,
    ),
    offeredBy: t.goal("Whose requirement leaves the choice.", ({ rejected }) => rejected.owner),
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
      resolve: ({ path, step, at, rejected }, _args, { snapshot }) => {
        const difference = differenceTo(snapshot.graph, path.question, path.solved, rejected);
        return difference && { ...difference, path, place: ["alternative", step, at] };
      },
    }),
  }),
});
addPartId(PathAlternative, ({ path, step, at }) => [path, step, at]);

export const PathStep = builder.objectRef<PathStepShape>("PathStep").implement({
  description: "One skill to learn. Everything it requires is known or comes before it.",
  fields: (t) => ({
    position: t.int({ description: "The position in the path, from 1.", resolve: ({ at }) => at + 1 }),
    stage: t.int({
      description:
        "The stage, from 0. The steps of one stage can be learned side by side: each depends only on earlier stages.",
      resolve: ({ path, at }) => path.solved.stages[at]!,
    }),
    hours: t.hours(
      "The hours of the skill.",
      ({ path, at }, { snapshot }) => snapshot.graph.cost[path.solved.skills[at]!]!,
    ),
    skill: t.skill("The skill.", ({ path, at }) => path.solved.skills[at]!),
    because: t.field({
      type: StepReasonType,
      description: "Why the step is in the path.",
      resolve: ({ path, at }, _args, context) => ({
        path,
        skill: path.solved.skills[at]!,
        reason: reasonsOf(path, context)[at]!,
      }),
    }),
    alternatives: t.field({
      type: [PathAlternative],
      description: "What could have taken the place of the step, and what that would have cost.",
      resolve: ({ path, at }, _args, context) => alternativesOfStep(path, at, context),
    }),
  }),
});
addPartId(PathStep, ({ path, at }) => [path, path.solved.skills[at]!]);

/** The type, description and resolver of a field that lists the steps of some skills of the parent's path. */
export function stepsField<Shape extends { readonly path: AnsweredPath }>(
  description: string,
  skillsOf: (shape: Shape) => readonly number[],
) {
  const type: [typeof PathStep] = [PathStep];
  return { type, description, resolve: (shape: Shape) => stepsOf(shape.path, skillsOf(shape)) };
}
