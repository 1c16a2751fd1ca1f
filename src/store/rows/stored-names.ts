import type { Reader } from "../snapshot/build-snapshot.ts";

/** What else a file may refer to beside the snapshot: resources by slug, documents with their lengths. */
export interface StoredNames {
  readonly resources: ReadonlySet<string>;
  /** The slugs of resources by those that they had before. */
  readonly formerResources: ReadonlyMap<string, string>;
  readonly documents: ReadonlyMap<string, number | undefined>;
}

/** One statement. O(resources + documents). */
export async function readStoredNames(reader: Reader): Promise<StoredNames> {
  const rows = await reader.$queryRaw<
    { slug: string; former: string[]; lines: number | null; isDocument: boolean }[]
  >`
    SELECT "slug", "formerSlugs" AS "former", NULL::int AS "lines", false AS "isDocument" FROM "Resource"
    UNION ALL SELECT "slug", '{}', "lines", true FROM "Document"`;
  return {
    resources: new Set(rows.filter(({ isDocument }) => !isDocument).map(({ slug }) => slug)),
    formerResources: new Map(rows.flatMap(({ slug, former }) => former.map((before) => [before, slug]))),
    documents: new Map(
      rows.filter(({ isDocument }) => isDocument).map(({ slug, lines }) => [slug, lines ?? undefined]),
    ),
  };
}
