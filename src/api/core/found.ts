import { GraphQLError } from "graphql";
import { shown } from "./bad-input.ts";
import type { EntityKind } from "./errors.ts";
import { suggestions } from "./suggestions.ts";

/**
 * What a query for one entity returns. Where there is none, the field is null and an error beside it says
 * so, with `extensions.code` NOT_FOUND and the slugs that are written much like the one that came.
 */
export function found<Entity>(
  entity: Entity | undefined,
  kind: EntityKind,
  slug: string,
  slugs: readonly string[] = [],
): Entity {
  if (entity !== undefined) return entity;
  const near = suggestions(slug, slugs);
  const hint = near.length === 0 ? "" : ` Did you mean ${near.join(", ")}?`;
  throw new GraphQLError(`There is no ${kind.toLowerCase()} ${shown(slug)}.${hint}`, {
    extensions: { code: "NOT_FOUND", kind, slug, suggestions: near },
  });
}
