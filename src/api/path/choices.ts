import { type CheapestChoices, MAX_SWAPS, swapped } from "../../planning/explain/cheapest-choices.ts";
import { builder } from "../builder.ts";
import { addCacheId, hashOf } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { fault, results } from "../core/errors.ts";
import { runTask } from "../core/run.ts";
import { MAX_CHOICES } from "../limits.ts";
import { addPartId } from "./part-id.ts";
import { type AnsweredPath, LearningPath, orUnreachable, solvedPath } from "./path.ts";
import { parseSkills } from "./request.ts";
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

interface ChoiceShape extends Pick<ChoicesShape, "from" | "asked"> {
  readonly choice: Choice;
  /** The index among the choices. */
  readonly at: number;
}

const PathChoice = builder.objectRef<ChoiceShape>("PathChoice").implement({
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
      resolve: ({ from, asked, at, choice }) => ({
        ...choice.difference,
        path: from,
        place: ["choice", asked, at],
      }),
    }),
    path: t.field({
      type: LearningPath,
      description:
        "The path, with its own schedule, projects and resources. It lists no further choices: to get those, ask again with this one chosen.",
      resolve: ({ from, choice }) => {
        const question = swapped(from.question, choice.swaps[0]!);
        const request = { ...from.request, question, objective: undefined };
        return { ...solvedPath(request, choice.path), isListed: true };
      },
    }),
  }),
});
addPartId(PathChoice, ({ from, asked, at }) => [from, asked, at]);

interface ChoicesShape {
  readonly from: AnsweredPath;
  /** A hash of the arguments. */
  readonly asked: string;
  readonly found: CheapestChoices;
}

const PathChoices = builder.objectRef<ChoicesShape>("PathChoices").implement({
  description: "The cheapest path in hours, and the next-best ones that choose differently.",
  fields: (t) => ({
    bestHours: t.hours(
      "The hours of the cheapest path to the goals, with which the choices are compared.",
      ({ found }) => found.best.cost,
    ),
    choices: t.field({
      type: [PathChoice],
      description:
        "The choices, cheapest first: each is the cheapest path that makes its choice. A choice that replaces a skill from `choose` can take fewer hours than the cheapest path.",
      resolve: ({ from, asked, found }) => found.choices.map((choice, at) => ({ from, asked, choice, at })),
    }),
    isComplete: t.boolean({
      description: `False when there were more than ${MAX_SWAPS} choices to try. Then those of the goals and of the first steps were tried.`,
      resolve: ({ found }) => found.isComplete,
    }),
  }),
});
addPartId(PathChoices, ({ from, asked }) => [from, asked]);

builder.objectField(LearningPath, "choices", (t) =>
  t.field({
    type: PathChoices,
    nullable: true,
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
    resolve: async (path, { first, of }, { snapshot }): Promise<ChoicesShape> => {
      checkRange("first", first, 1, MAX_CHOICES);
      if (path.isListed)
        throw fault("choices", "asked of a path that is not itself one of several", "a path from a list");
      const steps = of == null ? undefined : parseSkills(snapshot, of, "of");
      const options = { atMost: first, steps };
      const answer = await runTask("cheapestChoices", snapshot.graph, path.question, options);
      return { from: path, asked: hashOf([first, steps]), found: orUnreachable(snapshot, answer) };
    },
  }),
);
