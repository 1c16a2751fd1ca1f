import { OWNER_LISTS, type OwnerList } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import { findingIn, type ReadRow, type ReadRows, type RowOf } from "./read-rows.ts";
import { leafOf, MAX_REQUIREMENT_DEPTH } from "./requirement-file.ts";
import { nodesIn, type PlacedNode, requirementsOf } from "./row-references.ts";

/**
 * Checks the form of every requirement by itself: groups that ask for more members than they have, members
 * named twice, skills that are their own alternative, nesting that is too deep. O(requirement nodes × depth).
 */
export function checkRequirements(rows: ReadRows): Finding[] {
  return OWNER_LISTS.flatMap((list) =>
    rows[list].flatMap((row: ReadRow<RowOf<OwnerList>>) => checkRow(list, row)),
  );
}

function checkRow(list: OwnerList, read: ReadRow<RowOf<OwnerList>>): Finding[] {
  if (read.row === undefined) return [];
  const findings: Finding[] = [];
  for (const placed of requirementsOf(read.row)) {
    for (const node of nodesIn(placed)) {
      const { path, depth, isForced } = node;
      if (depth > MAX_REQUIREMENT_DEPTH) {
        const message = `expected a requirement nested at most ${MAX_REQUIREMENT_DEPTH} deep, got deeper: give an inner part a skill of its own`;
        findings.push(findingIn(list, read, path, "requirement-too-deep", message));
        break;
      }
      // Where every alternative needs it, the skill is unlearnable, which is a finding of its own.
      if (list === "skills" && !isForced && node.skill === read.slug) {
        const message = `is its own alternative, which nobody can take: take "${read.slug}" out`;
        findings.push(findingIn(list, read, path, "requires-itself", message, "warning"));
      }
      findings.push(...checkGroup(list, read, node));
    }
  }
  return findings;
}

function checkGroup(list: OwnerList, read: ReadRow<unknown>, { group, path }: PlacedNode): Finding[] {
  if (group === undefined) return [];
  const { key, members, atLeast } = group;
  const findings: Finding[] = [];
  if (atLeast > members.length) {
    const message = `expected atLeast to be at most ${members.length}, the length of its list, got ${atLeast}`;
    findings.push(findingIn(list, read, [...path, "atLeast"], "at-least-beyond-list", message));
  }
  const seen = new Set<string>();
  for (const [i, member] of members.entries()) {
    const skill = leafOf(member);
    if (skill === undefined) continue;
    if (seen.has(skill)) {
      // Real catalogues do this; it is harmless unless the members are counted.
      const counts = key === "of";
      const message = `expected "${skill}" once in ${key}, got it again: ${counts ? "it would count twice" : "once says it all"}`;
      const severity = counts ? "error" : "warning";
      findings.push(findingIn(list, read, [...path, key, i], "listed-twice", message, severity));
    }
    seen.add(skill);
  }
  return findings;
}
