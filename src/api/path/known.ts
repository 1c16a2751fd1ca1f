import { DEFAULT_KNOWN_IMPLIES, type KnownImplies } from "../../planning/problem/known-implies.ts";
import type { TakenAsKnown } from "../../planning/problem/taken-as-known.ts";
import { partListsOf } from "../../store/snapshot/outline.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { fault } from "../core/errors.ts";
import { type Asking, andThen, runTask } from "../core/run.ts";
import type { LearningPathInput } from "./input.ts";

/** What a learner is taken to know, in indices of the snapshot. */
export interface KnownSkills {
  /** The skills that the learner names. */
  readonly given: readonly number[];
  readonly implies: KnownImplies;
  /** What the learner denies to know because of them. */
  readonly notKnown: readonly number[];
  /** What counts as known because of them. */
  readonly taken: readonly TakenAsKnown[];
  /** Both together. */
  readonly all: readonly number[];
}

/** Nothing is known but these. */
export function onlyKnown(known: readonly number[]): KnownSkills {
  const implies = known.length === 0 ? DEFAULT_KNOWN_IMPLIES : "NOTHING";
  return { given: known, implies, notKnown: [], taken: [], all: known };
}

/**
 * The known skills with what they imply; `prefix` comes before the names of the fields in errors. A promise only where
 * it takes long. Throws ValidationError on two fields that contradict each other.
 */
export function knownSkills(
  asking: Asking,
  given: readonly number[],
  notKnown: readonly number[],
  fields: Pick<LearningPathInput, "knownImplies" | "knownImpliesPrerequisites">,
  prefix: string,
): KnownSkills | Promise<KnownSkills> {
  const implies = impliedBy(fields, prefix);
  if (implies === "NOTHING" || given.length === 0)
    return { given, implies, notKnown: implies === "NOTHING" ? [] : notKnown, taken: [], all: given };
  const question = { known: given, implies, notKnown };
  const found = runTask("takenAsKnown", asking, question, partListsOf(asking.snapshot).parts);
  return andThen(found, (taken) => ({
    given,
    implies,
    notKnown,
    taken,
    all: taken.length === 0 ? given : [...given, ...taken.map(({ skill }) => skill)],
  }));
}

/** What known skills imply by the two fields of an input. Throws ValidationError where they contradict each other. */
function impliedBy(
  {
    knownImplies,
    knownImpliesPrerequisites: withPrerequisites,
  }: Pick<LearningPathInput, "knownImplies" | "knownImpliesPrerequisites">,
  prefix: string,
): KnownImplies {
  if (withPrerequisites === true) {
    if (knownImplies === "NOTHING")
      throw fault(`${prefix}knownImpliesPrerequisites`, "false when knownImplies is NOTHING", "true");
    return "PREREQUISITES_AND_PARTS";
  }
  // Who says that prerequisites are not implied, and no more, gets the parts that were implied then.
  return knownImplies ?? (withPrerequisites === false ? "PARTS" : DEFAULT_KNOWN_IMPLIES);
}

const TakenAsKnownType = builder.objectRef<TakenAsKnown>("TakenAsKnown").implement({
  description: "A skill that counts as known although the question does not name it.",
  fields: (t) => ({
    skill: t.skill("The skill. List it in `notKnown` to learn it all the same.", ({ skill }) => skill),
    because: t.skill("The known skill that covers it.", ({ because }) => because),
  }),
});

addCacheId(TakenAsKnownType, ({ skill, because }, { snapshot }) => [
  snapshot.skills.slugs.at(because)!,
  snapshot.skills.slugs.at(skill)!,
]);

/** The list of what counts as known, in the order in which it was found. */
export const TAKEN_AS_KNOWN = {
  type: [TakenAsKnownType],
  description:
    "The skills that count as known because of `knownImplies`, each with the known skill that covers it.",
} satisfies { type: [typeof TakenAsKnownType]; description: string };
