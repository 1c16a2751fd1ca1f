import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import { packCursor, ranksOf, toConnection } from "../core/connection.ts";
import { memo, runTask } from "../core/run.ts";
import { type Edge, SubgraphEdge } from "./subgraph.ts";

/** Edges have no order but their place in the list, which the revision keeps. */
const ORDER = "EDGE";

/** All edges, once for each revision. */
const edgesOf = memo((snapshot: GraphSnapshot) => {
  const { ownerCount } = snapshot.graph;
  const owners = Array.from({ length: ownerCount }, (_, owner) => owner);
  const all = { direction: "prerequisites", depth: 0, maxNodes: ownerCount } as const;
  return runTask("subgraph", { snapshot }, owners, all);
});

builder.queryField("edges", (t) =>
  t.connection(
    {
      type: SubgraphEdge,
      nullable: true,
      description:
        "All edges of the graph: the pairs of a skill and a skill, project, role or roadmap whose requirement names it. Skills' requirements come first, each kind in the order of slugs. For all of them at once, `/export/edges.csv` and its like are quicker.",
      resolve: async (_root, args, { snapshot }) => {
        const { prerequisite, dependent, isAlternative } = await edgesOf(snapshot);
        const total = prerequisite.length;
        const { from, to, more } = ranksOf(ORDER, args, total);
        const rows = Array.from({ length: to - from }, (_, at) => from + at);
        return toConnection(
          args,
          { rows, more },
          {
            cursorOf: (rank) => packCursor([ORDER, rank]),
            toNode: (rank): Edge => ({
              prerequisite: prerequisite[rank]!,
              dependent: dependent[rank]!,
              isAlternative: isAlternative[rank] === 1,
            }),
            totalCount: async () => total,
          },
        );
      },
    },
    { name: "GraphEdgeConnection", description: "A page of edges." },
    { name: "GraphEdgeEdge" },
  ),
);
