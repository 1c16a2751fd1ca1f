import { MAX_REQUIREMENT_DEPTH } from "../../seeding/requirement-file.ts";
import type { GraphRows } from "../../store/rows/graph-rows.ts";
import { countedTwice, depthOf } from "../../store/rows/requirement-rows.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { fault, results } from "../core/errors.ts";
import { ownerHandle } from "../core/handle.ts";
import { SlugReader } from "../path/slugs.ts";
import { type Hypothesis, HypotheticalChangeInput, parseAdded, parseChange } from "../question/hypothesis.ts";
import { needs } from "../viewer.ts";
import { type EditedRows, editedRows, readRowsToEdit } from "./edited-rows.ts";
import { GraphWrite, type Written } from "./graph-write.ts";
import { type ReadStored, revise, WRITE_ARGUMENTS } from "./revise.ts";
import { WRITE_ERRORS } from "./write-errors.ts";

builder.mutationField("applyChanges", (t) =>
  t.field({
    type: GraphWrite,
    extensions: needs("graph:write"),
    description:
      "Makes changes to the graph, all of them or none, as one revision: the same ones as `whatIf` takes, so that what was tried there can be written as it was tried. Skills that a requirement goes on naming keep their reasons and citations; what is new has none until somebody gives some. A skill that is removed is taken out of all that refers to it.",
    args: {
      changes: t.arg({
        type: [HypotheticalChangeInput],
        required: true,
        description: "The changes, in the order in which they are made. Removals are made last.",
      }),
      ...WRITE_ARGUMENTS,
      expectedRevision: t.arg.int({
        description:
          "The revision that the changes were made for: at any other, nothing is written and the answer is ConflictError. With it a request can be sent again when its answer was lost. Absent: the changes are made to the graph as it is.",
      }),
    },
    errors: results("ApplyChangesResult", "What was written, or why nothing was.", WRITE_ERRORS),
    resolve: async (_root, args, context, { fieldName }): Promise<Written> => {
      const outcome = await revise(context, fieldName, args, async (_snapshot, read) => {
        const { edited } = await editedBy(context, args.changes, read);
        return edited;
      });
      return { args, outcome, isDryRun: args.dryRun };
    },
  }),
);

/** What a write has to do to make changes true, and the rows that they are made to. Throws ValidationError and NotFoundError. */
export async function editedBy(
  context: Context,
  inputs: readonly (typeof HypotheticalChangeInput.$inferInput)[],
  read: ReadStored,
): Promise<{ readonly edited: EditedRows; readonly stored: GraphRows }> {
  const { snapshot } = context;
  const hypothesis = await parseChanges(context, inputs);
  const stored = await read((reader) => readRowsToEdit(reader, snapshot, hypothesis.changes));
  const edited = editedRows(snapshot, hypothesis, stored);
  checkRequirements(edited.rows);
  return { edited, stored };
}

/** Changes that can be written. Throws ValidationError and NotFoundError. */
export async function parseChanges(
  context: Context,
  inputs: readonly (typeof HypotheticalChangeInput.$inferInput)[],
): Promise<Hypothesis> {
  const { snapshot } = context;
  const added = parseAdded(snapshot, inputs);
  const slugs = new SlugReader(context, { added: added.map(({ slug }) => slug) });
  const changes = inputs.map((input, at) => parseChange(slugs, input, `changes[${at}]`));
  await slugs.refuseUnknown();
  for (const [at, change] of changes.entries()) {
    if (change.kind !== "SET_REQUIREMENT" && change.kind !== "ADD_PREREQUISITE") continue;
    if (ownerHandle(snapshot, change.owner).__typename === "Roadmap")
      throw fault(
        `changes[${at}]`,
        "about a skill, a project or a role, since a roadmap requires what its steps do",
        "a roadmap",
      );
  }
  return { changes, added };
}

/** What a graph file would be refused for has no place in the graph: it could not be imported again. */
function checkRequirements({ skills, projects, roles }: GraphRows): void {
  for (const { slug, requirement } of [...skills, ...projects, ...roles]) {
    const depth = depthOf(requirement);
    if (depth > MAX_REQUIREMENT_DEPTH)
      throw fault(
        "changes",
        `such that requirements have at most ${MAX_REQUIREMENT_DEPTH} levels`,
        `${depth} of ${slug}`,
      );
    const twice = countedTwice(requirement);
    if (twice !== undefined)
      throw fault(
        "changes",
        "such that no skill counts twice in a list",
        `${twice} in what ${slug} requires`,
      );
  }
}
