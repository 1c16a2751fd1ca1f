import type { Reader } from "../snapshot/build-snapshot.ts";

/** What else a file may refer to beside the snapshot: resources by slug, documents with their lengths. */
export interface StoredNames {
  readonly resources: ReadonlySet<string>;
  readonly documents: ReadonlyMap<string, number | undefined>;
}

/** One statement. O(resources + documents). */
export async function readStoredNames(reader: Reader): Promise<StoredNames> {
  const rows = await reader.$queryRaw<{ slug: string; lines: number | null; isDocument: boolean }[]>`
    SELECT "slug", NULL::int AS "lines", false AS "isDocument" FROM "Resource"
    UNION ALL SELECT "slug", "lines", true FROM "Document"`;
  return {
    resources: new Set(rows.filter(({ isDocument }) => !isDocument).map(({ slug }) => slug)),
    documents: new Map(
      rows.filter(({ isDocument }) => isDocument).map(({ slug, lines }) => [slug, lines ?? undefined]),
    ),
  };
}
