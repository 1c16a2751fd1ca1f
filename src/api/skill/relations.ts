import type { RelationKind } from "../../store/generated/client/enums.ts";
import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { orStale } from "../core/entity.ts";
import { ownerOrStale } from "../core/errors.ts";
import { type OwnerType, ownersOfIds, rowId } from "../core/handle.ts";
import { Project } from "../project/project.ts";
import { addRowSupport, Cited } from "../provenance/citation.ts";
import { Resource } from "../resource/resource.ts";
import { Role } from "../role/role.ts";
import { Skill } from "./skill.ts";

/**
 * What links a skill to another skill, to a resource, a project or a role, requirements aside: a row with citations
 * of its own, and a field at either end. `resources`, `projects` and `skills` are shortcuts past these rows.
 */

/** Resolves to the owner that a column of a row names. */
function ownerIn<Type extends OwnerType, Column extends string>(type: Type, column: Column) {
  return (row: Readonly<Record<Column, number>>, _args: object, { snapshot }: Context) =>
    ownerOrStale(snapshot, type, row[column]);
}

const PartOf = builder.prismaObject("PartOf", {
  interfaces: () => [Cited],
  fields: (t) => ({
    part: t.field({ type: Skill, description: "The narrower skill.", resolve: ownerIn("Skill", "partId") }),
    whole: t.field({
      type: Skill,
      description: "The wider skill or topic.",
      resolve: ownerIn("Skill", "wholeId"),
    }),
  }),
});
addRowSupport(PartOf, "PART_OF");

builder.objectFields(Skill, (t) => ({
  partOf: t.field({
    type: [PartOf],
    description: "The wider skills and topics it is part of.",
    resolve: (skill, _args, { snapshot, loaders }) => loaders.wholes.load(rowId(snapshot, skill)),
  }),
  parts: t.field({
    type: [PartOf],
    description: "The narrower skills that are part of it.",
    resolve: (skill, _args, { snapshot, loaders }) => loaders.parts.load(rowId(snapshot, skill)),
  }),
}));

const RelationKindEnum = builder.enumType("RelationKind", ENUM_OPTIONS.RelationKind);

const SkillRelation = builder.prismaObject("Relation", {
  name: "SkillRelation",
  interfaces: () => [Cited],
  fields: (t) => ({
    kind: t.expose("kind", { type: RelationKindEnum }),
    note: t.exposeString("note", { nullable: true }),
    from: t.field({ type: Skill, description: "The first skill.", resolve: ownerIn("Skill", "fromId") }),
    to: t.field({ type: Skill, description: "The second skill.", resolve: ownerIn("Skill", "toId") }),
  }),
});
addRowSupport(SkillRelation, "RELATION");

const RELATION_KIND = "Only relations of this kind. Absent: all.";

function ofKind<Row extends { readonly kind: RelationKind }>(
  rows: readonly Row[],
  kind: RelationKind | null | undefined,
): readonly Row[] {
  return kind == null ? rows : rows.filter((row) => row.kind === kind);
}

builder.objectFields(Skill, (t) => ({
  relations: t.field({
    type: [SkillRelation],
    description: "How it relates to others, where it is the first of the two.",
    args: { kind: t.arg({ type: RelationKindEnum, description: RELATION_KIND }) },
    resolve: async (skill, { kind }, { snapshot, loaders }) =>
      ofKind(await loaders.relations.load(rowId(snapshot, skill)), kind),
  }),
  relatedBy: t.field({
    type: [SkillRelation],
    description: "How others relate to it, where it is the second of the two.",
    args: { kind: t.arg({ type: RelationKindEnum, description: RELATION_KIND }) },
    resolve: async (skill, { kind }, { snapshot, loaders }) =>
      ofKind(await loaders.reverseRelations.load(rowId(snapshot, skill)), kind),
  }),
}));

const Teaching = builder.prismaObject("Teaches", {
  name: "Teaching",
  interfaces: () => [Cited],
  fields: (t) => ({
    resource: t.field({
      type: Resource,
      description: "The resource that teaches.",
      resolve: async ({ resourceId }, _args, { loaders }) =>
        orStale(await loaders.resources.load(resourceId), "A resource"),
    }),
    skill: t.field({
      type: Skill,
      description: "The skill that is taught.",
      resolve: ownerIn("Skill", "skillId"),
    }),
  }),
});
addRowSupport(Teaching, "TEACHES");

builder.objectFields(Skill, (t) => ({
  taughtBy: t.field({
    type: [Teaching],
    description: "The links to the resources that teach it, each with its citations.",
    resolve: (skill, _args, { snapshot, loaders }) => loaders.teachesBySkill.load(rowId(snapshot, skill)),
  }),
  resources: t.field({
    type: [Resource],
    description: "The resources that teach it.",
    resolve: async (skill, _args, { snapshot, loaders }) => {
      const links = await loaders.teachesBySkill.load(rowId(snapshot, skill));
      const rows = await Promise.all(links.map(({ resourceId }) => loaders.resources.load(resourceId)));
      return rows.flatMap((resource) => resource ?? []);
    },
  }),
}));

builder.objectFields(Resource, (t) => ({
  teaches: t.field({
    type: [Teaching],
    description: "The links to the skills that it teaches, each with its citations.",
    resolve: ({ id }, _args, { loaders }) => loaders.teachesByResource.load(id),
  }),
  skills: t.field({
    type: [Skill],
    description: "The skills it teaches.",
    resolve: async ({ id }, _args, { snapshot, loaders }) => {
      const ids = (await loaders.teachesByResource.load(id)).map(({ skillId }) => skillId);
      return ownersOfIds(snapshot, "Skill", ids);
    },
  }),
}));

const Practice = builder.prismaObject("Practises", {
  name: "Practice",
  interfaces: () => [Cited],
  fields: (t) => ({
    project: t.field({
      type: Project,
      description: "The project that practises the skill.",
      resolve: ownerIn("Project", "projectId"),
    }),
    skill: t.field({
      type: Skill,
      description: "The skill that is practised.",
      resolve: ownerIn("Skill", "skillId"),
    }),
  }),
});
addRowSupport(Practice, "PRACTISES");

builder.objectFields(Skill, (t) => ({
  practisedBy: t.field({
    type: [Practice],
    description: "The links to the projects that practise it, each with its citations.",
    resolve: (skill, _args, { snapshot, loaders }) => loaders.practisesBySkill.load(rowId(snapshot, skill)),
  }),
  projects: t.field({
    type: [Project],
    description: "The projects that practise it.",
    resolve: async (skill, _args, { snapshot, loaders }) => {
      const ids = (await loaders.practisesBySkill.load(rowId(snapshot, skill))).map(
        ({ projectId }) => projectId,
      );
      return ownersOfIds(snapshot, "Project", ids);
    },
  }),
}));

builder.objectFields(Project, (t) => ({
  practises: t.field({
    type: [Practice],
    description: "The links to the skills that it practises, each with its citations.",
    resolve: (project, _args, { snapshot, loaders }) =>
      loaders.practisesByProject.load(rowId(snapshot, project)),
  }),
  skills: t.field({
    type: [Skill],
    description: "The skills it practises.",
    resolve: async (project, _args, { snapshot, loaders }) => {
      const ids = (await loaders.practisesByProject.load(rowId(snapshot, project))).map(
        ({ skillId }) => skillId,
      );
      return ownersOfIds(snapshot, "Skill", ids);
    },
  }),
}));

const OptionalSkill = builder.prismaObject("OptionalSkill", {
  interfaces: () => [Cited],
  fields: (t) => ({
    reason: t.exposeString("reason", { nullable: true }),
    role: t.field({ type: Role, description: "The role it helps in.", resolve: ownerIn("Role", "roleId") }),
    skill: t.field({
      type: Skill,
      description: "The skill that helps.",
      resolve: ownerIn("Skill", "skillId"),
    }),
  }),
});
addRowSupport(OptionalSkill, "OPTIONAL_SKILL");

builder.objectField(Skill, "optionalIn", (t) =>
  t.field({
    type: [OptionalSkill],
    description: "The roles in which it helps without being required.",
    resolve: (skill, _args, { snapshot, loaders }) =>
      loaders.optionalSkillsBySkill.load(rowId(snapshot, skill)),
  }),
);

builder.objectField(Role, "optionalSkills", (t) =>
  t.field({
    type: [OptionalSkill],
    description: "Skills that help and are not required.",
    resolve: (role, _args, { snapshot, loaders }) => loaders.optionalSkillsByRole.load(rowId(snapshot, role)),
  }),
);
