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
import { indexOfId } from "../../store/snapshot/graph-snapshot.ts";
import type { Context } from "../context.ts";
import { checkCount, checkRange } from "../core/check.ts";
import { fault, type UnknownSlug } from "../core/errors.ts";
import { andThen } from "../core/run.ts";
import { MAX_LISTED_SKILLS } from "../limits.ts";
import { parsePreferences } from "../resource/resource.ts";
import type { LearningPathInput } from "./input.ts";
import { type KnownSkills, knownSkills, onlyKnown } from "./known.ts";
import { SlugReader } from "./slugs.ts";
import { ANY_TIME, type PlanTime, parsePlanTime } from "./time.ts";

/** What a learner asks for, checked, in indices of the snapshot. */
export interface PlanRequest {
  readonly question: PathQuestion;
  /** Where `question.known` comes from. */
  readonly known: KnownSkills;
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
  /** The slugs that the input names and that were passed over. */
  readonly ignored: readonly UnknownSlug[];
}

/** The request for nothing but the path that takes the fewest hours. */
export function plainRequest(
  question: PathQuestion,
  effort: Effort,
  known: KnownSkills = onlyKnown(question.known),
): PlanRequest {
  return {
    question,
    known,
    optional: [],
    optionalLeftOut: [],
    objective: undefined,
    effort,
    time: ANY_TIME,
    projects: "CORE",
    preferences: {},
    ignored: [],
  };
}

/** How the fields of an input are read. */
interface Reading {
  /** Looks up the slugs, also those that other arguments of the question name. */
  readonly slugs?: SlugReader;
  /** Comes before the names of the fields of the question in errors. */
  readonly prefix?: string;
  readonly leastGoals?: number;
}

/**
 * The request of an input. A promise only with `includeOptional`, which reads rows, and where it takes long to
 * find what the known skills imply. Throws ValidationError and NotFoundError.
 */
export function parsePlanRequest(
  context: Context,
  input: LearningPathInput,
  reading: Reading = {},
): PlanRequest | Promise<PlanRequest> {
  const { slugs = slugReader(context, input) } = reading;
  const objective = parseObjective(slugs, input);
  const effort = objective === undefined ? (input.effort ?? "NORMAL") : "INSTANT";
  return andThen(parseQuestion(context, input, { ...reading, slugs }), ({ question, known }) => {
    const { ignored } = slugs;
    const request = { ...plainRequest(question, effort, known), objective, ignored, ...parsePlan(input) };
    return input.includeOptional ? includeOptional(context, request) : request;
  });
}

/** What looks up the slugs of an input; `added`: slugs of skills that a what-if adds. */
export function slugReader(
  context: Context,
  { unknown }: Pick<LearningPathInput, "unknown">,
  added?: readonly string[],
): SlugReader {
  return new SlugReader(context, { ignores: unknown === "IGNORE", added });
}

/** The fields of an input that say how a path is planned, not which path it is. Throws ValidationError. */
export function parsePlan(input: LearningPathInput): Pick<PlanRequest, "time" | "projects" | "preferences"> {
  return {
    time: parsePlanTime(input),
    projects: input.projects ?? "CORE",
    preferences: input.preferences == null ? {} : parsePreferences(input.preferences, "input.preferences"),
  };
}

interface AskedQuestion {
  readonly question: PathQuestion;
  readonly known: KnownSkills;
}

/**
 * The question of an input. A promise only where it takes long to find what the known skills imply. Throws
 * ValidationError, and NotFoundError with all unknown slugs that its reader has met.
 */
export function parseQuestion(
  context: Context,
  input: Pick<
    LearningPathInput,
    | "goals"
    | "known"
    | "notKnown"
    | "choose"
    | "avoid"
    | "knownImplies"
    | "knownImpliesPrerequisites"
    | "unknown"
  >,
  { slugs = slugReader(context, input), prefix = "input.", leastGoals }: Reading = {},
): AskedQuestion | Promise<AskedQuestion> {
  const goals = slugs.goals(input.goals, `${prefix}goals`, leastGoals);
  const given = slugs.skills(input.known ?? [], `${prefix}known`);
  const notKnown = slugs.skills(input.notKnown ?? [], `${prefix}notKnown`);
  const choose = slugs.skills(input.choose ?? [], `${prefix}choose`);
  const avoid = slugs.skills(input.avoid ?? [], `${prefix}avoid`);
  return andThen(slugs.refuseUnknown(), () => {
    const avoided = new Set(input.avoid);
    const contradicted = input.choose?.find((slug) => avoided.has(slug));
    if (contradicted !== undefined)
      throw fault(`${prefix}avoid`, `without any skill of ${prefix}choose`, contradicted);
    return andThen(knownSkills(context, given, notKnown, input, prefix), (known) => ({
      question: { goals, known: known.all, choose, avoid },
      known,
    }));
  });
}

function parseObjective(slugs: SlugReader, input: LearningPathInput): Objective | undefined {
  const optimise = input.optimise ?? "HOURS";
  const likes = input.likes ?? [];
  if (optimise === "HOURS" && likes.length === 0) return undefined;
  checkCount("input.likes", likes, MAX_LISTED_SKILLS);
  const seen = new Set<string>();
  const weights = likes.flatMap(({ skill: slug, percent }, at) => {
    const skill = slugs.listedSkill(slug, "input.likes", `input.likes[${at}].skill`);
    if (seen.has(slug)) throw fault(`input.likes[${at}].skill`, "a skill that is not listed before", slug);
    seen.add(slug);
    checkRange(`input.likes[${at}].percent`, percent, MIN_LIKE_PERCENT, MAX_LIKE_PERCENT);
    return skill === undefined ? [] : [{ skill, percent }];
  });
  return optimise === "HOURS" && weights.length === 0 ? undefined : { optimise, likes: weights };
}

async function includeOptional({ snapshot, loaders }: Context, request: PlanRequest): Promise<PlanRequest> {
  const { goals, choose } = request.question;
  const ids = goals
    .filter((goal) => goal >= snapshot.firstRole && goal < snapshot.firstRoadmap)
    .map((role) => snapshot.roles.ids[role - snapshot.firstRole]!);
  const rows = await Promise.all(ids.map((id) => loaders.optionalSkillsByRole.load(id)));
  const known = new Set(request.question.known);
  const optional = rows
    .flat()
    .flatMap(({ skillId }) => indexOfId(snapshot.skills, skillId) ?? [])
    .filter((skill) => !known.has(skill));
  const { question, leftOut } = withOptionalSkills(snapshot.graph, request.question, optional);
  const chosen = new Set(choose);
  return {
    ...request,
    question: { ...question, choose: [...new Set(question.choose)] },
    optional: question.choose.slice(choose.length).filter((skill) => !chosen.has(skill)),
    optionalLeftOut: leftOut,
  };
}

type Fields = { readonly [Name in keyof LearningPathInput]?: LearningPathInput[Name] | null };

/**
 * The input of a question that takes it as `input`, or its fields as arguments, as it used to; and what comes before
 * the names of its fields in errors. Throws ValidationError when both are given.
 */
export function inputOf({
  input,
  goals,
  ...fields
}: Fields & { readonly input?: LearningPathInput | null }): {
  readonly input: LearningPathInput;
  readonly prefix: string;
} {
  if (input == null) return { input: { goals: goals ?? [], ...fields }, prefix: "" };
  const given = Object.entries({ goals, ...fields }).find(([, value]) => value != null);
  if (given !== undefined) throw fault(given[0], "absent when input is given", "a value");
  return { input, prefix: "input." };
}
