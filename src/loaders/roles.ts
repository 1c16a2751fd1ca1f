import type { PrismaClient, Role } from "../store/generated/client/client.ts";
import { type RowLoader, rowLoader, same } from "./batch.ts";

/** The columns of roles, by id. */
export function roleLoader(prisma: PrismaClient): RowLoader<number, Role> {
  return rowLoader(
    (ids) => prisma.role.findMany({ where: { id: { in: [...ids] } } }),
    (row) => row.id,
    same,
  );
}
