import { MAX_SKILLS_MEASURED } from "../../graph/facts/skill-metrics.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { FIGURES, type Figures, figuresOf } from "./figures.ts";
import { Skill } from "./skill.ts";

/** A skill, with the figures of all. */
interface OfSkill {
  readonly skill: number;
  readonly all: Figures;
}

const SkillMetrics = builder.objectRef<OfSkill>("SkillMetrics").implement({
  description:
    "Figures about the place of a skill among the others. The factors and the centrality are those of curricula (Heileman and others, arXiv 1811.09676): they take every prerequisite for necessary, alternatives too. Where alternatives form loops, prerequisites that can only be learned later do not count.",
  fields: (t) => ({
    ...Object.fromEntries(
      Object.values(FIGURES).map(({ field, type, description, of }) => [
        field,
        t.field({ type, description, resolve: ({ skill, all }) => of(all)[skill]! }),
      ]),
    ),
    isNeeded: t.boolean({
      description: "Whether a role, project or roadmap asks for it, directly or through what skills require.",
      resolve: ({ skill, all }) => all.isNeeded[skill] === 1,
    }),
  }),
});
addCacheId(SkillMetrics, ({ skill }, { snapshot }) => [snapshot.revision, skill]);

builder.objectField(Skill, "metrics", (t) =>
  t.field({
    type: SkillMetrics,
    nullable: true,
    description: `Figures about its place among the other skills. Null in a graph of more than ${MAX_SKILLS_MEASURED} skills.`,
    resolve: async ({ index }, _args, context) => {
      const all = await figuresOf(context);
      return all === undefined ? undefined : { skill: index, all };
    },
  }),
);
