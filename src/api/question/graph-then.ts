import { requirementTree } from "../../graph/model/requirement.ts";
import type { SolvedPath } from "../../planning/path-question.ts";
import type { TakenAsKnown } from "../../planning/problem/taken-as-known.ts";
import { type GraphSnapshot, indexOfSlug } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import { type Answer, addAnswerId, addCacheId } from "../core/cache-id.ts";
import { results, SLUG_ERRORS, ValidationError } from "../core/errors.ts";
import { hours, ownerOfSlug } from "../core/handle.ts";
import { runTask } from "../core/run.ts";
import { LearningPathInput } from "../path/input.ts";
import { unreachable } from "../path/path.ts";
import { parseQuestion } from "../path/request.ts";
import { IN_WORDS, requirementInWords, writtenRequirement } from "../requirement/words.ts";
import { Skill } from "../skill/skill.ts";
import { Graph } from "./graph.ts";

/** What is asked of the graph at a revision: types of their own, since those of today read the rows of today. */

interface SkillThen {
  readonly then: GraphSnapshot;
  readonly index: number;
}

const GraphSkill = builder.objectRef<SkillThen>("GraphSkill").implement({
  description: "A skill as it is, or was, at the revision of a graph.",
  fields: (t) => ({
    slug: t.string({
      description: "The slug that it had.",
      resolve: ({ then, index }) => then.skills.slugs.at(index)!,
    }),
    name: t.string({
      description: "The name that it had.",
      resolve: ({ then, index }) => then.skills.names.at(index)!,
    }),
    hours: t.float({
      description: "The estimate of then.",
      resolve: ({ then, index }) => hours(then.graph.cost[index]!),
    }),
    requires: t.string({
      nullable: true,
      description: `What had to be known before, ${IN_WORDS}. Null for nothing.`,
      resolve: ({ then, index }) => {
        const requirement = requirementTree(then.graph, index);
        if (requirement === undefined) return null;
        return requirementInWords(writtenRequirement(requirement, (skill) => then.skills.slugs.at(skill)!));
      },
    }),
    skill: t.field({
      type: Skill,
      nullable: true,
      description: "The skill of today that is found by the slug. Null where there is none any more.",
      resolve: ({ then, index }, _args, { snapshot }) =>
        ownerOfSlug(snapshot, "Skill", then.skills.slugs.at(index)!) ?? null,
    }),
  }),
});
addCacheId(GraphSkill, ({ then, index }) => [then.revision, index]);

type TakenThen = TakenAsKnown & { readonly then: GraphSnapshot };

const GraphTakenAsKnown = builder.objectRef<TakenThen>("GraphTakenAsKnown").implement({
  description: "A skill that counts as known although the question does not name it.",
  fields: (t) => ({
    skill: t.field({
      type: GraphSkill,
      description: "The skill. List it in `notKnown` to learn it all the same.",
      resolve: ({ then, skill }) => ({ then, index: skill }),
    }),
    because: t.field({
      type: GraphSkill,
      description: "The known skill that covers it.",
      resolve: ({ then, because }) => ({ then, index: because }),
    }),
  }),
});
addCacheId(GraphTakenAsKnown, ({ then, skill, because }) => [then.revision, because, skill]);

type PathThen = Answer<{
  readonly then: GraphSnapshot;
  readonly path: SolvedPath;
  readonly taken: readonly TakenAsKnown[];
}>;

const GraphPath = builder.objectRef<PathThen>("GraphPath").implement({
  description: "The cheapest path in the graph at a revision.",
  fields: (t) => ({
    totalHours: t.hours("The hours of all steps.", ({ path }) => path.cost),
    isOptimal: t.boolean({
      description: "Whether it is proved that no path took fewer hours.",
      resolve: ({ path }) => path.isOptimal,
    }),
    lowerBoundHours: t.hours("No path took fewer hours than this.", ({ path }) => path.lowerBound),
    takenAsKnown: t.field({
      type: [GraphTakenAsKnown],
      description:
        "The skills that count as known because of `knownImplies`, each with the known skill that covers it.",
      resolve: ({ then, taken }) => taken.map((one) => ({ ...one, then })),
    }),
    steps: t.field({
      type: [GraphSkill],
      description: "The skills to learn, in an order in which they could be learned.",
      resolve: ({ then, path }) => path.skills.map((index) => ({ then, index })),
    }),
  }),
});
addAnswerId(GraphPath, ({ then }) => [then.revision]);

builder.objectFields(Graph, (t) => ({
  skill: t.field({
    type: GraphSkill,
    nullable: true,
    description: "A skill of the graph. Null where there is none of the slug.",
    args: { slug: t.arg.string({ required: true, description: "The slug, or one that it had before." }) },
    resolve: ({ snapshot: then }, { slug }) => {
      const index = indexOfSlug(then.skills, slug);
      return index === undefined ? null : { then, index };
    },
  }),
  path: t.field({
    type: GraphPath,
    description:
      "The cheapest path in the graph, by the quick search: `learningPath` tells more of the path of today. What the input says of time, projects, resources and other aims than the fewest hours does not count.",
    args: { input: t.arg({ type: LearningPathInput, required: true, description: "The question." }) },
    errors: results("GraphPathResult", "A path, or why there is none.", SLUG_ERRORS),
    resolve: async ({ snapshot: then }, args, context): Promise<PathThen> => {
      const at = { ...context, snapshot: then };
      const { question, known } = await parseQuestion(at, args.input);
      const path = await runTask("learningPath", at, question);
      if (path.kind === "path") return { args, then, path, taken: known.taken };
      // Which goals and skills these are can be told in words alone: others have their places today.
      const { message } = unreachable(then, path);
      throw new ValidationError("input.goals", "goals that could be reached", message);
    },
  }),
}));
