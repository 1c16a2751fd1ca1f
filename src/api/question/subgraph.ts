import type { Subgraph } from "../../graph/facts/subgraph.ts";
import { builder } from "../builder.ts";
import { type Answer, addAnswerId, addCacheId } from "../core/cache-id.ts";
import { checkRange } from "../core/check.ts";
import { NotFoundError, results, ValidationError } from "../core/errors.ts";
import { runTask } from "../core/run.ts";
import { MAX_DEPTH, MAX_GOALS, MAX_SUBGRAPH_NODES } from "../limits.ts";
import { GoalInput } from "../path/input.ts";
import { SlugReader } from "../path/slugs.ts";

const Direction = builder.enumType("SubgraphDirection", {
  description: "Which way to walk from the roots.",
  values: {
    PREREQUISITES: { description: "Towards the prerequisites: what must be known before." },
    DEPENDENTS: { description: "Towards the dependents: what asks for the roots." },
  },
});

type PlacedNode = Answer<{ readonly owner: number; readonly depth: number }>;

/** An edge of the prerequisite graph, in indices of owners. */
export interface Edge {
  readonly prerequisite: number;
  readonly dependent: number;
  readonly isAlternative: boolean;
}

const SubgraphNode = builder.objectRef<PlacedNode>("SubgraphNode").implement({
  description: "A node of a subgraph.",
  fields: (t) => ({
    goal: t.goal("The skill, project, role or roadmap.", ({ owner }) => owner),
    depth: t.exposeInt("depth", {
      description: "The distance to the nearest root in requirements; 0 for a root.",
    }),
  }),
});
addAnswerId(SubgraphNode, ({ owner }) => [owner]);

export const SubgraphEdge = builder.objectRef<Edge>("SubgraphEdge").implement({
  description: "An edge from a prerequisite to a dependent, whose requirement names it.",
  fields: (t) => ({
    prerequisite: t.skill("The skill that the requirement names.", ({ prerequisite }) => prerequisite),
    dependent: t.goal("What has the requirement.", ({ dependent }) => dependent),
    isAlternative: t.exposeBoolean("isAlternative", {
      description:
        "Whether the dependent can do without the prerequisite, because its requirement leaves a choice there.",
    }),
  }),
});
addCacheId(SubgraphEdge, ({ prerequisite, dependent }, { snapshot }) => [
  snapshot.revision,
  prerequisite,
  dependent,
]);

const SubgraphType = builder.objectRef<Answer<Subgraph>>("Subgraph").implement({
  description: "A part of the graph, as flat lists.",
  fields: (t) => ({
    revision: t.int({
      description: "The revision of the graph that the answer holds for.",
      resolve: (_part, _args, { snapshot }) => snapshot.revision,
    }),
    nodes: t.field({
      type: [SubgraphNode],
      description: "The roots, then the nodes reached from them, nearest first.",
      resolve: ({ args, owners, depth }) =>
        Array.from(owners, (owner, at) => ({ args, owner, depth: depth[at]! })),
    }),
    edges: t.field({
      type: [SubgraphEdge],
      description: "All edges between the nodes, at most one for each pair.",
      resolve: ({ prerequisite, dependent, isAlternative }) =>
        Array.from(prerequisite, (skill, at) => ({
          prerequisite: skill,
          dependent: dependent[at]!,
          isAlternative: isAlternative[at] === 1,
        })),
    }),
    isTruncated: t.exposeBoolean("isTruncated", {
      description: `Whether there are more than ${MAX_SUBGRAPH_NODES} nodes within the depth. Then the farthest are left out.`,
    }),
  }),
});
addAnswerId(SubgraphType);

builder.queryField("subgraph", (t) =>
  t.field({
    type: SubgraphType,
    description: "The part of the graph before or after some roots, to be drawn or analysed.",
    args: {
      roots: t.arg({
        type: [GoalInput],
        required: true,
        description: `Where to begin: 1 to ${MAX_GOALS} roots.`,
      }),
      direction: t.arg({
        type: Direction,
        required: true,
        defaultValue: "PREREQUISITES",
        description: "Which way to walk.",
      }),
      depth: t.arg.int({
        description: `How many requirements to follow, from 0 to ${MAX_DEPTH}. Absent: all.`,
      }),
      transitiveReduction: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          "Whether to leave out edges that longer ways inside the subgraph already imply. Alternatives are never left out.",
      }),
    },
    errors: results("SubgraphResult", "A part of the graph, or why there is none.", [
      NotFoundError,
      ValidationError,
    ]),
    resolve: async (_root, args, context) => {
      const { roots, direction, depth, transitiveReduction } = args;
      if (depth != null) checkRange("depth", depth, 0, MAX_DEPTH);
      const slugs = new SlugReader(context);
      const owners = slugs.goals(roots, "roots");
      await slugs.refuseUnknown();
      const found = await runTask("subgraph", context, owners, {
        direction: direction === "DEPENDENTS" ? "dependents" : "prerequisites",
        depth: depth ?? undefined,
        maxNodes: MAX_SUBGRAPH_NODES,
        reduced: transitiveReduction,
      });
      return { ...found, args };
    },
  }),
);
