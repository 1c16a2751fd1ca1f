import type { RowReader } from "../store/store.ts";

/** How many rows link to each skill, by its id; a skill that none does is not there. */
export interface SkillCounts {
  /** Resources that teach it. */
  readonly taughtBy: ReadonlyMap<number, number>;
  /** Projects that practise it. */
  readonly practisedBy: ReadonlyMap<number, number>;
}

/** Counts the links of all skills, once. Two statements, O(links). */
export function skillCounts(prisma: RowReader): () => Promise<SkillCounts> {
  const read = async () => {
    const taughtBy = await prisma.teaches.groupBy({ by: ["skillId"], _count: true });
    const practisedBy = await prisma.practises.groupBy({ by: ["skillId"], _count: true });
    return { taughtBy: countsOf(taughtBy), practisedBy: countsOf(practisedBy) };
  };
  let counts: Promise<SkillCounts> | undefined;
  return () => {
    counts ??= read().catch((error) => {
      counts = undefined;
      throw error;
    });
    return counts;
  };
}

function countsOf(rows: readonly { readonly skillId: number; readonly _count: number }[]) {
  return new Map(rows.map(({ skillId, _count }) => [skillId, _count]));
}
