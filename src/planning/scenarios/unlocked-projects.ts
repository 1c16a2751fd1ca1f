import { meetsBranch, type SkillSet } from "../../graph/model/fold.ts";
import { ascending } from "../../graph/model/integers.ts";
import type { PrerequisiteGraph } from "../../graph/model/prerequisite-graph.ts";
import { unlocks } from "../../graph/walk/closure.ts";

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
    const having: SkillSet = { has: (skill) => skill === learned || known.has(skill) };
    const towards = Array.from(unlocks(graph, [learned]).others)
      .filter((owner) => isProject(owner) && !meetsBranch(graph, graph.requirement[owner]!, known))
      .sort(ascending);
    const feasible = towards.filter((owner) => meetsBranch(graph, graph.requirement[owner]!, having));
    answer.push({ feasible, towards });
    yield;
  }
  return answer;
}
