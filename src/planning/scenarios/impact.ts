import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { unlocks } from "../../graph/walk/closure.ts";
import { learningPathSearch } from "../learning-path.ts";
import { DEFAULT_SEARCH_BUDGET, type SearchBudget, shares } from "../limits.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../path-question.ts";
import { type HypotheticalChange, hypotheticalGraph } from "./hypothetical-graph.ts";
import { newlyUnlearnable, type WhatIf } from "./what-if.ts";

/** A question whose cheapest path is another after the changes. */
interface ChangedPath {
  /** Its place among the questions. */
  readonly question: number;
  /** The cost before and after, in hundredths of an hour; undefined where the goals are out of reach. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

export interface Impact extends Pick<WhatIf, "unlearnable" | "loop"> {
  readonly kind: "impact";
  /** In the order of the questions. */
  readonly changed: readonly ChangedPath[];
}

/**
 * Which of many questions, asked over today's graph, have a path of other skills or other hours over the graph as changes
 * would make it. Questions whose goals depend on nothing that changes are not searched. The others, two searches each, share
 * the budget: where it is used up, a difference may be one of what was found and not of what there is. Yields often.
 */
export function* impactSearch(
  graph: PrerequisiteGraph,
  changes: readonly HypotheticalChange[],
  questions: readonly PathQuestion[],
  budget: SearchBudget = DEFAULT_SEARCH_BUDGET,
): Generator<void, Impact> {
  const hypothetical = hypotheticalGraph(graph, changes);
  yield;
  const touched = touchedOwners(graph, changes);
  const isTouched = ({ goals, choose }: PathQuestion) =>
    goals.some((goal) => touched.has(goal)) || choose.some((skill) => touched.has(skill));
  const asked = [...questions.entries()].filter(([, question]) => isTouched(question));
  const share = shares(budget, 2 * asked.length);
  const isRemoved = new Set(hypothetical.removed);
  const isLeft = (skill: number) => !isRemoved.has(skill);
  const changed: ChangedPath[] = [];
  for (const [at, question] of asked) {
    // An easy search does not pause by itself.
    yield;
    const before = yield* learningPathSearch(graph, question, share());
    const after = yield* learningPathSearch(
      hypothetical.graph,
      {
        goals: question.goals.filter(isLeft).map(hypothetical.ownerIndex),
        known: question.known.filter(isLeft),
        choose: question.choose.filter(isLeft),
        avoid: question.avoid,
      },
      share(),
    );
    if (!isSamePath(before, after))
      changed.push({ question: at, before: costOf(before), after: costOf(after) });
  }
  return { kind: "impact", changed, ...newlyUnlearnable(graph, hypothetical) };
}

/**
 * Today's owners that may depend on what changes: those that change and all above them. What is above in the changed graph
 * is among them, since its way down to the first that changes is as it was.
 */
function touchedOwners(
  graph: PrerequisiteGraph,
  changes: readonly HypotheticalChange[],
): ReadonlySet<number> {
  const changing = changes.flatMap((change) => {
    if ("owner" in change) return [change.owner];
    return change.kind === "REMOVE_SKILL" ? [change.skill] : [];
  });
  const { skills, others } = unlocks(
    graph,
    changing.filter((owner) => owner < graph.skillCount),
  );
  return new Set([...changing, ...skills, ...others]);
}

function isSamePath(before: SolvedPath | Unreachable, after: SolvedPath | Unreachable): boolean {
  if (before.kind === "unreachable" || after.kind === "unreachable") return before.kind === after.kind;
  const skills = new Set(before.skills);
  return (
    before.cost === after.cost &&
    before.skills.length === after.skills.length &&
    after.skills.every((skill) => skills.has(skill))
  );
}

function costOf(path: SolvedPath | Unreachable): number | undefined {
  return path.kind === "path" ? path.cost : undefined;
}
