import { redundantPrerequisites } from "../graph/facts/transitive-reduction.ts";
import { checkGraph } from "./check-graph.ts";
import { type CombinedGraph, combineGraph } from "./combined-graph.ts";
import { type Finding, sortFindings } from "./finding.ts";
import { graphFilesAt } from "./graph-files.ts";
import { levelsBelowPrerequisites, withoutFoundation } from "./lint-foundations.ts";
import { readGraphFiles } from "./read-graph-file.ts";
import {
  findingIn,
  LIST_NAMES,
  type ListName,
  nounOf,
  type ReadRow,
  type ReadRows,
  type RowOf,
} from "./read-rows.ts";
import { nodesIn, placedSkill, referencesOf } from "./row-references.ts";

/**
 * Finds everything that an import would refuse, and warns of more: prerequisites that follow from others, levels
 * below those of prerequisites, advanced skills without a foundation, skills that nothing needs, nothing teaches or
 * no document supports, resources that teach nothing, rows without a summary. The files count as the whole graph, whatever is stored. Runs every check and sorts all findings.
 *
 * O(rows + references), and for each requirement of two or more skills O(all that it requires, directly or not).
 */
export async function lintGraph(paths: readonly string[]): Promise<Finding[]> {
  const { files, findings } = graphFilesAt(paths);
  const read = await readGraphFiles(files);
  return sortFindings([...findings, ...read.findings, ...checkGraph(read.rows), ...warnings(read.rows)]);
}

function warnings(rows: ReadRows): Finding[] {
  const combined = combineGraph(rows, undefined);
  return [
    ...redundant(combined),
    ...levelsBelowPrerequisites(rows, combined),
    ...withoutFoundation(rows, combined),
    ...unneeded(rows, combined),
    ...teachingNothing(rows),
    ...equalNames(rows),
    ...ambiguousAliases(rows),
    ...untaught(rows),
    ...unsupported(rows),
    ...unexplained(rows),
  ];
}

function redundant({ graph, owners }: CombinedGraph): Finding[] {
  return redundantPrerequisites(graph).flatMap(({ owner, skill, impliedBy }) => {
    const { list, row, placed } = owners[owner]!;
    // A role lists what its holders can do, a roadmap what its author says: there, more than necessary is right.
    if (row === undefined || list === "roles" || list === "roadmaps") return [];
    const slug = owners[skill]!.slug;
    const node = placedSkill(placed, slug);
    // What a document says in so many words may stand, although it follows from something else.
    if (typeof node?.written === "object" && node.written.cites?.length) return [];
    const path = node?.path ?? [];
    const message = `"${slug}" follows from "${owners[impliedBy]!.slug}": take it out of the requirement`;
    return [findingIn(list, row, path, "redundant-prerequisite", message, "warning")];
  });
}

/** Skills that no role, project or roadmap names, directly or through what other skills require. */
function unneeded(rows: ReadRows, { owners, indexOfSkill }: CombinedGraph): Finding[] {
  if (rows.roles.length + rows.projects.length + rows.roadmaps.length === 0) return [];
  const queue = skillsNamedBy([...rows.roles, ...rows.projects, ...rows.roadmaps]);
  const needed = new Set<string>();
  for (let slug = queue.pop(); slug !== undefined; slug = queue.pop()) {
    if (needed.has(slug)) continue;
    needed.add(slug);
    for (const requirement of owners[indexOfSkill.get(slug) ?? -1]?.placed ?? [])
      for (const { skill } of nodesIn(requirement)) if (skill !== undefined) queue.push(skill);
  }
  const message = "no role, project or roadmap names it, neither directly nor through other skills";
  return rows.skills
    .filter(
      ({ slug, row }) => slug !== undefined && row !== undefined && row.kind !== "TOPIC" && !needed.has(slug),
    )
    .map((read) => findingIn("skills", read, [], "unneeded-skill", message, "warning"));
}

function skillsNamedBy(rows: readonly ReadRow<RowOf<ListName>>[]): string[] {
  return rows.flatMap(({ row }) =>
    Array.from(row === undefined ? [] : referencesOf(row))
      .filter(({ target }) => target === "skills")
      .map(({ slug }) => slug),
  );
}

function teachingNothing(rows: ReadRows): Finding[] {
  const message = "expected the skills it teaches, got none: list them under teaches";
  return rows.resources
    .filter(({ row }) => row !== undefined && (row.teaches ?? []).length === 0)
    .map((read) => findingIn("resources", read, [], "teaches-nothing", message, "warning"));
}

/** Rows of one kind that people cannot tell apart: neither letter case nor space and the like count. */
function equalNames(rows: ReadRows): Finding[] {
  return LIST_NAMES.flatMap((list) => {
    const holders = new Map<string, string>();
    return rows[list].flatMap((read: ReadRow<RowOf<ListName>>) => {
      if (read.row === undefined || read.slug === undefined) return [];
      const [key, name] = "title" in read.row ? ["title", read.row.title] : ["name", read.row.name];
      const seen = name
        .normalize("NFKC")
        .toLowerCase()
        .replace(/[\s\p{C}]+/gu, " ")
        .trim();
      const holder = holders.get(seen);
      if (holder === undefined) holders.set(seen, read.slug);
      if (holder === undefined || holder === read.slug) return [];
      const message = `expected no other ${nounOf(list)} to have the ${key} "${name}", but "${holder}" has it too`;
      return [findingIn(list, read, [key], "equal-names", message, "warning")];
    });
  });
}

/** Aliases of two skills: a search for one finds both. */
function ambiguousAliases(rows: ReadRows): Finding[] {
  const holders = new Map<string, string>();
  for (const { row } of rows.skills) if (row !== undefined) holders.set(row.name.toLowerCase(), row.slug);
  return rows.skills.flatMap((read) =>
    (read.row?.aliases ?? []).flatMap((alias, i) => {
      const key = alias.toLowerCase();
      const holder = holders.get(key);
      if (holder === undefined && read.slug !== undefined) holders.set(key, read.slug);
      if (holder === undefined || holder === read.slug) return [];
      const message = `expected no other skill to have the alias "${alias}", but "${holder}" has it too`;
      return [findingIn("skills", read, ["aliases", i], "ambiguous-alias", message, "warning")];
    }),
  );
}

/** One finding a file, because in a new graph a line for each untaught skill would hide everything else. */
function untaught(rows: ReadRows): Finding[] {
  if (rows.resources.length === 0) return [];
  const taught = new Set(skillsNamedBy(rows.resources));
  const lacking = rows.skills.filter(
    ({ slug, row }) => row !== undefined && row.kind !== "TOPIC" && slug !== undefined && !taught.has(slug),
  );
  return byFile("untaught-skills", lacking, (names) => `no resource teaches ${names}`);
}

/** One finding a file. None for a graph without documents: it does not claim that anything is supported. */
function unsupported(rows: ReadRows): Finding[] {
  if (rows.documents.length === 0) return [];
  const lacking = rows.skills.filter(({ row }) => row !== undefined && (row.cites ?? []).length === 0);
  return byFile("uncited-skills", lacking, (names) => `no document is cited for ${names}`);
}

/** One finding a file. */
function unexplained(rows: ReadRows): Finding[] {
  const all: ReadRow<{ summary?: string; brief?: string }>[] = [
    ...rows.skills,
    ...rows.resources,
    ...rows.projects,
    ...rows.roles,
    ...rows.roadmaps,
  ];
  const lacking = all.filter(({ row }) => row !== undefined && !row.summary && !row.brief);
  return byFile(
    "no-summary",
    lacking,
    (names) => `expected a summary (of a project a brief) at ${names}: say in a sentence what it is`,
  );
}

/** How many rows one finding names. */
const MAX_NAMED = 10;

function byFile(
  code: string,
  reads: readonly ReadRow<unknown>[],
  message: (names: string) => string,
): Finding[] {
  const files = new Map<string, ReadRow<unknown>[]>();
  for (const read of reads) {
    const list = files.get(read.file);
    if (list === undefined) files.set(read.file, [read]);
    else list.push(read);
  }
  return [...files].map(([file, all]) => {
    const names = all.slice(0, MAX_NAMED).map(({ slug }) => `"${slug}"`);
    if (all.length > MAX_NAMED) names.push(`${all.length - MAX_NAMED} more`);
    const line = all[0]?.place.line ?? 1;
    return { file, line, severity: "warning", code, message: message(names.join(", ")) };
  });
}
