import type { LoggedChange } from "../../store/rows/changes.ts";
import type { WriteOutcome } from "../../store/rows/write-graph.ts";
import { builder } from "../builder.ts";
import { addAnswerId } from "../core/cache-id.ts";
import { checkRange, howMany } from "../core/check.ts";
import { EntityKindEnum, TYPE_OF } from "../core/entity.ts";
import { findEntity, Node } from "../core/node.ts";
import { DEFAULT_PAGE_SIZE, MAX_CHANGED } from "../limits.ts";

/** What writes by the API in the change log, and the source of entities that were written by it. */
export const API_SOURCE = "api";

export const ChangeOperation = builder.enumType("ChangeOperation", {
  description: "What became of an entity.",
  values: {
    CREATED: { description: "It is new." },
    UPDATED: { description: "It, or something that belongs to it, is another now." },
    DELETED: { description: "It is gone." },
  } satisfies Record<LoggedChange["operation"], object>,
});

/** What a mutation has written. */
export interface Written {
  readonly args: object;
  readonly outcome: WriteOutcome;
  readonly isDryRun: boolean;
}

const GraphChange = builder.objectRef<LoggedChange & Pick<Written, "args">>("GraphChange").implement({
  description: "What became of one entity.",
  fields: (t) => ({
    kind: t.expose("kind", { type: EntityKindEnum, description: "The kind of the entity." }),
    slug: t.exposeString("slug", { description: "The slug of the entity." }),
    operation: t.expose("operation", { type: ChangeOperation, description: "What became of it." }),
    node: t.field({
      type: Node,
      nullable: true,
      description: "The entity as it is now. Null when it is not there, as after its deletion.",
      resolve: ({ kind, slug }, _args, context) => findEntity(context, TYPE_OF[kind], slug),
    }),
  }),
});
addAnswerId(GraphChange, ({ kind, slug }) => [kind, slug]);

const COUNTED = {
  created: "How many entities are new.",
  updated: "How many entities are others than before.",
  deleted: "How many entities are gone.",
  unchanged: "How many entities were given as they are.",
};

export const GraphWrite = builder.objectRef<Written>("GraphWrite").implement({
  description:
    "What a mutation has changed, or would have changed. Everything that is selected here is read from the graph after the write.",
  fields: (t) => ({
    revision: t.int({
      description:
        "The revision that holds the changes: the next one, or the current one where nothing had to change or it was a dry run.",
      resolve: ({ outcome }) => outcome.revision,
    }),
    isDryRun: t.exposeBoolean("isDryRun", {
      description: "Whether everything was done and checked, and then undone.",
    }),
    isReplay: t.boolean({
      description:
        "Whether this was written before, when its idempotency key was first sent: revision, numbers and changes are those of then, entities are as they are now.",
      resolve: ({ outcome }) => outcome.isReplay,
    }),
    created: t.int({ description: COUNTED.created, resolve: ({ outcome }) => outcome.created }),
    updated: t.int({ description: COUNTED.updated, resolve: ({ outcome }) => outcome.updated }),
    deleted: t.int({ description: COUNTED.deleted, resolve: ({ outcome }) => outcome.deleted }),
    unchanged: t.int({ description: COUNTED.unchanged, resolve: ({ outcome }) => outcome.unchanged }),
    changed: t.field({
      type: [GraphChange],
      description:
        "What became of which entity: by kind (documents, skills, resources, projects, roles, roadmaps), then slug. `changes` has all, page by page.",
      args: { first: t.arg.int(howMany(DEFAULT_PAGE_SIZE, 1, MAX_CHANGED)) },
      resolve: ({ args, outcome: { changes } }, { first }) => {
        checkRange("first", first, 1, MAX_CHANGED);
        return changes.slice(0, first).map((change) => ({ ...change, args }));
      },
    }),
  }),
});
addAnswerId(GraphWrite);
