import type { Subject } from "../../loaders/citations.ts";
import type { RequirementNode, SubjectKind } from "../../store/generated/client/client.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { orStale } from "../core/entity.ts";
import { ownerOrStale } from "../core/errors.ts";
import type { ProjectHandle, RoleHandle, SkillHandle } from "../core/handle.ts";
import { Node } from "../core/node.ts";
import { type RequirementPart, requirementOf, requirementOfStep } from "../requirement/tree.ts";
import { Citation, Cited, Claim } from "./citation.ts";

/** An object that carries the name of its type, for interfaces. */
type Named = object & { readonly __typename: string };

/** The types of the rows that belong to an entity, requirements aside. */
const TYPES = {
  PART_OF: "PartOf",
  RELATION: "SkillRelation",
  NOTE: "SkillNote",
  TEACHES: "Teaching",
  PRACTISES: "Practice",
  PROJECT_STEP: "ProjectStep",
  OPTIONAL_SKILL: "OptionalSkill",
  ROLE_PROJECT: "RoleProject",
  RESPONSIBILITY: "Responsibility",
  MARKET_FACT: "MarketFact",
  ROADMAP_STEP: "RoadmapStep",
  CLAIM: "Claim",
} as const satisfies Partial<Record<SubjectKind, string>>;

function isRowKind(kind: SubjectKind): kind is keyof typeof TYPES {
  return Object.hasOwn(TYPES, kind);
}

/**
 * The row that a citation or a claim is about, as the parent object of its type. One SQL statement for each kind of
 * row, none for what the snapshot holds.
 */
async function findSubject(context: Context, subject: Subject): Promise<Named> {
  const { kind, id } = subject;
  if (kind === "REQUIREMENT")
    return { ...(await requirementPart(context, id)), __typename: "RequirementNode" };
  if (!isRowKind(kind)) return findSubjectEntity(context, subject);
  return named(TYPES[kind], await context.loaders.subjects[kind].load(id));
}

/**
 * The entity that a row is, or that it belongs to. A row between two entities belongs to the one that it is written
 * with: what a resource teaches belongs to the resource. Costs as `findSubject` does.
 */
export async function findSubjectEntity(context: Context, { kind, id }: Subject): Promise<Named> {
  const { loaders, snapshot } = context;
  const { subjects } = loaders;
  switch (kind) {
    case "SKILL":
      return ownerOrStale(snapshot, "Skill", id);
    case "PROJECT":
      return ownerOrStale(snapshot, "Project", id);
    case "ROLE":
      return ownerOrStale(snapshot, "Role", id);
    case "ROADMAP":
      return ownerOrStale(snapshot, "Roadmap", id);
    case "RESOURCE":
      return named("Resource", await loaders.resources.load(id));
    case "DOCUMENT":
      return named("Document", await loaders.documents.load(id));
    case "REQUIREMENT":
      return requirementEntity(context, rowOf(await subjects.REQUIREMENT.load(id)));
    case "PART_OF":
      return ownerOrStale(snapshot, "Skill", rowOf(await subjects.PART_OF.load(id)).partId);
    case "RELATION":
      return ownerOrStale(snapshot, "Skill", rowOf(await subjects.RELATION.load(id)).fromId);
    case "NOTE":
      return ownerOrStale(snapshot, "Skill", rowOf(await subjects.NOTE.load(id)).skillId);
    case "TEACHES":
      return named(
        "Resource",
        await loaders.resources.load(rowOf(await subjects.TEACHES.load(id)).resourceId),
      );
    case "PRACTISES":
      return ownerOrStale(snapshot, "Project", rowOf(await subjects.PRACTISES.load(id)).projectId);
    case "PROJECT_STEP":
      return ownerOrStale(snapshot, "Project", rowOf(await subjects.PROJECT_STEP.load(id)).projectId);
    case "OPTIONAL_SKILL":
      return ownerOrStale(snapshot, "Role", rowOf(await subjects.OPTIONAL_SKILL.load(id)).roleId);
    case "ROLE_PROJECT":
      return ownerOrStale(snapshot, "Role", rowOf(await subjects.ROLE_PROJECT.load(id)).roleId);
    case "RESPONSIBILITY":
      return ownerOrStale(snapshot, "Role", rowOf(await subjects.RESPONSIBILITY.load(id)).roleId);
    case "MARKET_FACT":
      return ownerOrStale(snapshot, "Role", rowOf(await subjects.MARKET_FACT.load(id)).roleId);
    case "ROADMAP_STEP":
      return ownerOrStale(snapshot, "Roadmap", rowOf(await subjects.ROADMAP_STEP.load(id)).roadmapId);
    case "CLAIM": {
      const { subjectKind, subjectId } = rowOf(await subjects.CLAIM.load(id));
      return findSubjectEntity(context, { kind: subjectKind, id: subjectId });
    }
  }
}

function rowOf<Row>(row: Row | undefined): Row {
  return orStale(row, "A row");
}

function named(type: string, row: object | undefined): Named {
  return { ...rowOf(row), __typename: type };
}

/** What has a requirement of its own, steps of roadmaps aside. */
function requirementHolder(
  { snapshot }: Context,
  { skillId, projectId, roleId }: RequirementNode,
): SkillHandle | ProjectHandle | RoleHandle {
  if (skillId !== null) return ownerOrStale(snapshot, "Skill", skillId);
  if (projectId !== null) return ownerOrStale(snapshot, "Project", projectId);
  return ownerOrStale(snapshot, "Role", roleId!);
}

async function requirementEntity(context: Context, node: RequirementNode): Promise<Named> {
  if (node.roadmapStepId === null) return requirementHolder(context, node);
  return findSubjectEntity(context, { kind: "ROADMAP_STEP", id: node.roadmapStepId });
}

async function requirementPart(context: Context, id: number): Promise<RequirementPart> {
  const node = rowOf(await context.loaders.subjects.REQUIREMENT.load(id));
  const parts =
    node.roadmapStepId === null
      ? requirementOf(context.snapshot, requirementHolder(context, node))
      : await requirementOfStep(context, node.roadmapStepId);
  return rowOf(parts.find(({ ordinal }) => ordinal === node.ordinal));
}

builder.objectFields(Citation, (t) => ({
  subject: t.field({
    type: Cited,
    description: "The row that it supports.",
    resolve: ({ subjectKind, subjectId }, _args, context) =>
      findSubject(context, { kind: subjectKind, id: subjectId }),
  }),
  entity: t.field({
    type: Node,
    description:
      "The entity that the row is or belongs to: the owner of a requirement, the resource of what it teaches, the first of two related skills.",
    resolve: ({ subjectKind, subjectId }, _args, context) =>
      findSubjectEntity(context, { kind: subjectKind, id: subjectId }),
  }),
}));

builder.objectField(Claim, "entity", (t) =>
  t.field({
    type: Node,
    description: "The entity that the field belongs to.",
    resolve: ({ subjectKind, subjectId }, _args, context) =>
      findSubjectEntity(context, { kind: subjectKind, id: subjectId }),
  }),
);
