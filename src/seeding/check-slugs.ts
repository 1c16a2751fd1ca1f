import type { Finding } from "./finding.ts";
import { LIST_NAMES, NOUNS, type ReadRow, type ReadRows } from "./read-graph-file.ts";

/** Checks that each slug stands once in its list, across all files; names both places. O(rows). */
export function checkSlugs(rows: ReadRows): Finding[] {
  return LIST_NAMES.flatMap((list) => {
    const key = list === "documents" ? "id" : "slug";
    const first = new Map<string, ReadRow<unknown>>();
    const findings: Finding[] = [];
    for (const row of rows[list]) {
      if (row.slug === undefined) continue;
      const before = first.get(row.slug);
      if (before === undefined) {
        first.set(row.slug, row);
        continue;
      }
      findings.push({
        file: row.file,
        line: row.place.nearest([key]).line,
        severity: "error",
        code: `duplicate-${key}`,
        message: `expected one ${NOUNS[list]} with the ${key} "${row.slug}", got another: the first is at ${before.file}:${before.place.nearest([key]).line}; merge the two or rename one`,
      });
    }
    return findings;
  });
}
