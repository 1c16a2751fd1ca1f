import type { CitationRow } from "../store/rows/graph-rows.ts";

/** Citations as the store writes them, each of them once. */
export function citationRows(cites: readonly CitationRow[] = []): CitationRow[] {
  const rows = new Map<string, CitationRow>();
  for (const { document, line, mention, basis } of cites)
    rows.set(JSON.stringify([document, line, mention, basis]), { document, line, mention, basis });
  return [...rows.values()];
}
