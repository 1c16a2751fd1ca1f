import { setImmediate as turn } from "node:timers/promises";
import { Prisma, type PrismaClient } from "../../store/generated/client/client.ts";
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

/** SQL for the columns that each kind is found by besides its name. */
const SEARCHED: readonly { kind: SearchKind; table: string; aliases: string; summary: string }[] = [
  {
    kind: "SKILL",
    table: "Skill",
    aliases: `(SELECT coalesce(json_agg("alias" ORDER BY "ordinal"), '[]') FROM "SkillAlias" WHERE "skillId" = "row"."id")`,
    summary: '"summary"',
  },
  {
    kind: "RESOURCE",
    table: "Resource",
    aliases: 'array_remove("authors" || "provider", NULL)',
    summary: '"summary"',
  },
  { kind: "PROJECT", table: "Project", aliases: "'{}'::text[]", summary: '"brief"' },
  { kind: "ROLE", table: "Role", aliases: '"aliases"', summary: '"summary"' },
  { kind: "ROADMAP", table: "Roadmap", aliases: "'{}'::text[]", summary: '"summary"' },
  { kind: "DOCUMENT", table: "Document", aliases: "'{}'::text[]", summary: "NULL" },
];

/**
 * Everything that can be searched, kind by kind in the order of ids. Reads `ROWS_AT_ONCE` rows with each SQL
 * statement, as one JSON text, which is many times faster to read than rows, and lets other requests in between. What
 * is written meanwhile may be missing.
 */
export async function readSearchables(prisma: PrismaClient): Promise<Searchable[]> {
  const searchables: Searchable[] = [];
  for (const { kind, table, ...columns } of SEARCHED) {
    let after = 0;
    for (let isMore = true; isMore; ) {
      const [page] = await prisma.$queryRaw<{ rows: string | null }[]>`
        SELECT json_agg(json_build_array("id", "slug", "name", ${Prisma.raw(columns.aliases)}, ${Prisma.raw(columns.summary)}))::text AS "rows"
        FROM (
          SELECT * FROM ${Prisma.raw(`"${table}"`)} WHERE "id" > ${after} ORDER BY "id" LIMIT ${ROWS_AT_ONCE}
        ) AS "row"`;
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
