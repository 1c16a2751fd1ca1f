import { setImmediate as turn } from "node:timers/promises";
import type { PrismaClient } from "../../store/generated/client/client.ts";
import type { Searchable, SearchKind } from "./search-index.ts";

/** Rows of one statement: the embedded database takes some 4 ms for them, and holds the thread meanwhile. */
const ROWS_AT_ONCE = 200;

type Row = readonly [
  id: number,
  slug: string,
  name: string,
  aliases: readonly string[],
  summary: string | null,
];
/** The first so many rows after an id, as one JSON text, many times faster to read than as rows. */
type Read = (prisma: PrismaClient, after: number) => Promise<{ readonly rows: string | null }[]>;

/** By what each kind is found besides its name. */
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
 * All that is searched, kind by kind in the order of ids. One SQL statement for `ROWS_AT_ONCE` rows of a kind and
 * one more, with other requests in between; what is written meanwhile may be in or not.
 */
export async function readSearchables(prisma: PrismaClient): Promise<Searchable[]> {
  const found: Searchable[] = [];
  for (const [kind, read] of Object.entries(READS) as [SearchKind, Read][]) {
    let after = 0;
    for (let isMore = true; isMore; ) {
      const [page] = await read(prisma, after);
      const rows: readonly Row[] = JSON.parse(page?.rows ?? "[]");
      for (const [id, slug, name, aliases, summary] of rows) {
        found.push({ kind, slug, name, aliases, summary: summary ?? "" });
        after = id;
      }
      isMore = rows.length === ROWS_AT_ONCE;
      // The embedded database answers within the same turn of the event loop.
      await turn();
    }
  }
  return found;
}
