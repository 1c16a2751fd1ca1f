import { findUnlearnable, learnable, type Unlearnable } from "../graph/learnability.ts";
import { buildPrerequisiteGraph, type PrerequisiteGraph } from "../graph/prerequisite-graph.ts";
import type { Requirement } from "../graph/requirement.ts";
import { learningPathSearch } from "./learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget } from "./limits.ts";
import { type PathDifference, pathDifference } from "./path-difference.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "./path-question.ts";
import { bothOf, requirementTree, withoutSkills } from "./requirement-tree.ts";

/** A what-if is a handful of edits; a new graph is an import. */
export const MAX_HYPOTHETICAL_CHANGES = 100;

/**
 * One change to the graph. Skills keep their indices, and the n-th skill added, from 0, is `skillCount + n`: so
 * may requirements, and what is known, chosen and avoided, name it. `owner` is an owner of today's graph.
 */
export type HypotheticalChange =
  | { readonly kind: "ADD_SKILL"; readonly cost: number; readonly requirement?: Requirement<number> }
  /** Nobody asks for it any more, see `withoutSkills`, and so no path has it. */
  | { readonly kind: "REMOVE_SKILL"; readonly skill: number }
  | { readonly kind: "SET_COST"; readonly owner: number; readonly cost: number }
  | { readonly kind: "SET_REQUIREMENT"; readonly owner: number; readonly requirement?: Requirement<number> }
  /** Needed besides what is needed today. */
  | { readonly kind: "ADD_PREREQUISITE"; readonly owner: number; readonly requirement: Requirement<number> }
  /** The owner no longer asks for the skill, see `withoutSkills`. */
  | { readonly kind: "DROP_PREREQUISITE"; readonly owner: number; readonly skill: number };

/** A graph as it would be. */
export interface HypotheticalGraph {
  readonly graph: PrerequisiteGraph;
  /** Skills that are no longer there, in index order; they keep their places. */
  readonly removed: readonly number[];
  /** The index of an owner of today's graph: skills keep theirs, the others move up behind the added skills. */
  ownerIndex(owner: number): number;
  /** The other way round; undefined for an added skill. */
  todaysOwner(index: number): number | undefined;
}

/**
 * The graph with changes applied one after the other; the graph given stays as it is. Built anew: time and memory
 * O(graph), some 10 ms at 15,000 skills. Throws a RangeError on an index that is not there, a cost that is not
 * whole or negative, a group that needs more than it has, and more than `MAX_HYPOTHETICAL_CHANGES` changes.
 */
export function hypotheticalGraph(
  graph: PrerequisiteGraph,
  changes: readonly HypotheticalChange[],
): HypotheticalGraph {
  if (changes.length > MAX_HYPOTHETICAL_CHANGES)
    throw new RangeError(`expected at most ${MAX_HYPOTHETICAL_CHANGES} changes, got ${changes.length}`);
  const { skillCount } = graph;
  const owners = Array.from({ length: graph.ownerCount }, (_, owner) => ({
    cost: graph.cost[owner]!,
    requirement: requirementTree(graph, owner),
  }));
  const added: { cost: number; requirement: Requirement<number> | undefined }[] = [];
  const removed = new Set<number>();
  const ownerAt = (owner: number) => {
    const found = owners[owner];
    if (found === undefined) throw new RangeError(`expected an owner below ${owners.length}, got ${owner}`);
    return found;
  };
  for (const change of changes) {
    switch (change.kind) {
      case "ADD_SKILL":
        added.push({ cost: change.cost, requirement: change.requirement });
        break;
      case "REMOVE_SKILL":
        if (change.skill >= skillCount || !(change.skill in owners))
          throw new RangeError(`expected a skill below ${skillCount}, got ${change.skill}`);
        removed.add(change.skill);
        break;
      case "SET_COST":
        ownerAt(change.owner).cost = change.cost;
        break;
      case "SET_REQUIREMENT":
        ownerAt(change.owner).requirement = change.requirement;
        break;
      case "ADD_PREREQUISITE": {
        const owner = ownerAt(change.owner);
        owner.requirement = bothOf(owner.requirement, change.requirement);
        break;
      }
      case "DROP_PREREQUISITE": {
        const owner = ownerAt(change.owner);
        owner.requirement &&= withoutSkills(owner.requirement, new Set([change.skill]));
      }
    }
  }
  const all = [...owners.slice(0, skillCount), ...added, ...owners.slice(skillCount)];
  if (removed.size > 0)
    all.forEach((owner, index) => {
      // A removed skill stays in its place, and asks for nothing.
      if (removed.has(index)) owner.requirement = undefined;
      else owner.requirement &&= withoutSkills(owner.requirement, removed);
    });
  return {
    graph: buildPrerequisiteGraph(skillCount + added.length, all),
    removed: [...removed].sort((a, b) => a - b),
    ownerIndex: (owner) => (owner < skillCount ? owner : owner + added.length),
    todaysOwner: (index) => {
      if (index < skillCount) return index;
      return index < skillCount + added.length ? undefined : index - added.length;
    },
  };
}

export interface WhatIf {
  readonly kind: "what-if";
  readonly today: SolvedPath | Unreachable;
  /** The answer over the changed graph, in its indices. */
  readonly then: SolvedPath | Unreachable;
  readonly changed: HypotheticalGraph;
  /** What the change does to the path; undefined unless there is one before and after. */
  readonly difference: PathDifference | undefined;
  /** The goals that the change removes, in the order asked; they are not asked for then. */
  readonly goalsRemoved: readonly number[];
  /**
   * The skills that today can be learned and then cannot, in index order, added ones included, and why one of
   * those that cannot be learned cannot: such a change would be refused.
   */
  readonly unlearnable: readonly number[];
  readonly reason: Unlearnable["reason"] | undefined;
}

/**
 * Answers a question over the graph as it would be, and over today's. `question` names goals by today's owners;
 * what is known, chosen and avoided may also be added skills. Two searches; yields often.
 */
export function* whatIfSearch(
  graph: PrerequisiteGraph,
  changes: readonly HypotheticalChange[],
  question: PathQuestion,
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, WhatIf> {
  const changed = hypotheticalGraph(graph, changes);
  const { removed, ownerIndex } = changed;
  const isRemoved = new Set(removed);
  const isOld = (skill: number) => skill < graph.skillCount;
  const today = yield* learningPathSearch(
    graph,
    {
      goals: question.goals,
      known: question.known.filter(isOld),
      choose: question.choose.filter(isOld),
      avoid: question.avoid.filter(isOld),
    },
    budget,
  );
  const then = yield* learningPathSearch(
    changed.graph,
    {
      goals: question.goals.filter((goal) => !isRemoved.has(goal)).map(ownerIndex),
      known: question.known.filter((skill) => !isRemoved.has(skill)),
      choose: question.choose.filter((skill) => !isRemoved.has(skill)),
      avoid: question.avoid,
    },
    budget,
  );
  const before = learnable(graph).rank;
  const cannot = findUnlearnable(changed.graph);
  const unlearnable = Array.from(cannot?.skills ?? []).filter(
    (skill) => !isOld(skill) || before[skill] !== -1,
  );
  return {
    kind: "what-if",
    today,
    then,
    changed,
    difference: today.kind === "path" && then.kind === "path" ? pathDifference(today, then) : undefined,
    goalsRemoved: question.goals.filter((goal) => isRemoved.has(goal)),
    unlearnable,
    reason: unlearnable.length > 0 ? cannot?.reason : undefined,
  };
}
