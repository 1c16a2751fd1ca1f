import type { PrismaClient } from "../store/generated/client/client.ts";
import type { GraphSnapshot } from "../store/snapshot/graph-snapshot.ts";
import { citationCountLoader, citationPageLoader } from "./citation-pages.ts";
import { citationLoader } from "./citations.ts";
import { claimLoader } from "./claims.ts";
import { disputedFields } from "./disagreements.ts";
import { documentBySlugLoader, documentLoader } from "./documents.ts";
import { marketFactLoader } from "./market-facts.ts";
import { noteLoader } from "./notes.ts";
import { optionalSkillsByRoleLoader, optionalSkillsBySkillLoader } from "./optional-skills.ts";
import { pages } from "./pages/pages.ts";
import { partLoader, wholeLoader } from "./part-of.ts";
import { practisesByProjectLoader, practisesBySkillLoader } from "./practises.ts";
import { projectStepLoader } from "./project-steps.ts";
import { projectLoader } from "./projects.ts";
import { relationLoader, reverseRelationLoader } from "./relations.ts";
import { requirementNodeLoader } from "./requirement-nodes.ts";
import { resourceBySlugLoader, resourceLoader } from "./resources.ts";
import { responsibilityLoader, responsibilitySkillLoader } from "./responsibilities.ts";
import { roadmapStepLoader, stepProjectLoader, stepResourceLoader } from "./roadmap-steps.ts";
import { roadmapLoader } from "./roadmaps.ts";
import { roleLoader } from "./roles.ts";
import { searchIndex } from "./search/search.ts";
import { sectionLoader } from "./sections.ts";
import { skillAliasLoader } from "./skill-aliases.ts";
import { skillLoader } from "./skills.ts";
import { subjectLoaders } from "./subjects.ts";
import { teachesByResourceLoader, teachesBySkillLoader } from "./teaches.ts";

/** The rows that requests may read. */
export type Loaders = ReturnType<typeof createLoaders>;

/**
 * One loader for each relation, so that whatever a request selects at one depth costs one SQL statement for
 * each kind of row, however many entities ask for it.
 */
export function createLoaders(prisma: PrismaClient) {
  return {
    citations: citationLoader(prisma),
    citationCounts: citationCountLoader(prisma),
    citationPages: citationPageLoader(prisma),
    claims: claimLoader(prisma),
    /** The fields of which differing values are claimed. */
    disputedFields: () => disputedFields(prisma),
    documents: documentLoader(prisma),
    documentsBySlug: documentBySlugLoader(prisma),
    marketFacts: marketFactLoader(prisma),
    notes: noteLoader(prisma),
    optionalSkillsByRole: optionalSkillsByRoleLoader(prisma),
    optionalSkillsBySkill: optionalSkillsBySkillLoader(prisma),
    pages: pages(prisma),
    parts: partLoader(prisma),
    wholes: wholeLoader(prisma),
    practisesByProject: practisesByProjectLoader(prisma),
    practisesBySkill: practisesBySkillLoader(prisma),
    projectSteps: projectStepLoader(prisma),
    projects: projectLoader(prisma),
    relations: relationLoader(prisma),
    reverseRelations: reverseRelationLoader(prisma),
    requirementNodes: requirementNodeLoader(prisma),
    resources: resourceLoader(prisma),
    resourcesBySlug: resourceBySlugLoader(prisma),
    responsibilities: responsibilityLoader(prisma),
    responsibilitySkills: responsibilitySkillLoader(prisma),
    roadmapSteps: roadmapStepLoader(prisma),
    stepProjects: stepProjectLoader(prisma),
    stepResources: stepResourceLoader(prisma),
    roadmaps: roadmapLoader(prisma),
    roles: roleLoader(prisma),
    /** The search index of a revision. */
    searchIndex: (snapshot: GraphSnapshot) => searchIndex(prisma, snapshot),
    sections: sectionLoader(prisma),
    skillAliases: skillAliasLoader(prisma),
    skills: skillLoader(prisma),
    subjects: subjectLoaders(prisma),
    teachesByResource: teachesByResourceLoader(prisma),
    teachesBySkill: teachesBySkillLoader(prisma),
  };
}
