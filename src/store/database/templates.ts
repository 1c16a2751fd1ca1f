import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { type EmbeddedDatabase, IN_MEMORY, openEmbedded } from "./clients.ts";
import { MIGRATIONS_FOLDER } from "./migration-files.ts";
import { applyMigrations } from "./migrations.ts";
import { RECORD_CATALOGUE } from "./schema-catalogue.ts";

/** Where the code is that makes templates: `src` or, when it is built, `.build`. */
const CODE = join(import.meta.dirname, "..", "..");
const CACHE = join(CODE, "..", ".cache", basename(CODE));
const ENGINE = createRequire(import.meta.url)
  .resolve("@electric-sql/pglite")
  .replace(/dist.*$/, "package.json");

/** The code that decides how graph files become rows, as files to tell its states apart by. */
export const WRITING_CODE =
  basename(CODE) === ".build"
    ? [join(CODE, ".built")]
    : ["graph", "planning", "seeding", "store"].map((folder) => join(CODE, folder));

/** What a new embedded database begins with: a dump of a whole one, as a tar archive. */
export type Template = () => Promise<Uint8Array>;

/**
 * The embedded database with our tables and no rows. Making it takes seconds, most of them PostgreSQL's initdb; it is
 * made once for each version of the engine and each state of the migrations.
 */
export const emptyTemplate: Template = () =>
  template("empty", [], async () => {
    const database = await openEmbedded(IN_MEMORY);
    await applyMigrations(database);
    // Nothing is ever made from PostgreSQL's own templates; without them a new folder has half of the files.
    await database.run("UPDATE pg_database SET datistemplate = false");
    await database.run("DROP DATABASE template0");
    await database.run("DROP DATABASE template1");
    return database;
  });

/**
 * The template of that name, from the cache if it was made from the same contents: of the `sources`, files and folders,
 * and of what every template depends on. Otherwise `make` makes the database, and its dump is kept for later if the
 * cache can be written.
 */
export async function template(
  name: string,
  sources: readonly string[],
  make: () => Promise<EmbeddedDatabase>,
  cache: string = CACHE,
): Promise<Uint8Array> {
  const path = join(cache, `${name}-${await fingerprint([ENGINE, MIGRATIONS_FOLDER, ...sources])}.tar`);
  if (await stat(path).catch(() => undefined)) return readFile(path);
  const database = await make();
  await database.run("CHECKPOINT");
  const dump = await database.dump();
  await database.close();
  await keep(path, dump).catch(() => {});
  return dump;
}

/** Writes a template in place of those that it has replaced. Another process may be making the same: it appears whole. */
async function keep(path: string, dump: Uint8Array): Promise<void> {
  const cache = join(path, "..");
  await mkdir(cache, { recursive: true });
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, dump);
  const [name] = basename(path).split("-");
  // Another process may be making the same template: its draft stays.
  for (const file of await readdir(cache))
    if (file.startsWith(`${name}-`) && !file.startsWith(basename(path)))
      await rm(join(cache, file), { force: true });
  await rename(draft, path);
}

async function fingerprint(sources: readonly string[]): Promise<string> {
  const hash = createHash("sha256").update(RECORD_CATALOGUE);
  for (const source of sources) for await (const path of filesIn(source)) hash.update(await readFile(path));
  return hash.digest("hex").slice(0, 16);
}

/** The file, or the files below the folder in the order of their names; without generated code. */
async function* filesIn(path: string): AsyncGenerator<string> {
  if ((await stat(path)).isFile()) yield path;
  else
    for (const name of (await readdir(path)).sort())
      if (name !== "generated") yield* filesIn(join(path, name));
}
