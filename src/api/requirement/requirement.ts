import type { ObjectRef } from "@pothos/core";
import type { RequirementNode as Row } from "../../store/generated/client/client.ts";
import { builder, type SchemaTypes } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId } from "../core/cache-id.ts";
import { columnDescription, orStale } from "../core/entity.ts";
import { SkillHandle } from "../core/handle.ts";
import { OF_REVISION } from "../core/kept.ts";
import { andThen } from "../core/run.ts";
import { addCitations, Cited } from "../provenance/citation.ts";
import { Skill } from "../skill/skill.ts";
import { type RequirementPart, requirementOf } from "./tree.ts";

type NodeKind = "SKILL" | "ALL_OF" | "ANY_OF" | "AT_LEAST";

const REASON = columnDescription("RequirementNode", "reason");

const NODE_KINDS = {
  SKILL: { description: "One skill." },
  ALL_OF: { description: "Every member must be met." },
  ANY_OF: { description: "One member is enough." },
  AT_LEAST: { description: "Some members must be met: more than one, fewer than all." },
} satisfies Record<NodeKind, object>;

const RequirementNodeKind = builder.enumType("RequirementNodeKind", {
  description: "What a node of a requirement asks for.",
  values: NODE_KINDS,
});
const GroupKind = builder.enumType("GroupKind", {
  description: "How many members of a group must be met.",
  values: { ALL_OF: NODE_KINDS.ALL_OF, ANY_OF: NODE_KINDS.ANY_OF, AT_LEAST: NODE_KINDS.AT_LEAST },
});

/** A group of one member is both all and any of it: called `ALL_OF`. */
function groupKind({ atLeast, members }: RequirementPart): "ALL_OF" | "ANY_OF" | "AT_LEAST" {
  if (atLeast === members.length) return "ALL_OF";
  return atLeast === 1 ? "ANY_OF" : "AT_LEAST";
}

/** Names a node among all requirements, and what can be left of them, at one revision. */
export function requirementId({ ownerKey, ordinal, mark = "" }: RequirementPart): string {
  return `${ownerKey}#${ordinal}${mark}`;
}

async function rowOf(part: RequirementPart, { loaders }: Context): Promise<Row> {
  const rows = await loaders.requirementNodes.load(part.owner);
  return orStale(rows[part.ordinal], "A requirement");
}

const SkillRequirement = builder.objectRef<RequirementPart>("SkillRequirement");
export const GroupRequirement = builder.objectRef<RequirementPart>("GroupRequirement");
export const RequirementNode = builder.objectRef<RequirementPart>("RequirementNode");

const Requirement = builder.unionType("Requirement", {
  description:
    "What must be known first: a skill, or a number of the members of a group. GraphQL cannot ask for a tree of any depth; `requirementNodes` gives the same as a flat list.",
  types: [SkillRequirement, GroupRequirement],
  resolveType: (part) => (part.skill === undefined ? GroupRequirement : SkillRequirement),
});

SkillRequirement.implement({
  description: "One skill.",
  interfaces: () => [Cited],
  fields: (t) => ({
    skill: t.skill("The skill needed.", ({ skill }) => skill!),
  }),
});

GroupRequirement.implement({
  description: "A group, of which at least `atLeast` members must be met.",
  interfaces: () => [Cited],
  fields: (t) => ({
    kind: t.field({
      type: GroupKind,
      description: "Whether all, any or some members must be met.",
      extensions: OF_REVISION,
      resolve: groupKind,
    }),
    atLeast: t.int({
      description: "How many members must be met.",
      extensions: OF_REVISION,
      resolve: ({ atLeast }) => atLeast!,
    }),
    members: t.field({
      type: [Requirement],
      description: "The members, in the author's order.",
      extensions: OF_REVISION,
      resolve: ({ members }) => members,
    }),
  }),
});

RequirementNode.implement({
  description: "A node of a requirement in the flat list. `parentId` says where it belongs in the tree.",
  interfaces: () => [Cited],
  fields: (t) => ({
    id: t.id({
      description: "Identifies the node among all requirements of one revision. Not an id for `node`.",
      extensions: OF_REVISION,
      resolve: requirementId,
    }),
    parentId: t.id({
      nullable: true,
      description: "The `id` of the group it belongs to; null at the root.",
      extensions: OF_REVISION,
      resolve: ({ ownerKey, parentOrdinal, parentMark = "" }) =>
        parentOrdinal === undefined ? null : `${ownerKey}#${parentOrdinal}${parentMark}`,
    }),
    kind: t.field({
      type: RequirementNodeKind,
      description: "What the node asks for.",
      extensions: OF_REVISION,
      resolve: (part) => (part.skill === undefined ? groupKind(part) : "SKILL"),
    }),
    atLeast: t.int({
      nullable: true,
      description: "How many of its members must be met; null on a skill.",
      extensions: OF_REVISION,
      resolve: ({ atLeast }) => atLeast,
    }),
    skill: t.field({
      type: Skill,
      nullable: true,
      description: "The skill needed; null on a group.",
      extensions: OF_REVISION,
      resolve: ({ skill }) => (skill === undefined ? null : new SkillHandle(skill)),
    }),
  }),
});

for (const type of [SkillRequirement, GroupRequirement])
  addCacheId(type, (part, { snapshot }) => [snapshot.revision, requirementId(part)]);

for (const type of [SkillRequirement, GroupRequirement, RequirementNode]) {
  builder.objectField(type, "reason", (t) =>
    t.string({
      nullable: true,
      description: REASON,
      extensions: OF_REVISION,
      resolve: async (part, _args, context) => (await rowOf(part, context)).reason,
    }),
  );
  addCitations(type, async (part, context) => ({
    kind: "REQUIREMENT",
    id: (await rowOf(part, context)).id,
  }));
}

/** Gives a type the fields `requirement`, with its description, and `requirementNodes`. */
export function addRequirement<Shape>(
  type: ObjectRef<SchemaTypes, Shape>,
  description: string,
  partsOf: (parent: Shape, context: Context) => RequirementPart[] | Promise<RequirementPart[]>,
): void {
  builder.objectFields(type, (t) => ({
    requirement: t.field({
      type: Requirement,
      nullable: true,
      description,
      extensions: OF_REVISION,
      resolve: (parent, _args, context) => andThen(partsOf(parent as Shape, context), ([root]) => root),
    }),
    requirementNodes: t.field({
      type: [RequirementNode],
      description: "The whole requirement as a flat list in depth-first order, the root first.",
      extensions: OF_REVISION,
      resolve: (parent, _args, context) => partsOf(parent as Shape, context),
    }),
  }));
}
addRequirement(Skill, "What must be known first. Null when nothing is.", (skill, { snapshot }) =>
  requirementOf(snapshot, skill),
);
