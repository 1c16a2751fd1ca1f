import { parse as parseDot } from "@ts-graphviz/ast";
import { parse as parseCsv } from "csv-parse/sync";
import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { parquetReadObjects } from "hyparquet";
import { describe, expect, test } from "vitest";
import {
  attributesOf,
  type Column,
  EDGE_COLUMNS,
  GROUP_COLUMNS,
  NODE_COLUMNS,
} from "../../src/interchange/columns.ts";
import type { ExportFormatName } from "../../src/interchange/export-format-names.ts";
import { EXPORT_FORMATS } from "../../src/interchange/export-formats.ts";
import type { ExportedGraph } from "../../src/interchange/exported-graph.ts";
import { exportOf, randomGraph, textOf } from "./exported-graphs.ts";

/** What others read of the exports. Names are as hostile as names can be. */

const expectOfEach = (check: (graph: ExportedGraph) => void) =>
  fc.assert(fc.property(randomGraph, (random) => check(exportOf(random))));

/** Rows as others read them: with nothing but text. */
function texts<Row>(columns: readonly Column<Row>[], rows: readonly Row[], empty: string | undefined) {
  return rows.map((row) => {
    const attributes = attributesOf(columns, row);
    return Object.fromEntries(
      columns.flatMap(({ name }) => {
        const value = name in attributes ? String(attributes[name]) : empty;
        return value === undefined ? [] : [[name, value]];
      }),
    );
  });
}

describe("CSV", () => {
  const read = (text: string): Record<string, string>[] => parseCsv(text, { columns: true });
  const unguarded = (rows: Record<string, string>[]) =>
    rows.map((row) =>
      Object.fromEntries(
        Object.entries(row).map(([key, value]) => [
          key,
          /^'+[=+\-@\t\r]/.test(value) ? value.slice(1) : value,
        ]),
      ),
    );

  test("has every row and every text", () => {
    expectOfEach((graph) => {
      const same = <Row>(name: ExportFormatName, columns: readonly Column<Row>[], rows: readonly Row[]) =>
        expect(unguarded(read(textOf(name, graph)))).toEqual(texts(columns, rows, ""));
      same("nodes.csv", NODE_COLUMNS, graph.nodes);
      same("edges.csv", EDGE_COLUMNS, [...graph.edges]);
      same("groups.csv", GROUP_COLUMNS, graph.groups);
    });
  });

  test("has no cell that a spreadsheet takes for a formula", () => {
    expectOfEach((graph) => {
      for (const row of read(textOf("nodes.csv", graph)))
        for (const cell of Object.values(row)) expect(cell).not.toMatch(/^[=+\-@\t\r]/);
    });
  });
});

test("node-link JSON has the nodes, and the edges under both names", () => {
  expectOfEach((graph) => {
    const read = JSON.parse(textOf("node-link", graph));
    expect(read).toMatchObject({ directed: true, multigraph: true, graph: { revision: 7 } });
    expect(read.nodes).toEqual(graph.nodes.map((node) => attributesOf(NODE_COLUMNS, node)));
    expect(read.edges).toEqual(
      [...graph.edges].map((edge, key) => ({ ...attributesOf(EDGE_COLUMNS, edge), key })),
    );
    expect(read.links).toEqual(read.edges);
    expect(read.graph.groups).toEqual(graph.groups.map((group) => attributesOf(GROUP_COLUMNS, group)));
  });
});

test("GraphML is XML with every node and edge, and every character that XML allows", () => {
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: "",
    parseTagValue: false,
    trimValues: false,
    htmlEntities: true,
    isArray: (name, _path, _isLeaf, isAttribute) =>
      !isAttribute && ["node", "edge", "data", "key"].includes(name),
  });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML excludes
  const possible = (value: string) => value.replace(/[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g, "\uFFFD");
  expectOfEach((graph) => {
    const text = textOf("graphml", graph);
    expect(XMLValidator.validate(text)).toBe(true);
    const { graphml } = parser.parse(text);
    const names = new Map<string, string>(
      graphml.key.map((key: Record<string, string>) => [key.id, key["attr.name"]]),
    );
    type Element = Record<string, string> & { data?: Record<string, string>[] };
    const rows = (elements: Element[] = []) =>
      elements.map(({ data = [], "#text": _space, ...attributes }) => ({
        ...attributes,
        ...Object.fromEntries(data.map((datum) => [names.get(datum.key!), datum["#text"] ?? ""])),
      }));
    const wanted = <Row>(columns: readonly Column<Row>[], list: readonly Row[]) =>
      texts(columns, list, undefined).map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, possible(value)])),
      );
    const nodes = wanted(NODE_COLUMNS, graph.nodes);
    expect(rows(graphml.graph.node)).toEqual(nodes.map((node) => ({ ...node, label: node.name })));
    expect(rows(graphml.graph.edge)).toEqual(wanted(EDGE_COLUMNS, [...graph.edges]));
  });
});

/** The edges of a drawing with its groups taken out: from each node to what its arrows lead to in the end. */
function throughGroups(edges: readonly (readonly [string, string])[], groups: ReadonlySet<string>): string[] {
  const next = new Map(edges.filter(([from]) => groups.has(from)));
  const endOf = (at: string): string => (groups.has(at) ? endOf(next.get(at)!) : at);
  return edges.flatMap(([from, to]) => (groups.has(from) ? [] : [`${from} -> ${endOf(to)}`])).sort();
}

const wantedEdges = ({ edges }: ExportedGraph, nameOf = (id: string) => id) =>
  Array.from(edges, ({ source, target }) => `${nameOf(source.id)} -> ${nameOf(target.id)}`).sort();

const spaced = (name: string) =>
  name
    .replace(/[\p{Cc}\u2028\u2029]+/gu, " ")
    .replace(/ {2,}/g, " ")
    .trim();

test("DOT is read by a parser of DOT: nodes with their names, and edges through the circles of choices", () => {
  expectOfEach((graph) => {
    const statements = parseDot(textOf("dot", graph)).children.flatMap((child) =>
      child.type === "Graph" ? child.children : [],
    );
    const nodes = statements.filter((each) => each.type === "Node");
    const labels = new Map(
      nodes.map(({ id, children }) => {
        const label = children.find((each) => each.type === "Attribute" && each.key.value === "label");
        return [id.value, label?.type === "Attribute" ? label.value.value : undefined];
      }),
    );
    for (const { id, name } of graph.nodes)
      expect(labels.get(id)?.replaceAll('\\"', '"').replaceAll("\\\\", "\\")).toBe(spaced(name));
    const edges = statements
      .filter((each) => each.type === "Edge")
      .map(({ targets }) => {
        const [from, to] = targets.map((target) => ("id" in target ? target.id.value : ""));
        return [from!, to!] as const;
      });
    const shown = new Set(labels.keys());
    for (const { id } of graph.nodes) shown.delete(id);
    expect(throughGroups(edges, shown)).toEqual(wantedEdges(graph));
  });
});

test("Mermaid has one line for each node and edge, and no text that it could misread", () => {
  expectOfEach((graph) => {
    const lines = textOf("mermaid", graph).trimEnd().split("\n");
    expect(lines.splice(0, 2)).toEqual([expect.stringMatching(/^%% /), "flowchart LR"]);
    const names = new Map<string, string>();
    const edges: [string, string][] = [];
    for (const line of lines) {
      const node =
        /^ {2}(n\d+)(?:\[|\[\[|\(\[|\[\/|>|\(\()"([^"<>&`\\*_~]*)"(?:\]|\]\]|\]\)|\/\]|\)\))$/.exec(line);
      const edge = /^ {2}(n\d+) (?:-->|-\. [a-z ]+ \.->) (n\d+)$/.exec(line);
      expect(node ?? edge).not.toBeNull();
      if (node)
        names.set(
          node[1]!,
          node[2]!.replace(/#(\d+);/g, (_, code) => String.fromCharCode(code)),
        );
      if (edge) edges.push([edge[1]!, edge[2]!]);
    }
    expect([...names.values()].slice(0, graph.nodes.length)).toEqual(
      graph.nodes.map(({ name }) => spaced(name)),
    );
    const places = new Map(graph.nodes.map(({ id }, at) => [id, `n${at}`]));
    const groups = new Set([...names.keys()].slice(graph.nodes.length));
    expect(throughGroups(edges, groups)).toEqual(wantedEdges(graph, (id) => places.get(id)!));
  });
});

describe("Parquet", () => {
  test("has every row, column by column, with numbers as numbers", async () => {
    await fc.assert(
      fc.asyncProperty(randomGraph, async (random) => {
        const graph = exportOf(random);
        const same = async <Row>(
          name: ExportFormatName,
          columns: readonly Column<Row>[],
          rows: readonly Row[],
        ) => {
          const pieces = [...EXPORT_FORMATS[name].write(graph)].map((piece) => Buffer.from(piece));
          const { buffer, byteOffset, byteLength } = Buffer.concat(pieces);
          const file = buffer.slice(byteOffset, byteOffset + byteLength);
          const read = await parquetReadObjects({ file });
          expect(read).toEqual(
            rows.map((row) =>
              Object.fromEntries(columns.map((column) => [column.name, column.of(row) ?? null])),
            ),
          );
        };
        await same("nodes.parquet", NODE_COLUMNS, graph.nodes);
        await same("edges.parquet", EDGE_COLUMNS, [...graph.edges]);
        await same("groups.parquet", GROUP_COLUMNS, graph.groups);
      }),
    );
  });
});

test("the same graph gives the same bytes", () => {
  fc.assert(
    fc.property(randomGraph, (random) => {
      for (const { write } of Object.values(EXPORT_FORMATS))
        expect([...write(exportOf(random))]).toEqual([...write(exportOf(random))]);
    }),
    { numRuns: 10 },
  );
});
