import { unmetLeaves } from "../../graph/model/fold.ts";
import { ascending } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { possiblePrerequisites } from "../../graph/walk/closure.ts";
import type { ReadyQuestion } from "./ready-to-learn.ts";

/** What cannot be taken up yet. */
export interface NotReady {
  /** A skill, or a goal beyond the skills. */
  readonly owner: number;
  /** The skills that its requirement still asks for, alternatives included, in index order. */
  readonly missing: readonly number[];
}

/**
 * What is not ready: the skills on some way to the goals that are not known and whose requirement is not met, and
 * the goals that are not met; without goals every such skill. What lacks fewest skills comes first, then by index.
 * O(requirements on the way to the goals, or of all skills without goals).
 */
export function notReady(graph: PrerequisiteGraph, { known, goals }: ReadyQuestion): NotReady[] {
  const has = new Set(known);
  const found: NotReady[] = [];
  for (const owner of candidates(graph, known, goals)) {
    if (has.has(owner)) continue;
    const missing = new Set(unmetLeaves(graph, graph.requirement[owner]!, has));
    if (missing.size > 0) found.push({ owner, missing: [...missing].sort(ascending) });
  }
  return found.sort((a, b) => a.missing.length - b.missing.length || a.owner - b.owner);
}

function candidates(
  graph: PrerequisiteGraph,
  known: readonly number[],
  goals: readonly number[],
): Iterable<number> {
  if (goals.length === 0) return Array.from({ length: graph.skillCount }, (_, skill) => skill);
  return new Set([...goals, ...possiblePrerequisites(graph, goals, { known }).skills]);
}
