import type { ResourcePreferences } from "../../planning/cover/path-resources.ts";
import type { PathQuestion } from "../../planning/path-question.ts";
import {
  MAX_LIKE_PERCENT,
  MIN_LIKE_PERCENT,
  type Objective,
  withOptionalSkills,
} from "../../planning/scenarios/objective.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { indexOfId } from "../core/entity.ts";
import { ValidationError } from "../core/errors.ts";
import { andThen } from "../core/run-task.ts";
import { MAX_LISTED_SKILLS } from "../limits.ts";
import { parsePreferences, type ResourcePreferencesInput } from "../resource/resource.ts";
import { type GoalInput, parseGoals, parseSkill, parseSkills, withImplied } from "./learner-input.ts";
import { ANY_TIME, type PlanTime, type PlanTimeInput, parsePlanTime } from "./plan-time.ts";

/** Which projects a plan makes time for. */
export type PlannedProjects = "NONE" | "FEW" | "ALL";

export interface LearningPathInput extends PlanTimeInput {
  readonly goals: readonly GoalInput[];
  readonly known?: readonly string[] | null;
  readonly choose?: readonly string[] | null;
  readonly avoid?: readonly string[] | null;
  readonly knownImpliesPrerequisites?: boolean | null;
  readonly includeOptional?: boolean | null;
  readonly optimise?: Objective["optimise"] | null;
  readonly likes?: readonly { readonly skill: string; readonly percent: number }[] | null;
  readonly projects?: PlannedProjects | null;
  readonly preferences?: typeof ResourcePreferencesInput.$inferInput | null;
}

/** What a learner asks for, checked, in indices of the snapshot. */
export interface PlanRequest {
  readonly question: PathQuestion;
  /** Of `question.choose`, the optional skills of the roles that were asked for. */
  readonly optional: readonly number[];
  /** Optional skills that could not be included. */
  readonly optionalLeftOut: readonly number[];
  /** `undefined`: the fewest hours. */
  readonly objective: Objective | undefined;
  readonly time: PlanTime;
  readonly projects: PlannedProjects;
  readonly preferences: ResourcePreferences;
}

/** The request of somebody who only asks for the cheapest path. */
export function plainRequest(question: PathQuestion): PlanRequest {
  return {
    question,
    optional: [],
    optionalLeftOut: [],
    objective: undefined,
    time: ANY_TIME,
    projects: "NONE",
    preferences: {},
  };
}

/**
 * The request of an input. A promise only where optional skills are asked for, which are rows, and where it takes
 * long to find what known skills imply. Throws ValidationError and NotFoundError.
 */
export function parsePlanRequest(
  context: Context,
  input: LearningPathInput,
): PlanRequest | Promise<PlanRequest> {
  const { snapshot } = context;
  return andThen(parseQuestion(snapshot, input), (question) => {
    const request = {
      ...plainRequest(question),
      objective: parseObjective(snapshot, input),
      time: parsePlanTime(input),
      projects: input.projects ?? "NONE",
      preferences: parsePreferences(input.preferences ?? {}, "input.preferences"),
    };
    return input.includeOptional ? includeOptional(context, request) : request;
  });
}

/**
 * What is asked, without how it is planned. A promise only where it takes long to find what known skills imply.
 * Throws ValidationError and NotFoundError.
 */
export function parseQuestion(
  snapshot: GraphSnapshot,
  input: Pick<LearningPathInput, "goals" | "known" | "choose" | "avoid" | "knownImpliesPrerequisites">,
  argument = "input.",
): PathQuestion | Promise<PathQuestion> {
  const goals = parseGoals(snapshot, input.goals, `${argument}goals`);
  const known = parseSkills(snapshot, input.known ?? [], `${argument}known`);
  const choose = parseSkills(snapshot, input.choose ?? [], `${argument}choose`);
  const avoid = parseSkills(snapshot, input.avoid ?? [], `${argument}avoid`);
  const avoided = new Set(avoid);
  const contradicted = choose.find((skill) => avoided.has(skill));
  if (contradicted !== undefined)
    throw new ValidationError({
      argument: `${argument}avoid`,
      expected: `without any skill of ${argument}choose`,
      received: snapshot.skills.slugs[contradicted]!,
    });
  const withAllKnown = withImplied(snapshot, known, input.knownImpliesPrerequisites ?? false);
  return andThen(withAllKnown, (known) => ({ goals, known, choose, avoid }));
}

function parseObjective(snapshot: GraphSnapshot, input: LearningPathInput): Objective | undefined {
  const optimise = input.optimise ?? "HOURS";
  const likes = input.likes ?? [];
  if (optimise === "HOURS" && likes.length === 0) return undefined;
  if (likes.length > MAX_LISTED_SKILLS)
    throw new ValidationError({
      argument: "input.likes",
      expected: `a list of at most ${MAX_LISTED_SKILLS}`,
      received: `${likes.length} entries`,
    });
  const seen = new Set<number>();
  const weights = likes.map(({ skill: slug, percent }, at) => {
    const skill = parseSkill(snapshot, slug, `input.likes[${at}].skill`);
    const wrong = (expected: string, received: string | number, field: string) =>
      new ValidationError({ argument: `input.likes[${at}].${field}`, expected, received });
    if (seen.has(skill)) throw wrong("a skill that is not listed before", slug, "skill");
    seen.add(skill);
    if (!(percent >= MIN_LIKE_PERCENT && percent <= MAX_LIKE_PERCENT))
      throw wrong(`from ${MIN_LIKE_PERCENT} to ${MAX_LIKE_PERCENT}`, percent, "percent");
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
