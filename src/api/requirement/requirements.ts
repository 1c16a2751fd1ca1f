import type { RequirementOwner } from "../../loaders/rows.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import {
  indexOfId,
  ownerIndex,
  type ProjectHandle,
  type RoleHandle,
  rowId,
  type SkillHandle,
  slugOf,
} from "../core/entity.ts";
import { type RequirementPart, requirementParts, requirementPartsOfRows } from "./requirement-tree.ts";

const COLUMNS = {
  Skill: "skillId",
  Project: "projectId",
  Role: "roleId",
} as const satisfies Record<string, RequirementOwner["column"]>;

/** The requirement of a skill, project or role in depth-first order; empty when it has none. No SQL. */
export function requirementOf(
  snapshot: GraphSnapshot,
  owner: SkillHandle | ProjectHandle | RoleHandle,
): RequirementPart[] {
  return requirementParts(
    snapshot.graph,
    ownerIndex(snapshot, owner),
    { column: COLUMNS[owner.__typename], id: rowId(snapshot, owner) },
    `${owner.__typename.toLowerCase()}:${slugOf(snapshot, owner)}`,
  );
}

/** The same of a step of a roadmap, from its rows: the graph holds that of a roadmap as a whole. */
export async function requirementOfStep(
  { snapshot, loaders }: Context,
  stepId: number,
): Promise<RequirementPart[]> {
  const owner = { column: "roadmapStepId", id: stepId } as const;
  return requirementPartsOfRows(
    await loaders.requirementNodes.load(owner),
    owner,
    `roadmap-step:${stepId}`,
    (skillId) => indexOfId(snapshot.skills, skillId),
  );
}
