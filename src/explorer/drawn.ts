import type { PartFragment, SkillPictureQuery } from "./generated/skill-picture.ts";
import { type GoalType, pageOf } from "./parts.ts";
import type { Picture } from "./site.ts";

/** Nodes and edges of pictures, made of the answers of operations. */

export type Node = Picture["nodes"][number];
export type Edge = Picture["edges"][number];

/** A part of the graph as it was answered. */
export type Drawn = Extract<PartFragment, { readonly __typename: "Subgraph" }>;

/** More dependents than this are left out of the picture of a skill, which is about what it needs. */
export const MAX_DEPENDENTS = 24;

/** The edges to what needs something. */
export const edgesFrom = ({ edges }: Drawn, id: string) =>
  edges.filter(({ prerequisite }) => prerequisite.id === id);

/** Whether a skill can be begun: nothing is needed for it, also beyond what is shown. */
export function stateOf(id: string, { nodes }: Drawn, beyond: SkillPictureQuery["beyond"]): Node["state"] {
  const isBasis =
    nodes.some(({ goal }) => goal.id === id) &&
    beyond.__typename === "Subgraph" &&
    !beyond.edges.some(({ dependent }) => dependent.id === id);
  return isBasis ? "ready" : "locked";
}

/** A node of a picture for something that has a page. */
export function goalNode(
  goal: { __typename: GoalType; id: string; slug: string; name: string; hours?: number },
  state: Node["state"],
): Node {
  const { id, name, slug, hours } = goal;
  return {
    id,
    label: name,
    state,
    href: pageOf(goal.__typename, slug),
    ...(hours !== undefined && { hours }),
  };
}

/** Edges of a picture for those of an answer. */
export function edgesOf(edges: Drawn["edges"] | readonly Drawn["edges"][number][]): Edge[] {
  return edges.map(({ prerequisite, dependent, isAlternative }) => ({
    prerequisite: prerequisite.id,
    dependent: dependent.id,
    isAlternative,
  }));
}
