-- AlterTable
ALTER TABLE "Progress" ADD COLUMN     "isCounted" BOOLEAN NOT NULL DEFAULT false;

-- CreateTable
CREATE TABLE "SpentHours" (
    "skill" TEXT NOT NULL,
    "learners" INTEGER NOT NULL,
    "medianHours" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "SpentHours_pkey" PRIMARY KEY ("skill")
);

-- CreateIndex
CREATE INDEX "Progress_skill_isCounted_idx" ON "Progress"("skill", "isCounted");
