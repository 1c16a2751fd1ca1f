import { MAX_DAY_COST } from "../../planning/time/study-time.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { hours, ownerHandle, slugOf } from "../core/entity.ts";
import { MAX_LINK_LENGTH } from "../limits.ts";
import type { PlanRequest } from "./plan-request.ts";
import { type PlanTime, WEEKDAYS } from "./plan-time.ts";

/** The files that a plan is served as. */
export const PLAN_FILES = { calendar: "/learning-path.ics", checklist: "/learning-path.md" } as const;

/**
 * The link, without host, under which a plan is served as a file: it says all that the plan was made from. Slugs,
 * numbers and dates stand in it as they are, lists with commas. `undefined` when it would be too long to be sent.
 */
export function planLink(
  snapshot: GraphSnapshot,
  file: keyof typeof PLAN_FILES,
  request: PlanRequest,
): string | undefined {
  const { question, objective, preferences, projects } = request;
  const skills = (indices: readonly number[]) => indices.map((skill) => snapshot.skills.slugs[skill]!);
  const goals = question.goals.map((goal) => ownerHandle(snapshot, goal));
  const goalsOf = (type: (typeof goals)[number]["__typename"]) =>
    goals.filter(({ __typename }) => __typename === type).map((goal) => slugOf(snapshot, goal));
  const parameters: readonly (readonly [string, readonly (string | number)[]])[] = [
    ["role", goalsOf("Role")],
    ["skill", goalsOf("Skill")],
    ["project", goalsOf("Project")],
    ["roadmap", goalsOf("Roadmap")],
    ["known", skills(question.known)],
    ["choose", skills(question.choose)],
    ["avoid", skills(question.avoid)],
    ["optimise", objective === undefined ? [] : [objective.optimise.toLowerCase()]],
    [
      "likes",
      objective?.likes?.map(({ skill, percent }) => `${snapshot.skills.slugs[skill]}:${percent}`) ?? [],
    ],
    ...timeParameters(request.time),
    ["projects", projects === "NONE" ? [] : [projects.toLowerCase()]],
    ["kinds", preferences.kinds?.map((kind) => kind.toLowerCase()) ?? []],
    ["maxCost", preferences.maxCost === undefined ? [] : [preferences.maxCost.toLowerCase()]],
    ["languages", preferences.languages ?? []],
    ["atMost", preferences.atMost === undefined ? [] : [preferences.atMost]],
  ];
  const query = parameters
    .filter(([, values]) => values.length > 0)
    .map(([name, values]) => `${name}=${values.join(",")}`)
    .join("&");
  const link = `${PLAN_FILES[file]}?${query}`;
  return link.length <= MAX_LINK_LENGTH ? link : undefined;
}

function timeParameters(time: PlanTime): (readonly [string, readonly (string | number)[]])[] {
  const { effort, weekdays } = time;
  const given = <Value>(value: Value | undefined) => (value === undefined ? [] : [value]);
  const perWeekday = effort !== undefined && "perWeekday" in effort ? effort.perWeekday : undefined;
  const day = (weekday: number) => WEEKDAYS[weekday - 1]!.toLowerCase();
  return [
    ["weeklyHours", effort !== undefined && "weekly" in effort ? [hours(effort.weekly)] : []],
    ["studyDays", perWeekday === undefined && weekdays.length < 7 ? weekdays.map(day) : []],
    [
      "hoursPerWeekday",
      perWeekday === undefined ? [] : weekdays.map((at) => `${day(at)}:${hours(perWeekday[at - 1]!)}`),
    ],
    ["maxHoursPerDay", time.mostPerDay === MAX_DAY_COST ? [] : [hours(time.mostPerDay)]],
    ["startOn", given(time.startOn)],
    ["daysOff", time.daysOff.map(({ from, through }) => `${from}..${through}`)],
    ["deadline", given(time.deadline)],
  ];
}
