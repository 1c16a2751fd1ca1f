import { parseDate } from "../../planning/time/calendar-date.ts";
import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import type { ProgressEntry } from "../../store/rows/learner-data.ts";
import { isStorable } from "../../store/storable-text.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { checkRange } from "../core/check.ts";
import { fault, results, SLUG_ERRORS } from "../core/errors.ts";
import { MAX_EVIDENCE_LENGTH, MAX_HOURS_SPENT } from "../limits.ts";
import { SlugReader } from "../path/slugs.ts";
import { estimatedSkill } from "../skill/spent-hours.ts";
import { needs } from "../viewer.ts";
import { ownData, skillOf, withinLimits } from "./own-data.ts";

/** How far a learner is. */

const ProgressStateEnum = builder.enumType("ProgressState", ENUM_OPTIONS.ProgressState);

export const SkillProgress = builder.objectRef<ProgressEntry>("SkillProgress").implement({
  description: "How far the learner who asks is with one skill.",
  fields: (t) => ({
    slug: t.string({
      description:
        "The slug that the skill had when it was recorded. It stays, whatever becomes of the skill.",
      resolve: ({ skill }) => skill,
    }),
    skill: t.field({
      type: "Skill",
      nullable: true,
      description: "The skill as it is now, by another slug too. Null when it is not there any more.",
      resolve: (entry, _args, { snapshot }) => skillOf(snapshot, entry) ?? null,
    }),
    state: t.expose("state", { type: ProgressStateEnum, description: "How far it is." }),
    on: t.field({
      type: "LocalDate",
      nullable: true,
      description: "The day since when, or for when. Null where none was said.",
      resolve: ({ on }) => on?.toISOString().slice(0, 10) ?? null,
    }),
    hours: t.exposeFloat("hours", {
      nullable: true,
      description: "The hours spent on it so far. Null where none were said.",
    }),
    evidence: t.exposeString("evidence", {
      nullable: true,
      description: "A link to what shows it, https only. Null where there is none.",
    }),
    recordedAt: t.expose("recordedAt", { type: "DateTime", description: "When this was recorded." }),
  }),
});
addCacheId(SkillProgress, ({ skill }) => [skill]);

const RecordProgressInput = builder.inputType("RecordProgressInput", {
  description: "How far the learner is with a skill, in place of what was recorded of it before.",
  fields: (t) => ({
    skill: t.string({ required: true, description: "The slug of the skill." }),
    state: t.field({ type: ProgressStateEnum, required: true, description: "How far it is." }),
    on: t.field({ type: "LocalDate", description: "The day since when, or for when." }),
    hours: t.float({
      description: `The hours spent on it so far: 0 to ${MAX_HOURS_SPENT}, at most two decimals.`,
    }),
    evidence: t.string({
      description: `A link to what shows it: https, at most ${MAX_EVIDENCE_LENGTH} letters, without a password.`,
    }),
  }),
});

builder.mutationField("recordProgress", (t) =>
  t.field({
    type: SkillProgress,
    extensions: needs("learner"),
    description:
      "Records how far the learner is with a skill. To send it again changes nothing. Hours of a skill that is known are counted once in `Skill.hoursSpent`, which does not tell whose they are.",
    args: { input: t.arg({ type: RecordProgressInput, required: true, description: "What to record." }) },
    errors: results("RecordProgressResult", "What was recorded, or why nothing was.", SLUG_ERRORS),
    resolve: async (_root, { input }, context) => {
      const { snapshot } = context;
      const slugs = new SlugReader(context);
      const index = slugs.skill(input.skill, "input.skill");
      await slugs.refuseUnknown();
      const { hours, evidence, on } = input;
      if (hours != null) {
        checkRange("input.hours", hours, 0, MAX_HOURS_SPENT);
        if (Math.abs(hours * 100 - Math.round(hours * 100)) > 1e-6)
          throw fault("input.hours", "a number of at most two decimals", hours);
      }
      if (on != null && parseDate(on) === undefined)
        throw fault("input.on", "a date of the years 1 to 9999", on);
      if (evidence != null && !isEvidence(evidence))
        throw fault(
          "input.evidence",
          `a link that begins with https://, at most ${MAX_EVIDENCE_LENGTH} letters`,
          evidence,
        );
      const entry = {
        ...{ state: input.state, hours: hours ?? null, evidence: evidence ?? null },
        on: on == null ? null : new Date(`${on}T00:00:00Z`),
      };
      return ownData(context)
        .record(entry, estimatedSkill(snapshot, index))
        .catch(withinLimits("input.skill"));
    },
  }),
);

/** Nothing but https: what is shown as a link must not run anything. */
function isEvidence(text: string): boolean {
  if (text.length > MAX_EVIDENCE_LENGTH || !isStorable(text) || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return protocol === "https:" && username === "" && password === "";
}
