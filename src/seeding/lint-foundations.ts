import { necessaryPrerequisites } from "../graph/facts/necessity.ts";
import type { PrerequisiteGraph } from "../graph/model/prerequisite-graph.ts";
import { LocalChaining, learnable } from "../graph/walk/chaining.ts";
import { Level } from "../store/generated/client/enums.ts";
import type { CombinedGraph } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import { findingIn, type ReadRow, type ReadRows, type RowOf } from "./read-rows.ts";

/** The levels, the easiest first. */
const LEVELS: readonly Level[] = [Level.BEGINNER, Level.INTERMEDIATE, Level.ADVANCED];

type Skill = RowOf<"skills">;

/**
 * Skills whose level is below that of what every way to them passes. Skills without a level are never found, and
 * never hide what is behind them. O(levels × graph), and for each finding O(all that it requires, directly or not).
 */
export function levelsBelowPrerequisites(rows: ReadRows, combined: CombinedGraph): Finding[] {
  const { graph, owners } = combined;
  const skills = skillsByIndex(rows, combined);
  const isLearnable = learnable(graph).rank;
  const rankOf = (index: number) => LEVELS.indexOf(skills.get(index)?.row?.level ?? Level.BEGINNER);
  return LEVELS.slice(0, -1).flatMap((level, rank) => {
    const isReached = reachedWithout(graph, (index) => rankOf(index) > rank);
    return [...skills].flatMap(([index, read]) => {
      if (read.row?.level !== level || isLearnable[index] === -1 || isReached(index)) return [];
      const harder = [...necessaryPrerequisites(graph, [index]).skills].find((other) => rankOf(other) > rank);
      const why =
        harder === undefined
          ? "each of its alternatives passes a skill of a higher level"
          : `"${owners[harder]!.slug}", which it needs in any case, is ${LEVELS[rankOf(harder)]}`;
      const message = `expected the level of what it requires, but it is ${level} and ${why}`;
      return [findingIn("skills", read, ["level"], "level-below-prerequisite", message, "warning")];
    });
  });
}

/**
 * Skills above BEGINNER that can be learned without any programming language of the graph, in some way, and do not say
 * why under `needsNoFoundation`. In a graph without languages, the BEGINNER skills count instead. O(graph).
 */
export function withoutFoundation(rows: ReadRows, combined: CombinedGraph): Finding[] {
  const skills = skillsByIndex(rows, combined);
  const given = [...skills.values()].flatMap(({ row }) => row ?? []);
  const hasLanguages = given.some(({ kind }) => kind === "LANGUAGE");
  const isFoundation = ({ kind, level }: Skill) =>
    hasLanguages ? kind === "LANGUAGE" : level === Level.BEGINNER;
  if (!given.some(isFoundation)) return [];
  const isReached = reachedWithout(combined.graph, (index) => {
    const row = skills.get(index)?.row;
    return row !== undefined && isFoundation(row);
  });
  const expected = hasLanguages ? "a programming language" : "a skill of level BEGINNER";
  return [...skills].flatMap(([index, read]) => {
    const { level, kind, needsNoFoundation } = read.row ?? {};
    const presumes = level !== undefined && level !== Level.BEGINNER && kind !== "TOPIC";
    if (!presumes || needsNoFoundation !== undefined || !isReached(index)) return [];
    const message = `expected ${expected} among what it requires in any case, because it is ${level}: require one, or say under needsNoFoundation why it needs none`;
    return [findingIn("skills", read, ["level"], "needs-no-foundation", message, "warning")];
  });
}

function skillsByIndex(
  { skills }: ReadRows,
  { indexOfSkill }: CombinedGraph,
): ReadonlyMap<number, ReadRow<Skill>> {
  return new Map(
    skills.flatMap((read) => {
      const index = indexOfSkill.get(read.slug ?? "");
      return index === undefined || read.row === undefined ? [] : [[index, read] as const];
    }),
  );
}

/** What can be learned from nothing without these skills. */
function reachedWithout(
  graph: PrerequisiteGraph,
  isBarred: (skill: number) => boolean,
): (skill: number) => boolean {
  const chaining = new LocalChaining();
  const allowed = Array.from({ length: graph.skillCount }, (_, skill) => skill);
  chaining.run(
    graph,
    allowed.filter((skill) => !isBarred(skill)),
    [],
  );
  return (skill) => chaining.rankOf(skill) >= 0;
}
