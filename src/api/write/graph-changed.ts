import type { LoggedRevision } from "../../loaders/change-log.ts";
import { builder } from "../builder.ts";
import { addCacheId } from "../core/cache-id.ts";
import { may } from "../viewer.ts";
import { AUTHOR, ChangeConnection, changesOf, PROPOSER } from "./changes.ts";

const RevisionType = builder.objectRef<LoggedRevision>("Revision").implement({
  description: "What one write has made of the graph.",
  fields: (t) => ({
    revision: t.exposeInt("number", { description: "Its number: each is one more than the one before." }),
    committedAt: t.expose("committedAt", { type: "DateTime", description: "When it was committed." }),
    source: t.exposeString("source", {
      description: "What wrote it: api for mutations, otherwise the seeds or the name of a file.",
    }),
    reason: t.exposeString("reason", {
      nullable: true,
      description: "Why, in the words of whoever wrote it. Null where none were given.",
    }),
    author: t.string({
      nullable: true,
      description: AUTHOR,
      resolve: ({ author }, _args, { viewer }) => (may(viewer, "graph:write") ? author : null),
    }),
    proposer: t.string({
      nullable: true,
      description: PROPOSER,
      resolve: ({ proposer }, _args, { viewer }) => (may(viewer, "graph:write") ? proposer : null),
    }),
    changes: t.field({
      type: ChangeConnection,
      args: t.arg.connectionArgs(),
      description:
        "What became of which entity. A write may change more than a page has: the next one is `changes` of the root, since the revision before and after the last cursor.",
      resolve: ({ number }, args, { loaders }) =>
        changesOf(loaders.changeLog, { since: number - 1, upTo: number }, args),
    }),
  }),
});
addCacheId(RevisionType, ({ number }) => [number]);

builder.subscriptionField("graphChanged", (t) =>
  t.field({
    type: RevisionType,
    description:
      "Each revision of the graph from now on, in order and each once, whichever server it was written by. The id of each event is the number of its revision: who comes back with it, in the header `Last-Event-ID` as browsers' EventSource does or as `since`, gets all that was missed first.",
    args: {
      since: t.arg.int({
        description:
          "Begin with the revision after this one, 0 for the first. Absent: with the next that is written. `Last-Event-ID` goes before it.",
      }),
    },
    subscribe: (_root, { since }, { follow }) => {
      if (follow === undefined) throw new Error("expected the context of a subscription");
      return follow(since ?? undefined);
    },
    resolve: (revision) => revision,
  }),
);
