import type { PrerequisiteGraph } from "../../src/graph/model/prerequisite-graph.ts";
import type { Requirement } from "../../src/graph/model/requirement.ts";
import { withRequirements } from "../../src/graph/model/with-requirement.ts";

/** The graph with one owner's requirement replaced, or dropped when undefined. */
export function withRequirement(
  graph: PrerequisiteGraph,
  owner: number,
  requirement: Requirement<number> | undefined,
): PrerequisiteGraph {
  return withRequirements(graph, new Map([[owner, requirement]]));
}
