import type { Document, PrismaClient } from "../store/generated/client/client.ts";
import { type RowLoader, rowLoader, same } from "./batch.ts";
import { isStorable } from "./storable-text.ts";

/** Documents, by id. */
export function documentLoader(prisma: PrismaClient): RowLoader<number, Document> {
  return rowLoader(
    (ids) => prisma.document.findMany({ where: { id: { in: [...ids] } } }),
    (row) => row.id,
    same,
  );
}

/** Documents, by slug. */
export function documentBySlugLoader(prisma: PrismaClient): RowLoader<string, Document> {
  return rowLoader(
    (slugs) => prisma.document.findMany({ where: { slug: { in: slugs.filter(isStorable) } } }),
    (row) => row.slug,
    same,
  );
}
