import type { Operation } from "../generated/client/enums.ts";
import { GraphWriteError } from "../store-errors.ts";
import { ENTITIES, ENTITY_KINDS, type EntityKind, perKind } from "./entities.ts";
import type { GraphRows } from "./graph-rows.ts";
import { type Reference, referencesIn } from "./references.ts";
import type { Stored } from "./stored-entities.ts";

/** What became of an entity. */
export interface LoggedChange {
  readonly kind: EntityKind;
  readonly slug: string;
  readonly operation: Operation;
}

/** Entities to delete: slugs of each kind. */
export type Deletions = Readonly<Partial<Record<EntityKind, readonly string[]>>>;

/** What a write has to do. */
export interface Changes {
  /** The entities that are new or differ from the stored ones. */
  readonly rows: GraphRows;
  readonly stored: Stored;
  readonly updatedIds: Readonly<Record<EntityKind, readonly number[]>>;
  readonly deletedIds: Readonly<Record<EntityKind, readonly number[]>>;
  /** One entry per entity, kind by kind in the order of slugs. */
  readonly log: readonly LoggedChange[];
  /** How many entities of the rows are stored already as they are. */
  readonly unchanged: Readonly<Record<EntityKind, number>>;
}

/** How many dangling references a message lists. */
const MAX_LISTED = 20;

/**
 * Compares rows with what is stored. Throws `GraphWriteError` with `UNKNOWN_REFERENCE` when a row refers to
 * what is neither stored nor among the rows, or is to be deleted.
 */
export function planChanges(
  rows: GraphRows,
  stored: Stored,
  replace: boolean,
  deletions: Deletions,
): Changes {
  const deleted = perKind((kind) => new Set(deletions[kind]));
  const log: LoggedChange[] = [];
  const updatedIds = perKind((): number[] => []);
  const deletedIds = perKind((): number[] => []);
  const changed = perKind(() => new Set<string>());
  const unchanged = perKind(() => 0);
  for (const kind of ENTITY_KINDS) {
    const ofKind: typeof log = [];
    for (const { slug, digest } of rows[ENTITIES[kind].list]) {
      const before = stored[kind].get(slug);
      if (before?.digest === digest) {
        unchanged[kind]++;
        continue;
      }
      changed[kind].add(slug);
      ofKind.push({ kind, slug, operation: before === undefined ? "CREATED" : "UPDATED" });
      if (before !== undefined) updatedIds[kind].push(before.id);
    }
    if (replace || deleted[kind].size > 0) {
      const kept = new Set(rows[ENTITIES[kind].list].map(({ slug }) => slug));
      for (const [slug, { id }] of stored[kind]) {
        if (kept.has(slug) || !(replace || deleted[kind].has(slug))) continue;
        ofKind.push({ kind, slug, operation: "DELETED" });
        deletedIds[kind].push(id);
      }
    }
    // One by one: as arguments of `push`, the rows of a large import would not fit on the stack.
    for (const change of ofKind.toSorted((a, b) => (a.slug < b.slug ? -1 : a.slug > b.slug ? 1 : 0)))
      log.push(change);
  }
  const onlyChanged: GraphRows = {
    documents: rows.documents.filter(({ slug }) => changed.DOCUMENT.has(slug)),
    skills: rows.skills.filter(({ slug }) => changed.SKILL.has(slug)),
    resources: rows.resources.filter(({ slug }) => changed.RESOURCE.has(slug)),
    projects: rows.projects.filter(({ slug }) => changed.PROJECT.has(slug)),
    roles: rows.roles.filter(({ slug }) => changed.ROLE.has(slug)),
    roadmaps: rows.roadmaps.filter(({ slug }) => changed.ROADMAP.has(slug)),
  };
  // Entities that stay as they are may refer to deleted ones, so with `replace` all rows are checked.
  const given = perKind((kind) => new Set(rows[ENTITIES[kind].list].map(({ slug }) => slug)));
  refuseDangling(
    replace ? rows : onlyChanged,
    ({ to, slug }) => given[to].has(slug) || (!replace && stored[to].has(slug) && !deleted[to].has(slug)),
  );
  return { rows: onlyChanged, stored, updatedIds, deletedIds, log, unchanged };
}

function refuseDangling(rows: GraphRows, exists: (reference: Reference) => boolean): void {
  const dangling: string[] = [];
  const slugs = new Set<string>();
  for (const reference of referencesIn(rows)) {
    if (exists(reference)) continue;
    const { from, fromSlug, to, slug } = reference;
    slugs.add(slug);
    dangling.push(`the ${from.toLowerCase()} "${fromSlug}" refers to the ${to.toLowerCase()} "${slug}"`);
  }
  if (dangling.length === 0) return;
  const more = dangling.length > MAX_LISTED ? ` and ${dangling.length - MAX_LISTED} more` : "";
  throw new GraphWriteError(
    "UNKNOWN_REFERENCE",
    `expected every reference to lead to an entity, but ${dangling.slice(0, MAX_LISTED).join(", ")}${more}, and there is no such entity.`,
    [...slugs],
  );
}
