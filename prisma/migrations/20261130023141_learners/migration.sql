-- CreateEnum
CREATE TYPE "ProgressState" AS ENUM ('PLANNED', 'LEARNING', 'KNOWN', 'FORGOTTEN');

-- CreateTable
CREATE TABLE "Progress" (
    "learner" TEXT NOT NULL,
    "skill" TEXT NOT NULL,
    "state" "ProgressState" NOT NULL,
    "on" DATE,
    "hours" DOUBLE PRECISION,
    "evidence" TEXT,
    "recordedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "Progress_pkey" PRIMARY KEY ("learner","skill")
);

-- CreateTable
CREATE TABLE "SavedPlan" (
    "id" TEXT NOT NULL,
    "learner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "question" TEXT NOT NULL,
    "savedAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "SavedPlan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PlanShare" (
    "id" TEXT NOT NULL,
    "planId" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "createdAt" TIMESTAMP(3) NOT NULL,

    CONSTRAINT "PlanShare_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "SavedPlan_learner_idx" ON "SavedPlan"("learner");

-- CreateIndex
CREATE INDEX "PlanShare_planId_idx" ON "PlanShare"("planId");

-- AddForeignKey
ALTER TABLE "PlanShare" ADD CONSTRAINT "PlanShare_planId_fkey" FOREIGN KEY ("planId") REFERENCES "SavedPlan"("id") ON DELETE CASCADE ON UPDATE CASCADE;
