import { contentDigest } from "../../store/rows/entity-digest.ts";
import type { CitationRow, GraphRows, RequirementNodeRow } from "../../store/rows/graph-rows.ts";

interface Requiring {
  readonly slug: string;
  readonly digest: string;
  readonly requirement: readonly RequirementNodeRow[];
}

/**
 * Edited rows in which what is new names a document: skills that were not there, and skills that a requirement did not name
 * before. All else keeps what is said of it. `stored` are the rows before. O(size of the rows).
 */
export function citedRows(rows: GraphRows, stored: GraphRows, citation: CitationRow): GraphRows {
  const requiring = <Row extends Requiring>(edited: readonly Row[], before: readonly Row[]): Row[] =>
    edited.map((row) => {
      const named = new Set(
        before.find(({ slug }) => slug === row.slug)?.requirement.map(({ needs }) => needs),
      );
      const requirement = row.requirement.map((node) =>
        node.needs === null || named.has(node.needs) ? node : withCitation(node, citation),
      );
      return digested({ ...row, requirement });
    });
  const isStored = new Set(stored.skills.map(({ slug }) => slug));
  return {
    ...rows,
    skills: requiring(rows.skills, stored.skills).map((row) =>
      isStored.has(row.slug) ? row : digested(withCitation(row, citation)),
    ),
    projects: requiring(rows.projects, stored.projects),
    roles: requiring(rows.roles, stored.roles),
  };
}

function withCitation<Row extends { readonly citations: readonly CitationRow[] }>(
  row: Row,
  citation: CitationRow,
): Row {
  return { ...row, citations: [...row.citations, citation] };
}

function digested<Row extends { readonly digest: string }>(row: Row): Row {
  return { ...row, digest: contentDigest(row) };
}
