// Compiles src/ to plain JavaScript in .build/, file by file, in a fraction of a second. `npm start` and `npm run
// cli` run that, because starting it takes half the processor time that a development loader needs. It is not a
// bundle, so that stack traces and relative paths are the same as in src/. Nothing is written if nothing changed,
// so that the files of a running server are left alone.
import { readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const source = import.meta.dirname;
const target = join(source, "..", ".build");
const stamp = join(target, ".built");

const builtAt = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));

if (files.some((file) => statSync(file).mtimeMs > builtAt)) {
  // Loaded only now, because an ordinary start does not need it.
  const { build } = await import("esbuild");
  const startedAt = new Date();
  await build({
    entryPoints: files.filter((file) => file.endsWith(".ts")),
    outdir: target,
    outbase: source,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    sourcemap: true,
    logLevel: "warning",
    plugins: [
      {
        name: "imports stay imports",
        setup({ onResolve }) {
          onResolve({ filter: /.*/ }, ({ kind, path }) =>
            kind === "entry-point"
              ? undefined
              : { path: path.replace(/^(\..*)\.ts$/, "$1.js"), external: true },
          );
        },
      },
    ],
  });
  writeFileSync(stamp, startedAt.toISOString());
  // Files that changed during the build must be newer than the stamp.
  utimesSync(stamp, startedAt, startedAt);
}
