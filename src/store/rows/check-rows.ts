import { GraphWriteError } from "../store-errors.ts";
import { ENTITIES, ENTITY_KINDS } from "./entities.ts";
import type { GraphRows, RequirementNodeRow } from "./graph-rows.ts";

/**
 * Checks what the database cannot: that no list names an entity twice, and that requirements are trees in
 * depth-first order whose groups need no more members than they have. Throws `GraphWriteError`.
 */
export function checkRows(rows: GraphRows): void {
  for (const kind of ENTITY_KINDS) refuseDuplicates(rows[ENTITIES[kind].list]);
  for (const { slug, requirement } of [...rows.skills, ...rows.projects, ...rows.roles])
    checkRequirement(slug, requirement);
  for (const { slug, steps } of rows.roadmaps)
    for (const { requirement } of steps) checkRequirement(slug, requirement);
}

function refuseDuplicates(entities: readonly { readonly slug: string }[]): void {
  const seen = new Set<string>();
  for (const { slug } of entities) {
    if (seen.has(slug))
      throw new GraphWriteError("DUPLICATE_SLUG", `expected one entity "${slug}", got two.`, [slug]);
    seen.add(slug);
  }
}

function checkRequirement(slug: string, nodes: readonly RequirementNodeRow[]): void {
  const fault = (ordinal: number, expected: string): never => {
    throw new GraphWriteError(
      "INVALID_REQUIREMENT",
      `the requirement of "${slug}" is no tree: at node ${ordinal}, expected ${expected}.`,
      [slug],
    );
  };
  const members = new Int32Array(nodes.length);
  nodes.forEach(({ parentOrdinal, atLeast, needs }, ordinal) => {
    if ((atLeast === null) === (needs === null)) fault(ordinal, "either a skill or a number of members");
    if ((parentOrdinal === null) !== (ordinal === 0)) fault(ordinal, "the first node alone to be the root");
    if (parentOrdinal === null) return;
    const parent = nodes[parentOrdinal];
    if (parentOrdinal >= ordinal || parent?.atLeast == null)
      fault(ordinal, "a group before it as its parent");
    members[parentOrdinal]! += 1;
  });
  nodes.forEach(({ atLeast }, ordinal) => {
    if (atLeast !== null && (atLeast < 0 || atLeast > members[ordinal]!))
      fault(ordinal, `between 0 and ${members[ordinal]} members to be needed, got ${atLeast}`);
  });
}
