import { type CheapestChoices, MAX_SWAPS, swapped } from "../../planning/explain/cheapest-choices.ts";
import { builder } from "../builder.ts";
import { Goal, hours, ownerHandle, SkillHandle } from "../core/entity.ts";
import { NotFoundError, UnreachableGoalError, ValidationError } from "../core/errors.ts";
import { runTask } from "../core/run-task.ts";
import { MAX_CHOICES } from "../limits.ts";
import { Skill } from "../skill/skill.ts";
import { parseSkills } from "./learner-input.ts";
import { type AnsweredPath, solvedPath, unreachable } from "./learning-path.ts";
import { LearningPath } from "./learning-path-type.ts";
import { PathDifferenceType } from "./path-difference.ts";

type Choice = CheapestChoices["choices"][number];
type Swap = Choice["swaps"][number];

const SwapType = builder.objectRef<Swap>("Swap").implement({
  description: "Taking one skill instead of another where a requirement offers both.",
  fields: (t) => ({
    choose: t.field({
      type: Skill,
      description: "The skill taken: `choose` it to get the path.",
      resolve: ({ choose }) => new SkillHandle(choose),
    }),
    insteadOf: t.field({
      type: Skill,
      description: "The skill of the cheapest path left aside: `avoid` it to get the path.",
      resolve: ({ insteadOf }) => new SkillHandle(insteadOf),
    }),
    offeredBy: t.field({
      type: Goal,
      description: "Whose requirement leaves the choice.",
      resolve: ({ owner }, _args, { snapshot }) => ownerHandle(snapshot, owner),
    }),
  }),
});

interface ChoiceShape {
  readonly from: AnsweredPath;
  readonly choice: Choice;
}

const PathChoice = builder.objectRef<ChoiceShape>("PathChoice").implement({
  description: "A path that makes a different choice, and its price.",
  fields: (t) => ({
    swaps: t.field({
      type: [SwapType],
      description: "The choices of which this is the cheapest path; the first one names it.",
      resolve: ({ choice }) => [...choice.swaps],
    }),
    difference: t.field({
      type: PathDifferenceType,
      description: "What the choice adds to the cheapest path, drops from it and costs.",
      resolve: ({ choice }) => choice.difference,
    }),
    path: t.field({
      type: LearningPath,
      description:
        "The path, with its own schedule, projects and resources. It lists no further choices: ask again with this one chosen.",
      resolve: ({ from, choice }) => {
        const question = swapped(from.question, choice.swaps[0]!);
        const request = { ...from.request, question, objective: undefined };
        return { ...solvedPath(request, choice.path), isListed: true };
      },
    }),
  }),
});

interface ChoicesShape {
  readonly from: AnsweredPath;
  readonly found: CheapestChoices;
}

const PathChoices = builder.objectRef<ChoicesShape>("PathChoices").implement({
  description: "The cheapest path in hours and the next-best ones that choose differently.",
  fields: (t) => ({
    bestHours: t.float({
      description: "The hours of the cheapest path to what was asked, which the choices are compared with.",
      resolve: ({ found }) => hours(found.best.cost),
    }),
    choices: t.field({
      type: [PathChoice],
      description:
        "From the cheapest on: each is the cheapest path that makes its choice. One in place of a skill that the input chose can take fewer hours.",
      resolve: ({ from, found }) => found.choices.map((choice) => ({ from, choice })),
    }),
    isComplete: t.boolean({
      description: `False when there were more than ${MAX_SWAPS} choices to try: those of the goals and of the first steps were tried.`,
      resolve: ({ found }) => found.isComplete,
    }),
  }),
});

builder.objectField(LearningPath, "choices", (t) =>
  t.field({
    type: PathChoices,
    nullable: true,
    description:
      "The next-best paths that make different choices, and the price of each choice: another language, with the frameworks that come with it. In hours, whatever the path optimises.",
    args: {
      first: t.arg.int({
        required: true,
        defaultValue: 5,
        description: `How many to return, from 1 to ${MAX_CHOICES}.`,
      }),
      of: t.arg.stringList({
        description: "Only the choices that these steps of the cheapest path are, by slug; absent: all.",
      }),
    },
    errors: {
      types: [NotFoundError, ValidationError, UnreachableGoalError],
      union: { name: "PathChoicesResult", description: "Other choices, or why there are none." },
    },
    resolve: async (path, { first, of }, { snapshot }): Promise<ChoicesShape> => {
      if (first < 1 || first > MAX_CHOICES)
        throw new ValidationError({
          argument: "first",
          expected: `between 1 and ${MAX_CHOICES}`,
          received: first,
        });
      if (path.isListed)
        throw new ValidationError({
          argument: "choices",
          expected: "asked of a path that is not one of several itself",
          received: "a path of a list",
        });
      const steps = of == null ? undefined : parseSkills(snapshot, of, "of");
      const options = { atMost: first, steps };
      const found = await runTask("cheapestChoices", snapshot.graph, path.question, options);
      if (found.kind === "unreachable") throw unreachable(snapshot, found);
      return { from: path, found };
    },
  }),
);
