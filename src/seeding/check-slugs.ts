import type { Finding } from "./finding.ts";
import { LIST_NAMES, nounOf, type ReadRow, type ReadRows, slugKeyOf } from "./read-rows.ts";

/** Checks that each slug stands once in its list, across all files; a finding names both places. O(rows). */
export function checkSlugs(rows: ReadRows): Finding[] {
  return LIST_NAMES.flatMap((list) => {
    const key = slugKeyOf(list);
    const firsts = new Map<string, ReadRow<unknown>>();
    return rows[list].flatMap((row): Finding[] => {
      if (row.slug === undefined) return [];
      const first = firsts.get(row.slug);
      if (first === undefined) {
        firsts.set(row.slug, row);
        return [];
      }
      const at = `${first.file}:${first.place.nearest([key]).line}`;
      const message = `expected one ${nounOf(list)} with the ${key} "${row.slug}", got another: the first is at ${at}; merge the two or rename one`;
      const { line } = row.place.nearest([key]);
      return [{ file: row.file, line, severity: "error", code: `duplicate-${key}`, message }];
    });
  });
}
