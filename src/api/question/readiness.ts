import type { NotReady } from "../../planning/scenarios/not-ready.ts";
import type { UnlockedProjects } from "../../planning/scenarios/unlocked-projects.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { checkRange } from "../core/check.ts";
import {
  Goal,
  hours,
  ownerHandle,
  ProjectHandle,
  RoadmapHandle,
  rowId,
  SkillHandle,
} from "../core/entity.ts";
import { runTask } from "../core/run-task.ts";
import { MAX_READY_SKILLS } from "../limits.ts";
import { Project } from "../project/project.ts";
import { RequirementNode } from "../requirement/requirement.ts";
import { type RequirementPart, requirementOf, requirementOfStep, unmetParts } from "../requirement/tree.ts";
import { Skill } from "../skill/skill.ts";
import { type ReadyShape, type ReadySkillShape, ReadySkillType, ReadyToLearn } from "./ready-to-learn.ts";

/** What readiness means for projects, and for what is not ready. */

const projects = new WeakMap<ReadyShape, UnlockedProjects[] | Promise<UnlockedProjects[]>>();

/** What each skill that was asked for does for projects; worked out once for all of them. */
async function unlockedBy({ answer, at }: ReadySkillShape, { snapshot }: Context): Promise<UnlockedProjects> {
  let unlocked = projects.get(answer);
  if (unlocked === undefined) {
    const skills = answer.ready.map(({ skill }) => skill);
    const range = { first: snapshot.firstProject, end: snapshot.firstRole };
    unlocked = runTask("unlockedProjects", snapshot.graph, skills, answer.question.known, range);
    projects.set(answer, unlocked);
  }
  return (await unlocked)[at]!;
}

builder.objectFields(ReadySkillType, (t) => ({
  hours: t.float({
    description: "The hours it takes.",
    resolve: ({ skill }, _args, { snapshot }) => hours(snapshot.graph.cost[skill]!),
  }),
  feasibleNext: t.field({
    type: [Project],
    description: "The projects that become feasible at once when it is learned.",
    resolve: async (ready, _args, context) =>
      (await unlockedBy(ready, context)).feasible.map(
        (owner) => new ProjectHandle(owner - context.snapshot.firstProject),
      ),
  }),
  projectsUnlocked: t.int({
    description: "How many projects that are not feasible yet it helps towards, alternatives included.",
    resolve: async (ready, _args, context) => (await unlockedBy(ready, context)).towards.length,
  }),
}));

interface NotReadyShape extends NotReady {
  readonly known: ReadonlySet<number>;
}

async function partsOf({ owner }: NotReady, context: Context): Promise<RequirementPart[][]> {
  const handle = ownerHandle(context.snapshot, owner);
  if (!(handle instanceof RoadmapHandle)) return [requirementOf(context.snapshot, handle)];
  const steps = await context.loaders.roadmapSteps.load(rowId(context.snapshot, handle));
  return Promise.all(steps.map(({ id }) => requirementOfStep(context, id)));
}

const NotReadyType = builder.objectRef<NotReadyShape>("NotReady").implement({
  description: "A skill that cannot be taken up yet, or a goal that is not met.",
  fields: (t) => ({
    subject: t.field({
      type: Goal,
      description: "The skill or the goal.",
      resolve: ({ owner }, _args, { snapshot }) => ownerHandle(snapshot, owner),
    }),
    missing: t.field({
      type: [Skill],
      description:
        "The skills that its requirement still asks for; not all of them where it leaves a choice.",
      resolve: ({ missing }) => missing.map((skill) => new SkillHandle(skill)),
    }),
    unmet: t.field({
      type: [RequirementNode],
      description:
        "The unmet part of its requirement as a flat list in depth-first order. `atLeast` counts the members that are met already, which are left out.",
      resolve: async (shape, _args, context) =>
        (await partsOf(shape, context)).flatMap((parts) =>
          unmetParts(parts, (skill) => shape.known.has(skill)),
        ),
    }),
  }),
});

builder.objectField(ReadyToLearn, "notReady", (t) =>
  t.field({
    type: [NotReadyType],
    nullable: true,
    description:
      "What is not ready, the nearest first: skills on some way to the goals whose requirement is not met, and the goals that are not; without goals all such skills.",
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 20,
        description: `How many to return, from 0 to ${MAX_READY_SKILLS}.`,
      }),
    },
    resolve: async ({ question }, { first }, { snapshot }) => {
      checkRange("first", first, 0, MAX_READY_SKILLS);
      const known = new Set(question.known);
      const found = await runTask("notReady", snapshot.graph, question, first);
      return found.map((notReady) => ({ ...notReady, known }));
    },
  }),
);
