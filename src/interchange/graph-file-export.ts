import { stringify } from "yaml";
import type {
  CitationRow,
  ClaimRow,
  GraphRows,
  RequirementNodeRow,
  SkillReferenceRow,
} from "../store/rows/graph-rows.ts";

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
      yield indent(stringify([row], { lineWidth: 110, aliasDuplicateObjects: false }));
    }
  }
  if (isEmpty) yield "{}\n";
}

function* asJson(lists: Lists): Generator<string> {
  yield `{\n  "$schema": ${JSON.stringify(SCHEMA)}`;
  for (const [list, rows] of lists) {
    let isFirst = true;
    for (const row of rows) {
      yield isFirst ? `,\n  ${JSON.stringify(list)}: [\n` : ",\n";
      isFirst = false;
      yield `    ${JSON.stringify(row)}`;
    }
    if (!isFirst) yield "\n  ]";
  }
  yield "\n}\n";
}

const indent = (text: string) => text.replace(/^(?=.)/gm, "  ");

function rowsOf(rows: GraphRows): Lists {
  return [
    ["documents", mapped(rows.documents, documentRow)],
    ["skills", mapped(rows.skills, skillRow)],
    ["resources", mapped(rows.resources, resourceRow)],
    ["projects", mapped(rows.projects, projectRow)],
    ["roles", mapped(rows.roles, roleRow)],
    ["roadmaps", mapped(rows.roadmaps, roadmapRow)],
  ];
}

function* mapped<Row>(rows: readonly Row[], map: (row: Row) => Plain): Generator<Plain> {
  for (const row of rows) yield map(row);
}

function documentRow({
  slug,
  name,
  publisher,
  publishedOn,
  lines,
  sections,
}: GraphRows["documents"][number]): Plain {
  return filled({
    id: slug,
    title: name,
    publisher,
    publishedOn,
    lines,
    sections: sections.map((section) => ({ line: section.line, title: section.name })),
  });
}

function skillRow(row: GraphRows["skills"][number]): Plain {
  return filled({
    slug: row.slug,
    name: row.name,
    aliases: row.aliases,
    kind: row.kind,
    level: row.level,
    summary: row.summary,
    hours: row.hours,
    requires: requirement(row.requirement),
    partOf: row.partOf.map((part) => reference("topic", part)),
    relations: row.relations.map(({ kind, skill, note, citations }) =>
      filled({ kind, skill, note, cites: cites(citations) }),
    ),
    notes: row.notes.map(({ kind, text, citations }) => ({
      kind,
      text,
      ...filled({ cites: cites(citations) }),
    })),
    ...evidence(row),
  });
}

function resourceRow(row: GraphRows["resources"][number]): Plain {
  return filled({
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    url: row.url,
    authors: row.authors,
    provider: row.provider,
    cost: row.cost,
    hours: row.hours,
    language: row.language,
    summary: row.summary,
    teaches: row.teaches.map((taught) => reference("skill", taught)),
    ...evidence(row),
  });
}

function projectRow(row: GraphRows["projects"][number]): Plain {
  return filled({
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    brief: row.brief,
    difficulty: row.difficulty,
    hours: row.hours,
    requires: requirement(row.requirement),
    practises: row.practises.map((practised) => reference("skill", practised)),
    steps: row.steps.map(({ name, summary, citations }) =>
      filled({ name, summary, cites: cites(citations) }),
    ),
    ...evidence(row),
  });
}

function roleRow(row: GraphRows["roles"][number]): Plain {
  return filled({
    slug: row.slug,
    name: row.name,
    aliases: row.aliases,
    summary: row.summary,
    requires: requirement(row.requirement),
    optional: row.optional.map((skill) => reference("skill", skill)),
    responsibilities: row.responsibilities.map(({ name, summary, skills, citations }) =>
      filled({ name, summary, skills, cites: cites(citations) }),
    ),
    market: row.market.map(({ citations, kind, summary, ...fact }) => ({
      kind,
      summary,
      ...filled({ ...fact, cites: cites(citations) }),
    })),
    ...evidence(row),
  });
}

function roadmapRow(row: GraphRows["roadmaps"][number]): Plain {
  return filled({
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    ordered: row.ordered,
    steps: row.steps.map((step) =>
      filled({
        name: step.name,
        summary: step.summary,
        requires: requirement(step.requirement),
        resources: step.resources,
        projects: step.projects,
        cites: cites(step.citations),
      }),
    ),
    ...evidence(row),
  });
}

function evidence(row: { readonly claims: readonly ClaimRow[]; readonly citations: readonly CitationRow[] }) {
  return {
    claims: row.claims.map(({ field, value, citations }) =>
      filled({ field, value, cites: cites(citations) }),
    ),
    cites: cites(row.citations),
  };
}

function cites(citations: readonly CitationRow[]): Plain[] {
  return citations.map(({ document, line, mention, basis }) =>
    basis === "EXPLICIT" ? { document, line, mention } : { document, line, mention, basis },
  );
}

function reference(key: "skill" | "topic", { skill, reason, citations }: SkillReferenceRow): Plain {
  const because = filled({ reason, cites: cites(citations) });
  return Object.keys(because).length === 0 ? skill : { [key]: skill, ...because };
}

/** The tree of a requirement; a leaf without a reason or citations is just its slug. Built from the last node. */
function requirement(nodes: readonly RequirementNodeRow[]): Plain | undefined {
  const members: Plain[][] = nodes.map(() => []);
  for (let ordinal = nodes.length - 1; ordinal >= 0; ordinal--) {
    const { parentOrdinal, atLeast, needs, reason, citations } = nodes[ordinal]!;
    const because = filled({ reason, cites: cites(citations) });
    const of = members[ordinal]!.reverse();
    let written: Plain;
    if (needs !== null) written = Object.keys(because).length === 0 ? needs : { skill: needs, ...because };
    else if (atLeast === of.length) written = { allOf: of, ...because };
    else if (atLeast === 1) written = { anyOf: of, ...because };
    else written = { atLeast: atLeast ?? of.length, of, ...because };
    if (parentOrdinal === null) return written;
    members[parentOrdinal]!.push(written);
  }
  return undefined;
}

/** The keys whose value is neither null nor empty. */
function filled(row: Readonly<Record<string, Plain | null | undefined>>): { readonly [key: string]: Plain } {
  const entries = Object.entries(row).filter(
    (entry): entry is [string, Plain] =>
      entry[1] !== null &&
      entry[1] !== undefined &&
      entry[1] !== "" &&
      !(Array.isArray(entry[1]) && entry[1].length === 0),
  );
  return Object.fromEntries(entries);
}
