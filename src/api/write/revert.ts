import type { Deletions } from "../../store/rows/changes.ts";
import { ENTITIES, ENTITY_KINDS, type EntityKind, perKind } from "../../store/rows/entities.ts";
import { contentDigest } from "../../store/rows/entity-digest.ts";
import type { GraphRows } from "../../store/rows/graph-rows.ts";
import { type History, HistoryFault, readChangedSince, readHistory } from "../../store/rows/read-history.ts";
import { referencesIn } from "../../store/rows/references.ts";
import type { RowReader } from "../../store/store.ts";
import { GraphWriteError } from "../../store/store-errors.ts";
import { builder } from "../builder.ts";
import { checkRange, howMany } from "../core/check.ts";
import { EntityKindEnum } from "../core/entity.ts";
import { ErrorInterface } from "../core/error-types.ts";
import {
  ConflictError,
  fault,
  KeyReusedError,
  results,
  SupersededError,
  type SupersedingEntity,
  UnlearnableError,
  ValidationError,
} from "../core/errors.ts";
import { untold } from "../core/history-fault.ts";
import { DEFAULT_PAGE_SIZE, MAX_CHANGED } from "../limits.ts";
import { needs } from "../viewer.ts";
import { GraphWrite, type Written } from "./graph-write.ts";
import { type Edited, revise, WRITE_ARGUMENTS } from "./revise.ts";

const SupersedingEntityType = builder.objectRef<SupersedingEntity>("SupersedingEntity").implement({
  description: "An entity that stands in the way of undoing a revision.",
  fields: (t) => ({
    kind: t.expose("kind", { type: EntityKindEnum, description: "The kind of the entity." }),
    slug: t.exposeString("slug", { description: "The slug of the entity." }),
    revision: t.int({
      nullable: true,
      description:
        "The first later revision that has changed it. Null where it was not changed, but refers to what would be gone.",
      resolve: ({ revision }) => revision ?? null,
    }),
  }),
});

builder.objectType(SupersededError, {
  name: "SupersededError",
  description:
    "Nothing was written: what the revision did has been built upon, so that it cannot be undone alone. Undo the later revisions first, the last one before the others, or change the graph as it is to be.",
  interfaces: [ErrorInterface],
  fields: (t) => ({
    entities: t.field({
      type: [SupersedingEntityType],
      description:
        "What stands in the way: the entities that were changed again, or refer to what would be gone.",
      args: { first: t.arg.int(howMany(DEFAULT_PAGE_SIZE, 1, MAX_CHANGED)) },
      resolve: ({ entities }, { first }) => {
        checkRange("first", first, 1, MAX_CHANGED);
        return entities.slice(0, first);
      },
    }),
  }),
});

builder.mutationField("revert", (t) =>
  t.field({
    type: GraphWrite,
    extensions: needs("graph:write"),
    description:
      "Undoes one revision by a new one: what it created goes, what it deleted comes back, what it changed is as it was, requirements with their reasons and citations. An entity that it renamed gets its slug back, and is found by the other, too. To undo a revert, revert it.",
    args: {
      revision: t.arg.int({ required: true, description: "The revision to undo." }),
      ...WRITE_ARGUMENTS,
    },
    errors: results("RevertResult", "What was written, or why nothing was.", [
      SupersededError,
      UnlearnableError,
      ConflictError,
      KeyReusedError,
      ValidationError,
    ]),
    resolve: async (_root, args, context): Promise<Written> => {
      const { revision, dryRun } = args;
      const given = { ...args, reason: args.reason ?? `Reverts revision ${revision}.` };
      const outcome = await revise(context, "revert", given, async (snapshot, read) => {
        if (revision < 1 || revision > snapshot.revision)
          throw fault("revision", `one from 1 to ${snapshot.revision}`, revision);
        return read((reader) => undone(reader, revision));
      }).catch((error: unknown) => {
        if (error instanceof HistoryFault) throw untold(error, "revision", revision);
        if (error instanceof GraphWriteError && error.code === "UNKNOWN_REFERENCE")
          throw new SupersededError(revision, [], error.message);
        throw error;
      });
      return { args, outcome, isDryRun: dryRun };
    },
  }),
);

/** What a write has to do to undo a revision. Throws SupersededError and `HistoryFault`. */
async function undone(reader: RowReader, revision: number): Promise<Edited> {
  const history = await readHistory(reader, revision - 1, revision);
  const { entities } = history;
  const again = entities.flatMap(({ kind, before, after, changedAgainIn }): SupersedingEntity[] =>
    changedAgainIn === undefined ? [] : [{ kind, slug: after ?? before ?? "", revision: changedAgainIn }],
  );
  if (again.length > 0) throw new SupersededError(revision, again);
  const gone = perKind(
    (kind) =>
      new Set(entities.flatMap((each) => (each.kind === kind && !each.before ? [each.after ?? ""] : []))),
  );
  const back = perKind(
    (kind) =>
      new Set(entities.flatMap((each) => (each.kind === kind && !each.after ? [each.before ?? ""] : []))),
  );
  const since = await readChangedSince(reader, revision);
  const inTheWay = [...referring(since, gone), ...named(since, back)];
  if (inTheWay.length > 0) throw new SupersededError(revision, inTheWay);
  const deleted: Deletions = perKind((kind) => [...gone[kind]]);
  return { rows: restored(history), deleted };
}

type Slugs = Readonly<Record<EntityKind, ReadonlySet<string>>>;

/** The entities among rows that refer to what would be gone. What is older cannot. */
function referring(rows: GraphRows, gone: Slugs): SupersedingEntity[] {
  const found = new Map<string, SupersedingEntity>();
  for (const { from, fromSlug, to, slug } of referencesIn(rows))
    if (gone[to].has(slug)) found.set(`${from} ${fromSlug}`, { kind: from, slug: fromSlug });
  return [...found.values()];
}

/** The entities among rows that are found by a slug that would be another's again. */
function named(rows: GraphRows, back: Slugs): SupersedingEntity[] {
  return ENTITY_KINDS.flatMap((kind) =>
    rows[ENTITIES[kind].list].flatMap((row) =>
      "formerSlugs" in row && row.formerSlugs.some((slug) => back[kind].has(slug))
        ? [{ kind, slug: row.slug }]
        : [],
    ),
  );
}

/** The rows as they were, those of renamed entities with the slug that they lose again as a former one. */
function restored({ entities, before }: History): GraphRows {
  const renamed = new Map(
    entities.flatMap(({ kind, before, after }) =>
      before !== undefined && after !== undefined && before !== after ? [[`${kind} ${before}`, after]] : [],
    ),
  );
  const keeping = <
    Row extends { readonly slug: string; readonly formerSlugs: string[]; readonly digest: string },
  >(
    kind: EntityKind,
    rows: readonly Row[],
  ): Row[] =>
    rows.map((row) => {
      const slug = renamed.get(`${kind} ${row.slug}`);
      if (slug === undefined) return row;
      const found = { ...row, formerSlugs: [...row.formerSlugs, slug] };
      return { ...found, digest: contentDigest(found) };
    });
  return {
    documents: before.documents,
    skills: keeping("SKILL", before.skills),
    resources: keeping("RESOURCE", before.resources),
    projects: keeping("PROJECT", before.projects),
    roles: keeping("ROLE", before.roles),
    roadmaps: keeping("ROADMAP", before.roadmaps),
  };
}
