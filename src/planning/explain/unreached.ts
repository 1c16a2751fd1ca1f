import { type SkillSet, unmetLeaves } from "../../graph/model/fold.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { LocalChaining } from "../../graph/walk/chaining.ts";
import type { PathQuestion, Unreachable, UnreachedGoal } from "../path-question.ts";

const chaining = new LocalChaining();
/** The skills that are known, or that chaining has reached. */
const met: SkillSet = { has: (skill) => chaining.isKnown(skill) || chaining.rankOf(skill) >= 0 };

/**
 * Explains why goals cannot be met: follows each unmet requirement down to avoided skills and, where none is
 * to blame, to the skills that only wait for one another.
 *
 * O(goals × what they may use) time, whatever the size of the graph.
 */
export function explainUnreached(graph: PrerequisiteGraph, question: PathQuestion): Unreachable {
  const { known } = question;
  const isKnown = new Set(known);
  const avoided = new Set(question.avoid.filter((skill) => !isKnown.has(skill)));
  const goals = [...new Set([...question.goals, ...question.choose])].filter((goal) => !isKnown.has(goal));
  chaining.runBehind(
    graph,
    goals.filter((goal) => !avoided.has(goal)),
    { known, avoided },
  );
  const unreached = goals.filter((goal) => !met.has(goal));
  return {
    kind: "unreachable",
    unreached: unreached.map((goal) => ({ goal, missing: missingFor(graph, goal, avoided) })),
  };
}

function missingFor(
  graph: PrerequisiteGraph,
  goal: number,
  avoided: ReadonlySet<number>,
): UnreachedGoal["missing"] {
  if (avoided.has(goal)) return [{ skill: goal, cause: "AVOIDED" }];
  const waiting = new Set<number>([goal]);
  const blamed = new Set<number>();
  /** Per unmet skill: the unmet owners seen so far that wait for it. */
  const waitsFor = new Map<number, Set<number>>();
  for (const owner of waiting) {
    for (const skill of unmetLeaves(graph, graph.requirement[owner]!, met)) {
      const dependents = waitsFor.get(skill);
      if (dependents === undefined) waitsFor.set(skill, new Set([owner]));
      else dependents.add(owner);
      (avoided.has(skill) ? blamed : waiting).add(skill);
    }
  }
  // A skill that needs an avoided one, even indirectly, is explained by the avoided one.
  const explained = new Set<number>(blamed);
  for (const skill of explained) for (const owner of waitsFor.get(skill) ?? []) explained.add(owner);
  // Of the rest, what nothing unexplained waits for only inherits the trouble: what remains is the loop.
  const rest = new Set([...waiting].filter((owner) => !explained.has(owner)));
  for (let peeled = true; peeled; ) {
    peeled = false;
    for (const owner of rest) {
      if ([...(waitsFor.get(owner) ?? [])].some((dependent) => rest.has(dependent))) continue;
      rest.delete(owner);
      peeled = true;
    }
  }
  const missing = [
    ...[...blamed].map((skill) => ({ skill, cause: "AVOIDED" as const })),
    ...[...rest]
      .filter((owner) => owner < graph.skillCount)
      .map((skill) => ({ skill, cause: "UNMET" as const })),
  ];
  return missing.sort((a, b) => a.skill - b.skill);
}
