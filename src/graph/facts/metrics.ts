import { endOfGroups } from "../model/fold.ts";
import { rootOf } from "../model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../model/prerequisite-graph.ts";
import { learnable } from "../walk/chaining.ts";

export interface GraphMetrics {
  readonly skills: number;
  /** Projects, roles, roadmaps: owners that are no skills. */
  readonly otherOwners: number;
  /** Leaves of requirements: each time some owner asks for a skill. */
  readonly edges: number;
  /** Inner nodes of requirements. */
  readonly groups: number;
  /** Groups that need fewer than all their members. */
  readonly alternatives: number;
  /** Skills without a requirement. */
  readonly roots: number;
  /** Skills that no other skill asks for. */
  readonly leaves: number;
  /** The latest of the earliest stages at which skills can be learned; −1 in a graph without learnable skills. */
  readonly maxDepth: number;
  /** Sets of skills that no requirement connects with one another, other owners left aside. */
  readonly components: number;
}

/** Counts the whole graph. Time and memory O(skills + groups + leaves). */
export function graphMetrics(graph: PrerequisiteGraph): GraphMetrics {
  const { skillCount, ownerCount, requirement, groupStart, groupNeed, members } = graph;
  const above = Int32Array.from({ length: skillCount }, (_, skill) => skill);
  const isAskedFor = new Uint8Array(skillCount);
  let edges = 0;
  let groups = 0;
  let alternatives = 0;
  let roots = 0;
  let components = skillCount;
  const edge = (skill: number, owner: number) => {
    edges++;
    if (owner >= skillCount) return;
    if (owner !== skill) isAskedFor[skill] = 1;
    const first = rootOf(above, owner);
    const second = rootOf(above, skill);
    if (first === second) return;
    // The lower one stays the root: subjects hang together by few foundations, so that ways stay short.
    above[Math.max(first, second)] = Math.min(first, second);
    components--;
  };
  for (let owner = 0; owner < ownerCount; owner++) {
    const reference = requirement[owner]!;
    if (reference === NONE) {
      if (owner < skillCount) roots++;
      continue;
    }
    if (reference >= 0) {
      edge(reference, owner);
      continue;
    }
    const end = endOfGroups(graph, ~reference);
    for (let g = ~reference; g < end; g++) {
      groups++;
      if (groupNeed[g]! < groupStart[g + 1]! - groupStart[g]!) alternatives++;
      for (let m = groupStart[g]!; m < groupStart[g + 1]!; m++)
        if (members[m]! >= 0) edge(members[m]!, owner);
    }
  }
  let maxDepth = -1;
  for (const stage of learnable(graph).stage) if (stage > maxDepth) maxDepth = stage;
  let leaves = 0;
  for (let skill = 0; skill < skillCount; skill++) if (isAskedFor[skill] === 0) leaves++;
  return {
    skills: skillCount,
    otherOwners: ownerCount - skillCount,
    edges,
    groups,
    alternatives,
    roots,
    leaves,
    maxDepth,
    components,
  };
}
