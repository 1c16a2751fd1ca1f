import type { PlanRefusal } from "../../planning/time/study-time.ts";
import { builder } from "../builder.ts";
import { EntityKindEnum } from "./entity.ts";
import {
  DeadlineMissedError,
  type MissingSkill,
  NotFoundError,
  PlanRefusedError,
  type UnknownSlug,
  UnreachableGoalError,
  type UnreachedGoal,
  ValidationError,
} from "./errors.ts";

/** The GraphQL types of the errors in errors.ts, and of what they name. */

export const ErrorInterface = builder.interfaceRef<Error>("Error").implement({
  description:
    "An outcome that a client can act on, other than the one asked for. Select `... on Error { message }` in every union of results: it covers the errors of today and those to come. A slug that does not exist is always NotFoundError, an argument out of its limits ValidationError, goals that no choice of skills reaches UnreachableGoalError. Fields without a union, such as `skill(slug:)` and connections, are null instead and have an error beside the data, with `extensions.code` NOT_FOUND or BAD_USER_INPUT.",
  fields: (t) => ({
    message: t.exposeString("message", {
      description: "What was expected, what came and where: for developers, in English.",
    }),
  }),
});

const UnknownSlugType = builder.objectRef<UnknownSlug>("UnknownSlug").implement({
  description: "A slug that does not exist.",
  fields: (t) => ({
    kind: t.expose("kind", { type: EntityKindEnum, description: "What was looked for." }),
    slug: t.exposeString("slug", { description: "The slug." }),
    argument: t.exposeString("argument", {
      description: "Where it is in the arguments, such as `input.known[2]`.",
    }),
    suggestions: t.stringList({
      description:
        "Slugs that exist and are spelled much like it, the closest first. Names and aliases count too. Only the first unknown slugs of a request have any.",
      resolve: ({ suggestions }) => [...suggestions],
    }),
  }),
});

/** What has passed over unknown slugs. */
export interface Ignoring {
  readonly request: { readonly ignored: readonly UnknownSlug[] };
}

/** The type, description and resolver of a field that lists what a request passed over. */
const ofIgnored: [typeof UnknownSlugType] = [UnknownSlugType];
export const IGNORED = {
  type: ofIgnored,
  description:
    "The slugs of the input that do not exist and were passed over, as `unknown` of the input asks. Their `argument` is the list that they are in.",
  resolve: ({ request }: Ignoring) => [...request.ignored],
};

const OF_THE_FIRST = "Only of the first unknown slug. `unknown` lists all of them.";

builder.objectType(NotFoundError, {
  name: "NotFoundError",
  description: "Slugs in the input do not exist.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    unknown: t.field({
      type: [UnknownSlugType],
      description: "All slugs of the question that do not exist, at least one.",
      resolve: ({ unknown }) => [...unknown],
    }),
    kind: t.field({
      type: EntityKindEnum,
      description: "What was looked for.",
      deprecationReason: OF_THE_FIRST,
      resolve: ({ unknown: [first] }) => first!.kind,
    }),
    slug: t.string({
      description: "The slug that does not exist.",
      deprecationReason: OF_THE_FIRST,
      resolve: ({ unknown: [first] }) => first!.slug,
    }),
    argument: t.string({
      description: "Where it is in the arguments, such as `input.known[2]`.",
      deprecationReason: OF_THE_FIRST,
      resolve: ({ unknown: [first] }) => first!.argument,
    }),
    suggestions: t.stringList({
      description: "Slugs that exist and are spelled much like it, the closest first.",
      deprecationReason: OF_THE_FIRST,
      resolve: ({ unknown: [first] }) => [...first!.suggestions],
    }),
  }),
});

builder.objectType(ValidationError, {
  name: "ValidationError",
  description: "The input contradicts itself or is outside of what is allowed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    argument: t.exposeString("argument", {
      description: "Which argument is wrong, such as `input.weeklyHours`.",
    }),
    expected: t.exposeString("expected", { description: "What is allowed there." }),
  }),
});

const PlanRefusalReason = builder.enumType("PlanRefusalReason", {
  description: "Why there is no schedule.",
  values: {
    INVALID_DATE: { description: "A date does not exist." },
    INVALID_EFFORT: { description: "The hours given are not more than 0, or more than a day has." },
    INVALID_DAYS_OFF: { description: "Days off end before they begin, or there are too many." },
    NO_TIME: { description: "There is no time to study on any weekday." },
    TOO_LONG: { description: "The plan would be longer than the limit." },
  } satisfies Record<PlanRefusal["reason"], object>,
});

builder.objectType(PlanRefusedError, {
  name: "PlanRefusedError",
  description: "The path does not fit into the time given; the message says what would help.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    reason: t.expose("reason", { type: PlanRefusalReason, description: "Why there is no schedule." }),
  }),
});

builder.objectType(DeadlineMissedError, {
  name: "DeadlineMissedError",
  description: "The deadline cannot be met, even with all the time that the learner could give.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    deadline: t.expose("deadline", { type: "LocalDate", description: "The deadline asked for." }),
    earliest: t.expose("earliest", {
      type: "LocalDate",
      description: "The earliest day on which everything can be done.",
    }),
    mostWeeklyHours: t.hours(
      "The hours a week that this takes: the most that the input allows.",
      ({ mostWeekly }) => mostWeekly,
    ),
  }),
});

export const MissingCause = builder.enumType("MissingCause", {
  description: "Why a skill is out of reach.",
  values: {
    AVOIDED: { description: "The input avoids it." },
    UNMET: { description: "Its own requirement cannot be met." },
  },
});

export const MissingSkillType = builder.objectRef<MissingSkill>("MissingSkill").implement({
  description: "A skill that stands in the way of a goal.",
  fields: (t) => ({
    skill: t.skill("The skill.", ({ skill }) => skill),
    cause: t.expose("cause", { type: MissingCause, description: "Why the skill is out of reach." }),
  }),
});

const UnreachedGoalType = builder.objectRef<UnreachedGoal>("UnreachedGoal").implement({
  description: "A goal that is out of reach, and why.",
  fields: (t) => ({
    goal: t.goal("The goal.", ({ goal }) => goal),
    missing: t.field({
      type: [MissingSkillType],
      description: "The skills that stand in the way. Allowing one that is avoided may be enough.",
      resolve: ({ missing }) => [...missing],
    }),
  }),
});

builder.objectType(UnreachableGoalError, {
  name: "UnreachableGoalError",
  description: "Some of the goals are out of reach, whichever skills are learned.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    goals: t.field({
      type: [UnreachedGoalType],
      description: "The goals that are out of reach.",
      resolve: ({ goals }) => [...goals],
    }),
  }),
});
