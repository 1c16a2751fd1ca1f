import { isDeepStrictEqual } from "node:util";
import { contentDigest } from "../store/rows/entity-digest.ts";
import type { GraphRows } from "../store/rows/graph-rows.ts";
import type { Finding } from "./finding.ts";
import { findingIn, type ListName, type ReadRow, type ReadRows } from "./read-rows.ts";

/**
 * What an import does with an entity that is stored and that a file describes otherwise. `OWN`: the file changes what
 * it gives, if the entity comes from the same source; otherwise the import is refused. `KEEP`: the same, but entities of
 * other sources stay as they are. `UPDATE`: the same for entities of any source. `REPLACE`: the entity becomes what the
 * file says.
 */
export type ImportMode = "OWN" | "KEEP" | "UPDATE" | "REPLACE";

interface EntityRow {
  readonly slug: string;
  readonly digest: string;
  readonly origin?: string;
}

/** Keys of a graph file whose fields in the stored rows have other names. */
const FIELDS: ReadonlyMap<string, string> = new Map([
  ["id", "slug"],
  ["requires", "requirement"],
  ["cites", "citations"],
]);
const KEYS: ReadonlyMap<string, string> = new Map([...FIELDS].map(([key, field]) => [field, key]));

/**
 * Puts the rows of files, as `toRows` makes them, on top of the stored ones with the same slugs. Findings say what is
 * refused, what stays although the file does not give it, and what is lost. O(size of the rows).
 */
export function mergeRows(
  reads: ReadRows,
  rows: GraphRows,
  stored: GraphRows,
  originOf: (file: string) => string,
  mode: ImportMode,
): { readonly rows: GraphRows; readonly findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const merge = <Row extends EntityRow>(list: ListName, ofFile: readonly Row[], before: readonly Row[]) => {
    const valid = reads[list].filter((read: ReadRow<unknown>) => read.row !== undefined);
    const bySlug = new Map(before.map((row) => [row.slug, row]));
    return ofFile.map((row, at): Row => {
      const read = valid[at]!;
      const { merged, faults } = mergeRow(
        { ...row, origin: originOf(read.file) },
        bySlug.get(row.slug),
        read.given,
        mode,
      );
      for (const { code, message, severity } of faults)
        findings.push(findingIn(list, read, [], code, message, severity));
      return merged;
    });
  };
  const merged = {
    documents: merge("documents", rows.documents, stored.documents),
    skills: merge("skills", rows.skills, stored.skills),
    resources: merge("resources", rows.resources, stored.resources),
    projects: merge("projects", rows.projects, stored.projects),
    roles: merge("roles", rows.roles, stored.roles),
    roadmaps: merge("roadmaps", rows.roadmaps, stored.roadmaps),
  };
  return { rows: merged, findings };
}

type Fault = Pick<Finding, "code" | "message" | "severity">;

/** `given` are the keys that the file has, those with null included. */
function mergeRow<Row extends EntityRow>(
  row: Row,
  before: Row | undefined,
  given: ReadonlySet<string>,
  mode: ImportMode,
): { readonly merged: Row; readonly faults: readonly Fault[] } {
  if (before === undefined || before.digest === row.digest) return { merged: row, faults: [] };
  // Every row has a name; that of a document is its title.
  const isGiven = (key: string) => key === "name" || given.has(key);
  const differing = keysThatDiffer(before, row);
  const absent = differing.filter((key) => !isGiven(key));
  const merged = mode === "REPLACE" ? row : withFieldsOf(before, row, absent);
  const changed = mode === "REPLACE" ? differing : differing.filter(isGiven);
  const isForeign = before.origin !== row.origin && changed.length > 0;
  if (isForeign && (mode === "OWN" || mode === "KEEP")) {
    const changes = changed.map((key) => `${key}${fromTo(before, row, key)}`).join(", ");
    const told = `belongs to ${before.origin}, and this would change ${changes}`;
    if (mode === "KEEP")
      return {
        merged: before,
        faults: [{ code: "foreign-row", message: `${told}: it stays as it is`, severity: "warning" }],
      };
    const message = `${told}: import with --keep to leave it as it is, with --update to change this and keep the rest, with --replace to make it what the file says`;
    return { merged, faults: [{ code: "foreign-row", message, severity: "error" }] };
  }
  const faults: Fault[] = [];
  const warn = (code: string, message: string) => faults.push({ code, message, severity: "warning" });
  if (absent.length > 0 && mode !== "REPLACE")
    warn(
      "keeps-fields",
      `keeps its ${absent.join(", ")}, which the file does not give: null clears one of them, --replace all`,
    );
  const lost = changed.filter((key) => isEmpty(valueAt(row, key)));
  if (lost.length > 0) warn("loses-fields", `loses its ${lost.join(", ")}`);
  return { merged, faults };
}

/** A row with fields of the stored one. */
function withFieldsOf<Row extends EntityRow>(before: Row, row: Row, keys: readonly string[]): Row {
  const kept = Object.fromEntries(keys.map((key) => [FIELDS.get(key) ?? key, valueAt(before, key)]));
  const content = Object.assign({}, row, kept);
  return { ...content, digest: contentDigest(content), origin: row.origin };
}

/** The keys of the file under which two rows of one slug differ, in the order of the alphabet. */
function keysThatDiffer(before: EntityRow, after: EntityRow): string[] {
  return Object.keys(after)
    .filter((field) => field !== "digest" && field !== "origin")
    .map((field) => KEYS.get(field) ?? field)
    .filter((key) => !isDeepStrictEqual(valueAt(before, key), valueAt(after, key)))
    .sort();
}

function valueAt(row: EntityRow, key: string): unknown {
  return new Map<string, unknown>(Object.entries(row)).get(FIELDS.get(key) ?? key);
}

/** How a number or a choice changes; "" for texts and lists, which are too long for a message. */
function fromTo(before: EntityRow, after: EntityRow, key: string): string {
  const [from, to] = [valueAt(before, key), valueAt(after, key)];
  const isShort = (value: unknown) => typeof value === "number" || /^[A-Z_]+$/.test(String(value));
  return isShort(from) && isShort(to) ? ` (${from} to ${to})` : "";
}

function isEmpty(value: unknown): boolean {
  return value === null || value === "" || (Array.isArray(value) && value.length === 0);
}
