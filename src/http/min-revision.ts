import type { IncomingMessage } from "node:http";
import { GraphQLError } from "graphql";
import { REVISION_WAIT_MS } from "../store/limits.ts";
import { reachRevision } from "../store/reach-revision.ts";
import type { Store } from "../store/store.ts";
import { badRequest } from "./graphql/request.ts";
import { MIN_REVISION_RETRY_SECONDS } from "./limits.ts";

/** Revisions are numbered in 32 bits. */
const MAX_REVISION = 0x7fffffff;

/** The header by which a client asks for an answer of a revision or a later one, such as the one that it has written. */
const NAME = "x-min-revision";

/**
 * Resolves when the graph is at the revision that a request asks for, at once where it asks for none. Rejects with a
 * `GraphQLError`: BAD_REQUEST for what is no revision, REVISION_NOT_REACHED when it has waited for as long as a request
 * may.
 */
export async function reachMinRevision(store: Store, { headers }: IncomingMessage): Promise<void> {
  const asked = headers[NAME];
  if (asked === undefined) return;
  const revision = readRevisionNumber("X-Min-Revision", String(asked));
  if (await reachRevision(store, revision, REVISION_WAIT_MS)) return;
  const currentRevision = store.snapshot().revision;
  throw new GraphQLError(
    `Expected the graph to be at revision ${revision} within ${REVISION_WAIT_MS} ms, it is at ${currentRevision}. Ask again, or without a revision.`,
    {
      extensions: {
        ...{ code: "REVISION_NOT_REACHED", currentRevision },
        http: { status: 503, headers: { "retry-after": String(MIN_REVISION_RETRY_SECONDS) } },
      },
    },
  );
}

/** Reads the number of a revision. Throws a `GraphQLError` of status 400 that names where it stands. */
export function readRevisionNumber(place: string, written: string): number {
  if (/^\d{1,10}$/.test(written) && Number(written) <= MAX_REVISION) return Number(written);
  throw badRequest(
    `Expected ${place} to be the number of a revision, got ${JSON.stringify(written.slice(0, 40))}.`,
  );
}
