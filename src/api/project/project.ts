import type { ProjectKind } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { hourOrderInput, parseFilter, resolvePage } from "../core/connection.ts";
import { columnDescription, tableDescription } from "../core/description.ts";
import {
  CONSTANT,
  Goal,
  hours,
  indexOfId,
  ownerIndex,
  ProjectHandle,
  rowId,
  skillsOfIds,
  slugOf,
} from "../core/entity.ts";
import { orNotFound, orStale } from "../core/errors.ts";
import { LevelEnum } from "../core/level.ts";
import { encodeGlobalId, Node } from "../core/node.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { addClaims } from "../provenance/claim.ts";
import { supportFields } from "../provenance/support-filter.ts";
import { Requirement, RequirementNode } from "../requirement/requirement.ts";
import { requirementOf } from "../requirement/requirements.ts";
import { Practice } from "../skill/practice.ts";
import { Skill } from "../skill/skill.ts";

/** An index in the snapshot, as a skill is; see types/skill.ts. */
export const Project = builder.objectRef<ProjectHandle>("Project");

const ProjectKindEnum = builder.enumType("ProjectKind", {
  description: "What sort of work a project is.",
  values: {
    APPLICATION: { description: "An application to build." },
    SYSTEM_DESIGN: { description: "A system to design on paper." },
    OPEN_SOURCE: { description: "Work on somebody else's open-source project." },
    PORTFOLIO: { description: "A collection of one's own work to show." },
  } satisfies Record<ProjectKind, object>,
});

export const ProjectStep = builder.prismaObject("ProjectStep", {
  interfaces: () => [Cited],
  fields: (t) => ({
    position: t.exposeInt("position"),
    name: t.exposeString("name"),
    summary: t.exposeString("summary"),
  }),
});
addCitations(ProjectStep, ({ id }) => ({ kind: "PROJECT_STEP", id }));

const row = async (project: ProjectHandle, { snapshot, loaders }: Context) =>
  orStale(await loaders.projects.load(rowId(snapshot, project)), "A project");

Project.implement({
  description: tableDescription("Project"),
  interfaces: () => [Node, Goal, Cited],
  fields: (t) => ({
    id: t.id({
      description: "The id for `node`.",
      extensions: CONSTANT,
      resolve: (project, _args, { snapshot }) => encodeGlobalId("Project", slugOf(snapshot, project)),
    }),
    hours: t.float({
      description: columnDescription("Project", "hours"),
      extensions: CONSTANT,
      resolve: (project, _args, { snapshot }) => hours(snapshot.graph.cost[ownerIndex(snapshot, project)]!),
    }),
    kind: t.field({
      type: ProjectKindEnum,
      description: columnDescription("Project", "kind"),
      resolve: async (project, _args, context) => (await row(project, context)).kind,
    }),
    brief: t.string({
      description: columnDescription("Project", "brief"),
      resolve: async (project, _args, context) => (await row(project, context)).brief,
    }),
    difficulty: t.field({
      type: LevelEnum,
      nullable: true,
      description: columnDescription("Project", "difficulty"),
      resolve: async (project, _args, context) => (await row(project, context)).difficulty,
    }),
    steps: t.field({
      type: [ProjectStep],
      description: "What is done, step by step.",
      resolve: (project, _args, { snapshot, loaders }) => loaders.projectSteps.load(rowId(snapshot, project)),
    }),
    requirement: t.field({
      type: Requirement,
      nullable: true,
      description: "What must be known before; null: nothing.",
      resolve: (project, _args, { snapshot }) => requirementOf(snapshot, project)[0],
    }),
    requirementNodes: t.field({
      type: [RequirementNode],
      description: "The whole requirement as a flat list in depth-first order, the root first.",
      resolve: (project, _args, { snapshot }) => requirementOf(snapshot, project),
    }),
    practises: t.field({
      type: [Practice],
      description: "What it practises, with who says so.",
      resolve: (project, _args, { snapshot, loaders }) =>
        loaders.practisesByProject.load(rowId(snapshot, project)),
    }),
    skills: t.field({
      type: [Skill],
      description: "The skills it practises.",
      resolve: async (project, _args, { snapshot, loaders }) =>
        skillsOfIds(
          snapshot,
          (await loaders.practisesByProject.load(rowId(snapshot, project))).map(({ skillId }) => skillId),
        ),
    }),
  }),
});

const subjectOf = (project: ProjectHandle, { snapshot }: Context) => ({
  kind: "PROJECT" as const,
  id: rowId(snapshot, project),
});
addCitations(Project, subjectOf);
addClaims(Project, subjectOf);

const ProjectFilter = builder.inputType("ProjectFilter", {
  description: "Which projects to list; all conditions must hold.",
  fields: (t) => ({
    kinds: t.field({ type: [ProjectKindEnum], description: "Of one of these kinds." }),
    difficulties: t.field({ type: [LevelEnum], description: "Of one of these difficulties." }),
    text: t.string({ description: "Occurs in the slug, the name or the brief, letter case aside." }),
    practises: t.string({ description: "Practises the skill of this slug." }),
    ...supportFields(t),
  }),
});

const ProjectOrder = hourOrderInput("Project", "projects");

builder.queryFields((t) => ({
  project: t.field({
    type: Project,
    nullable: true,
    description:
      "The project of a slug. Null, with a NOT_FOUND error that suggests others, when there is none.",
    args: { slug: t.arg.string({ required: true, description: "The slug of the project." }) },
    resolve: (_root, { slug }, { snapshot: { projects } }) =>
      new ProjectHandle(orNotFound(projects.indexOf.get(slug), "PROJECT", slug, projects.slugs)),
  }),
  projects: t.connection(
    {
      type: Project,
      nullable: true,
      description: "The projects, page by page.",
      args: {
        filter: t.arg({ type: ProjectFilter, description: "Which to list; absent: all." }),
        orderBy: t.arg({ type: ProjectOrder, description: "In which order; absent: by name." }),
      },
      resolve: (_root, args, { snapshot, loaders }) => {
        return resolvePage(loaders.pages.projects, "NAME", args, parseFilter(args.filter), (found) => {
          loaders.projects.prime(found.id, found);
          const index = indexOfId(snapshot.projects, found.id);
          return index === undefined ? undefined : new ProjectHandle(index);
        });
      },
    },
    { name: "ProjectConnection", description: "A page of projects." },
    { name: "ProjectEdge" },
  ),
}));
