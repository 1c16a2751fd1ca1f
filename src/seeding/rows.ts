import { entityDigest } from "../store/rows/entity-digest.ts";
import type {
  CitationRow,
  DocumentRows,
  GraphRows,
  ProjectReferenceRow,
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
import type { RequirementFile } from "./requirement-file.ts";
import { nodesIn } from "./row-references.ts";

type List<Key extends keyof GraphFile> = NonNullable<GraphFile[Key]>[number];
interface Because {
  reason?: string;
  cites?: CitationFile[];
}
type ReferenceFile = string | (Because & ({ skill: string } | { topic: string }));
type ProjectReferenceFile = string | (Because & { project: string });

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

function documentRows({ id, title, sections, ...row }: List<"documents">): DocumentRows {
  return withDigest({
    publisher: null,
    publishedOn: null,
    lines: null,
    ...row,
    slug: id,
    name: title,
    sections: [...new Map((sections ?? []).map(({ line, title }) => [line, title]))].map(([line, name]) => ({
      line,
      name,
    })),
  });
}

function skillRows({ requires, partOf, relations, notes, claims, cites, ...row }: List<"skills">): SkillRows {
  return withDigest({
    level: null,
    summary: "",
    needsNoFoundation: null,
    ...row,
    formerSlugs: [...new Set(row.formerSlugs)],
    aliases: [...new Set(row.aliases)],
    requirement: requirementRows(requires),
    partOf: references(partOf),
    relations: distinct(
      cited(relations).map((relation) => ({ note: null, ...relation })),
      ({ kind, skill }) => `${kind} ${skill}`,
    ),
    notes: cited(notes),
    claims: claimRows(claims),
    citations: citationRows(cites),
  });
}

function resourceRows({ teaches, claims, cites, ...row }: List<"resources">): ResourceRows {
  return withDigest({
    url: null,
    authors: [],
    provider: null,
    cost: null,
    hours: null,
    language: null,
    summary: "",
    isGeneric: false,
    ...row,
    formerSlugs: [...new Set(row.formerSlugs)],
    teaches: references(teaches),
    claims: claimRows(claims),
    citations: citationRows(cites),
  });
}

function projectRows({ requires, practises, claims, cites, ...row }: List<"projects">): ProjectRows {
  return withDigest({
    brief: "",
    difficulty: null,
    ...row,
    formerSlugs: [...new Set(row.formerSlugs)],
    requirement: requirementRows(requires),
    practises: references(practises),
    steps: cited(row.steps).map((step) => ({ summary: "", ...step })),
    claims: claimRows(claims),
    citations: citationRows(cites),
  });
}

function roleRows({ requires, optional, projects, claims, cites, ...row }: List<"roles">): RoleRows {
  return withDigest({
    summary: "",
    coverage: "COMPLETE",
    coverageReason: null,
    ...row,
    formerSlugs: [...new Set(row.formerSlugs)],
    aliases: [...new Set(row.aliases)],
    seniorities: [...new Set(row.seniorities)],
    requirement: requirementRows(requires),
    optional: references(optional),
    projects: projectReferences(projects),
    responsibilities: cited(row.responsibilities).map((duty) => ({
      summary: "",
      ...duty,
      skills: [...new Set(duty.skills)],
    })),
    market: cited(row.market).map((fact) => ({
      amount: null,
      amountMax: null,
      currency: null,
      period: null,
      region: null,
      seniority: null,
      source: null,
      year: null,
      ...fact,
    })),
    claims: claimRows(claims),
    citations: citationRows(cites),
  });
}

function roadmapRows({ claims, cites, ...row }: List<"roadmaps">): RoadmapRows {
  return withDigest({
    summary: "",
    ...row,
    formerSlugs: [...new Set(row.formerSlugs)],
    steps: cited(row.steps).map(({ requires, ...step }) => ({
      summary: "",
      ...step,
      requirement: requirementRows(requires),
      resources: [...new Set(step.resources)],
      projects: [...new Set(step.projects)],
    })),
    claims: claimRows(claims),
    citations: citationRows(cites),
  });
}

/** Rows with their citations as the store writes them. */
function cited<Row extends { cites?: CitationFile[] }>(rows: readonly Row[] = []) {
  return rows.map(({ cites, ...row }) => ({ ...row, citations: citationRows(cites) }));
}

function claimRows(claims: List<"skills">["claims"]) {
  return cited(claims).map((claim) => ({ amount: null, amountMax: null, unit: null, ...claim }));
}

function references(list: readonly ReferenceFile[] = []): SkillReferenceRow[] {
  const rows = list.map((written) => {
    if (typeof written === "string") return { skill: written, reason: null, citations: [] };
    const { reason = null, cites } = written;
    const skill = "skill" in written ? written.skill : written.topic;
    return { skill, reason, citations: citationRows(cites) };
  });
  return distinct(rows, ({ skill }) => skill);
}

function projectReferences(list: readonly ProjectReferenceFile[] = []): ProjectReferenceRow[] {
  const rows = list.map((written) => {
    const { project, reason = null, cites } = typeof written === "string" ? { project: written } : written;
    return { project, reason, citations: citationRows(cites) };
  });
  return distinct(rows, ({ project }) => project);
}

/** The first row of each key, with the citations of all. */
function distinct<Row extends { readonly citations: readonly CitationRow[] }>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[] {
  const byKey = new Map<string, Row>();
  for (const row of rows) {
    const first = byKey.get(keyOf(row));
    const citations = citationRows([...(first?.citations ?? []), ...row.citations]);
    byKey.set(keyOf(row), { ...row, ...first, citations });
  }
  return [...byKey.values()];
}

/** The nodes of a requirement in depth-first order, reasons and citations included. O(nodes × depth). */
function requirementRows(requirement: RequirementFile | undefined): RequirementNodeRow[] {
  if (requirement === undefined) return [];
  return Array.from(nodesIn({ requirement, path: [] }), ({ written, parentOrdinal, skill, group }) => {
    const { reason = null, cites } = typeof written === "string" ? {} : written;
    const because = { reason, citations: citationRows(cites) };
    return { parentOrdinal, atLeast: group?.atLeast ?? null, needs: skill ?? null, ...because };
  });
}

/** Citations, each once. */
function citationRows(cites: readonly CitationRow[] = []): CitationRow[] {
  const keyOf = ({ document, line, mention, basis }: CitationRow) =>
    JSON.stringify([document, line, mention, basis]);
  return cites.length < 2 ? [...cites] : [...new Map(cites.map((cite) => [keyOf(cite), cite])).values()];
}
