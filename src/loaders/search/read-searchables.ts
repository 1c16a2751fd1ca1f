import { setImmediate as turn } from "node:timers/promises";
import type { RowReader } from "../../store/store.ts";
import type { Searchable, SearchField, SearchKind } from "./search-index.ts";

/** Rows of one statement. The embedded database holds the thread for a few milliseconds to read them. */
const ROWS_AT_ONCE = 100;

/** The fields after the name, in the order in which a statement reads them. */
const FIELDS: readonly SearchField[] = ["ALIAS", "MAKER", "KIND", "SUMMARY", "PART", "MENTION"];

type Row = readonly [id: number, slug: string, name: string, ...texts: (readonly (string | null)[])[]];

/** An SQL array of texts for each field of a kind, each for one row of its table, called "row". */
interface Source {
  readonly table: string;
  readonly aliases?: string;
  readonly makers?: string;
  readonly kind?: string;
  readonly summary?: string;
  readonly parts?: string;
  /** Parts that have citations of their own: their kind, their table and the column that names the entity. */
  readonly cited?: readonly (readonly [kind: string, table: string, owner: string])[];
}

const SOURCES: Readonly<Record<SearchKind, Source>> = {
  SKILL: {
    table: "Skill",
    aliases: `ARRAY(SELECT "alias" FROM "SkillAlias" WHERE "skillId" = "row"."id" ORDER BY "ordinal")`,
    kind: `ARRAY["kind"::text]`,
    parts: `ARRAY(SELECT "text" FROM "Note" WHERE "skillId" = "row"."id")`,
    cited: [["NOTE", "Note", "skillId"]],
  },
  RESOURCE: { table: "Resource", makers: `"authors" || "provider"`, kind: `ARRAY["kind"::text]` },
  PROJECT: {
    table: "Project",
    kind: `ARRAY["kind"::text]`,
    summary: "brief",
    parts: `ARRAY(SELECT "name" || ' ' || "summary" FROM "ProjectStep" WHERE "projectId" = "row"."id")`,
    cited: [["PROJECT_STEP", "ProjectStep", "projectId"]],
  },
  ROLE: {
    table: "Role",
    aliases: `"aliases"`,
    kind: `ARRAY(SELECT DISTINCT "kind"::text FROM "MarketFact" WHERE "roleId" = "row"."id")`,
    parts: `ARRAY(SELECT "name" || ' ' || "summary" FROM "Responsibility" WHERE "roleId" = "row"."id"
      UNION ALL SELECT "summary" FROM "MarketFact" WHERE "roleId" = "row"."id")`,
    cited: [
      ["RESPONSIBILITY", "Responsibility", "roleId"],
      ["MARKET_FACT", "MarketFact", "roleId"],
    ],
  },
  ROADMAP: {
    table: "Roadmap",
    parts: `ARRAY(SELECT "name" || ' ' || "summary" FROM "RoadmapStep" WHERE "roadmapId" = "row"."id")`,
    cited: [["ROADMAP_STEP", "RoadmapStep", "roadmapId"]],
  },
  DOCUMENT: {
    table: "Document",
    makers: `ARRAY["publisher"]`,
    summary: "",
    parts: `ARRAY(SELECT "name" FROM "Section" WHERE "documentId" = "row"."id")`,
  },
};

/** Reads the next rows after an id, as one JSON text, which is many times faster to read than rows. */
function statement(kind: SearchKind): string {
  const { table, aliases, makers, kind: label, summary = "summary", parts, cited = [] } = SOURCES[kind];
  const none = "'{}'::text[]";
  const mentions = [`("subjectKind" = '${kind}' AND "subjectId" = "row"."id")`].concat(
    cited.map(
      ([part, of, owner]) =>
        `("subjectKind" = '${part}' AND "subjectId" IN (SELECT "id" FROM "${of}" WHERE "${owner}" = "row"."id"))`,
    ),
  );
  return `
    SELECT json_agg(json_build_array("id", "slug", "name", ${aliases ?? none}, ${makers ?? none}, ${label ?? none},
      ${summary === "" ? none : `ARRAY["${summary}"]`}, ${parts ?? none},
      ARRAY(SELECT DISTINCT "mention" FROM "Citation" WHERE ${mentions.join(" OR ")})))::text AS "rows"
    FROM (SELECT * FROM "${table}" WHERE "id" > $1 ORDER BY "id" LIMIT ${ROWS_AT_ONCE}) AS "row"`;
}

/**
 * Everything that can be searched, kind by kind in the order of ids. Reads `ROWS_AT_ONCE` rows with each SQL
 * statement, with other requests in between. What is written meanwhile may be missing.
 */
export async function readSearchables(prisma: RowReader): Promise<Searchable[]> {
  const searchables: Searchable[] = [];
  for (const kind of Object.keys(SOURCES) as SearchKind[]) {
    const sql = statement(kind);
    let after = 0;
    for (let isMore = true; isMore; ) {
      const [page] = await prisma.$queryRawUnsafe<{ readonly rows: string | null }[]>(sql, after);
      const rows: readonly Row[] = JSON.parse(page?.rows ?? "[]");
      for (const [id, slug, name, ...texts] of rows) {
        searchables.push({ kind, slug, name, texts: textsOf(slug, texts) });
        after = id;
      }
      isMore = rows.length === ROWS_AT_ONCE;
      // The embedded database answers within the same turn of the event loop.
      await turn();
    }
  }
  return searchables;
}

function textsOf(slug: string, lists: readonly (readonly (string | null)[])[]): Searchable["texts"] {
  const texts: { field: SearchField; text: string }[] = [{ field: "SLUG", text: slug }];
  for (const [at, field] of FIELDS.entries())
    for (const text of lists[at] ?? []) if (text) texts.push({ field, text });
  return texts;
}
