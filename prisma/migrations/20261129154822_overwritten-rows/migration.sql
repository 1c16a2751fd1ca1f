-- AlterTable
ALTER TABLE "Change" ADD COLUMN     "before" JSONB;
