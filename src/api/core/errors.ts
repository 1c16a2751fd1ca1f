import { builder } from "../builder.ts";
import { type Fault, shown } from "./bad-input.ts";
import type { OwnerHandle, SkillHandle } from "./handles.ts";

/** The outcomes that a client has to expect and can act on: members of the unions that queries return. */

export type EntityKind = "SKILL" | "RESOURCE" | "PROJECT" | "ROLE" | "ROADMAP" | "DOCUMENT";

/** A slug that names nothing. */
export class NotFoundError extends Error {
  readonly kind: EntityKind;
  readonly slug: string;
  readonly argument: string;
  readonly suggestions: readonly string[];

  constructor(kind: EntityKind, slug: string, argument: string, suggestions: readonly string[]) {
    const hint = suggestions.length === 0 ? "" : ` Did you mean ${suggestions.join(", ")}?`;
    super(`There is no ${kind.toLowerCase()} ${shown(slug)} (in ${argument}).${hint}`);
    this.kind = kind;
    this.slug = slug;
    this.argument = argument;
    this.suggestions = suggestions;
  }
}

/** An input that GraphQL's own types let pass and that still makes no sense. */
export class ValidationError extends Error {
  readonly argument: string;
  readonly expected: string;

  constructor({ argument, expected, received }: Fault) {
    super(`Expected ${argument} to be ${expected}, got ${shown(received)}.`);
    this.argument = argument;
    this.expected = expected;
  }
}

export interface UnreachedGoal {
  readonly goal: OwnerHandle;
  readonly missing: readonly MissingSkill[];
}

export interface MissingSkill {
  readonly skill: SkillHandle;
  readonly cause: "AVOIDED" | "UNMET";
}

/** Goals that no choice of skills reaches. */
export class UnreachableGoalError extends Error {
  readonly goals: readonly UnreachedGoal[];

  constructor(message: string, goals: readonly UnreachedGoal[]) {
    super(message);
    this.goals = goals;
  }
}

export const EntityKindEnum = builder.enumType("EntityKind", {
  description: "The kinds of things that have a slug.",
  values: {
    SKILL: { description: "Something that can be learned." },
    RESOURCE: { description: "Something to learn from." },
    PROJECT: { description: "Something to build or do." },
    ROLE: { description: "A job." },
    ROADMAP: { description: "An author's list of steps." },
    DOCUMENT: { description: "A text that supports rows of the graph." },
  } satisfies Record<EntityKind, object>,
});

export const ErrorInterface = builder.interfaceRef<Error>("Error").implement({
  description:
    "An outcome other than the one asked for. Select `... on Error { message }` in every union of results: it holds for the members of today and for those to come.",
  fields: (t) => ({
    message: t.exposeString("message", {
      description: "What was expected, what came and where: for developers, in English.",
    }),
  }),
});

builder.objectType(NotFoundError, {
  name: "NotFoundError",
  description: "A slug in the input names nothing.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    kind: t.field({
      type: EntityKindEnum,
      description: "What was looked for.",
      resolve: (error) => error.kind,
    }),
    slug: t.exposeString("slug", { description: "The slug that names nothing." }),
    argument: t.exposeString("argument", {
      description: "Where in the arguments it stands, such as `input.known[2]`.",
    }),
    suggestions: t.stringList({
      description: "Slugs that do exist and are written much like it, the nearest first.",
      resolve: (error) => [...error.suggestions],
    }),
  }),
});

builder.objectType(ValidationError, {
  name: "ValidationError",
  description: "The input contradicts itself or lies outside of what is allowed.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    argument: t.exposeString("argument", {
      description: "Where in the arguments the fault is, such as `input.weeklyHours`.",
    }),
    expected: t.exposeString("expected", { description: "What is allowed there." }),
  }),
});
