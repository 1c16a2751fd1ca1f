import type { Subject } from "../../loaders/citations.ts";
import type { RequirementNode } from "../../store/generated/client/client.ts";
import type { Context } from "../context.ts";
import {
  indexOfId,
  type OwnerHandle,
  ProjectHandle,
  RoadmapHandle,
  RoleHandle,
  type SkillHandle,
  skillOfId,
} from "../core/entity.ts";
import { orStale } from "../core/errors.ts";
import type { RequirementPart } from "../requirement/requirement-tree.ts";
import { requirementOf, requirementOfStep } from "../requirement/requirements.ts";

/** An object that carries the name of its type, for interfaces. */
type Named = object & { readonly __typename: string };

/**
 * The row that a citation or a claim is about, as the parent object of its type. One SQL statement for each
 * kind of row, none for what the snapshot holds.
 */
export async function findSubject(context: Context, subject: Subject): Promise<Named> {
  const { subjects } = context.loaders;
  const { kind, id } = subject;
  switch (kind) {
    case "SKILL":
    case "RESOURCE":
    case "PROJECT":
    case "ROLE":
    case "ROADMAP":
    case "DOCUMENT":
      return findSubjectEntity(context, subject);
    case "REQUIREMENT":
      return { ...(await requirementPart(context, id)), __typename: "RequirementNode" };
    case "PART_OF":
      return named("PartOf", await subjects.PART_OF.load(id));
    case "RELATION":
      return named("SkillRelation", await subjects.RELATION.load(id));
    case "NOTE":
      return named("SkillNote", await subjects.NOTE.load(id));
    case "TEACHES":
      return named("Teaching", await subjects.TEACHES.load(id));
    case "PRACTISES":
      return named("Practice", await subjects.PRACTISES.load(id));
    case "PROJECT_STEP":
      return named("ProjectStep", await subjects.PROJECT_STEP.load(id));
    case "OPTIONAL_SKILL":
      return named("OptionalSkill", await subjects.OPTIONAL_SKILL.load(id));
    case "RESPONSIBILITY":
      return named("Responsibility", await subjects.RESPONSIBILITY.load(id));
    case "MARKET_FACT":
      return named("MarketFact", await subjects.MARKET_FACT.load(id));
    case "ROADMAP_STEP":
      return named("RoadmapStep", await subjects.ROADMAP_STEP.load(id));
    case "CLAIM":
      return named("Claim", await subjects.CLAIM.load(id));
  }
}

/**
 * The entity that a row is, or that it belongs to: of what lies between two entities, the one that it is
 * written with, such as the resource of what a resource teaches. Costs as `findSubject` does.
 */
export async function findSubjectEntity(context: Context, { kind, id }: Subject): Promise<Named> {
  const { loaders } = context;
  const { subjects } = loaders;
  switch (kind) {
    case "SKILL":
      return skill(context, id);
    case "PROJECT":
      return project(context, id);
    case "ROLE":
      return role(context, id);
    case "ROADMAP":
      return roadmap(context, id);
    case "RESOURCE":
      return resource(context, id);
    case "DOCUMENT":
      return named("Document", await loaders.documents.load(id));
    case "REQUIREMENT":
      return requirementEntity(context, found(await subjects.REQUIREMENT.load(id)));
    case "PART_OF":
      return skill(context, found(await subjects.PART_OF.load(id)).partId);
    case "RELATION":
      return skill(context, found(await subjects.RELATION.load(id)).fromId);
    case "NOTE":
      return skill(context, found(await subjects.NOTE.load(id)).skillId);
    case "TEACHES":
      return resource(context, found(await subjects.TEACHES.load(id)).resourceId);
    case "PRACTISES":
      return project(context, found(await subjects.PRACTISES.load(id)).projectId);
    case "PROJECT_STEP":
      return project(context, found(await subjects.PROJECT_STEP.load(id)).projectId);
    case "OPTIONAL_SKILL":
      return role(context, found(await subjects.OPTIONAL_SKILL.load(id)).roleId);
    case "RESPONSIBILITY":
      return role(context, found(await subjects.RESPONSIBILITY.load(id)).roleId);
    case "MARKET_FACT":
      return role(context, found(await subjects.MARKET_FACT.load(id)).roleId);
    case "ROADMAP_STEP":
      return roadmap(context, found(await subjects.ROADMAP_STEP.load(id)).roadmapId);
    case "CLAIM": {
      const { subjectKind, subjectId } = found(await subjects.CLAIM.load(id));
      return findSubjectEntity(context, { kind: subjectKind, id: subjectId });
    }
  }
}

function found<Row>(row: Row | undefined): Row {
  return orStale(row, "A row");
}

function named(type: string, row: object | undefined): Named {
  return { ...found(row), __typename: type };
}

function skill({ snapshot }: Context, id: number): SkillHandle {
  return orStale(skillOfId(snapshot, id), "A skill");
}

function project({ snapshot }: Context, id: number): ProjectHandle {
  return new ProjectHandle(orStale(indexOfId(snapshot.projects, id), "A project"));
}

function role({ snapshot }: Context, id: number): RoleHandle {
  return new RoleHandle(orStale(indexOfId(snapshot.roles, id), "A role"));
}

function roadmap({ snapshot }: Context, id: number): RoadmapHandle {
  return new RoadmapHandle(orStale(indexOfId(snapshot.roadmaps, id), "A roadmap"));
}

async function resource({ loaders }: Context, id: number): Promise<Named> {
  return named("Resource", await loaders.resources.load(id));
}

/** What has a requirement of its own, steps of roadmaps aside. */
function requirementHolder(context: Context, { skillId, projectId, roleId }: RequirementNode) {
  if (skillId !== null) return skill(context, skillId);
  if (projectId !== null) return project(context, projectId);
  return role(context, roleId!);
}

async function requirementEntity(context: Context, node: RequirementNode): Promise<OwnerHandle> {
  if (node.roadmapStepId === null) return requirementHolder(context, node);
  const step = found(await context.loaders.subjects.ROADMAP_STEP.load(node.roadmapStepId));
  return roadmap(context, step.roadmapId);
}

async function requirementPart(context: Context, id: number): Promise<RequirementPart> {
  const node = found(await context.loaders.subjects.REQUIREMENT.load(id));
  const parts =
    node.roadmapStepId === null
      ? requirementOf(context.snapshot, requirementHolder(context, node))
      : await requirementOfStep(context, node.roadmapStepId);
  return found(parts.find(({ ordinal }) => ordinal === node.ordinal));
}
