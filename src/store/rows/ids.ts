import { Prisma } from "../generated/client/client.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";
import {
  ENTITIES,
  ENTITY_KINDS,
  type EntityKind,
  listsOf,
  perKind,
  shapeOf,
  type TableName,
  tablesOf,
} from "./entities.ts";
import type { Ids } from "./flatten-rows.ts";
import type { Stored } from "./stored-entities.ts";

/** The highest id of each table that was asked about; 0 where it has no rows. */
export type HighestIds = ReadonlyMap<string, number>;

/**
 * Gives entities that are stored their ids and everything else the next ones of its table. Right under the
 * write lock only, with the highest ids read under it.
 */
export function allocateIds(stored: Stored, highestIds: HighestIds): Ids {
  const highest = new Map(highestIds);
  const next = (table: TableName): number => {
    const before = highest.get(table);
    // An id that is not new would replace somebody's row.
    if (before === undefined) throw new Error(`expected to know the highest id of ${table}`);
    highest.set(table, before + 1);
    return before + 1;
  };
  const given = perKind(() => new Map<string, number>());
  return {
    next,
    of: (kind, slug) => {
      const id = stored[kind].get(slug)?.id ?? given[kind].get(slug) ?? next(ENTITIES[kind].table);
      given[kind].set(slug, id);
      return id;
    },
  };
}

/** Of every table. One statement. */
export async function readHighestIds(reader: Reader): Promise<HighestIds> {
  const column = highestIdsColumn(ENTITY_KINDS);
  const [read] = await reader.$queryRaw<{ highest: string }[]>`SELECT ${column} AS "highest"`;
  return parseHighestIds(read?.highest ?? "{}");
}

/**
 * The highest ids of the tables that entities of these kinds have rows in, as one value of a statement, for
 * `parseHighestIds`.
 */
export function highestIdsColumn(kinds: readonly EntityKind[]): Prisma.Sql {
  const tables = kinds.flatMap((kind) => [ENTITIES[kind].table, ...tablesOf(listsOf(kind))]);
  const pairs = [...new Set<TableName>(["Claim", "Citation", ...tables])]
    .filter((table) => shapeOf(table).hasId)
    .map((table) => `'${table}', (SELECT max("id") FROM "${table}")`);
  return Prisma.raw(`json_build_object(${pairs.join(", ")})::text`);
}

export function parseHighestIds(text: string): HighestIds {
  const read: Record<string, number | null> = JSON.parse(text);
  return new Map(Object.entries(read).map(([table, id]) => [table, id ?? 0]));
}
