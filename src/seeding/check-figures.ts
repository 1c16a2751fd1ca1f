import type { Finding } from "./finding.ts";
import {
  findingIn,
  LIST_NAMES,
  type ListName,
  type ReadRow,
  type ReadRows,
  type RowOf,
} from "./read-rows.ts";

/**
 * Checks what must agree in a row: sections with the length of their document, ranges of amounts, amounts with
 * their unit, and that a role covered in part says why.
 */
export function checkFigures(rows: ReadRows): Finding[] {
  return [...checkSections(rows), ...checkRanges(rows), ...checkClaims(rows), ...checkCoverage(rows)];
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
    (read.row?.market ?? []).flatMap((fact, i) => reversed("roles", read, ["market", i], fact)),
  );
}

function checkClaims(rows: ReadRows): Finding[] {
  return LIST_NAMES.flatMap((list) =>
    rows[list].flatMap((read: ReadRow<RowOf<ListName>>) => {
      const claims = read.row !== undefined && "claims" in read.row ? (read.row.claims ?? []) : [];
      return claims.flatMap((claim, i) => {
        const path = ["claims", i];
        const { amount, amountMax, unit } = claim;
        const isNumber = amount !== undefined || amountMax !== undefined;
        if (isNumber === (unit !== undefined)) return reversed(list, read, path, claim);
        const message = isNumber
          ? "expected the unit of the amount, got none: add unit, such as WEEK"
          : `expected an amount in ${unit}, got none: add amount, or take out unit`;
        return [findingIn(list, read, [...path, isNumber ? "amount" : "unit"], "unit-alone", message)];
      });
    }),
  );
}

function reversed(
  list: ListName,
  read: ReadRow<unknown>,
  path: readonly (string | number)[],
  { amount, amountMax }: { readonly amount?: number; readonly amountMax?: number },
): Finding[] {
  if (amountMax === undefined || amount === undefined || amountMax >= amount) return [];
  const message = `expected amountMax to be at least the amount (${amount}), got ${amountMax}`;
  return [findingIn(list, read, [...path, "amountMax"], "range-reversed", message)];
}

function checkCoverage({ roles }: ReadRows): Finding[] {
  const message = "expected the reason why the role is covered in part only, got none: add coverageReason";
  return roles
    .filter(({ row }) => row?.coverage === "PARTIAL" && row.coverageReason === undefined)
    .map((read) => findingIn("roles", read, ["coverage"], "no-coverage-reason", message));
}
