import { readdirSync, readFileSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

/**
 * Holds the source to the layout: which module may import which, which packages belong to which module, and
 * what may stand at the top level. A finding reads `path:line: error: what`.
 */

const ROOT = resolve(import.meta.dirname, "..");

/** What each module under src/ may import, itself aside. `undefined`: anything. */
const MAY_IMPORT: Record<string, readonly string[] | undefined> = {
  graph: [],
  words: [],
  planning: ["graph"],
  render: ["graph"],
  store: ["graph"],
  workers: ["graph", "planning"],
  loaders: ["store", "workers", "words"],
  seeding: ["graph", "planning", "store", "words"],
  interchange: ["graph", "planning", "store"],
  api: ["graph", "planning", "store", "loaders", "workers", "words"],
  http: ["api", "interchange", "render", "planning", "store"],
  explorer: [],
  commands: undefined,
  main: undefined,
  config: [],
};

/** Packages that one part of the source owns; everybody else goes through it. */
const OWNED: readonly { readonly packages: RegExp; readonly owners: readonly string[] }[] = [
  { packages: /^(@prisma\/|prisma$|pglite-prisma-adapter|@electric-sql\/|pg$)/, owners: ["store"] },
  { packages: /^@pothos\//, owners: ["api", "store/generated"] },
  { packages: /^(graphql|graphql-scalars)$/, owners: ["api", "http"] },
  { packages: /^(graphql-yoga|@graphql-yoga\/)/, owners: ["http"] },
  { packages: /^dataloader$/, owners: ["loaders"] },
];

const TOP_LEVEL =
  /^(src|prisma|schema|seeds|tests|package(-lock)?\.json|tsconfig\.json|README\.md|LICENSE|\..*|biome\.json|knip\.json|vitest\.config\.ts|Dockerfile|CHANGELOG\.md|node_modules)$/;

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
}

/** The imports of a file: static, re-exporting and dynamic ones with a literal specifier. */
function importsOf(path: string): Import[] {
  const source = readFileSync(path, "utf8");
  const pattern =
    /(?:^|\n)\s*(?:import|export)\b[^"';]*?\bfrom\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;
  return [...source.matchAll(pattern)].map((match) => ({
    line: source.slice(0, match.index + match[0].length).split("\n").length,
    specifier: match[1] ?? match[2] ?? match[3] ?? "",
  }));
}

const moduleOf = (path: string) => relative(join(ROOT, "src"), path).split(sep)[0]!.replace(/\.ts$/, "");

function findings(): string[] {
  const found: string[] = [];
  for (const path of filesBelow(join(ROOT, "src"))) {
    const from = moduleOf(path);
    const report = (line: number, what: string) =>
      found.push(`${relative(ROOT, path)}:${line}: error: ${what}`);
    if (!(from in MAY_IMPORT)) report(1, `the table in src/README.md knows no module "${from}"`);
    for (const { line, specifier } of importsOf(path)) {
      if (specifier.startsWith(".")) {
        const to = moduleOf(resolve(dirname(path), specifier));
        const allowed = MAY_IMPORT[from];
        if (to !== from && allowed !== undefined && !allowed.includes(to))
          report(line, `${from} may not import ${to}`);
        if (!/\.(ts|json)$/.test(specifier))
          report(line, `expected a file with its ending, got ${specifier}`);
        continue;
      }
      if (specifier.startsWith("node:")) continue;
      if (builtinModules.includes(specifier)) report(line, `write node:${specifier}`);
      for (const { packages, owners } of OWNED)
        if (packages.test(specifier) && from !== "commands" && !owners.includes(from))
          report(line, `${specifier} belongs to ${owners.join(" and ")}, not to ${from}`);
      const isSolver = specifier === "highs" && path.includes("/planning/exact/");
      if ((from === "graph" || from === "planning") && !isSolver)
        report(line, `${from} imports no package, got ${specifier}`);
    }
    const source = readFileSync(path, "utf8");
    if (/^\s*export\s+\*\s+from/m.test(source)) report(1, "no barrels: import from the file itself");
    if (from !== "config" && /\bprocess\.env\b/.test(source.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")))
      report(1, "only config.ts reads process.env");
  }
  return found;
}

test("every module imports only what the table allows", () => {
  expect(findings()).toEqual([]);
});

test("nothing stands at the top level that is not agreed", () => {
  const strays = readdirSync(ROOT).filter((name) => !TOP_LEVEL.test(name));
  expect(strays).toEqual([]);
});

test("src/README.md has a line for every module", () => {
  const text = readFileSync(join(ROOT, "src", "README.md"), "utf8");
  const missing = readdirSync(join(ROOT, "src"))
    .filter((name) => statSync(join(ROOT, "src", name)).isDirectory())
    .filter((name) => !text.includes(`| \`${name}/\``));
  expect(missing).toEqual([]);
});
