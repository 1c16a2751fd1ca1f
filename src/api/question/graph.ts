import { LRUCache } from "lru-cache";
import type { GraphMetrics } from "../../graph/facts/metrics.ts";
import { type History, HistoryFault, MAX_HISTORY_ENTRIES } from "../../store/rows/read-history.ts";
import { earlierSnapshot } from "../../store/snapshot/earlier-snapshot.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId, hashOf } from "../core/cache-id.ts";
import type { EntityKind } from "../core/entity.ts";
import { fault } from "../core/errors.ts";
import { untold } from "../core/history-fault.ts";
import { memo, runTask } from "../core/run.ts";

/** Counted once for each revision, because it takes a pass over the whole graph. */
const metricsOf = memo((snapshot: GraphSnapshot) => runTask("metrics", { snapshot }));

/** The graph at a revision. */
export interface GraphAt {
  readonly snapshot: GraphSnapshot;
  /** What has changed since; absent of the graph of now, whose rows are those that there are. */
  readonly since: History | undefined;
}

/** How many entities of a kind there were, by how many there are. */
function countThen({ since }: GraphAt, kind: EntityKind, now: Promise<number>): Promise<number> {
  const entities = since?.entities.filter((entity) => entity.kind === kind) ?? [];
  const created = entities.filter(({ before, after }) => before === undefined && after !== undefined).length;
  const deleted = entities.filter(({ before, after }) => before !== undefined && after === undefined).length;
  return now.then((count) => count - created + deleted);
}

const GraphCounts = builder.objectRef<GraphAt>("GraphCounts").implement({
  description: "The number of entities of each kind.",
  fields: (t) => ({
    skills: t.int({ description: "Skills.", resolve: ({ snapshot }) => snapshot.skills.slugs.length }),
    projects: t.int({ description: "Projects.", resolve: ({ snapshot }) => snapshot.projects.slugs.length }),
    roles: t.int({ description: "Roles.", resolve: ({ snapshot }) => snapshot.roles.slugs.length }),
    roadmaps: t.int({ description: "Roadmaps.", resolve: ({ snapshot }) => snapshot.roadmaps.slugs.length }),
    resources: t.int({
      description: "Resources.",
      resolve: (at, _args, { loaders }) => countThen(at, "RESOURCE", loaders.pages.resources.count({})),
    }),
    documents: t.int({
      description: "Documents.",
      resolve: (at, _args, { loaders }) => countThen(at, "DOCUMENT", loaders.pages.documents.count({})),
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

export const Graph = builder.objectRef<GraphAt>("Graph").implement({
  description: "The graph as a whole, as it is or as it was at a revision.",
  fields: (t) => ({
    revision: t.int({
      description:
        "The revision: the number of writes so far. Equal questions at one revision have equal answers.",
      resolve: ({ snapshot }) => snapshot.revision,
    }),
    counts: t.field({
      type: GraphCounts,
      description: "The number of entities.",
      resolve: (at) => at,
    }),
    metrics: t.field({
      type: GraphMetricsType,
      description: "Figures about the shape of the graph.",
      resolve: ({ snapshot }) => metricsOf(snapshot),
    }),
  }),
});

for (const type of [Graph, GraphCounts]) addCacheId(type, ({ snapshot }) => [snapshot.revision]);
addCacheId(GraphMetricsType, (figures, { snapshot }) => [snapshot.revision, hashOf(figures)]);

builder.queryField("graph", (t) =>
  t.field({
    type: Graph,
    description:
      "The graph as a whole: revision, counts and metrics, now or at an earlier revision; and what a skill and a path were then.",
    args: {
      atRevision: t.arg.int({
        description: `The revision to look back to. The change log tells the graph of then where at most ${MAX_HISTORY_ENTRIES} entries of it came after and none of them replaced more than it keeps; any other is refused with BAD_USER_INPUT. Absent: now.`,
      }),
    },
    resolve: (_root, { atRevision }, context): GraphAt | Promise<GraphAt> =>
      atRevision == null || atRevision === context.snapshot.revision
        ? { snapshot: context.snapshot, since: undefined }
        : graphThen(context, atRevision),
  }),
);

/** Earlier graphs that are kept for the revision of now: who looks back asks several things of one. */
const MAX_KEPT = 2;

const keptOf = memo((_now: GraphSnapshot) => new LRUCache<number, Promise<GraphAt>>({ max: MAX_KEPT }));

/** The graph as it was, by the change log: the snapshot of now, patched backwards. O(graph). Throws ValidationError. */
function graphThen({ snapshot, loaders }: Context, revision: number): Promise<GraphAt> {
  if (revision < 0 || revision > snapshot.revision)
    throw fault("atRevision", `a revision, at most ${snapshot.revision}`, revision);
  const kept = keptOf(snapshot);
  const found = kept.get(revision);
  if (found !== undefined) return found;
  const made = loaders.history(revision, snapshot.revision).then(
    (since) => ({ snapshot: earlierSnapshot(snapshot, revision, since), since }),
    (error: unknown) => {
      kept.delete(revision);
      throw error instanceof HistoryFault ? untold(error, "atRevision", revision) : error;
    },
  );
  kept.set(revision, made);
  return made;
}
