import type { PrismaClient, Resource } from "../store/generated/client/client.ts";
import { type RowLoader, rowLoader, same } from "./batch.ts";
import { isStorable } from "./storable-text.ts";

/** Resources, by id. */
export function resourceLoader(prisma: PrismaClient): RowLoader<number, Resource> {
  return rowLoader(
    (ids) => prisma.resource.findMany({ where: { id: { in: [...ids] } } }),
    (row) => row.id,
    same,
  );
}

/** Resources, by slug. */
export function resourceBySlugLoader(prisma: PrismaClient): RowLoader<string, Resource> {
  return rowLoader(
    (slugs) => prisma.resource.findMany({ where: { slug: { in: slugs.filter(isStorable) } } }),
    (row) => row.slug,
    same,
  );
}
