import { entityDigest } from "../store/rows/entity-digest.ts";
import type {
  CitationRow,
  ClaimRow,
  DocumentRows,
  GraphRows,
  ProjectRows,
  RequirementNodeRow,
  ResourceRows,
  RoadmapRows,
  RoleRows,
  SkillReferenceRow,
  SkillRows,
} from "../store/rows/graph-rows.ts";
import type { GraphFile } from "./graph-file.ts";
import type { CitationFile } from "./graph-file-parts.ts";
import { nodeOf, type RequirementFile } from "./requirement-file.ts";

type List<Key extends keyof GraphFile> = NonNullable<GraphFile[Key]>[number];
type ReferenceFile =
  | string
  | ({ reason?: string; cites?: CitationFile[] } & ({ skill: string } | { topic: string }));

/**
 * The rows of a graph file, as the store writes them: what a file leaves out becomes null, empty or the
 * default; a reference that a row names twice becomes one with the citations of both. O(size of the file).
 */
export function toRows(file: GraphFile): GraphRows {
  return {
    documents: (file.documents ?? []).map(documentRows),
    skills: (file.skills ?? []).map(skillRows),
    resources: (file.resources ?? []).map(resourceRows),
    projects: (file.projects ?? []).map(projectRows),
    roles: (file.roles ?? []).map(roleRows),
    roadmaps: (file.roadmaps ?? []).map(roadmapRows),
  };
}

function withDigest<Row extends object>(row: Row): Row & { readonly digest: string } {
  return { ...row, digest: entityDigest(row) };
}

function documentRows(row: List<"documents">): DocumentRows {
  return withDigest({
    slug: row.id,
    name: row.title,
    publisher: row.publisher ?? null,
    publishedOn: row.publishedOn ?? null,
    lines: row.lines ?? null,
    sections: [...new Map((row.sections ?? []).map(({ line, title }) => [line, title]))].map(
      ([line, name]) => ({ line, name }),
    ),
  });
}

function skillRows(row: List<"skills">): SkillRows {
  return withDigest({
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    level: row.level ?? null,
    summary: row.summary ?? "",
    hours: row.hours,
    aliases: [...new Set(row.aliases)],
    requirement: requirementRows(row.requires),
    partOf: references(row.partOf),
    relations: distinct(
      (row.relations ?? []).map(({ kind, skill, note, cites }) => ({
        kind,
        skill,
        note: note ?? null,
        citations: citationRows(cites),
      })),
      ({ kind, skill }) => `${kind} ${skill}`,
    ),
    notes: (row.notes ?? []).map(({ kind, text, cites }) => ({ kind, text, citations: citationRows(cites) })),
    ...evidence(row),
  });
}

function resourceRows(row: List<"resources">): ResourceRows {
  return withDigest({
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    url: row.url ?? null,
    authors: row.authors ?? [],
    provider: row.provider ?? null,
    cost: row.cost ?? null,
    hours: row.hours ?? null,
    language: row.language ?? null,
    summary: row.summary ?? "",
    teaches: references(row.teaches),
    ...evidence(row),
  });
}

function projectRows(row: List<"projects">): ProjectRows {
  return withDigest({
    slug: row.slug,
    name: row.name,
    kind: row.kind,
    brief: row.brief ?? "",
    difficulty: row.difficulty ?? null,
    hours: row.hours,
    requirement: requirementRows(row.requires),
    practises: references(row.practises),
    steps: (row.steps ?? []).map(({ name, summary, cites }) => ({
      name,
      summary: summary ?? "",
      citations: citationRows(cites),
    })),
    ...evidence(row),
  });
}

function roleRows(row: List<"roles">): RoleRows {
  return withDigest({
    slug: row.slug,
    name: row.name,
    aliases: [...new Set(row.aliases)],
    summary: row.summary ?? "",
    requirement: requirementRows(row.requires),
    optional: references(row.optional),
    responsibilities: (row.responsibilities ?? []).map(({ name, summary, skills, cites }) => ({
      name,
      summary: summary ?? "",
      skills: [...new Set(skills)],
      citations: citationRows(cites),
    })),
    market: (row.market ?? []).map((fact) => ({
      kind: fact.kind,
      summary: fact.summary,
      amount: fact.amount ?? null,
      amountMax: fact.amountMax ?? null,
      currency: fact.currency ?? null,
      period: fact.period ?? null,
      region: fact.region ?? null,
      seniority: fact.seniority ?? null,
      source: fact.source ?? null,
      year: fact.year ?? null,
      citations: citationRows(fact.cites),
    })),
    ...evidence(row),
  });
}

function roadmapRows(row: List<"roadmaps">): RoadmapRows {
  return withDigest({
    slug: row.slug,
    name: row.name,
    summary: row.summary ?? "",
    ordered: row.ordered,
    steps: row.steps.map((step) => ({
      name: step.name,
      summary: step.summary ?? "",
      requirement: requirementRows(step.requires),
      resources: [...new Set(step.resources)],
      projects: [...new Set(step.projects)],
      citations: citationRows(step.cites),
    })),
    ...evidence(row),
  });
}

/** What every cited entity carries. */
function evidence(row: Pick<List<"skills">, "claims" | "cites">): {
  readonly claims: readonly ClaimRow[];
  readonly citations: readonly CitationRow[];
} {
  const claims = (row.claims ?? []).map(({ field, value, cites }) => ({
    field,
    value,
    citations: citationRows(cites),
  }));
  return { claims, citations: citationRows(row.cites) };
}

function references(list: readonly ReferenceFile[] | undefined): SkillReferenceRow[] {
  return distinct(
    (list ?? []).map((written) => {
      if (typeof written === "string") return { skill: written, reason: null, citations: [] };
      return {
        skill: "skill" in written ? written.skill : written.topic,
        reason: written.reason ?? null,
        citations: citationRows(written.cites),
      };
    }),
    ({ skill }) => skill,
  );
}

/** The first row of each key, with the citations of all. */
function distinct<Row extends { readonly citations: readonly CitationRow[] }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const first = byKey.get(keyOf(row));
    const merged = {
      ...row,
      ...first,
      citations: citationRows([...(first?.citations ?? []), ...row.citations]),
    };
    byKey.set(keyOf(row), merged);
  }
  return [...byKey.values()];
}

/** The nodes of a requirement in depth-first order, reasons and citations included. O(nodes). */
function requirementRows(requirement: RequirementFile | undefined): RequirementNodeRow[] {
  if (requirement === undefined) return [];
  const nodes: RequirementNodeRow[] = [];
  const stack: { readonly written: RequirementFile; readonly parentOrdinal: number | null }[] = [
    { written: requirement, parentOrdinal: null },
  ];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const { written, parentOrdinal } = top;
    const { reason = null, cites = [] } = typeof written === "string" ? {} : written;
    const because = { reason, citations: citationRows(cites) };
    const node = nodeOf(written);
    if ("skill" in node) {
      nodes.push({ parentOrdinal, atLeast: null, needs: node.skill, ...because });
      continue;
    }
    const ordinal = nodes.push({ parentOrdinal, atLeast: node.atLeast, needs: null, ...because }) - 1;
    for (const member of node.members.toReversed()) stack.push({ written: member, parentOrdinal: ordinal });
  }
  return nodes;
}

/** Citations as the store writes them, each once. */
function citationRows(cites: readonly CitationRow[] = []): CitationRow[] {
  const rows = new Map<string, CitationRow>();
  for (const { document, line, mention, basis } of cites)
    rows.set(JSON.stringify([document, line, mention, basis]), { document, line, mention, basis });
  return [...rows.values()];
}
