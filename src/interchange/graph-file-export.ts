import { Document, visit } from "yaml";
import { LIST_NAMES, type ListName } from "../seeding/read-rows.ts";
import { type Plain, writtenRow } from "../seeding/written-row.ts";
import type { RowData } from "../store/rows/entities.ts";
import type { GraphRows } from "../store/rows/graph-rows.ts";
import { visible } from "../words/visible.ts";

/** The notations of a graph file. */
export const GRAPH_FILE_FORMATS = ["yaml", "json"] as const;
export type GraphFileFormat = (typeof GRAPH_FILE_FORMATS)[number];

/** The path of the schema from the top of the project, for editors. */
const SCHEMA = "./schema/graph.schema.json";

/**
 * Writes the graph as a graph file, one row at a time. Importing the file changes nothing, and equal graphs give
 * equal text. Keys without a value are left out. O(rows).
 */
export function* exportGraphFile(rows: GraphRows, format: GraphFileFormat): Generator<string> {
  yield* format === "yaml" ? asYaml(rowsOf(rows)) : asJson(rowsOf(rows));
}

type Lists = readonly (readonly [list: string, rows: Iterable<Plain>])[];

function* asYaml(lists: Lists): Generator<string> {
  yield `# yaml-language-server: $schema=${SCHEMA}\n`;
  let isEmpty = true;
  for (const [list, rows] of lists) {
    let isFirst = true;
    for (const row of rows) {
      if (isFirst) yield `${list}:\n`;
      isFirst = false;
      isEmpty = false;
      yield indent(yamlOf([row]));
    }
  }
  if (isEmpty) yield "{}\n";
}

/**
 * What readers of YAML 1.1 take for a line break or refuse, and what changes the direction of the text around it; only
 * double quotes allow to escape it.
 */
const ESCAPED = /[\x7F-\x9F\p{Bidi_Control}\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu;

/** Quotes whatever YAML 1.1, which most other readers follow, reads as something else than text, such as no and 12:30. */
function yamlOf(value: Plain): string {
  const document = new Document(value, { compat: "yaml-1.1", aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_key, scalar) => {
      const text = String(scalar.value);
      if (text === "=" || text.search(ESCAPED) >= 0) scalar.type = "QUOTE_DOUBLE";
    },
  });
  const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return document.toString({ lineWidth: 110 }).replace(ESCAPED, escaped);
}

function* asJson(lists: Lists): Generator<string> {
  yield `{\n  "$schema": ${JSON.stringify(SCHEMA)}`;
  for (const [list, rows] of lists) {
    let isFirst = true;
    for (const row of rows) {
      yield isFirst ? `,\n  ${JSON.stringify(list)}: [\n` : ",\n";
      isFirst = false;
      yield `    ${visible(JSON.stringify(row))}`;
    }
    if (!isFirst) yield "\n  ]";
  }
  yield "\n}\n";
}

const indent = (text: string) => text.replace(/^(?=.)/gm, "  ");

function rowsOf(rows: GraphRows): Lists {
  return LIST_NAMES.map((list) => [list, written(list, rows[list])]);
}

function* written(list: ListName, rows: readonly RowData[]): Generator<Plain> {
  for (const row of rows) yield writtenRow(list, row);
}
