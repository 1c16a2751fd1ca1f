import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { checkRange } from "../core/check.ts";
import { ValidationError } from "../core/errors.ts";
import { DEFAULT_STEP_RESOURCES, MAX_PATH_RESOURCES } from "../limits.ts";
import { parsePreferences, Resource, ResourcePreferencesInput } from "../resource/resource.ts";
import type { AnsweredPath } from "./learning-path.ts";
import { LearningPath } from "./learning-path-type.ts";
import { type ChosenResources, resourcesOf } from "./path-resources.ts";
import { PathStep, type PathStepShape, stepsOf } from "./path-step.ts";

interface ResourcesShape extends ChosenResources {
  readonly path: AnsweredPath;
}

interface ChosenShape extends ResourcesShape {
  /** The place in `chosen.chosen`. */
  readonly at: number;
}

const PathResource = builder.objectRef<ChosenShape>("PathResource").implement({
  description: "A resource chosen for a path.",
  fields: (t) => ({
    resource: t.field({
      type: Resource,
      description: "The resource.",
      resolve: ({ rows, chosen, at }) => rows[chosen.chosen[at]!.resource]!,
    }),
    teaches: t.field({
      type: [PathStep],
      description: "The steps that it teaches, in the order of the path.",
      resolve: ({ path, chosen, at }) => stepsOf(path, chosen.chosen[at]!.teaches),
    }),
  }),
});

interface StepResourcesShape extends ResourcesShape {
  readonly step: number;
}

/** The resources for a step, those chosen for the path first. */
function forStep({ rows, chosen }: ChosenResources, step: number, first: number) {
  checkRange("first", first, 0, MAX_PATH_RESOURCES);
  return chosen.perStep[step]!.slice(0, first).map((at) => rows[at]!);
}

const FIRST = `How many to return, from 0 to ${MAX_PATH_RESOURCES}.`;

const StepResources = builder.objectRef<StepResourcesShape>("StepResources").implement({
  description: "What teaches a step.",
  fields: (t) => ({
    step: t.field({
      type: PathStep,
      description: "The step.",
      resolve: ({ path, step }) => ({ path, at: step }),
    }),
    resources: t.field({
      type: [Resource],
      nullable: true,
      description: "What suits the preferences and teaches it: what was chosen for the path comes first.",
      args: {
        first: t.arg.int({ required: true, defaultValue: DEFAULT_STEP_RESOURCES, description: FIRST }),
      },
      resolve: (shape, { first }) => forStep(shape, shape.step, first),
    }),
  }),
});

const PathResources = builder.objectRef<ResourcesShape>("PathResources").implement({
  description:
    "The fewest resources under the preferences that teach every step that can be taught: a book that teaches ten steps counts once. Most steps first, then fewest resources, then the cheaper ones.",
  fields: (t) => ({
    resources: t.field({
      type: [PathResource],
      description: "The resources chosen.",
      resolve: (shape) => shape.chosen.chosen.map((_, at) => ({ ...shape, at })),
    }),
    steps: t.field({
      type: [StepResources],
      description: "For every step, in the order of the path, what teaches it.",
      resolve: (shape) => shape.path.solved.skills.map((_, step) => ({ ...shape, step })),
    }),
    untaught: t.field({
      type: [PathStep],
      description: "The steps that nothing teaches under the preferences.",
      resolve: ({ path, chosen }) => stepsOf(path, chosen.untaught),
    }),
    leftOut: t.field({
      type: [PathStep],
      description: "The steps that could be taught and are not, because of `atMost`.",
      resolve: ({ path, chosen }) => stepsOf(path, chosen.leftOut),
    }),
    isOptimal: t.boolean({
      description:
        "Whether it is proved that no other choice teaches more steps, or as many with fewer or cheaper resources.",
      resolve: ({ chosen }) => chosen.isOptimal,
    }),
  }),
});

builder.objectField(LearningPath, "resources", (t) =>
  t.field({
    type: PathResources,
    nullable: true,
    description: "What to learn from: the fewest resources that teach the path.",
    args: {
      preferences: t.arg({
        type: ResourcePreferencesInput,
        description: "Which resources to choose from; absent: the preferences of the input.",
      }),
    },
    errors: {
      types: [ValidationError],
      union: {
        name: "PathResourcesResult",
        description: "The resources of a path, or why the preferences make no sense.",
      },
    },
    resolve: async (path, { preferences }, context) => ({
      path,
      ...(await resourcesOf(
        path,
        context,
        preferences == null ? undefined : parsePreferences(preferences, "preferences"),
      )),
    }),
  }),
);

builder.objectField(PathStep, "resources", (t) =>
  t.field({
    type: [Resource],
    nullable: true,
    description:
      "What teaches it under the preferences of the input: what was chosen for the whole path comes first.",
    args: {
      first: t.arg.int({ required: true, defaultValue: DEFAULT_STEP_RESOURCES, description: FIRST }),
    },
    resolve: async ({ path, at }: PathStepShape, { first }, context: Context) =>
      forStep(await resourcesOf(path, context), at, first),
  }),
);
