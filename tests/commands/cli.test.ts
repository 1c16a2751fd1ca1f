import { execFile } from "node:child_process";
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { exportGraphFile } from "../../src/interchange/graph-file-export.ts";
import { importGraph, importGraphText } from "../../src/seeding/import-graph.ts";
import { readGraphRows } from "../../src/store/rows/read-graph.ts";
import { openStore, type Store } from "../../src/store/store.ts";
import { commandLine } from "../support/built.ts";
import { newDataDir } from "../support/databases.ts";

/** The commands as people run them: each a process of its own, its output in pipes. */

const ROOT = join(import.meta.dirname, "..", "..");
const FULL = join("tests", "support", "full-graph.yaml");
const BAD = join("tests", "seeding", "bad");

let folder: string;
let dataDir: string;
/** What the database holds when the tests begin, as a graph file. */
let stored: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cli-"));
  dataDir = await newDataDir();
  stored = await withStore(async (store) => {
    await importGraph(store, [join(ROOT, FULL)]);
    return exported(store);
  });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  rmSync(dataDir, { recursive: true });
});

async function withStore<Result>(work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore({ dataDir });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

async function exported(store: Store): Promise<string> {
  return [...exportGraphFile(await readGraphRows(store.prisma), "yaml")].join("");
}

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

function cli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const { PATH = "", HOME = "" } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      commandLine(...args),
      { cwd: ROOT, env: { PATH, HOME, DATA_DIR: dataDir, ...env }, maxBuffer: 64 * 1024 * 1024 },
      (error, out, err) => {
        const status = error === null ? 0 : typeof error.code === "number" ? error.code : 255;
        resolve({ status, out, err });
      },
    );
  });
}

/** A fault of the user: said on standard error, with exit status 1 and without a stack or control characters. */
function expectFault(ran: Ran): void {
  expect(ran.status).toBe(1);
  expect(ran.out).toBe("");
  expect(ran.err).not.toMatch(/^\s+at /m);
  expect(ran.err).not.toContain("\x1b");
}

describe("the command line", () => {
  test("exports to a file and to a pipe", async () => {
    const output = join(folder, "exported.yaml");
    expect(await cli(["export", "--output", output])).toMatchObject({ status: 0, out: "" });
    expect(readFileSync(output, "utf8")).toBe(stored);
    expect(await cli(["export", "--format", "yaml"])).toEqual({ status: 0, out: stored, err: "" });
    const part = ["export", "--format", "nodes.csv", "--roots", "role:backend-developer", "--depth", "0"];
    expect((await cli(part)).out).toMatch(/^id,kind,.*\r\nrole:backend-developer,role,.*\r\n$/);
    expectFault(await cli(["export", "--format", "dot", "--roots", "nobody"]));
  });

  test("exports nothing of an empty database, and leaves it empty", async () => {
    const empty = await newDataDir();
    const env = { DATA_DIR: empty };
    const { out, status } = await cli(["export", "--format", "json"], env);
    expect(status).toBe(0);
    expect(Object.keys(JSON.parse(out))).toEqual(["$schema"]);
    expect((await cli(["migrate"], env)).out).toContain("the graph is at revision 0.");
    rmSync(empty, { recursive: true });
  });

  test("refuses bad files, lists all findings and leaves the database as it was", async () => {
    const large = join(folder, "large.yaml");
    const handle = openSync(large, "w");
    ftruncateSync(handle, 50 * 1024 * 1024);
    closeSync(handle);
    const names = [
      "loop.yaml",
      "not-yaml.yaml",
      "duplicate-slug.yaml",
      "unknown-slug.yaml",
      "negative-hours.yaml",
    ];
    const ran = await cli(["import", large, "nowhere.yaml", ...names.map((name) => join(BAD, name))]);
    expectFault(ran);
    expect(ran.err).toContain(`${large}:1: error: expected a file of at most 32 MB, got 50 MB`);
    expect(ran.err).toContain("nowhere.yaml:1: error: expected a graph file or a folder of them");
    for (const name of names) {
      const expected = readFileSync(join(ROOT, BAD, `${name}.findings`), "utf8")
        .trim()
        .split("\n");
      expect(expected.length).toBeGreaterThan(0);
      // The files share slugs: together they have more findings than apart, and other loops.
      for (const line of expected.filter((one) => !/unlearnable|unmet/.test(one)))
        expect(ran.err).toContain(`${BAD}/${line.split(": error:")[0]}`);
    }
    expect(ran.err.match(/reading/g)).toHaveLength(1);
    expect(ran.err).toMatch(/error: nothing was imported: \d+ errors, 0 warnings\n$/);
    expect(await withStore(exported)).toBe(stored);
  });

  test("imports a spreadsheet in a dry run, and writes what it sets aside", async () => {
    const sheet = join(folder, "sheet.csv");
    const problems = join(folder, "problems.csv");
    writeFileSync(sheet, "name;hours;requires\nKiln work;1,5;\nGlazing;2;Kiln work; \nGlazing;3;Clay\n");
    const refused = await cli(["import", sheet, "--dry-run"]);
    expectFault(refused);
    expect(refused.err).toContain("nothing was imported: 1 error, 0 warnings; with --on-problem quarantine");
    const ran = await cli(["import", sheet, "--dry-run", "--quarantine", problems]);
    expect(ran).toMatchObject({ status: 0, out: expect.stringContaining("Set aside: 1 duplicate-name.") });
    expect(ran.err.match(/reading/g)).toHaveLength(1);
    expect(ran.err).toContain(`${sheet}:4: set aside: "Glazing" stands there already`);
    expect(readFileSync(problems, "utf8")).toMatch(/^file,line,code,message\r\n.*,4,duplicate-name,/);
  });

  test("tells what a newer version of a source would change, and keeps what others edited", async () => {
    const own = await newDataDir();
    const sheet = join(folder, "glazing.csv");
    const run = (...more: string[]) => cli(["import", sheet, ...more], { DATA_DIR: own });
    writeFileSync(sheet, "name;hours;requires\nKiln work;1;\nGlazing;2;Kiln work\nClay;3;\n");
    expect(await run()).toMatchObject({ status: 0 });
    expect((await run("--dry-run")).out).toBe(
      "Nothing was written. 3 rows can be imported, and would change nothing.\n",
    );
    writeFileSync(sheet, "name;hours;requires\nKiln work;1;\nGlazing;4;Kiln work\nRaku;3;Glazing\n");
    expect((await run("--dry-run", "--prune")).out).toMatchInlineSnapshot(`
      "Nothing was written. 3 rows can be imported, and would change:
        skills: 1 created, 1 updated, 1 deleted, 1 unchanged
          deleted skill clay
          updated skill glazing
          created skill raku
      "
    `);
    const store = await openStore({ dataDir: own });
    const edited = "skills: [{ slug: glazing, name: Glazing, hours: 9, requires: kiln-work }]";
    await importGraphText(store, edited, { source: "API", mode: "UPDATE" });
    await store.close();
    const refused = await run("--dry-run");
    expectFault(refused);
    expect(refused.err).toContain("glazing");
    expect((await run("--dry-run", "--update")).out).toContain("    updated skill glazing\n");
    rmSync(own, { recursive: true });
  });

  test("lint fails on errors only", async () => {
    const bad = await cli(["lint", join(BAD, "negative-hours.yaml")]);
    expect(bad).toMatchObject({ status: 1, err: "" });
    expect(bad.out).toContain("negative-hours.yaml:2: error: ");
    expect(bad.out).toMatch(/\n8 errors, \d+ warnings?\n$/);
    const doubtful = await cli(["lint", join("tests", "seeding", "doubtful", "everything.yaml")]);
    expect(doubtful).toMatchObject({ status: 0, err: "" });
    expect(doubtful.out).toContain("[redundant-prerequisite]");
  });

  test("prints a path", async () => {
    const ran = await cli(["path", "backend-developer", "--known", "sql", "--avoid", "mysql"]);
    expect(ran.err).toBe("");
    expect(ran.out).toMatchInlineSnapshot(`
      "The way to the role Backend developer

         1        30 h  PostgreSQL (postgresql)
         2     100.5 h  Backend (backend)

      2 skills, 130.5 h: no path takes less.
      "
    `);
  });

  test.each([
    [
      ["path", "backend-devloper"],
      'got "backend-devloper", which none has; did you mean "backend-developer"?',
    ],
    [["export", "--format", "xml"], "Allowed choices are yaml, json"],
    [["improt"], "Did you mean import?"],
    [["path"], "missing required argument 'goal'"],
  ])("says what is wrong with %j", async (args, message) => {
    const ran = await cli(args);
    expectFault(ran);
    expect(ran.err).toContain(message);
  });

  test("names a variable of the environment that cannot be used", async () => {
    const ran = await cli(["migrate"], { PORT: "many" });
    expectFault(ran);
    expect(ran.err).toContain('PORT: expected a whole number from 0 to 65535, got "many"');
  });

  test("says who holds the data folder", async () => {
    const ran = await withStore(() => cli(["migrate"]));
    expectFault(ran);
    expect(ran.err).toMatch(/^error: DATA_DIR_LOCKED: /);
    expect(ran.err).toContain(String(process.pid));
  });

  test("imports, and does nothing the second time", async () => {
    const file = join(folder, "more.yaml");
    writeFileSync(file, "skills: [{ slug: redis, name: Redis, hours: 5, requires: sql }]\n");
    const first = await cli(["import", file]);
    expect(first.out).toBe("Revision 2:\n  skills: 1 created\n");
    expect(first.status).toBe(0);
    expect(first.err).not.toContain("\x1b");
    expect(first.err).toContain("checking 1 row");
    expect(await cli(["import", file])).toMatchObject({
      status: 0,
      out: "Nothing changed: revision 2 holds all of it already.\n",
    });
  });

  test("serves a graph of one's own only from a folder of its own", async () => {
    const ran = await cli(["serve", "--graph", FULL], { DATABASE_URL: "postgresql://127.0.0.1:9/none" });
    expect(ran).toMatchObject({ status: 1, out: "" });
    expect(ran.err).toMatch(/^error: expected no DATABASE_URL with --graph/);
  });

  test("a reader that stops early is no fault", async () => {
    const many = Array.from({ length: 20_000 }, (_, i) => ({ slug: `s${i}`, hours: -1 }));
    const file = join(folder, "many.json");
    writeFileSync(file, JSON.stringify({ skills: many }));
    const command = `"${process.execPath}" ${commandLine("lint", file).join(" ")} | head -n 1`;
    const ran = await new Promise<Ran>((resolve) => {
      execFile("bash", ["-c", command], { cwd: ROOT }, (error, out, err) =>
        resolve({ status: error === null ? 0 : 1, out, err }),
      );
    });
    expect(ran).toMatchObject({ status: 0, err: "" });
    expect(ran.out.split("\n")).toHaveLength(2);
  });
});
