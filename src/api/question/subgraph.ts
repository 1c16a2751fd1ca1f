import type { Subgraph } from "../../graph/facts/subgraph.ts";
import { builder } from "../builder.ts";
import { Goal, type OwnerHandle, ownerHandle, SkillHandle } from "../core/entity.ts";
import { NotFoundError, ValidationError } from "../core/errors.ts";
import { runTask } from "../core/run-task.ts";
import { MAX_DEPTH, MAX_GOALS, MAX_SUBGRAPH_NODES } from "../limits.ts";
import { parseGoals } from "../path/learner-input.ts";
import { GoalInput } from "../path/learner-input-types.ts";
import { Skill } from "../skill/skill.ts";

const Direction = builder.enumType("SubgraphDirection", {
  description: "Which way to walk from the roots.",
  values: {
    PREREQUISITES: { description: "To what must be known before." },
    DEPENDENTS: { description: "To what asks for them." },
  },
});

interface PlacedNode {
  readonly owner: OwnerHandle;
  readonly depth: number;
}

interface Edge {
  readonly prerequisite: SkillHandle;
  readonly dependent: OwnerHandle;
  readonly isAlternative: boolean;
}

const SubgraphNode = builder.objectRef<PlacedNode>("SubgraphNode").implement({
  description: "A node of a part of the graph.",
  fields: (t) => ({
    goal: t.field({
      type: Goal,
      description: "The skill, project, role or roadmap.",
      resolve: ({ owner }) => owner,
    }),
    depth: t.int({
      description: "The fewest requirements between it and a root; 0 for a root.",
      resolve: ({ depth }) => depth,
    }),
  }),
});

const SubgraphEdge = builder.objectRef<Edge>("SubgraphEdge").implement({
  description: "That one node's requirement names another. Points from prerequisite to dependent.",
  fields: (t) => ({
    prerequisite: t.field({
      type: Skill,
      description: "The skill that is asked for.",
      resolve: ({ prerequisite }) => prerequisite,
    }),
    dependent: t.field({
      type: Goal,
      description: "What asks for it.",
      resolve: ({ dependent }) => dependent,
    }),
    isAlternative: t.exposeBoolean("isAlternative", {
      description: "Whether the dependent can do without, because its requirement leaves a choice there.",
    }),
  }),
});

const SubgraphType = builder.objectRef<Subgraph>("Subgraph").implement({
  description: "A part of the graph as flat lists.",
  fields: (t) => ({
    revision: t.int({
      description: "The revision of the graph that the answer holds for.",
      resolve: (_part, _args, { snapshot }) => snapshot.revision,
    }),
    nodes: t.field({
      type: [SubgraphNode],
      description: "The roots, then what was reached, the nearest first.",
      resolve: ({ owners, depth }, _args, { snapshot }) =>
        Array.from(owners, (owner, at) => ({ owner: ownerHandle(snapshot, owner), depth: depth[at]! })),
    }),
    edges: t.field({
      type: [SubgraphEdge],
      description: "All edges between the nodes, at most one for each pair.",
      resolve: ({ prerequisite, dependent, isAlternative }, _args, { snapshot }) =>
        Array.from(prerequisite, (skill, at) => ({
          prerequisite: new SkillHandle(skill),
          dependent: ownerHandle(snapshot, dependent[at]!),
          isAlternative: isAlternative[at] === 1,
        })),
    }),
    isTruncated: t.exposeBoolean("isTruncated", {
      description: `Whether there was more than ${MAX_SUBGRAPH_NODES} nodes within the depth; the farthest are left out.`,
    }),
  }),
});

builder.queryField("subgraph", (t) =>
  t.field({
    type: SubgraphType,
    description: "The part of the graph before or after some roots, to draw or to analyse.",
    args: {
      roots: t.arg({
        type: [GoalInput],
        required: true,
        description: `Where to begin; from 1 to ${MAX_GOALS}.`,
      }),
      direction: t.arg({
        type: Direction,
        required: true,
        defaultValue: "PREREQUISITES",
        description: "Which way to walk.",
      }),
      depth: t.arg.int({
        description: `How many requirements to follow, from 0 to ${MAX_DEPTH}; absent: all.`,
      }),
      transitiveReduction: t.arg.boolean({
        required: true,
        defaultValue: false,
        description:
          "Whether to leave out edges that say no more than longer ways inside the subgraph. Never drops an alternative.",
      }),
    },
    errors: {
      types: [NotFoundError, ValidationError],
      union: { name: "SubgraphResult", description: "A part of the graph, or why there is none." },
    },
    resolve: (_root, { roots, direction, depth, transitiveReduction }, { snapshot }) => {
      if (depth != null && (depth < 0 || depth > MAX_DEPTH))
        throw new ValidationError({
          argument: "depth",
          expected: `between 0 and ${MAX_DEPTH}`,
          received: depth,
        });
      return runTask("subgraph", snapshot.graph, parseGoals(snapshot, roots, "roots"), {
        direction: direction === "DEPENDENTS" ? "dependents" : "prerequisites",
        depth: depth ?? undefined,
        maxNodes: MAX_SUBGRAPH_NODES,
        reduced: transitiveReduction,
      });
    },
  }),
);
