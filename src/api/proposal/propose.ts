import { schemaOf } from "../../seeding/written-row.ts";
import type { CitationRow } from "../../store/rows/graph-rows.ts";
import { isStorable, isStorableJson } from "../../store/storable-text.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { fault, NotFoundError, results, ValidationError } from "../core/errors.ts";
import { withinLimits } from "../learner/own-data.ts";
import { MAX_PROPOSAL_LENGTH, MAX_REASON_LENGTH } from "../limits.ts";
import { HypotheticalChangeInput } from "../question/hypothesis.ts";
import { needs } from "../viewer.ts";
import { parseChanges } from "../write/apply-changes.ts";
import { checked } from "../write/edited-entity.ts";
import { GivenValues } from "../write/given-values.ts";
import { citationInput } from "../write/row-inputs.ts";
import { ProposalType, proposalsOf } from "./proposal.ts";

const ProposeChangeInput = builder.inputType("ProposeChangeInput", {
  description: "What to change, and why.",
  fields: (t) => ({
    changes: t.field({
      type: [HypotheticalChangeInput],
      required: true,
      description: `The changes, as \`whatIf\` and \`applyChanges\` take them: at most ${MAX_PROPOSAL_LENGTH} letters as JSON.`,
    }),
    reason: t.string({
      required: true,
      description: `Why, for reviewers and the change log: 1 to ${MAX_REASON_LENGTH} letters.`,
    }),
    citation: t.field({
      type: citationInput(),
      description:
        "Where a document says so. It goes with new skills, and with prerequisites that were none before. Absent: they are the editors' word, `EDITORIAL`.",
    }),
  }),
});

builder.mutationField("proposeChange", (t) =>
  t.field({
    type: ProposalType,
    extensions: needs("any"),
    description:
      "Proposes changes to the graph. Nothing of it changes until somebody who may write it accepts them, and the answer is in `me { proposals }`.",
    args: { input: t.arg({ type: ProposeChangeInput, required: true, description: "What to propose." }) },
    errors: results("ProposeChangeResult", "The proposal, or why there is none.", [
      NotFoundError,
      ValidationError,
    ]),
    resolve: async (_root, { input: { changes, reason, citation } }, context) => {
      if (reason.trim() === "" || reason.length > MAX_REASON_LENGTH || !isStorable(reason))
        throw fault("input.reason", `1 to ${MAX_REASON_LENGTH} letters that can be stored`, reason);
      const json = JSON.stringify(changes);
      if (json.length > MAX_PROPOSAL_LENGTH || !isStorableJson(json))
        throw fault(
          "input.changes",
          `at most ${MAX_PROPOSAL_LENGTH} letters that can be stored, as JSON`,
          `${json.length} letters`,
        );
      await parseChanges(context, changes);
      const cited = citation == null ? undefined : await citationRow(context, citation, "input.citation");
      return proposalsOf(context)
        .propose({
          ...{ changes: json, reason, citation: cited === undefined ? null : JSON.stringify(cited) },
          madeFor: context.snapshot.revision,
        })
        .catch(withinLimits("input.changes"));
    },
  }),
);

builder.mutationField("withdrawProposal", (t) =>
  t.boolean({
    extensions: needs("any"),
    description:
      "Deletes an open proposal of whoever asks. Answers whether there was one: what was decided stays.",
    args: { id: t.arg.id({ required: true, description: "The id of the proposal." }) },
    resolve: (_root, { id }, context) => proposalsOf(context).withdraw(id),
  }),
);

/** A citation that a graph file could have, of a document that is there. Throws ValidationError and NotFoundError. */
export async function citationRow(
  context: Context,
  citation: object,
  argument: string,
): Promise<CitationRow> {
  const inPlace = (text: string) => text.replaceAll(/(input\.)?citations\[0\]/g, argument);
  try {
    const given = new GivenValues(context);
    const { cites } = await given.read(schemaOf("skills"), { citations: [citation] });
    await given.refuseUnknown();
    const { skills } = checked("SKILL", { slug: "cited", name: "Cited", hours: 0, cites }, context.snapshot);
    return skills[0]!.citations[0]!;
  } catch (error) {
    if (error instanceof NotFoundError)
      throw new NotFoundError(error.unknown.map((each) => ({ ...each, argument: inPlace(each.argument) })));
    if (error instanceof ValidationError)
      throw new ValidationError(inPlace(error.argument), error.expected, inPlace(error.message));
    throw error;
  }
}
