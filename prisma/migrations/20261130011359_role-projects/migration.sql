-- AlterEnum
ALTER TYPE "SubjectKind" ADD VALUE 'ROLE_PROJECT';

-- CreateTable
CREATE TABLE "RoleProject" (
    "id" INTEGER NOT NULL,
    "roleId" INTEGER NOT NULL,
    "projectId" INTEGER NOT NULL,
    "reason" TEXT,

    CONSTRAINT "RoleProject_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "RoleProject_projectId_idx" ON "RoleProject"("projectId");

-- CreateIndex
CREATE UNIQUE INDEX "RoleProject_roleId_projectId_key" ON "RoleProject"("roleId", "projectId");

-- AddForeignKey
ALTER TABLE "RoleProject" ADD CONSTRAINT "RoleProject_roleId_fkey" FOREIGN KEY ("roleId") REFERENCES "Role"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RoleProject" ADD CONSTRAINT "RoleProject_projectId_fkey" FOREIGN KEY ("projectId") REFERENCES "Project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
