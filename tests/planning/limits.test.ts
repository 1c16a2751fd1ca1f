import { expect, test } from "vitest";
import { shares } from "../../src/planning/limits.ts";

test("searches share a budget equally, with a least share, until all of it is spent", () => {
  const few = shares({ maxWork: 10_000_000 }, 5);
  expect(few().maxWork).toBe(2_000_000);
  const many = shares({ maxWork: 1_100_000 }, 400);
  for (const [expected, work] of [
    [500_000, 500_000],
    [500_000, 400_000],
    [200_000, 300_000],
    [0, 0],
  ] as const) {
    const share = many();
    expect(share.maxWork).toBe(expected);
    share.spent!.work += work;
  }
});
