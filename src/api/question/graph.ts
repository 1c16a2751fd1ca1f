import type { GraphMetrics } from "../../graph/facts/metrics.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import { runTask } from "../core/run-task.ts";

const metricsBySnapshot = new WeakMap<GraphSnapshot, GraphMetrics | Promise<GraphMetrics>>();

/** Counted once for each revision: it takes a pass over the whole graph. */
function metricsOf(snapshot: GraphSnapshot): GraphMetrics | Promise<GraphMetrics> {
  let metrics = metricsBySnapshot.get(snapshot);
  if (metrics === undefined) {
    metrics = runTask("metrics", snapshot.graph);
    metricsBySnapshot.set(snapshot, metrics);
    // A failure is not kept: the next request tries again.
    if (metrics instanceof Promise) metrics.catch(() => metricsBySnapshot.delete(snapshot));
  }
  return metrics;
}

const GraphCounts = builder.objectRef<GraphSnapshot>("GraphCounts").implement({
  description: "How many entities of each kind there are.",
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
  description: "The shape of the graph in numbers.",
  fields: (t) => ({
    edges: t.exposeInt("edges", { description: "How often some requirement names a skill." }),
    groups: t.exposeInt("groups", { description: "Groups in requirements." }),
    alternatives: t.exposeInt("alternatives", {
      description: "Groups that leave a choice, because fewer than all members are needed.",
    }),
    roots: t.exposeInt("roots", { description: "Skills without a requirement." }),
    leaves: t.exposeInt("leaves", { description: "Skills that no other skill asks for." }),
    maxDepth: t.exposeInt("maxDepth", {
      description:
        "The latest stage at which some skill can be learned at the earliest; −1 when there is none.",
    }),
    components: t.exposeInt("components", {
      description: "Sets of skills that no requirement connects with one another.",
    }),
  }),
});

export const Graph = builder.objectRef<GraphSnapshot>("Graph").implement({
  description: "The graph as a whole.",
  fields: (t) => ({
    revision: t.exposeInt("revision", {
      description:
        "Its revision: the number of writes so far. Equal questions at one revision have one answer.",
    }),
    counts: t.field({
      type: GraphCounts,
      description: "How much there is.",
      resolve: (snapshot) => snapshot,
    }),
    metrics: t.field({
      type: GraphMetricsType,
      description: "Its shape in numbers.",
      resolve: (snapshot) => metricsOf(snapshot),
    }),
  }),
});

builder.queryField("graph", (t) =>
  t.field({
    type: Graph,
    description: "The graph as a whole: revision, counts and metrics.",
    resolve: (_root, _args, { snapshot }) => snapshot,
  }),
);
