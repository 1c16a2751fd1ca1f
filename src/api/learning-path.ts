import { alternativesSearch, type RejectedAlternative } from "../planning/alternatives.ts";
import { type StepReason, stepReasons } from "../planning/because.ts";
import { learningPathSearch } from "../planning/learning-path.ts";
import type { PathQuestion, SolvedPath, Unreachable } from "../planning/path-question.ts";
import type { GraphSnapshot } from "../store/graph-snapshot.ts";
import { UnreachableGoalError, ValidationError } from "./errors.ts";
import { ownerHandle, SkillHandle, slugOf } from "./handles.ts";
import { type GoalInput, parseGoals, parseSkills, withImplied } from "./learner-input.ts";
import { MAX_WEEKLY_HOURS } from "./limits.ts";
import { shareThread } from "./share-thread.ts";

export interface LearningPathInput {
  readonly goals: readonly GoalInput[];
  readonly known?: readonly string[] | null;
  readonly choose?: readonly string[] | null;
  readonly avoid?: readonly string[] | null;
  readonly knownImpliesPrerequisites?: boolean | null;
  readonly weeklyHours?: number | null;
  readonly startOn?: string | null;
}

/** A solved path together with what was asked; what only some requests select is worked out once, on demand. */
export interface AnsweredPath {
  readonly question: PathQuestion;
  readonly solved: SolvedPath;
  reasons?: StepReason[];
  alternatives?: RejectedAlternative[][] | Promise<RejectedAlternative[][]>;
}

/** The question of an input. Throws ValidationError and NotFoundError. */
export function parseQuestion(snapshot: GraphSnapshot, input: LearningPathInput): PathQuestion {
  const { weeklyHours } = input;
  if (weeklyHours != null && !(weeklyHours > 0 && weeklyHours <= MAX_WEEKLY_HOURS))
    throw new ValidationError({
      argument: "input.weeklyHours",
      expected: `more than 0 and at most ${MAX_WEEKLY_HOURS}`,
      received: weeklyHours,
    });
  const goals = parseGoals(snapshot, input.goals, "input.goals");
  const known = parseSkills(snapshot, input.known ?? [], "input.known");
  const choose = parseSkills(snapshot, input.choose ?? [], "input.choose");
  const avoid = parseSkills(snapshot, input.avoid ?? [], "input.avoid");
  const contradicted = choose.find((skill) => avoid.includes(skill));
  if (contradicted !== undefined)
    throw new ValidationError({
      argument: "input.avoid",
      expected: "without any skill of input.choose",
      received: snapshot.skills.slugs[contradicted]!,
    });
  return {
    goals,
    known: withImplied(snapshot, known, input.knownImpliesPrerequisites ?? false),
    choose,
    avoid,
  };
}

/** Solves a question. Throws UnreachableGoalError. A promise only where the search takes long. */
export function answerPath(
  snapshot: GraphSnapshot,
  question: PathQuestion,
): AnsweredPath | Promise<AnsweredPath> {
  const outcome = shareThread(learningPathSearch(snapshot.graph, question));
  const answer = (solved: SolvedPath | Unreachable): AnsweredPath => {
    if (solved.kind === "unreachable") throw unreachable(snapshot, solved);
    return { question, solved };
  };
  return outcome instanceof Promise ? outcome.then(answer) : answer(outcome);
}

/** Why each step is there, in the order of the steps. */
export function reasonsOf({ graph }: GraphSnapshot, path: AnsweredPath): StepReason[] {
  path.reasons ??= stepReasons(graph, path.question, path.solved.skills);
  return path.reasons;
}

/** What could have taken the place of each step. A promise only where the search takes long. */
export function alternativesOf(
  { graph }: GraphSnapshot,
  path: AnsweredPath,
): RejectedAlternative[][] | Promise<RejectedAlternative[][]> {
  path.alternatives ??= shareThread(alternativesSearch(graph, path.question, path.solved));
  return path.alternatives;
}

function unreachable(snapshot: GraphSnapshot, { unreached }: Unreachable): UnreachableGoalError {
  const goals = unreached.map(({ goal, missing }) => ({
    goal: ownerHandle(snapshot, goal),
    missing: missing.map(({ skill, cause }) => ({ skill: new SkillHandle(skill), cause })),
  }));
  const first = goals[0]!;
  const why = first.missing
    .map(({ skill, cause }) => `${slugOf(snapshot, skill)} is ${cause === "AVOIDED" ? "avoided" : "unmet"}`)
    .join(", ");
  const more = goals.length > 1 ? ` (and ${goals.length - 1} more)` : "";
  return new UnreachableGoalError(
    `No path reaches ${first.goal.__typename.toLowerCase()} ${slugOf(snapshot, first.goal)}${more}: ${why}.`,
    goals,
  );
}
