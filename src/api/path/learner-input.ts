import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import type { Standing } from "../../planning/scenarios/skill-gap.ts";
import type { GraphSnapshot, SnapshotTable } from "../../store/snapshot/graph-snapshot.ts";
import type { EntityKind } from "../core/entity.ts";
import { NotFoundError, ValidationError } from "../core/errors.ts";
import { andThen, runTask } from "../core/run-task.ts";
import { MAX_GOALS, MAX_LISTED_SKILLS } from "../limits.ts";

/** A goal as clients write it: exactly one field is set (GraphQL's `@oneOf` sees to that). */
export interface GoalInput {
  readonly skill?: string | null;
  readonly role?: string | null;
  readonly project?: string | null;
  readonly roadmap?: string | null;
}

function indexOf(table: SnapshotTable, kind: EntityKind, slug: string, argument: string): number {
  const index = table.indexOf.get(slug);
  if (index === undefined) throw new NotFoundError(kind, slug, table.slugs, argument);
  return index;
}

/** The owner of one goal. Throws NotFoundError on an unknown slug. */
export function parseGoal(snapshot: GraphSnapshot, goal: GoalInput, argument: string): number {
  const { skill, project, role, roadmap } = goal;
  if (skill != null) return indexOf(snapshot.skills, "SKILL", skill, `${argument}.skill`);
  if (project != null)
    return snapshot.firstProject + indexOf(snapshot.projects, "PROJECT", project, `${argument}.project`);
  if (role != null) return snapshot.firstRole + indexOf(snapshot.roles, "ROLE", role, `${argument}.role`);
  return snapshot.firstRoadmap + indexOf(snapshot.roadmaps, "ROADMAP", roadmap ?? "", `${argument}.roadmap`);
}

/**
 * The owners of some goals, each once, in the order they came. Throws ValidationError on none and on too many,
 * NotFoundError on an unknown slug.
 */
export function parseGoals(snapshot: GraphSnapshot, goals: readonly GoalInput[], argument: string): number[] {
  if (goals.length === 0)
    throw new ValidationError({ argument, expected: "at least one goal", received: "an empty list" });
  return parseOptionalGoals(snapshot, goals, argument);
}

/** The same where no goal is allowed. */
export function parseOptionalGoals(
  snapshot: GraphSnapshot,
  goals: readonly GoalInput[],
  argument: string,
): number[] {
  checkCount(argument, goals, MAX_GOALS);
  return [...new Set(goals.map((goal, at) => parseGoal(snapshot, goal, `${argument}[${at}]`)))];
}

/**
 * The skills of a list of slugs, each once, in the order they came. Throws ValidationError on too many,
 * NotFoundError on an unknown slug.
 */
export function parseSkills(snapshot: GraphSnapshot, slugs: readonly string[], argument: string): number[] {
  checkCount(argument, slugs, MAX_LISTED_SKILLS);
  return [...new Set(slugs.map((slug, at) => parseSkill(snapshot, slug, `${argument}[${at}]`)))];
}

/** The skill of one slug. Throws NotFoundError on an unknown one. */
export function parseSkill(snapshot: GraphSnapshot, slug: string, argument: string): number {
  return indexOf(snapshot.skills, "SKILL", slug, argument);
}

/**
 * The owners of some roles by slug, each once, in the order they came. Throws ValidationError on more than a
 * limit, NotFoundError on an unknown slug.
 */
export function parseRoles(
  snapshot: GraphSnapshot,
  slugs: readonly string[],
  argument: string,
  limit = MAX_GOALS,
): number[] {
  checkCount(argument, slugs, limit);
  const owner = (slug: string, at: number) =>
    snapshot.firstRole + indexOf(snapshot.roles, "ROLE", slug, `${argument}[${at}]`);
  return [...new Set(slugs.map(owner))];
}

/** Where somebody stands, as clients write it. */
export interface StandingInput {
  readonly known?: readonly string[] | null;
  readonly roles?: readonly string[] | null;
  readonly knownImpliesPrerequisites?: boolean | null;
}

/** Where somebody stands. Throws ValidationError and NotFoundError. */
export async function parseStanding(
  snapshot: GraphSnapshot,
  input: StandingInput,
  argument: string,
): Promise<Standing> {
  const known = parseSkills(snapshot, input.known ?? [], `${argument}.known`);
  const roles = parseRoles(snapshot, input.roles ?? [], `${argument}.roles`);
  return { known: await withImplied(snapshot, known, input.knownImpliesPrerequisites ?? false), roles };
}

/** What more known skills than these imply takes too long to be worked out where it is asked: 3 ms a skill in a large graph. */
const MAX_IMPLYING_HERE = 3;

/** The known skills and, where asked for, what nobody can have learned them without. A promise where that takes long. */
export function withImplied(
  { graph }: GraphSnapshot,
  known: number[],
  implied: boolean,
): number[] | Promise<number[]> {
  if (!implied) return known;
  if (known.length <= MAX_IMPLYING_HERE) return [...known, ...necessaryPrerequisites(graph, known).skills];
  const found = runTask("necessaryPrerequisites", graph, known);
  return andThen(found, ({ skills }) => [...known, ...skills]);
}

function checkCount(argument: string, list: readonly unknown[], limit: number): void {
  if (list.length > limit)
    throw new ValidationError({
      argument,
      expected: `a list of at most ${limit}`,
      received: `${list.length} entries`,
    });
}
