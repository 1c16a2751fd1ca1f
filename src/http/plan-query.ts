import type { LearningPathInput } from "../api/path/plan-request.ts";
import { WEEKDAYS } from "../api/path/plan-time.ts";
import type { CalendarEvents } from "../interchange/calendar.ts";
import { RESOURCE_COSTS } from "../planning/cover/path-resources.ts";
import { ResourceKind } from "../store/generated/client/enums.ts";

/** What a plan's link asks for. */
export interface PlanQuery {
  readonly input: LearningPathInput;
  readonly events: CalendarEvents;
}

/** That a link makes no sense, in words for whoever wrote it. */
export class PlanQueryFault extends Error {}

const LISTS = ["role", "skill", "project", "roadmap", "known", "choose", "avoid", "languages"] as const;
const ENTRY_LISTS = ["likes", "studyDays", "hoursPerWeekday", "daysOff", "kinds"] as const;
const SINGLE = [
  "weeklyHours",
  "maxHoursPerDay",
  "startOn",
  "deadline",
  "optimise",
  "projects",
  "maxCost",
  "atMost",
  "knownImpliesPrerequisites",
  "includeOptional",
  "events",
] as const;
const NAMES: readonly string[] = [...LISTS, ...ENTRY_LISTS, ...SINGLE];

/**
 * Reads what `planLink` writes, and what people write by hand: the fields of `LearningPathInput` by their names,
 * goals as `role`, `skill`, `project` and `roadmap`; lists with commas or by repeating the name; letter case
 * aside for words such as `few`. Throws PlanQueryFault. What the API checks itself is left to it.
 */
export function parsePlanQuery(search: URLSearchParams): PlanQuery {
  const unknown = [...search.keys()].find((name) => !NAMES.includes(name));
  if (unknown !== undefined)
    throw new PlanQueryFault(`Expected parameters among ${NAMES.join(", ")}, got ${shown(unknown)}.`);
  const repeated = SINGLE.find((name) => search.getAll(name).length > 1);
  if (repeated !== undefined) throw new PlanQueryFault(`Expected ${repeated} once, got it several times.`);

  const list = (name: (typeof LISTS)[number] | (typeof ENTRY_LISTS)[number]) =>
    search
      .getAll(name)
      .flatMap((text) => (text.trim() === "" ? [] : text.split(",").map((part) => part.trim())));
  const text = (name: (typeof SINGLE)[number]) => search.get(name)?.trim() || undefined;
  const number = (name: (typeof SINGLE)[number]) => {
    const given = text(name);
    return given === undefined ? undefined : numberOf(given, name);
  };
  const flag = (name: (typeof SINGLE)[number]) =>
    oneOf(["TRUE", "FALSE"], text(name) ?? "false", name) === "TRUE";
  const word = <const Word extends string>(name: (typeof SINGLE)[number], words: readonly Word[]) => {
    const given = text(name);
    return given === undefined ? undefined : oneOf(words, given, name);
  };
  const pairs = (name: (typeof ENTRY_LISTS)[number], example: string) =>
    list(name).map((entry) => {
      const [key, value, ...more] = entry.split(":");
      if (!key || !value || more.length > 0)
        throw new PlanQueryFault(`Expected ${name} such as ${example}, got ${shown(entry)}.`);
      return { key, value: numberOf(value, name) };
    });

  const studyDays = list("studyDays").map((day) => oneOf(WEEKDAYS, day, "studyDays"));
  const perWeekday = pairs("hoursPerWeekday", "monday:2,saturday:4").map(
    ({ key, value }) => [oneOf(WEEKDAYS, key, "hoursPerWeekday").toLowerCase(), value] as const,
  );
  const kinds = list("kinds").map((kind) => oneOf(Object.values(ResourceKind), kind, "kinds"));
  const languages = list("languages");
  return {
    events: word("events", ["ITEM", "WEEK"]) ?? "ITEM",
    input: {
      goals: [
        ...list("role").map((role) => ({ role })),
        ...list("skill").map((skill) => ({ skill })),
        ...list("project").map((project) => ({ project })),
        ...list("roadmap").map((roadmap) => ({ roadmap })),
      ],
      known: list("known"),
      choose: list("choose"),
      avoid: list("avoid"),
      knownImpliesPrerequisites: flag("knownImpliesPrerequisites"),
      includeOptional: flag("includeOptional"),
      optimise: word("optimise", ["HOURS", "STEPS", "MARKET"]),
      likes: pairs("likes", "python:50").map(({ key, value }) => ({ skill: key, percent: value })),
      weeklyHours: number("weeklyHours"),
      studyDays: studyDays.length > 0 ? studyDays : undefined,
      hoursPerWeekday: perWeekday.length > 0 ? Object.fromEntries(perWeekday) : undefined,
      maxHoursPerDay: number("maxHoursPerDay"),
      startOn: text("startOn"),
      daysOff: list("daysOff").map(daysOffOf),
      deadline: text("deadline"),
      projects: word("projects", ["NONE", "FEW", "ALL"]),
      preferences: {
        kinds: kinds.length > 0 ? kinds : undefined,
        maxCost: word("maxCost", RESOURCE_COSTS),
        languages: languages.length > 0 ? languages : undefined,
        atMost: number("atMost"),
      },
    },
  };
}

/** `2027-12-24..2028-01-02`, both included, or a single day. */
function daysOffOf(text: string): { readonly from: string; readonly through: string } {
  const [from, through = from, ...more] = text.split("..");
  if (!from || !through || more.length > 0)
    throw new PlanQueryFault(
      `Expected daysOff such as 2027-12-24..2028-01-02 or 2027-05-01, got ${shown(text)}.`,
    );
  return { from, through };
}

function numberOf(text: string, name: string): number {
  if (!/^-?\d+(\.\d+)?$/.test(text))
    throw new PlanQueryFault(`Expected a number in ${name}, got ${shown(text)}.`);
  return Number(text);
}

function oneOf<Word extends string>(words: readonly Word[], text: string, name: string): Word {
  const found = words.find((word) => word === text.toUpperCase());
  if (found === undefined)
    throw new PlanQueryFault(
      `Expected ${name} to be ${words.map((word) => word.toLowerCase()).join(" or ")}, got ${shown(text)}.`,
    );
  return found;
}

/** Enough of a text to recognise it by. */
const SHOWN_LETTERS = 100;

function shown(text: string): string {
  return JSON.stringify(text.length > SHOWN_LETTERS ? `${text.slice(0, SHOWN_LETTERS)}…` : text);
}
