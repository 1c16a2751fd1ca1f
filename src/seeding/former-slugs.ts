import { indexOfId, type SnapshotTable } from "../store/snapshot/graph-snapshot.ts";
import { TextList } from "../store/snapshot/text-list.ts";
import type { ExistingGraph } from "./combined-graph.ts";
import type { Finding } from "./finding.ts";
import { findingIn, type ListName, nounOf, type ReadRow, type ReadRows, type RowOf } from "./read-rows.ts";

/** The lists whose rows keep former slugs. */
const LISTS = ["skills", "resources", "projects", "roles", "roadmaps"] as const;
type List = (typeof LISTS)[number];

/** The new slugs of stored rows by those that they are stored under. */
export type Renames = Readonly<Record<List, ReadonlyMap<string, string>>>;

/**
 * Which stored rows the files rename: those whose slug a row with a new slug gives as a former one. Such a row keeps
 * its id. O(rows).
 */
export function renamesOf(rows: ReadRows, existing: ExistingGraph): Renames {
  const renames = (list: List) => {
    const isStored = storedSlugs(existing, list);
    return new Map(
      rows[list].flatMap((read: ReadRow<RowOf<List>>) => {
        if (read.row === undefined || isStored(read.row.slug)) return [];
        const from = read.row.formerSlugs?.find(isStored);
        return from === undefined ? [] : [[from, read.row.slug] as const];
      }),
    );
  };
  return {
    skills: renames("skills"),
    resources: renames("resources"),
    projects: renames("projects"),
    roles: renames("roles"),
    roadmaps: renames("roadmaps"),
  };
}

/** What is stored, with the new slugs. */
export function renamedGraph(existing: ExistingGraph, renames: Renames): ExistingGraph {
  const slug = (list: List) => (before: string) => renames[list].get(before) ?? before;
  const table = (list: Exclude<List, "resources">): SnapshotTable => {
    const stored = existing.snapshot[list];
    if (renames[list].size === 0) return stored;
    return { ...stored, slugs: TextList.of(stored.slugs.map(slug(list))) };
  };
  return {
    ...existing,
    resources: new Set(Array.from(existing.resources, slug("resources"))),
    snapshot: {
      ...existing.snapshot,
      skills: table("skills"),
      projects: table("projects"),
      roles: table("roles"),
      roadmaps: table("roadmaps"),
    },
  };
}

/**
 * Checks that every slug, former ones included, leads to one row of its kind, in the files and in what is stored.
 * `existing` is what is stored before anything is renamed. O(rows).
 */
export function checkFormerSlugs(rows: ReadRows, existing: ExistingGraph | undefined): Finding[] {
  const renames = existing && renamesOf(rows, existing);
  return LISTS.flatMap((list) => {
    const noun = nounOf(list);
    const reads: readonly ReadRow<RowOf<List>>[] = rows[list];
    const bySlug = new Map(reads.map((read) => [read.slug, read]));
    const isStored = existing === undefined ? () => false : storedSlugs(existing, list);
    const firsts = new Map<string, ReadRow<unknown>>();

    /** The stored row that had a slug before, unless the files say otherwise. */
    const formerOwner = (slug: string): string | undefined => {
      const owner = existing && storedWith(existing, list, slug);
      const now = owner && (renames?.[list].get(owner) ?? owner);
      return now === undefined || bySlug.get(now)?.given.has("formerSlugs") ? undefined : now;
    };
    const faultOf = (row: RowOf<List>, slug: string): string | undefined => {
      if (slug === row.slug) return "which is its slug: take it out";
      if (bySlug.has(slug)) return `which a ${noun} of the files has: merge the two or take it out`;
      if (isStored(slug) && renames?.[list].get(slug) !== row.slug)
        return `which another stored ${noun} has: to merge the two, import all files with --prune`;
      const first = firsts.get(slug);
      if (first !== undefined) return `which "${first.slug}" gives too: a slug leads to one ${noun}`;
      const owner = formerOwner(slug);
      return owner === undefined || owner === row.slug
        ? undefined
        : `which the stored ${noun} "${owner}" had: give that one its formerSlugs without it`;
    };
    return reads.flatMap((read) => {
      const { row } = read;
      if (row === undefined) return [];
      const findings: Finding[] = [];
      for (const [at, slug] of row.formerSlugs?.entries() ?? []) {
        const fault = faultOf(row, slug);
        if (fault !== undefined) {
          const message = `expected slugs that no ${noun} has, got "${slug}", ${fault}`;
          findings.push(findingIn(list, read, ["formerSlugs", at], "former-slug-in-use", message));
        } else firsts.set(slug, read);
      }
      const owner = isStored(row.slug) ? undefined : formerOwner(row.slug);
      if (owner !== undefined && owner !== row.slug) {
        const message = `expected a slug of its own, got one that the stored ${noun} "${owner}" had before: choose another, or give that one its formerSlugs without it`;
        findings.push(findingIn(list, read, ["slug"], "former-slug-in-use", message));
      }
      return findings;
    });
  });
}

function storedSlugs({ snapshot, resources }: ExistingGraph, list: List): (slug: string) => boolean {
  if (list === "resources") return (slug) => resources.has(slug);
  return (slug) => snapshot[list].indexOf.has(slug);
}

/** The slug of the stored row that had another before. */
export function storedWith(existing: ExistingGraph, list: ListName, former: string): string | undefined {
  if (list === "documents") return undefined;
  if (list === "resources") return existing.formerResources.get(former);
  const table = existing.snapshot[list];
  const id = table.former.get(former);
  const index = id === undefined ? undefined : indexOfId(table, id);
  return index === undefined ? undefined : table.slugs.at(index);
}
