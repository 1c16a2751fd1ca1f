import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import { builder } from "../builder.ts";
import { hourOrderInput, parseFilter, resolvePage } from "../core/connection.ts";
import {
  CONSTANT,
  columnDescription,
  columnsOf,
  Goal,
  hours,
  ownerIndex,
  ownerOfId,
  ownerOfSlug,
  type ProjectHandle,
  rowId,
  tableDescription,
} from "../core/entity.ts";
import { notFound } from "../core/errors.ts";
import { Node } from "../core/node.ts";
import { addOwnerSupport, addRowSupport, Cited, supportFields } from "../provenance/citation.ts";
import { addRequirement } from "../requirement/requirement.ts";
import { requirementOf } from "../requirement/tree.ts";
import { LevelEnum } from "../skill/skill.ts";

/** An index in the snapshot, as a skill is. What it practises is added in skill/relations.ts. */
export const Project = builder.objectRef<ProjectHandle>("Project");

const ProjectKindEnum = builder.enumType("ProjectKind", ENUM_OPTIONS.ProjectKind);

export const ProjectStep = builder.prismaObject("ProjectStep", {
  interfaces: () => [Cited],
  fields: (t) => ({
    position: t.exposeInt("position"),
    name: t.exposeString("name"),
    summary: t.exposeString("summary"),
  }),
});
addRowSupport(ProjectStep, "PROJECT_STEP");

const column = columnsOf("Project", ({ projects }) => projects);

Project.implement({
  description: tableDescription("Project"),
  interfaces: () => [Node, Goal, Cited],
  fields: (t) => ({
    hours: t.float({
      description: columnDescription("Project", "hours"),
      extensions: CONSTANT,
      resolve: (project, _args, { snapshot }) => hours(snapshot.graph.cost[ownerIndex(snapshot, project)]!),
    }),
    kind: t.field({ type: ProjectKindEnum, ...column("kind") }),
    brief: t.string(column("brief")),
    difficulty: t.field({ type: LevelEnum, nullable: true, ...column("difficulty") }),
    steps: t.field({
      type: [ProjectStep],
      description: "What is done, step by step.",
      resolve: (project, _args, { snapshot, loaders }) => loaders.projectSteps.load(rowId(snapshot, project)),
    }),
  }),
});
addRequirement(Project, "What must be known first. Null when nothing is.", (project, { snapshot }) =>
  requirementOf(snapshot, project),
);
addOwnerSupport(Project);

const ProjectFilter = builder.inputType("ProjectFilter", {
  description: "Which projects to list; all conditions must hold.",
  fields: (t) => ({
    kinds: t.field({ type: [ProjectKindEnum], description: "Of one of these kinds." }),
    difficulties: t.field({ type: [LevelEnum], description: "Of one of these difficulties." }),
    text: t.string({ description: "Occurs in the slug, the name or the brief, ignoring letter case." }),
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
    resolve: (_root, { slug }, { snapshot }) =>
      ownerOfSlug(snapshot, "Project", slug) ?? notFound("PROJECT", slug, snapshot.projects.slugs),
  }),
  projects: t.connection(
    {
      type: Project,
      nullable: true,
      description: "The projects, page by page.",
      args: {
        filter: t.arg({ type: ProjectFilter, description: "Which to list. Absent: all." }),
        orderBy: t.arg({ type: ProjectOrder, description: "In which order. Absent: by name." }),
      },
      resolve: (_root, args, { snapshot, loaders }) =>
        resolvePage(loaders.pages.projects, "NAME", args, parseFilter(args.filter), (found) => {
          loaders.projects.prime(found.id, found);
          return ownerOfId(snapshot, "Project", found.id);
        }),
    },
    { name: "ProjectConnection", description: "A page of projects." },
    { name: "ProjectEdge" },
  ),
}));
