import {
  type HypotheticalChange,
  MAX_HYPOTHETICAL_CHANGES,
} from "../../planning/scenarios/hypothetical-graph.ts";
import { name as fileName } from "../../seeding/graph-file-parts.ts";
import { type GraphSnapshot, indexOfSlug } from "../../store/snapshot/graph-snapshot.ts";
import { isStorable } from "../../store/storable-text.ts";
import { builder } from "../builder.ts";
import { checkCount, checkRange } from "../core/check.ts";
import { fault } from "../core/errors.ts";
import { MAX_HOURS, MAX_NAME_LENGTH } from "../limits.ts";
import { GoalInput } from "../path/input.ts";
import type { SlugReader } from "../path/slugs.ts";
import { parseRequirement, RequirementInput } from "../requirement/input.ts";

const HOURS = `The hours of the skill, from 0 to ${MAX_HOURS}. Rounded to hundredths.`;

const AddSkillInput = builder.inputType("AddSkillInput", {
  description: "A skill that does not exist yet.",
  fields: (t) => ({
    slug: t.string({
      required: true,
      description: "The slug, which no skill may have yet. Other changes may name it.",
    }),
    name: t.string({ description: `The name, at most ${MAX_NAME_LENGTH} letters. Absent: the slug.` }),
    hours: t.float({ required: true, description: HOURS }),
    requires: t.field({ type: RequirementInput, description: "What must be known before. Absent: nothing." }),
  }),
});

const SetHoursInput = builder.inputType("SetHoursInput", {
  description: "Another estimate of the hours of a skill.",
  fields: (t) => ({
    skill: t.string({ required: true, description: "The slug of the skill." }),
    hours: t.float({ required: true, description: HOURS }),
  }),
});

const SetRequirementInput = builder.inputType("SetRequirementInput", {
  description: "Another requirement in place of today's one.",
  fields: (t) => ({
    of: t.field({ type: GoalInput, required: true, description: "Whose requirement it is." }),
    requires: t.field({ type: RequirementInput, description: "What must be known before. Absent: nothing." }),
  }),
});

const AddPrerequisiteInput = builder.inputType("AddPrerequisiteInput", {
  description: "A requirement in addition to today's one.",
  fields: (t) => ({
    to: t.field({ type: GoalInput, required: true, description: "Who gets the requirement." }),
    requires: t.field({
      type: RequirementInput,
      required: true,
      description: "What must be known in addition.",
    }),
  }),
});

const DropPrerequisiteInput = builder.inputType("DropPrerequisiteInput", {
  description: "A skill to remove from a requirement.",
  fields: (t) => ({
    from: t.field({ type: GoalInput, required: true, description: "Whose requirement it is." }),
    skill: t.string({ required: true, description: "The slug of the skill." }),
  }),
});

export const HypotheticalChangeInput = builder.inputType("HypotheticalChangeInput", {
  description: `A hypothetical change to the graph. Exactly one field must be set. One question may make at most ${MAX_HYPOTHETICAL_CHANGES} changes.`,
  isOneOf: true,
  fields: (t) => ({
    addSkill: t.field({ type: AddSkillInput, description: "Adds a skill." }),
    removeSkill: t.string({ description: "Removes the skill with this slug, also from all requirements." }),
    setHours: t.field({ type: SetHoursInput, description: "Changes the hours of a skill." }),
    setRequirement: t.field({ type: SetRequirementInput, description: "Replaces a requirement." }),
    addPrerequisite: t.field({ type: AddPrerequisiteInput, description: "Adds to a requirement." }),
    dropPrerequisite: t.field({
      type: DropPrerequisiteInput,
      description: "Removes a skill from a requirement.",
    }),
  }),
});
export type HypotheticalChangeInput = typeof HypotheticalChangeInput.$inferInput;

/** A skill that a what-if adds. */
interface AddedSkill {
  readonly slug: string;
  readonly name: string;
}

export interface Hypothesis {
  readonly changes: readonly HypotheticalChange[];
  /** In the order of their indices, which follow those of today's skills. */
  readonly added: readonly AddedSkill[];
}

const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const MAX_SLUG_LENGTH = 80;

/** The skills that changes add. Throws ValidationError. */
export function parseAdded(
  snapshot: GraphSnapshot,
  inputs: readonly HypotheticalChangeInput[],
): readonly AddedSkill[] {
  checkCount("changes", inputs, MAX_HYPOTHETICAL_CHANGES, 1);
  const added = inputs.flatMap(({ addSkill }, at) =>
    addSkill == null ? [] : [addedSkill(snapshot, addSkill, `changes[${at}].addSkill`)],
  );
  const twice = added.find(({ slug }, at) => added.findIndex((other) => other.slug === slug) !== at);
  if (twice !== undefined) throw fault("changes", "a list that adds each skill once", twice.slug);
  return added;
}

function addedSkill(
  snapshot: GraphSnapshot,
  { slug, name }: NonNullable<HypotheticalChangeInput["addSkill"]>,
  argument: string,
): AddedSkill {
  if (!SLUG.test(slug) || slug.length > MAX_SLUG_LENGTH)
    throw fault(
      `${argument}.slug`,
      `lower-case letters and digits with single hyphens between them, at most ${MAX_SLUG_LENGTH}`,
      slug,
    );
  if (indexOfSlug(snapshot.skills, slug) !== undefined)
    throw fault(
      `${argument}.slug`,
      "a slug that no skill has or had (to change a skill, use setHours or setRequirement)",
      slug,
    );
  if (name != null && (name.trim() === "" || name.length > MAX_NAME_LENGTH))
    throw fault(`${argument}.name`, `1 to ${MAX_NAME_LENGTH} letters, or absent`, `${name.length} letters`);
  if (name != null && !(isStorable(name) && fileName.safeParse(name).success))
    throw fault(`${argument}.name`, "letters that can be seen and stored", name);
  return { slug, name: name ?? slug };
}

/**
 * Checks a change, whose slugs may name added skills where they need not be today's. Throws ValidationError; `slugs`
 * knows of unknown ones.
 */
export function parseChange(
  slugs: SlugReader,
  input: HypotheticalChangeInput,
  at: string,
): HypotheticalChange {
  const { addSkill, removeSkill, setHours, setRequirement, addPrerequisite, dropPrerequisite } = input;
  const requirementOf = (requires: typeof RequirementInput.$inferInput, argument: string) =>
    parseRequirement(requires, argument, (slug, place) => slugs.anySkill(slug, place));
  const requirement = (requires: typeof RequirementInput.$inferInput | null | undefined, argument: string) =>
    requires == null ? {} : { requirement: requirementOf(requires, argument) };
  if (addSkill != null)
    return {
      kind: "ADD_SKILL",
      cost: costOf(addSkill.hours, `${at}.addSkill.hours`),
      ...requirement(addSkill.requires, `${at}.addSkill.requires`),
    };
  if (removeSkill != null)
    return { kind: "REMOVE_SKILL", skill: slugs.skill(removeSkill, `${at}.removeSkill`) };
  if (setHours != null)
    return {
      kind: "SET_COST",
      owner: slugs.skill(setHours.skill, `${at}.setHours.skill`),
      cost: costOf(setHours.hours, `${at}.setHours.hours`),
    };
  if (setRequirement != null)
    return {
      kind: "SET_REQUIREMENT",
      owner: slugs.goal(setRequirement.of, `${at}.setRequirement.of`),
      ...requirement(setRequirement.requires, `${at}.setRequirement.requires`),
    };
  if (addPrerequisite != null)
    return {
      kind: "ADD_PREREQUISITE",
      owner: slugs.goal(addPrerequisite.to, `${at}.addPrerequisite.to`),
      requirement: requirementOf(addPrerequisite.requires, `${at}.addPrerequisite.requires`),
    };
  if (dropPrerequisite == null) throw fault(at, "one change", "none");
  return {
    kind: "DROP_PREREQUISITE",
    owner: slugs.goal(dropPrerequisite.from, `${at}.dropPrerequisite.from`),
    skill: slugs.anySkill(dropPrerequisite.skill, `${at}.dropPrerequisite.skill`),
  };
}

function costOf(hours: number, argument: string): number {
  checkRange(argument, hours, 0, MAX_HOURS);
  return Math.round(hours * 100);
}
