import type { SolvedPath } from "../../planning/path-question.ts";
import {
  MAX_COMPARED_ROLES,
  type Overlap,
  type RoleComparison,
} from "../../planning/scenarios/compare-roles.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { type Answer, addAnswerId, type Place } from "../core/cache-id.ts";
import { fault, results } from "../core/errors.ts";
import { RoleHandle } from "../core/handle.ts";
import { runTask } from "../core/run.ts";
import { type AnsweredPath, LearningPath, listedPath, orUnreachable } from "../path/path.ts";
import { SlugReader } from "../path/slugs.ts";
import { coverageOf, Role } from "../role/role.ts";

/** `place`: what tells the overlap from the others of the comparison. */
type PlacedOverlap = Answer<Overlap & { readonly place: Place }>;

const SkillOverlap = builder.objectRef<PlacedOverlap>("SkillOverlap").implement({
  description: "What two sets of skills have in common.",
  fields: (t) => ({
    shared: t.skills("The skills in both sets.", ({ shared }) => shared),
    onlyFirst: t.skills("The skills only in the first set.", ({ onlyFirst }) => onlyFirst),
    onlySecond: t.skills("The skills only in the second set.", ({ onlySecond }) => onlySecond),
    bySkills: t.exposeFloat("bySkills", {
      description: "The shared fraction of all skills (Jaccard index), from 0 to 1.",
    }),
    byHours: t.exposeFloat("byHours", { description: "The shared fraction of all hours, from 0 to 1." }),
  }),
});
addAnswerId(SkillOverlap, ({ place }) => place);

const ComparedRole = builder.objectRef<Answer<RoleComparison["roles"][number]>>("ComparedRole").implement({
  description: "One of the compared roles.",
  fields: (t) => ({
    role: t.role("The role.", ({ role }) => role),
    path: t.field({
      type: LearningPath,
      description: "The cheapest path to the role, from nothing.",
      resolve: ({ role, path }, _args, context) => listedPath(context, role, [], path),
    }),
    necessary: t.skills("The skills on every path to the role.", ({ necessary }) => necessary),
    distinct: t.skills(
      "The skills on the cheapest path to this role that are not on the cheapest path to any other.",
      ({ distinct }) => distinct,
    ),
  }),
});
addAnswerId(ComparedRole, ({ role }) => [role]);

type Pair = Answer<RoleComparison["pairs"][number] & { readonly comparison: RoleComparison }>;

/** The path to a role for whoever holds another one. */
function moveTo(
  context: Context,
  { roles }: RoleComparison,
  to: number,
  from: number,
  path: SolvedPath,
): AnsweredPath | Promise<AnsweredPath> {
  return listedPath(context, to, roles.find(({ role }) => role === from)!.path.skills, path);
}

const overlapOf = (pair: Pair, of: "necessary" | "cheapest"): PlacedOverlap => ({
  ...pair[of],
  args: pair.args,
  place: [pair.first, pair.second, of],
});

const RolePair = builder.objectRef<Pair>("RolePair").implement({
  description: "Two roles side by side.",
  fields: (t) => ({
    first: t.role("The first role.", ({ first }) => first),
    second: t.role("The second role.", ({ second }) => second),
    necessary: t.field({
      type: SkillOverlap,
      description:
        "The overlap of the skills on every path: what the roles have in common whatever one chooses.",
      resolve: (shape) => overlapOf(shape, "necessary"),
    }),
    cheapest: t.field({
      type: SkillOverlap,
      description: "The overlap of the cheapest paths.",
      resolve: (shape) => overlapOf(shape, "cheapest"),
    }),
    firstToSecond: t.field({
      type: LearningPath,
      description:
        "The cheapest move from the first role to the second. Holding a role means knowing the skills of its cheapest path.",
      resolve: ({ comparison, first, second, firstToSecond }, _args, context) =>
        moveTo(context, comparison, second, first, firstToSecond),
    }),
    secondToFirst: t.field({
      type: LearningPath,
      description: "The cheapest move from the second role to the first.",
      resolve: ({ comparison, first, second, secondToFirst }, _args, context) =>
        moveTo(context, comparison, first, second, secondToFirst),
    }),
    hoursOfBoth: t.hours(
      "The hours of the cheapest path to both roles together.",
      ({ costOfBoth }) => costOfBoth,
    ),
  }),
});
addAnswerId(RolePair, ({ first, second }) => [first, second]);

const RoleComparisonType = builder.objectRef<Answer<RoleComparison>>("RoleComparison").implement({
  description: "What some roles have in common, what sets them apart, and the moves between them.",
  fields: (t) => ({
    roles: t.field({
      type: [ComparedRole],
      description: "The roles, in the order of the question.",
      resolve: ({ args, roles }) => roles.map((role) => ({ ...role, args })),
    }),
    partial: t.field({
      type: [Role],
      description:
        "The roles of which the graph holds only a part. What is said of them, their hours above all, is too little.",
      resolve: async ({ roles }, _args, context) => {
        const owners = roles.map(({ role }) => role);
        const coverages = await coverageOf(owners, context);
        return owners
          .filter((role) => coverages.get(role) === "PARTIAL")
          .map((role) => new RoleHandle(role - context.snapshot.firstRole));
      },
    }),
    shared: t.skills("The skills that the cheapest paths to all roles have.", ({ shared }) => shared),
    pairs: t.field({
      type: [RolePair],
      description: "Every pair of roles, once; the more roles of PARTIAL coverage, the later.",
      resolve: async (comparison, _args, context) => {
        const owners = comparison.roles.map(({ role }) => role);
        const coverages = await coverageOf(owners, context);
        const partial = ({ first, second }: RoleComparison["pairs"][number]) =>
          [first, second].filter((role) => coverages.get(role) === "PARTIAL").length;
        return comparison.pairs
          .toSorted((a, b) => partial(a) - partial(b))
          .map((pair) => ({ ...pair, args: comparison.args, comparison }));
      },
    }),
  }),
});
addAnswerId(RoleComparisonType);

builder.queryField("compareRoles", (t) =>
  t.field({
    type: RoleComparisonType,
    description:
      "Compares every pair of roles: shared and distinct skills, and the cheapest move from one to the other.",
    args: {
      roles: t.arg.stringList({
        required: true,
        description: `Slugs of the roles: from 2 to ${MAX_COMPARED_ROLES} different ones.`,
      }),
    },
    errors: results("RoleComparisonResult", "A comparison, or why there is none."),
    resolve: async (_root, args, context): Promise<Answer<RoleComparison>> => {
      const slugs = new SlugReader(context);
      const roles = slugs.roles(args.roles, "roles", MAX_COMPARED_ROLES);
      await slugs.refuseUnknown();
      if (roles.length < 2)
        throw fault("roles", `2 to ${MAX_COMPARED_ROLES} different roles`, `${roles.length} different`);
      const answer = await runTask("compareRoles", context, roles);
      return { ...orUnreachable(context.snapshot, answer), args };
    },
  }),
);
