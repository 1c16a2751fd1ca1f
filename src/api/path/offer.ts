import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { andThen, memo } from "../core/run.ts";
import { knownSkills } from "./known.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { type AnsweredPath, answerRequest, LearningPath } from "./path.ts";

/** How a path would be if its learner also knew what the known skills stand on. */
interface Offer {
  readonly cost: number;
  readonly savedCost: number;
  readonly steps: number;
  /** The steps of the path that would count as known. */
  readonly skills: readonly number[];
}

/** `undefined` where the path would stay as it is, or the question says itself what known skills imply. */
const offerOf = memo(
  (path: AnsweredPath, context: Context): Offer | undefined | Promise<Offer | undefined> => {
    const { request, question, solved } = path;
    const { given, notKnown, implies } = request.known;
    if (implies !== "PARTS") return undefined;
    const all = { knownImplies: "PREREQUISITES_AND_PARTS" } as const;
    return andThen(knownSkills(context, given, notKnown, all, "input."), (known) => {
      const had = new Set(known.all);
      const skills = solved.skills.filter((skill) => had.has(skill));
      if (skills.length === 0) return undefined;
      const offered = {
        ...request,
        known,
        question: { ...question, known: known.all },
        effort: "INSTANT",
      } as const;
      return andThen(answerRequest(context, offered), ({ solved: { cost, skills: steps } }) => {
        const savedCost = solved.cost - cost;
        return savedCost > 0 || steps.length < solved.skills.length
          ? { cost, savedCost, steps: steps.length, skills }
          : undefined;
      });
    });
  },
);

const PrerequisitesKnown = builder.objectRef<OfPath<Offer>>("PrerequisitesKnown").implement({
  description:
    "How a path changes when the skills that somebody knows cover all that they necessarily stand on: the same question with `knownImplies: PREREQUISITES_AND_PARTS`.",
  fields: (t) => ({
    totalSteps: t.int({
      description: "The number of steps that the path then has.",
      resolve: ({ steps }) => steps,
    }),
    totalHours: t.hours("The hours that it then takes.", ({ cost }) => cost),
    savedHours: t.hours("How many hours fewer that is.", ({ savedCost }) => savedCost),
    skills: t.skills(
      "The steps of this path that then count as known, in its order: what to ask the learner before switching it on. List those that are not known in `notKnown`.",
      ({ skills }) => skills,
    ),
  }),
});
addPartId(PrerequisitesKnown, ({ path }) => [path]);

builder.objectField(LearningPath, "ifPrerequisitesKnown", (t) =>
  t.field({
    type: PrerequisitesKnown,
    nullable: true,
    description:
      "What the path would be if `known` also covered what it stands on, as who knows Django mostly knows Python: an offer to make. Null when nothing would change, and unless `knownImplies` is `PARTS`.",
    resolve: (path, _args, context) =>
      andThen(offerOf(path, context), (offer) => (offer === undefined ? null : { ...offer, path })),
  }),
);
