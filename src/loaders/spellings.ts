import { setImmediate as turn } from "node:timers/promises";
import type { EntityKind } from "../store/rows/entities.ts";
import { readSpellings } from "../store/rows/stored-spellings.ts";
import type { RowReader } from "../store/store.ts";
import { Spellings } from "../words/closest-words.ts";

/** With more entities of a kind than this, nothing is suggested: reading them all would take seconds. */
const MAX_SPELLED_ENTITIES = 100_000;

/**
 * What people may write for the entities of each kind. The first unknown slug of a kind reads them, page by page with
 * other requests in between: half a second in all for ESCO's 14,000 skills with 100,000 aliases.
 */
export function spellingsLoader(prisma: RowReader): (kind: EntityKind) => Promise<Spellings> {
  const loaded = new Map<EntityKind, Promise<Spellings>>();
  return (kind) => {
    const known = loaded.get(kind);
    if (known !== undefined) return known;
    const spellings = spellingsOf(prisma, kind);
    loaded.set(kind, spellings);
    // After a failure the next request tries again.
    spellings.catch(() => loaded.delete(kind));
    return spellings;
  };
}

async function spellingsOf(prisma: RowReader, kind: EntityKind): Promise<Spellings> {
  const spellings = new Spellings();
  let count = 0;
  for await (const page of readSpellings(prisma, kind)) {
    count += page.length;
    if (count > MAX_SPELLED_ENTITIES) return new Spellings();
    for (const entity of page) spellings.add(entity);
    await turn();
  }
  return spellings;
}
