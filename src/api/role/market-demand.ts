import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { runTask } from "../core/run-task.ts";

const demands = new WeakMap<GraphSnapshot, Float64Array | Promise<Float64Array>>();

/**
 * Per skill the share of all roles that name it or that nobody can fill without it. Every role counts the same:
 * what documents say of pay and demand is in words, or in currencies and years that do not compare. Worked out
 * once for each snapshot: a promise for the first who ask of a large graph.
 */
export function marketDemandOf(snapshot: GraphSnapshot): Float64Array | Promise<Float64Array> {
  let demand = demands.get(snapshot);
  if (demand === undefined) {
    const { graph, firstRole, firstRoadmap } = snapshot;
    demand = runTask("marketDemand", graph, { first: firstRole, end: firstRoadmap });
    demands.set(snapshot, demand);
    // A failure is not kept: the next request tries again.
    if (demand instanceof Promise)
      demand.then(
        (found) => demands.set(snapshot, found),
        () => demands.delete(snapshot),
      );
  }
  return demand;
}
