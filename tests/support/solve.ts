import { alternativesSearch, type RejectedAlternatives } from "../../src/planning/explain/alternatives.ts";
import { learningPathSearch } from "../../src/planning/learning-path.ts";
import type { SolvedPath, Unreachable } from "../../src/planning/path-question.ts";
import { runToEnd } from "./run-to-end.ts";

/** The path that a quick search finds, in one go. */
export function solveLearningPath(...asked: Parameters<typeof learningPathSearch>): SolvedPath | Unreachable {
  return runToEnd(learningPathSearch(...asked));
}

/** What could have taken the place of each step, in one go. */
export function rejectedAlternatives(...asked: Parameters<typeof alternativesSearch>): RejectedAlternatives {
  return runToEnd(alternativesSearch(...asked));
}
