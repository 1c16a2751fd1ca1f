import { isGroup, type Requirement } from "../../graph/model/requirement.ts";
import type { RequirementShape } from "./input.ts";

/** What is said of texts that `requirementInWords` makes. */
export const IN_WORDS = "by slugs, such as `http and (mysql or postgresql)` or `2 of (a, b, c)`";

/** A requirement as one line of slugs. It recurses as deep as requirements may nest. */
export function requirementInWords(requirement: RequirementShape): string {
  return inWords(requirement, true);
}

function inWords({ skill, allOf, anyOf, atLeast }: RequirementShape, isOutermost: boolean): string {
  if (skill != null) return skill;
  if (atLeast != null)
    return `${atLeast.count} of (${atLeast.of.map((member) => inWords(member, true)).join(", ")})`;
  const members = allOf ?? anyOf ?? [];
  const text = members.map((member) => inWords(member, false)).join(allOf == null ? " or " : " and ");
  return isOutermost || members.length < 2 ? text : `(${text})`;
}

/** A requirement as clients write it. */
export function writtenRequirement(
  requirement: Requirement<number>,
  slugOf: (skill: number) => string,
): RequirementShape {
  if (!isGroup(requirement)) return { skill: slugOf(requirement.skill) };
  const { atLeast } = requirement;
  const of = requirement.of.map((member) => writtenRequirement(member, slugOf));
  if (atLeast === of.length) return { allOf: of };
  return atLeast === 1 ? { anyOf: of } : { atLeast: { count: atLeast, of } };
}
