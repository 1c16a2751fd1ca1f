import { findUnlearnable } from "../graph/facts/learnability.ts";
import { checkSlugs } from "./check-slugs.ts";
import { combineGraph, type ExistingGraph } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import type { ReadGraph } from "./read-graph-file.ts";
import {
  findingIn,
  LIST_NAMES,
  type ListName,
  type ReadRow,
  type ReadRows,
  type RowOf,
} from "./read-rows.ts";
import { nodeOf, type RequirementFile } from "./requirement-file.ts";
import { placedSkill, referencesOf } from "./row-references.ts";

/** More loops are cut by nobody's wish: each costs a pass over the graph, and the source is probably read the wrong way. */
const MAX_CUTS = 100;

/** What can be imported of a source with faults, and what was set aside for it: one finding for each. */
export interface Quarantined {
  readonly rows: ReadRows;
  /** Faults that remain. */
  readonly findings: readonly Finding[];
  readonly setAside: readonly Finding[];
}

/**
 * Keeps what is good of a source. Set aside are rows that do not follow the schema, the second and later ones with a
 * slug, and prerequisites that close a loop in which nobody could learn anything. A skill that is named and not there
 * is made, without hours, so that requirements stay as they were written.
 *
 * O(rows + references), and once more for each loop.
 */
export function quarantine(read: ReadGraph, existing: ExistingGraph | undefined): Quarantined {
  const setAside: Finding[] = [...read.setAside];
  const findings = read.findings.filter((finding) => !read.setAside.has(finding));
  let rows = distinctRows(read.rows, setAside);
  rows = withNamedSkills(rows, existing, setAside);
  rows = withoutLoops(rows, existing, setAside);
  return { rows, findings, setAside };
}

function distinctRows(rows: ReadRows, setAside: Finding[]): ReadRows {
  const valid = mapRows(rows, (list) => list.filter(({ row }) => row !== undefined));
  for (const finding of checkSlugs(valid)) setAside.push(finding);
  return mapRows(valid, (list) => {
    const seen = new Set<string | undefined>();
    return list.filter(({ slug }) => !seen.has(slug) && seen.add(slug));
  });
}

/** Adds the skills that rows name and that are nowhere. */
function withNamedSkills(rows: ReadRows, existing: ExistingGraph | undefined, setAside: Finding[]): ReadRows {
  const known = new Set(rows.skills.map(({ slug }) => slug));
  const made: ReadRow<RowOf<"skills">>[] = [];
  const isKnown = (slug: string) => known.has(slug) || existing?.snapshot.skills.indexOf.has(slug) === true;
  for (const list of LIST_NAMES)
    rows[list].forEach((read: ReadRow<RowOf<ListName>>) => {
      for (const { target, slug, path } of read.row === undefined ? [] : referencesOf(read.row)) {
        if (target !== "skills" || isKnown(slug)) continue;
        known.add(slug);
        const row = { slug, name: slug, kind: "CONCEPT", hours: 0 } as const;
        made.push({ ...read, place: read.place.nearest(path), slug, given: new Set(Object.keys(row)), row });
        const message = `names the skill "${slug}", which is not there: it is made, with 0 hours`;
        setAside.push(findingIn(list, read, path, "dangling-id", message));
      }
    });
  return { ...rows, skills: [...rows.skills, ...made] };
}

/** Takes prerequisites out until every skill can be learned. */
function withoutLoops(rows: ReadRows, existing: ExistingGraph | undefined, setAside: Finding[]): ReadRows {
  let skills = rows.skills;
  for (let cuts = 0; cuts < MAX_CUTS; cuts++) {
    const { graph, owners } = combineGraph({ ...rows, skills }, existing);
    const loop = findUnlearnable(graph)?.loop;
    if (loop === undefined) break;
    // What is stored is learnable, so every loop passes through a row of the source.
    const at = loop.findLastIndex((skill) => owners[skill]!.row !== undefined);
    const { slug, placed } = owners[loop[at]!]!;
    const needed = owners[loop[(at + 1) % loop.length]!]!.slug;
    const cut = skills.find((read) => read.slug === slug);
    if (cut?.row?.requires === undefined) break;
    const around = loop.map((skill) => owners[skill]!.slug);
    const told = loop.length === 1 ? "itself" : `"${needed}", in a loop of ${around.join(", ")}`;
    const message = `needs ${told}: this prerequisite was taken out`;
    const code = loop.length === 1 ? "self-loop" : "unlearnable";
    setAside.push(findingIn("skills", cut, placedSkill(placed, needed)?.path ?? [], code, message));
    const requires = without(cut.row.requires, needed);
    const row = { ...cut.row, requires };
    skills = skills.map((read) => (read === cut ? { ...cut, row } : read));
  }
  return { ...rows, skills };
}

/** A requirement without a skill: groups need no more members than are left. Recursive: they have a bounded depth. */
function without(written: RequirementFile, slug: string): RequirementFile | undefined {
  const node = nodeOf(written);
  if ("skill" in node) return node.skill === slug ? undefined : written;
  const of = node.members.flatMap((member) => without(member, slug) ?? []);
  if (of.length === 0) return undefined;
  const because = typeof written === "string" ? {} : { reason: written.reason, cites: written.cites };
  if (node.key === "of") return { atLeast: Math.min(node.atLeast, of.length), of, ...because };
  return node.key === "anyOf" ? { anyOf: of, ...because } : { allOf: of, ...because };
}

function mapRows(
  rows: ReadRows,
  map: <Row>(list: readonly ReadRow<Row>[]) => readonly ReadRow<Row>[],
): ReadRows {
  return {
    documents: map(rows.documents),
    skills: map(rows.skills),
    resources: map(rows.resources),
    projects: map(rows.projects),
    roles: map(rows.roles),
    roadmaps: map(rows.roadmaps),
  };
}
