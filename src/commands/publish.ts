import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { printSdl } from "../api/schema.ts";
import { documentId } from "../http/graphql/persisted.ts";
import { graphFileSchema } from "../seeding/graph-file.ts";
import { CommandFault } from "./command-fault.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const FOLDER = join(ROOT, "schema");
const OPERATIONS = join(ROOT, "src", "http", "operations");

/** The published contracts: how each is generated, and the name of its file. */
const CONTRACTS: readonly { readonly file: string; readonly text: () => string }[] = [
  { file: "graph.schema.json", text: graphFileSchema },
  { file: "persisted-operations.json", text: persistedOperations },
  { file: "schema.graphql", text: printSdl },
];

/** The operations that clients may send by their hash, by that hash. */
function persistedOperations(): string {
  const texts = readdirSync(OPERATIONS)
    .sort()
    .map((file) => readFileSync(join(OPERATIONS, file), "utf8"));
  return `${JSON.stringify(Object.fromEntries(texts.map((text) => [documentId(text), text])), null, 2)}\n`;
}

/**
 * `publish`: writes the generated contracts into `schema/`. With `check` it writes nothing, and throws a
 * `CommandFault` when a file differs from what is generated.
 */
export async function publishCommand({ check = false }: { readonly check?: boolean }): Promise<void> {
  const stale: string[] = [];
  for (const { file, text } of CONTRACTS) {
    const path = join(FOLDER, file);
    const wanted = text();
    if (wanted === current(path)) continue;
    const shown = relative(process.cwd(), path);
    stale.push(shown);
    if (check) continue;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, wanted);
    process.stdout.write(`Wrote ${shown}\n`);
  }
  if (check && stale.length > 0)
    throw new CommandFault(
      `${stale.join(" and ")}: not what the code generates; run npm run publish:contracts`,
    );
  if (stale.length === 0) process.stdout.write("The published contracts are up to date.\n");
}

function current(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
