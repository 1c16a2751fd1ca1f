import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { TYPE_OF } from "../core/entity.ts";
import {
  ConflictError,
  InUseError,
  NotFoundError,
  results,
  UnlearnableError,
  ValidationError,
} from "../core/errors.ts";
import { CascadeEnum, deletion } from "./deletion.ts";
import { createdRows, existing, updatedRows } from "./edited-entity.ts";
import { listEditInputs } from "./list-edits.ts";
import { type EntityWritten, NOUN_KINDS, type NounKind, WRITES } from "./nouns.ts";
import { type Edited, type ReadStored, revise, WRITE_ARGUMENTS, type WriteArguments } from "./revise.ts";
import { fieldsOfEntity, inputOf } from "./row-inputs.ts";

/** The mutations of one entity, the same for each kind: `createSkill`, `updateSkill`, `deleteSkill` and so on. */

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
  const slugArgument = {
    required: true,
    description: `The slug of the ${noun}, or one that it had before.`,
  } as const;
  const errors = [UnlearnableError, ConflictError, NotFoundError, ValidationError];

  builder.mutationFields((t) => ({
    [`create${type}`]: t.field({
      type: WRITES[kind],
      description: `Creates a ${noun}.`,
      args: {
        input: t.arg({ type: creation, required: true, description: `The ${noun}.` }),
        ...WRITE_ARGUMENTS,
      },
      errors: results(`Create${type}Result`, WHY, errors),
      resolve: (_root, args, context) =>
        write(context, args, async () => {
          const slug = slugIn(args.input);
          return { slug, rows: await createdRows(context, kind, slug, args.input) };
        }),
    }),
    [`update${type}`]: t.field({
      type: WRITES[kind],
      description: `Changes what the input gives of a ${noun}, and leaves the rest.`,
      args: {
        slug: t.arg.string(slugArgument),
        input: t.arg({ type: update, required: true, description: "What changes." }),
        ...WRITE_ARGUMENTS,
      },
      errors: results(`Update${type}Result`, WHY, errors),
      resolve: (_root, args, context) =>
        write(context, args, async (read) => {
          const slug = await existing(context, kind, args.slug);
          return { slug, rows: await updatedRows(context, kind, slug, args.input, read) };
        }),
    }),
    [`delete${type}`]: t.field({
      type: WRITES[kind],
      description: `Deletes a ${noun}.`,
      args: {
        slug: t.arg.string(slugArgument),
        cascade: t.arg({
          type: CascadeEnum,
          required: true,
          defaultValue: "REFUSE",
          description: "What becomes of all that refers to it.",
        }),
        ...WRITE_ARGUMENTS,
      },
      errors: results(`Delete${type}Result`, WHY, [...errors, InUseError]),
      resolve: (_root, args, context) =>
        write(context, args, async (read) => {
          const slug = await existing(context, kind, args.slug);
          return { slug, ...(await deletion(kind, slug, args.cascade, read)) };
        }),
    }),
  }));
}

/** What a mutation makes of one entity. */
type EntityEdit = Edited & { readonly slug: string };

async function write(
  context: Context,
  args: WriteArguments,
  edit: (read: ReadStored) => Promise<EntityEdit>,
): Promise<EntityWritten> {
  let slug = "";
  const outcome = await revise(context, args, async (_snapshot, read) => {
    const edited = await edit(read);
    slug = edited.slug;
    return edited;
  });
  return { args, slug, written: { args, outcome, isDryRun: args.dryRun } };
}

/** GraphQL has checked that there is one. */
function slugIn(input: object): string {
  return "slug" in input && typeof input.slug === "string" ? input.slug : "";
}
