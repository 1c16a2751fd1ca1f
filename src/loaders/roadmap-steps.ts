import type {
  PrismaClient,
  RoadmapStep,
  RoadmapStepProject,
  RoadmapStepResource,
} from "../store/generated/client/client.ts";
import { type ListLoader, listLoader, same } from "./batch.ts";

/** The steps of roadmaps, by the id of the roadmap, in their order. */
export function roadmapStepLoader(prisma: PrismaClient): ListLoader<number, RoadmapStep> {
  return listLoader(
    (ids) =>
      prisma.roadmapStep.findMany({ where: { roadmapId: { in: [...ids] } }, orderBy: { position: "asc" } }),
    (row) => row.roadmapId,
    same,
  );
}

/** The resources that steps of roadmaps point at, by the id of the step, in the author's order. */
export function stepResourceLoader(prisma: PrismaClient): ListLoader<number, RoadmapStepResource> {
  return listLoader(
    (ids) =>
      prisma.roadmapStepResource.findMany({
        where: { stepId: { in: [...ids] } },
        orderBy: { ordinal: "asc" },
      }),
    (row) => row.stepId,
    same,
  );
}

/** The projects that steps of roadmaps point at, by the id of the step, in the author's order. */
export function stepProjectLoader(prisma: PrismaClient): ListLoader<number, RoadmapStepProject> {
  return listLoader(
    (ids) =>
      prisma.roadmapStepProject.findMany({
        where: { stepId: { in: [...ids] } },
        orderBy: { ordinal: "asc" },
      }),
    (row) => row.stepId,
    same,
  );
}
