import { endOfUses, meetsBranch, ownerOfUse, type SkillSet, unmetLeaves } from "../../graph/model/fold.ts";
import { ascending } from "../../graph/model/integers.ts";
import { NONE, type PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { possiblePrerequisites, unlocks } from "../../graph/walk/closure.ts";

export interface ReadyQuestion {
  readonly known: readonly number[];
  /** Owners: what the learner aims for. Empty: anything. */
  readonly goals: readonly number[];
}

/** A skill that can be learned next. */
export interface ReadySkill {
  readonly skill: number;
  /** The skills that become ready at once when it is learned, in index order. */
  readonly readyNext: readonly number[];
  /**
   * How many skills on the way to the goals it helps towards, and their cost. `undefined` when the counting ran
   * out of its budget.
   */
  readonly unlocked: { readonly skills: number; readonly cost: number } | undefined;
}

/**
 * Uses followed while counting what is unlocked: a tenth of a second at most. Reached only in graphs of
 * thousands of skills asked about without a goal.
 */
const RANKING_BUDGET = 2_000_000;

/**
 * The outer fringe of what is known: skills not known whose requirement is met. With goals, only those that an
 * unmet part of the way to a goal asks for: a member of a group that is met already is of no use.
 *
 * Ranked by the cost of what each helps towards on the way to the goals, then by how much becomes ready at
 * once, then by index. Where the budget ran out, skills come after all others, the most asked for first.
 *
 * Time O(requirements on the way to the goals, or of all skills without goals) plus the budget.
 */
export function readyToLearn(
  graph: PrerequisiteGraph,
  question: ReadyQuestion,
  budget = RANKING_BUDGET,
): ReadySkill[] {
  const known = new Set(question.known);
  const way = question.goals.length === 0 ? everySkill(graph, known) : wayTo(graph, question.goals, known);
  const ready = [...way].filter(
    (owner) => owner < graph.skillCount && meetsBranch(graph, graph.requirement[owner]!, known),
  );
  const uses = new Map(ready.map((skill) => [skill, endOfUses(graph, skill) - graph.usedByStart[skill]!]));
  ready.sort((a, b) => uses.get(b)! - uses.get(a)! || a - b);
  const search: Search = { graph, known, way, unmet: new Map(), left: budget };
  const counted = ready.map((skill) => ({
    skill,
    readyNext: readyNext(search, skill),
    unlocked: unlockedBy(search, skill),
  }));
  return counted.sort(
    (a, b) =>
      (b.unlocked?.cost ?? -1) - (a.unlocked?.cost ?? -1) ||
      b.readyNext.length - a.readyNext.length ||
      (a.unlocked === undefined ? 0 : a.skill - b.skill),
  );
}

function everySkill(graph: PrerequisiteGraph, known: ReadonlySet<number>): Set<number> {
  const skills = new Set<number>();
  for (let skill = 0; skill < graph.skillCount; skill++) if (!known.has(skill)) skills.add(skill);
  return skills;
}

/** The goals and all skills that unmet requirements on the way to them ask for. */
function wayTo(graph: PrerequisiteGraph, goals: readonly number[], known: ReadonlySet<number>): Set<number> {
  const way = new Set(goals.filter((goal) => !known.has(goal)));
  // A set is walked in the order of insertion, what is added meanwhile included.
  for (const owner of way)
    for (const skill of unmetLeaves(graph, graph.requirement[owner]!, known)) way.add(skill);
  return way;
}

interface Search {
  readonly graph: PrerequisiteGraph;
  readonly known: ReadonlySet<number>;
  readonly way: ReadonlySet<number>;
  /** What has been found out about owners. */
  readonly unmet: Map<number, ReadonlySet<number>>;
  /** Uses that may still be followed. */
  left: number;
}

/** The skills on the way that ask for a skill and still need it. */
function* stillAsking(search: Search, skill: number): Generator<number> {
  const { graph, way, unmet, known } = search;
  for (let u = graph.usedByStart[skill]!; graph.usedBy[u] !== NONE; u++) {
    search.left--;
    const owner = ownerOfUse(graph, graph.usedBy[u]!);
    if (owner >= graph.skillCount || !way.has(owner)) continue;
    let leaves = unmet.get(owner);
    if (leaves === undefined) {
      leaves = new Set(unmetLeaves(graph, graph.requirement[owner]!, known));
      unmet.set(owner, leaves);
    }
    if (leaves.has(skill)) yield owner;
  }
}

function readyNext(search: Search, skill: number): number[] {
  const { graph, known } = search;
  const having = withSkill(known, skill);
  const next = new Set<number>();
  for (const owner of stillAsking(search, skill))
    if (meetsBranch(graph, graph.requirement[owner]!, having)) next.add(owner);
  return [...next].sort(ascending);
}

/** Walks from prerequisite to dependent along the way, through requirements that are not met yet. */
function unlockedBy(search: Search, from: number): ReadySkill["unlocked"] {
  const reached = new Set([from]);
  let cost = 0;
  for (const skill of reached) {
    if (search.left <= 0) return undefined;
    for (const owner of stillAsking(search, skill)) {
      if (reached.has(owner)) continue;
      reached.add(owner);
      cost += search.graph.cost[owner]!;
    }
  }
  return { skills: reached.size - 1, cost };
}

function withSkill(known: SkillSet, skill: number): SkillSet {
  return { has: (other) => other === skill || known.has(other) };
}

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
  const candidates =
    goals.length === 0
      ? everySkill(graph, has)
      : new Set([...goals, ...possiblePrerequisites(graph, goals, { known }).skills]);
  for (const owner of candidates) {
    if (has.has(owner)) continue;
    const missing = new Set(unmetLeaves(graph, graph.requirement[owner]!, has));
    if (missing.size > 0) found.push({ owner, missing: [...missing].sort(ascending) });
  }
  return found.sort((a, b) => a.missing.length - b.missing.length || a.owner - b.owner);
}

/** What learning a skill does for projects, in index order. */
export interface UnlockedProjects {
  /** Those that become feasible at once. */
  readonly feasible: readonly number[];
  /** Those that are not feasible yet and that the skill helps towards on some way, the feasible ones included. */
  readonly towards: readonly number[];
}

/**
 * Per skill: what learning it does for projects, alternatives included. `isProject` tells projects among the
 * owners beyond the skills. One closure for each skill; yields between them, for callers that share the thread.
 */
export function* unlockedProjectsSearch(
  graph: PrerequisiteGraph,
  skills: readonly number[],
  knownSkills: readonly number[],
  isProject: (owner: number) => boolean,
): Generator<void, UnlockedProjects[]> {
  const known = new Set(knownSkills);
  const answer: UnlockedProjects[] = [];
  for (const learned of skills) {
    const having = withSkill(known, learned);
    const towards = Array.from(unlocks(graph, [learned]).others)
      .filter((owner) => isProject(owner) && !meetsBranch(graph, graph.requirement[owner]!, known))
      .sort(ascending);
    const feasible = towards.filter((owner) => meetsBranch(graph, graph.requirement[owner]!, having));
    answer.push({ feasible, towards });
    yield;
  }
  return answer;
}
