import { MAX_SENSITIVITY_SEARCHES } from "../../planning/limits.ts";
import type { HoursChange, PrerequisiteChange, Sensitivity } from "../../planning/scenarios/sensitivity.ts";
import { builder } from "../builder.ts";
import { checkRange, howMany } from "../core/check.ts";
import { fault, results } from "../core/errors.ts";
import { runTask } from "../core/run.ts";
import { MAX_SENSITIVE_CHANGES } from "../limits.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { LearningPath, orUnreachable } from "./path.ts";
import { PathDifferenceType } from "./step.ts";

const IS_EXACT = "Whether all of that is proved. False when a search ran out of budget.";

const HoursChangeType = builder.objectRef<OfPath<HoursChange>>("HoursChange").implement({
  description: "A skill whose hours decide which path is the cheapest.",
  fields: (t) => ({
    skill: t.skill(
      "The skill: a step of the cheapest path, or one that it does without.",
      ({ skill }) => skill,
    ),
    hours: t.hours("The hours of the skill today.", ({ skill }, { snapshot }) => snapshot.graph.cost[skill]!),
    changesAtHours: t.hours(
      "Where another path becomes the cheapest: with more hours than these for a step, which is then left out; with fewer for another skill, which is then taken. At these very hours both take the same. Another skill saves as many if it takes none.",
      ({ changesAt }) => changesAt,
    ),
    difference: t.field({
      type: PathDifferenceType,
      description:
        "How the other path differs from the cheapest one, at the hours of today. `extraHours` is how far the hours of the skill have to move.",
      resolve: ({ path, skill, difference }) => ({ ...difference, path, place: ["hours", skill] }),
    }),
    isExact: t.exposeBoolean("isExact", { description: IS_EXACT }),
  }),
});
addPartId(HoursChangeType, ({ path, skill }) => [path, skill]);

const PrerequisiteChangeType = builder.objectRef<OfPath<PrerequisiteChange>>("PrerequisiteChange").implement({
  description: "A prerequisite without which the cheapest path takes other hours.",
  fields: (t) => ({
    prerequisite: t.skill("The skill that would no longer be asked for.", ({ prerequisite }) => prerequisite),
    dependent: t.goal("Whose requirement names it.", ({ owner }) => owner),
    difference: t.field({
      type: PathDifferenceType,
      description:
        "How the cheapest path without the prerequisite differs. `extraHours` is negative for what is saved; it is positive where the prerequisite is the cheapest of several alternatives.",
      resolve: ({ path, prerequisite, owner, difference }) => ({
        ...difference,
        path,
        place: ["prerequisite", owner, prerequisite],
      }),
    }),
    isExact: t.exposeBoolean("isExact", { description: IS_EXACT }),
  }),
});
addPartId(PrerequisiteChangeType, ({ path, owner, prerequisite }) => [path, owner, prerequisite]);

type Asked = OfPath<Sensitivity & { readonly first: number }>;

const PathSensitivity = builder.objectRef<Asked>("PathSensitivity").implement({
  description: "Which single changes of the graph change the cheapest path, and by how much.",
  fields: (t) => ({
    hours: t.field({
      type: [HoursChangeType],
      description:
        "The skills whose hours decide, the least change first. What every path has is not among them: its hours are taken anyway.",
      resolve: ({ path, hours, first }) => hours.slice(0, first).map((change) => ({ ...change, path })),
    }),
    prerequisites: t.field({
      type: [PrerequisiteChangeType],
      description:
        "The prerequisites without which the path takes other hours, the greatest difference first. Where all of a list is needed, the rest of it is; of alternatives, another one is taken. Those without which the goals are out of reach are not listed.",
      resolve: ({ path, prerequisites, first }) =>
        prerequisites.slice(0, first).map((change) => ({ ...change, path })),
    }),
    isComplete: t.exposeBoolean("isComplete", {
      description: `False when not everything was tried: there was more than ${MAX_SENSITIVITY_SEARCHES} to try, or the search ran out of budget. The steps of the path come first.`,
    }),
  }),
});
addPartId(PathSensitivity, ({ path, first }) => [path, first]);

builder.objectField(LearningPath, "sensitivity", (t) =>
  t.field({
    type: PathSensitivity,
    description:
      "Which estimate of hours and which prerequisite the cheapest path hangs on: what single change would make another path the cheapest, or this one cheaper. In hours, whatever the path optimises.",
    args: { first: t.arg.int(howMany(20, 1, MAX_SENSITIVE_CHANGES)) },
    errors: results("PathSensitivityResult", "What the path hangs on, or why that is not known."),
    resolve: async (path, { first }, context): Promise<Asked> => {
      checkRange("first", first, 1, MAX_SENSITIVE_CHANGES);
      if (path.isListed)
        throw fault("sensitivity", "asked of a path that is not itself one of several", "a path from a list");
      const answer = await runTask("sensitivity", context, path.question);
      return { ...orUnreachable(context.snapshot, answer), path, first };
    },
  }),
);
