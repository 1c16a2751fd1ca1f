import type { PrismaClient } from "../store/generated/client/client.ts";
import { type RowLoader, rowLoader, same } from "./batch.ts";

function byId<Row extends { readonly id: number }>(
  find: (where: { id: { in: number[] } }) => Promise<readonly Row[]>,
): RowLoader<number, Row> {
  return rowLoader(
    (ids) => find({ id: { in: [...ids] } }),
    (row) => row.id,
    same,
  );
}

/** The rows that citations are about, entities aside, by kind and id: one loader for each kind. */
export function subjectLoaders(prisma: PrismaClient) {
  return {
    REQUIREMENT: byId((where) => prisma.requirementNode.findMany({ where })),
    PART_OF: byId((where) => prisma.partOf.findMany({ where })),
    RELATION: byId((where) => prisma.relation.findMany({ where })),
    NOTE: byId((where) => prisma.note.findMany({ where })),
    TEACHES: byId((where) => prisma.teaches.findMany({ where })),
    PRACTISES: byId((where) => prisma.practises.findMany({ where })),
    PROJECT_STEP: byId((where) => prisma.projectStep.findMany({ where })),
    OPTIONAL_SKILL: byId((where) => prisma.optionalSkill.findMany({ where })),
    RESPONSIBILITY: byId((where) => prisma.responsibility.findMany({ where })),
    MARKET_FACT: byId((where) => prisma.marketFact.findMany({ where })),
    ROADMAP_STEP: byId((where) => prisma.roadmapStep.findMany({ where })),
    CLAIM: byId((where) => prisma.claim.findMany({ where })),
  };
}
