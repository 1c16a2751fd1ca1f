import { chmodSync, closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import type { OwnerInput } from "../../src/graph/model/graph-builder.ts";
import { isGroup, type Requirement } from "../../src/graph/model/requirement.ts";
import { openStore } from "../../src/store/store.ts";
import { syntheticOwners } from "../support/synthetic-graph.ts";

/** How many characters of a file are written at once. */
const CHUNK = 1 << 20;

/** The slug of a synthetic skill: slugs are in the order of the skills. */
export function syntheticSlug(index: number): string {
  return `skill-${String(index).padStart(8, "0")}`;
}

/**
 * Fills an empty database on this machine with the synthetic graph of so many skills, as revision 1. Rows go
 * from files straight into the tables, and indices are made when they are there: a tenth of the time of writing
 * them through the store. Returns the number of requirement nodes.
 */
export async function fillDatabase(databaseUrl: string, skills: number): Promise<number> {
  await (await openStore({ databaseUrl, dataDir: "" })).close();
  const folder = mkdtempSync(join(tmpdir(), "skills-graph-rows-"));
  // The server may run as another user.
  chmodSync(folder, 0o755);
  const client = new pg.Client(databaseUrl);
  client.on("error", () => {});
  await client.connect();
  try {
    const nodes = writeRows(folder, skills);
    const { rows: indices } = await client.query<{ name: string; definition: string }>(`
      SELECT indexname AS name, indexdef AS definition FROM pg_indexes
      WHERE tablename = 'RequirementNode' AND indexname NOT LIKE '%_pkey'`);
    for (const { name } of indices) await client.query(`DROP INDEX "${name}"`);
    // References are right by construction.
    await client.query("SET session_replication_role = replica");
    await client.query("SET maintenance_work_mem = '512MB'");
    await client.query(
      `COPY "Skill" (id, slug, name, kind, hours, digest, origin) FROM '${folder}/skills' (FORMAT csv)`,
    );
    await client.query(`COPY "RequirementNode" (id, "skillId", ordinal, "parentOrdinal", "atLeast", "needsId")
      FROM '${folder}/nodes' (FORMAT csv)`);
    for (const { definition } of indices) await client.query(definition);
    await client.query(`INSERT INTO "Revision" (number, source) VALUES (1, 'bench')`);
    await client.query("VACUUM ANALYZE");
    return nodes;
  } finally {
    await client.end();
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeRows(folder: string, skills: number): number {
  const ofSkills = new Lines(join(folder, "skills"));
  const ofNodes = new Lines(join(folder, "nodes"));
  let index = 0;
  let nodes = 0;
  for (const { cost, requirement } of syntheticOwners({ skills })) {
    const id = index + 1;
    ofSkills.write(`${id},${syntheticSlug(index)},Skill number ${index},CONCEPT,${cost / 100},none,bench`);
    for (const node of nodesOf(requirement)) ofNodes.write(`${++nodes},${id},${node}`);
    index++;
  }
  ofSkills.close();
  ofNodes.close();
  return nodes;
}

/** The nodes of a tree in depth-first order: ordinal, ordinal of the parent, how many, id of the skill. */
function nodesOf(requirement: OwnerInput["requirement"]): string[] {
  const nodes: string[] = [];
  const add = (node: Requirement<number>, parent: number | "") => {
    const ordinal = nodes.length;
    nodes.push(
      `${ordinal},${parent},${isGroup(node) ? node.atLeast : ""},${isGroup(node) ? "" : node.skill + 1}`,
    );
    if (isGroup(node)) for (const member of node.of) add(member, ordinal);
  };
  if (requirement !== undefined) add(requirement, "");
  return nodes;
}

/** A file that is written in large pieces. */
class Lines {
  readonly #file: number;
  #pending: string[] = [];
  #size = 0;

  constructor(path: string) {
    this.#file = openSync(path, "w", 0o644);
  }

  write(line: string): void {
    this.#pending.push(line, "\n");
    this.#size += line.length + 1;
    if (this.#size > CHUNK) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#pending.join(""));
    this.#pending = [];
    this.#size = 0;
  }
}
