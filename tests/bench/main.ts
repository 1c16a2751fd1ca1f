import { benchHttp } from "./http.ts";
import { type Row, report } from "./report.ts";

/**
 * `npm run bench -- [--quick] [--only http,…] [--json file]`: measures everything in one run on this machine and
 * prints each figure beside its goal. Absolute figures depend on the machine; ratios are of the same run.
 */
const quick = process.argv.includes("--quick");
const option = (name: string) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};

const suites: Record<string, () => Promise<Row[]>> = {
  http: () => benchHttp(quick ? { rounds: 2, seconds: 1 } : { rounds: 5, seconds: 3 }),
};

const only = option("--only")?.split(",") ?? Object.keys(suites);
const rows: Row[] = [];
for (const name of only) {
  const suite = suites[name];
  if (suite === undefined) throw new Error(`expected one of ${Object.keys(suites).join(", ")}, got ${name}`);
  process.stderr.write(`${name} …\n`);
  rows.push(...(await suite()));
}
report(rows, option("--json"));
