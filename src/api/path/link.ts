import { RESOURCE_COSTS } from "../../planning/cover/path-resources.ts";
import { MAX_DAY_COST } from "../../planning/time/study-time.ts";
import { ResourceKind } from "../../store/generated/client/enums.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { type Spelled, Spellings } from "../../words/closest-words.ts";
import { builder } from "../builder.ts";
import { shown } from "../core/errors.ts";
import { hours, type OwnerType, ownerHandle, slugOf } from "../core/handle.ts";
import { andThen } from "../core/run.ts";
import { MAX_LINK_LENGTH } from "../limits.ts";
import { type GoalInput, type LearningPathInput, WEEKDAY_FIELDS, WEEKDAYS } from "./input.ts";
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

/** A link that makes no sense. The message is for whoever wrote it. */
export class PlanLinkError extends Error {}

function refuse(expected: string, text: string): never {
  throw new PlanLinkError(`Expected ${expected}, got ${shown(text)}.`);
}

type Given<Fields> = { [Name in keyof Fields]-?: NonNullable<Fields[Name]> };

/** What a link can say beside the goals: the fields of `LearningPathInput` without nesting. */
type LinkFields = Given<
  Omit<LearningPathInput, "goals" | "preferences"> &
    NonNullable<LearningPathInput["preferences"]> & { events: PlanLink["events"] }
>;

/** How the values of one type are written: as a single text, or as a list that is joined by commas. */
interface Format<Value> {
  readonly isList: boolean;
  /** Gets at least one text. Throws PlanLinkError, with the name of the parameter. */
  readonly read: (texts: readonly string[], name: string) => Value;
  readonly write: (value: Value) => readonly string[];
}

/** A single value. */
function one<Value>(
  read: (text: string, name: string) => Value,
  write: (value: Value) => string,
): Format<Value> {
  return { isList: false, read: (texts, name) => read(texts[0]!, name), write: (value) => [write(value)] };
}

function listOf<Value>({ read, write }: Format<Value>): Format<Value[]> {
  return {
    isList: true,
    read: (texts, name) => texts.map((text) => read([text], name)),
    write: (values) => values.flatMap(write),
  };
}

/** One of some words, which links have in lower case; read in any case. */
function word<const Word extends string>(words: readonly Word[]): Format<Word> {
  return one(
    (text, name) => oneOf(words, text, name),
    (value) => value.toLowerCase(),
  );
}

const TEXT = one(
  (text) => text,
  (value: string) => value,
);
const TEXTS = listOf(TEXT);
const NUMBER = one(numberOf, String);
const FLAG = one((text, name) => oneOf(["TRUE", "FALSE"], text, name) === "TRUE", String);

/** Skills with a percentage, such as `python:50`. */
const LIKES = listOf(
  one(
    (text, name) => {
      const [skill, percent] = pairOf(text, name, "python:50");
      return { skill, percent };
    },
    ({ skill, percent }) => `${skill}:${percent}`,
  ),
);

/** Days with their hours, such as `monday:2,saturday:4`. */
const WEEKDAY_HOURS: Format<NonNullable<LearningPathInput["hoursPerWeekday"]>> = {
  isList: true,
  read: (texts, name) =>
    Object.fromEntries(
      texts.map((text) => {
        const [day, hours] = pairOf(text, name, "monday:2,saturday:4");
        return [oneOf(WEEKDAYS, day, name).toLowerCase(), hours];
      }),
    ),
  write: (hours) => WEEKDAY_FIELDS.filter((day) => hours[day] != null).map((day) => `${day}:${hours[day]}`),
};

/** Ranges of days, both ends included, such as `2027-12-24..2028-01-02`, or single days. */
const DAYS_OFF = listOf(
  one(
    (text) => {
      const [from, through = from, ...more] = text.split("..");
      if (!from || !through || more.length > 0)
        refuse("daysOff such as 2027-12-24..2028-01-02 or 2027-05-01", text);
      return { from, through };
    },
    ({ from, through }) => `${from}..${through}`,
  ),
);

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

function pairOf(text: string, name: string, example: string): [string, number] {
  const [key, value, ...more] = text.split(":");
  if (!key || !value || more.length > 0) return refuse(`${name} such as ${example}`, text);
  return [key, numberOf(value, name)];
}

function numberOf(text: string, name: string): number {
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : refuse(`a number in ${name}`, text);
}

function oneOf<Word extends string>(words: readonly Word[], text: string, name: string): Word {
  const match = words.find((word) => word === text.toUpperCase());
  return match ?? refuse(`${name} to be ${words.map((word) => word.toLowerCase()).join(" or ")}`, text);
}

/** The fields that make the same request: `choose` has the optional skills. */
function fieldsOf(snapshot: GraphSnapshot, request: PlanRequest): Partial<LinkFields> {
  const { question, known, objective, time, projects, preferences } = request;
  const { effort, weekdays } = time;
  const slug = (skill: number) => snapshot.skills.slugs.at(skill)!;
  const ignoredIn = (list: string) =>
    request.ignored.filter(({ argument }) => argument === `input.${list}`).map((ignored) => ignored.slug);
  const perWeekday = effort !== undefined && "perWeekday" in effort ? effort.perWeekday : undefined;
  return {
    known: [...known.given.map(slug), ...ignoredIn("known")],
    notKnown: [...known.notKnown.map(slug), ...ignoredIn("notKnown")],
    knownImplies: known.implies === "PARTS" || known.given.length === 0 ? undefined : known.implies,
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

/** The query of a link that says everything that a plan was made from. Slugs, numbers and dates stand in it unencoded. */
export function planQuery(snapshot: GraphSnapshot, request: PlanRequest): string {
  const fields = fieldsOf(snapshot, request);
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
