import type { PrismaClient, RequirementNode } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader } from "./batch.ts";

/** Whose requirement it is. */
export interface RequirementOwner {
  readonly column: "skillId" | "projectId" | "roleId" | "roadmapStepId";
  readonly id: number;
}

const COLUMNS = ["skillId", "projectId", "roleId", "roadmapStepId"] as const;

function ownerOf(node: RequirementNode): string {
  const column = COLUMNS.find((name) => node[name] !== null);
  if (column === undefined) throw new Error(`expected requirement node ${node.id} to have an owner`);
  return `${column}:${node[column]}`;
}

/** The nodes of requirements, by owner, in depth-first order: the root first. */
export function requirementNodeLoader(prisma: PrismaClient): ListLoader<RequirementOwner, RequirementNode> {
  return listLoader(
    (owners) =>
      prisma.requirementNode.findMany({
        where: {
          OR: COLUMNS.flatMap((column) => {
            const ids = owners.filter((owner) => owner.column === column).map((owner) => owner.id);
            return ids.length === 0 ? [] : [{ [column]: { in: ids } }];
          }),
        },
        orderBy: { ordinal: "asc" },
      }),
    ownerOf,
    (owner) => `${owner.column}:${owner.id}`,
  );
}
