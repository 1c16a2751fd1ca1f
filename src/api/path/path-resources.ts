import {
  type PathResources,
  pathResources,
  type ResourcePreferences,
} from "../../planning/cover/path-resources.ts";
import type { Resource } from "../../store/generated/client/client.ts";
import { inTurn } from "../../workers/slices.ts";
import type { Context } from "../context.ts";
import { ownerOfId } from "../core/entity.ts";
import { memo } from "../core/memo.ts";
import type { AnsweredPath } from "./learning-path.ts";

/** The resources chosen for a path, with the rows that their indices mean. */
export interface ChosenResources {
  readonly rows: readonly Resource[];
  readonly chosen: PathResources;
}

/** The resources that teach some step of a path, in the order of ids, and what of it each teaches. */
const teachersOf = memo(async ({ solved }: AnsweredPath, { snapshot, loaders }: Context) => {
  const teachings = await Promise.all(
    solved.skills.map((skill) => loaders.teachesBySkill.load(snapshot.skills.ids[skill]!)),
  );
  const teaches = new Map<number, number[]>();
  for (const { resourceId, skillId } of teachings.flat()) {
    const skill = ownerOfId(snapshot, "Skill", skillId);
    if (skill === undefined) continue;
    const skills = teaches.get(resourceId);
    if (skills === undefined) teaches.set(resourceId, [skill.index]);
    else skills.push(skill.index);
  }
  const ids = [...teaches.keys()].sort((a, b) => a - b);
  const rows = (await Promise.all(ids.map((id) => loaders.resources.load(id)))).flatMap((row) => row ?? []);
  return { rows, teaches };
});

const chosenOf = memo((_path: AnsweredPath) => new Map<string, Promise<ChosenResources>>());

/**
 * The fewest resources under a learner's preferences that teach a path. Two statements for any number of steps;
 * equal preferences are worked out once.
 */
export function resourcesOf(
  path: AnsweredPath,
  context: Context,
  preferences: ResourcePreferences = path.request.preferences,
): Promise<ChosenResources> {
  const known = chosenOf(path);
  const key = JSON.stringify(preferences);
  let chosen = known.get(key);
  if (chosen === undefined) {
    chosen = choose(path, context, preferences);
    known.set(key, chosen);
  }
  return chosen;
}

async function choose(path: AnsweredPath, context: Context, preferences: ResourcePreferences) {
  const { rows, teaches } = await teachersOf(path, context);
  const candidates = rows.map(({ id, kind, cost, language }) => ({
    kind,
    cost: cost ?? undefined,
    language: language ?? undefined,
    teaches: teaches.get(id)!,
  }));
  return { rows, chosen: await inTurn(() => pathResources(path.solved.skills, candidates, preferences)) };
}
