import { MAX_EXACT_NODES, SAMPLED_SOURCES } from "../../graph/facts/betweenness.ts";
import type { SkillMetrics as Measured } from "../../graph/facts/skill-metrics.ts";
import type { FigureOrder } from "../../loaders/pages/page.ts";
import { type GraphSnapshot, indexOfIds } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { memo, runTask } from "../core/run.ts";

/** The figures of all skills that the graph itself has, once for each revision. */
export const metricsOf = memo((snapshot: GraphSnapshot) => runTask("skillMetrics", { snapshot }));

/** The figures of all skills, by index. */
export interface Figures extends Measured {
  readonly taughtBy: Int32Array;
  readonly practisedBy: Int32Array;
}

/** All figures, once for each revision; `undefined` for a graph that is too large. */
export function figuresOf({ loaders, snapshot }: Context): Promise<Figures | undefined> {
  return allFigures(loaders, snapshot);
}

const allFigures = memo(async (loaders: Context["loaders"], snapshot: GraphSnapshot) => {
  const [measured, counts] = await Promise.all([metricsOf(snapshot), loaders.skillCounts()]);
  if (measured === undefined) return undefined;
  const places = indexOfIds(snapshot.skills.ids);
  const byIndex = (countOf: ReadonlyMap<number, number>) => {
    const values = new Int32Array(snapshot.skills.ids.length);
    for (const [id, count] of countOf) {
      // A skill that is younger than the snapshot has no place.
      const place = places[id] ?? -1;
      if (place >= 0) values[place] = count;
    }
    return values;
  };
  return { ...measured, taughtBy: byIndex(counts.taughtBy), practisedBy: byIndex(counts.practisedBy) };
});

/** A figure: the field that has it, what it says, and where it stands. */
interface Figure<Field extends string = string> {
  readonly field: Field;
  readonly type: "Int" | "Float";
  readonly description: string;
  readonly of: (all: Figures) => Int32Array | Float64Array;
}

function figure<const Field extends string>(
  field: Field,
  type: Figure["type"],
  description: string,
  of: Figure["of"],
): Figure<Field> {
  return { field, type, description, of };
}

/** The figures of a skill, by the order that goes by each. What an export says of skills is the same. */
export const FIGURES = {
  DEPENDENT_SKILLS: figure(
    "dependents",
    "Int",
    "How many skills name it in their own requirement.",
    (all) => all.dependents,
  ),
  BLOCKING_FACTOR: figure(
    "blockingFactor",
    "Int",
    "How many skills have it before them, directly or through others.",
    (all) => all.blocking,
  ),
  DELAY_FACTOR: figure(
    "delayFactor",
    "Int",
    "How many skills the longest chain of prerequisites through it has, itself included.",
    (all) => all.delay,
  ),
  STRUCTURAL_COMPLEXITY: figure(
    "structuralComplexity",
    "Int",
    "The sum of `blockingFactor` and `delayFactor`.",
    (all) => all.complexity,
  ),
  CENTRALITY: figure(
    "centrality",
    "Float",
    "How many skills the chains of prerequisites through it have together, each from a skill that has nothing before it to one that has nothing after it. 0 where such a chain begins or ends.",
    (all) => all.centrality,
  ),
  REDUNDANT_PREREQUISITES: figure(
    "redundantPrerequisites",
    "Int",
    "How many of its prerequisites follow from others of them.",
    (all) => all.redundant,
  ),
  BETWEENNESS: figure(
    "betweenness",
    "Float",
    `The share of the shortest ways between two other skills that pass it, from 0 to 1. In a graph of more than ${MAX_EXACT_NODES} skills an estimate from ${SAMPLED_SOURCES} of them.`,
    (all) => all.betweenness,
  ),
  TAUGHT_BY: figure("taughtBy", "Int", "How many resources teach it.", (all) => all.taughtBy),
  PRACTISED_BY: figure("practisedBy", "Int", "How many projects practise it.", (all) => all.practisedBy),
} satisfies Record<Exclude<FigureOrder, "DEPENDENTS">, Figure>;

export type FigureField = (typeof FIGURES)[keyof typeof FIGURES]["field"];
