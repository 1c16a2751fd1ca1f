import type { PathQuestion } from "../../planning/path-question.ts";
import {
  type HypotheticalChange,
  MAX_HYPOTHETICAL_CHANGES,
} from "../../planning/scenarios/hypothetical-graph.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { ValidationError } from "../core/errors.ts";
import { MAX_HOURS, MAX_LISTED_SKILLS, MAX_NAME_LENGTH } from "../limits.ts";
import { type GoalInput, parseGoal, parseGoals, parseSkill, withImplied } from "../path/learner-input.ts";
import type { LearningPathInput } from "../path/plan-request.ts";
import { parseRequirement, type RequirementInput } from "../requirement/input.ts";

/** A skill that is added in thought. */
export interface AddedSkill {
  readonly slug: string;
  readonly name: string;
}

/** One change as clients write it: exactly one field is set (GraphQL's `@oneOf` sees to that). */
export interface HypotheticalChangeInput {
  readonly addSkill?: {
    readonly slug: string;
    readonly name?: string | null;
    readonly hours: number;
    readonly requires?: typeof RequirementInput.$inferInput | null;
  } | null;
  readonly removeSkill?: string | null;
  readonly setHours?: { readonly skill: string; readonly hours: number } | null;
  readonly setRequirement?: {
    readonly of: GoalInput;
    readonly requires?: typeof RequirementInput.$inferInput | null;
  } | null;
  readonly addPrerequisite?: {
    readonly to: GoalInput;
    readonly requires: typeof RequirementInput.$inferInput;
  } | null;
  readonly dropPrerequisite?: { readonly from: GoalInput; readonly skill: string } | null;
}

export interface Hypothesis {
  readonly changes: readonly HypotheticalChange[];
  /** In the order of their indices, which follow on today's skills. */
  readonly added: readonly AddedSkill[];
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_SLUG_LENGTH = 80;

/** Checks changes. Slugs may name the skills added. Throws ValidationError and NotFoundError. */
export function parseHypothesis(
  snapshot: GraphSnapshot,
  inputs: readonly HypotheticalChangeInput[],
): Hypothesis {
  if (inputs.length < 1 || inputs.length > MAX_HYPOTHETICAL_CHANGES)
    throw fault("changes", `a list of 1 to ${MAX_HYPOTHETICAL_CHANGES}`, `${inputs.length} entries`);
  const added = inputs.flatMap(({ addSkill }, at) =>
    addSkill == null ? [] : [addedSkill(snapshot, addSkill, `changes[${at}].addSkill`)],
  );
  const twice = added.find(({ slug }, at) => added.findIndex((other) => other.slug === slug) !== at);
  if (twice !== undefined) throw fault("changes", "without adding a skill twice", twice.slug);
  const skillOf = (slug: string, argument: string) => skillIndex(snapshot, added, slug, argument);
  const changes = inputs.map((input, at) => parseChange(snapshot, input, `changes[${at}]`, skillOf));
  return { changes, added };
}

/** A question about the graph as it would be: what is known, chosen and avoided may be added skills. */
export async function parseHypotheticalQuestion(
  snapshot: GraphSnapshot,
  added: readonly AddedSkill[],
  input: LearningPathInput,
): Promise<PathQuestion> {
  const skills = (slugs: readonly string[] | null | undefined, argument: string) => {
    if (slugs != null && slugs.length > MAX_LISTED_SKILLS)
      throw fault(argument, `a list of at most ${MAX_LISTED_SKILLS}`, `${slugs.length} entries`);
    return [
      ...new Set(slugs?.map((slug, at) => skillIndex(snapshot, added, slug, `${argument}[${at}]`)) ?? []),
    ];
  };
  const goals = parseGoals(snapshot, input.goals, "input.goals");
  const known = skills(input.known, "input.known");
  const choose = skills(input.choose, "input.choose");
  const avoid = skills(input.avoid, "input.avoid");
  const avoided = new Set(avoid);
  const clash = choose.findIndex((skill) => avoided.has(skill));
  if (clash !== -1)
    throw fault("input.avoid", "without any skill of input.choose", `entry ${clash} of input.choose`);
  const isToday = (skill: number) => skill < snapshot.graph.skillCount;
  const today = known.filter(isToday);
  const implied = await withImplied(snapshot, today, input.knownImpliesPrerequisites ?? false);
  return { goals, choose, avoid, known: [...new Set([...known, ...implied])] };
}

function skillIndex(
  snapshot: GraphSnapshot,
  added: readonly AddedSkill[],
  slug: string,
  argument: string,
): number {
  const at = added.findIndex((skill) => skill.slug === slug);
  return at === -1 ? parseSkill(snapshot, slug, argument) : snapshot.graph.skillCount + at;
}

function addedSkill(
  snapshot: GraphSnapshot,
  { slug, name }: NonNullable<HypotheticalChangeInput["addSkill"]>,
  argument: string,
): AddedSkill {
  if (!SLUG.test(slug) || slug.length > MAX_SLUG_LENGTH)
    throw fault(
      `${argument}.slug`,
      `lower-case letters and digits with hyphens between, at most ${MAX_SLUG_LENGTH}`,
      slug,
    );
  if (snapshot.skills.indexOf.has(slug))
    throw fault(
      `${argument}.slug`,
      "one that no skill has; to change a skill use setHours or setRequirement",
      slug,
    );
  if (name != null && (name.trim() === "" || name.length > MAX_NAME_LENGTH))
    throw fault(`${argument}.name`, `1 to ${MAX_NAME_LENGTH} letters, or absent`, `${name.length} letters`);
  return { slug, name: name ?? slug };
}

function parseChange(
  snapshot: GraphSnapshot,
  input: HypotheticalChangeInput,
  at: string,
  skillOf: (slug: string, argument: string) => number,
): HypotheticalChange {
  const { addSkill, removeSkill, setHours, setRequirement, addPrerequisite, dropPrerequisite } = input;
  const requirement = (requires: typeof RequirementInput.$inferInput | null | undefined, argument: string) =>
    requires == null ? {} : { requirement: parseRequirement(requires, argument, skillOf) };
  if (addSkill != null)
    return {
      kind: "ADD_SKILL",
      cost: costOf(addSkill.hours, `${at}.addSkill.hours`),
      ...requirement(addSkill.requires, `${at}.addSkill.requires`),
    };
  if (removeSkill != null)
    return { kind: "REMOVE_SKILL", skill: parseSkill(snapshot, removeSkill, `${at}.removeSkill`) };
  if (setHours != null)
    return {
      kind: "SET_COST",
      owner: parseSkill(snapshot, setHours.skill, `${at}.setHours.skill`),
      cost: costOf(setHours.hours, `${at}.setHours.hours`),
    };
  if (setRequirement != null)
    return {
      kind: "SET_REQUIREMENT",
      owner: parseGoal(snapshot, setRequirement.of, `${at}.setRequirement.of`),
      ...requirement(setRequirement.requires, `${at}.setRequirement.requires`),
    };
  if (addPrerequisite != null)
    return {
      kind: "ADD_PREREQUISITE",
      owner: parseGoal(snapshot, addPrerequisite.to, `${at}.addPrerequisite.to`),
      requirement: parseRequirement(addPrerequisite.requires, `${at}.addPrerequisite.requires`, skillOf),
    };
  if (dropPrerequisite == null) throw fault(at, "one change", "none");
  return {
    kind: "DROP_PREREQUISITE",
    owner: parseGoal(snapshot, dropPrerequisite.from, `${at}.dropPrerequisite.from`),
    skill: skillOf(dropPrerequisite.skill, `${at}.dropPrerequisite.skill`),
  };
}

function costOf(hours: number, argument: string): number {
  if (!(hours >= 0 && hours <= MAX_HOURS)) throw fault(argument, `from 0 to ${MAX_HOURS}`, hours);
  return Math.round(hours * 100);
}

function fault(argument: string, expected: string, received: string | number): ValidationError {
  return new ValidationError({ argument, expected, received });
}
