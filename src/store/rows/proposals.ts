import { randomUUID } from "node:crypto";
import type { Prisma, PrismaClient } from "../generated/client/client.ts";
import type { ProposalStatus } from "../generated/client/enums.ts";
import type { ProposalModel } from "../generated/client/models.ts";
import { MAX_OPEN_PROPOSALS, MAX_PROPOSALS } from "../limits.ts";
import { askable } from "../storable-text.ts";
import type { Store } from "../store.ts";
import { counted } from "./counted.ts";
import { LearnerLimitError } from "./learner-data.ts";

export type StoredProposal = ProposalModel;

/** A place in the list of proposals: in the order in which they were made. */
export type ProposalPlace = Pick<ProposalModel, "proposedAt" | "id">;

export interface ProposalPage {
  readonly status: ProposalStatus | undefined;
  readonly after: ProposalPlace | undefined;
  readonly before: ProposalPlace | undefined;
  readonly size: number;
  /** Take the last ones instead of the first. */
  readonly fromEnd: boolean;
}

/** What a reviewer has decided on a proposal. */
export interface Decision {
  readonly id: string;
  readonly reviewer: string;
  readonly word: string;
}

/**
 * The proposals that somebody may see: its own, and all of them who may write the graph. Every statement says whose, so that
 * what is another's is not found, as if it were not there. Nothing here is of a revision but what was accepted: that is
 * written with the revision, in its transaction (`acceptProposal`).
 */
export class Proposals {
  readonly #prisma: PrismaClient;
  readonly #checkRoom: (rows: number) => void;
  readonly #author: string;
  readonly #isReviewer: boolean;

  constructor(
    { prisma, checkRoom }: Pick<Store, "prisma" | "checkRoom">,
    { name, isReviewer }: { readonly name: string; readonly isReviewer: boolean },
  ) {
    this.#prisma = prisma;
    this.#checkRoom = checkRoom;
    this.#author = name;
    this.#isReviewer = isReviewer;
  }

  /** Those of whoever asks, the latest first. */
  own(most: number): Promise<StoredProposal[]> {
    return this.#prisma.proposal.findMany({
      where: { author: this.#author },
      orderBy: [{ proposedAt: "desc" }, { id: "asc" }],
      take: most,
    });
  }

  find(id: string): Promise<StoredProposal | null> {
    return this.#prisma.proposal.findFirst({ where: { id: askable(id), ...this.#visible() } });
  }

  /** A page, the oldest first. */
  async page({ status, after, before, size, fromEnd }: ProposalPage) {
    const direction = fromEnd ? "desc" : "asc";
    const rows = await this.#prisma.proposal.findMany({
      where: { AND: [this.#of(status), past("gt", after), past("lt", before)] },
      orderBy: [{ proposedAt: direction }, { id: direction }],
      // One more than asked for shows whether there are others.
      take: size + 1,
    });
    const page = rows.slice(0, size);
    return { rows: fromEnd ? page.reverse() : page, more: rows.length > size };
  }

  count(status: ProposalStatus | undefined): Promise<number> {
    return this.#prisma.proposal.count({ where: this.#of(status) });
  }

  /** Keeps a proposal. Throws `LearnerLimitError`. */
  async propose(
    given: Pick<StoredProposal, "changes" | "reason" | "citation" | "madeFor">,
  ): Promise<StoredProposal> {
    this.#checkRoom(1);
    const author = this.#author;
    return counted(this.#prisma, author, async ({ proposal }) => {
      const open = await proposal.count({ where: { author, status: "OPEN" } });
      if (open >= MAX_OPEN_PROPOSALS) throw new LearnerLimitError("open proposals", MAX_OPEN_PROPOSALS);
      if ((await proposal.count({ where: { author } })) >= MAX_PROPOSALS)
        throw new LearnerLimitError("proposals", MAX_PROPOSALS);
      return proposal.create({
        data: { ...given, id: randomUUID(), author, status: "OPEN", proposedAt: new Date() },
      });
    });
  }

  /** Deletes an open proposal of whoever asks; whether there was one. */
  async withdraw(id: string): Promise<boolean> {
    const { count } = await this.#prisma.proposal.deleteMany({
      where: { id: askable(id), author: this.#author, status: "OPEN" },
    });
    return count > 0;
  }

  /** Closes an open proposal without making it; whether there was one. */
  async decline({ id, reviewer, word }: Decision): Promise<boolean> {
    this.#expectReviewer();
    const { count } = await this.#prisma.proposal.updateMany({
      where: { id, status: "OPEN" },
      data: { status: "DECLINED", reviewer, word, decidedAt: new Date() },
    });
    return count > 0;
  }

  /** The questions of the plans that learners have saved last, without whose they are. */
  async savedQuestions(most: number): Promise<string[]> {
    this.#expectReviewer();
    const plans = await this.#prisma.savedPlan.findMany({
      select: { question: true },
      orderBy: { savedAt: "desc" },
      take: most,
    });
    return plans.map(({ question }) => question);
  }

  #of(status: ProposalStatus | undefined): Prisma.ProposalWhereInput {
    return { ...this.#visible(), ...(status !== undefined && { status }) };
  }

  #visible(): Prisma.ProposalWhereInput {
    return this.#isReviewer ? {} : { author: this.#author };
  }

  #expectReviewer(): void {
    if (!this.#isReviewer) throw new Error("expected somebody who may write the graph");
  }
}

function past(comparison: "gt" | "lt", place: ProposalPlace | undefined): Prisma.ProposalWhereInput {
  if (place === undefined) return {};
  const { proposedAt, id } = place;
  return { OR: [{ proposedAt: { [comparison]: proposedAt } }, { proposedAt, id: { [comparison]: id } }] };
}

/**
 * Closes an open proposal in the transaction that makes its changes, so that of two reviewers one makes them. Answers with
 * its author; undefined where none is open any more.
 */
export async function acceptProposal(
  transaction: Prisma.TransactionClient,
  { id, reviewer, word }: Decision,
  revision: number,
): Promise<string | undefined> {
  const accepted = await transaction.proposal.updateManyAndReturn({
    where: { id, status: "OPEN" },
    data: { status: "ACCEPTED", reviewer, word, revision, decidedAt: new Date() },
    select: { author: true },
  });
  return accepted[0]?.author;
}
