import { PATH_PRICES, WORK_PER_COST } from "../../api/limits.ts";
import type { Spent } from "../../workers/metered.ts";

/** What a link to a plan may cost that is answered by a file or page: as much as all, unless it asks for a thorough search. */
export function priceOfPlan(query: URLSearchParams, usual: number): number {
  const isThorough = query.getAll("effort").some((text) => text.trim().toUpperCase() === "THOROUGH");
  return isThorough ? PATH_PRICES.THOROUGH : usual;
}

/** What of a price was used. */
export function usedOf(price: number, usual: number, { work }: Spent): number {
  return Math.min(price, usual + Math.ceil(work / WORK_PER_COST));
}
