import { Prisma, type PrismaClient } from "../generated/client/client.ts";
import type { SpentHoursModel } from "../generated/client/models.ts";
import { LEAST_LEARNERS_TOLD, MOST_LEARNERS_TOLD } from "../limits.ts";
import { toldMedian } from "./told-median.ts";

/**
 * What learners spend on skills, told in aggregates. Each is made of learners that no aggregate was made of before, and only
 * when there are enough of them: so what one has recorded tells in one aggregate, once, and nothing changes with each record.
 * An aggregate stays when somebody of it erases his data: it tells no more of him than of anybody, whereas its going would
 * tell that he was in it, and would let whoever wants take it away from all.
 */

export type SpentHours = SpentHoursModel;

/** A skill by the slug that it has and those that it had, and its estimate. */
export interface EstimatedSkill {
  readonly slug: string;
  readonly formerSlugs: readonly string[];
  readonly hours: number;
}

/** How long making one may take: it is seldom, and waits for nobody. */
const TELL_TIMEOUT_MS = 60_000;

/**
 * Makes the aggregate of a skill anew where enough learners have come to know it since the last one. What takes no time has
 * none. One statement when there are not enough.
 */
export async function tellSpentHours(prisma: PrismaClient, skill: EstimatedSkill): Promise<void> {
  const { slug, formerSlugs, hours } = skill;
  if (hours === 0) return;
  const slugs = [slug, ...formerSlugs];
  const [found] = await prisma.$queryRaw<{ learners: number; before: number }[]>`
    SELECT (SELECT count(DISTINCT "learner")::int FROM "Progress" WHERE ${isNew(slugs)}) AS "learners",
      (SELECT COALESCE(MAX("learners"), 0) FROM "SpentHours" WHERE "skill" = ANY(${[...slugs]}::text[])) AS "before"`;
  const { learners = 0, before = 0 } = found ?? {};
  const least = Math.min(MOST_LEARNERS_TOLD, Math.max(LEAST_LEARNERS_TOLD, 2 * before));
  if (learners < least) return;
  await prisma.$transaction((transaction) => tellOnce(transaction, skill, slugs, least), {
    isolationLevel: Prisma.TransactionIsolationLevel.ReadCommitted,
    ...{ maxWait: TELL_TIMEOUT_MS, timeout: TELL_TIMEOUT_MS },
  });
}

const isNew = (slugs: readonly string[]) => Prisma.sql`
  "skill" = ANY(${[...slugs]}::text[]) AND NOT "isCounted" AND "state" = 'KNOWN' AND "hours" > 0`;

/**
 * Others may do the same at the same moment. Records that one of them holds are passed over by the next, which then may have
 * too few, and leaves it to the next record.
 */
async function tellOnce(
  transaction: Prisma.TransactionClient,
  { slug, formerSlugs, hours: estimate }: EstimatedSkill,
  slugs: readonly string[],
  least: number,
): Promise<void> {
  const records = await transaction.$queryRaw<{ learner: string; hours: number }[]>`
    SELECT "learner", "hours" FROM "Progress" WHERE ${isNew(slugs)}
    ORDER BY "recordedAt", "learner" LIMIT ${MOST_LEARNERS_TOLD}::int FOR UPDATE SKIP LOCKED`;
  // One who has recorded two skills that were merged is one learner.
  const hours = new Map(records.map((record) => [record.learner, record.hours]));
  if (hours.size < least) return;
  await transaction.progress.updateMany({
    where: { skill: { in: [...slugs] }, learner: { in: [...hours.keys()] } },
    data: { isCounted: true },
  });
  const told = { learners: hours.size, medianHours: toldMedian([...hours.values()], estimate) };
  await transaction.spentHours.upsert({
    where: { skill: slug },
    create: { skill: slug, ...told },
    update: told,
  });
  await transaction.spentHours.deleteMany({ where: { skill: { in: [...formerSlugs] } } });
}

/** The aggregates of skills by the slugs under which they were made, in any order. One statement. */
export function readSpentHours(
  prisma: Prisma.TransactionClient,
  slugs: readonly string[],
): Promise<SpentHours[]> {
  return prisma.spentHours.findMany({ where: { skill: { in: [...slugs] } } });
}
