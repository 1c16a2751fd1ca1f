import type { Milestone, ProjectChoice } from "../../planning/time/milestones.ts";
import { builder } from "../builder.ts";
import { checkRange } from "../core/check.ts";
import { hours, ProjectHandle, SkillHandle } from "../core/entity.ts";
import { MAX_MILESTONES } from "../limits.ts";
import { Project } from "../project/project.ts";
import { Skill } from "../skill/skill.ts";
import type { AnsweredPath } from "./learning-path.ts";
import { LearningPath } from "./learning-path-type.ts";
import { fewProjectsOf, milestonesOf } from "./path-projects.ts";
import { PathStep, stepsOf } from "./path-step.ts";
import { skillDatesOf } from "./plan-schedule.ts";

interface MilestoneShape {
  readonly path: AnsweredPath;
  readonly milestone: Milestone;
}

const MilestoneType = builder.objectRef<MilestoneShape>("Milestone").implement({
  description: "A project at the earliest point of a path at which its requirement is met.",
  fields: (t) => ({
    project: t.field({
      type: Project,
      description: "The project.",
      resolve: ({ milestone }, _args, { snapshot }) =>
        new ProjectHandle(milestone.project - snapshot.firstProject),
    }),
    position: t.int({
      description: "How many steps come before it; 0 when it can be done at once.",
      resolve: ({ milestone }) => milestone.afterSteps,
    }),
    after: t.field({
      type: PathStep,
      nullable: true,
      description: "The step that makes it feasible; null when it can be done at once.",
      resolve: ({ path, milestone }) =>
        milestone.afterSteps === 0 ? null : { path, at: milestone.afterSteps - 1 },
    }),
    feasibleOn: t.field({
      type: "LocalDate",
      nullable: true,
      description:
        "The day on which it becomes feasible, in the schedule of the path. Null where there is no schedule.",
      resolve: async ({ path, milestone }, _args, context) => {
        const dates = await skillDatesOf(path, context);
        if (milestone.afterSteps > 0) return dates.get(path.solved.skills[milestone.afterSteps - 1]!)?.endOn;
        return dates.size > 0 ? path.request.time.startOn : null;
      },
    }),
    practises: t.field({
      type: [Skill],
      description: "The steps of the path that it practises, in the order of the path.",
      resolve: ({ milestone }) => milestone.practises.map((skill) => new SkillHandle(skill)),
    }),
    hours: t.float({
      description: "The hours it takes.",
      resolve: ({ milestone }) => hours(milestone.cost),
    }),
  }),
});

interface ChoiceShape {
  readonly path: AnsweredPath;
  readonly choice: ProjectChoice;
}

const PathProjects = builder.objectRef<ChoiceShape>("PathProjects").implement({
  description:
    "A small set of projects that together practises as many steps of a path as possible: most steps first, then fewest projects, then fewest hours.",
  fields: (t) => ({
    milestones: t.field({
      type: [MilestoneType],
      description: "The projects, each at the earliest point.",
      resolve: ({ path, choice }) => choice.milestones.map((milestone) => ({ path, milestone })),
    }),
    hours: t.float({
      description: "The hours of these projects together.",
      resolve: ({ choice }) => hours(choice.milestones.reduce((sum, { cost }) => sum + cost, 0)),
    }),
    practised: t.field({
      type: [PathStep],
      description: "The steps that they practise.",
      resolve: ({ path, choice }) => stepsOf(path, choice.practised),
    }),
    unpractised: t.field({
      type: [PathStep],
      description: "The steps that none of them practises.",
      resolve: ({ path, choice }) => stepsOf(path, choice.unpractised),
    }),
    coverage: t.float({
      description: "The part of the steps that they practise, from 0 to 1; 1 when there is none to practise.",
      resolve: ({ path, choice }) => share(choice.practised.length, path.solved.skills.length),
    }),
    hoursCoverage: t.float({
      description: "The part of the hours of the path that they practise, from 0 to 1.",
      resolve: ({ path, choice }) => share(choice.practisedCost, path.solved.cost),
    }),
    isOptimal: t.boolean({
      description:
        "Whether it is proved that no other set practises more steps, or as many with fewer projects or hours.",
      resolve: ({ choice }) => choice.isOptimal,
    }),
  }),
});

function share(part: number, whole: number): number {
  return whole === 0 ? 1 : part / whole;
}

builder.objectFields(LearningPath, (t) => ({
  milestones: t.field({
    type: [MilestoneType],
    nullable: true,
    description:
      "The projects that the path makes feasible, each at the earliest point at which its requirement is met, in that order.",
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: MAX_MILESTONES,
        description: `How many to return, from 0 to ${MAX_MILESTONES}.`,
      }),
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
    description: "A few projects that together practise most of the path, and what they leave unpractised.",
    args: {
      atMost: t.arg.int({
        description: `No more than so many, from 1 to ${MAX_MILESTONES}; absent: as many as it takes.`,
      }),
    },
    resolve: async (path, { atMost }, context) => {
      if (atMost != null) checkRange("atMost", atMost, 1, MAX_MILESTONES);
      return { path, choice: await fewProjectsOf(path, context, atMost ?? undefined) };
    },
  }),
}));
