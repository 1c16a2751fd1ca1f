import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { memo } from "../core/memo.ts";
import { runTask } from "../core/run-task.ts";

/**
 * For each skill the share of all roles that name it or that nobody can fill without it. Every role counts the same:
 * what documents say of pay and demand is in words, or in currencies and years that do not compare. A promise where
 * the graph is large.
 */
export const marketDemandOf = memo(({ graph, firstRole, firstRoadmap }: GraphSnapshot) =>
  runTask("marketDemand", graph, { first: firstRole, end: firstRoadmap }),
);
