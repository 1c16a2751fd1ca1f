import { z } from "zod";
import { type RowData, rowsIn } from "../store/rows/entities.ts";
import { graphFile } from "./graph-file.ts";
import { form } from "./graph-file-parts.ts";
import type { ListName } from "./read-rows.ts";

/** A value that JSON can express. A key with `undefined` is left out. */
export type Plain =
  | string
  | number
  | boolean
  | readonly Plain[]
  | { readonly [key: string]: Plain | undefined };

/**
 * A stored row as a graph file writes it, without the keys that may be absent and say nothing: the reverse of `toRows`.
 * O(size of the row).
 */
export function writtenRow(list: ListName, row: RowData): Record<string, Plain> {
  return rowOf(schemaOf(list), row);
}

/** The schema of the rows of a list. */
export function schemaOf(list: ListName): z.ZodObject {
  return graphFile.shape[list].unwrap().element;
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
export interface Member {
  readonly key: string;
  readonly field: string;
  /** Of the value, where there is one. */
  readonly schema: z.core.$ZodType;
  readonly mayBeAbsent: boolean;
  readonly description: string | undefined;
  /** What it is where it is absent; undefined where it is nothing then. */
  readonly defaultValue: unknown;
}

const MEMBERS = new Map<z.ZodObject, readonly Member[]>();

/** The keys of a row, in the order of the schema. */
export function membersOf(schema: z.ZodObject): readonly Member[] {
  const known = MEMBERS.get(schema);
  if (known !== undefined) return known;
  const members = Object.entries(schema.shape).map(([key, member]) => {
    const schema = innerOf(member);
    const mayBeAbsent = schema !== member;
    const description = (z.globalRegistry.get(member) ?? z.globalRegistry.get(schema))?.description;
    const defaultValue = member instanceof z.ZodDefault ? member.parse(undefined) : undefined;
    return { key, field: FIELDS[key] ?? key, schema, mayBeAbsent, description, defaultValue };
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
  const form = longFormOf(element);
  if (form !== undefined) return rowsIn(value).map((row) => shortened(rowOf(form, row)));
  return Array.isArray(value) ? value.filter(isPlain) : [];
}

/** The long form of a reference that may be written as just a slug. */
export function longFormOf(schema: z.core.$ZodType): z.ZodObject | undefined {
  return schema instanceof z.ZodUnion
    ? schema.options.find((option) => option instanceof z.ZodObject)
    : undefined;
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
