import {
  type Drawn,
  type Edge,
  edgesFrom,
  edgesOf,
  goalNode,
  MAX_DEPENDENTS,
  type Node,
  stateOf,
} from "./drawn.ts";
import type { SkillPictureQuery } from "./generated/skill-picture.ts";
import { pageOf } from "./parts.ts";
import { AskFault, type Picture, type Site } from "./site.ts";

/** How many skills of a picture a link may expand: each takes two questions. */
const MAX_EXPANDED = 20;

/**
 * A picture with what is around some of its skills as well: what each needs, and the first of what needs it, in the
 * order in which they were expanded. All that stood in the picture keeps its place. Skills that are not in it are passed over.
 */
export async function expanded({ ask }: Site, picture: Picture, slugs: readonly string[]): Promise<Picture> {
  if (slugs.length === 0) return picture;
  if (slugs.length > MAX_EXPANDED)
    throw new AskFault(
      `Expected expand to name at most ${MAX_EXPANDED} skills, got ${slugs.length}: begin at one of them instead.`,
      "BAD_USER_INPUT",
    );
  const nodes = new Map(picture.nodes.map((node) => [node.id, node]));
  const edges = new Map(picture.edges.map((edge) => [keyOf(edge), edge]));
  for (const slug of new Set(slugs)) {
    const anchor = [...nodes.values()].find(({ href }) => href === pageOf("Skill", slug));
    if (anchor === undefined) continue;
    const found = await ask("SkillPicture", { roots: [{ skill: slug }], depth: 1, deeper: 2 });
    const { needs, unlocks } = found;
    if (needs.__typename !== "Subgraph" || unlocks.__typename !== "Subgraph") continue;
    const before = new Set(nodes.keys());
    for (const node of around(anchor, needs, unlocks, found.beyond))
      if (!nodes.has(node.id)) nodes.set(node.id, node);
    for (const edge of edgesOf([...needs.edges, ...edgesFrom(unlocks, anchor.id)])) {
      const isNew = !before.has(edge.prerequisite) || !before.has(edge.dependent);
      const isShown = nodes.has(edge.prerequisite) && nodes.has(edge.dependent);
      if (isNew && isShown && !edges.has(keyOf(edge))) edges.set(keyOf(edge), edge);
    }
  }
  return { ...picture, nodes: [...nodes.values()], edges: [...edges.values()] };
}

type Beyond = SkillPictureQuery["beyond"];

const keyOf = ({ prerequisite, dependent }: Edge) => `${prerequisite} ${dependent}`;

function around({ id }: Node, needs: Drawn, unlocks: Drawn, beyond: Beyond): Node[] {
  const dependents = unlocks.nodes.filter(({ depth }) => depth > 0).slice(0, MAX_DEPENDENTS);
  return [
    ...needs.nodes
      .filter(({ depth }) => depth > 0)
      .map(
        ({ goal }): Node => ({
          ...goalNode(goal, stateOf(goal.id, needs, beyond)),
          beside: { id, side: "left" },
        }),
      ),
    ...dependents.map(({ goal }): Node => ({ ...goalNode(goal, "locked"), beside: { id, side: "right" } })),
  ];
}
