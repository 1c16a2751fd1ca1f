import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";

/** How an author's order goes with what the graph needs. */
export interface AgainstPrerequisites {
  /** The pairs of skills in different steps of which one needs the other, whatever is chosen. */
  readonly pairs: number;
  /** Those of them that the author has the other way round, in the author's order of what needs the other. */
  readonly inversions: readonly { readonly prerequisite: number; readonly dependent: number }[];
}

/**
 * Compares an ordered roadmap, given as the skills of each of its steps, with the necessary prerequisites of its skills; a
 * skill counts where it is named first. Yields after each skill, whose prerequisites are one pass over what leads to it.
 */
export function* againstPrerequisites(
  graph: PrerequisiteGraph,
  roadmap: readonly (readonly number[])[],
): Generator<void, AgainstPrerequisites> {
  const stepOf = new Map<number, number>();
  roadmap.forEach((skills, step) => {
    for (const skill of skills) if (!stepOf.has(skill)) stepOf.set(skill, step);
  });
  let pairs = 0;
  const inversions: { prerequisite: number; dependent: number }[] = [];
  for (const [dependent, step] of stepOf) {
    for (const prerequisite of necessaryPrerequisites(graph, [dependent]).skills) {
      const before = stepOf.get(prerequisite) ?? step;
      if (before === step) continue;
      pairs++;
      if (before > step) inversions.push({ prerequisite, dependent });
    }
    yield;
  }
  return { pairs, inversions };
}
