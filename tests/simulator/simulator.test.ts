import { afterAll, expect, test } from "vitest";
import { type Bundle, bundleSimulator, type Edit } from "./bundle.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";
import type * as schedule from "./schedule.ts";

/** How many schedules the source must pass here; `npm run bench -- --only simulator` runs a hundred thousand. */
const SCHEDULES = 100;
/** Within so many schedules each planted bug must be found. */
const BUG_SCHEDULES = 2_000;
/** Seeds whose schedules are replayed. */
const REPLAYED = [1, 2, 3, 4, 5, 20, 21, 22];

const bundles: Bundle[] = [];

afterAll(async () => {
  for (const bundle of bundles) await bundle.remove();
});

async function load(edits: readonly Edit[] = []): Promise<typeof schedule> {
  const bundle = await bundleSimulator(edits);
  bundles.push(bundle);
  return import(/* @vite-ignore */ bundle.url);
}

test(`${SCHEDULES} schedules end as one write after the other would`, async () => {
  const { runSchedules } = await load();
  const { failed, tally } = await runSchedules(1, 1 + SCHEDULES);
  expect(failed).toBeUndefined();
  // Schedules in which nothing happens would pass as well.
  for (const count of Object.values(tally)) expect(count).toBeGreaterThan(SCHEDULES / 10);
});

test("the schedule of a seed is the same whenever it is run", async () => {
  const one = await load();
  const other = await load();
  const told = async ({ runSchedule }: typeof schedule, seed: number) => {
    const lines: string[] = [];
    await runSchedule(seed, (line) => lines.push(line));
    return lines.join("\n");
  };
  let committed = 0;
  for (const seed of REPLAYED) {
    const trace = await told(one, seed);
    if (trace.includes("commits revision")) committed++;
    await one.runSchedule(seed + 1);
    expect(await told(one, seed)).toBe(trace);
    expect(await told(other, seed)).toBe(trace);
  }
  expect(committed).toBeGreaterThan(REPLAYED.length / 2);
});

test.each(Object.entries(PLANTED_BUGS))("finds %s", async (name, edits) => {
  const { runSchedules } = await load(edits);
  const { failed } = await runSchedules(1, 1 + BUG_SCHEDULES);
  expect(failed, `not found in ${BUG_SCHEDULES} schedules`).toBeDefined();
  process.stderr.write(`${name}: found by schedule ${failed?.seed}: ${failed?.faults[0]?.split("\n")[0]}\n`);
});
