import { possiblePrerequisites } from "../../graph/walk/closure.ts";
import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { checkRange, howMany } from "../core/check.ts";
import { parseFilter } from "../core/connection.ts";
import { ofKind, orStale, rowsOf } from "../core/entity.ts";
import { ownerOrStale } from "../core/errors.ts";
import { ownerIndex, ownersIn, rowId } from "../core/handle.ts";
import { OF_REVISION } from "../core/kept.ts";
import { MAX_NOTES, MAX_ROLE_RESOURCES } from "../limits.ts";
import { Project } from "../project/project.ts";
import { addRowSupport, Cited, supportFields } from "../provenance/citation.ts";
import { Resource, resourcesIn } from "../resource/resource.ts";
import { Role } from "../role/role.ts";
import { NoteKindEnum, Skill, SkillNote } from "./skill.ts";

/**
 * What links a skill to another skill, to a resource, a project or a role, and a role to a project, requirements aside: a
 * row with citations of its own, and a field at either end. `resources`, `projects` and `skills`, which pass over these rows, are deprecated.
 */

/** Why a field that passes over its links is deprecated: the links stay, because they also say who says so. */
const linkStays = (links: string) => `Use \`${links}\`: the same, with the citations of each link.`;

/** The field of a link that is the owner which a column names. */
function end<Type extends "Skill" | "Project" | "Role", Column extends string>(
  type: Type,
  column: Column,
  description: string,
) {
  return {
    type,
    description,
    extensions: OF_REVISION,
    resolve: (row: Readonly<Record<Column, number>>, _args: object, { snapshot }: Context) =>
      ownerOrStale(snapshot, type, row[column]),
  };
}

const PartOf = builder.prismaObject("PartOf", {
  interfaces: () => [Cited],
  fields: (t) => ({
    part: t.field(end("Skill", "partId", "The narrower skill.")),
    whole: t.field(end("Skill", "wholeId", "The wider skill or topic.")),
  }),
});
addRowSupport(PartOf, "PART_OF");

export const RelationKindEnum = builder.enumType("RelationKind", ENUM_OPTIONS.RelationKind);

const SkillRelation = builder.prismaObject("Relation", {
  name: "SkillRelation",
  interfaces: () => [Cited],
  fields: (t) => ({
    kind: t.expose("kind", { type: RelationKindEnum }),
    note: t.exposeString("note", { nullable: true }),
    from: t.field(end("Skill", "fromId", "The first skill.")),
    to: t.field(end("Skill", "toId", "The second skill.")),
  }),
});
addRowSupport(SkillRelation, "RELATION");

const Teaching = builder.prismaObject("Teaches", {
  name: "Teaching",
  interfaces: () => [Cited],
  fields: (t) => ({
    resource: t.field({
      type: Resource,
      description: "The resource that teaches.",
      extensions: OF_REVISION,
      resolve: async ({ resourceId }, _args, { loaders }) =>
        orStale(await loaders.resources.load(resourceId), "A resource"),
    }),
    skill: t.field(end("Skill", "skillId", "The skill that is taught.")),
  }),
});
addRowSupport(Teaching, "TEACHES");

const Practice = builder.prismaObject("Practises", {
  name: "Practice",
  interfaces: () => [Cited],
  fields: (t) => ({
    project: t.field(end("Project", "projectId", "The project that practises the skill.")),
    skill: t.field(end("Skill", "skillId", "The skill that is practised.")),
  }),
});
addRowSupport(Practice, "PRACTISES");

const OptionalSkill = builder.prismaObject("OptionalSkill", {
  interfaces: () => [Cited],
  fields: (t) => ({
    reason: t.exposeString("reason", { nullable: true }),
    role: t.field(end("Role", "roleId", "The role it helps in.")),
    skill: t.field(end("Skill", "skillId", "The skill that helps.")),
  }),
});
addRowSupport(OptionalSkill, "OPTIONAL_SKILL");

const RoleProject = builder.prismaObject("RoleProject", {
  interfaces: () => [Cited],
  fields: (t) => ({
    reason: t.exposeString("reason", { nullable: true }),
    role: t.field(end("Role", "roleId", "The role that asks for it.")),
    project: t.field(end("Project", "projectId", "The project that is asked for.")),
  }),
});
addRowSupport(RoleProject, "ROLE_PROJECT");

const ONE_KIND = { type: RelationKindEnum, description: "Only relations of this kind. Absent: all." };

builder.objectFields(Skill, (t) => ({
  partOf: t.field(rowsOf(PartOf, "The wider skills and topics it is part of.", "wholes")),
  parts: t.field(rowsOf(PartOf, "The narrower skills that are part of it.", "parts")),
  relations: t.field({
    type: [SkillRelation],
    description: "How it relates to others, where it is the first of the two.",
    args: { kind: t.arg(ONE_KIND) },
    extensions: OF_REVISION,
    resolve: async (skill, { kind }, { snapshot, loaders }) =>
      ofKind(await loaders.relations.load(rowId(snapshot, skill)), kind),
  }),
  relatedBy: t.field({
    type: [SkillRelation],
    description: "How others relate to it, where it is the second of the two.",
    args: { kind: t.arg(ONE_KIND) },
    extensions: OF_REVISION,
    resolve: async (skill, { kind }, { snapshot, loaders }) =>
      ofKind(await loaders.reverseRelations.load(rowId(snapshot, skill)), kind),
  }),
  taughtBy: t.field(
    rowsOf(Teaching, "The links to the resources that teach it, each with its citations.", "teachesBySkill"),
  ),
  resources: t.field({
    type: [Resource],
    description: "The resources that teach it.",
    deprecationReason: linkStays("taughtBy { resource }"),
    extensions: OF_REVISION,
    resolve: async (skill, _args, { snapshot, loaders }) =>
      resourcesIn(await loaders.teachesBySkill.load(rowId(snapshot, skill)), loaders),
  }),
  practisedBy: t.field(
    rowsOf(
      Practice,
      "The links to the projects that practise it, each with its citations.",
      "practisesBySkill",
    ),
  ),
  projects: t.field({
    type: [Project],
    description: "The projects that practise it.",
    deprecationReason: linkStays("practisedBy { project }"),
    extensions: OF_REVISION,
    resolve: async (skill, _args, { snapshot, loaders }) =>
      ownersIn(snapshot, "Project", "projectId", await loaders.practisesBySkill.load(rowId(snapshot, skill))),
  }),
  optionalIn: t.field(
    rowsOf(OptionalSkill, "The roles in which it helps without being required.", "optionalSkillsBySkill"),
  ),
}));

builder.objectFields(Resource, (t) => ({
  teaches: t.field({
    type: [Teaching],
    description: "The links to the skills that it teaches, each with its citations.",
    extensions: OF_REVISION,
    resolve: ({ id }, _args, { loaders }) => loaders.teachesByResource.load(id),
  }),
  skills: t.field({
    type: [Skill],
    description: "The skills it teaches.",
    deprecationReason: linkStays("teaches { skill }"),
    extensions: OF_REVISION,
    resolve: async ({ id }, _args, { snapshot, loaders }) =>
      ownersIn(snapshot, "Skill", "skillId", await loaders.teachesByResource.load(id)),
  }),
}));

builder.objectFields(Project, (t) => ({
  practises: t.field(
    rowsOf(
      Practice,
      "The links to the skills that it practises, each with its citations.",
      "practisesByProject",
    ),
  ),
  askedForBy: t.field(rowsOf(RoleProject, "The roles that ask for it.", "rolesByProject")),
  skills: t.field({
    type: [Skill],
    description: "The skills it practises.",
    deprecationReason: linkStays("practises { skill }"),
    extensions: OF_REVISION,
    resolve: async (project, _args, { snapshot, loaders }) =>
      ownersIn(snapshot, "Skill", "skillId", await loaders.practisesByProject.load(rowId(snapshot, project))),
  }),
}));

builder.objectField(SkillNote, "skill", (t) => t.field(end("Skill", "skillId", "The skill it is about.")));

builder.queryField("notes", (t) =>
  t.field({
    type: [SkillNote],
    description: "Notes on skills, in the order of the skills' slugs.",
    args: {
      filter: t.arg({
        type: builder.inputType("NoteFilter", {
          description: "Which notes to list; all conditions must hold.",
          fields: (f) => ({
            kind: f.field({ type: NoteKindEnum, description: "Of this kind." }),
            text: f.string({ description: "The text occurs in the note, ignoring letter case." }),
            partOf: f.string({
              description: "On a part of the skill of this slug, directly or through other parts.",
            }),
            ...supportFields(f),
          }),
        }),
        description: "Absent: all.",
      }),
      first: t.arg.int(howMany(100, 1, MAX_NOTES)),
    },
    resolve: (_root, { filter, first }, { loaders }) => {
      checkRange("first", first, 1, MAX_NOTES);
      return loaders.pages.notes(parseFilter(filter), first);
    },
  }),
);

builder.objectFields(Role, (t) => ({
  optionalSkills: t.field(
    rowsOf(OptionalSkill, "Skills that help and are not required.", "optionalSkillsByRole"),
  ),
  projects: t.field(
    rowsOf(
      RoleProject,
      "The few projects that it asks for, each with its citations. A path to the role has those that it makes feasible: `LearningPath.plannedProjects`.",
      "projectsByRole",
    ),
  ),
  resources: t.field({
    type: [Resource],
    description:
      "The resources that teach skills which its requirement names or which help in it; those that teach the most of them first.",
    args: { first: t.arg.int(howMany(20, 1, MAX_ROLE_RESOURCES)) },
    resolve: async (role, { first }, { snapshot, loaders }) => {
      checkRange("first", first, 1, MAX_ROLE_RESOURCES);
      const named = possiblePrerequisites(snapshot.graph, [ownerIndex(snapshot, role)], { depth: 1 }).skills;
      const helping = await loaders.optionalSkillsByRole.load(rowId(snapshot, role));
      const skills = new Set([
        ...Array.from(named, (skill) => snapshot.skills.ids[skill]!),
        ...helping.map(({ skillId }) => skillId),
      ]);
      const taught = await Promise.all([...skills].map((skill) => loaders.teachesBySkill.load(skill)));
      const count = new Map<number, number>();
      for (const { resourceId } of taught.flat()) count.set(resourceId, (count.get(resourceId) ?? 0) + 1);
      const most = [...count].sort(([a, n], [b, m]) => m - n || a - b).slice(0, first);
      return resourcesIn(
        most.map(([resourceId]) => ({ resourceId })),
        loaders,
      );
    },
  }),
}));
