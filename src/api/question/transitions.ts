import { MAX_TRANSITIONS, type Transitions } from "../../planning/scenarios/skill-gap.ts";
import { builder } from "../builder.ts";
import { addAnswerId } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { fault, results } from "../core/errors.ts";
import { runTask } from "../core/run.ts";
import { LearningPath, listedPath, orUnreachable } from "../path/path.ts";
import { parseRoles } from "../path/request.ts";
import { parseStanding, StandingInput } from "./skill-gap.ts";

type Transition = Transitions["roles"][number];

interface TransitionShape {
  /** What was asked. */
  readonly args: object;
  readonly transition: Transition;
  readonly assumed: readonly number[];
}

const TransitionType = builder.objectRef<TransitionShape>("Transition").implement({
  description: "A role that one can move to.",
  fields: (t) => ({
    role: t.role("The role.", ({ transition }) => transition.role),
    missingHours: t.hours("The hours of the path.", ({ transition }) => transition.path.cost),
    hoursFromNothing: t.hours(
      "The hours of the cheapest path to the role from nothing.",
      ({ transition }) => transition.costFromNothing,
    ),
    readiness: t.float({
      description: "The fraction of the hours from nothing that is already done, from 0 to 1.",
      resolve: ({ transition: { path, costFromNothing } }) =>
        costFromNothing === 0 ? 1 : Math.max(0, 1 - path.cost / costFromNothing),
    }),
    path: t.field({
      type: LearningPath,
      description: "The cheapest path from there to the role.",
      resolve: ({ transition, assumed }) => listedPath(transition.role, assumed, transition.path),
    }),
  }),
});
addAnswerId(TransitionType, ({ transition }) => [transition.role]);

interface TransitionsShape {
  readonly args: object;
  readonly found: Transitions;
  readonly first: number;
}

const TransitionsType = builder.objectRef<TransitionsShape>("Transitions").implement({
  description: "The roles nearest to where somebody stands.",
  fields: (t) => ({
    assumed: t.skills(
      "The skills taken as known: those given and those that the roles held imply.",
      ({ found }) => found.assumed,
    ),
    totalCount: t.int({
      description: "How many roles can be reached, including those beyond `first`.",
      resolve: ({ found }) => found.roles.length,
    }),
    roles: t.field({
      type: [TransitionType],
      description:
        "The roles, nearest first: by missing hours, then by steps. Roles already held are left out.",
      resolve: ({ args, found, first }) =>
        found.roles.slice(0, first).map((transition) => ({ args, transition, assumed: found.assumed })),
    }),
  }),
});
addAnswerId(TransitionsType);

builder.queryField("transitions", (t) =>
  t.field({
    type: TransitionsType,
    nullable: true,
    description: "Which roles are nearest for somebody with some skills and roles.",
    args: {
      from: t.arg({ type: StandingInput, required: true, description: "Where somebody stands." }),
      to: t.arg.stringList({
        description: `Slugs of the roles to rank, at most ${MAX_TRANSITIONS}. Absent: all.`,
      }),
      first: t.arg.int(howMany(10, 1, MAX_TRANSITIONS)),
    },
    errors: results("TransitionsResult", "The nearest roles, or why they are unknown."),
    resolve: async (_root, args, { snapshot }): Promise<TransitionsShape> => {
      const { from, to, first } = args;
      checkRange("first", first, 1, MAX_TRANSITIONS);
      const standing = await parseStanding(snapshot, from, "from");
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
          : parseRoles(snapshot, to, "to", MAX_TRANSITIONS);
      const answer = await runTask("transitions", snapshot.graph, standing, roles);
      return { args, found: orUnreachable(snapshot, answer), first };
    },
  }),
);
