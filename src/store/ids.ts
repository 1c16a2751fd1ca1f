import type { Reader } from "./build-snapshot.ts";
import type { Ids } from "./flatten-rows.ts";
import { Prisma } from "./generated/client/client.ts";
import type { Stored } from "./stored-entities.ts";
import { ENTITY_TABLES, type EntityKind, TABLE_NAMES, type TableName } from "./tables.ts";

/** Tables whose rows are told apart by their owner and place instead of an id of their own. */
const WITHOUT_ID: ReadonlySet<TableName> = new Set<TableName>([
  "Section",
  "SkillAlias",
  "ResponsibilitySkill",
  "RoadmapStepResource",
  "RoadmapStepProject",
]);

/** The highest id of each table that has ids; absent where it has no rows. */
export type HighestIds = ReadonlyMap<string, number>;

/**
 * Gives entities that are stored their ids and everything else the next ones of its table. Right under the
 * write lock only, with the highest ids read under it.
 */
export function allocateIds(stored: Stored, highestIds: HighestIds): Ids {
  const highest = new Map(highestIds);
  const next = (table: TableName): number => {
    const id = (highest.get(table) ?? 0) + 1;
    highest.set(table, id);
    return id;
  };
  const given = new Map<EntityKind, Map<string, number>>();
  return {
    next,
    of: (kind, slug) => {
      const known = stored[kind].get(slug);
      if (known !== undefined) return known.id;
      const ofKind = given.get(kind) ?? new Map<string, number>();
      given.set(kind, ofKind);
      const id = ofKind.get(slug) ?? next(ENTITY_TABLES[kind]);
      ofKind.set(slug, id);
      return id;
    },
  };
}

/** One statement. */
export async function readHighestIds(reader: Reader): Promise<HighestIds> {
  const [read] = await reader.$queryRaw<{ highest: string }[]>`SELECT ${highestIdsColumn()} AS "highest"`;
  return parseHighestIds(read?.highest ?? "{}");
}

/** The highest ids as one value of a statement, for `parseHighestIds`. */
export function highestIdsColumn(): Prisma.Sql {
  const pairs = TABLE_NAMES.filter((table) => !WITHOUT_ID.has(table)).map(
    (table) => `'${table}', (SELECT max("id") FROM "${table}")`,
  );
  return Prisma.raw(`json_build_object(${pairs.join(", ")})::text`);
}

export function parseHighestIds(text: string): HighestIds {
  const read: Record<string, number | null> = JSON.parse(text);
  return new Map(Object.entries(read).map(([table, id]) => [table, id ?? 0]));
}
