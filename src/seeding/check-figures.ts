import type { Finding } from "./finding.ts";
import { findingIn, type ReadRows } from "./read-rows.ts";

/** Checks numbers of a row that must agree: sections with the length of their document, ranges of amounts. */
export function checkFigures(rows: ReadRows): Finding[] {
  return [...checkSections(rows), ...checkRanges(rows)];
}

function checkSections({ documents }: ReadRows): Finding[] {
  return documents.flatMap((read) => {
    const seen = new Set<number>();
    const last = read.row?.lines;
    return (read.row?.sections ?? []).flatMap(({ line }, i) => {
      const path = ["sections", i, "line"];
      const findings: Finding[] = [];
      if (last !== undefined && line > last) {
        const message = `expected a line of the document, which has ${last}, got ${line}`;
        findings.push(findingIn("documents", read, path, "line-beyond-document", message));
      }
      if (seen.has(line)) {
        const message = `expected one section to begin on line ${line}, got another`;
        findings.push(findingIn("documents", read, path, "listed-twice", message));
      }
      seen.add(line);
      return findings;
    });
  });
}

/** An `amountMax` alone means "up to". */
function checkRanges({ roles }: ReadRows): Finding[] {
  return roles.flatMap((read) =>
    (read.row?.market ?? []).flatMap(({ amount, amountMax }, i) => {
      if (amountMax === undefined || amount === undefined || amountMax >= amount) return [];
      const message = `expected amountMax to be at least the amount (${amount}), got ${amountMax}`;
      return [findingIn("roles", read, ["market", i, "amountMax"], "range-reversed", message)];
    }),
  );
}
