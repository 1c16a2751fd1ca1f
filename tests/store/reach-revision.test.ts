import { expect, test } from "vitest";
import { reachRevision } from "../../src/store/reach-revision.ts";
import { emptyDatabases } from "../support/database-pool.ts";

test("however many wait for a revision, the database is asked as often as for one of them", async () => {
  const store = await emptyDatabases.open();
  let asked = 0;
  const counting = {
    ...store,
    refresh: () => {
      asked++;
      return Promise.resolve();
    },
  };
  const waiting = Array.from({ length: 200 }, () => reachRevision(counting, 1_000, 300));
  expect(new Set(await Promise.all(waiting))).toEqual(new Set([false]));
  // Each has asked at once, and then all together.
  expect(asked).toBeGreaterThan(200);
  expect(asked).toBeLessThan(210);
  expect(await reachRevision(counting, 0, 300)).toBe(true);
  await store.close();
});
