import {
  chooseProjects,
  type Milestone,
  milestones,
  type ProjectChoice,
  type ProjectPractice,
} from "../../planning/time/milestones.ts";
import { inTurn } from "../../workers/slices.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { checkRange, howMany } from "../core/check.ts";
import { ProjectHandle } from "../core/handle.ts";
import { memo } from "../core/run.ts";
import { MAX_MILESTONES } from "../limits.ts";
import { Project } from "../project/project.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { type AnsweredPath, LearningPath } from "./path.ts";
import { linkedSkills, PathStep, stepsField } from "./step.ts";

/** The projects that a path makes feasible, each at the earliest point. One statement. */
export const milestonesOf = memo(async (path: AnsweredPath, context: Context): Promise<Milestone[]> => {
  const { snapshot, loaders } = context;
  const practised = await linkedSkills(path, snapshot, loaders.practisesBySkill, "projectId");
  const projects = Array.from(snapshot.projects.ids, (id, project): ProjectPractice => {
    return { owner: snapshot.firstProject + project, practises: practised.get(id) ?? [] };
  });
  return inTurn(() => milestones(snapshot.graph, path.solved.skills, path.question.known, projects));
});

/** A few projects, at most `atMost`, that together practise most of a path. */
export async function fewProjectsOf(
  path: AnsweredPath,
  context: Context,
  atMost?: number,
): Promise<ProjectChoice> {
  const feasible = await milestonesOf(path, context);
  return inTurn(() => chooseProjects(context.snapshot.graph, path.solved.skills, feasible, atMost));
}

export const MilestoneType = builder.objectRef<OfPath<Milestone>>("Milestone").implement({
  description:
    "A project, at the earliest point of a path at which its requirement is met and the steps that it practises are learned.",
  fields: (t) => ({
    project: t.field({
      type: Project,
      description: "The project.",
      resolve: ({ project }, _args, { snapshot }) => new ProjectHandle(project - snapshot.firstProject),
    }),
    position: t.int({
      description: "How many steps come before the project; 0 when it can be done from the start.",
      resolve: ({ afterSteps }) => afterSteps,
    }),
    after: t.field({
      type: PathStep,
      nullable: true,
      description: "The last step that the project waits for; null when it can be done from the start.",
      resolve: ({ path, afterSteps }) => (afterSteps === 0 ? null : { path, at: afterSteps - 1 }),
    }),
    practises: t.skills(
      "The skills of the path that the project practises, in the order of the path.",
      ({ practises }) => practises,
    ),
    hours: t.hours("The hours of the project.", ({ cost }) => cost),
  }),
});
addPartId(MilestoneType, ({ path, project }) => [path, project]);

/** `atMost`: the most projects that were to be chosen. */
type Choice = ProjectChoice & { readonly atMost: number | undefined };

const PathProjects = builder.objectRef<OfPath<Choice>>("PathProjects").implement({
  description:
    "A small set of projects that together practise as many steps of a path as possible: the most steps, then the fewest projects, then the fewest hours.",
  fields: (t) => ({
    milestones: t.field({
      type: [MilestoneType],
      description: "The projects, each where its requirement is met and what it practises is learned.",
      resolve: ({ path, milestones }) => milestones.map((milestone) => ({ ...milestone, path })),
    }),
    hours: t.hours("The hours of the projects together.", ({ milestones }) =>
      milestones.reduce((sum, { cost }) => sum + cost, 0),
    ),
    practised: t.field(stepsField("The steps that the projects practise.", ({ practised }) => practised)),
    unpractised: t.field(
      stepsField("The steps that none of the projects practises.", ({ unpractised }) => unpractised),
    ),
    coverage: t.float({
      description:
        "The fraction of the steps that the projects practise, from 0 to 1; 1 for a path without steps.",
      resolve: ({ path, practised }) => share(practised.length, path.solved.skills.length),
    }),
    hoursCoverage: t.float({
      description: "The fraction of the hours of the path that the projects practise, from 0 to 1.",
      resolve: ({ path, practisedCost }) => share(practisedCost, path.solved.cost),
    }),
    isOptimal: t.exposeBoolean("isOptimal", {
      description:
        "Whether it is proved that no other set practises more steps, or equally many with fewer projects or hours.",
    }),
  }),
});
addPartId(PathProjects, ({ path, atMost }) => [path, atMost ?? "any"]);

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

builder.objectFields(LearningPath, (t) => ({
  milestones: t.field({
    type: [MilestoneType],
    nullable: true,
    description:
      "The projects that the path makes feasible, each where its requirement is met and what it practises of the path is learned, earliest first.",
    args: {
      first: t.arg.int(howMany(MAX_MILESTONES, 0, MAX_MILESTONES)),
    },
    resolve: async (path, { first }, context) => {
      checkRange("first", first, 0, MAX_MILESTONES);
      const all = await milestonesOf(path, context);
      return all.slice(0, first).map((milestone) => ({ ...milestone, path }));
    },
  }),
  projects: t.field({
    type: PathProjects,
    nullable: true,
    description:
      "A few projects that together practise most of the path, and the steps that they leave unpractised.",
    args: {
      atMost: t.arg.int({
        description: `The most projects to choose, from 1 to ${MAX_MILESTONES}. Absent: as many as it takes.`,
      }),
    },
    resolve: async (path, { atMost }, context) => {
      if (atMost != null) checkRange("atMost", atMost, 1, MAX_MILESTONES);
      const most = atMost ?? undefined;
      return { ...(await fewProjectsOf(path, context, most)), path, atMost: most };
    },
  }),
}));
