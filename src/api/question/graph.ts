import type { GraphMetrics } from "../../graph/facts/metrics.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { memo, runTask } from "../core/run.ts";

/** Counted once for each revision, because it takes a pass over the whole graph. */
const metricsOf = memo((snapshot: GraphSnapshot) => runTask("metrics", { snapshot }));

const GraphCounts = builder.objectRef<GraphSnapshot>("GraphCounts").implement({
  description: "The number of entities of each kind.",
  fields: (t) => ({
    skills: t.int({ description: "Skills.", resolve: ({ skills }) => skills.slugs.length }),
    projects: t.int({ description: "Projects.", resolve: ({ projects }) => projects.slugs.length }),
    roles: t.int({ description: "Roles.", resolve: ({ roles }) => roles.slugs.length }),
    roadmaps: t.int({ description: "Roadmaps.", resolve: ({ roadmaps }) => roadmaps.slugs.length }),
    resources: t.int({
      description: "Resources.",
      resolve: (_counts, _args, { loaders }) => loaders.pages.resources.count({}),
    }),
    documents: t.int({
      description: "Documents.",
      resolve: (_counts, _args, { loaders }) => loaders.pages.documents.count({}),
    }),
  }),
});

const GraphMetricsType = builder.objectRef<GraphMetrics>("GraphMetrics").implement({
  description: "Figures about the shape of the graph.",
  fields: (t) => ({
    edges: t.exposeInt("edges", { description: "The number of times that requirements name a skill." }),
    groups: t.exposeInt("groups", { description: "The number of groups in requirements." }),
    alternatives: t.exposeInt("alternatives", {
      description:
        "The number of groups that leave a choice, because they need fewer than all of their members.",
    }),
    roots: t.exposeInt("roots", { description: "The number of skills without a requirement." }),
    leaves: t.exposeInt("leaves", { description: "The number of skills that no other skill asks for." }),
    maxDepth: t.exposeInt("maxDepth", {
      description:
        "The highest stage when every skill is learned at its earliest stage; −1 when no skill can be learned.",
    }),
    components: t.exposeInt("components", {
      description: "The number of sets of skills that no requirement connects with one another.",
    }),
  }),
});

export const Graph = builder.objectRef<GraphSnapshot>("Graph").implement({
  description: "The graph as a whole.",
  fields: (t) => ({
    revision: t.exposeInt("revision", {
      description:
        "The revision: the number of writes so far. Equal questions at one revision have equal answers.",
    }),
    counts: t.field({
      type: GraphCounts,
      description: "The number of entities.",
      resolve: (snapshot) => snapshot,
    }),
    metrics: t.field({
      type: GraphMetricsType,
      description: "Figures about the shape of the graph.",
      resolve: (snapshot) => metricsOf(snapshot),
    }),
  }),
});

for (const type of [Graph, GraphCounts]) addCacheId(type, ({ revision }) => [revision]);
addCacheId(GraphMetricsType, (_metrics, { snapshot }) => [snapshot.revision]);

builder.queryField("graph", (t) =>
  t.field({
    type: Graph,
    description: "The graph as a whole: revision, counts and metrics.",
    resolve: (_root, _args, { snapshot }) => snapshot,
  }),
);
