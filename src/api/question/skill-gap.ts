import type { SkillGap, Standing } from "../../planning/scenarios/skill-gap.ts";
import { builder } from "../builder.ts";
import { type Answer, addAnswerId } from "../core/cache-id.ts";
import { IGNORED, type Ignoring } from "../core/error-types.ts";
import { results } from "../core/errors.ts";
import { type Asking, runTask } from "../core/run.ts";
import { MAX_GOALS } from "../limits.ts";
import {
  GoalInput,
  IMPLIED_PREREQUISITES,
  IMPLIES,
  KNOWN,
  KnownImpliesEnum,
  NOT_KNOWN,
  UnknownSlugsEnum,
  USE_KNOWN_IMPLIES,
} from "../path/input.ts";
import { type KnownSkills, knownSkills, TAKEN_AS_KNOWN } from "../path/known.ts";
import { LearningPath, orUnreachable, pathToGoal } from "../path/path.ts";
import { slugReader } from "../path/request.ts";
import type { SlugReader } from "../path/slugs.ts";

export const StandingInput = builder.inputType("StandingInput", {
  description: "Where somebody stands: the skills they know and the roles they hold.",
  fields: (t) => ({
    known: t.stringList({ defaultValue: [], description: KNOWN }),
    roles: t.stringList({
      defaultValue: [],
      description: `Slugs of the roles held, at most ${MAX_GOALS}. Holding a role means knowing the cheapest set of skills that meets its requirement, prerequisites included: the least that the role proves.`,
    }),
    knownImplies: t.field({ type: KnownImpliesEnum, description: IMPLIES }),
    notKnown: t.stringList({ defaultValue: [], description: NOT_KNOWN }),
    knownImpliesPrerequisites: t.boolean({
      deprecationReason: USE_KNOWN_IMPLIES,
      description: IMPLIED_PREREQUISITES,
    }),
    unknown: t.field({
      type: UnknownSlugsEnum,
      defaultValue: "REFUSE",
      description: "What to do about skills and roles of this input that do not exist, or no longer.",
    }),
  }),
});

/** Where somebody stands, and what of it counts as known because of the rest. */
export interface ParsedStanding extends Pick<KnownSkills, "taken"> {
  readonly standing: Standing;
}

/**
 * Where somebody stands, in indices of the snapshot. Throws ValidationError, and NotFoundError with all unknown slugs
 * that the reader has met: read the others of the question before.
 */
export async function parseStanding(
  slugs: SlugReader,
  asking: Asking,
  from: typeof StandingInput.$inferInput,
): Promise<ParsedStanding> {
  const skills = slugs.skills(from.known ?? [], "from.known");
  const notKnown = slugs.skills(from.notKnown ?? [], "from.notKnown");
  const held = slugs.heldRoles(from.roles ?? [], "from.roles");
  await slugs.refuseUnknown();
  const { all, taken } = await knownSkills(asking, skills, notKnown, from, "from.");
  return { standing: { roles: held, known: all }, taken };
}

type Gap = Answer<SkillGap & Ignoring & Pick<ParsedStanding, "taken"> & { readonly goal: number }>;

const SkillGapType = builder.objectRef<Gap>("SkillGap").implement({
  description: "What somebody lacks to reach a goal.",
  fields: (t) => ({
    to: t.goal("The goal.", ({ goal }) => goal),
    assumed: t.skills(
      "The skills taken as known: those given, `takenAsKnown`, and those that the roles held imply.",
      ({ assumed }) => assumed,
    ),
    ignored: t.field(IGNORED),
    takenAsKnown: t.field({ ...TAKEN_AS_KNOWN, resolve: ({ taken }) => taken }),
    path: t.field({
      type: LearningPath,
      description: "The cheapest path from there to the goal. It has no steps when nothing is missing.",
      resolve: ({ goal, assumed, path }, _args, context) => pathToGoal(context, goal, assumed, path),
    }),
    missingHours: t.hours("The hours of the path.", ({ path }) => path.cost),
    hoursFromNothing: t.hours(
      "The hours of the cheapest path to the goal from nothing.",
      ({ costFromNothing }) => costFromNothing,
    ),
    necessary: t.skills(
      "The missing skills that are on every path to the goal. For the rest there is a choice.",
      ({ necessary }) => necessary,
    ),
    isExact: t.exposeBoolean("isExact", {
      description: "Whether all of this is proved. False when a search ran out of budget.",
    }),
  }),
});
addAnswerId(SkillGapType);

builder.queryField("skillGap", (t) =>
  t.field({
    type: SkillGapType,
    description: "What somebody with some skills and roles lacks to reach a goal.",
    args: {
      from: t.arg({ type: StandingInput, required: true, description: "Where somebody stands." }),
      to: t.arg({ type: GoalInput, required: true, description: "What to reach." }),
    },
    errors: results("SkillGapResult", "A gap, or why it is unknown."),
    resolve: async (_root, args, context): Promise<Gap> => {
      const { snapshot } = context;
      const { from, to } = args;
      const slugs = slugReader(context, from);
      const goal = slugs.goal(to, "to");
      const { standing, taken } = await parseStanding(slugs, context, from);
      const answer = await runTask("skillGap", context, standing, goal);
      return { ...orUnreachable(snapshot, answer), args, goal, taken, request: slugs };
    },
  }),
);
