import type { SkillKind } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { columnDescription, tableDescription } from "../core/description.ts";
import { CONSTANT, Goal, hours, rowId, type SkillHandle, slugOf } from "../core/entity.ts";
import { orStale } from "../core/errors.ts";
import { LevelEnum } from "../core/level.ts";
import { encodeGlobalId, Node } from "../core/node.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { addClaims } from "../provenance/claim.ts";
import { Requirement, RequirementNode } from "../requirement/requirement.ts";
import { requirementOf } from "../requirement/requirements.ts";

/**
 * A skill is an index in the snapshot (see handles.ts): slug, name, hours, requirement and all structure cost
 * no SQL and no promise. Everything else is loaded by row.
 */
export const Skill = builder.objectRef<SkillHandle>("Skill");

export const SkillKindEnum = builder.enumType("SkillKind", {
  description: "What sort of thing a skill is.",
  values: {
    LANGUAGE: { description: "A programming, query or markup language." },
    RUNTIME: {
      description: "A runtime that executes a language, such as a JavaScript runtime on a server.",
    },
    FRAMEWORK: { description: "A framework to build applications with." },
    LIBRARY: { description: "A library." },
    DATABASE: { description: "A database product." },
    TOOL: { description: "A program used while developing or running software." },
    PLATFORM: { description: "A hosted platform or service." },
    OPERATING_SYSTEM: { description: "An operating system or a part of one." },
    STANDARD: { description: "A protocol, a format or a standard." },
    CONCEPT: { description: "An idea to understand." },
    PRACTICE: { description: "A way of working, a technique." },
    ARCHITECTURE: { description: "A way to structure whole systems." },
    THREAT: { description: "An attack or a threat to recognise and prevent." },
    SOFT_SKILL: { description: "A skill in dealing with people, problems and oneself." },
    CAREER: { description: "A skill of finding, getting and growing in a job." },
    TOPIC: { description: "A heading that groups skills and is not learned by itself." },
  } satisfies Record<SkillKind, object>,
});

const row = async (skill: SkillHandle, { snapshot, loaders }: Context) =>
  orStale(await loaders.skills.load(rowId(snapshot, skill)), "A skill");

Skill.implement({
  description: tableDescription("Skill"),
  interfaces: () => [Node, Goal, Cited],
  fields: (t) => ({
    id: t.id({
      description: "The id for `node`.",
      extensions: CONSTANT,
      resolve: (skill, _args, { snapshot }) => encodeGlobalId("Skill", slugOf(snapshot, skill)),
    }),
    hours: t.float({
      description: columnDescription("Skill", "hours"),
      extensions: CONSTANT,
      resolve: (skill, _args, { snapshot }) => hours(snapshot.graph.cost[skill.index]!),
    }),
    kind: t.field({
      type: SkillKindEnum,
      description: columnDescription("Skill", "kind"),
      resolve: async (skill, _args, context) => (await row(skill, context)).kind,
    }),
    level: t.field({
      type: LevelEnum,
      nullable: true,
      description: columnDescription("Skill", "level"),
      resolve: async (skill, _args, context) => (await row(skill, context)).level,
    }),
    summary: t.string({
      description: columnDescription("Skill", "summary"),
      resolve: async (skill, _args, context) => (await row(skill, context)).summary,
    }),
    aliases: t.stringList({
      description: "Other names of it.",
      resolve: async (skill, _args, { snapshot, loaders }) =>
        (await loaders.skillAliases.load(rowId(snapshot, skill))).map(({ alias }) => alias),
    }),
    requirement: t.field({
      type: Requirement,
      nullable: true,
      description: "What must be known before; null: nothing.",
      resolve: (skill, _args, { snapshot }) => requirementOf(snapshot, skill)[0],
    }),
    requirementNodes: t.field({
      type: [RequirementNode],
      description: "The whole requirement as a flat list in depth-first order, the root first.",
      resolve: (skill, _args, { snapshot }) => requirementOf(snapshot, skill),
    }),
  }),
});

const subjectOf = (skill: SkillHandle, { snapshot }: Context) => ({
  kind: "SKILL" as const,
  id: rowId(snapshot, skill),
});
addCitations(Skill, subjectOf);
addClaims(Skill, subjectOf);
