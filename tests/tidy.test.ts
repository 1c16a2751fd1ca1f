import { readdirSync, readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

/**
 * Holds the source to the layout: which module may import which, which packages belong to which module (both as the
 * table in src/README.md says), that no imports run in a circle, and what may stand at the top level. A finding reads
 * `path:line: error: what`.
 */

const ROOT = resolve(import.meta.dirname, "..");
const README = readFileSync(join(ROOT, "src", "README.md"), "utf8");

/** A row of the table of imports. */
interface Rule {
  /** Modules under src/ that it may import, itself aside. `undefined`: all. */
  readonly mayImport: ReadonlySet<string> | undefined;
  /** Packages that nobody else imports, except for `commands` and others that own them as well. */
  readonly owns: readonly string[];
}

/** The table of src/README.md whose first column is "module". */
function readRules(): Map<string, Rule> {
  const rules = new Map<string, Rule>();
  const table = README.split(/^\| module \|.*\n\|[-|]+\n/m)[1]?.split("\n\n", 1)[0] ?? "";
  for (const row of table.trim().split("\n")) {
    const [, modules = "", imports = "", packages = ""] = row.split("|").map((cell) => cell.trim());
    const list = (text: string) => text.split(",").flatMap((name) => name.replaceAll("`", "").trim() || []);
    const mayImport = imports.startsWith("anything")
      ? undefined
      : new Set(imports === "nothing of ours" ? [] : list(imports));
    for (const module of list(modules)) rules.set(module, { mayImport, owns: list(packages) });
  }
  return rules;
}

const RULES = readRules();

/** The modules that own a package; none: everybody may import it. */
function ownersOf(specifier: string): string[] {
  const isNamed = (owned: string) =>
    owned.endsWith("/*") ? specifier.startsWith(owned.slice(0, -1)) : specifier === owned;
  return [...RULES].filter(([, { owns }]) => owns.some(isNamed)).map(([module]) => module);
}

const TOP_LEVEL =
  /^(src|prisma|schema|seeds|tests|package(-lock)?\.json|tsconfig\.json|(README|SECURITY)\.md|LICENSE|\..*|biome\.json|knip\.json|vitest\.config\.ts|Dockerfile|compose\.yaml|CHANGELOG\.md|node_modules)$/;

function* filesBelow(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== "generated") yield* filesBelow(path);
    else if (entry.isFile() && entry.name.endsWith(".ts")) yield path;
  }
}

interface Import {
  readonly line: number;
  readonly specifier: string;
  /** Whether nothing of it is left when the program runs. */
  readonly isType: boolean;
}

/** The imports of a file: static, re-exporting and dynamic ones with a literal specifier. */
function importsOf(path: string): Import[] {
  const source = readFileSync(path, "utf8");
  const pattern =
    /(?:^|\n)\s*(?:import|export)(\s+type)?\b[^"';]*?\bfrom\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;
  return [...source.matchAll(pattern)].map((match) => ({
    line: source.slice(0, match.index + match[0].length).split("\n").length,
    specifier: match[2] ?? match[3] ?? match[4] ?? "",
    isType: match[1] !== undefined,
  }));
}

const moduleOf = (path: string) => relative(join(ROOT, "src"), path).split(sep)[0]!.replace(/\.ts$/, "");

function findings(): string[] {
  const found: string[] = [];
  for (const path of filesBelow(join(ROOT, "src"))) {
    const from = moduleOf(path);
    const rule = RULES.get(from);
    const report = (line: number, what: string) =>
      found.push(`${relative(ROOT, path)}:${line}: error: ${what}`);
    if (rule === undefined) report(1, `the table in src/README.md knows no module "${from}"`);
    for (const { line, specifier } of importsOf(path)) {
      if (specifier.startsWith(".")) {
        const to = moduleOf(resolve(dirname(path), specifier));
        if (to !== from && rule?.mayImport?.has(to) === false) report(line, `${from} may not import ${to}`);
        if (!/\.(ts|json)$/.test(specifier))
          report(line, `expected a file with its ending, got ${specifier}`);
        continue;
      }
      if (specifier.startsWith("node:")) continue;
      if (builtinModules.includes(specifier)) report(line, `write node:${specifier}`);
      const owners = ownersOf(specifier);
      if (from !== "commands" && owners.length > 0 && !owners.includes(from))
        report(line, `${specifier} belongs to ${owners.join(" and ")}, not to ${from}`);
      if ((from === "graph" || from === "planning") && !owners.includes(from))
        report(line, `${from} imports no package but its own, got ${specifier}`);
    }
    const source = readFileSync(path, "utf8");
    if (/^\s*export\s+\*\s+from/m.test(source)) report(1, "no barrels: import from the file itself");
    if (from !== "config" && /\bprocess\.env\b/.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")))
      report(1, "only config.ts reads process.env");
  }
  return found;
}

/** The first circle of imports that is there when the program runs, as the files along it; empty without one. */
function importCircle(): string[] {
  const isDone = new Map<string, boolean>();
  const along: string[] = [];
  const visit = (path: string): string[] => {
    if (isDone.get(path) === true) return [];
    if (isDone.get(path) === false) return [...along.slice(along.indexOf(path)), path];
    isDone.set(path, false);
    along.push(path);
    for (const { specifier, isType } of importsOf(path)) {
      if (isType || !specifier.startsWith(".") || specifier.includes("/generated/")) continue;
      const circle = visit(resolve(dirname(path), specifier));
      if (circle.length > 0) return circle;
    }
    along.pop();
    isDone.set(path, true);
    return [];
  };
  for (const path of filesBelow(join(ROOT, "src"))) {
    const circle = visit(path);
    if (circle.length > 0) return circle.map((file) => relative(ROOT, file));
  }
  return [];
}

test("the table in src/README.md is read", () => {
  expect(RULES.get("graph")?.mayImport).toEqual(new Set());
  expect(RULES.get("api")?.mayImport).toContain("loaders");
  expect(RULES.get("commands")?.mayImport).toBeUndefined();
  expect(ownersOf("@pothos/core")).toEqual(["api"]);
});

test("every module imports only what the table allows", () => {
  expect(findings()).toEqual([]);
});

test("no imports run in a circle", () => {
  expect(importCircle()).toEqual([]);
});

test("nothing stands at the top level that is not agreed", () => {
  const strays = readdirSync(ROOT).filter((name) => !TOP_LEVEL.test(name));
  expect(strays).toEqual([]);
});

test("src/README.md has a line for every module", () => {
  const missing = readdirSync(join(ROOT, "src"))
    .filter((name) => statSync(join(ROOT, "src", name)).isDirectory())
    .filter((name) => !README.includes(`| \`${name}/\``));
  expect(missing).toEqual([]);
});
