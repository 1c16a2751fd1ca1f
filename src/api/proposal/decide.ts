import type { StoredProposal } from "../../store/rows/proposals.ts";
import { isStorable } from "../../store/storable-text.ts";
import { GraphWriteError } from "../../store/store-errors.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { addAnswerId } from "../core/cache-id.ts";
import { ErrorInterface } from "../core/error-types.ts";
import { fault, ProposalDecidedError, results, ValidationError } from "../core/errors.ts";
import { MAX_WORD_LENGTH } from "../limits.ts";
import { needs } from "../viewer.ts";
import { editedBy } from "../write/apply-changes.ts";
import { GraphWrite, type Written } from "../write/graph-write.ts";
import { ONCE_ARGUMENTS } from "../write/once.ts";
import { revise } from "../write/revise.ts";
import { WRITE_ERRORS } from "../write/write-errors.ts";
import { citedRows } from "./cited-rows.ts";
import { ProposalType, proposalsOf } from "./proposal.ts";
import { citationRow } from "./propose.ts";
import { readChanges, readCitation } from "./proposed-changes.ts";

builder.objectType(ProposalDecidedError, {
  name: "ProposalDecidedError",
  description: "Nothing was done: somebody has decided on the proposal before.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    proposal: t.field({
      type: ProposalType,
      nullable: true,
      description: "The proposal as it is now. Null when it is not there any more.",
      resolve: ({ id }, _args, context) => proposalsOf(context).find(id),
    }),
  }),
});

interface Accepted {
  readonly args: object;
  readonly id: string;
  readonly written: Written;
}

const ProposalWrite = builder.objectRef<Accepted>("ProposalWrite").implement({
  description: "What was written by accepting a proposal, or would have been written.",
  fields: (t) => ({
    proposal: t.field({
      type: ProposalType,
      nullable: true,
      description: "The proposal after that; of a dry run, still open. Null when its author has erased it.",
      resolve: ({ id }, _args, context) => proposalsOf(context).find(id),
    }),
    written: t.expose("written", { type: GraphWrite, description: "The revision and all that has changed." }),
  }),
});
addAnswerId(ProposalWrite);

const ID = { required: true, description: "The id of the proposal." } as const;
const WORD = {
  required: true,
  description: `What to tell its author: 1 to ${MAX_WORD_LENGTH} letters.`,
} as const;

builder.mutationField("acceptProposal", (t) =>
  t.field({
    type: ProposalWrite,
    extensions: needs("graph:write"),
    description:
      "Makes the changes of an open proposal, as `applyChanges` would: all of them or none, as one revision, whose `reason` is that of the proposal. What cannot be written any more stays open.",
    args: {
      id: t.arg.id(ID),
      word: t.arg.string(WORD),
      ...ONCE_ARGUMENTS,
      expectedRevision: t.arg.int({
        description:
          "The revision that its `whatIf` was looked at: at any other, nothing is written and the answer is ConflictError. Absent: the changes are made to the graph as it is.",
      }),
    },
    errors: results("AcceptProposalResult", "What was written, or why nothing was.", [
      ProposalDecidedError,
      ...WRITE_ERRORS,
    ]),
    resolve: async (_root, args, context, { fieldName }): Promise<Accepted> => {
      const { id, word } = args;
      const reviewer = context.viewer.name;
      const { changes, reason, citation } = await existing(context, args);
      const outcome = await revise(
        context,
        fieldName,
        { ...args, reason, accepts: { id, reviewer, word } },
        async (_snapshot, read) => {
          // Under the lock it is asked again: here, what does not fit any more because it was made is told as that.
          if ((await proposalsOf(context).find(id))?.status !== "OPEN") throw await decided(context, id);
          const { edited, stored } = await editedBy(context, readChanges(changes), read);
          if (citation === null) return edited;
          const cited = await citationRow(context, readCitation(citation), "citation");
          return { ...edited, rows: citedRows(edited.rows, stored, cited) };
        },
      ).catch(async (error: unknown) => {
        throw error instanceof GraphWriteError && error.code === "DECIDED"
          ? await decided(context, id)
          : error;
      });
      return { args, id, written: { args, outcome, isDryRun: args.dryRun } };
    },
  }),
);

builder.mutationField("declineProposal", (t) =>
  t.field({
    type: ProposalType,
    extensions: needs("graph:write"),
    description: "Closes an open proposal without making its changes.",
    args: { id: t.arg.id(ID), word: t.arg.string(WORD) },
    errors: results("DeclineProposalResult", "The proposal, or why nothing was done.", [
      ProposalDecidedError,
      ValidationError,
    ]),
    resolve: async (_root, { id, word }, context) => {
      await existing(context, { id, word });
      const proposals = proposalsOf(context);
      const isDone = await proposals.decline({ id, word, reviewer: context.viewer.name });
      const proposal = isDone ? await proposals.find(id) : null;
      return proposal ?? Promise.reject(await decided(context, id));
    },
  }),
);

/** A proposal that is to be decided with a word. Throws ValidationError. */
async function existing(
  context: Context,
  { id, word }: { readonly id: string; readonly word: string },
): Promise<StoredProposal> {
  if (word.trim() === "" || word.length > MAX_WORD_LENGTH || !isStorable(word))
    throw fault("word", `1 to ${MAX_WORD_LENGTH} letters that can be stored`, word);
  const proposal = await proposalsOf(context).find(id);
  if (proposal === null) throw fault("id", "the id of a proposal", id);
  return proposal;
}

async function decided(context: Context, id: string): Promise<ProposalDecidedError> {
  const proposal = await proposalsOf(context).find(id);
  return new ProposalDecidedError(id, proposal?.status);
}
