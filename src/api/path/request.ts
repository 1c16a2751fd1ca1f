import { necessaryPrerequisites } from "../../graph/facts/necessity.ts";
import type { ResourcePreferences } from "../../planning/cover/path-resources.ts";
import type { Effort } from "../../planning/limits.ts";
import type { PathQuestion } from "../../planning/path-question.ts";
import {
  MAX_LIKE_PERCENT,
  MIN_LIKE_PERCENT,
  type Objective,
  withOptionalSkills,
} from "../../planning/scenarios/objective.ts";
import type { ResourceKind } from "../../store/generated/client/enums.ts";
import type { GraphSnapshot, SnapshotTable } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { checkCount, checkRange } from "../core/check.ts";
import type { EntityKind } from "../core/entity.ts";
import { fault, NotFoundError } from "../core/errors.ts";
import { indexOfId } from "../core/handle.ts";
import { andThen, runTask } from "../core/run.ts";
import { MAX_GOALS, MAX_LISTED_SKILLS } from "../limits.ts";
import { parsePreferences } from "../resource/resource.ts";
import type { GoalInput, LearningPathInput } from "./input.ts";
import { ANY_TIME, type PlanTime, parsePlanTime } from "./time.ts";

/** What a learner asks for, checked, in indices of the snapshot. */
export interface PlanRequest {
  readonly question: PathQuestion;
  /** The members of `question.choose` that are there because they are optional skills of the goal roles. */
  readonly optional: readonly number[];
  /** The optional skills that could not be included. */
  readonly optionalLeftOut: readonly number[];
  /** `undefined` for the fewest hours. */
  readonly objective: Objective | undefined;
  /** What may be spent on a proof. */
  readonly effort: Effort;
  readonly time: PlanTime;
  readonly projects: NonNullable<LearningPathInput["projects"]>;
  readonly preferences: ResourcePreferences<ResourceKind>;
}

/** The request for nothing but the path that takes the fewest hours. */
export function plainRequest(question: PathQuestion, effort: Effort): PlanRequest {
  return {
    question,
    optional: [],
    optionalLeftOut: [],
    objective: undefined,
    effort,
    time: ANY_TIME,
    projects: "NONE",
    preferences: {},
  };
}

/**
 * The request of an input. A promise only with `includeOptional`, which reads rows, and where it takes long to
 * find what the known skills imply. Throws ValidationError and NotFoundError.
 */
export function parsePlanRequest(
  context: Context,
  input: LearningPathInput,
): PlanRequest | Promise<PlanRequest> {
  const { snapshot } = context;
  return andThen(parseQuestion(snapshot, input), (question) => {
    const objective = parseObjective(snapshot, input);
    const effort = objective === undefined ? (input.effort ?? "NORMAL") : "INSTANT";
    const request = { ...plainRequest(question, effort), objective, ...parsePlan(input) };
    return input.includeOptional ? includeOptional(context, request) : request;
  });
}

/** The fields of an input that say how a path is planned, not which path it is. Throws ValidationError. */
export function parsePlan(input: LearningPathInput): Pick<PlanRequest, "time" | "projects" | "preferences"> {
  return {
    time: parsePlanTime(input),
    projects: input.projects ?? "NONE",
    preferences: input.preferences == null ? {} : parsePreferences(input.preferences, "input.preferences"),
  };
}

/**
 * The question of an input, whose skills `skillOf` looks up. `prefix` comes before the names of the fields in
 * errors. A promise only where it takes long to find what the known skills imply. Throws ValidationError and
 * NotFoundError.
 */
export function parseQuestion(
  snapshot: GraphSnapshot,
  input: Pick<LearningPathInput, "goals" | "known" | "choose" | "avoid" | "knownImpliesPrerequisites">,
  prefix = "input.",
  skillOf = parseSkill,
): PathQuestion | Promise<PathQuestion> {
  const goals = parseGoals(snapshot, input.goals, `${prefix}goals`);
  const known = parseSkills(snapshot, input.known ?? [], `${prefix}known`, skillOf);
  const choose = parseSkills(snapshot, input.choose ?? [], `${prefix}choose`, skillOf);
  const avoid = parseSkills(snapshot, input.avoid ?? [], `${prefix}avoid`, skillOf);
  const avoided = new Set(input.avoid);
  const contradicted = input.choose?.find((slug) => avoided.has(slug));
  if (contradicted !== undefined)
    throw fault(`${prefix}avoid`, `without any skill of ${prefix}choose`, contradicted);
  const withAllKnown = withImplied(snapshot, known, input.knownImpliesPrerequisites ?? false);
  return andThen(withAllKnown, (known) => ({ goals, known, choose, avoid }));
}

function parseObjective(snapshot: GraphSnapshot, input: LearningPathInput): Objective | undefined {
  const optimise = input.optimise ?? "HOURS";
  const likes = input.likes ?? [];
  if (optimise === "HOURS" && likes.length === 0) return undefined;
  checkCount("input.likes", likes, MAX_LISTED_SKILLS);
  const seen = new Set<number>();
  const weights = likes.map(({ skill: slug, percent }, at) => {
    const skill = parseSkill(snapshot, slug, `input.likes[${at}].skill`);
    if (seen.has(skill)) throw fault(`input.likes[${at}].skill`, "a skill that is not listed before", slug);
    seen.add(skill);
    checkRange(`input.likes[${at}].percent`, percent, MIN_LIKE_PERCENT, MAX_LIKE_PERCENT);
    return { skill, percent };
  });
  return { optimise, likes: weights };
}

async function includeOptional({ snapshot, loaders }: Context, request: PlanRequest): Promise<PlanRequest> {
  const { goals, choose } = request.question;
  const ids = goals
    .filter((goal) => goal >= snapshot.firstRole && goal < snapshot.firstRoadmap)
    .map((role) => snapshot.roles.ids[role - snapshot.firstRole]!);
  const rows = await Promise.all(ids.map((id) => loaders.optionalSkillsByRole.load(id)));
  const optional = rows.flat().flatMap(({ skillId }) => indexOfId(snapshot.skills, skillId) ?? []);
  const { question, leftOut } = withOptionalSkills(snapshot.graph, request.question, optional);
  const chosen = new Set(choose);
  return {
    ...request,
    question: { ...question, choose: [...new Set(question.choose)] },
    optional: question.choose.slice(choose.length).filter((skill) => !chosen.has(skill)),
    optionalLeftOut: leftOut,
  };
}

/** The owner of one goal. Throws NotFoundError on an unknown slug. */
export function parseGoal(snapshot: GraphSnapshot, goal: GoalInput, argument: string): number {
  const { skill, project, role, roadmap } = goal;
  if (skill != null) return parseSkill(snapshot, skill, `${argument}.skill`);
  if (project != null)
    return snapshot.firstProject + indexOf(snapshot.projects, "PROJECT", project, `${argument}.project`);
  if (role != null) return parseRole(snapshot, role, `${argument}.role`);
  return snapshot.firstRoadmap + indexOf(snapshot.roadmaps, "ROADMAP", roadmap, `${argument}.roadmap`);
}

/** What `parse` makes of each entry and of its place, without duplicates, in their order. */
function parseEach<Entry>(
  entries: readonly Entry[],
  argument: string,
  parse: (entry: Entry, argument: string) => number,
): number[] {
  return [...new Set(entries.map((entry, at) => parse(entry, `${argument}[${at}]`)))];
}

/**
 * The owners of some goals, without duplicates, in their order. Throws ValidationError on fewer than `least`
 * and on too many, NotFoundError on an unknown slug.
 */
export function parseGoals(
  snapshot: GraphSnapshot,
  goals: readonly GoalInput[],
  argument: string,
  least = 1,
): number[] {
  checkCount(argument, goals, MAX_GOALS, least);
  return parseEach(goals, argument, (goal, at) => parseGoal(snapshot, goal, at));
}

/** The skills of a list of slugs, as `parseGoals` gives goals. */
export function parseSkills(
  snapshot: GraphSnapshot,
  slugs: readonly string[],
  argument: string,
  skillOf = parseSkill,
): number[] {
  checkCount(argument, slugs, MAX_LISTED_SKILLS);
  return parseEach(slugs, argument, (slug, at) => skillOf(snapshot, slug, at));
}

/** The roles of a list of slugs, at most `limit`, as `parseGoals` gives goals. */
export function parseRoles(
  snapshot: GraphSnapshot,
  slugs: readonly string[],
  argument: string,
  limit = MAX_GOALS,
): number[] {
  checkCount(argument, slugs, limit);
  return parseEach(slugs, argument, (slug, at) => parseRole(snapshot, slug, at));
}

/** The skill of a slug. Throws NotFoundError on an unknown one. */
export function parseSkill(snapshot: GraphSnapshot, slug: string, argument: string): number {
  return indexOf(snapshot.skills, "SKILL", slug, argument);
}

function parseRole(snapshot: GraphSnapshot, slug: string, argument: string): number {
  return snapshot.firstRole + indexOf(snapshot.roles, "ROLE", slug, argument);
}

function indexOf(table: SnapshotTable, kind: EntityKind, slug: string, argument: string): number {
  const index = table.indexOf.get(slug);
  if (index === undefined) throw new NotFoundError(kind, slug, table.slugs, argument);
  return index;
}

/** With more known skills than this, a worker finds what they imply: it takes 3 ms a skill in a large graph. */
const MAX_IMPLYING_HERE = 3;

/**
 * The known skills and, if `implied`, their necessary prerequisites. Skills beyond the graph, which a what-if
 * adds, imply nothing. A promise where it takes long.
 */
export function withImplied(
  { graph }: GraphSnapshot,
  known: number[],
  implied: boolean,
): number[] | Promise<number[]> {
  if (!implied) return known;
  const implying = known.filter((skill) => skill < graph.skillCount);
  if (implying.length <= MAX_IMPLYING_HERE)
    return [...known, ...necessaryPrerequisites(graph, implying).skills];
  const found = runTask("necessaryPrerequisites", graph, implying);
  return andThen(found, ({ skills }) => [...known, ...skills]);
}
