import { OWNER_LISTS, type OwnerList } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import { MAX_REQUIREMENT_DEPTH } from "./graph-file.ts";
import { NOUNS, type ReadRow, type ReadRows, type RowOf } from "./read-graph-file.ts";
import { leafOf, membersOf, nodesOf, requirementsOf } from "./row-references.ts";

/**
 * Checks the form of every requirement by itself: groups that ask for more members than they have, members
 * named twice, skills that are their own alternative, nesting that is too deep. O(requirement nodes × depth).
 */
export function checkRequirements(rows: ReadRows): Finding[] {
  return OWNER_LISTS.flatMap((list) => rows[list].flatMap((row) => checkRow(list, row)));
}

function checkRow<List extends OwnerList>(list: List, read: ReadRow<RowOf<List>>): Finding[] {
  const { file, place, slug, row } = read;
  if (row === undefined) return [];
  const findings: Finding[] = [];
  const report = (
    path: readonly PropertyKey[],
    severity: Finding["severity"],
    code: string,
    message: string,
  ) => {
    const { line } = place.nearest(path);
    findings.push({ file, line, severity, code, message: `${NOUNS[list]} "${slug}": ${message}` });
  };
  for (const placed of requirementsOf(list, row)) {
    for (const { requirement, path, depth, isForced } of nodesOf(placed)) {
      if (depth > MAX_REQUIREMENT_DEPTH) {
        const message = `expected a requirement nested at most ${MAX_REQUIREMENT_DEPTH} deep, got deeper: give an inner part a skill of its own`;
        report(path, "error", "requirement-too-deep", message);
        break;
      }
      // Where it is needed in any case, the skill is unlearnable, and found to be.
      if (list === "skills" && !isForced && leafOf(requirement) === slug)
        report(
          path,
          "warning",
          "requires-itself",
          `is its own alternative, which nobody can take: take "${slug}" out`,
        );
      const group = membersOf(requirement);
      if (group === undefined) continue;
      const { key, members } = group;
      if (typeof requirement !== "string" && "atLeast" in requirement && requirement.atLeast > members.length)
        report(
          [...path, "atLeast"],
          "error",
          "at-least-beyond-list",
          `expected atLeast to be at most ${members.length}, the length of its list, got ${requirement.atLeast}`,
        );
      const seen = new Set<string>();
      for (const [i, member] of members.entries()) {
        const named = leafOf(member);
        if (named === undefined) continue;
        if (seen.has(named)) {
          // Real catalogues do this; it is harmless unless the members are counted.
          const counts = key === "of";
          const consequence = counts ? "it would count twice" : "once says it all";
          const message = `expected "${named}" once in ${key}, got it again: ${consequence}`;
          report([...path, key, i], counts ? "error" : "warning", "listed-twice", message);
        }
        seen.add(named);
      }
    }
  }
  return findings;
}
