import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { TYPE_OF } from "../core/entity.ts";
import { InUseError, results } from "../core/errors.ts";
import { slugToday } from "../core/node.ts";
import { needs } from "../viewer.ts";
import { CascadeEnum, deletion } from "./deletion.ts";
import { createdRows, existing, updatedRows } from "./edited-entity.ts";
import { listEditInputs } from "./list-edits.ts";
import { type EntityWritten, NOUN_KINDS, type NounKind, WRITES } from "./nouns.ts";
import { renaming } from "./rename.ts";
import { type Edited, type ReadStored, revise, WRITE_ARGUMENTS, type WriteArguments } from "./revise.ts";
import { fieldsOfEntity, inputOf } from "./row-inputs.ts";
import { WRITE_ERRORS } from "./write-errors.ts";

/** The mutations of one entity, the same for each kind: `createSkill`, `updateSkill`, `renameSkill`, `deleteSkill` and so on. */

const WHY = "What was written, or why nothing was.";

for (const kind of NOUN_KINDS) addMutations(kind);

function addMutations(kind: NounKind): void {
  const type = TYPE_OF[kind];
  const noun = type.toLowerCase();
  const slug = {
    type: "String",
    required: true,
    description: `The slug, which no ${noun} has or had: lower-case letters and digits with single hyphens between.`,
  } as const;
  const { add, remove } = listEditInputs(kind, type);
  const creation = inputOf(`Create${type}Input`, `A new ${noun}.`, { slug, ...fieldsOfEntity(kind, true) });
  const update = inputOf(
    `Update${type}Input`,
    `What changes in a ${noun}. What is absent stays as it is; null takes a value out, where there need not be one.`,
    {
      ...fieldsOfEntity(kind, false),
      add: { type: add, description: "What to add to its lists, after `remove`." },
      remove: { type: remove, description: "What to take out of its lists." },
    },
  );
  const which = builder.args((t) => ({
    slug: t.string({ required: true, description: `The slug of the ${noun}, or one that it had before.` }),
    expectedVersion: t.int({
      description: `The \`version\` of the ${noun} that this was made from: where it has another, nothing is written and the answer is ConflictError. Absent: whichever it has.`,
    }),
  }));
  builder.mutationFields((t) => ({
    [`create${type}`]: t.field({
      type: WRITES[kind],
      extensions: needs("graph:write"),
      description: `Creates a ${noun}.`,
      args: {
        input: t.arg({ type: creation, required: true, description: `The ${noun}.` }),
        ...WRITE_ARGUMENTS,
      },
      errors: results(`Create${type}Result`, WHY, WRITE_ERRORS),
      resolve: (_root, args, context, { fieldName }) => {
        const slug = slugIn(args.input);
        return write(context, fieldName, { kind, slug, args }, async () => ({
          rows: await createdRows(context, kind, slug, args.input),
        }));
      },
    }),
    [`update${type}`]: t.field({
      type: WRITES[kind],
      extensions: needs("graph:write"),
      description: `Changes what the input gives of a ${noun}, and leaves the rest.`,
      args: {
        ...which,
        input: t.arg({ type: update, required: true, description: "What changes." }),
        ...WRITE_ARGUMENTS,
      },
      errors: results(`Update${type}Result`, WHY, WRITE_ERRORS),
      resolve: (_root, args, context, { fieldName }) =>
        write(context, fieldName, { kind, slug: args.slug, args }, async (read) => {
          const slug = await existing(context, kind, args);
          return { rows: await updatedRows(context, kind, slug, args.input, read) };
        }),
    }),
    [`rename${type}`]: t.field({
      type: WRITES[kind],
      extensions: needs("graph:write"),
      description: `Gives a ${noun} another slug. The one that it has goes on finding it, everywhere.`,
      args: {
        ...which,
        to: t.arg.string({
          required: true,
          description: `The new slug, which no other ${noun} has or had. One that it had itself is right.`,
        }),
        ...WRITE_ARGUMENTS,
      },
      errors: results(`Rename${type}Result`, WHY, WRITE_ERRORS),
      resolve: (_root, args, context, { fieldName }) =>
        write(context, fieldName, { kind, slug: args.slug, args }, async (read) =>
          renaming(context, kind, await existing(context, kind, args), args.to, read),
        ),
    }),
    [`delete${type}`]: t.field({
      type: WRITES[kind],
      extensions: needs("graph:write"),
      description: `Deletes a ${noun}.`,
      args: {
        ...which,
        cascade: t.arg({
          type: CascadeEnum,
          required: true,
          defaultValue: "REFUSE",
          description: "What becomes of all that refers to it.",
        }),
        ...WRITE_ARGUMENTS,
      },
      errors: results(`Delete${type}Result`, WHY, [...WRITE_ERRORS, InUseError]),
      resolve: (_root, args, context, { fieldName }) =>
        write(context, fieldName, { kind, slug: args.slug, args }, async (read) =>
          deletion(kind, await existing(context, kind, args), args.cascade, read),
        ),
    }),
  }));
}

/** Writes one entity, and answers with what has the slug then. */
async function write(
  context: Context,
  mutation: string,
  { kind, slug, args }: { readonly kind: NounKind; readonly slug: string; readonly args: WriteArguments },
  edit: (read: ReadStored) => Promise<Edited>,
): Promise<EntityWritten> {
  const outcome = await revise(context, mutation, args, (_snapshot, read) => edit(read));
  const today = await slugToday(context, TYPE_OF[kind], slug);
  return { args, slug: today ?? slug, written: { args, outcome, isDryRun: args.dryRun } };
}

/** GraphQL has checked that there is one. */
function slugIn(input: object): string {
  return "slug" in input && typeof input.slug === "string" ? input.slug : "";
}
