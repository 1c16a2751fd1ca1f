import type { Finding } from "./finding.ts";
import type { GraphFile } from "./graph-file.ts";
import type { Path, Place } from "./place.ts";

/** The lists of a graph file. */
export type ListName = Exclude<keyof GraphFile, "$schema">;
/** A row of a list. */
export type RowOf<List extends ListName> = NonNullable<GraphFile[List]>[number];

/** What a row of a list is called. */
export function nounOf(list: ListName): string {
  return list.slice(0, -1);
}

export const LIST_NAMES: readonly ListName[] = [
  "documents",
  "skills",
  "resources",
  "projects",
  "roles",
  "roadmaps",
];

/** The key under which a row of a list has its slug. */
export function slugKeyOf(list: ListName): "id" | "slug" {
  return list === "documents" ? "id" : "slug";
}

/** A row that was read from a file, with where it stands. */
export interface ReadRow<Row> {
  readonly file: string;
  readonly place: Place;
  /** The slug (of a document: the id); read even where the rest of the row is wrong. */
  readonly slug: string | undefined;
  /** The keys that the file gives, those with null included. */
  readonly given: ReadonlySet<string>;
  /** Absent when the row does not follow the schema. */
  readonly row: Row | undefined;
}

/** The rows of any number of files. */
export type ReadRows = { readonly [List in ListName]: readonly ReadRow<RowOf<List>>[] };

/** A finding about a row, on the line of a path in it. */
export function findingIn(
  list: ListName,
  { file, place, slug }: ReadRow<unknown>,
  path: Path,
  code: string,
  message: string,
  severity: Finding["severity"] = "error",
): Finding {
  const { line } = place.nearest(path);
  return { file, line, severity, code, message: `${nounOf(list)} "${slug}": ${message}` };
}
