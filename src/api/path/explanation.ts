import type { Explanation } from "../../planning/explain/explain.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { MissingSkillType } from "../core/error-types.ts";
import { NotFoundError, results } from "../core/errors.ts";
import { nameOf as entityName, ownerHandle } from "../core/handle.ts";
import { runTask } from "../core/run.ts";
import { AVOID, CHOOSE, fieldArgs, LearningPathInput, USE_INPUT } from "./input.ts";
import { addPartId, type OfPath } from "./part-id.ts";
import { type AnsweredPath, answerRequest, LearningPath } from "./path.ts";
import { inputOf, parsePlanRequest, slugReader } from "./request.ts";
import { SlugReader } from "./slugs.ts";
import { PathDifferenceType, PathStep } from "./step.ts";

/** The most names in one list. When there are more, the rest is given as a number. */
const MAX_NAMES = 5;

/** An explanation in a sentence or two. */
function explanationText(
  snapshot: GraphSnapshot,
  { request, question, solved }: AnsweredPath,
  skill: number,
  explanation: Explanation,
): string {
  const names = (owners: readonly number[]) => list(owners.map((owner) => nameOf(snapshot, owner)));
  const name = nameOf(snapshot, skill);
  const goals = names(question.goals);
  switch (explanation.kind) {
    case "IN_PATH": {
      const { requiredBy } = explanation.because;
      const reasons = [
        ...(question.goals.includes(skill) ? ["it is a goal"] : []),
        ...(question.choose.includes(skill) ? ["it was chosen"] : []),
        ...(requiredBy.length > 0
          ? [`${names(requiredBy)} ${requiredBy.length > 1 ? "ask" : "asks"} for it`]
          : []),
      ];
      return `${name} is step ${explanation.position + 1} of ${solved.skills.length}: ${list(reasons)}.`;
    }
    case "KNOWN": {
      const taken = request.known.taken.find((one) => one.skill === skill);
      return taken === undefined
        ? `${name} is already known.`
        : `${name} counts as known, since ${nameOf(snapshot, taken.because)} is known.`;
    }
    case "AVOIDED":
      return `${name} is avoided.`;
    case "NOT_RELEVANT":
      return `Nothing that is still to be learned for ${goals} asks for ${name}.`;
    case "UNLEARNABLE": {
      const why = explanation.missing.map(
        ({ skill: missing, cause }) =>
          `${nameOf(snapshot, missing)} ${cause === "AVOIDED" ? "is avoided" : "cannot be learned"}`,
      );
      return `${name} cannot be learned${why.length > 0 ? `: ${list(why)}` : ""}.`;
    }
    case "REJECTED": {
      const { added, dropped, extraCost } = explanation.difference;
      const price =
        extraCost === 0
          ? "takes as long"
          : `takes ${Math.abs(extraCost) / 100} hours ${extraCost > 0 ? "more" : "less"}`;
      const changes = [
        ...(added.length > 0 ? [`adds ${names(added)}`] : []),
        ...(dropped.length > 0 ? [`does without ${names(dropped)}`] : []),
      ];
      return `The ${explanation.isExact ? "cheapest" : "best known"} path with ${name} ${price}: it ${changes.join(" and ")}.`;
    }
  }
}

function nameOf(snapshot: GraphSnapshot, owner: number): string {
  return entityName(snapshot, ownerHandle(snapshot, owner));
}

function list(words: readonly string[]): string {
  const shown = words.length > MAX_NAMES ? words.slice(0, MAX_NAMES - 1) : words;
  const all = shown.length < words.length ? [...shown, `${words.length - shown.length} more`] : shown;
  return all.length < 2 ? (all[0] ?? "") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

type Explained = OfPath<{ readonly skill: number; readonly explanation: Explanation }>;

const VerdictEnum = builder.enumType("ExplanationVerdict", {
  description: "Whether a skill is in a path, or why it is not.",
  values: {
    IN_PATH: { description: "It is a step of the path." },
    KNOWN: { description: "The learner knows it already, or it counts as known because of `knownImplies`." },
    AVOIDED: { description: "The input avoids it." },
    NOT_RELEVANT: { description: "No way to the goals asks for it." },
    UNLEARNABLE: { description: "It cannot be learned with this input." },
    REJECTED: {
      description: "A way to the goals asks for it, but the path takes one that is as good or better.",
    },
  } satisfies Record<Explanation["kind"], object>,
});

const ExplanationType = builder.objectRef<Explained>("Explanation").implement({
  description: "Why a skill is in a path, or why it is not.",
  fields: (t) => ({
    skill: t.skill("The skill asked about.", ({ skill }) => skill),
    verdict: t.field({
      type: VerdictEnum,
      description: "Whether it is in the path, or why it is not.",
      resolve: ({ explanation }) => explanation.kind,
    }),
    text: t.string({
      description: "The explanation in English: one or two sentences.",
      resolve: ({ path, skill, explanation }, _args, { snapshot }) =>
        explanationText(snapshot, path, skill, explanation),
    }),
    step: t.field({
      type: PathStep,
      nullable: true,
      description: "The step for this skill, with its reasons and alternatives. Null unless `IN_PATH`.",
      resolve: ({ path, explanation }) =>
        explanation.kind === "IN_PATH" ? { path, at: explanation.position } : null,
    }),
    missing: t.field({
      type: [MissingSkillType],
      description: "What stands in the way of learning it. Empty unless `UNLEARNABLE`.",
      resolve: ({ explanation }) => (explanation.kind === "UNLEARNABLE" ? explanation.missing : []),
    }),
    offeredBy: t.goals(
      "The steps and goals that ask for it, but whose requirement the path meets in another way. Empty unless `REJECTED`.",
      ({ explanation }) => (explanation.kind === "REJECTED" ? explanation.offeredBy : []),
    ),
    instead: t.field({
      type: PathDifferenceType,
      nullable: true,
      description: "How the cheapest path that has it differs from this one. Null unless `REJECTED`.",
      resolve: ({ path, skill, explanation }) =>
        explanation.kind === "REJECTED"
          ? { ...explanation.difference, path, place: ["explanation", skill] }
          : null,
    }),
    isExact: t.boolean({
      description: "Whether `instead` is proved to be the cheapest. False when the search ran out of budget.",
      resolve: ({ explanation }) => (explanation.kind === "REJECTED" ? explanation.isExact : true),
    }),
    path: t.field({ type: LearningPath, description: "The path.", resolve: ({ path }) => path }),
  }),
});
addPartId(ExplanationType, ({ path, skill }) => [path, skill]);

async function explain(path: AnsweredPath, skill: number, context: Context): Promise<Explained> {
  const explanation = await runTask("explain", context, skill, path.question, path.solved);
  return { path, skill, explanation };
}

builder.objectField(LearningPath, "explain", (t) =>
  t.field({
    type: ExplanationType,
    description: "Why a skill is in this path, or why it is not.",
    args: { skill: t.arg.string({ required: true, description: "The slug of the skill." }) },
    errors: results("PathExplanationResult", "An explanation, or the error that there is no such skill.", [
      NotFoundError,
    ]),
    resolve: async (path, { skill: slug }, context) => {
      const slugs = new SlugReader(context);
      const skill = slugs.skill(slug, "skill");
      await slugs.refuseUnknown();
      return explain(path, skill, context);
    },
  }),
);

builder.queryField("explain", (t) =>
  t.field({
    type: ExplanationType,
    description:
      "Why a skill is in the path of `learningPath` for the same input, or why it is not. `LearningPath.explain` does the same for a path at hand.",
    args: {
      skill: t.arg.string({ required: true, description: "The slug of the skill." }),
      input: t.arg({ type: LearningPathInput, description: "The question that the path answers." }),
      ...fieldArgs(t.arg),
      choose: t.arg.stringList({ deprecationReason: USE_INPUT, description: CHOOSE }),
      avoid: t.arg.stringList({ deprecationReason: USE_INPUT, description: AVOID }),
    },
    errors: results("ExplanationResult", "An explanation, or why there is no path to explain."),
    resolve: async (_root, { skill: slug, ...args }, context) => {
      const { input, prefix } = inputOf(args);
      const slugs = slugReader(context, input);
      const skill = slugs.skill(slug, "skill");
      const request = await parsePlanRequest(context, input, { slugs, prefix });
      return explain(await answerRequest(context, request), skill, context);
    },
  }),
);
