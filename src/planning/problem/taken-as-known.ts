import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import type { KnownImplies } from "./known-implies.ts";

export interface KnownQuestion {
  /** The skills that the learner names. Those beyond the graph, which a what-if adds, imply nothing. */
  readonly known: readonly number[];
  readonly implies: KnownImplies;
  /** Skills that do not count as known because of others; nor do those that need them, or what only these imply. */
  readonly notKnown: readonly number[];
}

/** A skill that the learner does not name, and the named one because of which it counts as known. */
export interface TakenAsKnown {
  readonly skill: number;
  readonly because: number;
}

/** Per skill its parts, as far as it has any. */
export type PartsOf = ReadonlyMap<number, readonly number[]>;

/**
 * The skills that count as known because of those that are named, each once, because of the first named skill that
 * covers it.
 *
 * A skill covers its parts and theirs, but no part that takes longer than the skill itself: that is an example of it or
 * goes beyond it, such as a product of a kind of product, or anything under a topic, which takes no time. With
 * prerequisites, a skill also covers what nobody can have skipped on the way to it, and so do its parts, as far as that
 * takes no longer than the skill that they are parts of either: relational databases do not cover all of SQL because
 * transactions stand on it. What cannot be learned without a skill that is said not to be known is not covered by anything.
 *
 * O(parts covered), a chaining for each skill covered that none before had as a prerequisite, and one for each that may be
 * covered where something is said not to be known; with a pause before each chaining.
 */
export function* takenAsKnownSearch(
  graph: PrerequisiteGraph,
  { known, implies, notKnown }: KnownQuestion,
  parts: PartsOf,
): Generator<void, TakenAsKnown[]> {
  const taken: TakenAsKnown[] = [];
  if (implies === "NOTHING") return taken;
  const named = new Set(known);
  const denied = new Set(notKnown.filter((skill) => !named.has(skill)));
  const seen = new Set([...known, ...notKnown]);
  /** Skills of which all necessary prerequisites are covered: those of one are those of its own as well. */
  const complete = new Set<number>();
  for (const because of known) {
    const covered = [{ whole: because, most: Number.POSITIVE_INFINITY }];
    for (const { whole, most } of covered) {
      if (whole >= graph.skillCount) continue;
      const costOfWhole = graph.cost[whole]!;
      const found = (parts.get(whole) ?? [])
        .filter((part) => graph.cost[part]! <= costOfWhole)
        .map((skill) => ({ skill, most: costOfWhole }));
      if (implies === "PREREQUISITES_AND_PARTS" && !complete.has(whole)) {
        yield;
        for (const skill of necessaryPrerequisites(graph, [whole]).skills) {
          if (most === Number.POSITIVE_INFINITY) complete.add(skill);
          if (graph.cost[skill]! <= most) found.push({ skill, most });
        }
      }
      for (const { skill, most } of found) {
        if (seen.has(skill)) continue;
        seen.add(skill);
        if (denied.size > 0) {
          yield;
          if (necessaryPrerequisites(graph, [skill]).skills.some((needed) => denied.has(needed))) continue;
        }
        covered.push({ whole: skill, most });
        taken.push({ skill, because });
      }
    }
  }
  return taken;
}
