import fc from "fast-check";
import { expect, test } from "vitest";
import { toRows } from "../../src/seeding/rows.ts";
import { openTables } from "../../src/store/open-tables.ts";
import type { WriteOutcome } from "../../src/store/rows/write-graph.ts";
import type { Store } from "../../src/store/store.ts";
import { GraphWriteError } from "../../src/store/store-errors.ts";
import { emptyDatabases } from "../support/database-pool.ts";
import { snapshotContents } from "../support/graph-contents.ts";
import { FIRST, write } from "../support/random-writes.ts";
import { readSnapshot } from "./database.ts";
import { happen, type Process, plan, reset } from "./events.ts";
import { Faults } from "./faults.ts";
import { Random } from "./random.ts";
import { Database } from "./remote.ts";

const key = fc.option(fc.constantFrom("one", "other"), { nil: undefined });
const writes = fc.array(fc.tuple(write, key), { minLength: 1, maxLength: 8 });

type Edit = { readonly rows: ReturnType<typeof toRows>; readonly replace: boolean; readonly key?: string };

/** The outcome of each write, or the code of its refusal, and the graph after it. */
async function outcomesOf(store: Store, edits: readonly Edit[]): Promise<unknown[]> {
  const outcomes: unknown[] = [];
  for (const { rows, replace, key } of edits) {
    const once = key === undefined ? {} : { once: { key, request: JSON.stringify(rows) } };
    const outcome: WriteOutcome | string = await store
      .write(rows, "random", { replace, ...once })
      .catch((error: unknown) => {
        if (error instanceof GraphWriteError) return error.code;
        throw error;
      });
    outcomes.push({ outcome, contents: snapshotContents(store.snapshot()) });
  }
  return outcomes;
}

/** The same on tables in memory. Also that a snapshot read anew is the one that was patched. */
async function simulatedOutcomes(edits: readonly Edit[]): Promise<unknown[]> {
  reset();
  const database = new Database(new Faults(new Random(1)), () => {});
  const process: Process = { name: "server", isDead: false, frozenUntil: 0 };
  let outcomes: unknown[] | undefined;
  plan(process, 0, async () => {
    const store = await openTables({ ...database.connect(process), isShared: false });
    outcomes = await outcomesOf(store, edits);
    expect(snapshotContents(readSnapshot(database.committed))).toEqual(snapshotContents(store.snapshot()));
  });
  await happen(() => false);
  return outcomes ?? [];
}

test("the tables in memory answer as those of a database do", async () => {
  let refused = 0;
  await fc.assert(
    fc.asyncProperty(writes, async (given) => {
      const edits: Edit[] = [
        { rows: toRows(FIRST), replace: true },
        ...given.map(([{ file, replace }, key]) => ({
          ...{ rows: toRows(file), replace },
          ...(key !== undefined && { key }),
        })),
      ];
      const store = await emptyDatabases.open();
      try {
        const stored = await outcomesOf(store, edits);
        refused += stored.filter((each) => JSON.stringify(each).startsWith('{"outcome":"')).length;
        expect(await simulatedOutcomes(edits)).toEqual(stored);
      } finally {
        await store.close();
      }
    }),
    { numRuns: 15 },
  );
  expect(refused).toBeGreaterThan(3);
});
