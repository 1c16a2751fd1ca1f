import { LEAST_LEARNERS_TOLD, MOST_LEARNERS_TOLD } from "../../store/limits.ts";
import type { EstimatedSkill, SpentHours } from "../../store/rows/spent-hours.ts";
import { STEPS } from "../../store/rows/told-median.ts";
import { formerSlugsOf, type GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId } from "../core/cache-id.ts";
import { hours } from "../core/handle.ts";
import { UNSHARED } from "../viewer.ts";
import { Skill } from "./skill.ts";

/** What learners have spent on a skill, beside what editors estimate. */

const SpentHoursType = builder.objectRef<SpentHours>("SpentHours").implement({
  description:
    "What learners have spent on a skill until they knew it. Nobody's own hours can be told from it.",
  fields: (t) => ({
    learners: t.exposeInt("learners", { description: "How many learners it is made of." }),
    medianHours: t.exposeFloat("medianHours", {
      description: `What about half of them have spent at most, and half at least: one of ${STEPS.join(", ")} times the estimate of the time when it was made, the first and the last for all beyond. It is chosen at random, most often the middle one, and of few learners now and then one beside it.`,
    }),
  }),
});
addCacheId(SpentHoursType, ({ skill, learners }) => [skill, learners]);

builder.objectField(Skill, "hoursSpent", (t) =>
  t.field({
    type: SpentHoursType,
    nullable: true,
    extensions: UNSHARED,
    description: `What learners have spent on it until they knew it, as they have recorded it: evidence beside \`hours\`, which is the estimate of the editors and stays as it is. Null where fewer than ${LEAST_LEARNERS_TOLD} have recorded hours. It is made anew, of others, only when twice as many as the last time have, at most ${MOST_LEARNERS_TOLD}, and without a new revision: an answer that has it is kept by no cache.`,
    resolve: ({ index }, _args, context) => spentOn(context, index),
  }),
);

async function spentOn({ snapshot, spentHours }: Context, index: number): Promise<SpentHours | undefined> {
  const { slug, formerSlugs } = estimatedSkill(snapshot, index);
  const found = await Promise.all([slug, ...formerSlugs].map((each) => spentHours(each)));
  return found.find((spent) => spent !== undefined);
}

/** A skill of a snapshot as those who add up hours know it. */
export function estimatedSkill({ skills, graph }: GraphSnapshot, index: number): EstimatedSkill {
  return {
    slug: skills.slugs.at(index)!,
    // Another skill may have such a slug today.
    formerSlugs: formerSlugsOf(skills, index).filter((slug) => !skills.indexOf.has(slug)),
    hours: hours(graph.cost[index]!),
  };
}
