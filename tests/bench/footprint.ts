import { existsSync, lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { Row } from "./report.ts";

const ROOT = join(import.meta.dirname, "..", "..");
/** How many of the largest packages are named. */
const NAMED = 5;

const lockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      devOptional: z.boolean().optional(),
      optional: z.boolean().optional(),
    }),
  ),
});

/** What `npm ci --omit=dev --omit=optional` installs, by the lock file and the sizes of what is installed here. */
export function benchFootprint(): Row[] {
  const { packages } = lockFile.parse(JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8")));
  const sizes = Object.entries(packages).flatMap(([path, kind]) => {
    const folder = join(ROOT, path);
    const isInstalled = path !== "" && !kind.dev && !kind.devOptional && !kind.optional && existsSync(folder);
    return isInstalled ? [{ path, megabytes: sizeOf(folder) / 1e6 }] : [];
  });
  sizes.sort((a, b) => b.megabytes - a.megabytes);
  const largest = sizes
    .slice(0, NAMED)
    .map(({ path, megabytes }) => `${path.replace(/^.*node_modules\//, "")} ${megabytes.toFixed(0)}`);
  return [
    {
      what: "packages of a production installation",
      figure: sizes.reduce((sum, { megabytes }) => sum + megabytes, 0),
      unit: "MB",
      goal: { atMost: 250, aim: 150 },
      note: `${sizes.length} packages; ${largest.join(", ")}`,
    },
  ];
}

/** Bytes of the files of a package, without the packages inside it. */
function sizeOf(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "node_modules" ? sum : sum + sizeOf(path);
    return entry.isFile() ? sum + lstatSync(path).size : sum;
  }, 0);
}
