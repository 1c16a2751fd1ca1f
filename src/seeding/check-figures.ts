import type { Finding } from "./finding.ts";
import type { Path } from "./place.ts";
import { NOUNS, type ReadRow, type ReadRows } from "./read-graph-file.ts";

/** Checks numbers of a row that must agree: sections with the length of their document, ranges of amounts. */
export function checkFigures(rows: ReadRows): Finding[] {
  const findings: Finding[] = [];
  const fault = (noun: string, read: ReadRow<unknown>, path: Path, code: string, message: string) =>
    findings.push({
      file: read.file,
      line: read.place.nearest(path).line,
      severity: "error",
      code,
      message: `${noun} "${read.slug}": ${message}`,
    });

  for (const read of rows.documents) {
    const lines = new Set<number>();
    for (const [i, { line }] of (read.row?.sections ?? []).entries()) {
      const path = ["sections", i, "line"];
      const last = read.row?.lines;
      if (last !== undefined && line > last)
        fault(
          NOUNS.documents,
          read,
          path,
          "line-beyond-document",
          `expected a line of the document, which has ${last}, got ${line}`,
        );
      if (lines.has(line))
        fault(
          NOUNS.documents,
          read,
          path,
          "listed-twice",
          `expected one section to begin on line ${line}, got another`,
        );
      lines.add(line);
    }
  }
  // An amountMax alone is "up to so much".
  for (const read of rows.roles)
    for (const [i, { amount, amountMax }] of (read.row?.market ?? []).entries())
      if (amountMax !== undefined && amount !== undefined && amountMax < amount) {
        const message = `expected amountMax to be at least the amount (${amount}), got ${amountMax}`;
        fault(NOUNS.roles, read, ["market", i, "amountMax"], "range-reversed", message);
      }
  return findings;
}
