import {
  chooseProjects,
  type Milestone,
  milestones,
  type ProjectChoice,
  type ProjectPractice,
} from "../../planning/time/milestones.ts";
import { inTurn } from "../../workers/slices.ts";
import type { Context } from "../context.ts";
import { indexOfId } from "../core/entity.ts";
import { memo } from "../core/memo.ts";
import type { AnsweredPath } from "./learning-path.ts";

/** The projects that a path makes feasible, each at the earliest point. One statement. */
export const milestonesOf = memo(async (path: AnsweredPath, context: Context): Promise<Milestone[]> => {
  const { snapshot } = context;
  const practises = await practisedSteps(path, context);
  const projects = snapshot.projects.slugs.map((_, project): ProjectPractice => {
    const owner = snapshot.firstProject + project;
    return { owner, practises: practises.get(owner) ?? [] };
  });
  return inTurn(() => milestones(snapshot.graph, path.solved.skills, path.question.known, projects));
});

/** The few projects that practise most of a path; no more than `atMost`. */
export async function fewProjectsOf(
  path: AnsweredPath,
  context: Context,
  atMost?: number,
): Promise<ProjectChoice> {
  const feasible = await milestonesOf(path, context);
  return inTurn(() => chooseProjects(context.snapshot.graph, path.solved.skills, feasible, atMost));
}

/** Per project, by owner, the steps that it practises. */
async function practisedSteps(
  { solved }: AnsweredPath,
  { snapshot, loaders }: Context,
): Promise<Map<number, number[]>> {
  const rows = await Promise.all(
    solved.skills.map((skill) => loaders.practisesBySkill.load(snapshot.skills.ids[skill]!)),
  );
  const practises = new Map<number, number[]>();
  for (const [at, list] of rows.entries())
    for (const { projectId } of list) {
      const project = indexOfId(snapshot.projects, projectId);
      if (project === undefined) continue;
      const owner = snapshot.firstProject + project;
      const skills = practises.get(owner);
      if (skills === undefined) practises.set(owner, [solved.skills[at]!]);
      else skills.push(solved.skills[at]!);
    }
  return practises;
}
