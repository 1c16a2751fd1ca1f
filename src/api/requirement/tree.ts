import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { RequirementOwner } from "../../loaders/rows.ts";
import type { RequirementNode } from "../../store/generated/client/client.ts";
import { type GraphSnapshot, indexOfId } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import {
  type OwnerHandle,
  ownerIndex,
  type ProjectHandle,
  RoadmapHandle,
  type RoleHandle,
  rowId,
  type SkillHandle,
  slugOf,
} from "../core/handle.ts";

/** A node of a requirement as the resolvers see it: the structure, without reasons and citations. */
export interface RequirementPart {
  /** Whose requirement it is, in rows. */
  readonly owner: RequirementOwner;
  /** The same for clients: what ids of nodes begin with, such as `skill:django`. */
  readonly ownerKey: string;
  /** The place in the tree, counted in depth-first order from 0, the root: the same as in the rows. */
  readonly ordinal: number;
  readonly parentOrdinal: number | undefined;
  /** How many members must be met; `undefined` on a leaf. */
  readonly atLeast: number | undefined;
  /** The index of the skill needed; `undefined` on a group. */
  readonly skill: number | undefined;
  readonly members: RequirementPart[];
  /** What sets the ids of an unmet part, and of what is inside it, apart from those of the whole requirement. */
  readonly mark?: string | undefined;
  readonly parentMark?: string | undefined;
}

const COLUMNS = {
  Skill: "skillId",
  Project: "projectId",
  Role: "roleId",
} as const satisfies Record<string, RequirementOwner["column"]>;

/** The requirement of a skill, project or role; see `requirementParts`. No SQL. */
export function requirementOf(
  snapshot: GraphSnapshot,
  handle: SkillHandle | ProjectHandle | RoleHandle,
): RequirementPart[] {
  return requirementParts(
    snapshot.graph,
    ownerIndex(snapshot, handle),
    { column: COLUMNS[handle.__typename], id: rowId(snapshot, handle) },
    `${handle.__typename.toLowerCase()}:${slugOf(snapshot, handle)}`,
  );
}

/**
 * The requirement at an index of the graph as its nodes in depth-first order, the root first; empty when there is
 * none. O(nodes).
 */
export function requirementParts(
  graph: PrerequisiteGraph,
  index: number,
  owner: RequirementOwner,
  ownerKey: string,
): RequirementPart[] {
  const parts: RequirementPart[] = [];
  const root = graph.requirement[index]!;
  const pending: { readonly reference: number; readonly above: RequirementPart | undefined }[] = [];
  if (root !== NONE) pending.push({ reference: root, above: undefined });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { reference, above } = next;
    const part: RequirementPart = {
      owner,
      ownerKey,
      ordinal: parts.length,
      parentOrdinal: above?.ordinal,
      atLeast: reference < 0 ? graph.groupNeed[~reference]! : undefined,
      skill: reference < 0 ? undefined : reference,
      members: [],
    };
    parts.push(part);
    above?.members.push(part);
    if (reference >= 0) continue;
    // The last member first, so that the first one is taken next.
    for (let m = graph.groupStart[~reference + 1]! - 1; m >= graph.groupStart[~reference]!; m--)
      pending.push({ reference: graph.members[m]!, above: part });
  }
  return parts;
}

/**
 * The same for a step of a roadmap, from its rows: the graph holds the requirement of a roadmap as a whole. Nodes of
 * skills that are younger than the snapshot are left out.
 */
export async function requirementOfStep(
  { snapshot, loaders }: Context,
  stepId: number,
): Promise<RequirementPart[]> {
  const owner = { column: "roadmapStepId", id: stepId } as const;
  const rows = await loaders.requirementNodes.load(owner);
  return requirementPartsOfRows(rows, owner, `roadmap-step:${stepId}`, (id) =>
    indexOfId(snapshot.skills, id),
  );
}

/**
 * All requirements of an owner: one for a skill, a project or a role, and one for each step of a roadmap, whose steps
 * are rows.
 */
export function requirementsOf(
  context: Context,
  owner: OwnerHandle,
): RequirementPart[][] | Promise<RequirementPart[][]> {
  if (!(owner instanceof RoadmapHandle)) return [requirementOf(context.snapshot, owner)];
  return context.loaders.roadmapSteps
    .load(rowId(context.snapshot, owner))
    .then((steps) => Promise.all(steps.map(({ id }) => requirementOfStep(context, id))));
}

/**
 * The nodes of one requirement from its rows in the order of ordinals. `skillOf` gives the index of a skill's id; rows
 * of skills that it does not know are left out. O(nodes).
 */
export function requirementPartsOfRows(
  rows: readonly Pick<RequirementNode, "ordinal" | "parentOrdinal" | "atLeast" | "needsId">[],
  owner: RequirementOwner,
  ownerKey: string,
  skillOf: (id: number) => number | undefined,
): RequirementPart[] {
  const byOrdinal = new Map<number, RequirementPart>();
  for (const { ordinal, parentOrdinal, atLeast, needsId } of rows) {
    const skill = needsId === null ? undefined : skillOf(needsId);
    if (needsId !== null && skill === undefined) continue;
    const part: RequirementPart = {
      owner,
      ownerKey,
      ordinal,
      parentOrdinal: parentOrdinal ?? undefined,
      atLeast: atLeast ?? undefined,
      skill,
      members: [],
    };
    byOrdinal.set(ordinal, part);
    if (parentOrdinal !== null) byOrdinal.get(parentOrdinal)?.members.push(part);
  }
  return [...byOrdinal.values()];
}

/**
 * What is left of a requirement: its nodes that are not met, without those inside groups that are met. Groups need as
 * many of the members left as are still lacking. `parts` are in depth-first order; so is the answer, the root first.
 * Empty when the requirement is met. O(nodes).
 */
export function unmetParts(
  parts: readonly RequirementPart[],
  isKnown: (skill: number) => boolean,
): RequirementPart[] {
  const met = new Set<RequirementPart>();
  const metMembers = ({ members }: RequirementPart) => members.filter((member) => met.has(member)).length;
  // From the inside out: members come after their group.
  for (const part of parts.toReversed()) {
    const isMet = part.skill === undefined ? metMembers(part) >= (part.atLeast ?? 0) : isKnown(part.skill);
    if (isMet) met.add(part);
  }
  const unmet = new Map<number, RequirementPart>();
  for (const part of parts) {
    const { ordinal, parentOrdinal, atLeast } = part;
    const above = parentOrdinal === undefined ? undefined : unmet.get(parentOrdinal);
    if (met.has(part) || (parentOrdinal !== undefined && above === undefined)) continue;
    const had = metMembers(part);
    const left = {
      ...part,
      atLeast: atLeast === undefined ? undefined : atLeast - had,
      members: [],
      mark: had === 0 ? above?.mark : `${above?.mark ?? ""}-${had}`,
      parentMark: above?.mark,
    };
    above?.members.push(left);
    unmet.set(ordinal, left);
  }
  return [...unmet.values()];
}
