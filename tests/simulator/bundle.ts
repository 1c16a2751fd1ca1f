import { readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { build, type Plugin } from "esbuild";

/**
 * Makes one file of the simulator and the source that it drives, with its timers in place of Node's, and, if wanted, with
 * edits to the source.
 */

const ROOT = join(import.meta.dirname, "..", "..");
/** Here the packages of the bundle are found, and Vitest leaves it as it is. */
const FOLDER = join(ROOT, "node_modules", ".cache");

/** An edit of a file of the source: what is found there, exactly once, becomes something else. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A limit that a few writes would not reach, and a digest that says what it is of. */
const SIMPLER: readonly Edit[] = [
  { file: "src/loaders/change-log.ts", find: "REVISIONS_PAGE = 100", replace: "REVISIONS_PAGE = 2" },
  {
    file: "src/store/rows/entity-digest.ts",
    find: `hash("sha256", JSON.stringify(inKeyOrder(entity)), "hex")`,
    replace: "JSON.stringify(inKeyOrder(entity))",
  },
];

export interface Bundle {
  readonly file: string;
  readonly url: string;
  remove(): Promise<void>;
}

/** Throws where an edit does not apply. */
export async function bundleSimulator(edits: readonly Edit[] = []): Promise<Bundle> {
  await mkdir(FOLDER, { recursive: true });
  const folder = await mkdtemp(join(FOLDER, "simulator-"));
  const file = join(folder, "schedule.mjs");
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await build({
      entryPoints: [join(import.meta.dirname, "schedule.ts")],
      outfile: file,
      bundle: true,
      format: "esm",
      platform: "node",
      target: "node20",
      packages: "external",
      logLevel: "silent",
      inject: [join(import.meta.dirname, "timers.ts")],
      plugins: [simulated([...SIMPLER, ...edits])],
    });
  } catch (error) {
    await remove();
    throw error;
  }
  return { file, url: pathToFileURL(file).href, remove };
}

function simulated(edits: readonly Edit[]): Plugin {
  const promises = join(import.meta.dirname, "timers-promises.ts");
  return {
    name: "simulated",
    setup: ({ onResolve, onLoad }) => {
      onResolve({ filter: /^node:timers\/promises$/ }, () => ({ path: promises }));
      // Each bundle has its own, since plugins are registered in it: those of two bundles are not the same.
      onResolve({ filter: /^@pothos\/[^/]+$/ }, ({ path: name }) => ({
        path: join(ROOT, "node_modules", name, "esm", "index.js"),
      }));
      onLoad({ filter: /[\\/]src[\\/].*\.ts$/ }, ({ path }) => {
        const name = relative(ROOT, path).replaceAll(sep, "/");
        const own = edits.filter(({ file }) => file === name);
        if (own.length === 0) return undefined;
        const contents = own.reduce(edited, readFileSync(path, "utf8"));
        return { contents, loader: "ts" };
      });
    },
  };
}

function edited(contents: string, { file, find, replace }: Edit): string {
  const parts = contents.split(find);
  if (parts.length !== 2)
    throw new Error(`expected once in ${file}, found ${parts.length - 1} times: ${find}`);
  return parts.join(replace);
}
