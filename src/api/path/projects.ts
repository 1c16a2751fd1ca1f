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
import { indexOfId, ProjectHandle } from "../core/handle.ts";
import { memo } from "../core/run.ts";
import { MAX_MILESTONES } from "../limits.ts";
import { Project } from "../project/project.ts";
import { addPartId } from "./part-id.ts";
import { type AnsweredPath, LearningPath } from "./path.ts";
import { PathStep, stepsField } from "./step.ts";

/** The projects that a path makes feasible, each at the earliest point. One statement. */
export const milestonesOf = memo(async (path: AnsweredPath, context: Context): Promise<Milestone[]> => {
  const { snapshot } = context;
  const practises = await practisedSteps(path, context);
  const projects = snapshot.projects.slugs.map((_, project): ProjectPractice => {
    const owner = snapshot.firstProject + project;
    return { owner, practises: practises.get(owner) ?? [] };
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

/** For each project, by its owner index, the skills of the path that it practises. */
async function practisedSteps(
  { solved }: AnsweredPath,
  { snapshot, loaders }: Context,
): Promise<Map<number, number[]>> {
  const rows = await Promise.all(
    solved.skills.map((skill) => loaders.practisesBySkill.load(snapshot.skills.ids[skill]!)),
  );
  const practises = new Map<number, number[]>();
  for (const [at, list] of rows.entries())
    for (const { projectId } of list) {
      const project = indexOfId(snapshot.projects, projectId);
      if (project === undefined) continue;
      const owner = snapshot.firstProject + project;
      const skills = practises.get(owner);
      if (skills === undefined) practises.set(owner, [solved.skills[at]!]);
      else skills.push(solved.skills[at]!);
    }
  return practises;
}

interface MilestoneShape {
  readonly path: AnsweredPath;
  readonly milestone: Milestone;
}

export const MilestoneType = builder.objectRef<MilestoneShape>("Milestone").implement({
  description: "A project, at the earliest point of a path at which its requirement is met.",
  fields: (t) => ({
    project: t.field({
      type: Project,
      description: "The project.",
      resolve: ({ milestone }, _args, { snapshot }) =>
        new ProjectHandle(milestone.project - snapshot.firstProject),
    }),
    position: t.int({
      description: "How many steps come before the project; 0 when it is feasible from the start.",
      resolve: ({ milestone }) => milestone.afterSteps,
    }),
    after: t.field({
      type: PathStep,
      nullable: true,
      description: "The step that makes the project feasible; null when it is feasible from the start.",
      resolve: ({ path, milestone }) =>
        milestone.afterSteps === 0 ? null : { path, at: milestone.afterSteps - 1 },
    }),
    practises: t.skills(
      "The skills of the path that the project practises, in the order of the path.",
      ({ milestone }) => milestone.practises,
    ),
    hours: t.hours("The hours of the project.", ({ milestone }) => milestone.cost),
  }),
});
addPartId(MilestoneType, ({ path, milestone }) => [path, milestone.project]);

interface ChoiceShape {
  readonly path: AnsweredPath;
  readonly choice: ProjectChoice;
  /** The most projects that were to be chosen. */
  readonly atMost: number | undefined;
}

const PathProjects = builder.objectRef<ChoiceShape>("PathProjects").implement({
  description:
    "A small set of projects that together practise as many steps of a path as possible: the most steps, then the fewest projects, then the fewest hours.",
  fields: (t) => ({
    milestones: t.field({
      type: [MilestoneType],
      description: "The projects, each at the earliest point at which it is feasible.",
      resolve: ({ path, choice }) => choice.milestones.map((milestone) => ({ path, milestone })),
    }),
    hours: t.hours("The hours of the projects together.", ({ choice }) =>
      choice.milestones.reduce((sum, { cost }) => sum + cost, 0),
    ),
    practised: t.field(stepsField("The steps that the projects practise.", ({ choice }) => choice.practised)),
    unpractised: t.field(
      stepsField("The steps that none of the projects practises.", ({ choice }) => choice.unpractised),
    ),
    coverage: t.float({
      description:
        "The fraction of the steps that the projects practise, from 0 to 1; 1 for a path without steps.",
      resolve: ({ path, choice }) => share(choice.practised.length, path.solved.skills.length),
    }),
    hoursCoverage: t.float({
      description: "The fraction of the hours of the path that the projects practise, from 0 to 1.",
      resolve: ({ path, choice }) => share(choice.practisedCost, path.solved.cost),
    }),
    isOptimal: t.boolean({
      description:
        "Whether it is proved that no other set practises more steps, or equally many with fewer projects or hours.",
      resolve: ({ choice }) => choice.isOptimal,
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
      "The projects that the path makes feasible, each at the earliest point at which its requirement is met, earliest first.",
    args: {
      first: t.arg.int(howMany(MAX_MILESTONES, 0, MAX_MILESTONES)),
    },
    resolve: async (path, { first }, context) => {
      checkRange("first", first, 0, MAX_MILESTONES);
      const all = await milestonesOf(path, context);
      return all.slice(0, first).map((milestone) => ({ path, milestone }));
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
      return { path, choice: await fewProjectsOf(path, context, most), atMost: most };
    },
  }),
}));
