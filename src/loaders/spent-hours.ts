import DataLoader from "dataloader";
import { readSpentHours, type SpentHours } from "../store/rows/spent-hours.ts";
import type { RowReader } from "../store/store.ts";

/**
 * Loads what learners have spent on skills, by slug: for one request, since it is made anew without a revision. One statement
 * for all that are asked for in one turn of the event loop.
 */
export function spentHoursLoader(prisma: RowReader): DataLoader<string, SpentHours | undefined> {
  return new DataLoader(async (slugs) => {
    const found = new Map((await readSpentHours(prisma, slugs)).map((spent) => [spent.skill, spent]));
    return slugs.map((slug) => found.get(slug));
  });
}
