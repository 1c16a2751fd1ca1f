import type { ExportedEdge, ExportedGroup, ExportedMetrics, ExportedNode } from "./exported-graph.ts";

/** A column of a table, and an attribute of formats with attributes. */
export interface Column<Row> {
  readonly name: string;
  readonly type: "string" | "integer" | "number" | "boolean";
  readonly description: string;
  /** Whether every row says something of it. */
  readonly isAlways: boolean;
  /** Null: the row says nothing of it. */
  readonly of: (row: Row) => string | number | boolean | null;
}

/** What nodes, edges and groups never leave unsaid. */
const ALWAYS: ReadonlySet<string> = new Set([
  ...["id", "kind", "slug", "name"],
  ...["source", "target", "alternative", "position"],
  ...["owner", "at_least", "size"],
]);

export const NODE_COLUMNS: readonly Column<ExportedNode>[] = [
  text("id", "Kind and slug: the name of the node in edges and groups.", ({ id }) => id),
  text("kind", "skill, project, role, roadmap or resource.", ({ kind }) => kind),
  text("slug", "The name in links and inputs, unique among nodes of one kind.", ({ slug }) => slug),
  text("name", "The name as people write it.", ({ name }) => name),
  text("type", "What sort of skill, project or resource it is, such as LANGUAGE.", ({ type }) => type),
  text("level", "How much experience it presumes: BEGINNER, INTERMEDIATE or ADVANCED.", ({ level }) => level),
  column("hours", "number", "How many hours it takes once its requirement is met.", ({ hours }) => hours),
  text("summary", "What it is, in a sentence or two.", ({ summary }) => summary || null),
  text("url", "Where a resource is to be found.", ({ url }) => url),
  metric(
    "dependents",
    "integer",
    "Of a skill: how many skills name it in their requirement.",
    ({ all, skill }) => all.dependents[skill]!,
  ),
  metric(
    "blocking_factor",
    "integer",
    "How many skills have it before them, directly or not.",
    ({ all, skill }) => all.blocking[skill]!,
  ),
  metric(
    "delay_factor",
    "integer",
    "How many skills the longest chain through it has.",
    ({ all, skill }) => all.delay[skill]!,
  ),
  metric(
    "structural_complexity",
    "integer",
    "The sum of both factors.",
    ({ all, skill }) => all.complexity[skill]!,
  ),
  metric(
    "centrality",
    "number",
    "The skills on all chains through it from first to last, together.",
    ({ all, skill }) => all.centrality[skill]!,
  ),
  metric(
    "redundant_prerequisites",
    "integer",
    "Its prerequisites that follow from others.",
    ({ all, skill }) => all.redundant[skill]!,
  ),
  metric(
    "betweenness",
    "number",
    "The share of shortest ways between others that pass it.",
    ({ all, skill }) => all.betweenness[skill]!,
  ),
  metric("taught_by", "integer", "How many resources teach it.", (m) => m.taughtBy),
  metric("practised_by", "integer", "How many projects practise it.", (m) => m.practisedBy),
  metric(
    "needed",
    "boolean",
    "Whether a role, project or roadmap asks for it, directly or not.",
    ({ all, skill }) => all.isNeeded[skill] === 1,
  ),
];

export const EDGE_COLUMNS: readonly Column<ExportedEdge>[] = [
  text(
    "source",
    "The id of the node that the edge comes from: of a prerequisite, the skill.",
    (row) => row.source.id,
  ),
  text(
    "target",
    "The id of the node that it leads to: of a prerequisite, the dependent.",
    (row) => row.target.id,
  ),
  text("kind", "What the source is to the target, such as PREREQUISITE.", ({ kind }) => kind),
  column(
    "alternative",
    "boolean",
    "Whether the target can do without, because its requirement leaves a choice there.",
    ({ isAlternative }) => isAlternative,
  ),
  text(
    "group",
    "The group of the target's requirement that a prerequisite is in.",
    ({ group }) => group?.id ?? null,
  ),
  column("position", "integer", "The place in the group or list, from 1.", ({ position }) => position),
];

export const GROUP_COLUMNS: readonly Column<ExportedGroup>[] = [
  text("id", "The owner's id and a number.", ({ id }) => id),
  text("owner", "The id of the node whose requirement the group is a part of.", ({ owner }) => owner.id),
  text(
    "parent",
    "The group that it is a member of; none for the outermost.",
    ({ parent }) => parent?.id ?? null,
  ),
  column(
    "position",
    "integer",
    "The place among the members of that group, from 1.",
    ({ position }) => position,
  ),
  column("at_least", "integer", "How many of its members are needed.", ({ atLeast }) => atLeast),
  column("size", "integer", "How many members it has.", ({ size }) => size),
];

function column<Row>(
  name: string,
  type: Column<Row>["type"],
  description: string,
  of: Column<Row>["of"],
): Column<Row> {
  return { name, type, description, isAlways: ALWAYS.has(name), of };
}

function text<Row>(name: string, description: string, of: (row: Row) => string | null): Column<Row> {
  return column(name, "string", description, of);
}

function metric(
  name: string,
  type: Column<ExportedNode>["type"],
  description: string,
  of: (metrics: ExportedMetrics) => number | boolean,
): Column<ExportedNode> {
  return column(name, type, description, ({ metrics }) => (metrics === undefined ? null : of(metrics)));
}

/** What a row says, by the names of the columns; what it says nothing of is left out. */
export function attributesOf<Row>(
  columns: readonly Column<Row>[],
  row: Row,
): Record<string, string | number | boolean> {
  const attributes: Record<string, string | number | boolean> = {};
  for (const { name, of } of columns) {
    const value = of(row);
    if (value !== null) attributes[name] = value;
  }
  return attributes;
}
