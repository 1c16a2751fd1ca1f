import type { Reader } from "./build-snapshot.ts";
import type { Changes } from "./changes.ts";
import type { Ids } from "./flatten-rows.ts";
import { Prisma } from "./generated/client/client.ts";
import { ENTITY_TABLES, type EntityKind, TABLE_NAMES, type TableName } from "./tables.ts";

/** Tables whose rows are told apart by their owner and place instead of an id of their own. */
const WITHOUT_ID: ReadonlySet<TableName> = new Set<TableName>([
  "Section",
  "SkillAlias",
  "ResponsibilitySkill",
  "RoadmapStepResource",
  "RoadmapStepProject",
]);

/**
 * Gives entities that are stored their ids and everything else the next ones of its table. Right under the
 * write lock only. One statement.
 */
export async function allocateIds(reader: Reader, { stored }: Changes): Promise<Ids> {
  const highest = await readHighestIds(reader);
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

async function readHighestIds(reader: Reader): Promise<Map<TableName, number>> {
  const tables = TABLE_NAMES.filter((table) => !WITHOUT_ID.has(table));
  const columns = tables.map(
    (table) => Prisma.sql`(SELECT max("id") FROM ${Prisma.raw(`"${table}"`)}) AS ${Prisma.raw(`"${table}"`)}`,
  );
  const [read] = await reader.$queryRaw<Partial<Record<TableName, number | null>>[]>`
    SELECT ${Prisma.join(columns)}`;
  return new Map(tables.map((table) => [table, read?.[table] ?? 0]));
}
