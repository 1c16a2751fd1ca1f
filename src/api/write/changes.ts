import type { LogEntry, LogPlace, LogStretch } from "../../loaders/change-log.ts";
import type { Loaders } from "../../loaders/loaders.ts";
import { ENTITY_KINDS } from "../../store/rows/entities.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import {
  brokenCursor,
  type PageArguments,
  packCursor,
  pageSize,
  toConnection,
  unpackCursor,
} from "../core/connection.ts";
import { type EntityKind, EntityKindEnum, TYPE_OF } from "../core/entity.ts";
import { fault } from "../core/errors.ts";
import { findEntity, Node } from "../core/node.ts";
import { may } from "../viewer.ts";
import { ChangeOperation } from "./graph-write.ts";

type Entry = LogEntry & { readonly entityKind: EntityKind };

/** What is said of the author of a revision. */
export const AUTHOR =
  "Who wrote the revision by the API: `key:` and the name of a key, `user:` and the subject of a token, or api-token. Null for what was not written by it, and for whoever may not write the graph.";

/** What is said of who has proposed a revision. */
export const PROPOSER =
  "Who had proposed what the revision does, as `author` names its reviewer. Null for what was no proposal, and for whoever may not write the graph.";

const ChangeType = builder.objectRef<Entry>("Change").implement({
  description: "What one revision did to one entity.",
  fields: (t) => ({
    revision: t.exposeInt("revision", { description: "The revision that did it." }),
    committedAt: t.field({
      type: "DateTime",
      description: "When the revision was committed.",
      resolve: ({ of }) => of.committedAt,
    }),
    source: t.string({
      description: "What wrote the revision: api for mutations, otherwise the seeds or the name of a file.",
      resolve: ({ of }) => of.source,
    }),
    reason: t.string({
      nullable: true,
      description: "Why, in the words of whoever wrote it. Null where none were given.",
      resolve: ({ of }) => of.reason,
    }),
    author: t.string({
      nullable: true,
      description: AUTHOR,
      resolve: ({ of }, _args, { viewer }) => (may(viewer, "graph:write") ? of.author : null),
    }),
    proposer: t.string({
      nullable: true,
      description: PROPOSER,
      resolve: ({ of }, _args, { viewer }) => (may(viewer, "graph:write") ? of.proposer : null),
    }),
    kind: t.expose("entityKind", { type: EntityKindEnum, description: "The kind of the entity." }),
    slug: t.exposeString("slug", { description: "The slug that the entity had then." }),
    operation: t.expose("operation", { type: ChangeOperation, description: "What became of it." }),
    node: t.field({
      type: Node,
      nullable: true,
      description: "The entity as it is now. Null when it is not there any more.",
      resolve: ({ entityKind, slug }, _args, context) => findEntity(context, TYPE_OF[entityKind], slug),
    }),
  }),
});
addCacheId(ChangeType, ({ revision, ordinal }) => [revision, ordinal]);

export const ChangeConnection = builder.connectionObject(
  { type: ChangeType, name: "ChangeConnection", description: "A page of the change log." },
  { name: "ChangeEdge" },
);

/** A page of a stretch of the log. Throws ValidationError on a page size beyond the limit and on a broken cursor. */
export async function changesOf(log: Loaders["changeLog"], stretch: LogStretch, args: PageArguments) {
  const page = await log.load({
    ...stretch,
    after: placeOf(args.after, "after"),
    before: placeOf(args.before, "before"),
    ...pageSize(args),
  });
  return toConnection(args, page, {
    cursorOf: ({ revision, ordinal }) => packCursor([revision, ordinal]),
    toNode: entryOf,
    totalCount: () => log.count(stretch),
  });
}

builder.queryField("changes", (t) =>
  t.field({
    type: ChangeConnection,
    nullable: true,
    description:
      "The change log, oldest first: what each revision did to which entity. Whoever keeps a copy asks for what came since its revision, page by page, and then goes on from the last one; `graphChanged` tells of each as it is written.",
    args: {
      ...t.arg.connectionArgs(),
      since: t.arg.int({
        required: true,
        defaultValue: 0,
        description: "Only changes of revisions after this one.",
      }),
    },
    resolve: (_root, args, { snapshot, loaders }) => {
      if (args.since < 0) throw fault("since", "a revision, or 0 for all", args.since);
      return changesOf(loaders.changeLog, { since: args.since, upTo: snapshot.revision }, args);
    },
  }),
);

/** The log has entries of whole entities alone. */
function entryOf(row: LogEntry): Entry | undefined {
  const entityKind = ENTITY_KINDS.find((kind) => kind === row.kind);
  return entityKind && { ...row, entityKind };
}

function placeOf(cursor: string | null | undefined, argument: string): LogPlace | undefined {
  if (cursor == null) return undefined;
  const [revision, ordinal, ...rest] = unpackCursor(cursor);
  if (!isPlace(revision) || !isPlace(ordinal) || rest.length > 0) throw brokenCursor(cursor, argument);
  return { revision, ordinal };
}

/** The database counts in 32 bits. */
function isPlace(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0x7fffffff;
}
