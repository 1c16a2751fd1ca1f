import { RESOURCE_COSTS } from "../../planning/cover/path-resources.ts";
import { DEFAULT_KNOWN_IMPLIES } from "../../planning/problem/known-implies.ts";
import { MAX_DAY_COST } from "../../planning/time/study-time.ts";
import { ResourceKind } from "../../store/generated/client/enums.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { type Spelled, Spellings } from "../../words/closest-words.ts";
import { builder } from "../builder.ts";
import { hours, type OwnerType, ownerHandle, slugOf } from "../core/handle.ts";
import { andThen } from "../core/run.ts";
import { MAX_LINK_LENGTH } from "../limits.ts";
import { type GoalInput, type LearningPathInput, WEEKDAY_FIELDS, WEEKDAYS } from "./input.ts";
import {
  DAYS_OFF,
  FLAG,
  type Format,
  LIKES,
  listOf,
  NUMBER,
  PlanLinkError,
  refuse,
  TEXT,
  TEXTS,
  WEEKDAY_HOURS,
  word,
} from "./link-formats.ts";
import { LearningPath } from "./path.ts";
import type { PlanRequest } from "./request.ts";
import { scheduleOf } from "./schedule.ts";

/** The files that a plan is served as, and their paths. */
export const PLAN_FILES = { calendar: "/learning-path.ics", checklist: "/learning-path.md" } as const;

/** What a link asks for. */
interface PlanLink {
  readonly input: LearningPathInput;
  /** Whether a calendar has one event for each skill and project, or one for each of their weeks. */
  readonly events: "ITEM" | "WEEK";
}

type Given<Fields> = { [Name in keyof Fields]-?: NonNullable<Fields[Name]> };

/** What a link can say beside the goals: the fields of `LearningPathInput` without nesting. */
type LinkFields = Given<
  Omit<LearningPathInput, "goals" | "preferences"> &
    NonNullable<LearningPathInput["preferences"]> & { events: PlanLink["events"] }
>;

/** The parameters that name goals. The order of the goals counts: steps that are equally good follow it. */
const GOAL_KINDS: Record<Lowercase<OwnerType>, (slug: string) => GoalInput> = {
  role: (role) => ({ role }),
  skill: (skill) => ({ skill }),
  project: (project) => ({ project }),
  roadmap: (roadmap) => ({ roadmap }),
};

function isGoalKind(text: string): text is Lowercase<OwnerType> {
  return Object.hasOwn(GOAL_KINDS, text);
}

/**
 * The other parameters, in the order in which they are written. Links are read and written by this table, which the
 * compiler holds complete: a new field of `LearningPathInput` needs a row.
 */
const PARAMETERS: { readonly [Name in keyof LinkFields]: Format<LinkFields[Name]> } = {
  known: TEXTS,
  choose: TEXTS,
  avoid: TEXTS,
  knownImplies: word(["NOTHING", "PARTS", "PREREQUISITES_AND_PARTS"]),
  notKnown: TEXTS,
  knownImpliesPrerequisites: FLAG,
  includeOptional: FLAG,
  optimise: word(["HOURS", "STEPS", "MARKET"]),
  likes: LIKES,
  effort: word(["INSTANT", "NORMAL", "THOROUGH"]),
  unknown: word(["REFUSE", "IGNORE"]),
  weeklyHours: NUMBER,
  studyDays: listOf(word(WEEKDAYS)),
  hoursPerWeekday: WEEKDAY_HOURS,
  maxHoursPerDay: NUMBER,
  startOn: TEXT,
  daysOff: DAYS_OFF,
  deadline: TEXT,
  projects: word(["NONE", "CORE", "FEW", "ALL"]),
  kinds: listOf(word(Object.values(ResourceKind))),
  maxCost: word(RESOURCE_COSTS),
  languages: TEXTS,
  atMost: NUMBER,
  events: word(["ITEM", "WEEK"]),
};

type Name = keyof LinkFields;

function isName(text: string): text is Name {
  return Object.hasOwn(PARAMETERS, text);
}

const NAMES = Object.keys(PARAMETERS).filter(isName);
const SPELLINGS = new Spellings([...Object.keys(GOAL_KINDS), ...NAMES].map((name): Spelled => [name]));

function read<N extends Name>(name: N, texts: readonly string[], fields: Partial<LinkFields>): void {
  fields[name] = PARAMETERS[name].read(texts, name);
}

function write<N extends Name>(name: N, fields: Partial<LinkFields>): readonly string[] {
  const value: LinkFields[N] | undefined = fields[name];
  return value === undefined ? [] : PARAMETERS[name].write(value);
}

/**
 * Reads the query of a link that `planLink` or a person wrote. Parameters may be empty, lists may also repeat their
 * name, and words such as `few` may be in any case. Parameters of others, such as `utm_source`, are passed over, but
 * not those that look like a misspelt one of ours. A link outlives what it names, so unknown skills are ignored unless
 * it says otherwise. Throws PlanLinkError. What the API checks is left to it.
 */
export function readPlanQuery(query: URLSearchParams): PlanLink {
  for (const name of query.keys()) {
    const [meant] = isName(name) || isGoalKind(name) ? [] : SPELLINGS.closest(name, 1);
    if (meant !== undefined) refuse(`the parameter ${meant}`, name);
  }
  const fields: Partial<LinkFields> = {};
  for (const name of NAMES) {
    const given = query.getAll(name);
    const { isList } = PARAMETERS[name];
    if (!isList && given.length > 1) throw new PlanLinkError(`Expected ${name} once, got it several times.`);
    const texts = textsOf(given, isList);
    if (texts.length > 0) read(name, texts, fields);
  }
  const goals = [...query].flatMap(([name, text]) =>
    isGoalKind(name) ? textsOf([text], true).map(GOAL_KINDS[name]) : [],
  );
  const { kinds, maxCost, languages, atMost, events, unknown = "IGNORE", ...rest } = fields;
  const preferences = { kinds, maxCost, languages, atMost };
  // By default by week: an event of six weeks says nothing about any of its days.
  return { input: { ...rest, unknown, goals, preferences }, events: events ?? "WEEK" };
}

/** What was given for a parameter, without what is empty. */
function textsOf(given: readonly string[], isList: boolean): string[] {
  return given
    .filter((text) => text.trim() !== "")
    .flatMap((text) => (isList ? text.split(",") : [text]))
    .map((text) => text.trim());
}

/** The fields that make the same request: `choose` has the optional skills. */
function fieldsOf(snapshot: GraphSnapshot, request: PlanRequest, moreIsKnown: boolean): Partial<LinkFields> {
  const { question, known, objective, time, projects, preferences } = request;
  const { effort, weekdays } = time;
  const slug = (skill: number) => snapshot.skills.slugs.at(skill)!;
  const ignoredIn = (list: string) =>
    request.ignored.filter(({ argument }) => argument === `input.${list}`).map((ignored) => ignored.slug);
  const perWeekday = effort !== undefined && "perWeekday" in effort ? effort.perWeekday : undefined;
  return {
    known: [...known.given.map(slug), ...ignoredIn("known")],
    notKnown: [...known.notKnown.map(slug), ...ignoredIn("notKnown")],
    // Said wherever it matters, so that a link goes on to mean what it meant, whatever the default becomes.
    knownImplies:
      known.given.length > 0 || moreIsKnown || known.implies !== DEFAULT_KNOWN_IMPLIES
        ? known.implies
        : undefined,
    choose: [...question.choose.map(slug), ...ignoredIn("choose")],
    avoid: [...question.avoid.map(slug), ...ignoredIn("avoid")],
    optimise: objective?.optimise,
    likes: [
      ...(objective?.likes ?? []).map(({ skill, percent }) => ({ skill: slug(skill), percent })),
      ...ignoredIn("likes").map((skill) => ({ skill, percent: 100 })),
    ],
    effort: request.effort === "NORMAL" || objective !== undefined ? undefined : request.effort,
    weeklyHours: effort !== undefined && "weekly" in effort ? hours(effort.weekly) : undefined,
    studyDays:
      perWeekday === undefined && weekdays.length < WEEKDAYS.length
        ? weekdays.map((day) => WEEKDAYS[day - 1]!)
        : undefined,
    hoursPerWeekday:
      perWeekday &&
      Object.fromEntries(weekdays.map((day) => [WEEKDAY_FIELDS[day - 1]!, hours(perWeekday[day - 1]!)])),
    maxHoursPerDay: time.mostPerDay === MAX_DAY_COST ? undefined : hours(time.mostPerDay),
    startOn: time.startOn,
    daysOff: [...time.daysOff],
    deadline: time.deadline,
    projects: projects === "CORE" ? undefined : projects,
    kinds: preferences.kinds && [...preferences.kinds],
    maxCost: preferences.maxCost,
    languages: preferences.languages && [...preferences.languages],
    atMost: preferences.atMost,
  };
}

/** The goals in their order: those of one kind that follow one another share a parameter. */
function goalTexts(snapshot: GraphSnapshot, goals: readonly number[]): string[] {
  const texts: string[] = [];
  let before: OwnerType | undefined;
  for (const goal of goals) {
    const owner = ownerHandle(snapshot, goal);
    const { __typename } = owner;
    const slug = slugOf(snapshot, owner);
    if (__typename === before) texts.push(`${texts.pop()},${slug}`);
    else texts.push(`${__typename.toLowerCase()}=${slug}`);
    before = __typename;
  }
  return texts;
}

/**
 * The query of a link that says everything that a plan was made from. Slugs, numbers and dates stand in it unencoded.
 * `moreIsKnown` where it will be asked for somebody who knows other skills as well: then it says what those imply.
 */
export function planQuery(snapshot: GraphSnapshot, request: PlanRequest, moreIsKnown = false): string {
  const fields = fieldsOf(snapshot, request, moreIsKnown);
  const texts = NAMES.flatMap((name) => {
    const texts = write(name, fields);
    return texts.length === 0 ? [] : [`${name}=${texts.join(",")}`];
  });
  return [...goalTexts(snapshot, request.question.goals), ...texts].join("&");
}

/** The link, without host, under which a plan is served as a file. `undefined` when it is too long to be sent. */
export function planLink(
  snapshot: GraphSnapshot,
  file: keyof typeof PLAN_FILES,
  request: PlanRequest,
): string | undefined {
  const link = `${PLAN_FILES[file]}?${planQuery(snapshot, request)}`;
  return link.length <= MAX_LINK_LENGTH ? link : undefined;
}

builder.objectFields(LearningPath, (t) => ({
  calendar: t.string({
    nullable: true,
    description: `The link, without host, to the schedule as an iCalendar file: the hours of each step in each week as an all-day event, or with \`&events=item\` one event for each step, from its first day to its last. An app that subscribes to it follows later revisions. Null when there is no \`schedule\`, or when the input does not fit into ${MAX_LINK_LENGTH} letters.`,
    resolve: (path, _args, context) =>
      andThen(scheduleOf(path, context), (plan) =>
        plan?.kind === "schedule" ? planLink(context.snapshot, "calendar", path.request) : undefined,
      ),
  }),
  checklist: t.string({
    nullable: true,
    description: `The link, without host, to the path as a checklist in Markdown, by week where there is a schedule. Null when the schedule asked for is refused, or when the input does not fit into ${MAX_LINK_LENGTH} letters.`,
    resolve: (path, _args, context) =>
      andThen(scheduleOf(path, context), (plan) =>
        plan === undefined || plan.kind === "schedule"
          ? planLink(context.snapshot, "checklist", path.request)
          : undefined,
      ),
  }),
}));
