import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { WrittenFile } from "./api.ts";

/** The folder of the operation fixtures. */
export const OPERATIONS = join(import.meta.dirname, "..", "operations");

/** The graph that the operation fixtures are asked about. */
export function operationsGraph(): WrittenFile {
  return parse(readFileSync(join(OPERATIONS, "graph.yaml"), "utf8"), { version: "1.2" });
}
