import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import type { ReadGraph } from "../seeding/read-graph-file.ts";
import { graphOfRows, type ImportedRow } from "./imported-graph.ts";
import { asFormat, SourceError, type SourceFile } from "./source-files.ts";

const text = z.string();
const data = z.array(z.object({ key: text, "#text": text.default("") })).default([]);
const attributes = z.object({ data });
const graphml = z.object({
  graphml: z.object({
    key: z.array(z.object({ id: text, "attr.name": text.optional() })).default([]),
    graph: z.array(
      attributes.extend({
        node: z.array(attributes.extend({ id: text })).default([]),
        edge: z.array(attributes.extend({ source: text, target: text })).default([]),
      }),
    ),
  }),
});

/** Elements that may stand several times. */
const LISTS: ReadonlySet<string> = new Set(["key", "graph", "node", "edge", "data"]);

export function isGraphml(files: readonly SourceFile[]): boolean {
  return (
    files.length === 1 &&
    /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<graphml[\s>]/.test(files[0]!.text().slice(0, 2_000))
  );
}

/**
 * GraphML, as NetworkX, Gephi and yEd write it, and as we export it; of several graphs the first. Groups of requirements
 * stand as JSON in the datum `groups` of the graph. See `graphOfRows`. O(size of the file).
 */
export function importGraphml(
  [file]: readonly SourceFile[],
  defaults: { readonly hours: number },
): ReadGraph {
  if (file === undefined) throw new SourceError("expected GraphML, got no file");
  const written = file.text();
  const valid = XMLValidator.validate(written);
  if (valid !== true) throw new SourceError(`${file.path}:${valid.err.line}: expected XML: ${valid.err.msg}`);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && LISTS.has(name),
  });
  const read = asFormat(file, parser.parse(written), graphml, "GraphML");
  const [graph] = read.graphml.graph;
  const names = new Map(read.graphml.key.map((key) => [key.id, key["attr.name"] ?? key.id]));
  const dataOf = (element: z.infer<typeof attributes>) =>
    Object.fromEntries(element.data.map((datum) => [names.get(datum.key) ?? datum.key, datum["#text"]]));
  const rowsOf = <Element extends z.infer<typeof attributes>>(
    elements: readonly Element[] = [],
    own: (element: Element) => Record<string, string>,
  ): ImportedRow[] =>
    elements.map((element) => ({
      file: file.path,
      line: 1,
      values: { ...dataOf(element), ...own(element) },
    }));
  return graphOfRows(
    {
      nodes: rowsOf(graph?.node, ({ id }) => ({ id })),
      edges: rowsOf(graph?.edge, ({ source, target }) => ({ source, target })),
      groups: groupsOf(file, graph === undefined ? undefined : dataOf(graph).groups),
    },
    defaults,
  );
}

const groups = z.array(z.record(z.string(), z.coerce.string()));

function groupsOf({ path }: SourceFile, written: string | undefined): ImportedRow[] {
  if (written === undefined) return [];
  try {
    return groups.parse(JSON.parse(written)).map((values) => ({ file: path, line: 1, values }));
  } catch {
    throw new SourceError(`${path}: expected the datum groups of the graph to be a list in JSON`);
  }
}
