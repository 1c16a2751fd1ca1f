import type { PrismaClient, ProjectStep } from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The steps of projects, by the id of the project, in their order. */
export function projectStepLoader(prisma: PrismaClient): ListLoader<number, ProjectStep> {
  return listLoader(
    (ids) =>
      prisma.projectStep.findMany({ where: { projectId: { in: [...ids] } }, orderBy: { position: "asc" } }),
    (row) => row.projectId,
    same,
  );
}
