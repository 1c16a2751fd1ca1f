import { marketDemand } from "../planning/objective.ts";
import type { GraphSnapshot } from "../store/graph-snapshot.ts";

const demands = new WeakMap<GraphSnapshot, Float64Array>();

/**
 * Per skill the share of all roles that name it or that nobody can fill without it. Every role counts the same:
 * what documents say of pay and demand is in words, or in currencies and years that do not compare. Worked out
 * once for each snapshot.
 */
export function marketDemandOf(snapshot: GraphSnapshot): Float64Array {
  let demand = demands.get(snapshot);
  if (demand === undefined) {
    const roles = snapshot.roles.slugs.map((_, role) => ({ owner: snapshot.firstRole + role, weight: 1 }));
    demand = marketDemand(snapshot.graph, roles);
    demands.set(snapshot, demand);
  }
  return demand;
}
