import { type Preference, preferences } from "../../planning/explain/preferences.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { MERITS, PER_SUPPORT } from "../../store/snapshot/merits.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { andThen } from "../core/run.ts";
import { addPartId } from "./part-id.ts";
import {
  type AlternativeShape,
  alternativesOfStep,
  PathAlternative,
  PathStep,
  type PathStepShape,
} from "./step.ts";

type Reason = (typeof MERITS)[number] | "STEPS" | "ORDER";

const PreferenceReason = builder.enumType("PreferenceReason", {
  description: "What decides between two ways that take equally many hours; the first in which they differ.",
  values: {
    SUPPORT: { description: "More documents support the skills, or support them more firmly." },
    DEMAND: { description: "More roles name the skills in what they require." },
    STEPS: { description: "There are fewer steps." },
    ORDER: { description: "Nothing but the order of slugs, so that equal questions get equal answers." },
  } satisfies Record<Reason, { description: string }>,
});

/** Together with the alternative that was passed over. */
interface PreferenceShape extends AlternativeShape {
  readonly preference: Preference;
}

/** Figures are averages: so many parts of one tell apart what differs in a passage. */
const ROUNDING = 10_000;

/** The figure for one of the merits; 0 in a graph where nothing has any. */
function figure({ merits }: Preference["taken"], merit: (typeof MERITS)[number]): number {
  const figure = (merits[MERITS.indexOf(merit)] ?? 0) / (merit === "SUPPORT" ? PER_SUPPORT : 1);
  return Math.round(figure * ROUNDING) / ROUNDING;
}

function reasonOf({ by }: Preference): Reason {
  return typeof by === "number" ? MERITS[by]! : by;
}

const BECAUSE: Readonly<Record<Reason, string>> = {
  SUPPORT: "and documents support it less",
  DEMAND: "is as well supported, and fewer roles name it",
  STEPS: "is as well supported, and is more steps",
  ORDER: "and nothing else tells them apart: choose what suits you",
};

/** Such as "MySQL takes as long, and documents support it less." */
function textOf({ rejected, preference }: PreferenceShape, { skills }: GraphSnapshot): string {
  const names = rejected.skills.map((skill) => skills.names.at(skill));
  const others = names.length > 1 ? ` with ${names.length - 1} more` : "";
  return `${names[0]}${others} takes as long, ${BECAUSE[reasonOf(preference)]}.`;
}

const PathPreference = builder.objectRef<PreferenceShape>("PathPreference").implement({
  description:
    "Why a step was taken and not an alternative that costs as many hours. The figures are of what differs between the two paths: of the skills that only this one has, and of those that only the other has.",
  fields: (t) => ({
    alternative: t.field({
      type: PathAlternative,
      description: "The alternative that was passed over. Its `extraHours` are 0.",
      resolve: (preference) => preference,
    }),
    by: t.field({
      type: PreferenceReason,
      description: "What decided.",
      resolve: ({ preference }) => reasonOf(preference),
    }),
    support: t.float({
      description:
        "How firmly documents support what was taken, on average over its hours: each document counts 3 where it names a skill (`EXPLICIT`), 2 where it implies it, 1 where it only puts it in an order, and each passage that does so a hundredth more.",
      resolve: ({ preference }) => figure(preference.taken, "SUPPORT"),
    }),
    supportPassedOver: t.float({
      description: "The same for the alternative.",
      resolve: ({ preference }) => figure(preference.passedOver, "SUPPORT"),
    }),
    roles: t.float({
      description: "How many roles name what was taken in their requirement, on average over its hours.",
      resolve: ({ preference }) => figure(preference.taken, "DEMAND"),
    }),
    rolesPassedOver: t.float({
      description: "The same for the alternative.",
      resolve: ({ preference }) => figure(preference.passedOver, "DEMAND"),
    }),
    text: t.string({
      description: "The same as a sentence about the alternative.",
      resolve: (preference, _args, { snapshot }) => textOf(preference, snapshot),
    }),
  }),
});
addPartId(PathPreference, ({ path, step, at }) => [path, step, at]);

/** None for a step that the learner chose, nor in a path that is to be best in something else: that decided. */
function preferencesOf(
  { path, at }: PathStepShape,
  context: Context,
): PreferenceShape[] | Promise<PreferenceShape[]> {
  const { question, request, solved } = path;
  if (request.objective !== undefined || question.choose.includes(solved.skills[at]!)) return [];
  return andThen(alternativesOfStep(path, at, context), (alternatives) => {
    const rejected = alternatives.map((alternative) => alternative.rejected);
    return preferences(context.snapshot.graph, rejected).map((preference) => {
      return { ...alternatives[preference.at]!, preference };
    });
  });
}

builder.objectField(PathStep, "preferredBecause", (t) =>
  t.field({
    type: [PathPreference],
    description:
      "The alternatives that take exactly as many hours, each with the reason why the step was preferred: hours decide first, then what documents support more firmly, then what more roles name, then fewer steps, then the order of slugs. Empty where the step has no such alternative, where the input chose it, and with `optimise` or `likes`, which then decide.",
    resolve: (step, _args, context) => preferencesOf(step, context),
  }),
);
