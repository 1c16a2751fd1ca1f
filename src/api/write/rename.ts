import { slug as fileSlug, MAX_SLUG_LENGTH } from "../../seeding/graph-file-parts.ts";
import { changedRows } from "../../store/rows/changed-rows.ts";
import { ENTITIES } from "../../store/rows/entities.ts";
import { NO_ROWS } from "../../store/rows/graph-rows.ts";
import { readWithReferring } from "../../store/rows/read-referring.ts";
import { withReferences } from "../../store/rows/references.ts";
import type { Context } from "../context.ts";
import { TYPE_OF } from "../core/entity.ts";
import { fault } from "../core/errors.ts";
import { slugToday } from "../core/node.ts";
import type { NounKind } from "./nouns.ts";
import type { Edited, ReadStored } from "./revise.ts";

/**
 * What gives an entity another slug. The old one becomes a former slug, which finds it everywhere; all that refers to the
 * entity is written again. Throws ValidationError.
 */
export async function renaming(
  context: Context,
  kind: NounKind,
  slug: string,
  to: string,
  read: ReadStored,
): Promise<Edited> {
  if (!fileSlug.safeParse(to).success)
    throw fault(
      "to",
      `lower-case letters and digits with single hyphens between, at most ${MAX_SLUG_LENGTH}`,
      to,
    );
  if (to === slug) return { rows: NO_ROWS };
  const owner = await slugToday(context, TYPE_OF[kind], to);
  if (owner !== undefined && owner !== slug)
    throw fault("to", `a slug that no other ${kind.toLowerCase()} has or had`, to);
  const stored = await read((reader) => readWithReferring(reader, kind, slug));
  const led = withReferences(stored, kind, (other) => (other === slug ? to : other));
  const { list } = ENTITIES[kind];
  const renamed = led[list].map((row) =>
    row.slug === slug
      ? { ...row, slug: to, formerSlugs: [...row.formerSlugs.filter((former) => former !== to), slug] }
      : row,
  );
  return { rows: changedRows({ ...led, [list]: renamed }, stored) };
}
