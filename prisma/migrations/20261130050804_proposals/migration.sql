-- CreateEnum
CREATE TYPE "ProposalStatus" AS ENUM ('OPEN', 'ACCEPTED', 'DECLINED');

-- AlterTable
ALTER TABLE "Revision" ADD COLUMN     "proposer" TEXT;

-- CreateTable
CREATE TABLE "Proposal" (
    "id" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "status" "ProposalStatus" NOT NULL,
    "changes" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "citation" TEXT,
    "madeFor" INTEGER NOT NULL,
    "proposedAt" TIMESTAMP(3) NOT NULL,
    "reviewer" TEXT,
    "word" TEXT,
    "decidedAt" TIMESTAMP(3),
    "revision" INTEGER,

    CONSTRAINT "Proposal_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Proposal_author_idx" ON "Proposal"("author");

-- CreateIndex
CREATE INDEX "Proposal_status_proposedAt_id_idx" ON "Proposal"("status", "proposedAt", "id");

-- CreateIndex
CREATE INDEX "SavedPlan_savedAt_idx" ON "SavedPlan"("savedAt");
