import { expect, test } from "vitest";
import { PATH_PRICES, WORK_PER_COST } from "../../../src/api/limits.ts";
import { priceOfPlan, usedOf } from "../../../src/http/plan/price.ts";

test("a link that asks for a thorough search costs one, however it is written, unless it is not used", () => {
  const priceOf = (query: string) => priceOfPlan(new URLSearchParams(query), 5_000);
  expect(priceOf("role=tester")).toBe(5_000);
  expect(priceOf("role=tester&effort=instant")).toBe(5_000);
  for (const written of ["effort=thorough", "%65ffort=THOROUGH", "effort=&effort=+Thorough+"])
    expect(priceOf(`role=tester&${written}`)).toBe(PATH_PRICES.THOROUGH);
  expect(usedOf(PATH_PRICES.THOROUGH, 5_000, { work: 10 * WORK_PER_COST })).toBe(5_010);
  expect(usedOf(PATH_PRICES.THOROUGH, 5_000, { work: 1e12 })).toBe(PATH_PRICES.THOROUGH);
  expect(usedOf(5_000, 5_000, { work: 1e12 })).toBe(5_000);
});
