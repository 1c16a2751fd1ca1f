import type { PlanShare, SavedPlan } from "../../store/rows/learner-data.ts";
import { isStorable } from "../../store/storable-text.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { fault, results, SLUG_ERRORS } from "../core/errors.ts";
import { MAX_PLAN_NAME_LENGTH } from "../limits.ts";
import { LearningPathInput } from "../path/input.ts";
import { planQuery, readPlanQuery } from "../path/link.ts";
import { answerInput, LearningPath } from "../path/path.ts";
import { parsePlanRequest } from "../path/request.ts";
import { needs, UNSHARED } from "../viewer.ts";
import { ownData, withinLimits, withProgress } from "./own-data.ts";

/** Plans that learners keep, and links by which they show them. A plan is its question; its path is that of today. */

const PlanShareType = builder.objectRef<PlanShare>("PlanShare").implement({
  description: "A link by which others can read a plan.",
  fields: (t) => ({
    id: t.exposeID("id", {
      description: "Names the link, for `withdrawShare`. It does not lead to the plan.",
    }),
    createdAt: t.expose("createdAt", { type: "DateTime", description: "When it was made." }),
  }),
});

const PATH = results("SavedPlanPathResult", "The path of a plan today, or why there is none any more.");

export const SavedPlanType = builder.objectRef<SavedPlan>("SavedPlan").implement({
  description: "A plan of the learner who asks.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Names the plan, for `plan`." }),
    name: t.exposeString("name", { description: "What the learner calls it." }),
    savedAt: t.expose("savedAt", { type: "DateTime", description: "When it was last saved." }),
    path: t.field({
      type: LearningPath,
      description:
        "The path today: over the graph as it is, and without what the learner has come to know. Skills of the question that are gone are passed over.",
      args: {
        useMyProgress: t.arg.boolean({
          required: true,
          defaultValue: true,
          description: "Whether what the learner knows counts as known.",
        }),
      },
      errors: PATH,
      resolve: async ({ question }, { useMyProgress }, context) =>
        answerInput(
          context,
          useMyProgress ? await withProgress(context, keptInput(question)) : keptInput(question),
        ),
    }),
    shares: t.field({
      type: [PlanShareType],
      description: "The links by which others can read it.",
      resolve: ({ id }, _args, context) => ownData(context).shares(id),
    }),
  }),
});

const SharedPlan = builder.objectRef<SavedPlan>("SharedPlan").implement({
  description: "A plan that a learner shows to whoever has a link to it. Whose it is, it does not say.",
  fields: (t) => ({
    name: t.exposeString("name", { description: "What the learner calls it." }),
    savedAt: t.expose("savedAt", { type: "DateTime", description: "When it was last saved." }),
    path: t.field({
      type: LearningPath,
      description: "The path today, as the plan was saved: what the learner has come to know is not told.",
      errors: { ...PATH, union: { ...PATH.union, name: "SharedPlanPathResult" } },
      resolve: ({ question }, _args, context) => answerInput(context, keptInput(question)),
    }),
  }),
});
addCacheId(SharedPlan, ({ id }) => [id]);

/** A question that was kept. What its path may cost is that of an ordinary one, whatever was asked for then. */
export function keptInput(question: string): LearningPathInput {
  const { input } = readPlanQuery(new URLSearchParams(question));
  const effort = input.effort === "INSTANT" ? "INSTANT" : "NORMAL";
  return { ...input, effort, unknown: "IGNORE" };
}

builder.queryFields((t) => ({
  plan: t.field({
    type: SavedPlanType,
    nullable: true,
    extensions: needs("learner"),
    description: "A plan of the learner by its id. Null where the learner has none of it.",
    args: { id: t.arg.id({ required: true, description: "The id of the plan." }) },
    resolve: (_root, { id }, context) => ownData(context).plan(id),
  }),
  sharedPlan: t.field({
    type: SharedPlan,
    nullable: true,
    extensions: UNSHARED,
    description: "The plan that a link leads to. Null where there is none, or not any more.",
    args: { token: t.arg.string({ required: true, description: "The token of the link." }) },
    resolve: (_root, { token }, { sharedPlan }) => sharedPlan(token).then((plan) => plan ?? null),
  }),
}));

const SharedLink = builder
  .objectRef<{ readonly token: string; readonly share: PlanShare }>("SharedLink")
  .implement({
    description: "A link that was made. Its token is told once.",
    fields: (t) => ({
      token: t.exposeString("token", {
        description: "What `sharedPlan` takes: whoever has it can read the plan until the link is withdrawn.",
      }),
      share: t.expose("share", { type: PlanShareType, description: "The link." }),
    }),
  });

addCacheId(SharedLink, ({ share }) => [share.id]);

builder.mutationFields((t) => ({
  savePlan: t.field({
    type: SavedPlanType,
    extensions: needs("learner"),
    description: "Keeps a question as a plan of the learner.",
    args: {
      id: t.arg.id({ description: "The plan to put it in place of. Absent: a new one." }),
      name: t.arg.string({
        required: true,
        description: `What to call it: 1 to ${MAX_PLAN_NAME_LENGTH} letters.`,
      }),
      input: t.arg({ type: LearningPathInput, required: true, description: "The question." }),
    },
    errors: results("SavePlanResult", "What was saved, or why nothing was.", SLUG_ERRORS),
    resolve: async (_root, { id, name, input }, context) => {
      if (name.trim() === "" || name.length > MAX_PLAN_NAME_LENGTH || !isStorable(name))
        throw fault("name", `1 to ${MAX_PLAN_NAME_LENGTH} letters that can be stored`, name);
      const request = await parsePlanRequest(context, { ...input, includeOptional: false });
      const question = planQuery(context.snapshot, request, true);
      const saved = await ownData(context)
        .savePlan(id ?? undefined, { name, question })
        .catch(withinLimits("name"));
      if (saved === null) throw fault("id", "the id of a plan of yours", id ?? "");
      return saved;
    },
  }),
  deletePlan: t.boolean({
    extensions: needs("learner"),
    description: "Deletes a plan of the learner, and all links to it. Answers whether there was one.",
    args: { id: t.arg.id({ required: true, description: "The id of the plan." }) },
    resolve: (_root, { id }, context) => ownData(context).deletePlan(id),
  }),
  sharePlan: t.field({
    type: SharedLink,
    nullable: true,
    extensions: needs("learner"),
    description: "Makes a link by which others can read a plan. Null where the learner has no such plan.",
    args: { id: t.arg.id({ required: true, description: "The id of the plan." }) },
    resolve: (_root, { id }, context) => ownData(context).share(id).catch(withinLimits("id")),
  }),
  withdrawShare: t.boolean({
    extensions: needs("learner"),
    description:
      "Withdraws a link to a plan: from now on nobody can read it by it. Answers whether there was one.",
    args: { id: t.arg.id({ required: true, description: "The id of the link." }) },
    resolve: (_root, { id }, context) => ownData(context).withdraw(id),
  }),
}));
