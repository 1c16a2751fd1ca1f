import { MAX_TRANSITIONS, type Transitions } from "../../planning/scenarios/skill-gap.ts";
import type { RoleCoverage } from "../../store/generated/client/enums.ts";
import { builder } from "../builder.ts";
import { type Answer, addAnswerId } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { IGNORED, type Ignoring } from "../core/error-types.ts";
import { fault, results } from "../core/errors.ts";
import { runTask } from "../core/run.ts";
import { TAKEN_AS_KNOWN } from "../path/known.ts";
import { LearningPath, listedPath, orUnreachable } from "../path/path.ts";
import { slugReader } from "../path/request.ts";
import { coverageOf, RoleCoverageEnum } from "../role/role.ts";
import { type ParsedStanding, parseStanding, StandingInput } from "./skill-gap.ts";

type Transition = Answer<
  Transitions["roles"][number] & { readonly assumed: readonly number[]; readonly coverage: RoleCoverage }
>;

const TransitionType = builder.objectRef<Transition>("Transition").implement({
  description: "A role that one can move to.",
  fields: (t) => ({
    role: t.role("The role.", ({ role }) => role),
    coverage: t.field({
      type: RoleCoverageEnum,
      description: "Whether the graph holds all that the role asks for. If not, its hours are too few.",
      resolve: ({ coverage }) => coverage,
    }),
    missingHours: t.hours("The hours of the path.", ({ path }) => path.cost),
    hoursFromNothing: t.hours(
      "The hours of the cheapest path to the role from nothing.",
      ({ costFromNothing }) => costFromNothing,
    ),
    readiness: t.float({
      description: "The fraction of the hours from nothing that is already done, from 0 to 1.",
      resolve: ({ path, costFromNothing }) =>
        costFromNothing === 0 ? 1 : Math.max(0, 1 - path.cost / costFromNothing),
    }),
    path: t.field({
      type: LearningPath,
      description: "The cheapest path from there to the role.",
      resolve: ({ role, assumed, path }, _args, context) => listedPath(context, role, assumed, path),
    }),
  }),
});
addAnswerId(TransitionType, ({ role }) => [role]);

type Nearest = Answer<
  Transitions &
    Ignoring &
    Pick<ParsedStanding, "taken"> & {
      readonly first: number;
      readonly coverages: ReadonlyMap<number, RoleCoverage>;
    }
>;

const TransitionsType = builder.objectRef<Nearest>("Transitions").implement({
  description: "The roles nearest to where somebody stands.",
  fields: (t) => ({
    assumed: t.skills(
      "The skills taken as known: those given, `takenAsKnown`, and those that the roles held imply.",
      ({ assumed }) => assumed,
    ),
    ignored: t.field(IGNORED),
    takenAsKnown: t.field({ ...TAKEN_AS_KNOWN, resolve: ({ taken }) => taken }),
    totalCount: t.int({
      description: "How many roles can be reached, including those beyond `first`.",
      resolve: ({ roles }) => roles.length,
    }),
    roles: t.field({
      type: [TransitionType],
      description:
        "The roles, nearest first: by missing hours, then by steps; those of PARTIAL coverage, whose hours are too few, after all others. Roles already held are left out.",
      resolve: ({ args, assumed, roles, coverages, first }) =>
        roles
          .map((role) => ({ ...role, args, assumed, coverage: coverages.get(role.role) ?? "COMPLETE" }))
          .sort((a, b) => Number(a.coverage === "PARTIAL") - Number(b.coverage === "PARTIAL"))
          .slice(0, first),
    }),
  }),
});
addAnswerId(TransitionsType);

builder.queryField("transitions", (t) =>
  t.field({
    type: TransitionsType,
    description: "Which roles are nearest for somebody with some skills and roles.",
    args: {
      from: t.arg({ type: StandingInput, required: true, description: "Where somebody stands." }),
      to: t.arg.stringList({
        description: `Slugs of the roles to rank, at most ${MAX_TRANSITIONS}. Absent: all.`,
      }),
      first: t.arg.int(howMany(10, 1, MAX_TRANSITIONS)),
    },
    errors: results("TransitionsResult", "The nearest roles, or why they are unknown."),
    resolve: async (_root, args, context): Promise<Nearest> => {
      const { snapshot } = context;
      const { from, to, first } = args;
      checkRange("first", first, 1, MAX_TRANSITIONS);
      const slugs = slugReader(context, from);
      const count = snapshot.roles.slugs.length;
      if (to == null && count > MAX_TRANSITIONS)
        throw fault(
          "to",
          `a list of at most ${MAX_TRANSITIONS} roles, because there are more`,
          `all ${count}`,
        );
      const roles =
        to == null
          ? snapshot.roles.slugs.map((_, role) => snapshot.firstRole + role)
          : slugs.roles(to, "to", MAX_TRANSITIONS);
      const { standing, taken } = await parseStanding(slugs, context, from);
      const answer = await runTask("transitions", context, standing, roles);
      const nearest = orUnreachable(snapshot, answer);
      const owners = nearest.roles.map(({ role }) => role);
      const coverages = await coverageOf(owners, context);
      return { ...nearest, args, first, taken, request: slugs, coverages };
    },
  }),
);
