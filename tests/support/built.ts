import { execFileSync } from "node:child_process";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..", "..");

/** Builds what `npm start` runs, when the sources have changed. */
export function buildSource(): void {
  execFileSync(process.execPath, [join(ROOT, "src", "build.mjs")]);
}

/** The JavaScript built from a file below `src/`, as in `workers/worker`. */
export function built(path: string): string {
  return join(ROOT, ".build", `${path}.js`);
}

/** The arguments with which Node runs a command. */
export function commandLine(...args: readonly string[]): string[] {
  return [built("commands/cli"), ...args];
}
