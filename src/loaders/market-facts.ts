import type { MarketFact, PrismaClient } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The market facts of roles, by the id of the role. */
export function marketFactLoader(prisma: PrismaClient): ListLoader<number, MarketFact> {
  return listLoader(
    (ids) => prisma.marketFact.findMany({ where: { roleId: { in: [...ids] } }, orderBy: { id: "asc" } }),
    (row) => row.roleId,
    same,
  );
}
