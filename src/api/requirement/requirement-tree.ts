import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { NONE } from "../../graph/model/prerequisite-graph.ts";
import type { RequirementOwner } from "../../loaders/rows.ts";

/** A node of a requirement, as the resolvers see it: the structure without reasons and citations. */
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
}

/**
 * The requirement of an owner of the graph as its nodes in depth-first order, the root first; empty when it
 * has none. O(nodes).
 */
export function requirementParts(
  graph: PrerequisiteGraph,
  ownerIndex: number,
  owner: RequirementOwner,
  ownerKey: string,
): RequirementPart[] {
  const parts: RequirementPart[] = [];
  const root = graph.requirement[ownerIndex]!;
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
    // Last member first, so that the first one is taken next.
    for (let m = graph.groupStart[~reference + 1]! - 1; m >= graph.groupStart[~reference]!; m--)
      pending.push({ reference: graph.members[m]!, above: part });
  }
  return parts;
}

export interface RequirementRow {
  readonly ordinal: number;
  readonly parentOrdinal: number | null;
  readonly atLeast: number | null;
  readonly needsId: number | null;
}

/**
 * The same from the rows of one owner in the order of ordinals, for owners that the graph does not hold.
 * `skillOf` gives the index of a skill's id; rows of skills it does not know are left out. O(nodes).
 */
export function requirementPartsOfRows(
  rows: readonly RequirementRow[],
  owner: RequirementOwner,
  ownerKey: string,
  skillOf: (id: number) => number | undefined,
): RequirementPart[] {
  const byOrdinal = new Map<number, RequirementPart>();
  for (const row of rows) {
    const skill = row.needsId === null ? undefined : skillOf(row.needsId);
    if (row.needsId !== null && skill === undefined) continue;
    const part: RequirementPart = {
      owner,
      ownerKey,
      ordinal: row.ordinal,
      parentOrdinal: row.parentOrdinal ?? undefined,
      atLeast: row.atLeast ?? undefined,
      skill,
      members: [],
    };
    byOrdinal.set(row.ordinal, part);
    if (row.parentOrdinal !== null) byOrdinal.get(row.parentOrdinal)?.members.push(part);
  }
  return [...byOrdinal.values()];
}
