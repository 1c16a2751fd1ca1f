import { MAX_PROPOSALS } from "../../store/limits.ts";
import type { Erased } from "../../store/rows/learner-data.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { addCacheId } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { Goal } from "../core/entity.ts";
import { ownerHandle, SkillHandle } from "../core/handle.ts";
import { DEFAULT_PAGE_SIZE, MAX_PAGE_SIZE } from "../limits.ts";
import { readPlanQuery } from "../path/link.ts";
import { SlugReader } from "../path/slugs.ts";
import { ProposalType, proposalsOf } from "../proposal/proposal.ts";
import { needs } from "../viewer.ts";
import { ownData, skillOf } from "./own-data.ts";
import { SkillProgress } from "./progress.ts";
import { SavedPlanType } from "./saved-plan.ts";

/** The learner who asks, and all that is stored of it. */

interface Learner {
  readonly subject: string;
}

const first = howMany(DEFAULT_PAGE_SIZE, 1, MAX_PAGE_SIZE);

/** The first items of a list. Throws ValidationError. */
function firstOf<Item>(items: readonly Item[], count: number): Item[] {
  checkRange("first", count, 1, MAX_PAGE_SIZE);
  return items.slice(0, count);
}

const Me = builder.objectRef<Learner>("Me").implement({
  description: "The learner who asks.",
  fields: (t) => ({
    subject: t.exposeString("subject", {
      description: "The subject of the token: what the learner is known by.",
    }),
    progress: t.field({
      type: [SkillProgress],
      description: "What is recorded of skills, the latest first.",
      args: { first: t.arg.int(first) },
      resolve: async (_me, args, context) => firstOf(await ownData(context).progress(), args.first),
    }),
    known: t.field({
      type: ["Skill"],
      description: "The skills that are recorded as known and are there today, the latest first.",
      args: { first: t.arg.int(first) },
      resolve: async (_me, args, context) => firstOf(await knownSkills(context), args.first),
    }),
    goals: t.field({
      type: [Goal],
      description: "The goals of the plans, each once.",
      args: { first: t.arg.int(first) },
      resolve: async (_me, args, context) => firstOf(await goalsOf(context), args.first),
    }),
    plans: t.field({
      type: [SavedPlanType],
      description: "The plans, the latest first.",
      args: { first: t.arg.int(howMany(10, 1, MAX_PAGE_SIZE)) },
      resolve: async (_me, args, context) => firstOf(await ownData(context).plans(), args.first),
    }),
    proposals: t.field({
      type: [ProposalType],
      description: "The proposals that the learner has made, the latest first, with what became of them.",
      args: { first: t.arg.int(first) },
      resolve: (_me, args, context) => {
        checkRange("first", args.first, 1, MAX_PAGE_SIZE);
        return proposalsOf(context).own(args.first);
      },
    }),
  }),
});
addCacheId(Me, ({ subject }) => [subject]);

async function knownSkills(context: Context): Promise<SkillHandle[]> {
  const known = new Set<number>();
  for (const entry of await ownData(context).progress()) {
    const skill = entry.state === "KNOWN" ? skillOf(context.snapshot, entry) : undefined;
    if (skill !== undefined) known.add(skill.index);
  }
  return [...known].map((index) => new SkillHandle(index));
}

/** What plans lead to; goals that are gone are left out. */
async function goalsOf(context: Context) {
  const goals = new Set<number>();
  for (const { question } of await ownData(context).plans())
    for (const goal of readPlanQuery(new URLSearchParams(question)).input.goals) {
      const slugs = new SlugReader(context);
      const index = slugs.goal(goal, "goals");
      const isThere = await Promise.resolve(slugs.refuseUnknown()).then(
        () => true,
        () => false,
      );
      if (isThere) goals.add(index);
    }
  return [...goals].map((goal) => ownerHandle(context.snapshot, goal));
}

builder.queryFields((t) => ({
  me: t.field({
    type: Me,
    nullable: true,
    extensions: needs("learner"),
    description:
      "The learner who asks: nobody else sees any of it, and it is in no cache. Null for nobody who may ask.",
    resolve: (_root, _args, { learner, viewer }) =>
      learner === undefined ? null : { subject: viewer.subject ?? "" },
  }),
  exportMyData: t.string({
    nullable: true,
    extensions: needs("learner"),
    description: "All that is stored of the learner, as JSON. Null for nobody who may ask.",
    resolve: async (_root, _args, context) => {
      const data = ownData(context);
      const [progress, plans, proposals] = await Promise.all([
        data.progress(),
        data.plans(),
        proposalsOf(context).own(MAX_PROPOSALS),
      ]);
      const withShares = await Promise.all(
        plans.map(async (plan) => ({ ...plan, shares: await data.shares(plan.id) })),
      );
      const { subject } = context.viewer;
      const ofOwn = proposals.map(({ reviewer: _, author: _author, ...own }) => own);
      return JSON.stringify({ subject, progress, plans: withShares, proposals: ofOwn });
    },
  }),
}));

const ErasedData = builder.objectRef<Erased>("ErasedData").implement({
  description: "How much was deleted.",
  fields: (t) => ({
    progress: t.exposeInt("progress", { description: "Skills of which something was recorded." }),
    plans: t.exposeInt("plans", { description: "Plans, with all links to them." }),
    proposals: t.exposeInt("proposals", { description: "Proposals, those that were decided too." }),
  }),
});

addCacheId(ErasedData, (_erased, { viewer }) => [viewer.name]);

builder.mutationField("eraseMyData", (t) =>
  t.field({
    type: ErasedData,
    extensions: needs("learner"),
    description:
      "Deletes all that is stored of the learner, for good, and takes its name out of the change log and of proposals that it has reviewed. Medians of `Skill.hoursSpent` stay as they are: they tell nothing of one learner. Backups of the database are not changed.",
    resolve: (_root, _args, context) => ownData(context).erase(context.viewer.name),
  }),
);
