-- CreateEnum
CREATE TYPE "SkillKind" AS ENUM ('LANGUAGE', 'RUNTIME', 'FRAMEWORK', 'LIBRARY', 'DATABASE', 'TOOL', 'PLATFORM', 'OPERATING_SYSTEM', 'STANDARD', 'CONCEPT', 'PRACTICE', 'ARCHITECTURE', 'THREAT', 'SOFT_SKILL', 'CAREER', 'TOPIC');

-- CreateEnum
CREATE TYPE "Level" AS ENUM ('BEGINNER', 'INTERMEDIATE', 'ADVANCED');

-- CreateEnum
CREATE TYPE "ResourceKind" AS ENUM ('BOOK', 'COURSE', 'COURSE_PLATFORM', 'BOOTCAMP', 'TUTORIAL_SITE', 'DOCUMENTATION', 'COMMUNITY', 'PRACTICE_PLATFORM', 'INTERVIEW_PLATFORM', 'JOB_BOARD', 'CERTIFICATION', 'DEGREE', 'CONFERENCE', 'NEWSLETTER', 'HOSTING', 'CAREER_PLATFORM', 'ORGANISATION');

-- CreateEnum
CREATE TYPE "Cost" AS ENUM ('FREE', 'FREEMIUM', 'PAID');

-- CreateEnum
CREATE TYPE "ProjectKind" AS ENUM ('APPLICATION', 'SYSTEM_DESIGN', 'OPEN_SOURCE', 'PORTFOLIO');

-- CreateEnum
CREATE TYPE "Basis" AS ENUM ('EXPLICIT', 'IMPLIED', 'ORDERING', 'EDITORIAL');

-- CreateEnum
CREATE TYPE "RelationKind" AS ENUM ('PREVENTS', 'USED_WITH', 'INSTANCE_OF', 'PROVIDES', 'CONTRASTS_WITH');

-- CreateEnum
CREATE TYPE "NoteKind" AS ENUM ('WHEN_TO_USE', 'STRENGTH', 'WEAKNESS', 'PROPERTY', 'ADVICE');

-- CreateEnum
CREATE TYPE "MarketFactKind" AS ENUM ('SALARY', 'DEMAND');

-- CreateEnum
CREATE TYPE "SubjectKind" AS ENUM ('DOCUMENT', 'SKILL', 'RESOURCE', 'PROJECT', 'ROLE', 'ROADMAP', 'REQUIREMENT', 'PART_OF', 'RELATION', 'NOTE', 'TEACHES', 'PRACTISES', 'PROJECT_STEP', 'OPTIONAL_SKILL', 'RESPONSIBILITY', 'MARKET_FACT', 'ROADMAP_STEP', 'CLAIM');

-- CreateEnum
CREATE TYPE "Operation" AS ENUM ('CREATED', 'UPDATED', 'DELETED');

-- CreateTable
CREATE TABLE "Revision" (
    "number" INTEGER NOT NULL,
    "committedAt" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "source" TEXT NOT NULL,

    CONSTRAINT "Revision_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "Change" (
    "revision" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" "SubjectKind" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "operation" "Operation" NOT NULL,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("revision","ordinal")
);

-- CreateTable
CREATE TABLE "Skill" (
    "id" INTEGER NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" "SkillKind" NOT NULL,
    "level" "Level",
    "summary" TEXT NOT NULL DEFAULT '',
    "hours" DOUBLE PRECISION NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "Skill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SkillAlias" (
    "skillId" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "alias" TEXT NOT NULL,

    CONSTRAINT "SkillAlias_pkey" PRIMARY KEY ("skillId","ordinal")
);

-- CreateTable
CREATE TABLE "RequirementNode" (
    "id" INTEGER NOT NULL,
    "skillId" INTEGER,
    "projectId" INTEGER,
    "roleId" INTEGER,
    "roadmapStepId" INTEGER,
    "ordinal" INTEGER NOT NULL,
    "parentOrdinal" INTEGER,
    "atLeast" INTEGER,
    "needsId" INTEGER,
    "reason" TEXT,

    CONSTRAINT "RequirementNode_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "PartOf" (
    "id" INTEGER NOT NULL,
    "partId" INTEGER NOT NULL,
    "wholeId" INTEGER NOT NULL,
    "reason" TEXT,

    CONSTRAINT "PartOf_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Relation" (
    "id" INTEGER NOT NULL,
    "fromId" INTEGER NOT NULL,
    "toId" INTEGER NOT NULL,
    "kind" "RelationKind" NOT NULL,
    "note" TEXT,

    CONSTRAINT "Relation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Note" (
    "id" INTEGER NOT NULL,
    "skillId" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "kind" "NoteKind" NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "Note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Resource" (
    "id" INTEGER NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" "ResourceKind" NOT NULL,
    "url" TEXT,
    "authors" TEXT[],
    "provider" TEXT,
    "cost" "Cost",
    "hours" DOUBLE PRECISION,
    "language" TEXT,
    "summary" TEXT NOT NULL DEFAULT '',
    "digest" TEXT NOT NULL,

    CONSTRAINT "Resource_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Teaches" (
    "id" INTEGER NOT NULL,
    "resourceId" INTEGER NOT NULL,
    "skillId" INTEGER NOT NULL,
    "reason" TEXT,

    CONSTRAINT "Teaches_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Project" (
    "id" INTEGER NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "kind" "ProjectKind" NOT NULL,
    "brief" TEXT NOT NULL DEFAULT '',
    "difficulty" "Level",
    "hours" DOUBLE PRECISION NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "Project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ProjectStep" (
    "id" INTEGER NOT NULL,
    "projectId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "ProjectStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Practises" (
    "id" INTEGER NOT NULL,
    "projectId" INTEGER NOT NULL,
    "skillId" INTEGER NOT NULL,
    "reason" TEXT,

    CONSTRAINT "Practises_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Role" (
    "id" INTEGER NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "aliases" TEXT[],
    "summary" TEXT NOT NULL DEFAULT '',
    "digest" TEXT NOT NULL,

    CONSTRAINT "Role_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Responsibility" (
    "id" INTEGER NOT NULL,
    "roleId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "Responsibility_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ResponsibilitySkill" (
    "responsibilityId" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "skillId" INTEGER NOT NULL,

    CONSTRAINT "ResponsibilitySkill_pkey" PRIMARY KEY ("responsibilityId","ordinal")
);

-- CreateTable
CREATE TABLE "MarketFact" (
    "id" INTEGER NOT NULL,
    "roleId" INTEGER NOT NULL,
    "kind" "MarketFactKind" NOT NULL,
    "summary" TEXT NOT NULL,
    "amount" DOUBLE PRECISION,
    "amountMax" DOUBLE PRECISION,
    "currency" TEXT,
    "period" TEXT,
    "region" TEXT,
    "seniority" TEXT,
    "source" TEXT,
    "year" INTEGER,

    CONSTRAINT "MarketFact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OptionalSkill" (
    "id" INTEGER NOT NULL,
    "roleId" INTEGER NOT NULL,
    "skillId" INTEGER NOT NULL,
    "reason" TEXT,

    CONSTRAINT "OptionalSkill_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Roadmap" (
    "id" INTEGER NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',
    "ordered" BOOLEAN NOT NULL,
    "digest" TEXT NOT NULL,

    CONSTRAINT "Roadmap_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoadmapStep" (
    "id" INTEGER NOT NULL,
    "roadmapId" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "summary" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "RoadmapStep_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "RoadmapStepResource" (
    "stepId" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "resourceId" INTEGER NOT NULL,

    CONSTRAINT "RoadmapStepResource_pkey" PRIMARY KEY ("stepId","ordinal")
);

-- CreateTable
CREATE TABLE "RoadmapStepProject" (
    "stepId" INTEGER NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "projectId" INTEGER NOT NULL,

    CONSTRAINT "RoadmapStepProject_pkey" PRIMARY KEY ("stepId","ordinal")
);

-- CreateTable
CREATE TABLE "Document" (
    "id" INTEGER NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "publisher" TEXT,
    "publishedOn" DATE,
    "lines" INTEGER,
    "digest" TEXT NOT NULL,

    CONSTRAINT "Document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Section" (
    "documentId" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Section_pkey" PRIMARY KEY ("documentId","line")
);

-- CreateTable
CREATE TABLE "Citation" (
    "id" INTEGER NOT NULL,
    "subjectKind" "SubjectKind" NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "documentId" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "mention" TEXT NOT NULL,
    "basis" "Basis" NOT NULL,

    CONSTRAINT "Citation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Claim" (
    "id" INTEGER NOT NULL,
    "subjectKind" "SubjectKind" NOT NULL,
    "subjectId" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "Claim_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Skill_slug_key" ON "Skill"("slug");

-- CreateIndex
CREATE INDEX "RequirementNode_skillId_idx" ON "RequirementNode"("skillId");

-- CreateIndex
CREATE INDEX "RequirementNode_projectId_idx" ON "RequirementNode"("projectId");

-- CreateIndex
CREATE INDEX "RequirementNode_roleId_idx" ON "RequirementNode"("roleId");

-- CreateIndex
CREATE INDEX "RequirementNode_roadmapStepId_idx" ON "RequirementNode"("roadmapStepId");

-- CreateIndex
CREATE INDEX "RequirementNode_needsId_idx" ON "RequirementNode"("needsId");

-- CreateIndex
CREATE INDEX "PartOf_wholeId_idx" ON "PartOf"("wholeId");

-- CreateIndex
CREATE UNIQUE INDEX "PartOf_partId_wholeId_key" ON "PartOf"("partId", "wholeId");

-- CreateIndex
CREATE INDEX "Relation_toId_idx" ON "Relation"("toId");

-- CreateIndex
CREATE UNIQUE INDEX "Relation_fromId_toId_kind_key" ON "Relation"("fromId", "toId", "kind");

-- CreateIndex
CREATE INDEX "Note_skillId_idx" ON "Note"("skillId");

-- CreateIndex
CREATE UNIQUE INDEX "Resource_slug_key" ON "Resource"("slug");

-- CreateIndex
CREATE INDEX "Teaches_skillId_idx" ON "Teaches"("skillId");

-- CreateIndex
CREATE UNIQUE INDEX "Teaches_resourceId_skillId_key" ON "Teaches"("resourceId", "skillId");

-- CreateIndex
CREATE UNIQUE INDEX "Project_slug_key" ON "Project"("slug");

-- CreateIndex
CREATE INDEX "ProjectStep_projectId_idx" ON "ProjectStep"("projectId");

-- CreateIndex
CREATE INDEX "Practises_skillId_idx" ON "Practises"("skillId");

-- CreateIndex
CREATE UNIQUE INDEX "Practises_projectId_skillId_key" ON "Practises"("projectId", "skillId");

-- CreateIndex
CREATE UNIQUE INDEX "Role_slug_key" ON "Role"("slug");

-- CreateIndex
CREATE INDEX "Responsibility_roleId_idx" ON "Responsibility"("roleId");

-- CreateIndex
CREATE INDEX "ResponsibilitySkill_skillId_idx" ON "ResponsibilitySkill"("skillId");

-- CreateIndex
CREATE INDEX "MarketFact_roleId_idx" ON "MarketFact"("roleId");

-- CreateIndex
CREATE INDEX "OptionalSkill_skillId_idx" ON "OptionalSkill"("skillId");

-- CreateIndex
CREATE UNIQUE INDEX "OptionalSkill_roleId_skillId_key" ON "OptionalSkill"("roleId", "skillId");

-- CreateIndex
CREATE UNIQUE INDEX "Roadmap_slug_key" ON "Roadmap"("slug");

-- CreateIndex
CREATE INDEX "RoadmapStep_roadmapId_idx" ON "RoadmapStep"("roadmapId");

-- CreateIndex
CREATE INDEX "RoadmapStepResource_resourceId_idx" ON "RoadmapStepResource"("resourceId");

-- CreateIndex
CREATE INDEX "RoadmapStepProject_projectId_idx" ON "RoadmapStepProject"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "Document_slug_key" ON "Document"("slug");

-- CreateIndex
CREATE INDEX "Citation_subjectKind_subjectId_idx" ON "Citation"("subjectKind", "subjectId");

-- CreateIndex
CREATE INDEX "Citation_documentId_idx" ON "Citation"("documentId");

-- CreateIndex
CREATE INDEX "Claim_subjectKind_subjectId_idx" ON "Claim"("subjectKind", "subjectId");

-- AddForeignKey
ALTER TABLE "Change" ADD CONSTRAINT "Change_revision_fkey" FOREIGN KEY ("revision") REFERENCES "Revision"("number") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "SkillAlias" ADD CONSTRAINT "SkillAlias_skillId_fkey" FOREIGN KEY ("skillId") REFERENCES "Skill"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequirementNode" ADD CONSTRAINT "RequirementNode_skillId_fkey" FOREIGN KEY ("skillId") REFERENCES "Skill"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequirementNode" ADD CONSTRAINT "RequirementNode_needsId_fkey" FOREIGN KEY ("needsId") REFERENCES "Skill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequirementNode" ADD CONSTRAINT "RequirementNode_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequirementNode" ADD CONSTRAINT "RequirementNode_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RequirementNode" ADD CONSTRAINT "RequirementNode_roadmapStepId_fkey" FOREIGN KEY ("roadmapStepId") REFERENCES "RoadmapStep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartOf" ADD CONSTRAINT "PartOf_partId_fkey" FOREIGN KEY ("partId") REFERENCES "Skill"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "PartOf" ADD CONSTRAINT "PartOf_wholeId_fkey" FOREIGN KEY ("wholeId") REFERENCES "Skill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Relation" ADD CONSTRAINT "Relation_fromId_fkey" FOREIGN KEY ("fromId") REFERENCES "Skill"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Relation" ADD CONSTRAINT "Relation_toId_fkey" FOREIGN KEY ("toId") REFERENCES "Skill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Note" ADD CONSTRAINT "Note_skillId_fkey" FOREIGN KEY ("skillId") REFERENCES "Skill"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Teaches" ADD CONSTRAINT "Teaches_resourceId_fkey" FOREIGN KEY ("resourceId") REFERENCES "Resource"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Teaches" ADD CONSTRAINT "Teaches_skillId_fkey" FOREIGN KEY ("skillId") REFERENCES "Skill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ProjectStep" ADD CONSTRAINT "ProjectStep_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Practises" ADD CONSTRAINT "Practises_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Practises" ADD CONSTRAINT "Practises_skillId_fkey" FOREIGN KEY ("skillId") REFERENCES "Skill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Responsibility" ADD CONSTRAINT "Responsibility_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResponsibilitySkill" ADD CONSTRAINT "ResponsibilitySkill_responsibilityId_fkey" FOREIGN KEY ("responsibilityId") REFERENCES "Responsibility"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ResponsibilitySkill" ADD CONSTRAINT "ResponsibilitySkill_skillId_fkey" FOREIGN KEY ("skillId") REFERENCES "Skill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "MarketFact" ADD CONSTRAINT "MarketFact_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OptionalSkill" ADD CONSTRAINT "OptionalSkill_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OptionalSkill" ADD CONSTRAINT "OptionalSkill_skillId_fkey" FOREIGN KEY ("skillId") REFERENCES "Skill"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoadmapStep" ADD CONSTRAINT "RoadmapStep_roadmapId_fkey" FOREIGN KEY ("roadmapId") REFERENCES "Roadmap"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoadmapStepResource" ADD CONSTRAINT "RoadmapStepResource_stepId_fkey" FOREIGN KEY ("stepId") REFERENCES "RoadmapStep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoadmapStepResource" ADD CONSTRAINT "RoadmapStepResource_resourceId_fkey" FOREIGN KEY ("resourceId") REFERENCES "Resource"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoadmapStepProject" ADD CONSTRAINT "RoadmapStepProject_stepId_fkey" FOREIGN KEY ("stepId") REFERENCES "RoadmapStep"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoadmapStepProject" ADD CONSTRAINT "RoadmapStepProject_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Section" ADD CONSTRAINT "Section_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Citation" ADD CONSTRAINT "Citation_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What schema.prisma cannot say. Above: slugs and names sort alike on every server (COLLATE "C").
-- Here: a node has one owner, and is a leaf or a group.
ALTER TABLE "RequirementNode"
  ADD CONSTRAINT "RequirementNode_owner_check"
    CHECK (num_nonnulls("skillId", "projectId", "roleId", "roadmapStepId") = 1),
  ADD CONSTRAINT "RequirementNode_leaf_or_group_check" CHECK (num_nonnulls("atLeast", "needsId") = 1);
