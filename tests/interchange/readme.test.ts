import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parse } from "csv-parse/sync";
import { XMLValidator } from "fast-xml-parser";
import { asyncBufferFromUrl, parquetReadObjects } from "hyparquet";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestServer, type TestServer } from "../support/http.ts";

/**
 * Runs what src/interchange/README.md tells people to paste, as it stands there, where the programs are; beside that, reads
 * the same links with readers from npm.
 */

const README = readFileSync(join(import.meta.dirname, "../../src/interchange/README.md"), "utf8");

let server: TestServer;
const folder = mkdtempSync(join(tmpdir(), "interchange-readme-"));
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

/** The only block that holds a text, with the address of the test's server. */
function block(holding: string): string {
  const blocks = [...README.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)].map(([, text = ""]) => text);
  const found = blocks.filter((text) => text.includes(holding));
  expect(found).toHaveLength(1);
  return found[0]!.replaceAll("http://127.0.0.1:4000", server.url);
}

function linkIn(text: string): string {
  return /http:[^"']+/.exec(text)?.[0] ?? "";
}

function run(file: string, ...args: string[]) {
  return new Promise<{ out: string; err: string; isFine: boolean }>((resolve) => {
    execFile(file, args, { cwd: folder }, (error, out, err) => resolve({ out, err, isFine: error === null }));
  });
}

/** The first lines of a Python block import what it needs. */
const canRun = async (text: string) => (await run("python3", "-c", text.split("\n", 1)[0]!)).isFine;

/** The skill that most others have before them. */
async function mostBlocking() {
  const query =
    "{ skills(first: 100, orderBy: {field: DEPENDENTS, direction: DESC}) { nodes { name slug metrics { blockingFactor betweenness } } } }";
  const { data } = await server.ask(query);
  type Node = { name: string; metrics: { blockingFactor: number; betweenness: number } };
  return (data.skills.nodes as Node[]).toSorted(
    (a, b) => b.metrics.blockingFactor - a.metrics.blockingFactor,
  )[0]!;
}

test("pandas", async ({ skip }) => {
  const text = block("pandas");
  skip(!(await canRun(text)), "there is no pandas");
  const { out, err } = await run("python3", "-c", text);
  expect(err).toBe("");
  expect(out).toContain((await mostBlocking()).name);
});

test("the same table by a parser of CSV", async () => {
  const rows: Record<string, string>[] = parse(await (await fetch(linkIn(block("pandas")))).text(), {
    columns: true,
  });
  const skills = rows.filter(({ kind }) => kind === "skill");
  const first = skills.toSorted((a, b) => Number(b.blocking_factor) - Number(a.blocking_factor))[0]!;
  const { name, metrics } = await mostBlocking();
  expect([first.name, Number(first.blocking_factor)]).toEqual([name, metrics.blockingFactor]);
  expect(skills.some(({ taught_by }) => Number(taught_by) > 0)).toBe(true);
  expect(rows.find(({ kind }) => kind === "role")?.betweenness).toBe("");
});

test("NetworkX", async ({ skip }) => {
  const text = block("node_link_graph");
  skip(!(await canRun(text)), "there is no NetworkX");
  const { out, err } = await run("python3", "-c", text);
  expect(err).toBe("");
  const { nodes, edges } = await (await fetch(linkIn(text))).json();
  expect(out).toContain(
    `MultiDiGraph named 'skills graph' with ${nodes.length} nodes and ${edges.length} edges skill:`,
  );
  const old = await run("python3", "-c", text.replace('edges="edges"', 'edges="links"'));
  expect(old.out).toBe(out);
});

test("DuckDB, of the file that it would read over HTTP had it the extension", async () => {
  const link = linkIn(block("FROM"));
  const file = await asyncBufferFromUrl({ url: link });
  const rows = await parquetReadObjects({ file, columns: ["source", "kind"] });
  const counts = new Map<string, number>();
  for (const { source, kind } of rows)
    if (kind === "PREREQUISITE") counts.set(source, (counts.get(source) ?? 0) + 1);
  const { data } = await server.ask("{ graph { metrics { edges } } }");
  expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBe(data.graph.metrics.edges);

  const copy = join(folder, "edges.parquet");
  writeFileSync(copy, Buffer.from(await (await fetch(link)).arrayBuffer()));
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const answer = await connection.runAndReadAll(block("FROM").replace(link, copy));
  const found = answer.getRowObjectsJson();
  connection.closeSync();
  instance.closeSync();
  expect(found).toHaveLength(5);
  for (const { source, dependents } of found) expect(counts.get(String(source))).toBe(Number(dependents));
  expect(Number(found[0]!.dependents)).toBe(Math.max(...counts.values()));
});

test("the file for Gephi", async ({ skip }) => {
  skip(!(await run("curl", "--version")).isFine, "there is no curl");
  expect(await run("sh", "-c", block("curl"))).toEqual({ out: "", err: "", isFine: true });
  const file = join(folder, "skills.graphml");
  expect(XMLValidator.validate(readFileSync(file, "utf8"))).toBe(true);
  const read = `import networkx; graph = networkx.read_graphml("${file}"); print(len(graph))`;
  if (!(await canRun("import networkx"))) return;
  const { data } = await server.ask("{ graph { counts { skills projects roles roadmaps resources } } }");
  const all = Object.values<number>(data.graph.counts).reduce((sum, count) => sum + count, 0);
  expect(await run("python3", "-c", read)).toEqual({ out: `${all}\n`, err: "", isFine: true });
});
