import { setImmediate as turn } from "node:timers/promises";
import type { PrismaClient } from "../../store/generated/client/client.ts";
import type { Searchable, SearchKind } from "./search-index.ts";

/** Rows of one statement. The embedded database holds the thread for about 4 ms to read them. */
const ROWS_AT_ONCE = 200;

type Row = readonly [
  id: number,
  slug: string,
  name: string,
  aliases: readonly string[],
  summary: string | null,
];
/** The next `ROWS_AT_ONCE` rows after an id, as one JSON text, which is many times faster to read than rows. */
type Read = (prisma: PrismaClient, after: number) => Promise<{ readonly rows: string | null }[]>;

/** What each kind is found by besides its name. */
const READS: Record<SearchKind, Read> = {
  SKILL: (prisma, after) => prisma.$queryRaw`
    SELECT json_agg(json_build_array("id", "slug", "name",
      (SELECT coalesce(json_agg("alias" ORDER BY "ordinal"), '[]') FROM "SkillAlias" WHERE "skillId" = "row"."id"),
      "summary"))::text AS "rows"
    FROM (SELECT * FROM "Skill" WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`,
  RESOURCE: (prisma, after) => prisma.$queryRaw`
    SELECT json_agg(json_build_array("id", "slug", "name", array_remove("authors" || "provider", NULL), "summary"))::text AS "rows"
    FROM (SELECT * FROM "Resource" WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`,
  PROJECT: (prisma, after) => prisma.$queryRaw`
    SELECT json_agg(json_build_array("id", "slug", "name", '{}'::text[], "brief"))::text AS "rows"
    FROM (SELECT * FROM "Project" WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`,
  ROLE: (prisma, after) => prisma.$queryRaw`
    SELECT json_agg(json_build_array("id", "slug", "name", "aliases", "summary"))::text AS "rows"
    FROM (SELECT * FROM "Role" WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`,
  ROADMAP: (prisma, after) => prisma.$queryRaw`
    SELECT json_agg(json_build_array("id", "slug", "name", '{}'::text[], "summary"))::text AS "rows"
    FROM (SELECT * FROM "Roadmap" WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`,
  DOCUMENT: (prisma, after) => prisma.$queryRaw`
    SELECT json_agg(json_build_array("id", "slug", "name", '{}'::text[], NULL))::text AS "rows"
    FROM (SELECT * FROM "Document" WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`,
};

/**
 * Everything that can be searched, kind by kind in the order of ids. Reads `ROWS_AT_ONCE` rows with each SQL
 * statement, with other requests in between. What is written meanwhile may be missing.
 */
export async function readSearchables(prisma: PrismaClient): Promise<Searchable[]> {
  const searchables: Searchable[] = [];
  for (const [kind, read] of Object.entries(READS) as [SearchKind, Read][]) {
    let after = 0;
    for (let isMore = true; isMore; ) {
      const [page] = await read(prisma, after);
      const rows: readonly Row[] = JSON.parse(page?.rows ?? "[]");
      for (const [id, slug, name, aliases, summary] of rows) {
        searchables.push({ kind, slug, name, aliases, summary: summary ?? "" });
        after = id;
      }
      isMore = rows.length === ROWS_AT_ONCE;
      // The embedded database answers within the same turn of the event loop.
      await turn();
    }
  }
  return searchables;
}
