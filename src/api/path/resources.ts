import {
  type PathResources as Choice,
  pathResources,
  type ResourcePreferences,
} from "../../planning/cover/path-resources.ts";
import type { Resource as ResourceRow } from "../../store/generated/client/client.ts";
import { inTurn } from "../../workers/slices.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { hashOf } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { results, ValidationError } from "../core/errors.ts";
import { memo } from "../core/run.ts";
import { DEFAULT_STEP_RESOURCES, MAX_PATH_RESOURCES } from "../limits.ts";
import { parsePreferences, Resource, ResourcePreferencesInput, resourcesIn } from "../resource/resource.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { type AnsweredPath, LearningPath } from "./path.ts";
import { linkedSkills, PathStep, stepsField } from "./step.ts";

/** The resources chosen for a path, and the rows that its indices refer to. */
export interface ChosenResources {
  readonly rows: readonly ResourceRow[];
  readonly chosen: Choice;
}

/** The resources that teach some step of a path, ordered by id, and per id the steps that it teaches. */
const teachersOf = memo(async (path: AnsweredPath, { snapshot, loaders }: Context) => {
  const teaches = await linkedSkills(path, snapshot, loaders.teachesBySkill, "resourceId");
  const ids = [...teaches.keys()].sort((a, b) => a - b);
  return {
    rows: await resourcesIn(
      ids.map((resourceId) => ({ resourceId })),
      loaders,
    ),
    teaches,
  };
});

const chosenOf = memo((_path: AnsweredPath) => new Map<string, Promise<ChosenResources>>());

/**
 * The fewest resources that meet the preferences and teach a path. Two statements, however many steps there are.
 * Equal preferences are worked out once.
 */
export function resourcesOf(
  path: AnsweredPath,
  context: Context,
  preferences: ResourcePreferences = path.request.preferences,
): Promise<ChosenResources> {
  const known = chosenOf(path);
  const key = JSON.stringify(preferences);
  let chosen = known.get(key);
  if (chosen === undefined) {
    chosen = choose(path, context, preferences);
    known.set(key, chosen);
  }
  return chosen;
}

async function choose(path: AnsweredPath, context: Context, preferences: ResourcePreferences) {
  const { rows, teaches } = await teachersOf(path, context);
  const candidates = rows.map(({ id, kind, cost, language }) => ({
    kind,
    cost: cost ?? undefined,
    language: language ?? undefined,
    teaches: teaches.get(id)!,
  }));
  return { rows, chosen: await inTurn(() => pathResources(path.solved.skills, candidates, preferences)) };
}

type ResourcesShape = OfPath<ChosenResources & { readonly preferences: ResourcePreferences }>;

/** `at`: the index in `chosen.chosen`. */
const PathResource = builder.objectRef<ResourcesShape & { readonly at: number }>("PathResource").implement({
  description: "A resource chosen for a path.",
  fields: (t) => ({
    resource: t.field({
      type: Resource,
      description: "The resource.",
      resolve: ({ rows, chosen, at }) => rows[chosen.chosen[at]!.resource]!,
    }),
    teaches: t.field(
      stepsField(
        "The steps that the resource teaches, in the order of the path.",
        ({ chosen, at }) => chosen.chosen[at]!.teaches,
      ),
    ),
  }),
});
addPartId(PathResource, ({ path, preferences, at }) => [path, hashOf(preferences), at]);

/** The resources that teach a step, those chosen for the path first. Throws ValidationError on a wrong `first`. */
function forStep({ rows, chosen }: ChosenResources, step: number, first: number) {
  checkRange("first", first, 0, MAX_PATH_RESOURCES);
  return chosen.perStep[step]!.slice(0, first).map((at) => rows[at]!);
}

const StepResources = builder
  .objectRef<ResourcesShape & { readonly step: number }>("StepResources")
  .implement({
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
        description:
          "The resources that meet the preferences and teach the step, those chosen for the path first.",
        args: {
          first: t.arg.int(howMany(DEFAULT_STEP_RESOURCES, 0, MAX_PATH_RESOURCES)),
        },
        resolve: (shape, { first }) => forStep(shape, shape.step, first),
      }),
    }),
  });
addPartId(StepResources, ({ path, preferences, step }) => [path, hashOf(preferences), step]);

const PathResources = builder.objectRef<ResourcesShape>("PathResources").implement({
  description:
    "The fewest resources that meet the preferences and teach every step that can be taught. A book that teaches ten steps counts once. The most steps, then the fewest resources, then the cheaper ones.",
  fields: (t) => ({
    resources: t.field({
      type: [PathResource],
      description: "The chosen resources.",
      resolve: (shape) => shape.chosen.chosen.map((_, at) => ({ ...shape, at })),
    }),
    steps: t.field({
      type: [StepResources],
      description: "What teaches each step, in the order of the path.",
      resolve: (shape) => shape.path.solved.skills.map((_, step) => ({ ...shape, step })),
    }),
    untaught: t.field(
      stepsField(
        "The steps that no resource teaches which meets the preferences.",
        ({ chosen }) => chosen.untaught,
      ),
    ),
    leftOut: t.field(
      stepsField(
        "The steps that could be taught but are not, because of `atMost`.",
        ({ chosen }) => chosen.leftOut,
      ),
    ),
    isOptimal: t.boolean({
      description:
        "Whether it is proved that no other choice teaches more steps, or equally many with fewer or cheaper resources.",
      resolve: ({ chosen }) => chosen.isOptimal,
    }),
  }),
});
addPartId(PathResources, ({ path, preferences }) => [path, hashOf(preferences)]);

builder.objectField(LearningPath, "resources", (t) =>
  t.field({
    type: PathResources,
    description: "What to learn from: the fewest resources that teach the path.",
    args: {
      preferences: t.arg({
        type: ResourcePreferencesInput,
        description: "Which resources to choose from. Absent: the preferences of the input.",
      }),
    },
    errors: results(
      "PathResourcesResult",
      "The resources for a path, or what is wrong with the preferences.",
      [ValidationError],
    ),
    resolve: async (path, { preferences: input }, context): Promise<ResourcesShape> => {
      const preferences = input == null ? path.request.preferences : parsePreferences(input, "preferences");
      return { path, preferences, ...(await resourcesOf(path, context, preferences)) };
    },
  }),
);

builder.objectField(PathStep, "resources", (t) =>
  t.field({
    type: [Resource],
    nullable: true,
    description:
      "The resources that meet the preferences of the input and teach the step, those chosen for the whole path first.",
    args: {
      first: t.arg.int(howMany(DEFAULT_STEP_RESOURCES, 0, MAX_PATH_RESOURCES)),
    },
    resolve: async ({ path, at }, { first }, context) => forStep(await resourcesOf(path, context), at, first),
  }),
);
