import DataLoader from "dataloader";
import type { EntityKind } from "../store/rows/entities.ts";
import type { RowReader } from "../store/store.ts";
import { boundedCache } from "./rows.ts";

/** An entity by its kind and the slug that it has today. */
export interface EntityName {
  readonly kind: EntityKind;
  readonly slug: string;
}

const keyOf = ({ kind, slug }: EntityName) => `${kind} ${slug}`;

/**
 * Loads the versions of entities: the revisions of their last changes, by the index of the change log. One statement for
 * all that are asked for in one turn of the event loop.
 */
export function versionLoader(prisma: RowReader): DataLoader<EntityName, number, string> {
  return new DataLoader(
    async (entities) => {
      const kinds = [...new Set(entities.map(({ kind }) => kind))];
      const found = await prisma.change.groupBy({
        by: ["kind", "slug"],
        where: {
          OR: kinds.map((kind) => ({
            kind,
            slug: { in: entities.flatMap((entity) => (entity.kind === kind ? [entity.slug] : [])) },
          })),
        },
        _max: { revision: true },
      });
      const versions = new Map(found.map(({ kind, slug, _max }) => [`${kind} ${slug}`, _max.revision ?? 0]));
      return entities.map((entity) => versions.get(keyOf(entity)) ?? 0);
    },
    { cacheKeyFn: keyOf, cacheMap: boundedCache() },
  );
}
