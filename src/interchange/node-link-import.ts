import { z } from "zod";
import type { ReadGraph } from "../seeding/read-graph-file.ts";
import { graphOfRows, type ImportedRow } from "./imported-graph.ts";
import { asFormat, SourceError, type SourceFile } from "./source-files.ts";
import { placesIn } from "./source-rows.ts";

const row = z.record(z.string(), z.unknown());
const rows = z.array(row);
const nodeLink = z.object({
  nodes: rows,
  /** The name that NetworkX has for edges today, and before. */
  edges: rows.optional(),
  links: rows.optional(),
  graph: z.object({ groups: rows.optional() }).optional(),
});
const looks = z.union([z.object({ nodes: rows, links: rows }), z.object({ nodes: rows, edges: rows })]);

export function isNodeLink(files: readonly SourceFile[]): boolean {
  return files.length === 1 && looks.safeParse(files[0]!.json()).success;
}

/** Node-link JSON, as NetworkX and D3 write it, and as we export it. See `graphOfRows`. O(size of the file). */
export function importNodeLink(
  [file]: readonly SourceFile[],
  defaults: { readonly hours: number },
): ReadGraph {
  if (file === undefined) throw new SourceError("expected node-link JSON, got no file");
  const data = asFormat(file, file.json(), nodeLink, "nodes and edges");
  const placeOf = placesIn(file);
  const read = (written: readonly z.infer<typeof row>[] = []): ImportedRow[] =>
    written.map((each) => {
      const values = Object.fromEntries(Object.entries(each).map(([key, value]) => [key, textOf(value)]));
      return { ...placeOf(values.id ?? values.target ?? ""), values };
    });
  const { nodes, edges, links, graph } = data;
  return graphOfRows(
    { nodes: read(nodes), edges: read(edges ?? links), groups: read(graph?.groups) },
    defaults,
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}
