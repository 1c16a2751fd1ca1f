import {
  CITATIONS,
  CLAIMS,
  ENTITIES,
  ENTITY_KINDS,
  type EntityKind,
  type Lists,
  type ListTable,
  listsOf,
  type RowData,
  rowsIn,
} from "./entities.ts";
import type { GraphRows, RequirementNodeRow } from "./graph-rows.ts";
import { withLeaves } from "./requirement-rows.ts";

/** A mention of one entity by another. */
export interface Reference {
  /** The list of rows the reference stands in. */
  readonly from: EntityKind;
  readonly fromSlug: string;
  /** The list of the entity that it stands in, such as teaches, or below which. */
  readonly field: string;
  readonly to: EntityKind;
  readonly slug: string;
}

/** Every reference in the rows, entity by entity; the same one may come more than once. O(size of the rows). */
export function* referencesIn(rows: GraphRows): Generator<Reference> {
  for (const from of ENTITY_KINDS) {
    if (rows[ENTITIES[from].list].length === 0) continue;
    const lists = { ...listsOf(from), citations: CITATIONS, claims: CLAIMS };
    for (const row of rows[ENTITIES[from].list])
      for (const [field, list] of Object.entries(lists))
        for (const [to, slug] of referencesOf({ [field]: list }, row))
          yield { from, fromSlug: row.slug, field, to, slug };
  }
}

function* referencesOf(lists: Lists, row: RowData): Generator<[to: EntityKind, slug: string]> {
  for (const [field, list] of Object.entries(lists))
    for (const item of rowsIn(row[field], list.value)) {
      const slug = list.refers && item[list.refers.field];
      if (list.refers !== undefined && typeof slug === "string") yield [list.refers.to, slug];
      yield* referencesOf(belowOf(list), item);
    }
}

function belowOf({ lists, cited }: ListTable): Lists {
  return cited === undefined ? (lists ?? {}) : { ...lists, citations: CITATIONS };
}

/**
 * Rows in which references to entities of a kind lead to others: `lead` gives the slug that follows one, or undefined
 * where the reference is to go, with whatever is said of it. What is left of a requirement keeps its reasons and
 * citations. Digests stay as they were. O(size of the rows).
 */
export function withReferences(
  rows: GraphRows,
  to: Exclude<EntityKind, "DOCUMENT">,
  lead: (slug: string) => string | undefined,
): GraphRows {
  const required = <Row extends { readonly requirement: readonly RequirementNodeRow[] }>(row: Row): Row =>
    to === "SKILL" ? { ...row, requirement: withLeaves(row.requirement, lead) } : row;
  const led = <Row extends RowData>(kind: EntityKind, row: Row): Row =>
    withLists(row, listsOf(kind), to, lead);
  const { documents, skills, resources, projects, roles, roadmaps } = rows;
  return {
    documents,
    skills: skills.map((row) => required(led("SKILL", row))),
    resources: resources.map((row) => led("RESOURCE", row)),
    projects: projects.map((row) => required(led("PROJECT", row))),
    roles: roles.map((row) => required(led("ROLE", row))),
    roadmaps: roadmaps.map((row) => {
      const roadmap = led("ROADMAP", row);
      return { ...roadmap, steps: roadmap.steps.map(required) };
    }),
  };
}

function withLists<Row extends RowData>(
  row: Row,
  lists: Lists,
  to: EntityKind,
  lead: (slug: string) => string | undefined,
): Row {
  const led: Record<string, unknown> = {};
  for (const [field, { table, refers, value, lists: below = {} }] of Object.entries(lists)) {
    // Requirements are trees; they are led elsewhere.
    if (table === "RequirementNode") continue;
    const items = rowsIn(row[field], value).flatMap((item): RowData[] => {
      const inner = withLists(item, below, to, lead);
      const slug = refers?.to === to ? item[refers.field] : undefined;
      if (refers === undefined || typeof slug !== "string") return [inner];
      const next = lead(slug);
      return next === undefined ? [] : [{ ...inner, [refers.field]: next }];
    });
    led[field] = value === undefined ? items : [...new Set(items.map((item) => item[value]))];
  }
  return Object.assign({}, row, led);
}
