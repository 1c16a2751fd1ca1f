import type { Context } from "../api/context.ts";
import { nameOf, ownerHandle, rowId, slugOf } from "../api/core/entity.ts";
import type { AnsweredPath } from "../api/path/path.ts";
import { type ChosenResources, resourcesOf } from "../api/path/resources.ts";
import { planStepsOf } from "../api/path/schedule.ts";
import { reasonsOf } from "../api/path/step.ts";
import type { ExportedItem, ExportedPlan } from "../interchange/exported-plan.ts";
import type { PlanStep } from "../planning/time/milestones.ts";
import type { Schedule } from "../planning/time/schedule.ts";

/** Resources listed with one step: those chosen for the path, and no more. */
const MAX_STEP_RESOURCES = 3;

/** A plan with what a reader sees. Statements for four kinds of row, however many steps there are. */
export async function exportedPlan(
  path: AnsweredPath,
  context: Context,
  schedule: Schedule | undefined,
): Promise<ExportedPlan> {
  const { snapshot } = context;
  const goals = path.question.goals.map((goal) => ownerHandle(snapshot, goal));
  const resources = await resourcesOf(path, context);
  const place = new Map(path.solved.skills.map((skill, at) => [skill, at]));
  const steps = await planStepsOf(path, context);
  return {
    title: list(goals.map((goal) => nameOf(snapshot, goal))),
    key: goals
      .map((goal) => `${goal.__typename.toLowerCase()}:${slugOf(snapshot, goal)}`)
      .sort()
      .join(),
    revision: snapshot.revision,
    items: await Promise.all(
      steps.map((step) =>
        step.kind === "PROJECT"
          ? projectItem(step, context)
          : skillItem(step, place.get(step.owner)!, path, context, resources),
      ),
    ),
    schedule,
  };
}

async function skillItem(
  { owner, cost }: PlanStep,
  at: number,
  path: AnsweredPath,
  context: Context,
  resources: ChosenResources,
): Promise<ExportedItem> {
  const { snapshot, loaders } = context;
  const skill = ownerHandle(snapshot, owner);
  const row = await loaders.skills.load(rowId(snapshot, skill));
  const chosen = new Set(resources.chosen.chosen.map(({ resource }) => resource));
  return {
    kind: "SKILL",
    slug: slugOf(snapshot, skill),
    name: nameOf(snapshot, skill),
    cost,
    summary: row?.summary,
    reason: reasonOf(path, at, context),
    resources: resources.chosen.perStep[at]!.filter((resource) => chosen.has(resource))
      .slice(0, MAX_STEP_RESOURCES)
      .map((resource) => {
        const { name, url } = resources.rows[resource]!;
        return { name, url: url ?? undefined };
      }),
  };
}

async function projectItem({ owner, cost }: PlanStep, { snapshot, loaders }: Context): Promise<ExportedItem> {
  const project = ownerHandle(snapshot, owner);
  const row = await loaders.projects.load(rowId(snapshot, project));
  return {
    kind: "PROJECT",
    slug: slugOf(snapshot, project),
    name: nameOf(snapshot, project),
    cost,
    summary: row?.brief,
  };
}

function reasonOf(path: AnsweredPath, at: number, context: Context): string | undefined {
  const { snapshot } = context;
  const skill = path.solved.skills[at]!;
  if (path.question.goals.includes(skill)) return undefined;
  const { requiredBy } = reasonsOf(path, context)[at]!;
  const names = requiredBy.map((owner) => {
    const handle = ownerHandle(snapshot, owner);
    return nameOf(snapshot, handle);
  });
  if (names.length > 0) return `Needed for ${list(names)}.`;
  return path.request.optional.includes(skill) ? "Optional." : "Chosen.";
}

function list(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}
