import type { PrismaClient } from "../../store/generated/client/client.ts";
import { documentPages } from "./documents.ts";
import { projectPages } from "./projects.ts";
import { resourcePages } from "./resources.ts";
import { roadmapPages } from "./roadmaps.ts";
import { rolePages } from "./roles.ts";
import { skillPages } from "./skills.ts";

/** The pages of every table that has a connection. */
export function pages(prisma: PrismaClient) {
  return {
    documents: documentPages(prisma),
    projects: projectPages(prisma),
    resources: resourcePages(prisma),
    roadmaps: roadmapPages(prisma),
    roles: rolePages(prisma),
    skills: skillPages(prisma),
  };
}
