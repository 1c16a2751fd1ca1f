import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";

/** What else a learner knows who knows a skill. */
export type KnownImplies = "NOTHING" | "PARTS" | "PREREQUISITES_AND_PARTS";

export interface KnownQuestion {
  /** The skills that the learner names. Those beyond the graph, which a what-if adds, imply nothing. */
  readonly known: readonly number[];
  readonly implies: KnownImplies;
  /** Skills that do not count as known because of others, nor what they would imply. */
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
 * prerequisites, a skill also covers what nobody can have skipped on the way to it, and so do its parts.
 *
 * O(parts covered), and with prerequisites a chaining for each skill covered, with a pause before each.
 */
export function* takenAsKnownSearch(
  graph: PrerequisiteGraph,
  { known, implies, notKnown }: KnownQuestion,
  parts: PartsOf,
): Generator<void, TakenAsKnown[]> {
  const taken: TakenAsKnown[] = [];
  if (implies === "NOTHING") return taken;
  const seen = new Set([...known, ...notKnown]);
  for (const because of known) {
    const covered = [because];
    const take = (skill: number) => {
      if (seen.has(skill)) return;
      seen.add(skill);
      covered.push(skill);
      taken.push({ skill, because });
    };
    for (const whole of covered) {
      if (whole >= graph.skillCount) continue;
      for (const part of parts.get(whole) ?? []) if (graph.cost[part]! <= graph.cost[whole]!) take(part);
      if (implies !== "PREREQUISITES_AND_PARTS") continue;
      yield;
      for (const skill of necessaryPrerequisites(graph, [whole]).skills) take(skill);
    }
  }
  return taken;
}
