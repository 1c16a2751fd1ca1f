import { Document, visit } from "yaml";
import { z } from "zod";
import { graphFile } from "../seeding/graph-file.ts";
import { form } from "../seeding/graph-file-parts.ts";
import { LIST_NAMES } from "../seeding/read-rows.ts";
import { type RowData, rowsIn } from "../store/rows/entities.ts";
import type { GraphRows } from "../store/rows/graph-rows.ts";
import { visible } from "../words/visible.ts";

/** The notations of a graph file. */
export const GRAPH_FILE_FORMATS = ["yaml", "json"] as const;
export type GraphFileFormat = (typeof GRAPH_FILE_FORMATS)[number];

/** The path of the schema from the top of the project, for editors. */
const SCHEMA = "./schema/graph.schema.json";

/** A value that JSON can express. A key with `undefined` is left out. */
type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain | undefined };

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
  return LIST_NAMES.map((list) => [list, written(rows[list], graphFile.shape[list].unwrap().element)]);
}

function* written(rows: readonly RowData[], schema: z.ZodObject): Generator<Plain> {
  for (const row of rows) yield rowOf(schema, row);
}

/** Fields of rows that a graph file has under other names. */
const FIELDS: Readonly<Record<string, string>> = {
  id: "slug",
  title: "name",
  topic: "skill",
  requires: "requirement",
  cites: "citations",
};

/** A key of a row in the file, with the field of the stored row that it shows. */
interface Member {
  readonly key: string;
  readonly field: string;
  readonly schema: z.core.$ZodType;
  readonly mayBeAbsent: boolean;
}

const MEMBERS = new Map<z.ZodObject, readonly Member[]>();

/** The keys of a row, in the order of the schema. */
function membersOf(schema: z.ZodObject): readonly Member[] {
  const known = MEMBERS.get(schema);
  if (known !== undefined) return known;
  const members = Object.entries(schema.shape).map(([key, member]) => {
    const inner = innerOf(member);
    return { key, field: FIELDS[key] ?? key, schema: inner, mayBeAbsent: inner !== member };
  });
  MEMBERS.set(schema, members);
  return members;
}

/** A row as the schema has it, without the keys that may be absent and say nothing. */
function rowOf(schema: z.ZodObject, row: RowData): Record<string, Plain> {
  const written: Record<string, Plain> = {};
  for (const { key, field, schema: member, mayBeAbsent } of membersOf(schema)) {
    const value = plainOf(member, row[field]);
    const isEmpty = value === "" || (Array.isArray(value) && value.length === 0);
    const saysNothing = isEmpty || (key === "basis" && value === "EXPLICIT");
    if (value !== undefined && !(saysNothing && mayBeAbsent)) written[key] = value;
  }
  return written;
}

/** The schema of a value that is written, whether or not it may be absent. */
function innerOf(schema: z.core.$ZodType): z.core.$ZodType {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? innerOf(schema.unwrap())
    : schema;
}

function plainOf(schema: z.core.$ZodType, value: unknown): Plain | undefined {
  if (schema instanceof z.ZodLazy) return requirementOf(rowsIn(value));
  if (!(schema instanceof z.ZodArray)) return isPlain(value) ? value : undefined;
  const { element } = schema;
  if (element instanceof z.ZodObject) return rowsIn(value).map((row) => rowOf(element, row));
  const form =
    element instanceof z.ZodUnion
      ? element.options.find((option) => option instanceof z.ZodObject)
      : undefined;
  if (form instanceof z.ZodObject) return rowsIn(value).map((row) => shortened(rowOf(form, row)));
  return Array.isArray(value) ? value.filter(isPlain) : [];
}

/** A reference without a reason and citations is just the slug. */
function shortened(form: Record<string, Plain>): Plain {
  const [slug, ...because] = Object.values(form);
  return slug === undefined || because.length > 0 ? form : slug;
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** Why a part of a requirement is needed. */
const BECAUSE = form({});

/** The tree of a requirement. Built from the last node. */
function requirementOf(nodes: readonly RowData[]): Plain | undefined {
  const members: Plain[][] = nodes.map(() => []);
  for (let ordinal = nodes.length - 1; ordinal >= 0; ordinal--) {
    const node = nodes[ordinal]!;
    const { parentOrdinal, atLeast, needs } = node;
    const because = rowOf(BECAUSE, node);
    const of = members[ordinal]!.reverse();
    let tree: Plain;
    if (typeof needs === "string") tree = shortened({ skill: needs, ...because });
    else if (atLeast === of.length) tree = { allOf: of, ...because };
    else if (atLeast === 1) tree = { anyOf: of, ...because };
    else tree = { atLeast: Number(atLeast), of, ...because };
    if (typeof parentOrdinal !== "number") return tree;
    members[parentOrdinal]!.push(tree);
  }
  return undefined;
}
