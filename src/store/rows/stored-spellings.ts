import { Prisma } from "../generated/client/client.ts";
import type { Reader } from "../snapshot/build-snapshot.ts";
import { ENTITIES, type EntityKind } from "./entities.ts";

/** Rows of one statement. The embedded database holds the thread for a few milliseconds to read them. */
const ROWS_AT_ONCE = 100;

/** The column or subquery with the other names of a kind, where it has any. */
const ALIASES: Readonly<Partial<Record<EntityKind, string>>> = {
  SKILL: `ARRAY(SELECT "alias" FROM "SkillAlias" WHERE "skillId" = "row"."id")`,
  ROLE: `"aliases"`,
};

/** What people may write for an entity: its slug, its name, its aliases. */
export type EntitySpellings = readonly [slug: string, name: string, ...aliases: string[]];

/** Reads what people may write for the entities of a kind, in the order of ids, page by page. */
export async function* readSpellings(reader: Reader, kind: EntityKind): AsyncGenerator<EntitySpellings[]> {
  const table = Prisma.raw(`"${ENTITIES[kind].table}"`);
  const aliases = Prisma.raw(ALIASES[kind] ?? `'{}'::text[]`);
  for (let after = 0, isMore = true; isMore; ) {
    const [page] = await reader.$queryRaw<{ rows: string | null }[]>`
      SELECT json_agg(json_build_array("id", "slug", "name", ${aliases}))::text AS "rows"
      FROM (SELECT * FROM ${table} WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`;
    const rows: [id: number, slug: string, name: string, aliases: string[]][] = JSON.parse(
      page?.rows ?? "[]",
    );
    yield rows.map(([, slug, name, others]) => [slug, name, ...others]);
    after = rows.at(-1)?.[0] ?? after;
    isMore = rows.length === ROWS_AT_ONCE;
  }
}
