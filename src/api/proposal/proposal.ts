import { ENUM_OPTIONS } from "../../store/generated/enum-options.ts";
import type { Proposals, StoredProposal } from "../../store/rows/proposals.ts";
import { builder } from "../builder.ts";
import type { Context } from "../context.ts";
import { brokenCursor, packCursor, pageSize, toConnection, unpackCursor } from "../core/connection.ts";
import { NotFoundError, results, ValidationError } from "../core/errors.ts";
import { memo } from "../core/run.ts";
import { may, needs } from "../viewer.ts";
import { impactOf, ProposalWhatIf } from "./impact.ts";
import {
  ProposedChangeType,
  ProposedCitation,
  readChanges,
  readCitation,
  shownChanges,
} from "./proposed-changes.ts";

const ProposalStatusEnum = builder.enumType("ProposalStatus", ENUM_OPTIONS.ProposalStatus);

const changesOf = memo(({ changes }: StoredProposal) => readChanges(changes));

export const ProposalType = builder.objectRef<StoredProposal>("Proposal").implement({
  description:
    "Changes to the graph that somebody proposes. Those who may write the graph see all of them, and everybody else the own ones.",
  fields: (t) => ({
    id: t.exposeID("id", { description: "Names the proposal, for `proposal` and the mutations." }),
    status: t.expose("status", { type: ProposalStatusEnum, description: "What has become of it." }),
    changes: t.field({
      type: [ProposedChangeType],
      description: "The changes, in the order in which they would be made.",
      resolve: (proposal) => shownChanges(proposal.id, changesOf(proposal)),
    }),
    input: t.exposeString("changes", {
      description: "The changes as JSON, in the form that `whatIf` and `applyChanges` take.",
    }),
    reason: t.exposeString("reason", { description: "Why, in the words of its author." }),
    citation: t.field({
      type: ProposedCitation,
      nullable: true,
      description:
        "What supports it. Null where nothing was cited: what is accepted then is the editors' word, `EDITORIAL`.",
      resolve: ({ id, citation }) =>
        citation === null ? null : { proposal: id, cited: readCitation(citation) },
    }),
    author: t.exposeString("author", { description: "Who proposes it, as `Change.author` names people." }),
    proposedAt: t.expose("proposedAt", { type: "DateTime", description: "When it was proposed." }),
    madeFor: t.exposeInt("madeFor", { description: "The revision that it was made for." }),
    whatIf: t.field({
      type: ProposalWhatIf,
      nullable: true,
      description:
        "What would change if it were accepted now, or why it does not fit the graph any more. Null when it was decided.",
      errors: results("ProposalWhatIfResult", "What would change, or why that cannot be said.", [
        NotFoundError,
        ValidationError,
      ]),
      resolve: (proposal, _args, context) =>
        proposal.status === "OPEN" ? impactOf(context, proposal.id, changesOf(proposal)) : null,
    }),
    reviewer: t.string({
      nullable: true,
      description: "Who has decided. Null before that, and for whoever may not write the graph.",
      resolve: ({ reviewer }, _args, { viewer }) => (may(viewer, "graph:write") ? reviewer : null),
    }),
    word: t.exposeString("word", {
      nullable: true,
      description: "What the reviewer says. Null before the decision.",
    }),
    decidedAt: t.expose("decidedAt", {
      type: "DateTime",
      nullable: true,
      description: "When it was decided. Null before that.",
    }),
    revision: t.exposeInt("revision", {
      nullable: true,
      description: "The revision that holds the changes. Null unless it was accepted.",
    }),
  }),
});

/** The proposals that whoever asks may see. Throws where nobody does who may see any. */
export function proposalsOf({ proposals }: Context): Proposals {
  if (proposals === undefined) throw new Error("expected somebody who has a scope");
  return proposals;
}

const ProposalConnection = builder.connectionObject(
  { type: ProposalType, name: "ProposalConnection", description: "A page of proposals." },
  { name: "ProposalEdge" },
);

builder.queryFields((t) => ({
  proposals: t.field({
    type: ProposalConnection,
    nullable: true,
    extensions: needs("graph:write"),
    description: "The proposals, the oldest first. The own ones of a learner are in `me`.",
    args: {
      ...t.arg.connectionArgs(),
      status: t.arg({ type: ProposalStatusEnum, description: "Only those. Absent: all." }),
    },
    resolve: async (_root, args, context) => {
      const proposals = proposalsOf(context);
      const status = args.status ?? undefined;
      const page = await proposals.page({
        status,
        after: placeOf(args.after, "after"),
        before: placeOf(args.before, "before"),
        ...pageSize(args),
      });
      return toConnection(args, page, {
        cursorOf: ({ proposedAt, id }) => packCursor([proposedAt.toISOString(), id]),
        toNode: (proposal) => proposal,
        totalCount: () => proposals.count(status),
      });
    },
  }),
  proposal: t.field({
    type: ProposalType,
    nullable: true,
    extensions: needs("any"),
    description: "A proposal by its id. Null where there is none that whoever asks may see.",
    args: { id: t.arg.id({ required: true, description: "The id of the proposal." }) },
    resolve: (_root, { id }, context) => proposalsOf(context).find(id),
  }),
}));

function placeOf(cursor: string | null | undefined, argument: string) {
  if (cursor == null) return undefined;
  const [at, id, ...rest] = unpackCursor(cursor);
  const proposedAt = new Date(typeof at === "string" ? at : Number.NaN);
  // Others than a database can compare, such as of year -1, are none of ours.
  if (!(proposedAt.getTime() > 0) || typeof id !== "string" || !isId(id) || rest.length > 0)
    throw brokenCursor(cursor, argument);
  return { proposedAt, id };
}

function isId(text: string): boolean {
  return /^[\da-f-]{36}$/.test(text);
}
