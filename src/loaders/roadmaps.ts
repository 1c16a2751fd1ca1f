import type { PrismaClient, Roadmap } from "../store/generated/client/client.ts";
import { type RowLoader, rowLoader, same } from "./batch.ts";

/** The columns of roadmaps, by id. */
export function roadmapLoader(prisma: PrismaClient): RowLoader<number, Roadmap> {
  return rowLoader(
    (ids) => prisma.roadmap.findMany({ where: { id: { in: [...ids] } } }),
    (row) => row.id,
    same,
  );
}
