import { stringify } from "yaml";
import type {
  CitationRow,
  ClaimRow,
  GraphRows,
  RequirementNodeRow,
  SkillReferenceRow,
} from "../store/rows/graph-rows.ts";

/** How a graph file can be written. */
export const GRAPH_FILE_FORMATS = ["yaml", "json"] as const;
export type GraphFileFormat = (typeof GRAPH_FILE_FORMATS)[number];

/** The place of the schema, for editors, as seen from the top of the project. */
const SCHEMA = "./schema/graph.schema.json";

/** A value as JSON has it, without what is left out. */
type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain | undefined };

/**
 * Writes the graph as a graph file, in pieces of one row each: importing it again changes nothing, and the
 * same graph gives the same text. What a row does not say is left out. O(rows).
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
  return said({
    id: slug,
    title: name,
    publisher,
    publishedOn,
    lines,
    sections: sections.map((section) => ({ line: section.line, title: section.name })),
  });
}

function skillRow(row: GraphRows["skills"][number]): Plain {
  return said({
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
      said({ kind, skill, note, cites: cites(citations) }),
    ),
    notes: row.notes.map(({ kind, text, citations }) => ({
      kind,
      text,
      ...said({ cites: cites(citations) }),
    })),
    ...evidence(row),
  });
}

function resourceRow(row: GraphRows["resources"][number]): Plain {
  return said({
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
  return said({
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    brief: row.brief,
    difficulty: row.difficulty,
    hours: row.hours,
    requires: requirement(row.requirement),
    practises: row.practises.map((practised) => reference("skill", practised)),
    steps: row.steps.map(({ name, summary, citations }) => said({ name, summary, cites: cites(citations) })),
    ...evidence(row),
  });
}

function roleRow(row: GraphRows["roles"][number]): Plain {
  return said({
    slug: row.slug,
    name: row.name,
    aliases: row.aliases,
    summary: row.summary,
    requires: requirement(row.requirement),
    optional: row.optional.map((skill) => reference("skill", skill)),
    responsibilities: row.responsibilities.map(({ name, summary, skills, citations }) =>
      said({ name, summary, skills, cites: cites(citations) }),
    ),
    market: row.market.map(({ citations, kind, summary, ...fact }) => ({
      kind,
      summary,
      ...said({ ...fact, cites: cites(citations) }),
    })),
    ...evidence(row),
  });
}

function roadmapRow(row: GraphRows["roadmaps"][number]): Plain {
  return said({
    slug: row.slug,
    name: row.name,
    summary: row.summary,
    ordered: row.ordered,
    steps: row.steps.map((step) =>
      said({
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
    claims: row.claims.map(({ field, value, citations }) => said({ field, value, cites: cites(citations) })),
    cites: cites(row.citations),
  };
}

function cites(citations: readonly CitationRow[]): Plain[] {
  return citations.map(({ document, line, mention, basis }) =>
    basis === "EXPLICIT" ? { document, line, mention } : { document, line, mention, basis },
  );
}

function reference(key: "skill" | "topic", { skill, reason, citations }: SkillReferenceRow): Plain {
  const because = said({ reason, cites: cites(citations) });
  return Object.keys(because).length === 0 ? skill : { [key]: skill, ...because };
}

/** The tree of a requirement; the short form where there is nothing to say about a leaf. Built from the end. */
function requirement(nodes: readonly RequirementNodeRow[]): Plain | undefined {
  const members: Plain[][] = nodes.map(() => []);
  for (let ordinal = nodes.length - 1; ordinal >= 0; ordinal--) {
    const { parentOrdinal, atLeast, needs, reason, citations } = nodes[ordinal]!;
    const because = said({ reason, cites: cites(citations) });
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

/** The keys that say something: not null, not empty. */
function said(row: Readonly<Record<string, Plain | null | undefined>>): { readonly [key: string]: Plain } {
  const kept = Object.entries(row).filter(
    (entry): entry is [string, Plain] =>
      entry[1] !== null &&
      entry[1] !== undefined &&
      entry[1] !== "" &&
      !(Array.isArray(entry[1]) && entry[1].length === 0),
  );
  return Object.fromEntries(kept);
}
