import { checkFigures } from "./check-figures.ts";
import { checkLearnable } from "./check-learnable.ts";
import { checkReferences } from "./check-references.ts";
import { checkRequirements } from "./check-requirements.ts";
import { checkSlugs } from "./check-slugs.ts";
import { combineGraph, type ExistingGraph } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import type { ReadRows } from "./read-rows.ts";

/**
 * Checks rows against one another and on top of the stored graph: everything that the schema of one row
 * cannot say. A row replaces a stored one with the same slug. Runs every check, then returns all findings.
 *
 * O(rows + references), for each loop once more.
 */
export function checkGraph(rows: ReadRows, existing?: ExistingGraph): Finding[] {
  return [
    ...checkSlugs(rows),
    ...checkReferences(rows, existing),
    ...checkRequirements(rows),
    ...checkFigures(rows),
    ...checkLearnable(combineGraph(rows, existing)),
  ];
}
