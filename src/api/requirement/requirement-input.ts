import { allOf, anyOf, type Requirement } from "../../graph/model/requirement.ts";
import { ValidationError } from "../core/errors.ts";
import { MAX_REQUIREMENT_INPUT_DEPTH, MAX_REQUIREMENT_INPUT_NODES } from "../limits.ts";

/** A requirement as clients write it: exactly one field is set (GraphQL's `@oneOf` sees to that). */
export interface RequirementInput {
  readonly skill?: string | null;
  readonly allOf?: readonly RequirementInput[] | null;
  readonly anyOf?: readonly RequirementInput[] | null;
  readonly atLeast?: { readonly count: number; readonly of: readonly RequirementInput[] } | null;
}

/**
 * The requirement of an input; `skillOf` gives the index of a slug at an argument, or throws. Throws
 * ValidationError on groups that are empty or need more than they have, and on what is too deep or too large.
 */
export function parseRequirement(
  input: RequirementInput,
  argument: string,
  skillOf: (slug: string, argument: string) => number,
): Requirement<number> {
  let nodes = 0;
  const parse = (node: RequirementInput, at: string, depth: number): Requirement<number> => {
    nodes++;
    if (depth > MAX_REQUIREMENT_INPUT_DEPTH || nodes > MAX_REQUIREMENT_INPUT_NODES)
      throw new ValidationError({
        argument,
        expected: `at most ${MAX_REQUIREMENT_INPUT_DEPTH} levels and ${MAX_REQUIREMENT_INPUT_NODES} nodes`,
        received: depth > MAX_REQUIREMENT_INPUT_DEPTH ? `${depth} levels` : `${nodes} nodes`,
      });
    const members = (list: readonly RequirementInput[], field: string) => {
      if (list.length === 0)
        throw new ValidationError({
          argument: `${at}.${field}`,
          expected: "at least one member",
          received: "an empty list",
        });
      return list.map((member, index) => parse(member, `${at}.${field}[${index}]`, depth + 1));
    };
    if (node.allOf != null) return allOf(...members(node.allOf, "allOf"));
    if (node.anyOf != null) return anyOf(...members(node.anyOf, "anyOf"));
    if (node.atLeast != null) {
      const { count, of } = node.atLeast;
      const parsed = members(of, "atLeast.of");
      if (count < 1 || count > parsed.length)
        throw new ValidationError({
          argument: `${at}.atLeast.count`,
          expected: `between 1 and its ${parsed.length} members`,
          received: count,
        });
      return { atLeast: count, of: parsed };
    }
    return { skill: skillOf(node.skill ?? "", `${at}.skill`) };
  };
  return parse(input, argument, 1);
}
