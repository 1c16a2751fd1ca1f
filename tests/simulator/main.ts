import { bundleSimulator } from "./bundle.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";
import type * as schedule from "./schedule.ts";

/** `npx tsx tests/simulator/main.ts <seed> [bug]` tells all that happens in the schedule of a seed. */
const [seed = "1", bug] = process.argv.slice(2);
const bundle = await bundleSimulator(bug === undefined ? [] : PLANTED_BUGS[bug]);
try {
  const { runSchedule }: typeof schedule = await import(bundle.url);
  const { faults } = await runSchedule(Number(seed), (line) => process.stdout.write(`${line}\n`));
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await bundle.remove();
}
