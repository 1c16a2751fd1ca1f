import { allOf, anyOf, type Requirement } from "../../graph/model/requirement.ts";
import { builder } from "../builder.ts";
import { checkRange } from "../core/check.ts";
import { fault } from "../core/errors.ts";
import { MAX_REQUIREMENT_INPUT_DEPTH, MAX_REQUIREMENT_INPUT_NODES } from "../limits.ts";

/** A requirement as clients write it: exactly one field is set, which GraphQL's `@oneOf` guarantees. */
export interface RequirementShape {
  readonly skill?: string | null;
  readonly allOf?: readonly RequirementShape[] | null;
  readonly anyOf?: readonly RequirementShape[] | null;
  readonly atLeast?: { readonly count: number; readonly of: readonly RequirementShape[] } | null;
}

/** Its shape is written by hand, since an input that contains itself cannot be inferred. */
export const RequirementInput = builder.inputRef<RequirementShape>("RequirementInput");

const AtLeastInput = builder.inputType("AtLeastInput", {
  description: "At least `count` of some requirements.",
  fields: (t) => ({
    count: t.int({ required: true, description: "How many must be met, from 1 to all of them." }),
    of: t.field({ type: [RequirementInput], required: true, description: "The members." }),
  }),
});

RequirementInput.implement({
  description: `What must be known first. Exactly one field must be set; at most ${MAX_REQUIREMENT_INPUT_DEPTH} levels and ${MAX_REQUIREMENT_INPUT_NODES} nodes.`,
  isOneOf: true,
  fields: (t) => ({
    skill: t.string({ description: "The skill of this slug." }),
    allOf: t.field({ type: [RequirementInput], description: "All of these." }),
    anyOf: t.field({ type: [RequirementInput], description: "Any one of these." }),
    atLeast: t.field({ type: AtLeastInput, description: "At least `count` of these." }),
  }),
});

/**
 * The requirement of an input. `skillOf` gives the index of a slug at an argument, or throws. Throws ValidationError
 * on groups that are empty or need more members than they have, and on what is too deep or too large.
 */
export function parseRequirement(
  input: RequirementShape,
  argument: string,
  skillOf: (slug: string, argument: string) => number,
): Requirement<number> {
  let nodes = 0;
  const parse = (node: RequirementShape, at: string, depth: number): Requirement<number> => {
    nodes++;
    if (depth > MAX_REQUIREMENT_INPUT_DEPTH || nodes > MAX_REQUIREMENT_INPUT_NODES)
      throw fault(
        argument,
        `at most ${MAX_REQUIREMENT_INPUT_DEPTH} levels and ${MAX_REQUIREMENT_INPUT_NODES} nodes`,
        depth > MAX_REQUIREMENT_INPUT_DEPTH ? `${depth} levels` : `${nodes} nodes`,
      );
    const members = (list: readonly RequirementShape[], field: string) => {
      if (list.length === 0) throw fault(`${at}.${field}`, "at least one member", "an empty list");
      return list.map((member, index) => parse(member, `${at}.${field}[${index}]`, depth + 1));
    };
    if (node.allOf != null) return allOf(...members(node.allOf, "allOf"));
    if (node.anyOf != null) return anyOf(...members(node.anyOf, "anyOf"));
    if (node.atLeast != null) {
      const { count, of } = node.atLeast;
      const parsed = members(of, "atLeast.of");
      checkRange(`${at}.atLeast.count`, count, 1, parsed.length);
      return { atLeast: count, of: parsed };
    }
    return { skill: skillOf(node.skill ?? "", `${at}.skill`) };
  };
  return parse(input, argument, 1);
}
