import type { Store } from "../../src/store/store.ts";

/** Every row of every table of the graph, in the order of ids; revisions without their times. */
export async function dump({ prisma }: Store): Promise<Record<string, readonly object[]>> {
  const orderBy = { id: "asc" } as const;
  return {
    revisions: await prisma.revision.findMany({
      select: { number: true, source: true },
      orderBy: { number: "asc" },
    }),
    changes: await prisma.change.findMany({
      omit: { before: true },
      orderBy: [{ revision: "asc" }, { ordinal: "asc" }],
    }),
    documents: await prisma.document.findMany({ orderBy, include: { sections: true } }),
    skills: await prisma.skill.findMany({ orderBy, include: { aliases: { orderBy: { ordinal: "asc" } } } }),
    nodes: await prisma.requirementNode.findMany({ orderBy }),
    partOf: await prisma.partOf.findMany({ orderBy }),
    relations: await prisma.relation.findMany({ orderBy }),
    notes: await prisma.note.findMany({ orderBy }),
    resources: await prisma.resource.findMany({ orderBy }),
    teaches: await prisma.teaches.findMany({ orderBy }),
    projects: await prisma.project.findMany({ orderBy }),
    projectSteps: await prisma.projectStep.findMany({ orderBy }),
    practises: await prisma.practises.findMany({ orderBy }),
    roles: await prisma.role.findMany({ orderBy }),
    responsibilities: await prisma.responsibility.findMany({
      orderBy,
      include: { skills: { orderBy: { ordinal: "asc" } } },
    }),
    marketFacts: await prisma.marketFact.findMany({ orderBy }),
    optionalSkills: await prisma.optionalSkill.findMany({ orderBy }),
    roleProjects: await prisma.roleProject.findMany({ orderBy }),
    roadmaps: await prisma.roadmap.findMany({ orderBy }),
    roadmapSteps: await prisma.roadmapStep.findMany({
      orderBy,
      include: { resources: true, projects: true },
    }),
    claims: await prisma.claim.findMany({ orderBy }),
    citations: await prisma.citation.findMany({ orderBy }),
  };
}
