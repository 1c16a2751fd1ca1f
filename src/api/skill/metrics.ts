import { MAX_EXACT_NODES, SAMPLED_SOURCES } from "../../graph/facts/betweenness.ts";
import { MAX_SKILLS_MEASURED, type SkillMetrics as Measured } from "../../graph/facts/skill-metrics.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { memo, runTask } from "../core/run.ts";
import { Skill } from "./skill.ts";

/** The figures of all skills, once for each revision. */
export const metricsOf = memo((snapshot: GraphSnapshot) => runTask("skillMetrics", { snapshot }));

/** A skill, with the figures of all. */
interface OfSkill {
  readonly skill: number;
  readonly all: Measured;
}

const SkillMetrics = builder.objectRef<OfSkill>("SkillMetrics").implement({
  description:
    "Figures about the place of a skill among the others. The factors are those of curricula (Heileman and others, arXiv 1811.09676): they take every prerequisite for necessary, alternatives too. Where alternatives form loops, prerequisites that can only be learned later do not count.",
  fields: (t) => ({
    dependents: t.int({
      description: "How many skills name it in their own requirement.",
      resolve: ({ skill, all }) => all.dependents[skill]!,
    }),
    blockingFactor: t.int({
      description: "How many skills have it before them, directly or through others.",
      resolve: ({ skill, all }) => all.blocking[skill]!,
    }),
    delayFactor: t.int({
      description: "How many skills the longest chain of prerequisites through it has, itself included.",
      resolve: ({ skill, all }) => all.delay[skill]!,
    }),
    structuralComplexity: t.int({
      description: "The sum of `blockingFactor` and `delayFactor`.",
      resolve: ({ skill, all }) => all.blocking[skill]! + all.delay[skill]!,
    }),
    redundantPrerequisites: t.int({
      description: "How many of its prerequisites follow from others of them.",
      resolve: ({ skill, all }) => all.redundant[skill]!,
    }),
    betweenness: t.float({
      description: `The share of the shortest ways between two other skills that pass it, from 0 to 1. In a graph of more than ${MAX_EXACT_NODES} skills an estimate from ${SAMPLED_SOURCES} of them.`,
      resolve: ({ skill, all }) => all.betweenness[skill]!,
    }),
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
    resolve: async ({ index }, _args, { snapshot }) => {
      const all = await metricsOf(snapshot);
      return all === undefined ? undefined : { skill: index, all };
    },
  }),
);
