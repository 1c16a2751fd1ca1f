import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import { builder } from "../builder.ts";
import { BY_HOURS, orderInput } from "../core/connection.ts";
import { columnDescription, columnsOf, Goal, rowsOf, tableDescription } from "../core/entity.ts";
import { hours, ownerIndex, type ProjectHandle } from "../core/handle.ts";
import { CONSTANT } from "../core/kept.ts";
import { Node } from "../core/node.ts";
import { addOwnerQueries } from "../core/noun-queries.ts";
import { addOwnerSupport, addRowSupport, Cited, supportFields } from "../provenance/citation.ts";
import { addRequirement } from "../requirement/requirement.ts";
import { requirementOf } from "../requirement/tree.ts";
import { LevelEnum } from "../skill/skill.ts";

/** An index in the snapshot, as a skill is. What it practises is added in skill/relations.ts. */
export const Project = builder.objectRef<ProjectHandle>("Project");

export const ProjectKindEnum = builder.enumType("ProjectKind", ENUM_OPTIONS.ProjectKind);

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
    formerSlugs: t.stringList(column("formerSlugs")),
    hours: t.float({
      description: columnDescription("Project", "hours"),
      extensions: CONSTANT,
      resolve: (project, _args, { snapshot }) => hours(snapshot.graph.cost[ownerIndex(snapshot, project)]!),
    }),
    kind: t.field({ type: ProjectKindEnum, ...column("kind") }),
    summary: t.string(column("brief")),
    brief: t.string({ ...column("brief"), deprecationReason: "Use `summary`, which all goals have." }),
    difficulty: t.field({ type: LevelEnum, nullable: true, ...column("difficulty") }),
    steps: t.field(rowsOf(ProjectStep, "What is done, step by step.", "projectSteps")),
  }),
});
addRequirement(Project, "What must be known first. Null when nothing is.", (project, { snapshot }) =>
  requirementOf(snapshot, project),
);
addOwnerSupport(Project);

addOwnerQueries(Project, "Project", {
  filter: builder.inputType("ProjectFilter", {
    description: "Which projects to list; all conditions must hold.",
    fields: (t) => ({
      kinds: t.field({ type: [ProjectKindEnum], description: "Of one of these kinds." }),
      difficulties: t.field({ type: [LevelEnum], description: "Of one of these difficulties." }),
      text: t.string({ description: "Occurs in the slug, the name or the brief, ignoring letter case." }),
      practises: t.string({ description: "Practises the skill of this slug." }),
      ...supportFields(t),
    }),
  }),
  order: orderInput("Project", BY_HOURS),
  pages: ({ loaders }) => loaders.pages.projects,
  rows: ({ projects }) => projects,
});
