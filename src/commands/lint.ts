import { hasErrors } from "../seeding/finding.ts";
import { lintGraph } from "../seeding/lint-graph.ts";
import { seedsFolder } from "../seeding/seed.ts";
import { countFindings, printFindings } from "./print-findings.ts";

/** `lint [file…]`: prints every error and warning. The exit status is 1 when there is an error. */
export async function lintCommand(paths: readonly string[]): Promise<void> {
  const findings = await lintGraph(paths.length > 0 ? paths : [seedsFolder()]);
  printFindings(findings, process.stdout);
  process.stdout.write(`${countFindings(findings)}\n`);
  if (hasErrors(findings)) process.exitCode = 1;
}
