import { checkedRow } from "../../seeding/checked-row.ts";
import { bareRequirement, isRequirementFile } from "../../seeding/requirement-file.ts";
import { isMapping } from "../../seeding/schema-faults.ts";
import { membersOf, schemaOf, writtenRow } from "../../seeding/written-row.ts";
import { ENTITIES, perKind } from "../../store/rows/entities.ts";
import type { GraphRows, RequirementNodeRow } from "../../store/rows/graph-rows.ts";
import type { EntityRow } from "../../store/rows/overwritten.ts";
import { readGraphRows } from "../../store/rows/read-graph.ts";
import { bothRows, requirementRows, rowsWithoutSkills } from "../../store/rows/requirement-rows.ts";
import type { GraphSnapshot } from "../../store/snapshot/graph-snapshot.ts";
import { isStorableJson } from "../../store/storable-text.ts";
import { GraphWriteError } from "../../store/store-errors.ts";
import type { Context } from "../context.ts";
import { TYPE_OF } from "../core/entity.ts";
import { fault, toldFault } from "../core/errors.ts";
import { slugToday } from "../core/node.ts";
import { notFound } from "../core/suggestions.ts";
import { type FileValues, GivenValues, isRequirement } from "./given-values.ts";
import { withItems, withoutItems } from "./list-edits.ts";
import type { NounKind } from "./nouns.ts";
import type { ReadStored } from "./revise.ts";
import { inputName } from "./row-inputs.ts";
import { expectVersion } from "./version.ts";

/** Entities as a graph file would give them: the file's own rules check what mutations make of them. */

/** A new entity. Throws ValidationError and NotFoundError. */
export async function createdRows(
  context: Context,
  kind: NounKind,
  slug: string,
  input: object,
): Promise<GraphRows> {
  const given = new GivenValues(context);
  const values = await given.read(schemaOf(ENTITIES[kind].list), input, "input");
  await given.refuseUnknown();
  if ((await slugToday(context, TYPE_OF[kind], slug)) !== undefined)
    throw fault("input.slug", `a slug that no ${kind.toLowerCase()} has or had`, slug);
  return checked(kind, withValues(kind, { slug }, values), context.snapshot);
}

/** The slug of today of an entity that is at the expected version. Throws NotFoundError and ConflictError. */
export async function existing(
  context: Context,
  kind: NounKind,
  { slug, expectedVersion }: { readonly slug: string; readonly expectedVersion?: number | null | undefined },
): Promise<string> {
  const today = (await slugToday(context, TYPE_OF[kind], slug)) ?? (await notFound(context, kind, slug));
  await expectVersion(context, kind, today, expectedVersion);
  return today;
}

/**
 * A stored entity with other values: those that the input gives, null for none, and items of lists that it adds and
 * removes. Throws ValidationError and NotFoundError.
 */
export async function updatedRows(
  context: Context,
  kind: NounKind,
  slug: string,
  input: object,
  read: ReadStored,
): Promise<GraphRows> {
  const schema = schemaOf(ENTITIES[kind].list);
  const given = new GivenValues(context);
  const { add, remove, ...own }: FileValues = { ...input };
  const values = await given.read(schema, own, "input");
  const added = await readPart(given, kind, add, "input.add");
  const removed = await readPart(given, kind, remove, "input.remove");
  const requires = isRequirement(added.requires) && given.requirement(added.requires, "input.add.requires");
  const unrequired = await given.skills(removed.requires, "input.remove.requires");
  await given.refuseUnknown();
  const { requires: whole, ...others } = values;
  const isWhole = isRequirementFile(whole);
  const before = await readWritten(kind, slug, read, (nodes) => {
    const first = whole === undefined ? nodes : isWhole ? requirementRows(bareRequirement(whole), nodes) : [];
    const rest = rowsWithoutSkills(first, new Set(unrequired));
    return requires ? bothRows(rest, bareRequirement(requires)) : rest;
  });
  const changed = new Map(Object.entries(withValues(kind, before, others)));
  const listed = (key: string): readonly unknown[] => {
    const list = changed.get(key);
    return Array.isArray(list) ? list : [];
  };
  for (const [key, items] of removed.lists) changed.set(key, withoutItems(listed(key), items));
  for (const [key, items] of added.lists) changed.set(key, withItems(listed(key), items));
  return checked(kind, Object.fromEntries(changed), context.snapshot);
}

async function readPart(given: GivenValues, kind: NounKind, part: unknown, argument: string) {
  const { requires, ...lists }: FileValues = isMapping(part) ? part : {};
  const read = await given.read(schemaOf(ENTITIES[kind].list), lists, argument);
  return {
    requires,
    lists: Object.entries(read).flatMap(([key, items]): [string, readonly unknown[]][] =>
      Array.isArray(items) ? [[key, items]] : [],
    ),
  };
}

/** A stored entity as a graph file has it, with an edited requirement. */
export async function readWritten(
  kind: NounKind,
  slug: string,
  read: ReadStored,
  edit: (nodes: readonly RequirementNodeRow[]) => readonly RequirementNodeRow[],
): Promise<FileValues> {
  const { list } = ENTITIES[kind];
  const slugs = perKind((each) => (each === kind ? [slug] : []));
  const stored = await read((reader) => readGraphRows(reader, slugs));
  const rows: readonly EntityRow[] = withRequirement(stored, edit)[list];
  return writtenRow(list, foundIn(kind.toLowerCase(), rows, slug));
}

/** An entity among stored rows. Throws `GraphWriteError` with `CONFLICT` where it is gone. */
export function foundIn<Row extends { readonly slug: string }>(
  noun: string,
  rows: readonly Row[],
  slug: string,
): Row {
  const found = rows.find((row) => row.slug === slug);
  if (found !== undefined) return found;
  throw new GraphWriteError(
    "CONFLICT",
    `expected the ${noun} ${slug} to be there while it was changed, it was deleted.`,
  );
}

function withRequirement(
  rows: GraphRows,
  edit: (nodes: readonly RequirementNodeRow[]) => readonly RequirementNodeRow[],
): GraphRows {
  const edited = <Row extends { readonly requirement: readonly RequirementNodeRow[] }>(row: Row): Row => ({
    ...row,
    requirement: edit(row.requirement),
  });
  return {
    ...rows,
    skills: rows.skills.map(edited),
    projects: rows.projects.map(edited),
    roles: rows.roles.map(edited),
  };
}

/** A row with other values. Null takes one out, where it may be absent. */
function withValues(kind: NounKind, row: FileValues, values: FileValues): FileValues {
  const changed = new Map(Object.entries({ ...row, ...values }));
  for (const { key, mayBeAbsent } of membersOf(schemaOf(ENTITIES[kind].list)))
    if (mayBeAbsent && changed.get(key) === null) changed.delete(key);
  return Object.fromEntries(changed);
}

/** Throws ValidationError. */
export function checked(kind: NounKind, row: FileValues, snapshot: GraphSnapshot): GraphRows {
  if (!isStorableJson(JSON.stringify(row)))
    throw toldFault("input", "expected text without U+0000 and lone surrogates, got some");
  const { rows, fault: found } = checkedRow(ENTITIES[kind].list, row, snapshot);
  if (rows !== undefined) return rows;
  const path = found.path.replace(/[A-Za-z]+/g, inputName);
  throw toldFault(path === "" ? "input" : `input.${path}`, found.told);
}
