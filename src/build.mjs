// Bundles src/ and the packages that it uses into .build/, in about a second. `npm start` and `npm run cli` run that:
// loading a few files takes a quarter of the time that a thousand modules take. Nothing is written if nothing changed,
// so that the files of a running server are left alone.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const source = import.meta.dirname;
const target = join(source, "..", ".build");
const stamp = join(target, ".built");

/** What is started by itself; the commands and whatever else loads on demand are split off. */
const ENTRIES = ["commands/cli", "workers/worker", "main", "store/store", "http/server"];

/** Packages that read files beside their own, which stay where they are. */
const UNBUNDLED = [
  "@electric-sql/pglite",
  "@prisma/schema-engine-wasm/*",
  "highs",
  "pg-native",
  "pino",
  "tsx",
];

/** The code that decides how graph files become rows; see store/database/templates.ts. */
const WRITERS = ["graph", "planning", "seeding", "store"];

/** How long files of earlier builds are kept: a server that runs may load them yet. */
const KEEP_MS = 24 * 60 * 60 * 1000;

const builtAt = statSync(stamp, { throwIfNoEntry: false })?.mtimeMs ?? 0;
const files = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name));
const lock = join(source, "..", "package-lock.json");
const inputs = [...files, lock];
if (inputs.some((file) => (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0) > builtAt))
  await buildAll();

async function buildAll() {
  // Loaded only now, because an ordinary start does not need it.
  const build = await import("esbuild").then(
    (esbuild) => esbuild.build,
    () => undefined,
  );
  if (build === undefined) {
    if (builtAt > 0) return;
    throw new Error(
      "expected .build/ or the development dependencies: run `npm ci`, then `npm prune --omit=dev`",
    );
  }
  const { memoryOptions, writeInAscii } = await import("./build-memory.mjs");
  const startedAt = new Date();
  const { metafile } = await build({
    entryPoints: Object.fromEntries(ENTRIES.map((name) => [name, join(source, `${name}.ts`)])),
    outdir: target,
    chunkNames: "[name]-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    mainFields: ["module", "main"],
    external: UNBUNDLED,
    sourcemap: true,
    sourcesContent: false,
    logLevel: "warning",
    // For packages that are CommonJS.
    banner: {
      js: 'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);',
    },
    metafile: true,
    ...memoryOptions,
    // Otherwise graphql-js looks, at each object that is not of a type, whether it is of one from another copy of graphql-js.
    define: { ...memoryOptions.define, "process.env.NODE_ENV": '"production"' },
    plugins: [
      { name: "files know where they were", setup: ({ onLoad }) => onLoad({ filter: /\.ts$/ }, located) },
      ...memoryOptions.plugins,
    ],
  });
  for (const file of Object.keys(metafile.outputs)) if (file.endsWith(".js")) writeInAscii(file);
  await buildPlayground(build);
  await buildExplorer(build);
  await buildClient(build);
  for (const entry of readdirSync(target, { withFileTypes: true }))
    if (entry.isFile() && statSync(join(target, entry.name)).mtimeMs < startedAt.getTime() - KEEP_MS)
      rmSync(join(target, entry.name), { force: true });
  writeFileSync(stamp, fingerprint());
  // Files that changed during the build must be newer than the stamp.
  utimesSync(stamp, startedAt, startedAt);
}

/** Bundles the playground. Only where the development dependencies are: elsewhere there is none. */
async function buildPlayground(build) {
  try {
    import.meta.resolve("graphiql");
  } catch {
    return;
  }
  const client = join(source, "http", "playground", "client.mjs");
  await buildForBrowsers(build, "playground", { client }, [client], {
    splitting: true,
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".woff2": "file" },
    publicPath: "/playground/assets",
  });
}

/** Bundles the scripts and the stylesheet of pages, and the custom element, whose name stays, with what describes it. */
async function buildExplorer(build) {
  const folder = join(source, "explorer", "browser");
  const used = readdirSync(folder).map((name) => join(folder, name));
  const entries = {
    explorer: join(folder, "explorer.ts"),
    frame: join(folder, "frame.ts"),
    style: join(folder, "explorer.css"),
  };
  await buildForBrowsers(build, "explorer", entries, used);
  const operation = join(source, "http", "operations", "embed-path.graphql");
  const id = `sha256:${createHash("sha256").update(readFileSync(operation)).digest("hex")}`;
  const described = join(source, "explorer", "element");
  const descriptions = readdirSync(described).map((name) => join(described, name));
  const embed = { embed: join(folder, "embed.ts") };
  await buildForBrowsers(build, "element", embed, [...used, ...descriptions, operation], {
    entryNames: "[name]",
    define: { EMBED_OPERATION: JSON.stringify(id) },
  });
  for (const file of descriptions) copyFileSync(file, join(target, "element", basename(file)));
}

/** Bundles the client that others import as skills-graph/client, and makes its types. */
async function buildClient(build) {
  const folder = join(source, "client");
  const generated = join(folder, "generated");
  const used = [folder, generated].flatMap((each) =>
    readdirSync(each, { withFileTypes: true }).flatMap((file) =>
      file.isFile() ? [join(each, file.name)] : [],
    ),
  );
  const entry = join(target, "client", "index.js");
  const made = statSync(entry, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if ([...used, import.meta.filename].every((file) => statSync(file).mtimeMs < made)) return;
  const all = 'export * from "./client.ts";\nexport * from "./generated/operations.ts";\n';
  execFileSync(process.execPath, [
    join(source, "..", "node_modules", "typescript", "bin", "tsc"),
    "-p",
    folder,
  ]);
  writeFileSync(join(target, "client", "index.d.ts"), all.replaceAll(".ts", ".js"));
  await build({
    stdin: { contents: all, resolveDir: folder, loader: "ts" },
    outfile: entry,
    bundle: true,
    format: "esm",
    platform: "neutral",
    target: "es2022",
    logLevel: "error",
  });
}

/** Makes a bundle for browsers in a folder of .build/, each file beside its compressed forms, if a file is newer. */
async function buildForBrowsers(build, name, entryPoints, used, options = {}) {
  const folder = join(target, name);
  const made = statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if ([...used, import.meta.filename, lock].every((file) => statSync(file).mtimeMs < made)) return;
  rmSync(folder, { recursive: true, force: true });
  await build({
    entryPoints,
    outdir: folder,
    entryNames: "[name]-[hash]",
    chunkNames: "[name]-[hash]",
    assetNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    logLevel: "error",
    ...options,
  });
  for (const file of readdirSync(folder)) {
    if (file.endsWith(".woff2")) continue;
    const contents = readFileSync(join(folder, file));
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(contents));
    writeFileSync(join(folder, `${file}.gzip`), gzipSync(contents));
  }
}

/** What tells one state of the code that writes rows from another. */
function fingerprint() {
  const hash = createHash("sha256");
  for (const file of files.toSorted()) {
    const path = relative(source, file).split(sep);
    if (WRITERS.includes(path[0]) && !path.includes("generated")) hash.update(readFileSync(file));
  }
  return hash.digest("hex");
}

/** Lets a file that asks where it is have the answer that it would have in .build/, had it not been bundled. */
function located({ path }) {
  if (!path.startsWith(source)) return undefined;
  const contents = readFileSync(path, "utf8");
  const file = relative(source, path).replaceAll(sep, "/").replace(/\.ts$/, ".js");
  // Files that are started by themselves are in folders of .build/, all others in .build/ itself.
  const root = 'import.meta.dirname.replace(/([\\\\/]\\.build)[\\\\/].*$/, "$1")';
  const answers = {
    url: `new URL(${JSON.stringify(`./${file}`)}, import.meta.url.replace(/\\/\\.build\\/.*$/, "/.build/")).href`,
    dirname: `(${root} + ${JSON.stringify(`/${dirname(file)}`)})`,
    filename: `(${root} + ${JSON.stringify(`/${file}`)})`,
  };
  const replaced = contents.replace(
    /\bimport\.meta\.(url|dirname|filename)\b/g,
    (_, which) => answers[which],
  );
  return { contents: replaced, loader: "ts" };
}
