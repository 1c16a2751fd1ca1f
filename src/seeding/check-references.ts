import { asQuestion, type Spelled, Spellings } from "../words/closest-words.ts";
import type { ExistingGraph } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import { storedWith } from "./former-slugs.ts";
import type { Path } from "./place.ts";
import {
  findingIn,
  LIST_NAMES,
  type ListName,
  nounOf,
  type ReadRow,
  type ReadRows,
  type RowOf,
} from "./read-rows.ts";
import { citationsOf, referencesOf } from "./row-references.ts";

/** A suggestion takes time in proportion to all slugs; more than these help nobody. */
const MAX_SUGGESTIONS = 200;

/**
 * Checks that every slug that a row names exists, in the files or in what is stored, that no list names one
 * twice, and that citations name a known document and a line that it has.
 *
 * O(references); for each of the first unknown slugs also O(slugs).
 */
export function checkReferences(rows: ReadRows, existing: ExistingGraph | undefined): Finding[] {
  const known = new KnownSlugs(rows, existing);
  return LIST_NAMES.flatMap((list) =>
    rows[list].flatMap((read: ReadRow<RowOf<ListName>>) =>
      read.row === undefined
        ? []
        : [
            ...checkReferencesOf(list, read, read.row, known),
            ...checkCitationsOf(list, read, read.row, known),
          ],
    ),
  );
}

function checkReferencesOf(
  list: ListName,
  read: ReadRow<unknown>,
  row: RowOf<ListName>,
  known: KnownSlugs,
): Finding[] {
  const findings: Finding[] = [];
  const firsts = new Map<string, Path>();
  for (const { target, slug, path, once } of referencesOf(row)) {
    if (!known.has(target, slug))
      findings.push(findingIn(list, read, path, `unknown-${nounOf(target)}`, known.explain(target, slug)));
    if (once === undefined) continue;
    const first = firsts.get(`${once} ${slug}`);
    if (first === undefined) firsts.set(`${once} ${slug}`, path);
    else {
      const { line } = read.place.nearest(first);
      const message = `expected "${slug}" once in ${once}, got it again after line ${line}`;
      findings.push(findingIn(list, read, path, "listed-twice", message));
    }
  }
  return findings;
}

function checkCitationsOf(list: ListName, read: ReadRow<unknown>, row: object, known: KnownSlugs): Finding[] {
  return [...citationsOf(row)].flatMap(({ citation: { document, line }, path }) => {
    if (!known.has("documents", document)) {
      const message = known.explain("documents", document);
      return [findingIn(list, read, [...path, "document"], "unknown-document", message)];
    }
    const last = known.lastLineOf(document);
    if (last === undefined || line <= last) return [];
    const message = `expected a line of document "${document}", which has ${last}, got ${line}`;
    return [findingIn(list, read, [...path, "line"], "line-beyond-document", message)];
  });
}

/** The slugs of the files and of what is stored, by list. */
class KnownSlugs {
  readonly #slugs: { readonly [List in ListName]: ReadonlySet<string> };
  readonly #lines: ReadonlyMap<string, number | undefined>;
  readonly #rows: ReadRows;
  readonly #suggestions = new Map<string, string | undefined>();
  readonly #existing: ExistingGraph | undefined;
  readonly #spellings = new Map<ListName, Spellings>();

  constructor(rows: ReadRows, existing: ExistingGraph | undefined) {
    const all = (list: ListName, stored: Iterable<string> | undefined): ReadonlySet<string> => {
      const slugs = new Set(stored);
      for (const { slug } of rows[list]) if (slug !== undefined) slugs.add(slug);
      return slugs;
    };
    this.#rows = rows;
    this.#existing = existing;
    this.#slugs = {
      documents: all("documents", existing?.documents.keys()),
      skills: all("skills", existing?.snapshot.skills.slugs),
      resources: all("resources", existing?.resources),
      projects: all("projects", existing?.snapshot.projects.slugs),
      roles: all("roles", existing?.snapshot.roles.slugs),
      roadmaps: all("roadmaps", existing?.snapshot.roadmaps.slugs),
    };
    const lines = new Map(existing?.documents);
    for (const { slug, row } of rows.documents) if (slug !== undefined) lines.set(slug, row?.lines);
    this.#lines = lines;
  }

  has(list: ListName, slug: string): boolean {
    return this.#slugs[list].has(slug);
  }

  lastLineOf(document: string): number | undefined {
    return this.#lines.get(document);
  }

  /** Says that a slug is unknown, and what was probably meant. */
  explain(list: ListName, slug: string): string {
    const noun = nounOf(list);
    const told = `expected the ${list === "documents" ? "id" : "slug"} of a ${noun}, got "${slug}", which no ${noun} has`;
    const meant = this.#meant(list, slug);
    if (meant !== undefined) return `${told}${asQuestion(meant)}`;
    const other = LIST_NAMES.find((name) => this.has(name, slug));
    return other === undefined
      ? `${told}: define it or take it out`
      : `${told}; there is a ${nounOf(other)} with this slug`;
  }

  #meant(list: ListName, slug: string): string | undefined {
    const key = `${list} ${slug}`;
    if (!this.#suggestions.has(key)) {
      if (this.#suggestions.size >= MAX_SUGGESTIONS) return undefined;
      this.#suggestions.set(key, this.#search(list, slug));
    }
    return this.#suggestions.get(key);
  }

  #search(list: ListName, slug: string): string | undefined {
    const known = this.#slugs[list];
    // Another number is another document, unless only the zeros before it differ.
    if (list === "documents" && /^\d+$/.test(slug))
      return [...known].find((id) => /^\d+$/.test(id) && Number(id) === Number(slug));
    const now = this.#existing && storedWith(this.#existing, list, slug);
    if (now !== undefined) return now;
    let spellings = this.#spellings.get(list);
    if (spellings === undefined) {
      spellings = new Spellings(this.#spelled(list));
      this.#spellings.set(list, spellings);
    }
    return spellings.closest(slug, 1)[0];
  }

  /** The slugs of a list with the names and aliases at hand, such as Golang for `go`. */
  #spelled(list: ListName): Spelled[] {
    const names = new Map<string, readonly string[]>();
    const table = list === "documents" || list === "resources" ? undefined : this.#existing?.snapshot[list];
    table?.slugs.map((slug, at) => names.set(slug, [table.names.at(at)!]));
    for (const { slug, row } of this.#rows[list])
      if (slug !== undefined && row !== undefined) names.set(slug, namesOf(row));
    return Array.from(this.#slugs[list], (slug): Spelled => [slug, ...(names.get(slug) ?? [])]);
  }
}

/** What a row is called. */
function namesOf(row: RowOf<ListName>): string[] {
  if ("title" in row) return [row.title];
  const aliases = "aliases" in row ? (row.aliases ?? []) : [];
  return [row.name, ...aliases, ...(row.formerSlugs ?? [])];
}
