import type { RequirementPart } from "./requirement-tree.ts";

/**
 * The nodes of a requirement that are not met and count: those of groups that are met are left out. `parts` are
 * in depth-first order; so is the answer, the root first. Empty when the requirement is met. O(nodes).
 */
export function unmetParts(
  parts: readonly RequirementPart[],
  isKnown: (skill: number) => boolean,
): RequirementPart[] {
  const met = new Set<RequirementPart>();
  // From the inside out: members come after their group.
  for (const part of parts.toReversed()) {
    const isMet =
      part.skill === undefined
        ? part.members.filter((member) => met.has(member)).length >= (part.atLeast ?? 0)
        : isKnown(part.skill);
    if (isMet) met.add(part);
  }
  const unmet = new Map<number, RequirementPart>();
  for (const part of parts)
    if (!met.has(part) && (part.parentOrdinal === undefined || unmet.has(part.parentOrdinal)))
      unmet.set(part.ordinal, part);
  return [...unmet.values()];
}
