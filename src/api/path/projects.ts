import {
  chooseProjects,
  type Milestone,
  milestones,
  outOfReach,
  type PathPractice,
  type ProjectChoice,
  type ProjectPractice,
  practiceOf,
} from "../../planning/time/milestones.ts";
import { indexOfId } from "../../store/snapshot/graph-snapshot.ts";
import { inTurn } from "../../workers/slices.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { checkRange, howMany } from "../core/check.ts";
import { hours, ProjectHandle } from "../core/handle.ts";
import { andThen, memo } from "../core/run.ts";
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

/** The projects of a plan. */
interface PlannedProjects extends PathPractice {
  /** See `PathProjects.isOptimal`. */
  readonly isOptimal: boolean;
  /** What is asked for and cannot be done on the way. */
  readonly leftOut: readonly number[];
}

/** The projects of a plan, as its input asks for them. A promise only where rows are read: not for `NONE`. */
export const plannedProjectsOf = memo(
  (path: AnsweredPath, context: Context): PlannedProjects | Promise<PlannedProjects> => {
    const { skills } = path.solved;
    const of = (milestones: readonly Milestone[], leftOut: readonly number[] = []): PlannedProjects => {
      return { ...practiceOf(context.snapshot.graph, skills, milestones), isOptimal: false, leftOut };
    };
    switch (path.request.projects) {
      case "NONE":
        return of([]);
      case "CORE":
        return coreProjectsOf(path, context, of);
      case "FEW":
        return fewProjectsOf(path, context).then((few) => ({ ...few, leftOut: [] }));
      case "ALL":
        return milestonesOf(path, context).then((all) => of(all));
    }
  },
);

/** Those that the goal roles ask for. One statement for these, and one for what projects practise where there are some. */
function coreProjectsOf<Found>(
  path: AnsweredPath,
  context: Context,
  found: (milestones: readonly Milestone[], leftOut?: readonly number[]) => Found,
): Found | Promise<Found> {
  const { snapshot, loaders } = context;
  const { goals, known } = path.question;
  const roles = goals.filter((goal) => goal >= snapshot.firstRole && goal < snapshot.firstRoadmap);
  if (roles.length === 0) return found([]);
  return (async () => {
    const rows = await Promise.all(
      roles.map((role) => loaders.projectsByRole.load(snapshot.roles.ids[role - snapshot.firstRole]!)),
    );
    const asked = new Set(
      rows
        .flat()
        .flatMap(({ projectId }) => indexOfId(snapshot.projects, projectId) ?? [])
        .map((project) => snapshot.firstProject + project),
    );
    if (asked.size === 0) return found([]);
    const feasible = await milestonesOf(path, context);
    const { skills } = path.solved;
    return found(
      feasible.filter(({ project }) => asked.has(project)),
      outOfReach(snapshot.graph, skills, known, [...asked]),
    );
  })();
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

/** `choice`: which projects these are of a path. */
type Choice = PlannedProjects & { readonly choice: string };

const PathProjects = builder.objectRef<OfPath<Choice>>("PathProjects").implement({
  description: "Some projects of a path, and how much of it they practise.",
  fields: (t) => ({
    milestones: t.field({
      type: [MilestoneType],
      description: "The projects, each where its requirement is met and what it practises is learned.",
      resolve: ({ path, milestones }) => milestones.map((milestone) => ({ ...milestone, path })),
    }),
    hours: t.hours("The hours of the projects together.", ({ milestones }) => costOf(milestones)),
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
    leftOut: t.goals(
      "The projects that the goal roles ask for and that are no part of the plan, since the path does not meet what they require: it would with that in `choose`. Empty for other projects than `CORE`.",
      ({ leftOut }) => leftOut,
    ),
    isOptimal: t.exposeBoolean("isOptimal", {
      description:
        "Whether it is proved that no other set practises more steps, or equally many with fewer projects or hours. False for projects that were not chosen by that: those of `CORE`, `ALL` and `NONE`.",
    }),
  }),
});
addPartId(PathProjects, ({ path, choice }) => [path, choice]);

function costOf(milestones: readonly Milestone[]): number {
  return milestones.reduce((sum, { cost }) => sum + cost, 0);
}

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
  plannedProjects: t.field({
    type: PathProjects,
    nullable: true,
    description:
      "The projects of the plan, which `projects` of the input asks for: by default those that the goal roles ask for. Each comes after all that it practises of the path.",
    resolve: (path, _args, context) =>
      andThen(plannedProjectsOf(path, context), (planned) => ({ ...planned, path, choice: "planned" })),
  }),
  projectHours: t.float({
    nullable: true,
    description:
      "The hours of `plannedProjects`, in addition to `totalHours`, which has those of the skills alone: a path is the cheapest in hours of skills, whatever is built on the way.",
    resolve: (path, _args, context) =>
      andThen(plannedProjectsOf(path, context), ({ milestones }) => hours(costOf(milestones))),
  }),
  projects: t.field({
    type: PathProjects,
    nullable: true,
    description:
      "A few projects that together practise as many steps of the path as possible: the most steps, then the fewest projects, then the fewest hours.",
    args: {
      atMost: t.arg.int({
        description: `The most projects to choose, from 1 to ${MAX_MILESTONES}. Absent: as many as it takes.`,
      }),
    },
    resolve: async (path, { atMost }, context) => {
      if (atMost != null) checkRange("atMost", atMost, 1, MAX_MILESTONES);
      const most = atMost ?? undefined;
      const few = await fewProjectsOf(path, context, most);
      return { ...few, leftOut: [], path, choice: String(most ?? "any") };
    },
  }),
}));
