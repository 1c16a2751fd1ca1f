-- CreateEnum
CREATE TYPE "RoleCoverage" AS ENUM ('COMPLETE', 'PARTIAL');

-- CreateEnum
CREATE TYPE "Seniority" AS ENUM ('ENTRY', 'JUNIOR', 'MID', 'SENIOR');

-- CreateEnum
CREATE TYPE "TimeUnit" AS ENUM ('HOUR', 'DAY', 'WEEK', 'MONTH', 'YEAR');

-- AlterTable
ALTER TABLE "Claim" ADD COLUMN     "amount" DOUBLE PRECISION,
ADD COLUMN     "amountMax" DOUBLE PRECISION,
ADD COLUMN     "unit" "TimeUnit";

-- AlterTable
ALTER TABLE "Resource" ADD COLUMN     "isGeneric" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Role" ADD COLUMN     "coverage" "RoleCoverage" NOT NULL DEFAULT 'COMPLETE',
ADD COLUMN     "coverageReason" TEXT,
ADD COLUMN     "seniorities" "Seniority"[] DEFAULT ARRAY[]::"Seniority"[];
