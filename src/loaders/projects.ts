import type { PrismaClient, Project } from "../store/generated/client/client.ts";
import { type RowLoader, rowLoader, same } from "./batch.ts";

/** The columns of projects, by id. */
export function projectLoader(prisma: PrismaClient): RowLoader<number, Project> {
  return rowLoader(
    (ids) => prisma.project.findMany({ where: { id: { in: [...ids] } } }),
    (row) => row.id,
    same,
  );
}
