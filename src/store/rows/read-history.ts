import type { Reader } from "../snapshot/build-snapshot.ts";
import { type EntityKind, perKind } from "./entities.ts";
import type { GraphRows } from "./graph-rows.ts";
import { readGraphRows } from "./read-graph.ts";

/** The most entries of the log that are gone through for one question: they are read to the end of the log. */
export const MAX_HISTORY_ENTRIES = 20_000;

/** What became of an entity in a stretch of revisions. */
export interface EntityHistory {
  readonly kind: EntityKind;
  /** Its slug before; undefined: there was none. */
  readonly before: string | undefined;
  /** Its slug afterwards; undefined: there is none. */
  readonly after: string | undefined;
  /** The first revision after the stretch that changed it. */
  readonly changedAgainIn: number | undefined;
}

/** What a stretch of revisions has changed, with all that was changed as it was before and is afterwards. */
export interface History {
  readonly entities: readonly EntityHistory[];
  readonly before: GraphRows;
  readonly after: GraphRows;
}

/** Why a history cannot be told: the log is too long, or a revision of it did not keep what it changed. */
export class HistoryFault extends Error {
  constructor(readonly why: { readonly tooLong: true } | { readonly notKeptBy: number }) {
    super("the history cannot be told");
  }
}

/** An entry of the log. Slugs are those after it and, where another, before it. */
interface Entry {
  readonly revision: number;
  readonly ordinal: number;
  readonly kind: EntityKind;
  readonly slug: string;
  readonly operation: "CREATED" | "UPDATED" | "DELETED";
  readonly isKept: boolean;
  readonly slugBefore: string | null;
}

/** An entity, while the log is gone through. */
interface Traced {
  readonly kind: EntityKind;
  /** The first entry of the stretch. */
  readonly first: Entry;
  /** Its slug now; undefined: it is gone. */
  slug: string | undefined;
  /** The first entry after the stretch. */
  next: Entry | undefined;
}

/**
 * What the revisions after `since` up to `upTo` have changed. An entity as it was before is in the log; as it was
 * afterwards, in the entry of its next change or in the tables. One that was renamed is the same; one that was deleted
 * and made again under its slug, too.
 *
 * Three statements. Time and memory O(log after `since`, and what the entities hold). Throws `HistoryFault`.
 */
export async function readHistory(reader: Reader, since: number, upTo: number): Promise<History> {
  const entries = await reader.$queryRaw<Entry[]>`
    SELECT "revision", "ordinal", "kind"::text AS "kind", "slug", "operation"::text AS "operation",
      "before" IS NOT NULL AS "isKept", "before"->>'slug' AS "slugBefore"
    FROM "Change" WHERE "revision" > ${since} ORDER BY "revision", "ordinal" LIMIT ${MAX_HISTORY_ENTRIES + 1}`;
  if (entries.length > MAX_HISTORY_ENTRIES) throw new HistoryFault({ tooLong: true });
  const traced = trace(entries, upTo);
  const before = traced.flatMap(({ first }) => (first.operation === "CREATED" ? [] : [first]));
  const next = traced.flatMap(({ slug, next }) => (slug === undefined || next === undefined ? [] : [next]));
  const current = perKind((kind) =>
    traced.flatMap((each) =>
      each.kind === kind && each.slug !== undefined && each.next === undefined ? [each.slug] : [],
    ),
  );
  return {
    entities: traced.map(({ kind, first, slug, next }) => ({
      kind,
      before: first.operation === "CREATED" ? undefined : (first.slugBefore ?? first.slug),
      after: slug,
      changedAgainIn: next?.revision,
    })),
    before: await readKept(reader, before),
    after: joined(await readKept(reader, next), await readGraphRows(reader, current)),
  };
}

/** What revisions after one have changed, as it is now. Two statements. Throws `HistoryFault`. */
export async function readChangedSince(reader: Reader, revision: number): Promise<GraphRows> {
  const changed = await reader.$queryRaw<{ kind: EntityKind; slug: string }[]>`
    SELECT DISTINCT "kind"::text AS "kind", "slug" FROM "Change" WHERE "revision" > ${revision}
    LIMIT ${MAX_HISTORY_ENTRIES + 1}`;
  if (changed.length > MAX_HISTORY_ENTRIES) throw new HistoryFault({ tooLong: true });
  return readGraphRows(
    reader,
    perKind((kind) => changed.flatMap((each) => (each.kind === kind ? [each.slug] : []))),
  );
}

function trace(entries: readonly Entry[], upTo: number): Traced[] {
  const traced: Traced[] = [];
  const bySlug = new Map<string, Traced>();
  for (const entry of entries) {
    const { revision, kind, slug, operation, slugBefore } = entry;
    const before = `${kind} ${slugBefore ?? slug}`;
    const known = bySlug.get(before);
    if (revision > upTo) {
      if (known !== undefined) known.next ??= entry;
      continue;
    }
    const now = operation === "DELETED" ? undefined : slug;
    if (known === undefined) {
      const begun: Traced = { kind, first: entry, slug: now, next: undefined };
      traced.push(begun);
      bySlug.set(`${kind} ${slug}`, begun);
    } else {
      known.slug = now;
      bySlug.delete(before);
      bySlug.set(`${kind} ${slug}`, known);
    }
  }
  return traced;
}

/** Reads entities as they were before entries of the log. */
async function readKept(reader: Reader, entries: readonly Entry[]): Promise<GraphRows> {
  const missing = entries.find(({ isKept }) => !isKept);
  if (missing !== undefined) throw new HistoryFault({ notKeptBy: missing.revision });
  const kept =
    entries.length === 0
      ? []
      : await reader.$queryRaw<{ kind: EntityKind; before: string }[]>`
          SELECT "kind"::text AS "kind", "before"::text AS "before" FROM "Change"
          JOIN unnest(${entries.map(({ revision }) => revision)}::int[], ${entries.map(({ ordinal }) => ordinal)}::int[])
            AS asked (asked_revision, asked_ordinal) ON "revision" = asked_revision AND "ordinal" = asked_ordinal`;
  const of = (kind: EntityKind) =>
    JSON.parse(`[${kept.flatMap((row) => (row.kind === kind ? [row.before] : [])).join()}]`);
  return {
    documents: of("DOCUMENT"),
    skills: of("SKILL"),
    resources: of("RESOURCE"),
    projects: of("PROJECT"),
    roles: of("ROLE"),
    roadmaps: of("ROADMAP"),
  };
}

function joined(some: GraphRows, others: GraphRows): GraphRows {
  return {
    documents: [...some.documents, ...others.documents],
    skills: [...some.skills, ...others.skills],
    resources: [...some.resources, ...others.resources],
    projects: [...some.projects, ...others.projects],
    roles: [...some.roles, ...others.roles],
    roadmaps: [...some.roadmaps, ...others.roadmaps],
  };
}
