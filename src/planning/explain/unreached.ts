import { branchSkills, meetsBranch } from "../../graph/model/fold.ts";
import { Marks } from "../../graph/model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { LocalChaining } from "../../graph/walk/chaining.ts";
import type { PathQuestion, Unreachable, UnreachedGoal } from "../path-question.ts";

const known = new Marks();
const visited = new Marks();
const chaining = new LocalChaining();

/**
 * Explains why goals cannot be met: follows each unmet requirement down to avoided skills and, where none is
 * to blame, to the skills that only wait for one another.
 *
 * O(goals × what they may use) time, whatever the size of the graph.
 */
export function explainUnreached(graph: PrerequisiteGraph, question: PathQuestion): Unreachable {
  known.begin(graph.ownerCount);
  known.addAll(question.known);
  const avoided = new Set<number>();
  for (const skill of question.avoid) if (!known.has(skill)) avoided.add(skill);
  const goals = [...new Set([...question.goals, ...question.choose])].filter((goal) => !known.has(goal));
  const owners = mayUse(graph, goals, avoided);
  chaining.run(graph, owners, known, true);
  const met = new Set(question.known);
  for (let place = 0; place < owners.length; place++)
    if (chaining.rankAt(place) >= 0) met.add(owners[place]!);
  const unreached: UnreachedGoal[] = [];
  for (const goal of goals)
    if (!met.has(goal)) unreached.push({ goal, missing: missingFor(graph, goal, avoided, met) });
  return { kind: "unreachable", unreached };
}

/** The goals and all that can be used for them, not through known or avoided skills. */
function mayUse(graph: PrerequisiteGraph, goals: readonly number[], avoided: ReadonlySet<number>): number[] {
  const owners: number[] = [];
  visited.begin(graph.ownerCount);
  const add = (owner: number) => {
    if (!known.has(owner) && !avoided.has(owner) && visited.add(owner)) owners.push(owner);
  };
  goals.forEach(add);
  for (const owner of owners)
    if (graph.requirement[owner] !== NONE) branchSkills(graph, graph.requirement[owner]!).forEach(add);
  return owners;
}

function missingFor(
  graph: PrerequisiteGraph,
  goal: number,
  avoided: ReadonlySet<number>,
  met: ReadonlySet<number>,
): UnreachedGoal["missing"] {
  if (avoided.has(goal)) return [{ skill: goal, cause: "AVOIDED" }];
  const waiting = new Set<number>([goal]);
  const blamed = new Set<number>();
  /** Per unmet skill: the unmet owners seen so far that wait for it. */
  const waitsFor = new Map<number, Set<number>>();
  for (const owner of waiting) {
    for (const skill of unmetSkills(graph, owner, met)) {
      let dependents = waitsFor.get(skill);
      if (dependents === undefined) {
        dependents = new Set();
        waitsFor.set(skill, dependents);
      }
      dependents.add(owner);
      if (avoided.has(skill)) blamed.add(skill);
      else waiting.add(skill);
    }
  }
  // Whoever waits for an avoided skill, even indirectly, is explained by it.
  const explained = new Set<number>();
  const spread = [...blamed];
  for (let skill = spread.pop(); skill !== undefined; skill = spread.pop()) {
    for (const owner of waitsFor.get(skill) ?? []) {
      if (explained.has(owner)) continue;
      explained.add(owner);
      spread.push(owner);
    }
  }
  // Of the rest, what nothing unexplained waits for only inherits the trouble: what remains is the loop.
  const rest = new Set([...waiting].filter((owner) => !explained.has(owner)));
  let peeled = true;
  while (peeled) {
    peeled = false;
    for (const owner of rest) {
      const dependents = waitsFor.get(owner);
      if (dependents !== undefined && [...dependents].some((dependent) => rest.has(dependent))) continue;
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

/** The skills below the unmet groups of an owner's requirement that are not met themselves. */
function unmetSkills(graph: PrerequisiteGraph, owner: number, met: ReadonlySet<number>): number[] {
  const skills: number[] = [];
  const stack = [graph.requirement[owner]!];
  for (let reference = stack.pop(); reference !== undefined; reference = stack.pop()) {
    if (reference === NONE || meetsBranch(graph, reference, met)) continue;
    if (reference >= 0) skills.push(reference);
    else
      for (let m = graph.groupStart[~reference]!; m < graph.groupStart[~reference + 1]!; m++)
        stack.push(graph.members[m]!);
  }
  return skills;
}
