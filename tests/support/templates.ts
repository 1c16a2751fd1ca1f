import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";

/** What an embedded database holds at first: nothing but its tables, or the graph that is shipped. */
export type Template = "empty" | "shipped";

const ROOT = join(import.meta.dirname, "..", "..");
const CACHE = join(ROOT, "node_modules", ".cache", "skills-graph-tests");
const ENGINE = createRequire(import.meta.url)
  .resolve("@electric-sql/pglite")
  .replace(/dist.*$/, "package.json");
const EMPTY = [ENGINE, ...["prisma/migrations", "src/store/database"].map((path) => join(ROOT, path))];
const SHIPPED = ["seeds", "src/graph", "src/planning", "src/seeding", "src/store"].map((path) =>
  join(ROOT, path),
);
/** The files and folders that decide what a template holds. */
const SOURCES: Readonly<Record<Template, readonly string[]>> = {
  empty: EMPTY,
  shipped: [...EMPTY, ...SHIPPED],
};

/**
 * Opens a new database, in memory unless a folder is given, that holds what the template does. Takes half a second
 * where making it from nothing takes five.
 */
export async function openTemplate(template: Template, folder?: string): Promise<PGlite> {
  const contents = new Blob([await readFile(await templateFile(template))]);
  return PGlite.create({ dataDir: folder ?? "memory://", loadDataDir: contents });
}

/** The file of a template: a dump of the whole database. Where there is none it is made, and kept for later runs. */
export async function templateFile(template: Template): Promise<string> {
  const file = join(CACHE, `${template}-${await fingerprint(SOURCES[template])}.tar`);
  if (await stat(file).catch(() => undefined)) return file;
  const { makeTemplate } = await import("./make-template.ts");
  const contents = await makeTemplate(template);
  await mkdir(CACHE, { recursive: true });
  for (const name of await readdir(CACHE))
    if (name.startsWith(template)) await rm(join(CACHE, name), { force: true });
  // Another process may be making the same one: the file appears whole.
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, contents);
  await rename(draft, file);
  return file;
}

async function fingerprint(sources: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const source of sources) for await (const path of filesIn(source)) hash.update(await readFile(path));
  return hash.digest("hex").slice(0, 16);
}

/** The file, or the files below the folder in the order of their names, without what is generated. */
async function* filesIn(path: string): AsyncGenerator<string> {
  if ((await stat(path)).isFile()) yield path;
  else
    for (const name of (await readdir(path)).sort())
      if (name !== "generated") yield* filesIn(join(path, name));
}
