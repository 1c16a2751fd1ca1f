import { type CheapestChoices, MAX_SWAPS, swapped } from "../../planning/explain/cheapest-choices.ts";
import { builder } from "../builder.ts";
import { addCacheId, hashOf } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { fault, results } from "../core/errors.ts";
import { runTask } from "../core/run.ts";
import { MAX_CHOICES } from "../limits.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { LearningPath, orUnreachable, solvedPath } from "./path.ts";
import { SlugReader } from "./slugs.ts";
import { PathDifferenceType } from "./step.ts";

type Choice = CheapestChoices["choices"][number];
type Swap = Choice["swaps"][number];

const SwapType = builder.objectRef<Swap>("Swap").implement({
  description: "Learning one skill instead of another where a requirement offers both.",
  fields: (t) => ({
    choose: t.skill("The skill to learn: put it into `choose` to get the path.", ({ choose }) => choose),
    insteadOf: t.skill(
      "The skill of the cheapest path that is dropped: put it into `avoid` to get the path.",
      ({ insteadOf }) => insteadOf,
    ),
    offeredBy: t.goal("Whose requirement leaves the choice.", ({ owner }) => owner),
  }),
});
addCacheId(SwapType, ({ choose, insteadOf, owner }, { snapshot }) => [
  snapshot.revision,
  choose,
  insteadOf,
  owner,
]);

/** `asked`: a hash of the arguments; `at`: the index among the choices. */
type Chosen = OfPath<{ readonly asked: string; readonly choice: Choice; readonly at: number }>;

const PathChoice = builder.objectRef<Chosen>("PathChoice").implement({
  description: "A path that makes a different choice, and its price.",
  fields: (t) => ({
    swaps: t.field({
      type: [SwapType],
      description: "The swaps for which this is the cheapest path. The first one names the choice.",
      resolve: ({ choice }) => [...choice.swaps],
    }),
    difference: t.field({
      type: PathDifferenceType,
      description: "What the path adds to the cheapest one, drops from it and costs.",
      resolve: ({ path, asked, at, choice }) => ({
        ...choice.difference,
        path,
        place: ["choice", asked, at],
      }),
    }),
    path: t.field({
      type: LearningPath,
      description:
        "The path, with its own schedule, projects and resources. It lists no further choices: to get those, ask again with this one chosen.",
      resolve: ({ path, choice }, _args, context) => {
        const question = swapped(path.question, choice.swaps[0]!);
        const request = { ...path.request, question, objective: undefined };
        return solvedPath(context, request, choice.path, true);
      },
    }),
  }),
});
addPartId(PathChoice, ({ path, asked, at }) => [path, asked, at]);

type Choices = OfPath<CheapestChoices & { readonly asked: string }>;

const PathChoices = builder.objectRef<Choices>("PathChoices").implement({
  description: "The cheapest path in hours, and the next-best ones that choose differently.",
  fields: (t) => ({
    bestHours: t.hours(
      "The hours of the cheapest path to the goals, with which the choices are compared.",
      ({ best }) => best.cost,
    ),
    choices: t.field({
      type: [PathChoice],
      description:
        "The choices, cheapest first: each is the cheapest path that makes its choice. A choice that replaces a skill from `choose` can take fewer hours than the cheapest path.",
      resolve: ({ path, asked, choices }) => choices.map((choice, at) => ({ path, asked, choice, at })),
    }),
    isComplete: t.exposeBoolean("isComplete", {
      description: `False when not all choices were tried: there were more than ${MAX_SWAPS}, or the search ran out of budget. Those of the goals and of the first steps were tried.`,
    }),
  }),
});
addPartId(PathChoices, ({ path, asked }) => [path, asked]);

builder.objectField(LearningPath, "choices", (t) =>
  t.field({
    type: PathChoices,
    description:
      "The next-best paths that make different choices, such as another language with its frameworks, and the price of each choice in hours, whatever the path optimises.",
    args: {
      first: t.arg.int(howMany(5, 1, MAX_CHOICES)),
      of: t.arg.stringList({
        description:
          "Slugs of steps of the cheapest path: only choices that replace one of these. Absent: all.",
      }),
    },
    errors: results("PathChoicesResult", "Other choices, or why there are none."),
    resolve: async (path, { first, of }, context): Promise<Choices> => {
      checkRange("first", first, 1, MAX_CHOICES);
      if (path.isListed)
        throw fault("choices", "asked of a path that is not itself one of several", "a path from a list");
      const slugs = new SlugReader(context);
      const steps = of == null ? undefined : slugs.skills(of, "of");
      await slugs.refuseUnknown();
      const options = { atMost: first, steps };
      const answer = await runTask("cheapestChoices", context, path.question, options);
      return { ...orUnreachable(context.snapshot, answer), path, asked: hashOf([first, steps]) };
    },
  }),
);
