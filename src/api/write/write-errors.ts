import type { Finding } from "../../seeding/finding.ts";
import type { Store } from "../../store/store.ts";
import { GraphWriteError } from "../../store/store-errors.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { TYPE_OF } from "../core/entity.ts";
import { ErrorInterface } from "../core/error-types.ts";
import {
  ConflictError,
  GraphFileError,
  KeyReusedError,
  NotFoundError,
  UnlearnableError,
  ValidationError,
} from "../core/errors.ts";
import { findEntity, Node } from "../core/node.ts";

/** The GraphQL types of the errors of writes, and how the store's become these. */

export const LoopSkill = builder
  .objectRef<{ readonly slug: string; readonly name: string }>("LoopSkill")
  .implement({
    description: "A skill of a loop. It may be one that the refused write would have added.",
    fields: (t) => ({
      slug: t.exposeString("slug", { description: "The slug of the skill." }),
      name: t.exposeString("name", { description: "The name of the skill." }),
    }),
  });

const PrerequisiteToDrop = builder
  .objectRef<UnlearnableError["mend"][number]>("PrerequisiteToDrop")
  .implement({
    description: "A prerequisite that stands in the way.",
    fields: (t) => ({
      dependent: t.expose("dependent", { type: LoopSkill, description: "The skill that needs the other." }),
      prerequisite: t.expose("prerequisite", {
        type: LoopSkill,
        description: "The skill to take out of what it needs.",
      }),
    }),
  });

builder.objectType(UnlearnableError, {
  name: "UnlearnableError",
  description: "Nothing was written: there would be skills that nobody could learn any more.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    loop: t.field({
      type: [LoopSkill],
      description:
        "Why not: each skill of this loop needs the next one, and the last needs the first. Take one of these prerequisites out, or give it an alternative.",
      resolve: ({ loop }) => [...loop],
    }),
    mend: t.field({
      type: [PrerequisiteToDrop],
      description:
        "Prerequisites to take out, so that every skill could be learned: a single one where that is enough, and rather one that the write would have added. Empty where there are too many loops to say.",
      resolve: ({ mend }) => [...mend],
    }),
  }),
});

builder.objectType(ConflictError, {
  name: "ConflictError",
  description:
    "Nothing was written, because somebody else has written since: the graph is not at the revision, or the entity not at the version, that was expected. `diff(from:, to:)` tells what has changed. Ask again for what the change was made from, and send it with the current revision or version.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    currentRevision: t.exposeInt("currentRevision", { description: "The revision that the graph is at." }),
    expectedVersion: t.int({
      nullable: true,
      description: "The version that the entity was expected at. Null where a revision was expected.",
      resolve: ({ versions }) => versions?.expected,
    }),
    currentVersion: t.int({
      nullable: true,
      description: "The version that the entity is at. Null where a revision was expected.",
      resolve: ({ versions }) => versions?.current,
    }),
    current: t.field({
      type: Node,
      nullable: true,
      description: "The entity as it is now. Null where a revision was expected.",
      resolve: ({ versions }, _args, context) =>
        versions && findEntity(context, TYPE_OF[versions.kind], versions.slug),
    }),
  }),
});

builder.objectType(KeyReusedError, {
  name: "KeyReusedError",
  description:
    "Nothing was written: the idempotency key was used for another mutation, or with other arguments. Take a new key for each write, and the same one to send it again.",
  interfaces: [ErrorInterface],
});

const FindingSeverity = builder.enumType("FindingSeverity", {
  description: "What a finding means for the import of a graph file.",
  values: {
    ERROR: { value: "error", description: "It prevents the import." },
    WARNING: { value: "warning", description: "It does not." },
  } as const,
});

export const GraphFileFinding = builder.objectRef<Finding>("GraphFileFinding").implement({
  description: "A fault or a doubt that a check has found in a graph file.",
  fields: (t) => ({
    line: t.exposeInt("line", { description: "The line of the file, from 1." }),
    severity: t.expose("severity", { type: FindingSeverity, description: "Whether it prevents the import." }),
    code: t.exposeString("code", { description: "The name of the check, such as unknown-slug." }),
    message: t.exposeString("message", {
      description: "What was expected, what came instead and how to mend it.",
    }),
  }),
});

builder.objectType(GraphFileError, {
  name: "GraphFileError",
  description: "Nothing was written: the graph file has errors.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    findings: t.field({
      type: [GraphFileFinding],
      description: "All that was found, warnings too, by line.",
      resolve: ({ findings }) => [...findings],
    }),
  }),
});

/** What can be wrong with a write of what clients describe. */
export const WRITE_ERRORS = [UnlearnableError, ConflictError, KeyReusedError, NotFoundError, ValidationError];

/** Writes by the right of the context, with the store's refusals as errors that clients know. */
export function writeBy<Result>(
  { write }: Context,
  change: (store: Store) => Promise<Result>,
): Promise<Result> {
  if (write === undefined) throw new Error("expected the context of a mutation");
  return write(async (store) => {
    try {
      return await change(store);
    } catch (error) {
      if (!(error instanceof GraphWriteError)) throw error;
      if (error.code === "UNLEARNABLE") throw new UnlearnableError(error);
      if (error.code === "KEY_REUSED") throw new KeyReusedError(error);
      if (error.code !== "CONFLICT") throw error;
      await store.refresh();
      throw new ConflictError(error.message, store.snapshot().revision);
    }
  });
}
