import { z } from "zod";
import { Basis } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { EntityKindEnum, Goal } from "../core/entity.ts";
import { OWNERS, type OwnerType, ownerOfSlug } from "../core/handle.ts";
import type { GoalInput } from "../path/input.ts";
import { BasisEnum } from "../provenance/citation.ts";
import type { HypotheticalChangeInput } from "../question/hypothesis.ts";
import type { RequirementShape } from "../requirement/input.ts";
import { IN_WORDS, requirementInWords } from "../requirement/words.ts";

/** What is stored of the changes of a proposal, and how it is shown. */

const slug = z.string();
const goal: z.ZodType<GoalInput> = z.union([
  z.strictObject({ skill: slug }),
  z.strictObject({ role: slug }),
  z.strictObject({ project: slug }),
  z.strictObject({ roadmap: slug }),
]);
const requires: z.ZodType<RequirementShape> = z.lazy(() =>
  z.object({
    skill: slug.nullish(),
    allOf: z.array(requires).nullish(),
    anyOf: z.array(requires).nullish(),
    atLeast: z.object({ count: z.number(), of: z.array(requires) }).nullish(),
  }),
);
const newSkill = z.object({
  ...{ slug, name: z.string().nullish() },
  ...{ hours: z.number(), requires: requires.nullish() },
});
const change: z.ZodType<HypotheticalChangeInput> = z.union([
  z.strictObject({ addSkill: newSkill }),
  z.strictObject({ removeSkill: slug }),
  z.strictObject({ setHours: z.object({ skill: slug, hours: z.number() }) }),
  z.strictObject({ setRequirement: z.object({ of: goal, requires: requires.nullish() }) }),
  z.strictObject({ addPrerequisite: z.object({ to: goal, requires }) }),
  z.strictObject({ dropPrerequisite: z.object({ from: goal, skill: slug }) }),
]);
const changes = z.array(change);
const cited = z.object({ document: slug, line: z.number(), mention: z.string(), basis: z.enum(Basis) });

/** The changes of a proposal. Throws where the database has something else. */
export function readChanges(json: string): HypotheticalChangeInput[] {
  return changes.parse(JSON.parse(json));
}

/** The citation of a proposal, as the API takes it. */
export function readCitation(json: string): z.infer<typeof cited> {
  return cited.parse(JSON.parse(json));
}

export const ProposedCitation = builder
  .objectRef<{ readonly proposal: string; readonly cited: z.infer<typeof cited> }>("ProposedCitation")
  .implement({
    description: "Where a document supports what is proposed, as its author says.",
    fields: (t) => ({
      document: t.string({
        description: "The slug of the document.",
        resolve: ({ cited }) => cited.document,
      }),
      line: t.int({ description: "The line, from 1.", resolve: ({ cited }) => cited.line }),
      mention: t.string({ description: "The words on that line.", resolve: ({ cited }) => cited.mention }),
      basis: t.field({
        type: BasisEnum,
        description: "How strongly they support it.",
        resolve: ({ cited }) => cited.basis,
      }),
    }),
  });
addCacheId(ProposedCitation, ({ proposal }) => [proposal]);

const KINDS = {
  ADD_SKILL: { description: "A new skill." },
  REMOVE_SKILL: { description: "A skill is deleted, and taken out of all that refers to it." },
  SET_HOURS: { description: "Another estimate of the hours of a skill." },
  SET_REQUIREMENT: { description: "Another requirement in place of today's one." },
  ADD_PREREQUISITE: { description: "A requirement in addition to today's one." },
  DROP_PREREQUISITE: { description: "A skill is taken out of a requirement." },
};

const ProposedChangeKind = builder.enumType("ProposedChangeKind", {
  description: "What a proposed change does.",
  values: KINDS,
});

interface Shown {
  readonly kind: keyof typeof KINDS;
  readonly of: GoalInput;
  readonly hours?: number;
  readonly name?: string | null | undefined;
  readonly requires?: RequirementShape | null | undefined;
}

interface ProposedChange extends Shown {
  readonly proposal: string;
  readonly at: number;
}

/** What a goal names. */
function named({ skill, role, project, roadmap }: GoalInput): {
  readonly type: OwnerType;
  readonly slug: string;
} {
  if (skill != null) return { type: "Skill", slug: skill };
  if (role != null) return { type: "Role", slug: role };
  return project == null ? { type: "Roadmap", slug: roadmap ?? "" } : { type: "Project", slug: project };
}

export const ProposedChangeType = builder.objectRef<ProposedChange>("ProposedChange").implement({
  description: "One change of a proposal.",
  fields: (t) => ({
    kind: t.expose("kind", { type: ProposedChangeKind, description: "What it does." }),
    ownerKind: t.field({
      type: EntityKindEnum,
      description: "The kind of what it is done to.",
      resolve: ({ of }) => OWNERS[named(of).type].kind,
    }),
    slug: t.string({
      description: "The slug of what it is done to, as it was when this was proposed.",
      resolve: ({ of }) => named(of).slug,
    }),
    node: t.field({
      type: Goal,
      nullable: true,
      description: "What it is done to, as it is now. Null when it is not there.",
      resolve: ({ of }, _args, { snapshot }) => {
        const { type, slug } = named(of);
        return ownerOfSlug(snapshot, type, slug) ?? null;
      },
    }),
    name: t.string({
      nullable: true,
      description: "The name of a new skill. Null for all else.",
      resolve: ({ kind, name, of }) => (kind === "ADD_SKILL" ? (name ?? named(of).slug) : null),
    }),
    hours: t.float({
      nullable: true,
      description: "The hours of a new skill, or of one with another estimate. Null for all else.",
      resolve: ({ hours }) => hours ?? null,
    }),
    requires: t.string({
      nullable: true,
      description: `The requirement that it names, ${IN_WORDS}; of what is dropped, the skill. Null for none.`,
      resolve: ({ requires }) => (requires == null ? null : requirementInWords(requires)),
    }),
  }),
});
addCacheId(ProposedChangeType, ({ proposal, at }) => [proposal, at]);

/** The changes as they are shown. */
export function shownChanges(proposal: string, inputs: readonly HypotheticalChangeInput[]): ProposedChange[] {
  return inputs.map((input, at) => ({ proposal, at, ...shownChange(input) }));
}

function shownChange(input: HypotheticalChangeInput): Shown {
  const { addSkill, removeSkill, setHours, setRequirement, addPrerequisite, dropPrerequisite } = input;
  if (addSkill != null) {
    const { slug: skill, name, hours, requires } = addSkill;
    return { kind: "ADD_SKILL", of: { skill }, name, hours, requires };
  }
  if (removeSkill != null) return { kind: "REMOVE_SKILL", of: { skill: removeSkill } };
  if (setHours != null) return { kind: "SET_HOURS", of: { skill: setHours.skill }, hours: setHours.hours };
  if (setRequirement != null)
    return { kind: "SET_REQUIREMENT", of: setRequirement.of, requires: setRequirement.requires };
  if (addPrerequisite != null)
    return { kind: "ADD_PREREQUISITE", of: addPrerequisite.to, requires: addPrerequisite.requires };
  return {
    kind: "DROP_PREREQUISITE",
    of: dropPrerequisite.from,
    requires: { skill: dropPrerequisite.skill },
  };
}
