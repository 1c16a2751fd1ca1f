import { checkFigures } from "./check-figures.ts";
import { checkLearnable } from "./check-learnable.ts";
import { checkParts } from "./check-parts.ts";
import { checkReferences } from "./check-references.ts";
import { checkRequirements } from "./check-requirements.ts";
import { checkSlugs } from "./check-slugs.ts";
import { combineGraph, type ExistingGraph } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import { checkFormerSlugs, renamedGraph, renamesOf } from "./former-slugs.ts";
import type { ReadRows } from "./read-rows.ts";

/**
 * Checks what the schema of one row cannot express: how rows agree with one another and with the stored graph, on
 * top of which they are put. A row replaces a stored one with the same slug, or one
 * whose slug it gives as a former one. Runs every check.
 *
 * O(rows + references), once more for each loop.
 */
export function checkGraph(rows: ReadRows, existing?: ExistingGraph): Finding[] {
  const renamed = existing && renamedGraph(existing, renamesOf(rows, existing));
  return [
    ...checkSlugs(rows),
    ...checkFormerSlugs(rows, existing),
    ...checkReferences(rows, renamed),
    ...checkRequirements(rows),
    ...checkFigures(rows),
    ...checkParts(rows, renamed),
    ...checkLearnable(combineGraph(rows, renamed)),
  ];
}
